"""A page to draw on, addressed from the top left; text is measured, so that nothing collides."""

import io
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

MARGIN = 42.0


@dataclass(frozen=True, slots=True)
class Face:
    """A pair of fonts; `full_signs` when it has ≤ and ≥."""

    plain: str
    bold: str
    full_signs: bool = False


FACES = {
    "Helvetica": Face("Helvetica", "Helvetica-Bold"),
    "Times": Face("Times-Roman", "Times-Bold"),
    "Courier": Face("Courier", "Courier-Bold"),
    "Vera": Face("Vera", "VeraBd", full_signs=True),
    "Song": Face("STSong-Light", "STSong-Light", full_signs=True),
}


@cache
def register_fonts() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in ("Vera", "VeraBd"):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


class Paper:
    """A canvas with a cursor `y` that runs down the page."""

    def __init__(self, size: tuple[float, float], face: Face, points: float) -> None:
        register_fonts()
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=size, invariant=1)
        self.width, self.height = size
        self.face, self.points = face, points
        self.y = MARGIN
        self.lost_spaces = False
        self.struck_twice = False
        self.on_new_page: Callable[[], None] = lambda: None
        self.before_page: Callable[[], None] = lambda: None
        self.pages = 0

    @property
    def right(self) -> float:
        return self.width - MARGIN

    @property
    def step(self) -> float:
        return self.points * 1.55

    def measured(self, text: str, size: float = 0.0, *, bold: bool = False) -> float:
        font = self.face.bold if bold else self.face.plain
        return float(pdfmetrics.stringWidth(text, font, size or self.points))

    def text(
        self, x: float, y: float, text: str, size: float = 0.0, *, bold: bool = False, **how: Any
    ) -> None:
        size = size or self.points
        font = self.face.bold if bold else self.face.plain
        if how.get("align") == "right":
            x -= self.measured(text, size, bold=bold)
        elif how.get("align") == "centre":
            x -= self.measured(text, size, bold=bold) / 2
        self.canvas.setFont(font, size)
        for dx in (0.0, 0.3) if bold and self.struck_twice else (0.0,):
            self._string(x + dx, self.height - y, text, font, size)

    def _string(self, x: float, y: float, text: str, font: str, size: float) -> None:
        if not self.lost_spaces:
            self.canvas.drawString(x, y, text)
            return
        space = pdfmetrics.stringWidth(" ", font, size)
        for word in text.split(" "):
            self.canvas.drawString(x, y, word)
            x += pdfmetrics.stringWidth(word, font, size) + space

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def fill(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """A filled rectangle from its top left corner."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x, self.height - y - height, width, height, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def wrapped(self, text: str, width: float, *, bold: bool = False) -> list[str]:
        """The text in lines no wider than `width`."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.measured(longer, bold=bold) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def turn_page(self) -> None:
        self.before_page()
        self.canvas.showPage()
        self.pages += 1
        self.y = MARGIN
        self.on_new_page()

    def done(self) -> bytes:
        self.before_page()
        self.canvas.save()
        return self.file.getvalue()


@contextmanager
def coloured(paper: Paper, grey: float) -> Any:
    paper.canvas.setFillGray(grey)
    try:
        yield
    finally:
        paper.canvas.setFillGray(0)


def columns_at(left: float, right: float, shares: Sequence[float]) -> list[float]:
    """The left edges of columns that divide the width by their shares, and the right edge."""
    total, edges = sum(shares), [left]
    for share in shares:
        edges.append(edges[-1] + (right - left) * share / total)
    return edges
