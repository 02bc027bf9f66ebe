"""The means to draw certificates for these tests; makers, products and numbers are invented."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Row = tuple[str, ...]


@dataclass(frozen=True)
class Typeface:
    """How text is set; `scale` multiplies the layouts' own sizes."""

    plain: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    scale: float = 1.0


_TYPEFACE: ContextVar[Typeface] = ContextVar("typeface")


@contextmanager
def set_in(typeface: Typeface) -> Iterator[None]:
    """Draw every page within the block in another typeface."""
    before = _TYPEFACE.set(typeface)
    try:
        yield
    finally:
        _TYPEFACE.reset(before)


GAP = 8 * "&nbsp;"


@dataclass(frozen=True)
class Drawn:
    """A PDF with the header fields and the rows (name, specification, result) it prints."""

    pdf: bytes
    fields: dict[str, str]
    rows: list[dict[str, str]] = field(default_factory=list)


LAYOUTS: dict[str, Callable[[], Drawn]] = {}


def layout(function: Callable[[], Drawn]) -> Callable[[], Drawn]:
    LAYOUTS[function.__name__] = function
    return function


def rows_as(rows: Sequence[Row], *columns: str) -> list[dict[str, str]]:
    return [dict(zip(columns, row, strict=True)) for row in rows]


class Page:
    """A canvas addressed from the top left, as a reader sees it."""

    def __init__(self, size: tuple[float, float] = A4, font: str = "") -> None:
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=size)
        self._height = size[1]
        self._font = font

    def text(self, x: float, y: float, text: str, size: float = 9.0, *, bold: bool = False) -> None:
        face = _TYPEFACE.get(Typeface())
        named = self._font or (face.bold if bold else face.plain)
        self.canvas.setFont(named, size * face.scale)
        self.canvas.drawString(x, self._height - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self._height - y0, x1, self._height - y1)

    def row(self, y: float, xs: Sequence[float], texts: Sequence[str], **style: Any) -> None:
        for x, text in zip(xs, texts, strict=True):
            if text:
                self.text(x, y, text, **style)

    def grid(self, top: float, xs: Sequence[float], height: float, rows: Sequence[Row]) -> float:
        """A fully ruled table; returns where it ends."""
        bottom = top + height * len(rows)
        for number in range(len(rows) + 1):
            self.line(xs[0], top + number * height, xs[-1], top + number * height)
        for x in xs:
            self.line(x, top, x, bottom)
        for number, row in enumerate(rows):
            self.row(top + (number + 0.7) * height, [x + 3 for x in xs[:-1]], row)
        return bottom

    def next(self) -> None:
        self.canvas.showPage()

    def done(self) -> bytes:
        self.canvas.save()
        return self._file.getvalue()
