"""Pages without text of their own: recognised, placed, never clear, and left where nothing shows.

A page takes seconds, so each file here is read once and looked at by several tests.
"""

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from supplier_qc.demo.certificates_columns import typed_sheet
from supplier_qc.demo.certificates_reagents import transferrin_certificate
from supplier_qc.demo.certificates_scan import scanned
from supplier_qc.domain.certificates import CLEAR_FROM
from supplier_qc.extraction.claims import Box, Claim, DocumentReading, HeaderField, TextLayer
from supplier_qc.extraction.ocr import read_by_ocr
from supplier_qc.extraction.ocr_claims import MOST_SURE, as_recognised
from supplier_qc.extraction.ocr_pages import OcrPage, Placement
from supplier_qc.extraction.page_content import PageContent, Word
from supplier_qc.extraction.reader import propose
from supplier_qc.extraction.reading import read_pdf
from tests.conftest import TODAY

CONTENT = transferrin_certificate(TODAY)


@pytest.fixture(scope="module")
def sheet() -> bytes:
    """The page as it was typed, before it went over a scanner."""
    return typed_sheet(CONTENT)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes], Path]:
    folder = tmp_path_factory.mktemp("scans")

    def stored(name: str, content: bytes) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return stored


@pytest.fixture(scope="module")
def scan(sheet: bytes, store: Callable[[str, bytes], Path]) -> DocumentReading:
    """A grainy scan, 0.7 degrees askew."""
    return read_pdf(store("scan.pdf", scanned(sheet)))


def test_every_row_of_a_scan_is_read_as_printed(scan: DocumentReading) -> None:
    """The Greek mu that is recognised and the micro sign that is printed look the same."""
    read = [
        tuple(part.literal.replace("μ", "µ") for part in (row.name, row.specification, row.result))
        for row in scan.rows
        if row.name and row.specification and row.result
    ]
    assert read == [
        (test.name, test.specification, f"{test.result} {test.unit or ''}".strip())
        for test in CONTENT.tests
    ]


def test_the_header_of_a_scan_is_read_as_printed(scan: DocumentReading) -> None:
    assert scan.fields[HeaderField.LOT_NUMBER].literal == CONTENT.lot_number
    assert scan.fields[HeaderField.CATALOG_NUMBER].literal == CONTENT.catalogue_number
    assert scan.fields[HeaderField.PRODUCT_NAME].literal == CONTENT.product_name
    assert scan.fields[HeaderField.ISSUER].literal == CONTENT.issuer
    assert HeaderField.MANUFACTURE_DATE in scan.fields


def test_nothing_recognised_is_clear_and_all_of_it_says_where_it_comes_from(
    scan: DocumentReading,
) -> None:
    claims = [*scan.fields.values(), *(row.result for row in scan.rows if row.result)]
    assert len(claims) > 8
    assert all(claim.confidence <= MOST_SURE < CLEAR_FROM for claim in claims)
    assert all(claim.rule.startswith("OCR, ") for claim in claims)


def test_a_scan_says_that_it_was_read_from_its_image(scan: DocumentReading) -> None:
    assert scan.text_layer is TextLayer.OCR
    assert "was read from its image (OCR): compare every sign" in " ".join(scan.notes)


def image_of(pdf: bytes, dpi: int = 200) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: Image.Image = document[0].render(scale=dpi / 72).to_pil()
        return picture.convert("L")
    finally:
        document.close()


