"""Layouts without a grid: aligned columns, a boxed header, two columns, dotted leaders."""

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import LETTER

from supplier_qc.demo.certificates_contents import CertificateContent, PrintedTest
from supplier_qc.demo.certificates_drawing import (
    GREY,
    MONO,
    MONO_BOLD,
    SANS,
    SANS_BOLD,
    SERIF,
    SERIF_BOLD,
    Sheet,
    long_date,
    short_date,
)

_EMBER, _RIVER, _ICE = HexColor("#b5541c"), HexColor("#1d4f7c"), HexColor("#0f6d8c")
_MIST = HexColor("#eef3f6")
_CHARACTERS_A_LINE = 82


def no_rules(content: CertificateContent) -> bytes:
    """Nothing but aligned text: no line is drawn anywhere."""
    sheet = Sheet(content)
    sheet.emblem(297, 792, 20, 8, _EMBER)
    sheet.put(297, 756, content.issuer, "Times-Bold", 17, align="centre")
    sheet.put(297, 742, content.address, "Times-Roman", 9, colour=GREY, align="centre")
    sheet.put(297, 712, "Certificate of Analysis", "Times-Italic", 15, align="centre")
    facts = (
        ("Product:", content.product_name),
        ("Catalogue number:", content.catalogue_number),
        ("Batch number:", content.lot_number),
        ("Date of manufacture:", long_date(content.manufactured_on)),
        ("Expiry date:", long_date(content.expires_on)),
        ("Released:", long_date(content.released_on)),
        ("Country of origin:", content.country_of_origin or ""),
        ("Storage:", content.storage),
    )
    for index, (label, value) in enumerate(facts):
        sheet.put(80, 682 - 14 * index, label, "Times-Bold", 10)
        sheet.put(200, 682 - 14 * index, value, "Times-Roman", 10)
    for x, word in ((80, "Test"), (285, "Specification"), (420, "Result")):
        sheet.put(x, 548, word, "Times-Bold", 11)
    for index, test in enumerate(content.tests):
        _plain_row(sheet, 526 - 18 * index, test)
    below_the_rows = 526 - 18 * len(content.tests)
    bottom = sheet.paragraph(80, below_the_rows - 8, 435, content.remark, "Times-Roman", 9.5)
    sheet.signature(80, bottom - 48, content.signatory)
    sheet.put(80, bottom - 64, content.signatory, "Times-Roman", 10)
    sheet.put(80, bottom - 77, long_date(content.released_on), "Times-Roman", 10)
    return sheet.finished()


def _plain_row(sheet: Sheet, y: float, test: PrintedTest) -> None:
    sheet.put(80, y, test.name, "Times-Roman", 10)
    sheet.put(285, y, _with_unit(test.specification, test.unit), "Times-Roman", 10)
    sheet.put(420, y, _with_unit(test.result, test.unit), "Times-Roman", 10)


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit and unit not in text else text


def key_value_header(content: CertificateContent) -> bytes:
    """US letter: a block of labels over values, then a table with shaded rows."""
    sheet = Sheet(content, LETTER)
    sheet.block(36, 720, 540, 44, _RIVER)
    sheet.put(50, 743, content.issuer, "Helvetica-Bold", 16, colour=white)
    sheet.put(50, 729, content.address, "Helvetica", 8, colour=white)
    sheet.put(562, 737, "Certificate of Analysis", "Helvetica", 12, colour=white, align="right")
    facts = (
        ("PRODUCT NAME", content.product_name),
        ("CATALOG #", content.catalogue_number),
        ("LOT #", content.lot_number),
        ("DATE OF MANUFACTURE", f"{content.manufactured_on:%m/%d/%Y}"),
        ("EXPIRATION DATE", f"{content.expires_on:%m/%d/%Y}"),
        ("RELEASE DATE", f"{content.released_on:%m/%d/%Y}"),
        ("COUNTRY OF ORIGIN", content.country_of_origin or ""),
        ("STORAGE", content.storage),
    )
    _boxes(sheet, facts)
    header = ["Test", "Method", "Specification", "Result", "Units", "Pass/Fail"]
    rows = [
        [test.name, test.method, test.specification, test.result, test.unit, test.verdict]
        for test in content.tests
    ]
    bottom = sheet.table(
        36,
        582,
        [header, *rows],
        (100, 125, 112, 108, 45, 50),
        [
            ("FONT", (0, 0), (-1, 0), SANS_BOLD, 7.5),
            ("FONT", (0, 1), (-1, -1), SANS, 7.5),
            ("LINEBELOW", (0, 0), (-1, 0), 1, _RIVER),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), [_MIST, white]),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ],
    )
    sheet.put(36, bottom - 22, "For further manufacturing use. Produced without components of "
              "animal origin.", "Helvetica", 8.5)  # fmt: skip  # one line of text
    sheet.signature(40, bottom - 66, content.signatory)
    sheet.rule(36, bottom - 72, 230, width=0.5)
    sheet.put(36, bottom - 84, content.signatory, "Helvetica", 8.5)
    sheet.put(576, 30, "FRM-0040 Rev. 11", "Helvetica", 7, colour=GREY, align="right")
    return sheet.finished()


