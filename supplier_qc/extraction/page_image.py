"""A page as an image: drawn, set upright, and the ruled lines found in it.

Runs in a reading process only, as all use of pdfium does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from supplier_qc.extraction.page_content import Direction, Rule

POINTS_PER_INCH = 72
DPI = 200
"""Below it, signs such as "<" and "µ" are lost; above it, time is lost and nothing gained
(measured on drawn scans at 150, 200 and 300 dpi)."""
MOST_PIXELS = 5_000_000  # a larger sheet is drawn at a lower resolution
SHORTEST_RULE = 30.0  # points
THICKEST_RULE = 3.0  # points
_DARK = 200  # of 255; a scanner prints fine rules in grey
_BREAK = 1.0  # points; a gap in a rule that the scanner left

Image = np.ndarray[Any, np.dtype[np.uint8]]


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """RGB pixels; `scale` is pixels for one point."""

    pixels: Image
    scale: float


def drawn(page: Any) -> DrawnPage:
    """The pypdfium2 page as it is displayed, white where it is empty."""
    width, height = page.get_size()
    scale = DPI / POINTS_PER_INCH
    scale = min(scale, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    pixels = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
    bitmap.close()
    return DrawnPage(pixels, scale)


def turned(image: Image, quarters: int) -> Image:
    """The image turned clockwise by quarters of a turn."""
    return np.ascontiguousarray(np.rot90(image, -quarters))


def levelled(image: Image, degrees: float) -> Image:
    """The image turned by a few degrees around its middle, so that its lines run level."""
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(image, matrix, (width, height), borderValue=(255, 255, 255)), dtype=np.uint8
    )


def rules_in(image: Image, scale: float) -> Iterator[Rule]:
    """Long thin dark strokes, in points."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    ink = np.where(grey < _DARK, 255, 0).astype(np.uint8)
    shortest, gap = int(SHORTEST_RULE * scale), int(_BREAK * scale)
    for direction, long, wide in (
        (Direction.HORIZONTAL, (shortest, 1), (gap, 1)),
        (Direction.VERTICAL, (1, shortest), (1, gap)),
    ):
        whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, _bar(wide))
        strokes = cv2.morphologyEx(whole, cv2.MORPH_OPEN, _bar(long))
        yield from _strokes(np.asarray(strokes, dtype=np.uint8), direction, scale)


def _bar(size: tuple[int, int]) -> Image:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_RECT, size), dtype=np.uint8)


def _strokes(strokes: Image, direction: Direction, scale: float) -> Iterator[Rule]:
    _, _, found, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    for left, top, width, height, _ in found[1:]:
        x0, y0, wide, high = (float(value) / scale for value in (left, top, width, height))
        if direction is Direction.HORIZONTAL and high <= THICKEST_RULE:
            yield Rule(direction, y0 + high / 2, x0, x0 + wide)
        elif direction is Direction.VERTICAL and wide <= THICKEST_RULE:
            yield Rule(direction, x0 + wide / 2, y0, y0 + high)