def pdf_of(*pictures: Image.Image) -> bytes:
    """Each picture fills a page of its own shape."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for picture in pictures:
        width, height = (side * 72 / 200 for side in picture.size)
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(picture), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_read_and_its_boxes_lie_where_it_is_shown(
    sheet: bytes, store: Callable[[str, bytes], Path], degrees: int
) -> None:
    turned = image_of(sheet).rotate(degrees, expand=True)
    reading = read_pdf(store(f"turned-{degrees}.pdf", pdf_of(turned)))
    lot = reading.fields[HeaderField.LOT_NUMBER]
    assert lot.literal == CONTENT.lot_number
    assert [row.name.literal for row in reading.rows if row.name] == [
        test.name for test in CONTENT.tests
    ]
    assert lot.box is not None
    assert ink_within(turned, lot.box) > 20


def ink_within(picture: Image.Image, box: Box) -> int:
    """Dark pixels of the displayed page inside a box given in points."""
    corners = [side * 200 / 72 for side in (box.x0, box.top, box.x1, box.bottom)]
    part = picture.crop((int(corners[0]), int(corners[1]), int(corners[2]), int(corners[3])))
    return sum(part.point(lambda grey: 255 if grey < 128 else 0).histogram()[255:])


def test_a_scanned_page_beside_a_printed_one_is_read_too(
    sheet: bytes, store: Callable[[str, bytes], Path]
) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for line in range(30):
        canvas.drawString(72, 760 - 14 * line, f"Terms of delivery, clause {line}: goods and risk.")
    canvas.showPage()
    canvas.drawImage(ImageReader(image_of(sheet)), 0, 0, *A4)
    canvas.save()
    reading = read_pdf(store("mixed.pdf", out.getvalue()))
    assert reading.text_layer is TextLayer.TEXT
    assert reading.fields[HeaderField.LOT_NUMBER].literal == CONTENT.lot_number
    assert reading.fields[HeaderField.LOT_NUMBER].confidence < CLEAR_FROM
    assert "Page 2 has no printed text and was read from its image" in " ".join(reading.notes)


def test_text_laid_behind_an_image_by_a_scanner_is_recognition_and_not_print(
    sheet: bytes, store: Callable[[str, bytes], Path]
) -> None:
    """Another program's reading, in which the lot is wrong, gives way to the page's own image."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    behind = canvas.beginText(72, 700)
    behind.setTextRenderMode(3)
    for line in range(30):
        behind.textLine(f"Certificate of Analysis  Lot No. WR0NG-{line}  Result < 26.41u  pH 7.3")
    canvas.drawText(behind)
    canvas.drawImage(ImageReader(image_of(sheet)), 0, 0, *A4)
    canvas.save()
    reading = read_pdf(store("behind.pdf", out.getvalue()))
    assert reading.text_layer is TextLayer.OCR
    assert reading.fields[HeaderField.LOT_NUMBER].literal == CONTENT.lot_number
    assert reading.fields[HeaderField.LOT_NUMBER].confidence < CLEAR_FROM


TRAPS = (
    "< 0.05 EU/mL", "≤ 0.25 EU/mL", "> 95 %", "≥ 98.0 %", "290 mOsm/kg", "25 kGy", "10 CFU/g",
    "0.5 EU/mg", "1 x 10 CFU/mL", "7.2 - 7.6", "2-8 °C", "12.5 µg/mL", "NMT 10 ppm", "5 IU/mL",
    "0.10 %", "1,000 cfu/g",
)  # fmt: skip


def test_comparators_and_units_are_recognised_as_they_are_printed() -> None:
    """The signs that other recognisers lose: "≤" read as "<" is a silently changed limit."""
    picture = Image.new("L", (1654, 2339), 255)
    pencil = ImageDraw.Draw(picture)
    font = ImageFont.truetype(dejavu(), 30)
    for number, text in enumerate(TRAPS):
        pencil.text((150, 150 + 90 * number), text, font=font, fill=0)
    document = pypdfium2.PdfDocument(pdf_of(picture))
    try:
        page = read_by_ocr(document[0], 1)
    finally:
        document.close()
    lines = lines_by_height(page)
    assert [line.replace(" ", "").replace("μ", "µ") for line in lines] == [
        trap.replace(" ", "") for trap in TRAPS
    ]


