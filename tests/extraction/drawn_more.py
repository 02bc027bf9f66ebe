"""More layouts: separated colons, two languages at once, several lots, odd dates."""

from collections.abc import Sequence

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from tests.extraction.drawn import Drawn, Page, Row, _rows, layout


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
def two_languages_at_once() -> Drawn:
    page = Page()
    page.text(50, 45, "Hochfeld Reagenzien GmbH & Co. KG", 12, bold=True)
    page.text(150, 75, "Analysenzertifikat / Certificate of Analysis", 13, bold=True)
    facts: Sequence[Row] = (
        ("Produkt / Product:", "Natriumpyruvat-Lösung"),
        ("Artikel-Nr. / Article No.:", "HF-2208"),
        ("Charge / Lot:", "241107-B"),
        ("Herstelldatum / Date of manufacture:", "07.11.2024"),
        ("Verwendbar bis / Expiry date:", "11.2026"),
        ("Lagerung / Storage:", "2-8 °C"),
    )
    for number, row in enumerate(facts):
        page.row(105 + 15 * number, (50, 250), row)
    xs = (50, 220, 370, 470)
    head = (
        "Prüfung / Test",
        "Spezifikation / Specification",
        "Ergebnis / Result",
        "Einheit / Unit",
    )
    page.row(215, xs, head, size=8, bold=True)
    rows: Sequence[Row] = (
        ("pH-Wert / pH value", "7,0 - 7,4", "7,2", ""),
        ("Osmolalität / Osmolality", "190 - 210", "203", "mOsmol/kg"),
        ("Endotoxine / Endotoxins", "< 0,5", "< 0,05", "EU/mL"),
    )
    for number, row in enumerate(rows):
        page.row(232 + 15 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "issuer": "Hochfeld Reagenzien GmbH & Co. KG",
            "product_name": "Natriumpyruvat-Lösung",
            "catalog_number": "HF-2208",
            "lot_number": "241107-B",
            "manufacture_date": "2024-11-07",
            "expiry_or_retest_date": "2026-11",
            "storage": "2-8 °C",
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
def chinese() -> Drawn:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = Page(A4, font="STSong-Light")
    page.text(220, 60, "检验报告", 16)
    page.row(100, (50, 130, 320, 400), ("品名：", "大豆蛋白胨", "批号：", "20250311"))
    page.row(
        118, (50, 130, 320, 400), ("生产日期：", "2025年3月11日", "有效期至：", "2028年3月10日")
    )
    xs = (50, 180, 340, 470)
    page.row(160, xs, ("检验项目", "标准要求", "检验结果", "单项结论"))
    rows: Sequence[Row] = (
        ("外观", "淡黄色粉末", "淡黄色粉末", "合格"),
        ("总氮", "≥8.0%".replace("≥", ">="), "9.1%", "合格"),
        ("干燥失重", "≤6.0%".replace("≤", "<="), "4.2%", "合格"),
    )
    for number, row in enumerate(rows):
        page.row(180 + 18 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "product_name": "大豆蛋白胨",
            "lot_number": "20250311",
            "manufacture_date": "2025-03-11",
            "expiry_or_retest_date": "2028-03-10",
        },
        [{"name": n, "specification": s, "result": r} for n, s, r, _ in rows],
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
        _rows(tuple((n, s, r, v) for n, s, r, v in rows), "name", "specification", "result", "_")
        and [{"name": n, "specification": s, "result": r} for n, s, r, _ in rows],
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
        _rows((*rows, *more), "name", "method", "specification", "result"),
    )


@layout
def results_of_several_lots_side_by_side() -> Drawn:
    """The first lot's results are proposed; the file names both lots."""
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
        [{"name": n, "specification": s, "result": r} for n, s, r, _ in rows],
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
def one_box_around_all_rows() -> Drawn:
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
        _rows(rows, "name", "specification", "result", "unit"),
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
        _rows(
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
        _rows(rows, "name", "specification", "result"),
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
        _rows(rows, "name", "specification", "result"),
    )


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
        _rows(
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
