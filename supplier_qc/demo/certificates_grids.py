"""Layouts that are tables: ruled, minimum and maximum, German, and one over several pages."""

from reportlab.lib.colors import HexColor, white

from supplier_qc.demo.certificates_contents import CertificateContent, PrintedTest
from supplier_qc.demo.certificates_drawing import (
    BLACK,
    GREY,
    SANS,
    SANS_BOLD,
    SERIF,
    SERIF_BOLD,
    Sheet,
    cell,
    short_date,
)

_REED, _BERRY, _MOOR, _INK = (
    HexColor("#1f6f6b"),
    HexColor("#7b2d43"),
    HexColor("#33506b"),
    HexColor("#22345c"),
)
_PALE = HexColor("#e4efee")
_LINE = HexColor("#9aa5ab")
_ROWS_A_PAGE = 24


def ruled_table(content: CertificateContent) -> bytes:
    """A letterhead, two columns of facts, and a fully ruled table."""
    sheet = Sheet(content)
    sheet.emblem(64, 786, 19, 3, _REED)
    sheet.put(90, 789, content.issuer, SANS_BOLD, 14, colour=_REED)
    sheet.put(90, 776, content.address, SANS, 7.5, colour=GREY)
    sheet.put(550, 750, "CERTIFICATE OF ANALYSIS", SANS_BOLD, 12, align="right")
    sheet.rule(45, 742, 550, colour=_REED, width=1.4)
    bottom = _two_columns_of_facts(sheet, content, 726)
    header = ["Test", "Method", "Specification", "Result", "Unit", "Verdict"]
    rows = [
        [cell(test.name), cell(test.method), cell(test.specification), cell(test.result),
         test.unit, test.verdict]
        for test in content.tests
    ]  # fmt: skip  # one row as it is printed
    bottom = sheet.table(
        45,
        bottom - 14,
        [header, *rows],
        (128, 88, 106, 88, 52, 43),
        [
            ("FONT", (0, 0), (-1, 0), SANS_BOLD, 8),
            ("FONT", (0, 1), (-1, -1), SANS, 8),
            ("BACKGROUND", (0, 0), (-1, 0), _PALE),
            ("GRID", (0, 0), (-1, -1), 0.6, _LINE),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ],
    )
    bottom = sheet.paragraph(45, bottom - 12, 505, content.remark)
    bottom = sheet.paragraph(
        45, bottom - 6, 505, "The lot complies with specification LH-SP-0410, version 6."
    )
    sheet.signature(48, bottom - 44, content.signatory)
    sheet.rule(45, bottom - 50, 210, colour=GREY, width=0.5)
    sheet.put(45, bottom - 61, content.signatory, SANS, 8)
    sheet.put(45, bottom - 72, f"Released {short_date(content.released_on)}", SANS, 8)
    sheet.put(550, 36, "LH-FM-022 / 9     Page 1 of 1", SANS, 7, colour=GREY, align="right")
    return sheet.finished()


def _two_columns_of_facts(sheet: Sheet, content: CertificateContent, top: float) -> float:
    left = (
        ("Product", content.product_name),
        ("Catalogue no.", content.catalogue_number),
        ("Lot no.", content.lot_number),
        ("Origin of the platelets", content.country_of_origin or ""),
    )
    right = (
        ("Date of manufacture", short_date(content.manufactured_on)),
        ("Expiry date", short_date(content.expires_on)),
        ("Date of release", short_date(content.released_on)),
        ("Storage", content.storage),
    )
    for index, ((label, value), (other, other_value)) in enumerate(zip(left, right, strict=True)):
        y = top - 14 * index
        sheet.put(45, y, f"{label}:", SANS, 8, colour=GREY)
        sheet.put(146, y, value, SANS_BOLD, 8)
        sheet.put(348, y, f"{other}:", SANS, 8, colour=GREY)
        sheet.put(446, y, other_value, SANS_BOLD, 8)
    return top - 14 * len(left) + 8


