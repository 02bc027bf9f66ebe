"""Files that are no certificate, or that try to harm: a named note, never an exception."""

import io
import time
import zlib
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from supplier_qc.extraction.claims import TextLayer
from supplier_qc.extraction.reading import MOST_PAGES, read_pdf
from supplier_qc.extraction.reading_process import (
    PageNotRendered,
    ReadingLimits,
    read_in_child,
    render_page_in_child,
)
from tests.extraction.drawn_languages import german_with_decimal_comma
from tests.extraction.drawn_tables import ruled_grid

MEGABYTE = 1024 * 1024


def _stored(folder: Path, content: bytes) -> Path:
    path = folder / "upload.pdf"
    path.write_bytes(content)
    return path


def _drawn(*pages: str, password: str = "") -> bytes:
    file = io.BytesIO()
    locked = pdfencrypt.StandardEncryption(password, strength=128) if password else None
    canvas = Canvas(file, encrypt=locked)
    for text in pages:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _with_stream(content: bytes, filters: str) -> bytes:
    """A one-page PDF whose page is drawn by `content`, without a cross-reference table."""
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    )
    stream = f"4 0 obj<</Length {len(content)}{filters}>>stream\n".encode() + content
    return head + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize(
    ("content", "layer", "said"),
    [
        (b"", TextLayer.EMPTY, "empty"),
        (b"PK\x03\x04 a spreadsheet", TextLayer.DAMAGED, "not a PDF"),
        (b"%PDF-1.7\nand nothing more", TextLayer.DAMAGED, "damaged"),
        (_drawn("Lot 1", password="secret"), TextLayer.PROTECTED, "password"),
    ],
    ids=["zero bytes", "another format", "cut off", "password"],
)
def test_an_unreadable_file_is_named_for_what_it_is(
    content: bytes,
    layer: TextLayer,
    said: str,
    tmp_path: Path,
) -> None:
    reading = read_pdf(_stored(tmp_path, content))

    assert reading.text_layer is layer
    assert said in " ".join(reading.notes)
    assert reading.rows == ()


def test_a_truncated_certificate_never_raises(tmp_path: Path) -> None:
    whole = ruled_grid().pdf
    for share in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        reading = read_pdf(_stored(tmp_path, whole[: int(share * len(whole))]))

        assert reading.rows or reading.notes


def test_flipped_bytes_never_raise(tmp_path: Path) -> None:
    whole = ruled_grid().pdf
    for place in range(40, len(whole), max(1, len(whole) // 60)):
        broken = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        reading = read_pdf(_stored(tmp_path, broken))

        assert reading.rows or reading.notes


def test_a_missing_file_is_a_note(tmp_path: Path) -> None:
    reading = read_pdf(tmp_path / "gone.pdf")

    assert reading.text_layer is TextLayer.DAMAGED
    assert reading.notes


def test_a_blank_page_is_empty_and_not_a_scan(tmp_path: Path) -> None:
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.showPage()
    canvas.save()

    assert read_pdf(_stored(tmp_path, file.getvalue())).text_layer is TextLayer.EMPTY


def test_a_page_of_one_image_is_read_from_it_and_says_so(tmp_path: Path) -> None:
    pdf = _stored(tmp_path, ruled_grid().pdf)
    picture = tmp_path / "page.png"
    picture.write_bytes(render_page_in_child(pdf, 1, dpi=72))
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawImage(str(picture), 0, 0, 595, 842)
    canvas.save()

    reading = read_in_child(_stored(tmp_path, file.getvalue()))

    assert reading.text_layer is TextLayer.OCR
    assert "was read from its image" in " ".join(reading.notes)


def test_pages_beyond_the_limit_are_left_and_said_so(tmp_path: Path) -> None:
    many = _drawn(*(f"Page {number}" for number in range(MOST_PAGES + 3)))

    reading = read_in_child(_stored(tmp_path, many))

    assert len(reading.pages) == MOST_PAGES
    assert f"first {MOST_PAGES} of {MOST_PAGES + 3} pages" in " ".join(reading.notes)


def test_a_deflate_bomb_is_stopped_by_the_memory_limit(tmp_path: Path) -> None:
    text = b"BT /F1 9 Tf 72 700 Td (Lot number and date of the test) Tj ET\n"
    padding = zlib.compress(text + b" " * (400 * MEGABYTE), 9)
    bomb = _stored(tmp_path, _with_stream(padding, "/Filter/FlateDecode"))

    reading = read_in_child(bomb, limits=ReadingLimits(memory_bytes=256 * MEGABYTE))

    assert reading.text_layer is not TextLayer.TEXT or reading.rows == ()
    assert reading.notes


def test_a_page_that_takes_too_long_is_stopped_by_the_clock(tmp_path: Path) -> None:
    strokes = (
        b"BT /F1 9 Tf (Lot number and date of the test) Tj ET\n" + b"0 0 m 9 9 l S\n" * 900_000
    )
    slow = _stored(tmp_path, _with_stream(strokes, ""))

    started = time.monotonic()
    reading = read_in_child(slow, limits=ReadingLimits(wall_seconds=2.0))

    assert time.monotonic() - started < 6
    assert reading.text_layer is TextLayer.DAMAGED
    assert "longer than 2 seconds" in " ".join(reading.notes)


def test_processor_time_is_limited_too(tmp_path: Path) -> None:
    strokes = (
        b"BT /F1 9 Tf (Lot number and date of the test) Tj ET\n" + b"0 0 m 9 9 l S\n" * 900_000
    )
    slow = _stored(tmp_path, _with_stream(strokes, ""))

    reading = read_in_child(slow, limits=ReadingLimits(cpu_seconds=1))

    assert "1 seconds of processor time" in " ".join(reading.notes)


def test_the_child_reads_as_the_parent_would(tmp_path: Path) -> None:
    pdf = _stored(tmp_path, german_with_decimal_comma().pdf)

    assert read_in_child(pdf) == read_pdf(pdf)


def test_no_secret_of_the_server_reaches_the_child(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "not a number, so that a child that saw it would fail")

    assert read_in_child(_stored(tmp_path, ruled_grid().pdf)).rows


def test_a_page_is_drawn_as_png_at_the_asked_resolution(tmp_path: Path) -> None:
    image = render_page_in_child(_stored(tmp_path, ruled_grid().pdf), 1, dpi=72)

    assert image.startswith(b"\x89PNG")
    width = int.from_bytes(image[16:20])
    assert width == pytest.approx(595, abs=2)


@pytest.mark.parametrize("page", [0, 2, 5000])
def test_a_page_that_does_not_exist_is_refused_in_words(page: int, tmp_path: Path) -> None:
    pdf = _stored(tmp_path, ruled_grid().pdf)

    with pytest.raises(PageNotRendered, match="1 pages"):
        render_page_in_child(pdf, page)


def test_a_damaged_file_cannot_be_drawn_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(PageNotRendered, match="damaged or protected"):
        render_page_in_child(_stored(tmp_path, b"%PDF-1.7 nothing"), 1)


def test_pages_that_take_too_long_are_named_and_the_others_kept(tmp_path: Path) -> None:
    pages = _stored(tmp_path, _drawn("Lot: A-1", "Lot: B-2", "Lot: C-3"))

    reading = read_pdf(pages, page_seconds=0.0)

    assert reading.lots_seen == ("A-1",)
    assert "after page 1 of 3" in " ".join(reading.notes)
