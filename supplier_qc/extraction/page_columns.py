"""Pages set in two columns, with a table in each: read one after the other, not across."""

from collections.abc import Sequence

from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.table_headers import headers_at

MIDDLE = (0.33, 0.67)  # of the page's width; where a gutter may lie
NARROWEST = 5.0  # points
FEWEST_LINES = 6
FEWEST_WORDS = 4  # of a usual line of running text
TOP = 0.6  # of the page's height; a gutter that begins lower divides too little


def streams_of(lines: Sequence[Line], width: float, height: float) -> list[list[Line]]:
    """The lines in reading order: all of them, or those above, left and right of a gutter.

    White strips divide the columns of every table, so that a gutter counts only where a table of
    its own begins on both sides, or on the right where nothing stands beside its head.
    """
    start = _last_crossing(lines, width)
    below = lines[start:]
    if len(below) < FEWEST_LINES or below[0].top > TOP * height:
        return [list(lines)]
    gutter = _gutter(below, width)
    if gutter is None:
        return [list(lines)]
    left, right = _sides(below, gutter)
    if not _divides(below, left, right):
        return [list(lines)]
    return [[*lines[:start], *left], right]


def columns_of_text(lines: Sequence[Line], width: float) -> list[Line]:
    """Running text in two columns as a person reads it, the left one first; else the lines."""
    start = _last_crossing(lines, width)
    below = lines[start:]
    gutter = _gutter(below, width)
    if gutter is None or len(below) < FEWEST_LINES:
        return list(lines)
    left, right = _sides(below, gutter)
    if not (_is_prose(left) and _is_prose(right)):
        return list(lines)
    return [*lines[:start], *left, *right]


def _is_prose(lines: Sequence[Line]) -> bool:
    lengths = sorted(len(line.words) for line in lines)
    single = sum(len(line.phrases) == 1 for line in lines)
    return (
        len(lines) >= FEWEST_LINES
        and lengths[len(lengths) // 2] >= FEWEST_WORDS
        and 2 * single > len(lines)
    )


def _last_crossing(lines: Sequence[Line], width: float) -> int:
    """The first line from which on some strip near the middle stays white to the end."""
    for start in range(len(lines)):
        if _gutter(lines[start:], width) is not None:
            return start
    return len(lines)


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """The middle of the widest white strip near the page's middle."""
    low, high = MIDDLE[0] * width, MIDDLE[1] * width
    spans = sorted(
        (phrase.x0, phrase.x1)
        for line in lines
        for phrase in line.phrases
        if phrase.x1 > low and phrase.x0 < high
    )
    best, at, reached = 0.0, None, low
    for x0, x1 in [*spans, (high, high)]:
        if x0 - reached > best:
            best, at = x0 - reached, (x0 + reached) / 2
        reached = max(reached, x1)
    return at if best >= NARROWEST else None


def _sides(lines: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        for side, phrases in (
            (left, [phrase for phrase in line.phrases if phrase.x1 <= gutter]),
            (right, [phrase for phrase in line.phrases if phrase.x1 > gutter]),
        ):
            if phrases:
                side.append(Line(tuple(phrases), led=line.led))
    return left, right


def _divides(lines: Sequence[Line], left: Sequence[Line], right: Sequence[Line]) -> bool:
    if any(len(headers_at(lines, number)) > 1 for number in range(len(lines))):
        return False  # heads on one line are told apart without a gutter
    first = next((n for n in range(len(right)) if headers_at(right, n)), None)
    if first is None:
        return False
    if any(headers_at(left, number) for number in range(len(left))):
        return True
    head: Phrase = right[first].phrases[0]
    beside = [line for line in lines if head in line.phrases and line.phrases[0] is not head]
    return not beside
