"""The union of what the strategies find, as claims: tables, transposed tables, lists."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.cards import Card, cards_on
from supplier_qc.extraction.claims import Claim, RowClaim
from supplier_qc.extraction.layout import Line, Phrase, box_of
from supplier_qc.extraction.line_pairs import (
    ListedTest,
    listed_tests,
    looks_like_limit,
    looks_like_value,
)
from supplier_qc.extraction.page_content import PageContent, Word
from supplier_qc.extraction.raw_rows import RawRow
from supplier_qc.extraction.table_body import body_of
from supplier_qc.extraction.table_columns import boundaries
from supplier_qc.extraction.table_headers import TableHeader, headers_at
from supplier_qc.extraction.table_rows import rows_of, rows_over_page
from supplier_qc.extraction.transposed import TransposedTest, transposed_at
from supplier_qc.extraction.vocabulary import Column, vocabulary

LONGEST_NAME = 120
SAME_PLACE = 4.0  # points
HEADER = 0.2  # of the height; the page's header stands higher
FOOTER = 0.88  # of the height; what stands lower is the page's footer
LOW_ON_PAGE = 0.7  # of the height; a table that reaches it may go on over the page
LONG_NAME = 9  # words; longer ones have swallowed something more often than not
DOUBT = 0.15
UNNAMED_GLYPH = "\ufffd"
RULED, CERTAIN_HEADER, LIKELY_HEADER, TRANSPOSED, LISTED = 0.95, 0.9, 0.8, 0.8, 0.75
_Layout = tuple[PageContent, Sequence[Line]]


@dataclass(frozen=True, slots=True)
class _OpenTable:
    """A table that reached the foot of a page, with the ends of its columns."""

    header: TableHeader
    ends: tuple[float, ...]


def rows_of_document(layouts: Sequence[_Layout], *, is_specification: bool) -> tuple[RowClaim, ...]:
    """Every test of the document once, in its order; a list only where there is no table."""
    found: list[RowClaim] = []
    open_table: _OpenTable | None = None
    repeated = _furniture(layouts)
    for page, every_line in layouts:
        own_lines = [
            line
            for number, line in enumerate(every_line)
            if _place(line) not in repeated or headers_at(every_line, number)
        ]
        rows, open_table = _page_rows(page, own_lines, open_table)
        found.extend(rows)
    if not found:
        for _, lines in layouts:
            found.extend(_listed(test, is_specification) for test in listed_tests(lines))
    distinct: dict[tuple[str, str, str], RowClaim] = {}
    for row in found:
        if _is_test_name(row.name):
            distinct.setdefault(_identity(row), row)
    return tuple(distinct.values())


def _place(line: Line) -> tuple[str, int]:
    """The line's words without their digits, and where it stands."""
    return re.sub(r"\d+", "", folded(line.text)), round(line.top / SAME_PLACE)


def _furniture(layouts: Sequence[_Layout]) -> frozenset[tuple[str, int]]:
    """Lines that stand at the same place of several pages, other than under a table's head."""
    seen = Counter(
        place
        for page, lines in layouts
        for place in {
            _place(line)
            for line in lines
            if line.top < HEADER * page.height or line.top > FOOTER * page.height
        }
    )
    return frozenset(place for place, count in seen.items() if count > 1)


def _page_rows(
    page: PageContent,
    lines: Sequence[Line],
    carried: _OpenTable | None,
) -> tuple[list[RowClaim], _OpenTable | None]:
    found: list[RowClaim] = []
    if carried is not None:
        over = rows_over_page(carried.header, carried.ends, lines, page.rules)
        found.extend(_from_table(row) for row in over)
    open_table: _OpenTable | None = None
    cards = cards_on(lines)
    found.extend(_from_card(card) for card in cards)
    number = 0
    while number < len(lines):
        headers = headers_at(lines, number)
        if headers:
            rows, used, open_table = _tables(headers, page, lines, number + headers[0].lines)
            found.extend(rows)
            number += headers[0].lines + used
            continue
        tests, used = ([], 0) if cards else transposed_at(lines, number)
        found.extend(_from_transposed(test) for test in tests)
        number += max(used, 1)
    return found, open_table


def _tables(
    headers: Sequence[TableHeader],
    page: PageContent,
    lines: Sequence[Line],
    start: int,
) -> tuple[list[RowClaim], int, _OpenTable | None]:
    found: list[RowClaim] = []
    used = 0
    open_table: _OpenTable | None = None
    for header in headers:
        body = body_of(lines, start, header)
        if body:
            used = max(used, sum(line.top <= body[-1].bottom for line in lines[start:]))
        found.extend(_from_table(row) for row in rows_of(header, body, page.rules))
        if body and len(headers) == 1 and _reaches_foot(body[-1], page, lines):
            open_table = _OpenTable(header, boundaries(header, body, page.rules)[0])
    return found, used, open_table


def _reaches_foot(last: Line, page: PageContent, lines: Sequence[Line]) -> bool:
    """Whether nothing but a page footer stands below the table's last line."""
    below = [line for line in lines if line.top > last.bottom]
    return last.bottom > LOW_ON_PAGE * page.height and all(
        line.top > FOOTER * page.height for line in below
    )


