"""Certificates drawn for these tests, each with what a person reads from it.

All makers, products and numbers are invented.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, LETTER, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

Row = tuple[str, ...]
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


def _rows(rows: Sequence[Row], *columns: str) -> list[dict[str, str]]:
    return [dict(zip(columns, row, strict=True)) for row in rows]


class Page:
    """A canvas addressed from the top left, as a reader sees it."""

    def __init__(self, size: tuple[float, float] = A4, font: str = "Helvetica") -> None:
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=size)
        self._height = size[1]
        self._font = font

    def text(self, x: float, y: float, text: str, size: float = 9.0, *, bold: bool = False) -> None:
        self.canvas.setFont(f"{self._font}-Bold" if bold else self._font, size)
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


TESTS: tuple[Row, ...] = (
    ("Appearance", "Clear, colourless liquid", "Conforms"),
    ("pH", "7.0 - 7.4", "7.2"),
    ("Osmolality", "280 - 320 mOsm/kg", "297 mOsm/kg"),
    ("Endotoxin", "NMT 1.0 EU/mL", "<0.05 EU/mL"),
    ("Sterility", "No growth", "No growth"),
)


@layout
def ruled_grid() -> Drawn:
    page = Page()
    page.text(50, 50, "Northlight Biologics GmbH", 14, bold=True)
    page.text(200, 90, "Certificate of Analysis", 16, bold=True)
    page.grid(
        110,
        (50, 160, 300, 410, 545),
        16,
        (
            ("Product Name", "MSC Growth Medium", "Catalog No.", "NB-1042"),
            ("Lot Number", "0042317", "Country of Origin", "Germany"),
            ("Manufacturing Date", "12 Mar 2025", "Expiry Date", "11 Mar 2027"),
            ("Storage", "2 - 8 °C", "Release Date", "20 Mar 2025"),
        ),
    )
    page.grid(
        220,
        (50, 170, 300, 440, 545),
        18,
        (
            ("Test", "Method", "Specification", "Result"),
            *((name, "SOP-1", spec, result) for name, spec, result in TESTS),
        ),
    )
    page.text(50, 400, "Approved by: Karla Lindner")
    return Drawn(
        page.done(),
        {
            "issuer": "Northlight Biologics GmbH",
            "product_name": "MSC Growth Medium",
            "catalog_number": "NB-1042",
            "lot_number": "0042317",
            "country_of_origin": "Germany",
            "manufacture_date": "2025-03-12",
            "expiry_or_retest_date": "2027-03-11",
            "storage": "2 - 8 °C",
            "release_date": "2025-03-20",
        },
        _rows(TESTS, "name", "specification", "result"),
    )


@layout
def columns_without_rules() -> Drawn:
    page = Page(LETTER)
    page.text(60, 45, "Cedar Ridge Reagents, Inc.", 12, bold=True)
    page.text(60, 60, "410 Mill Road, Tacoma, WA 98402, USA | www.cedarridgereagents.com", 8)
    page.text(230, 100, "CERTIFICATE OF ANALYSIS", 13, bold=True)
    facts: Sequence[Row] = (
        ("Product:", "Recombinant Trypsin"),
        ("Cat. #:", "CRR-881-10"),
        ("Lot #:", "TR-2209A"),
        ("Date of Manufacture:", "02/14/2025"),
        ("Retest Date:", "02/2027"),
        ("Storage Conditions:", "Store at -20°C. Avoid repeated freezing."),
    )
    for number, (label, value) in enumerate(facts):
        page.row(130 + 14 * number, (60, 200), (label, value))
    xs = (60, 230, 400)
    page.row(240, xs, ("PARAMETER", "ACCEPTANCE CRITERIA", "RESULTS"), bold=True)
    rows: Sequence[Row] = (
        ("Activity", "≥ 4,000 USP units/mg".replace("≥", ">="), "4,310 USP units/mg"),
        ("Purity (SDS-PAGE)", ">= 95 %", "98 %"),
        ("Chymotrypsin", "NMT 0.1 %", "0.02 %"),
        ("Host cell DNA", "Report result", "< 1 pg/mg"),
    )
    for number, row in enumerate(rows):
        page.row(258 + 15 * number, xs, row)
    page.text(
        60,
        360,
        "This lot meets all requirements of the current specification and is released for use.",
    )
    return Drawn(
        page.done(),
        {
            "issuer": "Cedar Ridge Reagents, Inc.",
            "product_name": "Recombinant Trypsin",
            "catalog_number": "CRR-881-10",
            "lot_number": "TR-2209A",
            "manufacture_date": "2025-02-14",
            "expiry_or_retest_date": "2027-02",
            "storage": "Store at -20°C. Avoid repeated freezing.",
        },
        _rows(rows, "name", "specification", "result"),
    )


@layout
def german_with_decimal_comma() -> Drawn:
    page = Page()
    page.text(60, 50, "Talwasser Zellkultur AG", 13, bold=True)
    page.text(60, 90, "Analysenzertifikat", 16, bold=True)
    facts: Sequence[Row] = (
        ("Produktbezeichnung", "Humanes Plättchenlysat", "Chargen-Nr.", "HPL 24-017"),
        ("Artikelnummer", "TZ-500-04", "Herstellungsdatum", "03.02.2025"),
        ("Ursprungsland", "Österreich", "Verfallsdatum", "02.02.2027"),
        ("Lagerung", "bei -20 °C lagern", "Freigabedatum", "18.02.2025"),
    )
    for number, row in enumerate(facts):
        page.row(120 + 15 * number, (60, 170, 330, 440), row)
    xs = (60, 220, 320, 420, 490)
    page.row(
        210, xs, ("Prüfparameter", "Methode", "Spezifikation", "Ergebnis", "Einheit"), bold=True
    )
    page.line(60, 214, 545, 214)
    rows: Sequence[Row] = (
        ("pH-Wert", "Ph. Eur. 2.2.3", "6,8 - 7,6", "7,21", ""),
        ("Gesamtprotein", "Biuret", "45,0 - 65,0", "53,4", "g/L"),
        ("Endotoxin", "LAL", "max. 2,0", "< 0,25", "EU/mL"),
        ("Hämoglobin", "Photometrie", "max. 0,5", "0,12", "mg/mL"),
        ("Mykoplasmen", "PCR", "nicht nachweisbar", "nicht nachweisbar", ""),
    )
    for number, row in enumerate(rows):
        page.row(230 + 15 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "issuer": "Talwasser Zellkultur AG",
            "product_name": "Humanes Plättchenlysat",
            "catalog_number": "TZ-500-04",
            "lot_number": "HPL 24-017",
            "country_of_origin": "Österreich",
            "manufacture_date": "2025-02-03",
            "expiry_or_retest_date": "2027-02-02",
            "storage": "bei -20 °C lagern",
            "release_date": "2025-02-18",
        },
        [
            {
                k: v
                for k, v in zip(
                    ("name", "method", "specification", "result", "unit"), row, strict=True
                )
                if v
            }
            for row in rows
        ],
    )


@layout
def product_title_and_plain_labels() -> Drawn:
    """Labels without colons, values beside them, the maker in a footer."""
    page = Page(LETTER)
    page.text(50, 60, "Certificate of Analysis", 18)
    page.text(50, 100, "Dimethyl sulfoxide, cell culture grade", 12, bold=True)
    facts: Sequence[Row] = (
        ("Product Number", "D-8418"),
        ("Batch Number", "RNBK4571"),
        ("CAS Number", "67-68-5"),
        ("Storage Temperature", "Room temperature"),
        ("Quality Release Date", "08 NOV 2024"),
        ("Recommended Retest Date", "OCT 2027"),
    )
    for number, (label, value) in enumerate(facts):
        page.row(125 + 13 * number, (50, 190), (label, value))
    xs = (50, 230, 410)
    page.row(225, xs, ("TEST", "SPECIFICATION", "RESULT"), bold=True)
    rows: Sequence[Row] = (
        ("APPEARANCE (COLOR)", "COLORLESS", "COLORLESS"),
        ("APPEARANCE (FORM)", "LIQUID", "LIQUID"),
        ("PURITY (GC AREA %)", "≥ 99.9 %".replace("≥", "NLT"), "99.98 %"),
        ("WATER BY KARL FISCHER", "≤ 0.1 %".replace("≤", "NMT"), "0.02 %"),
        ("REFRACTIVE INDEX N20/D", "1.478 - 1.480", "1.479"),
    )
    for number, row in enumerate(rows):
        page.row(243 + 14 * number, xs, row)
    page.text(50, 340, "Maren Oakes, Manager")
    page.text(50, 352, "Quality Control")
    page.text(
        50, 760, "Harrow Fine Chemicals Ltd, 3 Dock Lane, Hull, UK   harrowfinechemicals.co.uk", 7
    )
    return Drawn(
        page.done(),
        {
            "issuer": "Harrow Fine Chemicals Ltd",
            "product_name": "Dimethyl sulfoxide, cell culture grade",
            "catalog_number": "D-8418",
            "lot_number": "RNBK4571",
            "expiry_or_retest_date": "2027-10",
            "storage": "Room temperature",
            "release_date": "2024-11-08",
        },
        _rows(rows, "name", "specification", "result"),
    )


@layout
def header_facts_under_their_labels() -> Drawn:
    page = Page(LETTER)
    page.text(50, 50, "Bluefjord Cytokines AS", 14, bold=True)
    page.text(50, 80, "CERTIFICATE OF ANALYSIS", 12)
    page.text(50, 110, "Human FGF-basic, animal-free", 13, bold=True)
    xs: Sequence[float] = (50, 180, 310, 440)
    page.row(140, xs, ("CATALOG NUMBER", "LOT NUMBER", "MFG. DATE", "EXPIRATION DATE"), size=7)
    page.row(152, xs, ("BF-FGF2-100", "L0907", "2024-09-07", "2026-09-30"), bold=True)
    xs = (50, 230, 400)
    page.row(200, xs, ("Analysis", "Limits", "Observed"), bold=True)
    rows: Sequence[Row] = (
        ("Biological activity (ED50)", "0.1 - 1.0 ng/mL", "0.3 ng/mL"),
        ("Endotoxin level", "< 0.1 EU/µg".replace("µ", "u"), "0.01 EU/ug"),
        ("Mass spectrometry", "17,121 ± 10 Da", "17,123 Da"),
    )
    for number, row in enumerate(rows):
        page.row(216 + 14 * number, xs, row)
    page.text(50, 300, "Store lyophilised protein at -20 °C.")
    return Drawn(
        page.done(),
        {
            "issuer": "Bluefjord Cytokines AS",
            "product_name": "Human FGF-basic, animal-free",
            "catalog_number": "BF-FGF2-100",
            "lot_number": "L0907",
            "manufacture_date": "2024-09-07",
            "expiry_or_retest_date": "2026-09-30",
        },
        _rows(rows, "name", "specification", "result"),
    )


@layout
def minimum_target_maximum() -> Drawn:
    page = Page(LETTER)
    page.text(50, 50, "Kestrel Polymers Corp.", 12, bold=True)
    page.text(200, 80, "Certificate of Analysis", 13)
    page.row(110, (50, 110, 300, 380), ("Material:", "Bag film K7", "Batch:", "0000415520"))
    page.row(124, (50, 110, 300, 380), ("Item No.:", "731004", "Mfg Date:", "JANUARY, 2025"))
    xs = (50, 200, 270, 330, 390, 450)
    page.row(160, xs, ("Property", "Unit", "Min", "Target", "Max", "Actual"), bold=True)
    rows: Sequence[Row] = (
        ("Thickness", "mm", "0.30", "0.35", "0.40", "0.34"),
        ("Tensile strength", "MPa", "12", "15", "", "16.1"),
        ("Density", "g/cm3", "0.920", "0.930", "0.940", "0.931"),
    )
    for number, row in enumerate(rows):
        page.row(176 + 14 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "issuer": "Kestrel Polymers Corp.",
            "product_name": "Bag film K7",
            "catalog_number": "731004",
            "lot_number": "0000415520",
            "manufacture_date": "2025-01",
        },
        [
            {
                k: v
                for k, v in zip(
                    ("name", "unit", "spec_min", "_", "spec_max", "result"), row, strict=True
                )
                if v and k != "_"
            }
            for row in rows
        ],
    )


@layout
def result_before_specification_and_two_level_head() -> Drawn:
    page = Page()
    page.text(50, 50, "Vega Bioprocess S.r.l.", 12, bold=True)
    page.text(200, 80, "CERTIFICATO DI ANALISI", 13, bold=True)
    page.row(
        110, (50, 150, 320, 420), ("Prodotto:", "Siero bovino fetale", "Lotto n.:", "S 23/118")
    )
    page.row(
        124,
        (50, 150, 320, 420),
        ("Codice articolo:", "FBS-HI-500", "Data di scadenza:", "31/10/2028"),
    )
    page.row(
        138,
        (50, 150, 320, 420),
        ("Paese di origine:", "Uruguay", "Data di produzione:", "05/11/2023"),
    )
    page.text(395, 172, "Limiti", bold=True)
    xs = (50, 230, 370, 440)
    page.row(184, xs, ("Parametro", "Risultato", "Min", "Max"), bold=True)
    rows: Sequence[Row] = (
        ("Emoglobina", "12,1", "", "25,0"),
        ("Endotossine", "0,8", "", "10,0"),
        ("Osmolalità", "301", "280", "340"),
    )
    for number, row in enumerate(rows):
        page.row(200 + 14 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "issuer": "Vega Bioprocess S.r.l.",
            "product_name": "Siero bovino fetale",
            "catalog_number": "FBS-HI-500",
            "lot_number": "S 23/118",
            "expiry_or_retest_date": "2028-10-31",
            "manufacture_date": "2023-11-05",
            "country_of_origin": "Uruguay",
        },
        [
            {
                k: v
                for k, v in zip(("name", "result", "spec_min", "spec_max"), row, strict=True)
                if v
            }
            for row in rows
        ],
    )


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
        _rows(rows, "name", "specification", "result"),
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
        _rows(
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


def _long_table(*, repeat_header: bool) -> Drawn:
    page = Page()
    page.text(50, 50, "Okapi Amino Acids B.V.", 12, bold=True)
    page.text(200, 80, "Certificate of Analysis", 13, bold=True)
    page.row(110, (50, 130), ("Product name:", "Amino acid mixture"))
    page.row(124, (50, 130), ("Batch number:", "OK-9913"))
    xs = (50, 230, 400)
    head = ("Test", "Specification", "Result")
    rows = tuple(
        (f"Amino acid {letter}", f"{n}.0 - {n + 2}.0 %", f"{n + 1}.1 %")
        for n, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    )
    page.row(160, xs, head, bold=True)
    for number, row in enumerate(rows[:20]):
        page.row(180 + 30 * number, xs, row)
    page.text(280, 820, "Page 1 of 2", 7)
    page.next()
    page.text(50, 50, "Okapi Amino Acids B.V.", 12, bold=True)
    if repeat_header:
        page.row(100, xs, head, bold=True)
    for number, row in enumerate(rows[20:]):
        page.row(120 + 30 * number, xs, row)
    page.text(280, 820, "Page 2 of 2", 7)
    fields = {
        "issuer": "Okapi Amino Acids B.V.",
        "product_name": "Amino acid mixture",
        "lot_number": "OK-9913",
    }
    return Drawn(page.done(), fields, _rows(rows, "name", "specification", "result"))


@layout
def table_over_pages_with_repeated_header() -> Drawn:
    return _long_table(repeat_header=True)


@layout
def table_over_pages_without_header() -> Drawn:
    return _long_table(repeat_header=False)


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
        _rows(rows, "name", "result"),
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
    page.canvas.setPageSize(A4)
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
def french() -> Drawn:
    page = Page()
    page.text(50, 50, "Laboratoires Brévent S.A.S.", 12, bold=True)
    page.text(180, 80, "CERTIFICAT D'ANALYSE", 14, bold=True)
    facts: Sequence[Row] = (
        ("Désignation :", "Albumine humaine 20 %"),
        ("Référence article :", "ALB-20-100"),
        ("N° de lot :", "BR24F009"),
        ("Date de fabrication :", "15/06/2024"),
        ("Date de péremption :", "14/06/2027"),
        ("Conditions de conservation :", "Conserver entre +2 °C et +8 °C"),
        ("Date de libération :", "02/07/2024"),
        ("Pays d'origine :", "France"),
    )
    for number, row in enumerate(facts):
        page.row(115 + 14 * number, (50, 220), row)
    xs = (50, 210, 330, 460)
    page.row(260, xs, ("Essai", "Méthode", "Spécification", "Résultat"), bold=True)
    rows: Sequence[Row] = (
        ("Aspect", "Visuel", "Limpide", "Conforme"),
        ("Protéines totales", "Ph. Eur.", "190 à 210 g/L", "201 g/L"),
        ("Teneur en sodium", "Spectrométrie", "100 - 130 mmol/L", "121 mmol/L"),
        ("Stérilité", "Ph. Eur. 2.6.1", "Stérile", "Stérile"),
    )
    for number, row in enumerate(rows):
        page.row(276 + 14 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "issuer": "Laboratoires Brévent S.A.S.",
            "product_name": "Albumine humaine 20 %",
            "catalog_number": "ALB-20-100",
            "lot_number": "BR24F009",
            "manufacture_date": "2024-06-15",
            "expiry_or_retest_date": "2027-06-14",
            "storage": "Conserver entre +2 °C et +8 °C",
            "release_date": "2024-07-02",
            "country_of_origin": "France",
        },
        _rows(rows, "name", "method", "specification", "result"),
    )


@layout
def spanish_grid() -> Drawn:
    page = Page()
    page.text(50, 50, "Química Alameda, S.L.", 12, bold=True)
    page.text(180, 80, "CERTIFICADO DE ANÁLISIS", 14, bold=True)
    page.grid(
        100,
        (50, 170, 300, 420, 545),
        16,
        (
            ("Producto", "Cloruro de sodio", "Lote", "QA-0311/25"),
            ("Código", "NACL-P-25", "Fecha de caducidad", "03/2030"),
            ("Fecha de fabricación", "21/03/2025", "Fecha de emisión", "28/03/2025"),
        ),
    )
    rows: Sequence[Row] = (
        ("Aspecto", "Polvo blanco cristalino", "Cumple"),
        ("Pureza", "99,0 - 100,5 %", "99,8 %"),
        ("Metales pesados", "máx. 5 ppm", "< 1 ppm"),
    )
    page.grid(180, (50, 200, 380, 545), 18, (("Ensayo", "Especificación", "Resultado"), *rows))
    return Drawn(
        page.done(),
        {
            "issuer": "Química Alameda, S.L.",
            "product_name": "Cloruro de sodio",
            "catalog_number": "NACL-P-25",
            "lot_number": "QA-0311/25",
            "expiry_or_retest_date": "2030-03",
            "manufacture_date": "2025-03-21",
            "release_date": "2025-03-28",
        },
        _rows(rows, "name", "specification", "result"),
    )


@layout
def portuguese() -> Drawn:
    page = Page()
    page.text(50, 50, "Farmaquímica Serra Ltda.", 12, bold=True)
    page.text(180, 80, "Certificado de Análise", 14, bold=True)
    for number, fact in enumerate(
        (
            ("Nome do produto:", "Glicerina bidestilada"),
            ("Lote:", "GL2025-088"),
            ("Data de fabricação:", "10/01/2025"),
            ("Validade:", "10/01/2028"),
            ("País de origem:", "Brasil"),
        )
    ):
        page.row(110 + 14 * number, (50, 180), fact)
    xs = (50, 220, 400)
    page.row(200, xs, ("Ensaio", "Especificação", "Resultado"), bold=True)
    rows: Sequence[Row] = (
        ("Aspecto", "Líquido límpido", "De acordo"),
        ("Teor", "mín. 99,5 %", "99,7 %"),
        ("Água", "máx. 0,5 %", "0,12 %"),
    )
    for number, row in enumerate(rows):
        page.row(216 + 14 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "issuer": "Farmaquímica Serra Ltda.",
            "product_name": "Glicerina bidestilada",
            "lot_number": "GL2025-088",
            "manufacture_date": "2025-01-10",
            "expiry_or_retest_date": "2028-01-10",
            "country_of_origin": "Brasil",
        },
        _rows(rows, "name", "specification", "result"),
    )


@layout
def numbered_rows_and_remarks() -> Drawn:
    page = Page()
    page.text(50, 50, "Sunrise Botanicals Co., Ltd.", 12, bold=True)
    page.text(180, 80, "CERTIFICATE OF ANALYSIS", 14, bold=True)
    page.row(110, (50, 150, 320, 420), ("Product Name:", "Soy Peptone", "Batch No.:", "SB20250310"))
    page.row(
        124,
        (50, 150, 320, 420),
        ("Manufacture Date:", "Mar. 10, 2025", "Expiry Date:", "Mar. 09, 2028"),
    )
    page.row(
        138, (50, 150, 320, 420), ("Batch Quantity:", "500 kg", "Report Date:", "Mar. 18, 2025")
    )
    rows: Sequence[Row] = (
        ("1", "Appearance", "Light yellow powder", "Complies", "Visual"),
        ("2", "Total nitrogen", "≥ 9.0%".replace("≥", ">="), "9.4%", "Kjeldahl"),
        ("3", "Total plate count", "<1,000 cfu/g", "120 cfu/g", "USP <61>"),
        ("4", "E. coli", "Negative", "Negative", "USP <62>"),
    )
    page.grid(
        170,
        (50, 80, 200, 340, 440, 545),
        18,
        (("No.", "Items", "Standards", "Results", "Methods"), *rows),
    )
    page.text(50, 290, "Conclusion: Conforms to the in-house standard.")
    page.text(50, 304, "Storage: Keep in a cool and dry place, away from strong light.")
    page.text(50, 318, "Shelf Life: 36 months when properly stored.")
    return Drawn(
        page.done(),
        {
            "issuer": "Sunrise Botanicals Co., Ltd.",
            "product_name": "Soy Peptone",
            "lot_number": "SB20250310",
            "manufacture_date": "2025-03-10",
            "expiry_or_retest_date": "2028-03-09",
            "release_date": "2025-03-18",
            "storage": "Keep in a cool and dry place, away from strong light.",
        },
        [{"name": n, "specification": s, "result": r, "method": m} for _, n, s, r, m in rows],
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
        _rows(
            (("Leak test", "No leak", "No leak"), ("Particles > 25 um", "NMT 3 /mL", "1 /mL")),
            "name",
            "specification",
            "result",
        ),
    )


@layout
def form_fields() -> Drawn:
    page = Page(LETTER)
    page.text(50, 50, "Palisade Devices Inc.", 12, bold=True)
    page.text(200, 80, "Certificate of Analysis", 13, bold=True)
    form = page.canvas.acroForm
    page.row(120, (50, 150), ("Product Name", "Closed cassette"))
    for number, (label, value) in enumerate(
        (
            ("Serial Number", "7731002"),
            ("Lot No.", "PC-12"),
            ("Date of Manufacture", "07MAR2025"),
            ("Expiration Date", "31MAR2026"),
        )
    ):
        page.text(50, 136 + 18 * number, label)
        form.textfield(
            name=label,
            value=value,
            x=150,
            y=792 - 140 - 18 * number,
            width=120,
            height=14,
            borderWidth=0,
            fontSize=9,
        )
    page.row(240, (50, 230, 420), ("PARAMETER", "ACCEPTANCE CRITERIA", "PASS/FAIL"), bold=True)
    page.row(256, (50, 230, 420), ("Flow rate", "10 - 12 mL/min", "Pass"))
    page.row(270, (50, 230, 420), ("Leak", "None", "Pass"))
    return Drawn(
        page.done(),
        {
            "issuer": "Palisade Devices Inc.",
            "product_name": "Closed cassette",
            "lot_number": "PC-12",
            "manufacture_date": "2025-03-07",
            "expiry_or_retest_date": "2026-03-31",
        },
        _rows(
            (("Flow rate", "10 - 12 mL/min", "Pass"), ("Leak", "None", "Pass")),
            "name",
            "specification",
            "result",
        ),
    )


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
        _rows(
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
def sections_and_date_rows() -> Drawn:
    page = Page()
    page.text(50, 50, "Delta Serum Products Pty Ltd", 12, bold=True)
    page.text(180, 80, "CERTIFICATE OF ANALYSIS", 14, bold=True)
    page.text(50, 100, "FETAL BOVINE SERUM", 12, bold=True)
    rows: Sequence[Row] = (
        ("Lot number", "", "DS-20931"),
        ("Expiry date", "", "30-Nov-2029"),
        ("PHYSICAL", "", ""),
        ("pH", "7.0 - 8.0", "7.4"),
        ("Osmolality (mOsm/kg)", "260 - 340", "311"),
        ("BIOCHEMICAL", "", ""),
        ("Haemoglobin (mg/100 mL)", "< 25", "9.2"),
        ("Total protein (g/L)", "30 - 45", "38"),
        ("VIRUS TESTING", "", ""),
        ("Bovine viral diarrhoea virus", "Not detected", "Not detected"),
        ("Mycoplasma", "Not detected", "Not detected"),
    )
    page.grid(120, (50, 250, 400, 545), 17, (("Test", "Specification", "Result"), *rows))
    page.text(50, 340, "Origin: Australia")
    return Drawn(
        page.done(),
        {
            "issuer": "Delta Serum Products Pty Ltd",
            "product_name": "FETAL BOVINE SERUM",
            "lot_number": "DS-20931",
            "expiry_or_retest_date": "2029-11-30",
            "country_of_origin": "Australia",
        },
        [{"name": n, "specification": s, "result": r} for n, s, r in rows if s],
    )


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
        _rows(
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
