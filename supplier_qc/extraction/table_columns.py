"""Where the columns of a table end: at drawn rules, else at the clearest white strips."""

from collections.abc import Sequence
from itertools import pairwise

from supplier_qc.extraction.layout import Line
from supplier_qc.extraction.page_content import Direction, Rule, Word
from supplier_qc.extraction.table_headers import TableHeader, gaps_between

RULE_COVER = 0.6  # of the table's width or height, for a rule to divide it
CLOSE, MOST_CUT = 0.45, 0.3  # of the font size between two words; of the lines
SNAP = 2.0  # points between two strokes of one rule


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
        between = [wall for wall in walls if start < wall < end and not _cuts_text(wall, body)]
        ruled = ruled and bool(between)
        ends.append(between[-1] if between else _widest_gap(words, header, start, end))
    return tuple(ends), ruled


def _cuts_text(wall: float, body: Sequence[Line]) -> bool:
    """Whether words stand close on both sides of the wall in many lines, as under a chart."""
    cut = 0
    for line in body:
        left = max((w.x1 for w in line.words if w.x1 <= wall + SNAP), default=float("-inf"))
        right = min((w.x0 for w in line.words if w.x0 >= wall - SNAP), default=float("inf"))
        cut += right - left < CLOSE * line.size
    return cut > MOST_CUT * len(body)


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
