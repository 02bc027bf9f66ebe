"""What a strategy found as one test, turned into claims with rule and confidence."""

from collections.abc import Iterator, Mapping, Sequence

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.cards import Card
from supplier_qc.extraction.claims import Claim, HeaderField, RowClaim
from supplier_qc.extraction.layout import Phrase, box_of
from supplier_qc.extraction.line_pairs import ListedTest, looks_like_limit, looks_like_value
from supplier_qc.extraction.page_content import Word
from supplier_qc.extraction.raw_rows import RawRow
from supplier_qc.extraction.table_headers import TableHeader
from supplier_qc.extraction.transposed import TransposedTest
from supplier_qc.extraction.vocabulary import UNNAMED_GLYPH, Column, labels_of, vocabulary

LONGEST_NAME = 120
LONG_NAME = 9  # words; longer ones have swallowed something more often than not
DOUBT = 0.15
RULED, CERTAIN_HEADER, LIKELY_HEADER, TRANSPOSED, LISTED = 0.95, 0.9, 0.8, 0.8, 0.75


def _claim(words: Sequence[Word], page: int, confidence: float, rule: str) -> Claim:
    return Claim(" ".join(word.text for word in words), box_of(words, page), confidence, rule)


def from_table(row: RawRow) -> RowClaim:
    confidence = _confidence(row)
    rule = "ruled table" if row.ruled else "columns under a header line"
    claims = {
        column: _claim(words, row.page, confidence, rule)
        for column, words in row.cells.items()
        if words
    }
    verdict = claims.get(Column.VERDICT)
    result = claims.get(Column.RESULT) or verdict
    name_words, described = _name_and_description(row.cells.get(Column.NAME, []))
    if described:
        claims[Column.NAME] = _claim(name_words, row.page, LIKELY_HEADER, rule)
        claims.setdefault(Column.SPECIFICATION, _claim(described, row.page, LIKELY_HEADER, rule))
    return RowClaim(
        name=claims.get(Column.NAME),
        method=claims.get(Column.METHOD),
        specification=claims.get(Column.SPECIFICATION),
        spec_min=claims.get(Column.SPEC_MIN),
        spec_max=claims.get(Column.SPEC_MAX),
        result=result,
        unit=claims.get(Column.UNIT) or _header_unit(row, confidence),
        supplier_verdict=verdict or _own_verdict(result),
        lot=_lot(row, claims),
    )


def _lot(row: RawRow, claims: Mapping[Column, Claim]) -> Claim | None:
    """The lot over the row's result, or that of a column that names a lot for each row."""
    if row.header.lot:
        return _claim(row.header.lot, row.header.page, LIKELY_HEADER, "lot in the column header")
    printed = claims.get(Column.SAMPLE)
    heads = [cell.text for cell in row.header.cells if cell.column is Column.SAMPLE]
    names_lot = any(
        label.field is HeaderField.LOT_NUMBER for text in heads for label in labels_of(text)
    )
    return printed if names_lot else None


def _name_and_description(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """A name whose cell goes on with a description: its bold words, else its first line."""
    if len(" ".join(word.text for word in words)) <= LONGEST_NAME:
        return words, ()
    bold = next((number for number, word in enumerate(words) if not word.bold), len(words))
    line = next(
        (number for number, word in enumerate(words) if word.top >= words[0].bottom), len(words)
    )
    end = bold if 0 < bold < len(words) else line
    return words[:end], words[end:]


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


def from_card(card: Card) -> RowClaim:
    rule = "name over its limit and result"
    result = _claim(card.result.words, card.page, TRANSPOSED, rule)
    limit = card.specification
    return RowClaim(
        name=_claim(card.name.words, card.page, TRANSPOSED, rule),
        specification=_claim(limit.words, card.page, TRANSPOSED, rule) if limit else None,
        result=result,
        supplier_verdict=_own_verdict(result),
    )


def from_transposed(test: TransposedTest) -> RowClaim:
    rule = "tests over the columns"
    return RowClaim(
        name=_claim(test.name, test.page, TRANSPOSED, rule),
        result=_claim(test.result, test.page, TRANSPOSED, rule),
        unit=_claim(test.unit, test.page, TRANSPOSED, rule) if test.unit else None,
    )


def from_list(test: ListedTest, is_specification: bool) -> RowClaim:  # noqa: FBT001  # handed on
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