def min_max_columns(content: CertificateContent) -> bytes:
    """Limits in two columns, numbers first; tests in words stand in a table of their own."""
    sheet = Sheet(content)
    sheet.block(0, 778, sheet.width, 64, _BERRY)
    sheet.put(42, 808, content.issuer, SANS_BOLD, 16, colour=white)
    sheet.put(42, 793, content.address, SANS, 7.5, colour=white)
    sheet.put(553, 804, "Certificate of Analysis", SANS, 13, colour=white, align="right")
    bottom = sheet.table(
        42,
        762,
        [
            ["Product name", content.product_name, "Batch No.", content.lot_number],
            ["Catalog No.", content.catalogue_number, "Released", _spaced(content, "released")],
            ["Manufactured", _spaced(content, "made"), "Retest date", _spaced(content, "expires")],
            ["Country of origin", content.country_of_origin or "", "Storage", content.storage],
        ],
        (92, 200, 78, 141),
        [
            ("FONT", (0, 0), (-1, -1), SANS, 8),
            ("FONT", (0, 0), (0, -1), SANS_BOLD, 8),
            ("FONT", (2, 0), (2, -1), SANS_BOLD, 8),
            ("BOX", (0, 0), (-1, -1), 0.8, _BERRY),
            ("LINEBELOW", (0, 0), (-1, -2), 0.3, _LINE),
        ],
    )
    measured = [test for test in content.tests if not test.specification]
    judged = [test for test in content.tests if test.specification]
    bottom = _measured(sheet, bottom - 20, measured)
    bottom = _judged(sheet, bottom - 16, judged)
    sheet.put(42, bottom - 26, "Evaluation: the batch conforms to specification PT-0127.", SANS, 8)
    sheet.signature(430, bottom - 60, content.signatory)
    sheet.put(553, bottom - 76, content.signatory, SANS, 8, align="right")
    return sheet.finished()


def _spaced(content: CertificateContent, which: str) -> str:
    """Day, month, year with spaces, as in Czech: 3. 10. 2026."""
    day = {
        "made": content.manufactured_on,
        "expires": content.expires_on,
        "released": content.released_on,
    }[which]
    return f"{day.day}. {day.month}. {day.year}"


def _measured(sheet: Sheet, top: float, tests: list[PrintedTest]) -> float:
    header = ["Parameter", "Unit", "Min.", "Max.", "Result", "Verdict"]
    rows = [
        [test.name, test.unit, test.minimum or "–", test.maximum or "–", test.result, test.verdict]
        for test in tests
    ]
    style = [*_berry_style(), ("ALIGN", (2, 0), (4, -1), "RIGHT")]
    return sheet.table(42, top, [header, *rows], (171, 80, 60, 60, 70, 70), style)


def _judged(sheet: Sheet, top: float, tests: list[PrintedTest]) -> float:
    header = ["Parameter", "Requirement", "Result", "Verdict"]
    rows = [[test.name, test.specification, test.result, test.verdict] for test in tests]
    return sheet.table(42, top, [header, *rows], (151, 145, 145, 70), _berry_style())


def _berry_style() -> list[tuple[object, ...]]:
    return [
        ("FONT", (0, 0), (-1, 0), SANS_BOLD, 8),
        ("FONT", (0, 1), (-1, -1), SANS, 8),
        ("TEXTCOLOR", (0, 0), (-1, 0), white),
        ("BACKGROUND", (0, 0), (-1, 0), _BERRY),
        ("INNERGRID", (0, 0), (-1, -1), 0.4, _LINE),
        ("BOX", (0, 0), (-1, -1), 0.8, _BERRY),
    ]


def german(content: CertificateContent) -> bytes:
    """Analysenzertifikat: decimal comma, dates with full stops, German words."""
    sheet = Sheet(content)
    sheet.put(56, 786, content.issuer, SERIF_BOLD, 15, colour=_MOOR)
    sheet.put(56, 772, content.address, SERIF, 8, colour=GREY)
    sheet.emblem(526, 784, 20, 4, _MOOR)
    sheet.put(56, 734, "Analysenzertifikat", SERIF_BOLD, 18)
    facts = (
        ("Produkt", content.product_name),
        ("Artikel-Nr.", content.catalogue_number),
        ("Charge", content.lot_number),
        ("Herstelldatum", f"{content.manufactured_on:%d.%m.%Y}"),
        ("Verwendbar bis", f"{content.expires_on:%d.%m.%Y}"),
        ("Freigabedatum", f"{content.released_on:%d.%m.%Y}"),
        ("Herkunftsland", content.country_of_origin or ""),
        ("Lagerung", content.storage),
    )
    for index, (label, value) in enumerate(facts):
        sheet.put(56, 706 - 15 * index, label, SERIF, 9)
        sheet.put(160, 706 - 15 * index, value, SERIF_BOLD, 9)
    header = ["Prüfung", "Methode", "Sollwert", "Istwert", "Einheit", "Bewertung"]
    rows = [
        [test.name, test.method, test.specification, test.result, test.unit, test.verdict]
        for test in content.tests
    ]
    bottom = sheet.table(
        56,
        572,
        [header, *rows],
        (134, 92, 76, 62, 58, 66),
        [
            ("FONT", (0, 0), (-1, 0), SERIF_BOLD, 8),
            ("FONT", (0, 1), (-1, -1), SERIF, 8),
            ("LINEABOVE", (0, 0), (-1, 0), 1.2, _MOOR),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, _MOOR),
            ("LINEBELOW", (0, 1), (-1, -2), 0.25, _LINE),
            ("LINEBELOW", (0, -1), (-1, -1), 1.2, _MOOR),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ],
    )
    sheet.put(56, bottom - 28, "Die Charge entspricht der Spezifikation QM-SP-2210-04.", SERIF, 9)
    sheet.signature(58, bottom - 78, content.signatory)
    sheet.rule(56, bottom - 84, 250, width=0.5)
    sheet.put(56, bottom - 96, content.signatory, SERIF, 8)
    sheet.put(
        297, 40, "Maschinell erstellt, ohne Stempel gültig. Seite 1 von 1", SERIF, 7,
        colour=GREY, align="centre",
    )  # fmt: skip  # one line of text
    return sheet.finished()


