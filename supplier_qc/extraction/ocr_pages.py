"""What recognition hands on: words as on any page, how sure they are, and where they belong."""

import math
from dataclasses import dataclass

from supplier_qc.extraction.page_content import PageContent


@dataclass(frozen=True, slots=True)
class Placement:
    """How the upright, level page that was read lies on the page as displayed.

    `quarters` clockwise quarter turns and then `degrees` made the displayed page upright; `width`
    and `height` are those of the upright page in points.
    """

    quarters: int
    degrees: float
    width: float
    height: float

    def displayed(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the upright page stands on the displayed one."""
        x, y = turned_point(x, y, self.width, self.height, -self.degrees)
        width, height = self.width, self.height
        for _ in range(self.quarters % 4):
            # One quarter back: the upright page's top edge was the displayed page's left edge.
            x, y = y, width - x
            width, height = height, width
        return x, y


@dataclass(frozen=True, slots=True)
class OcrPage:
    """`content` is upright and level; `scores` are those of its words, in the same order."""

    content: PageContent
    scores: tuple[float, ...]
    placement: Placement


def turned_point(
    x: float, y: float, width: float, height: float, degrees: float
) -> tuple[float, float]:
    """The point after a turn of the sheet that lifts what falls to the right by `degrees`."""
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = x - width / 2, y - height / 2
    return x * cos + y * sin + width / 2, -x * sin + y * cos + height / 2
