"""Certificates drawn for tests: fictional makers, in a plain ruled layout."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

HEADER = {
    "Product": "Platelet lysate, 500 mL",
    "Catalogue No.": "PL-1000",
    "Lot No.": "L240917",
    "Date of manufacture": "2026-09-17",
    "Expiry date": "2028-09-16",
    "Storage": "-20 °C or below",
}

ROWS = (
    ("Endotoxin", "Ph. Eur. 2.6.14", "NMT 0.5 EU/mL", "< 0.05 EU/mL"),
    ("pH", "Ph. Eur. 2.2.3", "7.0 - 7.6", "7.3"),
    ("Sterility", "Ph. Eur. 2.6.1", "No growth", "No growth"),
)
"""Test, method, specification, result."""


def certificate_pdf(
    *,
    header: dict[str, str] | None = None,
    rows: Sequence[tuple[str, str, str, str]] = ROWS,
    issuer: str = "Aspen Reagents GmbH",
    **changes: str,
) -> bytes:
    """A text PDF; `changes` replace header values by their words with spaces as underscores."""
    values = dict(header or HEADER)
    values |= {name.replace("_", " "): value for name, value in changes.items()}
    style = getSampleStyleSheet()
    table = Table([("Test", "Method", "Specification", "Result"), *rows], hAlign="LEFT")
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    story = [
        Paragraph(issuer, style["Heading2"]),
        Paragraph("Certificate of Analysis", style["Title"]),
        Table([(f"{name}:", value) for name, value in values.items()], hAlign="LEFT"),
        Spacer(1, 12),
        table,
    ]
    page = BytesIO()
    SimpleDocTemplate(page, pagesize=A4, title="Certificate of Analysis", invariant=1).build(story)
    return page.getvalue()


def scanned_pdf() -> bytes:
    """A page without a text layer: lines and boxes alone, as a scan would leave it."""
    page = BytesIO()
    canvas = Canvas(page, pagesize=A4, invariant=1)
    for line in range(20):
        canvas.rect(60, 100 + 30 * line, 400, 12, fill=1)
    canvas.save()
    return page.getvalue()
