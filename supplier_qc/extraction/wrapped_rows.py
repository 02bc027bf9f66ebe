"""The lines of a table without row rules, gathered into tests: wrapped cells and headings."""

from collections.abc import Sequence

from supplier_qc.extraction.layout import Line
from supplier_qc.extraction.raw_rows import RawRow
from supplier_qc.extraction.table_body import is_label_line
from supplier_qc.extraction.vocabulary import Column

TIGHT = 0.6  # of the usual gap between tests; a line nearer than this wraps


def gather(cuts: Sequence[RawRow], lines: Sequence[Line]) -> list[RawRow]:
    """The tests of the lines: names may stand in the middle of their cells or at the top."""
    centred = _centred([line_cut.copy() for line_cut in cuts], lines)
    return _from_top(cuts, lines) if centred is None else centred


def _centred(cuts: Sequence[RawRow], lines: Sequence[Line]) -> list[RawRow] | None:
    """Rows whose names stand in the middle of taller cells; None when nothing shows that.

    A name in the middle has as many lines over it as under it, so that the lines between two
    names can be shared out from the top; they must come out even.
    """
    rows: list[RawRow] = []
    above: list[RawRow] = []
    owed = 0
    shown = False
    for number, (line_cut, line) in enumerate(zip(cuts, lines, strict=True)):
        if line_cut.has(Column.NAME) and len(line_cut.cells) > 1:
            if owed:
                return None
            shown = shown or bool(above and lines[number - 1].bottom > line.top)
            for over in reversed(above):
                line_cut.take(over, before=True)
            rows.append(line_cut)
            owed, above = len(above), []
        elif line_cut.has(Column.NAME) or is_label_line(line):
            if owed or above:
                return None
        elif owed:
            rows[-1].take(line_cut)
            owed -= 1
        else:
            shown = shown or not rows
            above.append(line_cut)
    if not shown or owed or above:
        return None
    return [row for row in rows if row.is_full]


def _from_top(cuts: Sequence[RawRow], lines: Sequence[Line]) -> list[RawRow]:
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
        elif open_row and _continues(rows[-1], cut, line, (above, below), usual):
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


def _is_heading(cut: RawRow, line: Line, above: float, below: float) -> bool:
    if len(line.phrases) != 1:
        return False
    text = line.phrases[0].text
    if text.isupper() and len(text) > 3 and not any(sign.isdigit() for sign in text):
        return True
    starts_low = text[:1].islower() or text[:1] in "(["
    apart = above > 0.8 * line.size and below > 0.3 * line.size
    return cut.has(Column.NAME) and not starts_low and (line.phrases[0].bold or apart)


def _continues(
    row: RawRow,
    cut: RawRow,
    line: Line,
    gaps: tuple[float, float],
    usual: float,
) -> bool:
    """Whether a line wraps the row above; `gaps` are those over and under the line."""
    above, below = gaps
    if above > line.size:
        return False
    if cut.has(Column.NAME):
        text, before = cut.text(Column.NAME), row.text(Column.NAME)
        close = above < TIGHT * usual and above < TIGHT * below
        return close or text[:1].islower() or text[:1] in "([" or before[-1:] in ",-/&("
    return above <= below + 1
