"""The union of what the strategies find: tables, cards, transposed tables, lists."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.cards import cards_on
from supplier_qc.extraction.claims import Box, Claim, RowClaim
from supplier_qc.extraction.header_fields import clean_date
from supplier_qc.extraction.layout import Line, box_of
from supplier_qc.extraction.line_pairs import listed_tests
from supplier_qc.extraction.page_columns import streams_of
from supplier_qc.extraction.page_content import PageContent
from supplier_qc.extraction.row_claims import (
    LONGEST_NAME,
    from_card,
    from_list,
    from_table,
    from_transposed,
)
from supplier_qc.extraction.table_body import body_of
from supplier_qc.extraction.table_columns import boundaries
from supplier_qc.extraction.table_headers import TableHeader, headers_at
from supplier_qc.extraction.table_rows import rows_of, rows_over_page
from supplier_qc.extraction.transposed import transposed_at
from supplier_qc.extraction.vocabulary import labels_of

SAME_PLACE = 4.0  # points
HEADER = 0.2  # of the height; the page's header stands higher
FOOTER = 0.88  # of the height; what stands lower is the page's footer
LOW_ON_PAGE = 0.7  # of the height; a table that reaches it may go on over the page
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d[./-]\d{1,2}[./-]\d{2}$")
_Layout = tuple[PageContent, Sequence[Line]]


@dataclass(frozen=True, slots=True)
class RowsFound:
    """Every test of a document, and where its tables have their column heads."""

    rows: tuple[RowClaim, ...]
    heads: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _OpenTable:
    """A table that reached the foot of a page, with the ends of its columns."""

    header: TableHeader
    ends: tuple[float, ...]


@dataclass(slots=True)
class _Found:
    """What has been gathered so far, page by page."""

    rows: list[RowClaim] = field(default_factory=list)
    heads: list[Box] = field(default_factory=list)
    open_table: _OpenTable | None = None


def tests_of_document(layouts: Sequence[_Layout], *, is_specification: bool) -> RowsFound:
    """The tests in their order, also those that stand there twice.

    Lists are read only where there is no table.
    """
    found = _Found()
    repeated = _furniture(layouts)
    for page, every_line in layouts:
        own_lines = [
            line
            for number, line in enumerate(every_line)
            if _place(line) not in repeated or headers_at(every_line, number)
        ]
        for lines in streams_of(own_lines, page.width, page.height):
            _read_page(page, lines, found)
    tests = [row for row in found.rows if _is_test(row)]
    if not tests:
        listed = (test for _, lines in layouts for test in listed_tests(lines))
        tests = [row for test in listed if _is_test(row := from_list(test, is_specification))]
    return RowsFound(tuple(tests), tuple(found.heads))


def each_once(rows: Sequence[RowClaim]) -> tuple[RowClaim, ...]:
    """Without rows that say the same of the same lot again, as a summary does."""
    kept: dict[tuple[str, ...], RowClaim] = {}
    for row in rows:
        kept.setdefault(_identity(row), row)
    return tuple(kept.values())


def _read_page(page: PageContent, lines: Sequence[Line], found: _Found) -> None:
    if found.open_table is not None:
        header, ends = found.open_table.header, found.open_table.ends
        if not _is_repeated(header, lines):
            over = rows_over_page(header, ends, lines, page.rules)
            found.rows.extend(from_table(row) for row in over)
        found.open_table = None
    cards = cards_on(lines)
    found.rows.extend(from_card(card) for card in cards)
    number = 0
    while number < len(lines):
        headers = headers_at(lines, number)
        if headers:
            number += headers[0].lines
            number += _read_tables(headers, page, lines, number, found)
            continue
        tests, used = ([], 0) if cards else transposed_at(lines, number)
        found.rows.extend(from_transposed(test) for test in tests)
        number += max(used, 1)


def _is_repeated(header: TableHeader, lines: Sequence[Line]) -> bool:
    """Whether the table's head stands on the page again, so that nothing above it belongs to it."""
    texts = [cell.text for cell in header.cells]
    return any(
        texts == [cell.text for cell in other.cells]
        for number in range(len(lines))
        for other in headers_at(lines, number)
    )


def _read_tables(
    headers: Sequence[TableHeader],
    page: PageContent,
    lines: Sequence[Line],
    start: int,
    found: _Found,
) -> int:
    """Read the tables that stand beside each other from line `start`; how many lines they take."""
    used = 0
    found.open_table = None
    for header in headers:
        body = body_of(lines, start, header, page.rules)
        tests = [from_table(row) for row in rows_of(header, body, page.rules)]
        tests = [test for test in tests if _is_test(test)]
        found.rows.extend(tests)
        if not tests:
            continue
        found.heads.extend(box_of(cell.words, page.number) for cell in header.cells if cell.text)
        used = max(used, sum(line.top <= body[-1].bottom for line in lines[start:]))
        if len(headers) == 1 and _reaches_foot(body[-1], page, lines):
            found.open_table = _OpenTable(header, boundaries(header, body, page.rules)[0])
    return used


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


def _is_test(row: RowClaim) -> bool:
    return _is_test_name(row.name) and not _is_header_fact(row)


def _is_header_fact(row: RowClaim) -> bool:
    """A date or a label with its value where the result should be, as header fields have them."""
    if row.result is None:
        return False
    literal = row.result.literal
    label, colon, _ = literal.partition(":")
    if colon and any(meaning.field is not None for meaning in labels_of(label)):
        return True
    return bool(_YEAR.search(literal)) and clean_date(literal) == literal


def _identity(row: RowClaim) -> tuple[str, ...]:
    parts = (row.name, row.result, row.specification, row.lot)
    return tuple(folded(part.literal) if part else "" for part in parts)