def _is_test_name(name: Claim | None) -> bool:
    return (
        name is not None
        and len(name.literal) <= LONGEST_NAME
        and bool(re.search(r"[^\W\d_]", name.literal))
    )


def _identity(row: RowClaim) -> tuple[str, str, str]:
    parts = (row.name, row.result, row.specification)
    first, second, third = (folded(part.literal) if part else "" for part in parts)
    return first, second, third


def _claim(words: Sequence[Word], page: int, confidence: float, rule: str) -> Claim:
    return Claim(" ".join(word.text for word in words), box_of(words, page), confidence, rule)


def _from_table(row: RawRow) -> RowClaim:
    confidence = _confidence(row)
    rule = "ruled table" if row.ruled else "columns under a header line"
    claims = {
        column: _claim(words, row.page, confidence, rule)
        for column, words in row.cells.items()
        if words
    }
    verdict = claims.get(Column.VERDICT)
    result = claims.get(Column.RESULT) or verdict
    return RowClaim(
        name=claims.get(Column.NAME),
        method=claims.get(Column.METHOD),
        specification=claims.get(Column.SPECIFICATION),
        spec_min=claims.get(Column.SPEC_MIN),
        spec_max=claims.get(Column.SPEC_MAX),
        result=result,
        unit=claims.get(Column.UNIT) or _header_unit(row, confidence),
        supplier_verdict=verdict or _own_verdict(result),
    )


def _confidence(row: RawRow) -> float:
    """From the head and the rules, less what speaks against the row."""
    likely = CERTAIN_HEADER if row.header.is_certain else LIKELY_HEADER
    confidence = RULED if row.ruled and row.header.is_certain else likely
    result, name = row.text(Column.RESULT), row.text(Column.NAME)
    doubts = (
        bool(result) and not looks_like_value(result) and not _repeats_limit(row),
        looks_like_value(name) or len(name.split()) > LONG_NAME,
        UNNAMED_GLYPH in "".join(map(row.text, row.cells)),
        not row.has(Column.RESULT, Column.VERDICT) and _has_results(row.header),
    )
    return round(confidence - DOUBT * sum(doubts), 3)


def _repeats_limit(row: RawRow) -> bool:
    """A result in words is as likely as the words that it shares with its specification."""
    result = set(folded(row.text(Column.RESULT)).split())
    return bool(result & set(folded(row.text(Column.SPECIFICATION)).split()))


def _has_results(header: TableHeader) -> bool:
    return bool({Column.RESULT, Column.VERDICT} & set(header.columns))


def _header_unit(row: RawRow, confidence: float) -> Claim | None:
    for cell in row.header.cells:
        if cell.column is Column.RESULT and cell.unit:
            box = box_of(cell.words, row.header.page)
            return Claim(cell.unit, box, confidence, "unit in the column header")
    return None


def _own_verdict(result: Claim | None) -> Claim | None:
    """The result itself where it says no more than that the test was passed."""
    return result if result is not None and is_verdict(result.literal) else None


def is_verdict(text: str) -> bool:
    return folded(text) in vocabulary().words["verdicts"]


def _from_card(card: Card) -> RowClaim:
    rule = "name over its limit and result"
    result = _claim(card.result.words, card.page, TRANSPOSED, rule)
    limit = card.specification
    return RowClaim(
        name=_claim(card.name.words, card.page, TRANSPOSED, rule),
        specification=_claim(limit.words, card.page, TRANSPOSED, rule) if limit else None,
        result=result,
        supplier_verdict=_own_verdict(result),
    )


def _from_transposed(test: TransposedTest) -> RowClaim:
    rule = "tests over the columns"
    return RowClaim(
        name=_claim(test.name, test.page, TRANSPOSED, rule),
        result=_claim(test.result, test.page, TRANSPOSED, rule),
        unit=_claim(test.unit, test.page, TRANSPOSED, rule) if test.unit else None,
    )


def _listed(test: ListedTest, is_specification: bool) -> RowClaim:  # noqa: FBT001  # handed on
    parts = dict(_parts(test, is_specification=is_specification))
    claims = {
        column: _claim(phrase.words, test.page, LISTED, "name and value on one line")
        for column, phrase in parts.items()
    }
    return RowClaim(
        name=_claim(test.name.words, test.page, LISTED, "name and value on one line"),
        method=claims.get(Column.METHOD),
        specification=claims.get(Column.SPECIFICATION)
        or (_claim(test.limit, test.page, LISTED, "limit under its test") if test.limit else None),
        result=claims.get(Column.RESULT),
        supplier_verdict=_own_verdict(claims.get(Column.RESULT)),
    )


def _parts(test: ListedTest, *, is_specification: bool) -> Iterator[tuple[Column, Phrase]]:
    """What each value of a list line is, judged by its look; the last one is the result."""
    *others, last = test.values
    if is_specification:
        yield Column.SPECIFICATION, last
    else:
        yield Column.RESULT, last
    for phrase in others:
        limit = looks_like_limit(phrase.text) or len(others) == 1
        yield (Column.SPECIFICATION if limit and not is_specification else Column.METHOD), phrase
