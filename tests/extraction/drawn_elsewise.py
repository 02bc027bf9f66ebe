"""Results that stand in no ordinary table, and pages that stand on their side."""

from collections.abc import Sequence

from reportlab.lib.pagesizes import A4, LETTER, landscape

from tests.extraction.drawn import Drawn, Page, Row, layout, rows_as


@layout
def name_and_value_pairs() -> Drawn:
    page = Page(LETTER)
    page.text(50, 50, "Lakeshore Media Company", 12, bold=True)
    page.text(200, 80, "Certificate of Quality", 13, bold=True)
    page.row(110, (50, 150), ("Product:", "Balanced salt solution"))
    page.row(124, (50, 150), ("Lot:", "LM2251"))
    page.row(138, (50, 150), ("Expires:", "Aug 2026"))
    rows: Sequence[Row] = (
        ("pH", "7.3"),
        ("Osmolality", "288 mOsm/kg"),
        ("Endotoxin", "< 0.1 EU/mL"),
        ("Sterility", "Pass"),
        ("Appearance", "Clear"),
    )
    for number, row in enumerate(rows):
        page.row(180 + 15 * number, (50, 250), row)
    return Drawn(
        page.done(),
        {
            "issuer": "Lakeshore Media Company",
            "product_name": "Balanced salt solution",
            "lot_number": "LM2251",
            "expiry_or_retest_date": "2026-08",
        },
        rows_as(rows, "name", "result"),
    )


def _landscape(page: Page) -> Drawn:
    page.text(50, 40, "Solvent Works N.V.", 12, bold=True)
    page.text(350, 60, "Certificate of Analysis", 13, bold=True)
    page.row(90, (50, 150, 420, 520), ("Material No.", "100983", "Batch", "K5512983"))
    page.row(
        104,
        (50, 150, 420, 520),
        ("Material", "Ethanol absolute", "Minimum shelf life", "31.05.2028"),
    )
    xs = (50, 300, 450, 600)
    page.row(150, xs, ("Characteristic", "Spec. values", "Batch values", "Unit"), bold=True)
    rows: Sequence[Row] = (
        ("Purity (GC)", ">= 99.9", "100.0", "%"),
        ("Density (d 20/4)", "0.790 - 0.791", "0.790", ""),
        ("Water", "<= 0.1", "0.03", "%"),
    )
    for number, row in enumerate(rows):
        page.row(168 + 14 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "issuer": "Solvent Works N.V.",
            "product_name": "Ethanol absolute",
            "catalog_number": "100983",
            "lot_number": "K5512983",
            "expiry_or_retest_date": "2028-05-31",
        },
        [
            {
                k: v
                for k, v in zip(("name", "specification", "result", "unit"), row, strict=True)
                if v
            }
            for row in rows
        ],
    )


@layout
def landscape_page() -> Drawn:
    return _landscape(Page(landscape(A4)))


@layout
def turned_page() -> Drawn:
    """A landscape page stored as portrait with a rotation, as printers and scanners do."""
    page = Page(landscape(A4))
    page.canvas.setPageSize(landscape(A4))  # reportlab stores it turned, for the rotation
    page.canvas.setPageRotation(90)
    page.canvas.translate(A4[0], 0)
    page.canvas.rotate(90)
    return _landscape(page)


@layout
def sideways_text() -> Drawn:
    """Landscape content on a portrait page without any rotation mark: it reads upwards."""
    page = Page(landscape(A4))
    page.canvas.setPageSize(A4)
    page.canvas.translate(A4[0], 0)
    page.canvas.rotate(90)
    return _landscape(page)


@layout
def transposed() -> Drawn:
    page = Page(LETTER)
    page.text(50, 50, "Pinewood Analytics LLC", 12, bold=True)
    page.text(200, 80, "Certificate of Analysis", 13, bold=True)
    page.row(110, (50, 150), ("Lot Number:", "PW-77-A"))
    xs = (50, 170, 260, 350, 450)
    page.row(
        150, xs, ("Sample ID", "Water (%)", "Assay (%)", "Protein (mg/mL)", "Colour"), bold=True
    )
    page.row(168, xs, ("PW-77-A", "0.42", "99.1", "5.02", "White"))
    return Drawn(
        page.done(),
        {"issuer": "Pinewood Analytics LLC", "lot_number": "PW-77-A"},
        rows_as(
            (
                ("Water (%)", "0.42"),
                ("Assay (%)", "99.1"),
                ("Protein (mg/mL)", "5.02"),
                ("Colour", "White"),
            ),
            "name",
            "result",
        ),
    )


@layout
def cards_in_two_columns() -> Drawn:
    page = Page(A4)
    page.text(50, 45, "Pic Blanc Cryo SARL", 12, bold=True)
    page.text(300, 45, "Certificate of Analysis", 12, bold=True)
    page.row(80, (50, 150), ("Product:", "Cryoprotectant C2"))
    page.row(94, (50, 150), ("Batch:", "PB-0071"))
    rows: Sequence[Row] = (
        ("Appearance", "Clear liquid", "Clear liquid"),
        ("Absorbance, 275 nm", "NMT 0.30 AU", "0.17 AU"),
        ("Water (Karl Fischer)", "NMT 0.2 %", "0.04 %"),
        ("Endotoxin", "NMT 0.5 EU/mL", "< 0.05 EU/mL"),
    )
    for number, (name, limit, result) in enumerate(rows):
        left, top = (60, 320)[number % 2], 140 + 70 * (number // 2)
        page.text(left, top, name, bold=True)
        page.row(top + 16, (left, left + 75), ("Specification", limit))
        page.row(top + 30, (left, left + 75), ("Result", result))
    return Drawn(
        page.done(),
        {
            "issuer": "Pic Blanc Cryo SARL",
            "product_name": "Cryoprotectant C2",
            "lot_number": "PB-0071",
        },
        rows_as(rows, "name", "specification", "result"),
    )


@layout
def dotted_leaders() -> Drawn:
    page = Page(A4)
    page.text(50, 45, "Encina Farmacéutica S.A.", 12, bold=True)
    page.text(50, 70, "CERTIFICATE OF ANALYSIS", 12, bold=True)
    page.row(100, (50, 150), ("Product", ": Heparin injection"))
    page.row(114, (50, 150), ("Lot", ": EF-118"))
    rows: Sequence[Row] = (
        ("Appearance", "Clear, colourless", "Clear, colourless"),
        ("Activity", "4500 to 5500 IU/mL", "5040 IU/mL"),
        ("pH", "5.5 to 8.0", "6.6"),
    )
    for number, (name, limit, result) in enumerate(rows):
        page.text(50, 150 + 30 * number, f"{name} {'.' * 60} {result}")
        page.text(62, 162 + 30 * number, f"(limit: {limit})", 8)
    return Drawn(
        page.done(),
        {
            "issuer": "Encina Farmacéutica S.A.",
            "product_name": "Heparin injection",
            "lot_number": "EF-118",
        },
        rows_as(rows, "name", "specification", "result"),
    )