def multi_page(content: CertificateContent) -> bytes:
    """A long table whose header row, lot and page number stand on every page."""
    sheet = Sheet(content)
    starts = range(0, len(content.tests), _ROWS_A_PAGE)
    for number, start in enumerate(starts, start=1):
        top = _page_head(sheet, content, f"Page {number} of {len(starts)}")
        if number == 1:
            top = _bag_facts(sheet, content, top)
        bottom = _page_of_rows(sheet, content.tests[start : start + _ROWS_A_PAGE], top - 12)
        if number == len(starts):
            _bag_close(sheet, content, bottom)
        else:
            sheet.put(550, bottom - 14, "continued", SANS, 7, colour=GREY, align="right")
            sheet.next_page()
    return sheet.finished()


def _page_head(sheet: Sheet, content: CertificateContent, page: str) -> float:
    sheet.emblem(60, 797, 14, 5, _INK)
    sheet.put(82, 800, content.issuer, SANS_BOLD, 11, colour=_INK)
    sheet.put(82, 789, content.address, SANS, 7, colour=GREY)
    sheet.put(550, 800, f"CoA  Lot {content.lot_number}", SANS, 8, align="right")
    sheet.put(550, 789, page, SANS, 8, align="right")
    sheet.rule(45, 780, 550, colour=_INK, width=1)
    return 776


def _bag_facts(sheet: Sheet, content: CertificateContent, top: float) -> float:
    sheet.put(297, top - 22, "CERTIFICATE OF ANALYSIS", SANS_BOLD, 13, align="centre")
    return sheet.table(
        45,
        top - 34,
        [
            ["Product", content.product_name, "Mfg. date", f"{content.manufactured_on:%Y-%m-%d}"],
            ["Cat. No.", content.catalogue_number, "Exp. date", f"{content.expires_on:%Y-%m-%d}"],
            ["Lot No.", content.lot_number, "Release date", f"{content.released_on:%Y-%m-%d}"],
            ["Made in", content.country_of_origin or "", "Storage", content.storage],
        ],
        (70, 205, 85, 145),
        [
            ("FONT", (0, 0), (-1, -1), SANS, 8),
            ("TEXTCOLOR", (0, 0), (0, -1), GREY),
            ("TEXTCOLOR", (2, 0), (2, -1), GREY),
            ("BOX", (0, 0), (-1, -1), 0.6, _INK),
        ],
    )


def _page_of_rows(sheet: Sheet, tests: tuple[PrintedTest, ...], top: float) -> float:
    header = ["Test item", "Method", "Criteria", "Result", "Unit", "Judgement"]
    rows = [
        [cell(test.name), test.method, cell(test.specification), test.result, test.unit,
         test.verdict]
        for test in tests
    ]  # fmt: skip  # one row as it is printed
    return sheet.table(
        45,
        top,
        [header, *rows],
        (143, 86, 92, 60, 60, 64),
        [
            ("FONT", (0, 0), (-1, 0), SANS_BOLD, 8),
            ("FONT", (0, 1), (-1, -1), SANS, 8),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor("#dfe4ee")),
            ("GRID", (0, 0), (-1, -1), 0.5, _LINE),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 1), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 1), (-1, -1), 6),
        ],
    )


def _bag_close(sheet: Sheet, content: CertificateContent, bottom: float) -> None:
    sheet.put(45, bottom - 24, "Overall judgement: accepted", SANS_BOLD, 9)
    sheet.signature(380, bottom - 52, content.signatory)
    sheet.rule(370, bottom - 60, 550, colour=BLACK, width=0.5)
    sheet.put(550, bottom - 72, content.signatory, SANS, 8, align="right")
