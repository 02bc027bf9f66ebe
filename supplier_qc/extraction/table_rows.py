"""The lines under a table's header, cut into columns and gathered into rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.claims import HeaderField
from supplier_qc.extraction.labels import hits_in
from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.page_content import Direction, Rule, Word
from supplier_qc.extraction.table_headers import (
    VALUE_COLUMNS,
    TableHeader,
    gaps_between,
    headers_at,
)
from supplier_qc.extraction.vocabulary import Column, key, labels_of, vocabulary

LARGEST_GAP = 60.0  # points; farther down begins something else
PROSE_WORDS = 8
RULE_COVER = 0.6  # of the table's width or height, for a rule to divide it
SNAP = 2.0
FEWEST_BANDS = 2
ONE_ROW_A_BAND = 0.7  # share of bands with one test, for rules to divide every row
TIGHT = 0.6  # of the usual gap between tests; a line nearer than this wraps
_PAGE_NUMBER = re.compile(r"^(?:page|seite|pagina|pag)\b\.?\s*:?\s*\d+")
_ADDRESS = re.compile(
    r"www\.|https?://|\S@\S+\.\S|\b(?:tel|fax|phone)\b\.?\s*:?\s*[+(\d]", re.IGNORECASE
)
_CLOSING = frozenset(
    {"conclusion", "conclusions", "remarks", "remark", "comments", "comment", "note", "notes",
     "disclaimer", "bemerkung", "bemerkungen", "remarques", "observaciones", "observacoes",
     "osservazioni"}
)  # fmt: skip


@dataclass(slots=True)
class RawRow:
    """One test as words per column, before it becomes claims."""

    page: int
    header: TableHeader
    cells: dict[Column, list[Word]] = field(default_factory=dict)
    ruled: bool = False

    def has(self, *columns: Column) -> bool:
        return any(self.cells.get(column) for column in columns)

    def text(self, column: Column) -> str:
        return " ".join(word.text for word in self.cells.get(column, ()))

    @property
    def is_full(self) -> bool:
        return self.has(Column.NAME) and self.has(*VALUE_COLUMNS)

    def take(self, other: "RawRow", *, before: bool = False) -> None:
        """Add the words of a line that belongs to the same test."""
        for column, words in other.cells.items():
            own = self.cells.setdefault(column, [])
            self.cells[column] = [*words, *own] if before else [*own, *words]


def body_of(lines: Sequence[Line], start: int, header: TableHeader) -> list[Line]:
    """The lines from `start` that can belong to the table under `header`."""
    left, right = header.cells[0].x0, header.cells[-1].x1
    body: list[Line] = []
    bottom = header.bottom
    for number in range(start, len(lines)):
        line = _between(lines[number], header.left, header.right)
        if line is None:
            continue
        if line.top - bottom > LARGEST_GAP or headers_at(lines, number):
            break
        if _is_prose(line, left, right) or ends_table(line):
            break
        body.append(line)
        bottom = line.bottom
    return body


def _between(line: Line, left: float, right: float) -> Line | None:
    """The part of the line that stands between two walls."""
    inside = tuple(
        phrase for phrase in line.phrases if left <= (phrase.x0 + phrase.x1) / 2 <= right
    )
    if len(inside) == len(line.phrases):
        return line
    return Line(inside) if inside else None


def ends_table(line: Line) -> bool:
    """Whether the line begins what follows a table: signatures, remarks, a page number."""
    text = key(line.phrases[0].text)
    if _PAGE_NUMBER.match(folded(line.phrases[0].text)) or _ADDRESS.search(line.text):
        return True
    hits = hits_in(line.phrases[0])
    if not hits or hits[0].start or not (hits[0].with_colon or hits[0].closes_phrase):
        return False
    signs = any(label.field is HeaderField.SIGNATORY for label in hits[0].labels)
    return (signs or key(hits[0].text) in _CLOSING) and text not in vocabulary().columns


def _is_prose(line: Line, left: float, right: float) -> bool:
    return any(
        len(phrase.words) >= PROSE_WORDS
        and phrase.x0 <= left + 0.25 * (right - left)
        and phrase.x1 - phrase.x0 > 0.55 * (right - left)
        for phrase in line.phrases
    )


def boundaries(
    header: TableHeader,
    body: Sequence[Line],
    rules: Sequence[Rule],
) -> tuple[tuple[float, ...], bool]:
    """Where each column ends, and whether drawn rules say so."""
    words = [word for line in body for word in line.words]
    bottom = body[-1].bottom if body else header.bottom
    walls = _walls(rules, header.top, bottom)
    ends: list[float] = []
    ruled = bool(header.cells)
    for start, end in gaps_between(header.cells):
        between = [wall for wall in walls if start < wall < end]
        ruled = ruled and bool(between)
        ends.append(between[-1] if between else _widest_gap(words, header, start, end))
    return tuple(ends), ruled


def _walls(rules: Sequence[Rule], top: float, bottom: float) -> list[float]:
    """The vertical rules that run along most of the table."""
    covered: dict[float, float] = {}
    for rule in rules:
        if rule.direction is Direction.VERTICAL:
            inside = min(rule.end, bottom) - max(rule.start, top)
            if inside > 0:
                at = next((at for at in covered if abs(at - rule.at) <= SNAP), rule.at)
                covered[at] = covered.get(at, 0.0) + inside
    return sorted(at for at, length in covered.items() if length >= RULE_COVER * (bottom - top))


def _widest_gap(
    words: Sequence[Word],
    header: TableHeader,
    start: float,
    end: float,
) -> float:
    """The middle of the clearest white strip between two heads."""
    heads = [word for cell in header.cells for word in cell.words]
    inside = [word for word in (*words, *heads) if word.x1 > start and word.x0 < end]
    edges = sorted({start, end, *(max(start, min(end, x)) for w in inside for x in (w.x0, w.x1))})
    best, best_value = (start + end) / 2, float("-inf")
    for left, right in pairwise(edges):
        middle = (left + right) / 2
        crossing = sum(word.x0 < middle < word.x1 for word in inside)
        value = min(right - left, 40.0) - 25.0 * crossing
        if value > best_value:
            best, best_value = middle, value
    return best


def rows_over_page(
    header: TableHeader,
    ends: Sequence[float],
    lines: Sequence[Line],
    rules: Sequence[Rule],
) -> list[RawRow]:
    """Rows at the top of the next page, under a header that was not printed again."""
    body: list[Line] = []
    left, right = header.cells[0].x0, header.cells[-1].x1
    needed = {Column.NAME, *(set(header.columns) & {Column.RESULT, Column.VERDICT})}
    for number, line in enumerate(lines):
        if headers_at(lines, number) or (
            body and (ends_table(line) or _is_prose(line, left, right))
        ):
            break
        fits = needed <= set(_cut(header, line, ends).cells)
        if fits or body:
            body.append(line)
    bands = _bands(header, body, rules)
    rows = (
        _from_bands(header, bands, ends)
        if bands
        else _gather([_cut(header, line, ends) for line in body], body)
    )
    return [row for row in rows if needed <= set(row.cells)]


def rows_of(
    header: TableHeader,
    body: Sequence[Line],
    rules: Sequence[Rule],
) -> list[RawRow]:
    ends, ruled = boundaries(header, body, rules)
    bands = _bands(header, body, rules)
    if bands is not None:
        return _from_bands(header, bands, ends)
    rows = [_cut(header, line, ends) for line in body]
    for row in rows:
        row.ruled = ruled
    return _gather(rows, body)


def _cut(header: TableHeader, line: Line, ends: Sequence[float]) -> RawRow:
    row = RawRow(line.page, header)
    for word in line.words:
        middle = (word.x0 + word.x1) / 2
        number = sum(middle > end for end in ends)
        column = header.cells[number].column or Column.IGNORED
        row.cells.setdefault(column, []).append(word)
    return row


def _bands(
    header: TableHeader,
    body: Sequence[Line],
    rules: Sequence[Rule],
) -> list[list[Line]] | None:
    """The lines between each two horizontal rules; None when rules do not divide the rows."""
    if not body:
        return None
    levels = _levels(header, body, rules)
    groups: dict[int, list[Line]] = {}
    for line in body:
        middle = (line.top + line.bottom) / 2
        groups.setdefault(sum(level < middle for level in levels), []).append(line)
    if len(groups) < FEWEST_BANDS:
        return None
    # Below the last rule each line is a band of its own: nothing says that they belong together.
    open_end = groups.pop(len(levels), [])
    return [*(groups[number] for number in sorted(groups)), *([line] for line in open_end)]


def _levels(header: TableHeader, body: Sequence[Line], rules: Sequence[Rule]) -> list[float]:
    left = min(header.cells[0].x0, *(line.x0 for line in body))
    right = max(cell.x1 for cell in header.cells)
    covered: dict[float, float] = {}
    for rule in rules:
        if rule.direction is Direction.HORIZONTAL and rule.at >= header.top:
            inside = min(rule.end, right) - max(rule.start, left)
            if inside > 0:
                at = next((at for at in covered if abs(at - rule.at) <= SNAP), rule.at)
                covered[at] = covered.get(at, 0.0) + inside
    return sorted(at for at, length in covered.items() if length >= RULE_COVER * (right - left))


def _from_bands(
    header: TableHeader,
    bands: Sequence[Sequence[Line]],
    ends: Sequence[float],
) -> list[RawRow]:
    cut_bands = [[_cut(header, line, ends) for line in band] for band in bands]
    full = [sum(cut.is_full for cut in cuts) for cuts in cut_bands]
    filled = [count for count in full if count]
    row_by_row = sum(count == 1 for count in filled) >= ONE_ROW_A_BAND * len(filled)
    rows: list[RawRow] = []
    for cuts, band, count in zip(cut_bands, bands, full, strict=True):
        if count > 1 and not row_by_row:
            rows.extend(_gather(cuts, band))
        elif not is_label_line(band[0]):
            merged = cuts[0]
            for cut in cuts[1:]:
                merged.take(cut)
            if merged.is_full:
                rows.append(merged)
    for row in rows:
        row.ruled = True
    return rows


def _gather(cuts: Sequence[RawRow], lines: Sequence[Line]) -> list[RawRow]:
    """Join wrapped lines to their tests; headings and labels fall away."""
    rows: list[RawRow] = []
    pending: RawRow | None = None
    open_row = False
    usual = _usual_gap(cuts, lines)
    for number, (cut, line) in enumerate(zip(cuts, lines, strict=True)):
        above = line.top - lines[number - 1].bottom if number else float("inf")
        below = lines[number + 1].top - line.bottom if number + 1 < len(lines) else float("inf")
        if is_label_line(line):
            pending, open_row = None, False
        elif open_row and _wraps(rows[-1], cut, above, usual, line.size):
            rows[-1].take(cut)
        elif cut.is_full:
            if pending is not None:
                cut.take(pending, before=True)
                pending = None
            rows.append(cut)
            open_row = True
        elif _is_heading(cut, line, above, below):
            pending, open_row = None, False
        elif open_row and _continues(rows[-1], cut, line, above, below):
            rows[-1].take(cut)
        elif below < line.size:
            if pending is not None:
                cut.take(pending, before=True)
            pending = cut
    return rows


def _usual_gap(cuts: Sequence[RawRow], lines: Sequence[Line]) -> float:
    """The middle distance between a full line and the line over it."""
    gaps = sorted(
        line.top - lines[number].bottom
        for number, (cut, line) in enumerate(zip(cuts[1:], lines[1:], strict=True))
        if cut.is_full
    )
    return gaps[len(gaps) // 2] if gaps else 0.0


def _wraps(row: RawRow, cut: RawRow, above: float, usual: float, size: float) -> bool:
    """Whether a line overlaps the row, or is near it and lacks the result that the row has."""
    if above < -0.2 * size:
        return not (cut.is_full and cut.has(Column.RESULT, Column.VERDICT))
    lacks = row.has(Column.RESULT, Column.VERDICT) and not cut.has(Column.RESULT, Column.VERDICT)
    low = cut.text(Column.NAME)[:1]
    return (
        cut.is_full
        and lacks
        and above < size
        and (above < TIGHT * usual or low.islower() or low in "([")
    )


def is_label_line(line: Line) -> bool:
    """Whether the line begins with a header field's label, as dates among the rows do."""
    if any(_is_labelled(phrase) for phrase in line.phrases):
        return True
    text = line.phrases[0].text
    known = any(label.field is not None and label.strong for label in labels_of(text))
    column = set(vocabulary().columns.get(key(text), ())) - {Column.SAMPLE, Column.IGNORED}
    return known and len(line.phrases) > 1 and not column


def _is_labelled(phrase: Phrase) -> bool:
    """A label and its value in one phrase ("Batch #: 7"), as headers and footers have it."""
    hits = hits_in(phrase)
    fields = {label.field for hit in hits[:1] for label in hit.labels} - {None}
    return bool(fields) and hits[0].start == 0 and hits[0].with_colon and not hits[0].closes_phrase


def _is_heading(cut: RawRow, line: Line, above: float, below: float) -> bool:
    if len(line.phrases) != 1:
        return False
    text = line.phrases[0].text
    if text.isupper() and len(text) > 3 and not any(sign.isdigit() for sign in text):  # noqa: PLR2004
        return True
    starts_low = text[:1].islower() or text[:1] in "(["
    apart = above > 0.8 * line.size and below > 0.3 * line.size
    return cut.has(Column.NAME) and not starts_low and (line.phrases[0].bold or apart)


def _continues(row: RawRow, cut: RawRow, line: Line, above: float, below: float) -> bool:
    if above > line.size:
        return False
    if cut.has(Column.NAME):
        text, before = cut.text(Column.NAME), row.text(Column.NAME)
        return text[:1].islower() or text[:1] in "([" or before[-1:] in ",-/&("
    return above <= below + 1
