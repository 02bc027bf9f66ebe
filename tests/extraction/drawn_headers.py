"""Header facts beside, under and in one cell with their labels; forms and letters."""

from collections.abc import Sequence

from reportlab.lib.pagesizes import A4, LETTER

from tests.extraction.drawn import Drawn, Page, Row, layout, rows_as


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
        rows_as(rows, "name", "specification", "result"),
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
            "storage": "Store lyophilised protein at -20 °C.",
            "expiry_or_retest_date": "2026-09-30",
        },
        rows_as(rows, "name", "specification", "result"),
    )


@layout
def colons_in_a_column_of_their_own() -> Drawn:
    page = Page()
    page.text(200, 50, "MERIDIAN LIFESCIENCE PVT. LTD.", 13, bold=True)
    page.text(220, 75, "CERTIFICATE OF ANALYSIS", 12, bold=True)
    facts: Sequence[Row] = (
        ("Name of Product", "Gentamicin Sulphate", "Batch No.", "GS/25/0114"),
        ("Mfg. Date", "03/2025", "Exp. Date", "02/2029"),
        ("Batch Size", "120 kg", "A.R. No.", "AR-25-0561"),
        ("Date of Receipt", "14/03/2025", "Date of Release", "21/03/2025"),
    )
    for number, (label, value, label2, value2) in enumerate(facts):
        page.row(
            110 + 15 * number, (50, 140, 150, 320, 410, 420),
            (label, ":", value, label2, ":", value2),
        )  # fmt: skip
    rows: Sequence[Row] = (
        ("1.", "Description", "White to buff powder", "White powder"),
        ("2.", "Identification", "Should comply", "Complies"),
        ("3.", "pH (4 % solution)", "3.5 to 5.5", "4.6"),
        ("4.", "Loss on drying", "Not more than 15.0 %", "9.8 %"),
        ("5.", "Assay (on dried basis)", "Not less than 590 µg/mg", "648 µg/mg"),
    )
    page.grid(
        190, (45, 85, 230, 400, 550), 18,
        (("S. No.", "Tests", "Specifications", "Results"), *rows),
    )  # fmt: skip
    page.text(50, 320, "Remarks: The above sample complies with the specification.")
    page.row(
        350,
        (50, 230, 420),
        ("Prepared by: A. Nair", "Checked by: S. Iyer", "Approved by: R. Menon"),
    )
    return Drawn(
        page.done(),
        {
            "issuer": "MERIDIAN LIFESCIENCE PVT. LTD.",
            "product_name": "Gentamicin Sulphate",
            "lot_number": "GS/25/0114",
            "manufacture_date": "2025-03",
            "expiry_or_retest_date": "2029-02",
            "release_date": "2025-03-21",
        },
        [{"name": n, "specification": s, "result": r} for _, n, s, r in rows],
    )


@layout
def labels_and_values_in_the_same_cells() -> Drawn:
    page = Page(LETTER)
    page.text(50, 45, "Pacific Matrix Laboratories", 13, bold=True)
    page.text(50, 60, "Certificate of Analysis", 12)
    page.grid(
        80, (50, 220, 390, 560), 18,
        (
            ("Product: Collagen Type I", "Catalog #: PM-354236", "Lot #: 4011007"),
            ("Date Tested: 04/28/2025", "Date Released: 05/02/2025", "Exp: 10/31/2026"),
        ),
    )  # fmt: skip
    rows: Sequence[Row] = (
        ("Concentration", "3 - 4 mg/mL", "3.61 mg/mL", "PASS"),
        ("Purity by SDS-PAGE", ">= 90%", "96%", "PASS"),
        ("Gelation at 37 °C", "Firm gel within 30 min", "Firm gel", "PASS"),
    )
    page.grid(
        150, (50, 200, 340, 460, 560), 18,
        (("Quality Control Test", "Release Criteria", "Lot Result", "Pass/Fail"), *rows),
    )  # fmt: skip
    page.text(50, 260, "Storage and handling: Store at 2 °C to 8 °C. Do not freeze.")
    page.text(50, 300, "Source: rat tail. Country of origin: USA")
    page.text(50, 740, "For research use only. Not for use in diagnostic procedures.", 7)
    return Drawn(
        page.done(),
        {
            "issuer": "Pacific Matrix Laboratories",
            "product_name": "Collagen Type I",
            "catalog_number": "PM-354236",
            "lot_number": "4011007",
            "release_date": "2025-05-02",
            "expiry_or_retest_date": "2026-10-31",
            "storage": "Store at 2 °C to 8 °C. Do not freeze.",
            "country_of_origin": "USA",
        },
        rows_as(tuple((n, s, r, v) for n, s, r, v in rows), "name", "specification", "result", "_")
        and [{"name": n, "specification": s, "result": r} for n, s, r, _ in rows],
    )


