"""Tables with and without rules, over pages, with other columns than usual."""

from collections.abc import Sequence

from reportlab.lib.pagesizes import A4, LETTER

from tests.extraction.drawn import Drawn, Page, Row, layout, rows_as

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
        rows_as(TESTS, "name", "specification", "result"),
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
        rows_as(rows, "name", "specification", "result"),
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
    return Drawn(page.done(), fields, rows_as(rows, "name", "specification", "result"))


@layout
def table_over_pages_with_repeated_header() -> Drawn:
    return _long_table(repeat_header=True)


@layout
def table_over_pages_without_header() -> Drawn:
    return _long_table(repeat_header=False)


@layout
def sections_and_daterows_as() -> Drawn:
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
def one_box_around_allrows_as() -> Drawn:
    """Column rules and an outer frame, none between the rows."""
    page = Page(A4)
    page.text(50, 45, "Brightwater Chemicals Ltd", 12, bold=True)
    page.text(200, 70, "Certificate of Analysis", 13, bold=True)
    page.row(100, (50, 150), ("Material:", "Calcium chloride dihydrate"))
    page.row(114, (50, 150), ("Lot no:", "BC 7719"))
    xs = (50, 200, 330, 440, 545)
    rows: Sequence[Row] = (
        ("Assay", "99.0 - 103.0", "100.4", "%"),
        ("Sulphate", "max. 100", "12", "ppm"),
        ("Iron", "max. 5", "< 1", "ppm"),
        ("Heavy metals", "max. 5", "< 5", "ppm"),
    )
    page.line(50, 150, 545, 150)
    page.line(50, 166, 545, 166)
    page.line(50, 240, 545, 240)
    for x in xs:
        page.line(x, 150, x, 240)
    page.row(161, [x + 3 for x in xs[:-1]], ("Parameter", "Specification", "Result", "Unit"))
    for number, row in enumerate(rows):
        page.row(180 + 16 * number, [x + 3 for x in xs[:-1]], row)
    return Drawn(
        page.done(),
        {
            "issuer": "Brightwater Chemicals Ltd",
            "product_name": "Calcium chloride dihydrate",
            "lot_number": "BC 7719",
        },
        rows_as(rows, "name", "specification", "result", "unit"),
    )


@layout
def values_first_then_a_verdict() -> Drawn:
    page = Page(LETTER)
    page.text(50, 45, "Granite State Filters, Inc.", 12, bold=True)
    page.text(200, 70, "CERTIFICATE OF QUALITY", 13, bold=True)
    page.row(100, (50, 170), ("Part Number", "GSF-0.2-PES"))
    page.row(114, (50, 170), ("Lot Number", "C4FB19302"))
    page.row(128, (50, 170), ("Description", "Capsule filter 0.2 um"))
    xs = (50, 240, 340, 440)
    page.row(170, xs, ("Test performed", "Requirement", "Test result", "Status"), bold=True)
    rows: Sequence[Row] = (
        ("Bubble point (water)", ">= 50 psi", "58 psi", "Accept"),
        ("Extractables", "<= 5 mg", "1.2 mg", "Accept"),
        ("Bacterial retention", "LRV >= 7", "LRV 7.9", "Accept"),
    )
    for number, row in enumerate(rows):
        page.row(188 + 16 * number, xs, row)
    page.text(50, 260, "Quality Assurance Manager: Joan Whitfield     Date: 02-Jun-2025")
    return Drawn(
        page.done(),
        {
            "issuer": "Granite State Filters, Inc.",
            "product_name": "Capsule filter 0.2 um",
            "catalog_number": "GSF-0.2-PES",
            "lot_number": "C4FB19302",
            "release_date": "2025-06-02",
        },
        [{"name": n, "specification": s, "result": r} for n, s, r, _ in rows],
    )


@layout
def results_of_several_lots_side_by_side() -> Drawn:
    """Each lot has its rows, and each row says which lot it is about."""
    page = Page(A4)
    page.text(50, 45, "Twin Rivers Buffers Ltd", 12, bold=True)
    page.text(200, 70, "Certificate of Analysis", 13, bold=True)
    page.row(100, (50, 150), ("Product:", "Dulbecco PBS"))
    page.row(114, (50, 150), ("Lot:", "TR-001"))
    page.row(128, (50, 150), ("Lot:", "TR-002"))
    xs = (50, 200, 330, 440)
    page.row(170, xs, ("Test", "Specification", "Result TR-001", "Result TR-002"), bold=True)
    rows: Sequence[Row] = (
        ("pH", "7.2 - 7.6", "7.4", "7.5"),
        ("Osmolality (mOsm/kg)", "270 - 300", "281", "284"),
    )
    for number, row in enumerate(rows):
        page.row(186 + 15 * number, xs, row)
    return Drawn(
        page.done(),
        {"issuer": "Twin Rivers Buffers Ltd", "product_name": "Dulbecco PBS"},
        [
            {"name": row[0], "specification": row[1], "result": row[place], "lot": lot}
            for place, lot in ((2, "TR-001"), (3, "TR-002"))
            for row in rows
        ],
    )


@layout
def names_without_a_head() -> Drawn:
    page = Page(LETTER)
    page.text(50, 45, "Birch & Dale Diagnostics", 12, bold=True)
    page.text(400, 45, "www.birchanddale.com", 8)
    page.text(200, 70, "Certificate of Analysis", 13, bold=True)
    page.row(100, (50, 150), ("Product:", "Rabbit anti-HCP antibody"))
    page.row(114, (50, 150), ("Lot No", "24/1183"))
    xs = (50, 220, 400)
    page.row(150, xs, ("", "Specification", "Result"), bold=True)
    rows: Sequence[Row] = (
        ("Protein concentration", "0.9 - 1.1 mg/mL", "1.02 mg/mL"),
        ("Titre", "> 1:50,000", "1:80,000"),
        ("Preservative", "None", "None"),
    )
    for number, row in enumerate(rows):
        page.row(168 + 15 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "issuer": "Birch & Dale Diagnostics",
            "product_name": "Rabbit anti-HCP antibody",
            "lot_number": "24/1183",
        },
        rows_as(rows, "name", "specification", "result"),
    )
