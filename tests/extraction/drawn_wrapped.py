"""Cells of several lines, and characters that are stored oddly."""

import io
from collections.abc import Sequence

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tests.extraction.drawn import GAP, Drawn, Page, Row, layout, rows_as


@layout
def wrapped_cells_in_a_grid() -> Drawn:
    page = Page()
    style = getSampleStyleSheet()["BodyText"]
    file = io.BytesIO()
    rows: Sequence[Row] = (
        (
            "Identification by infrared absorption spectrophotometry",
            "Spectrum matches that of the reference standard",
            "Conforms",
        ),
        ("Heavy metals", "Not more than 10 ppm, determined on the dried substance", "< 5 ppm"),
        ("Bacterial endotoxins (Ph. Eur. 2.6.14, method D)", "< 0.5 IU per mg", "0.08 IU per mg"),
    )
    table = Table(
        [
            [Paragraph(text, style) for text in row]
            for row in (("Test item", "Requirement", "Finding"), *rows)
        ],
        colWidths=(140, 180, 120),
    )
    table.setStyle(
        TableStyle(
            [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        )
    )
    SimpleDocTemplate(file, pagesize=A4).build(
        [
            Paragraph("Ardent Excipients Pvt. Ltd.", style),
            Paragraph("CERTIFICATE OF ANALYSIS", getSampleStyleSheet()["Title"]),
            Paragraph(
                "Product: Heparin Sodium " + GAP + "Batch No.: AE/HS/0077",
                style,
            ),
            Paragraph(
                "Mfg. Date: 06.2024 " + GAP + "Exp. Date: 05.2027",
                style,
            ),
            Spacer(1, 12),
            table,
        ]
    )
    del page
    return Drawn(
        file.getvalue(),
        {
            "issuer": "Ardent Excipients Pvt. Ltd.",
            "product_name": "Heparin Sodium",
            "lot_number": "AE/HS/0077",
            "manufacture_date": "2024-06",
            "expiry_or_retest_date": "2027-05",
        },
        rows_as(rows, "name", "specification", "result"),
    )


@layout
def wrapped_cells_without_rules() -> Drawn:
    page = Page(LETTER)
    page.text(50, 50, "Juniper Cell Sciences LLC", 12, bold=True)
    page.text(200, 80, "Certificate of Analysis", 13, bold=True)
    page.row(110, (50, 130), ("Description", "Serum-free freezing medium"))
    page.row(124, (50, 130), ("Lot", "50"))
    page.row(138, (50, 130), ("Part No.", "JCS-77"))
    xs = (50, 220, 420)
    page.row(180, xs, ("Test", "Specification", "Result"), bold=True)
    page.row(200, xs, ("Cell recovery after thawing", "Not less than 80 % of the", "91 %"))
    page.row(211, xs, ("(viable cells)", "cells that were frozen", ""))
    page.row(232, xs, ("Bioburden", "< 1 CFU/mL", "< 1 CFU/mL"))
    page.row(253, xs, ("Mycoplasma", "Not detected by", "Not detected"))
    page.row(264, xs, ("", "PCR", ""))
    return Drawn(
        page.done(),
        {
            "issuer": "Juniper Cell Sciences LLC",
            "product_name": "Serum-free freezing medium",
            "lot_number": "50",
            "catalog_number": "JCS-77",
        },
        rows_as(
            (
                (
                    "Cell recovery after thawing (viable cells)",
                    "Not less than 80 % of the cells that were frozen",
                    "91 %",
                ),
                ("Bioburden", "< 1 CFU/mL", "< 1 CFU/mL"),
                ("Mycoplasma", "Not detected by PCR", "Not detected"),
            ),
            "name",
            "specification",
            "result",
        ),
    )


@layout
def names_in_the_middle_of_taller_cells() -> Drawn:
    page = Page(LETTER)
    page.text(50, 45, "Prairie Sweeteners Inc.", 12, bold=True)
    page.text(200, 70, "Certificate of Analysis", 13, bold=True)
    page.row(100, (50, 150), ("Product:", "Trehalose dihydrate"))
    page.row(114, (50, 150), ("Lot:", "PS-20-1"))
    xs = (50, 200, 400)
    page.row(150, xs, ("Test", "Specification", "Result"), bold=True)
    page.row(168, xs, ("", "White to off-white", ""))
    page.row(179, xs, ("Appearance", "crystalline powder, free", "Conforms"))
    page.row(190, xs, ("", "of visible particles", ""))
    page.row(201, xs, ("", "Odourless to faintly", ""))
    page.row(206.5, xs, ("Odour", "", "Odourless"))
    page.row(212, xs, ("", "sweet", ""))
    page.row(223, xs, ("Water", "9.0 - 10.0 %", "9.5 %"))
    return Drawn(
        page.done(),
        {
            "issuer": "Prairie Sweeteners Inc.",
            "product_name": "Trehalose dihydrate",
            "lot_number": "PS-20-1",
        },
        rows_as(
            (
                (
                    "Appearance",
                    "White to off-white crystalline powder, free of visible particles",
                    "Conforms",
                ),
                ("Odour", "Odourless to faintly sweet", "Odourless"),
                ("Water", "9.0 - 10.0 %", "9.5 %"),
            ),
            "name", "specification", "result",
        ),
    )  # fmt: skip


@layout
def wrapped_results_in_a_grid_with_shaded_head() -> Drawn:
    page = Page(A4)
    page.text(50, 45, "Loch Fyne Polymers plc", 12, bold=True)
    page.text(200, 70, "Certificate of Analysis", 13, bold=True)
    page.row(100, (50, 150), ("Product:", "Microcarrier beads"))
    page.row(114, (50, 150), ("Lot:", "LF-5512"))
    page.canvas.setFillGray(0.85)
    page.canvas.rect(50, A4[1] - 168, 500, 18, stroke=0, fill=1)
    page.canvas.setFillGray(0)
    xs = (50, 200, 330, 440, 550)
    for x in xs:
        page.line(x, 150, x, 248)
    for y in (150, 168, 192, 216, 248):
        page.line(50, y, 550, y)
    left = [x + 3 for x in xs[:-1]]
    page.row(162, left, ("Test", "Method", "Specification", "Result"), bold=True)
    page.row(178, left, ("Particle size", "Laser", "150 - 210 µm", "178 µm"))
    page.row(188, left, ("distribution (d50)", "diffraction", "", ""))
    page.row(206, left, ("Swelling factor", "In-house", "NLT 4.0 mL/g", "4.6 mL/g"))
    page.row(226, left, ("Total aerobic", "Ph. Eur.", "Not more than", "Fewer than"))
    page.row(236, left, ("microbial count", "2.6.12", "100 CFU/g", "10 CFU/g"))
    return Drawn(
        page.done(),
        {
            "issuer": "Loch Fyne Polymers plc",
            "product_name": "Microcarrier beads",
            "lot_number": "LF-5512",
        },
        rows_as(
            (
                (
                    "Particle size distribution (d50)",
                    "Laser diffraction",
                    "150 - 210 µm",
                    "178 µm",
                ),
                ("Swelling factor", "In-house", "NLT 4.0 mL/g", "4.6 mL/g"),
                (
                    "Total aerobic microbial count",
                    "Ph. Eur. 2.6.12",
                    "Not more than 100 CFU/g",
                    "Fewer than 10 CFU/g",
                ),
            ),
            "name", "method", "specification", "result",
        ),
    )  # fmt: skip


@layout
def description_under_the_name_in_one_cell() -> Drawn:
    page = Page(LETTER)
    page.text(50, 45, "Wren Island Enzymes, Inc.", 12, bold=True)
    page.text(380, 45, "Certificate of Analysis", 12, bold=True)
    page.grid(
        70, (50, 230, 560), 15,
        (
            ("Product Name:", "Ligase W4"),
            ("Catalog Number:", "W0202S"),
            ("Packaging Lot Number:", "10142338"),
            ("Expiration Date:", "09/2026"),
            ("Storage Temperature:", "-20°C"),
        ),
    )  # fmt: skip
    for y in (160, 178, 214, 250):
        page.line(50, y, 560, y)
    for x in (50, 460, 560):
        page.line(x, 160, x, 250)
    page.row(173, (53, 463), ("Assay Name/Specification", "Lot # 10142338"), bold=True)
    page.row(188, (53, 463), ("Endonuclease activity (nicking)", ""), bold=True)
    page.row(
        198, (53, 463), ("A 50 ul reaction with 1 ug of plasmid and 10 units of the enzyme", "Pass")
    )
    page.row(
        208, (53, 463), ("results in less than 10 % conversion to the nicked form in 4 hours.", "")
    )
    page.row(224, (53, 463), ("Protein purity (SDS-PAGE)", ""), bold=True)
    page.row(
        234,
        (53, 463),
        ("The enzyme is at least 95 % pure as determined by densitometry of", "Pass"),
    )
    page.row(244, (53, 463), ("a gel that was stained with a blue dye and scanned afterwards.", ""))
    page.text(
        50,
        275,
        "This product has been tested and shown to be in compliance with all specifications.",
    )
    return Drawn(
        page.done(),
        {
            "issuer": "Wren Island Enzymes, Inc.",
            "product_name": "Ligase W4",
            "catalog_number": "W0202S",
            "lot_number": "10142338",
            "expiry_or_retest_date": "2026-09",
            "storage": "-20°C",
        },
        rows_as(
            (
                ("Endonuclease activity (nicking)", "Pass"),
                ("Protein purity (SDS-PAGE)", "Pass"),
            ),
            "name", "result",
        ),
    )  # fmt: skip


@layout
def superscripts_and_footnotes() -> Drawn:
    page = Page()
    page.text(50, 50, "Cobalt Cell Banks Ltd.", 12, bold=True)
    page.text(200, 80, "Certificate of Analysis", 13, bold=True)
    page.row(110, (50, 150), ("Product:", "Feeder cells"))
    page.row(124, (50, 150), ("Lot No.:", "CB-4"))
    xs = (50, 230, 400)
    page.row(160, xs, ("Test", "Specification", "Result"), bold=True)
    page.row(178, xs, ("Viable cells per vial", "NLT 1.0 x 10", "2.4 x 10"))
    page.text(230 + 50.5, 174, "6", 5.5)
    page.text(400 + 32.4, 174, "6", 5.5)
    page.row(194, xs, ("Viability*", "NLT 70 %", "93 %"))
    page.text(
        50,
        215,
        "* Trypan blue exclusion, mean of three vials counted by two operators independently.",
        7,
    )
    return Drawn(
        page.done(),
        {"issuer": "Cobalt Cell Banks Ltd.", "product_name": "Feeder cells", "lot_number": "CB-4"},
        rows_as(
            (
                ("Viable cells per vial", "NLT 1.0 x 10⁶", "2.4 x 10⁶"),
                ("Viability*", "NLT 70 %", "93 %"),
            ),
            "name",
            "specification",
            "result",
        ),
    )


@layout
def double_struck_glyphs() -> Drawn:
    page = Page(LETTER)
    for shift in (0.0, 0.3):
        page.text(50 + shift, 50, "Mirrorline Plastics Inc.", 12)
        page.text(200 + shift, 80, "Certificate of Analysis", 13)
        page.row(110, (50 + shift, 150 + shift), ("Lot Number:", "33881"))
        page.row(124, (50 + shift, 150 + shift), ("Product Name:", "Cell bag 10 L"))
        page.row(160, (50 + shift, 230 + shift, 400 + shift), ("Test", "Specification", "Result"))
        page.row(176, (50 + shift, 230 + shift, 400 + shift), ("Leak test", "No leak", "No leak"))
        page.row(
            190, (50 + shift, 230 + shift, 400 + shift), ("Particles > 25 um", "NMT 3 /mL", "1 /mL")
        )
    return Drawn(
        page.done(),
        {
            "issuer": "Mirrorline Plastics Inc.",
            "lot_number": "33881",
            "product_name": "Cell bag 10 L",
        },
        rows_as(
            (("Leak test", "No leak", "No leak"), ("Particles > 25 um", "NMT 3 /mL", "1 /mL")),
            "name",
            "specification",
            "result",
        ),
    )