def test_text_that_runs_up_the_margin_is_no_word_of_the_lines_beside_it() -> None:
    picture = Image.new("L", (1200, 1000), 255)
    font = ImageFont.truetype(dejavu(), 30)
    aside = Image.new("L", (700, 40), 255)
    ImageDraw.Draw(aside).text((5, 2), "RESULTS CARRIED FORWARD", font=font, fill=0)
    picture.paste(aside.rotate(90, expand=True), (60, 120))
    pencil = ImageDraw.Draw(picture)
    for number in range(8):
        pencil.text((200, 140 + 90 * number), f"Density {number}     0.9{number} g/mL", font=font)
    document = pypdfium2.PdfDocument(pdf_of(picture))
    try:
        page = read_by_ocr(document[0], 1)
    finally:
        document.close()
    lines = lines_by_height(page)
    assert [line.split()[:2] for line in lines] == [["Density", str(n)] for n in range(8)]


def dejavu() -> Path:
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


def lines_by_height(page: OcrPage) -> list[str]:
    rows: dict[int, list[Word]] = {}
    for word in page.content.words:
        rows.setdefault(round((word.top + word.bottom) / 2 / 20), []).append(word)
    return [
        " ".join(word.text for word in sorted(words, key=lambda word: word.x0))
        for _, words in sorted(rows.items())
    ]


def test_a_picture_without_words_is_left_to_a_person(store: Callable[[str, bytes], Path]) -> None:
    picture = Image.new("L", (600, 800), 200)
    ImageDraw.Draw(picture).ellipse((100, 100, 500, 500), fill=60)
    reading = read_pdf(store("picture.pdf", pdf_of(picture)))
    assert reading.text_layer is TextLayer.SCAN
    assert reading.rows == ()
    assert "nothing could be recognised" in " ".join(reading.notes)
    assert "by hand" in " ".join(reading.notes)


# --- what needs no image -------------------------------------------------------------------------


@given(
    quarters=st.integers(0, 3),
    degrees=st.floats(-5, 5),
    x=st.floats(0, 500),
    y=st.floats(0, 700),
)
def test_turning_there_and_back_leads_to_the_same_point(
    quarters: int, degrees: float, x: float, y: float
) -> None:
    """Four quarters are none, and a level page that was never turned stays where it is."""
    level = Placement(0, 0.0, 500, 700)
    assert level.displayed(x, y) == pytest.approx((x, y))
    tilted = Placement(0, degrees, 500, 700).displayed(x, y)
    back = Placement(0, -degrees, 500, 700).displayed(*tilted)
    assert back == pytest.approx((x, y), abs=1e-6)
    once = Placement(quarters, 0.0, 500, 700).displayed(x, y)
    sides = (500, 700) if quarters % 2 == 0 else (700, 500)
    assert -1e-6 <= once[0] <= sides[0] + 1e-6
    assert -1e-6 <= once[1] <= sides[1] + 1e-6


_signs = st.text(alphabet="<>≤≥=0123456789.,%/ EUmLgkcfuIOl°C", min_size=1, max_size=12)


@settings(deadline=None)  # the first example loads the vocabulary
@given(texts=st.lists(_signs.filter(str.strip), min_size=2, max_size=8), score=st.floats(0.5, 1.0))
def test_no_recognised_claim_has_a_sign_that_was_not_recognised(
    texts: list[str], score: float
) -> None:
    words = tuple(
        Word(part, 60.0 + 90 * column, 80.0 + 14 * row, 140.0 + 90 * column, 90.0 + 14 * row, 10.0)
        for row, text in enumerate(texts)
        for column, part in enumerate(["Test", *text.split()][:4])
    )
    head = (
        Word("Test", 60, 60, 90, 70, 10.0),
        Word("Specification", 150, 60, 220, 70, 10.0),
        Word("Result", 240, 60, 280, 70, 10.0),
    )
    content = PageContent(1, 595.0, 842.0, (*head, *words))
    page = OcrPage(content, (score,) * len(content.words), Placement(0, 0.0, 595.0, 842.0))
    found = as_recognised(propose([content]), {1: page})
    printed = "".join(word.text for word in content.words)
    claims: list[Claim] = list(found.fields.values())
    claims += [claim for row in found.rows for claim in (row.name, row.result, row.unit) if claim]
    for claim in claims:
        assert claim.confidence <= MOST_SURE
        assert set(claim.literal) <= set(printed) | {" "}
