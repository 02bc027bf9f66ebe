"""The drawer's tools: a page, its fonts, emblems, signatures and dates in words.

Lengths are points, measured from the bottom left as in PDF. DejaVu comes with matplotlib, which
the product ships anyway; it knows ≤, β and the letters of every demo vendor.
"""

import hashlib
import math
from collections.abc import Sequence
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle

SANS, SANS_BOLD = "DejaVuSans", "DejaVuSans-Bold"
SERIF, SERIF_BOLD = "DejaVuSerif", "DejaVuSerif-Bold"
MONO, MONO_BOLD = "DejaVuSansMono", "DejaVuSansMono-Bold"
_EMBEDDED = (SANS, SANS_BOLD, SERIF, SERIF_BOLD, MONO, MONO_BOLD)

BLACK, GREY = HexColor("#1a1a1a"), HexColor("#5f6368")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip  # one list, in order


def long_date(day: date) -> str:
    """3 October 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """03 Oct 2026."""
    return f"{day.day:02} {_MONTHS[day.month - 1][:3]} {day.year}"


@cache
def _register_fonts() -> None:
    import matplotlib as mpl

    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    for name in _EMBEDDED:
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


class Titled(Protocol):
    """What stands in the properties of a drawn paper."""

    @property
    def title(self) -> str: ...
    @property
    def issuer(self) -> str: ...


class Sheet:
    """A PDF in the making; `invariant` leaves out the clock, so that equal input is equal bytes."""

    def __init__(self, content: Titled, size: tuple[float, float] = A4) -> None:
        _register_fonts()
        self._buffer = BytesIO()
        self.width, self.height = size
        self.canvas: Any = Canvas(self._buffer, pagesize=size, invariant=1)
        self.canvas.setTitle(content.title)
        self.canvas.setAuthor(content.issuer)
        self.canvas.setProducer("Demo certificate, fictional")

    def finished(self) -> bytes:
        self.canvas.save()
        return self._buffer.getvalue()

    def next_page(self) -> None:
        self.canvas.showPage()

    def put(
        self,
        x: float,
        y: float,
        text: str,
        font: str = SANS,
        size: float = 9,
        *,
        colour: Color = BLACK,
        align: str = "left",
    ) -> None:
        """One line of text; `align` is left, right or centre about `x`."""
        self.canvas.setFont(font, size)
        self.canvas.setFillColor(colour)
        draw = {
            "left": self.canvas.drawString,
            "right": self.canvas.drawRightString,
            "centre": self.canvas.drawCentredString,
        }[align]
        draw(x, y, text)

    def rule(
        self, x0: float, y: float, x1: float, *, colour: Color = BLACK, width: float = 0.7
    ) -> None:
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, y, x1, y)

    def block(self, x: float, y: float, width: float, height: float, colour: Color) -> None:
        self.canvas.setFillColor(colour)
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    def paragraph(
        self, x: float, top: float, width: float, text: str, font: str = SANS, size: float = 8
    ) -> float:
        """Wrapped text hanging from `top`; returns its bottom."""
        style = ParagraphStyle("text", fontName=font, fontSize=size, leading=size * 1.35)
        flow = Paragraph(text, style)
        _, height = flow.wrap(width, self.height)
        flow.drawOn(self.canvas, x, top - height)
        return float(top - height)

    def table(
        self,
        x: float,
        top: float,
        rows: Sequence[Sequence[Any]],
        widths: Sequence[float],
        style: Sequence[tuple[Any, ...]],
    ) -> float:
        """A table hanging from `top`; returns its bottom."""
        flow = Table([list(row) for row in rows], colWidths=list(widths))
        flow.setStyle(TableStyle(list(style)))
        _, height = flow.wrap(sum(widths), self.height)
        flow.drawOn(self.canvas, x, top - height)
        return float(top - height)

    def signature(self, x: float, y: float, name: str) -> None:
        """A scrawl that is the same for the same name."""
        heights = [byte / 255 for byte in hashlib.sha256(name.encode()).digest()[:14]]
        path = self.canvas.beginPath()
        path.moveTo(x, y + 6)
        for index, share in enumerate(heights):
            left, swing = x + index * 6.5, 16 * share + 2
            path.curveTo(
                left + 1, y + swing, left + 5, y + swing * 0.9, left + 6.5, y + 4 - 7 * share
            )
        self.canvas.setStrokeColor(HexColor("#1f3a7a"))
        self.canvas.setLineWidth(1.1)
        self.canvas.drawPath(path, stroke=1, fill=0)

    def emblem(self, x: float, y: float, radius: float, corners: int, colour: Color) -> None:
        """A maker's mark: a ring of `corners` round leaves that just touch."""
        leaf = 0.62 * radius * math.sin(math.pi / corners)
        self.canvas.setFillColor(colour)
        for corner in range(corners):
            angle = 2 * math.pi * corner / corners + math.pi / 2
            self.canvas.circle(
                x + radius * 0.62 * math.cos(angle),
                y + radius * 0.62 * math.sin(angle),
                leaf,
                stroke=0,
                fill=1,
            )


def cell(text: str, font: str = SANS, size: float = 8) -> Any:
    """A table cell that wraps."""
    style = ParagraphStyle("cell", fontName=font, fontSize=size, leading=size * 1.2)
    return Paragraph(text.replace("&", "&amp;").replace("<", "&lt;"), style)
