"""The lines under a table's header, cut into columns and gathered into rows."""

from collections.abc import Sequence
from itertools import pairwise

from supplier_qc.extraction.layout import Line
from supplier_qc.extraction.page_content import Direction, Rule
from supplier_qc.extraction.raw_rows import RawRow, cut
from supplier_qc.extraction.table_body import ends_table, is_label_line, is_prose
from supplier_qc.extraction.table_columns import RULE_COVER, SNAP, boundaries
from supplier_qc.extraction.table_headers import TableHeader, headers_at
from supplier_qc.extraction.vocabulary import Column
from supplier_qc.extraction.wrapped_rows import gather

FEWEST_BANDS = 2
ONE_ROW_A_BAND = 0.5  # share of bands with one test, for rules to divide every row
MOSTLY = 0.8  # of the bands
WRAPPED_GAP = 0.5  # of the font size, between lines of one cell


def rows_over_page(
    header: TableHeader,
    ends: Sequence[float],
    lines: Sequence[Line],
    rules: Sequence[Rule],
) -> list[RawRow]:
    """Rows at the top of the next page, under a header that was not printed again."""
    body: list[Line] = []
    left, right = header.cells[0].x0, header.cells[-1].x1
    values = set(header.columns) & {Column.RESULT, Column.VERDICT}
    needed = {Column.NAME, *(values or {Column.SPECIFICATION, Column.METHOD} & set(header.columns))}
    for number, line in enumerate(lines):
        if headers_at(lines, number) or (
            body and (ends_table(line) or is_prose(line, left, right))
        ):
            break
        fits = needed <= set(cut(header, line, ends).cells)
        if fits or body:
            body.append(line)
    bands = _bands(header, body, rules)
    rows = (
        _from_bands(header, bands, ends)
        if bands
        else gather([cut(header, line, ends) for line in body], body)
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
        kept = [band for band in bands if not _crosses(band[0], ends)]
        return _from_bands(header, kept, ends)
    found: list[RawRow] = []
    for part in _parts(body, ends):
        rows = [cut(header, line, ends) for line in part]
        for row in rows:
            row.ruled = ruled
        found.extend(gather(rows, part))
    return found


def _parts(body: Sequence[Line], ends: Sequence[float]) -> list[list[Line]]:
    """The body without sentences and headings that run across its columns, cut at each."""
    parts: list[list[Line]] = [[]]
    for line in body:
        if _crosses(line, ends):
            parts.append([])
        else:
            parts[-1].append(line)
    return [part for part in parts if part]


def _crosses(line: Line, ends: Sequence[float]) -> bool:
    """Whether the line is one phrase that takes no notice of the columns."""
    phrase = line.phrases[0]
    return len(line.phrases) == 1 and any(phrase.x0 < end < phrase.x1 for end in ends)


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


def _is_tight(band: Sequence[Line]) -> bool:
    return all(low.top - high.bottom <= WRAPPED_GAP * high.size for high, low in pairwise(band))


def _without_headings(bands: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """The bands without the bold headings between their rows, as stand between shaded ones."""
    headed = [any(_is_bold_heading(line, band) for line in band) for band in bands]
    if sum(headed) > MOSTLY * len(bands):  # in every band, the bold line is the name
        return list(bands)
    return [[line for line in band if not _is_bold_heading(line, band)] for band in bands]


def _is_bold_heading(line: Line, band: Sequence[Line]) -> bool:
    """One bold phrase beside lines of the same band whose names are not bold."""
    others = [other.phrases[0] for other in band if other is not line]
    alone = len(line.phrases) == 1 and line.phrases[0].bold
    return alone and bool(others) and not any(other.bold for other in others)


def _from_bands(
    header: TableHeader,
    bands: Sequence[Sequence[Line]],
    ends: Sequence[float],
) -> list[RawRow]:
    bands = _without_headings(bands)
    cut_bands = [[cut(header, line, ends) for line in band] for band in bands]
    full = [sum(one.is_full for one in cuts) for cuts in cut_bands]
    filled = [count for count in full if count]
    row_by_row = sum(count == 1 for count in filled) >= ONE_ROW_A_BAND * len(filled)
    rows: list[RawRow] = []
    for cuts, band, count in zip(cut_bands, bands, full, strict=True):
        if count > 1 and not (row_by_row and _is_tight(band)):
            rows.extend(gather(cuts, band))
        elif not is_label_line(band[0]):
            merged = cuts[0]
            for line_cut in cuts[1:]:
                merged.take(line_cut)
            if merged.is_full:
                rows.append(merged)
    for row in rows:
        row.ruled = True
    return rows
