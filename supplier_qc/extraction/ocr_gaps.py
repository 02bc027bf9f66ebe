"""Where one recognised word ends and the next begins, looked up in the ink of its line.

A recogniser knows the order of the signs of a line and their places only roughly: "Sodium citrate"
can come back with a gap that a reader of tables takes for two columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from supplier_qc.extraction.page_image import Image

REACH = 0.7  # of the line's height: how far an edge may be moved
NARROWEST_GAP = 0.1  # of the line's height; less is the gap between two letters
CLEAR_GAP = 0.2  # of the line's height; wider than the gap between two letters of a word
_UNDERLINED = 0.9  # of the width
_FULL_STOP = 2  # dark pixels in a column; fewer are grain

Edges = tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class LineBox:
    """Where a line was seen, in pixels."""

    left: float
    top: float
    right: float
    bottom: float


def with_edges_of_ink(words: Edges, image: Image, box: LineBox) -> Edges:
    """Words with their left and right edges in pixels; where the ink shows none, they stay.

    `image` is level, so that the words run across the box.
    """
    inked = _inked_columns(image, box) if words else ()
    if not any(inked):
        return words
    left, height = int(box.left), box.bottom - box.top
    edges = [[start - left, end - left] for _, start, end in words]
    edges[-1][1] = _end_of_ink(inked, edges[-1][1], height)
    mirrored = _end_of_ink(inked[::-1], len(inked) - edges[0][0], height)
    edges[0][0] = min(len(inked) - mirrored, edges[0][1])
    for before, after in pairwise(edges):
        gap = _widest_gap(
            inked,
            max(sum(before) / 2, before[1] - REACH * height),
            min(sum(after) / 2, after[0] + REACH * height),
        )
        if gap is not None and gap[1] - gap[0] >= NARROWEST_GAP * height:
            before[1], after[0] = gap
    return tuple(
        (text, start + left, max(end, start + 1) + left)
        for (text, _, _), (start, end) in zip(words, edges, strict=True)
    )


def _inked_columns(image: Image, box: LineBox) -> list[bool]:
    """For each column of the box from its left edge, whether letters have ink in it."""
    part = image[int(box.top) : int(box.bottom), int(box.left) : int(box.right)]
    if part.size == 0:
        return []
    grey = cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2GRAY)
    _, dark = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    if dark.mean() > 0.5:  # light letters on a dark ground
        dark = 1 - dark
    height = part.shape[0]
    # What runs from edge to edge of the box is a rule beside or under the words.
    is_wall = dark.sum(axis=0) >= height
    is_underline = dark.mean(axis=1) > _UNDERLINED
    counts = dark[~is_underline].sum(axis=0)
    return [bool(ink) for ink in (counts >= _FULL_STOP) & ~is_wall]


def _end_of_ink(inked: Sequence[bool], seen: float, height: float) -> float:
    """Where the ink at or before `seen` ends; a box can reach into the words beside it."""
    column = min(max(int(seen), 0), len(inked))
    clear = max(1, int(CLEAR_GAP * height))
    while column < len(inked) and any(inked[column : column + clear]):
        column += 1
    while column > 0 and not inked[column - 1]:
        column -= 1
    return float(column) if column else seen


def _widest_gap(inked: Sequence[bool], start: float, end: float) -> tuple[float, float] | None:
    """The longest run of columns without ink that lies in or reaches into the span."""
    best: tuple[int, int] | None = None
    column = max(0, int(start))
    last = min(len(inked), int(end) + 1)
    while column < last:
        run = column
        while run < last and not inked[run]:
            run += 1
        if run > column and (best is None or run - column > best[1] - best[0]):
            best = column, run
        column = run + 1
    return best