@layout
def labels_over_values_in_boxes() -> Drawn:
    page = Page(LETTER)
    page.text(50, 45, "Aster Biotechnology Ltd.", 12, bold=True)
    page.text(350, 45, "CERTIFICATE OF ANALYSIS", 12, bold=True)
    for x in (50, 220, 390, 560):
        page.line(x, 70, x, 130)
    for y in (70, 100, 130):
        page.line(50, y, 560, y)
    page.row(79, (53, 223, 393), ("Product Name", "Catalog Number", "Lot Number"), size=6)
    page.row(93, (53, 223, 393), ("Accutase substitute", "AB-3320", "X230914"))
    page.row(
        109, (53, 223, 393), ("Expiration Date", "Storage Temperature", "Release Date"), size=6
    )
    page.row(123, (53, 223, 393), ("2026-09-30", "-20 °C to -5 °C", "2024-10-02"))
    rows: Sequence[Row] = (
        ("Activity", "450 - 650 U/mL", "540 U/mL"),
        ("pH", "6.9 - 7.3", "7.1"),
        ("Sterility", "No growth after 14 days", "No growth"),
    )
    page.grid(150, (50, 220, 390, 560), 18, (("Assay", "Specification", "Result"), *rows))
    return Drawn(
        page.done(),
        {
            "issuer": "Aster Biotechnology Ltd.",
            "product_name": "Accutase substitute",
            "catalog_number": "AB-3320",
            "lot_number": "X230914",
            "expiry_or_retest_date": "2026-09-30",
            "storage": "-20 °C to -5 °C",
            "release_date": "2024-10-02",
        },
        rows_as(rows, "name", "specification", "result"),
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
        rows_as(
            (("Flow rate", "10 - 12 mL/min", "Pass"), ("Leak", "None", "Pass")),
            "name",
            "specification",
            "result",
        ),
    )


@layout
def letter_of_origin() -> Drawn:
    page = Page(A4)
    page.text(50, 45, "Estancia Norte S.A.", 12, bold=True)
    page.text(180, 90, "CERTIFICATE OF ORIGIN", 13, bold=True)
    page.text(50, 120, "Date: 14 May 2025")
    page.text(50, 150, "We hereby certify that the raw material of the product below was collected")
    page.text(50, 164, "from healthy animals and that its country of origin is New Zealand.")
    page.row(190, (50, 150), ("Product:", "Newborn calf serum"))
    page.row(204, (50, 150), ("Lot number:", "NCS-4471"))
    return Drawn(
        page.done(),
        {
            "issuer": "Estancia Norte S.A.",
            "product_name": "Newborn calf serum",
            "lot_number": "NCS-4471",
            "release_date": "2025-05-14",
            "country_of_origin": "New Zealand",
        },
        [],
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
def long_method_column_and_sub_tests() -> Drawn:
    page = Page(A4)
    page.text(50, 45, "Ostsee Enzyme AB", 12, bold=True)
    page.text(200, 70, "Certificate of Analysis", 13, bold=True)
    page.row(100, (50, 150), ("Product name", "Recombinant human albumin"))
    page.row(114, (50, 150), ("Batch", "RHA-0098-21"))
    page.row(128, (50, 150), ("Production date", "2024.11.30"))
    page.row(142, (50, 150), ("Re-test date", "2027.11.29"))
    xs = (50, 190, 330, 450)
    page.row(180, xs, ("Characteristics", "Analytical procedure", "Limit", "Value"), bold=True)
    page.line(50, 184, 545, 184)
    page.text(50, 200, "Physico-chemical tests", bold=True)
    rows: Sequence[Row] = (
        ("Appearance", "Visual inspection", "Slightly yellow", "Slightly yellow"),
        ("Monomer", "SE-HPLC, Ph. Eur. 2.2.29", ">= 95.0 %", "99.1 %"),
        ("Aggregates", "SE-HPLC, Ph. Eur. 2.2.29", "<= 5.0 %", "0.6 %"),
    )
    for number, row in enumerate(rows):
        page.row(216 + 15 * number, xs, row)
    page.text(50, 264, "Microbiological tests", bold=True)
    more: Sequence[Row] = (
        ("TAMC", "Ph. Eur. 2.6.12", "<= 10 CFU/mL", "0 CFU/mL"),
        ("Endotoxins", "Ph. Eur. 2.6.14", "<= 0.5 EU/mg", "0.02 EU/mg"),
    )
    for number, row in enumerate(more):
        page.row(280 + 15 * number, xs, row)
    page.row(340, (50, 150, 300), ("Released by:", "Dr. Elin Sjöberg", "Date: 2024.12.09"))
    return Drawn(
        page.done(),
        {
            "issuer": "Ostsee Enzyme AB",
            "product_name": "Recombinant human albumin",
            "lot_number": "RHA-0098-21",
            "manufacture_date": "2024-11-30",
            "expiry_or_retest_date": "2027-11-29",
            "release_date": "2024-12-09",
        },
        rows_as((*rows, *more), "name", "method", "specification", "result"),
    )