def _boxes(sheet: Sheet, facts: tuple[tuple[str, str], ...]) -> None:
    """Two rows of four; the name of the product takes the width of its box."""
    widths = (200, 110, 110, 120)
    for row in range(2):
        x: float = 36
        for (label, value), width in zip(facts[row * 4 : row * 4 + 4], widths, strict=True):
            y = 660 - 46 * row
            sheet.block(x, y, width - 4, 42, _MIST)
            sheet.put(x + 7, y + 28, label, "Helvetica", 6.5, colour=GREY)
            sheet.put(x + 7, y + 12, value, "Helvetica-Bold", 9)
            x += width


def two_columns(content: CertificateContent) -> bytes:
    """A side bar with the facts, and the tests in two columns of small cards beside it."""
    sheet = Sheet(content)
    sheet.block(0, 0, 178, sheet.height, HexColor("#e3f0f4"))
    sheet.emblem(48, 788, 18, 6, _ICE)
    sheet.put(24, 748, content.issuer, SANS_BOLD, 11, colour=_ICE)
    sheet.paragraph(24, 742, 140, content.address, SANS, 7)
    facts = (
        ("Product", content.product_name),
        ("Reference", content.catalogue_number),
        ("Batch", content.lot_number),
        ("Manufacturing date", f"{content.manufactured_on:%d.%m.%Y}"),
        ("Expiry date", f"{content.expires_on:%d.%m.%Y}"),
        ("Release date", f"{content.released_on:%d.%m.%Y}"),
        ("Origin", content.country_of_origin or ""),
        ("Storage", content.storage),
    )
    for index, (label, value) in enumerate(facts):
        sheet.put(24, 690 - 44 * index, label, SANS, 7, colour=GREY)
        sheet.paragraph(24, 687 - 44 * index, 145, value, SANS_BOLD, 8.5)
    sheet.put(200, 784, "Certificate of analysis", SANS_BOLD, 17)
    sheet.put(200, 766, "Results of this batch against specification SP-CC-0070", SANS, 8)
    half = (len(content.tests) + 1) // 2
    for column, tests in enumerate((content.tests[:half], content.tests[half:])):
        for index, test in enumerate(tests):
            _card(sheet, 200 + 190 * column, 728 - 78 * index, test)
    sheet.put(200, 392, "All results conform.", SANS_BOLD, 9)
    sheet.signature(204, 340, content.signatory)
    sheet.rule(200, 332, 380, colour=GREY, width=0.5)
    sheet.put(200, 320, content.signatory, SANS, 8)
    return sheet.finished()


def _card(sheet: Sheet, x: float, top: float, test: PrintedTest) -> None:
    sheet.put(x, top - 8, test.name, SANS_BOLD, 9, colour=_ICE)
    sheet.put(x, top - 24, "Specification", SANS, 7.5, colour=GREY)
    sheet.put(x + 66, top - 24, _with_unit(test.specification, test.unit), SANS, 8.5)
    sheet.put(x, top - 38, "Result", SANS, 7.5, colour=GREY)
    sheet.put(x + 66, top - 38, _with_unit(test.result, test.unit), SANS_BOLD, 8.5)
    sheet.rule(x, top - 50, x + 172, colour=HexColor("#b9d5de"), width=0.5)


def dotted_leaders(content: CertificateContent) -> bytes:
    """A typewriter sheet: name, dots, result, and the limit in brackets below."""
    sheet = Sheet(content)
    sheet.put(50, 780, content.issuer.upper(), MONO_BOLD, 13)
    sheet.put(50, 766, content.address, MONO, 8)
    sheet.put(50, 736, "CERTIFICATE OF ANALYSIS", MONO_BOLD, 11)
    facts = (
        ("Product", content.product_name),
        ("Code", content.catalogue_number),
        ("Lot", content.lot_number),
        ("Manufacturing date", short_date(content.manufactured_on).upper()),
        ("Expiry date", short_date(content.expires_on).upper()),
        ("Date of release", short_date(content.released_on).upper()),
        ("Country of origin", content.country_of_origin or ""),
        ("Storage", content.storage),
    )
    for index, (label, value) in enumerate(facts):
        sheet.put(50, 708 - 14 * index, f"{label:<20}: {value}", MONO, 9)
    sheet.put(50, 576, "TESTS AND RESULTS", MONO_BOLD, 10)
    for index, test in enumerate(content.tests):
        _dotted(sheet, 552 - 32 * index, test)
    bottom = 552 - 32 * len(content.tests)
    sheet.put(50, bottom - 10, "RESULT: PASSES", MONO_BOLD, 10)
    sheet.signature(54, bottom - 62, content.signatory)
    sheet.put(50, bottom - 80, content.signatory, MONO, 9)
    return sheet.finished()


def _dotted(sheet: Sheet, y: float, test: PrintedTest) -> None:
    result = _with_unit(test.result, test.unit)
    dots = "." * (_CHARACTERS_A_LINE - len(test.name) - len(result) - 2)
    sheet.put(50, y, f"{test.name} {dots} {result}", MONO, 9)
    sheet.put(62, y - 12, f"(limit: {test.specification})", MONO, 8, colour=GREY)


def typed_sheet(content: CertificateContent) -> bytes:
    """The plain office page that ends up on a scanner."""
    sheet = Sheet(content)
    sheet.put(70, 770, content.issuer, SERIF_BOLD, 16)
    sheet.put(70, 754, content.address, SERIF, 9)
    sheet.rule(70, 744, 525, width=1.2)
    sheet.put(297, 708, "CERTIFICATE OF ANALYSIS", SERIF_BOLD, 14, align="centre")
    facts = (
        ("Product:", content.product_name),
        ("Product code:", content.catalogue_number),
        ("Lot:", content.lot_number),
        ("Made:", long_date(content.manufactured_on)),
        ("Retest:", long_date(content.expires_on)),
        ("Released:", long_date(content.released_on)),
        ("Store at:", content.storage),
    )
    for index, (label, value) in enumerate(facts):
        sheet.put(70, 670 - 17 * index, label, SERIF, 10.5)
        sheet.put(180, 670 - 17 * index, value, SERIF, 10.5)
    rows = [[test.name, test.specification, _with_unit(test.result, test.unit)]
            for test in content.tests]  # fmt: skip  # one row as it is printed
    bottom = sheet.table(
        70,
        530,
        [["Test", "Limit", "Found"], *rows],
        (170, 150, 135),
        [
            ("FONT", (0, 0), (-1, 0), SERIF_BOLD, 10.5),
            ("FONT", (0, 1), (-1, -1), SERIF, 10.5),
            ("GRID", (0, 0), (-1, -1), 0.8, HexColor("#333333")),
            ("TOPPADDING", (0, 0), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ],
    )
    sheet.put(70, bottom - 30, content.remark, SERIF, 10)
    sheet.signature(74, bottom - 96, content.signatory)
    sheet.put(70, bottom - 116, content.signatory, SERIF, 10)
    return sheet.finished()
