"""Text that is in the file and not on the page is not read; text that is shown is."""

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from supplier_qc.extraction.page_content import PageContent, Turn
from supplier_qc.extraction.pdf_words import read_pages


def _page(pdf: bytes, folder: Path) -> PageContent:
    path = folder / "page.pdf"
    path.write_bytes(pdf)
    found = next(iter(read_pages(path, at_most=1)))
    assert isinstance(found, PageContent)
    return found


def _drawn(draw: Callable[[Canvas], None]) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.drawString(72, 700, "Lot: SHOWN-1 of this certificate of analysis")
    draw(canvas)
    canvas.save()
    return file.getvalue()


def _white(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    canvas.drawString(72, 600, "Lot: HIDDEN")


def _white_in_colour(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 600, "Lot: HIDDEN")


def _covered(canvas: Canvas) -> None:
    canvas.drawString(72, 600, "Lot: HIDDEN")
    canvas.setFillGray(1)
    canvas.rect(60, 590, 200, 25, stroke=0, fill=1)


def _blacked_out(canvas: Canvas) -> None:
    canvas.drawString(72, 600, "Lot: HIDDEN")
    canvas.rect(60, 590, 200, 25, stroke=0, fill=1)


def _off_the_page(canvas: Canvas) -> None:
    canvas.drawString(A4[0] + 10, 600, "Lot: HIDDEN")


def _without_ink(canvas: Canvas) -> None:
    text = canvas.beginText(72, 600)
    text.setTextRenderMode(3)
    text.textOut("Lot: HIDDEN")
    canvas.drawText(text)


@pytest.mark.parametrize(
    "draw", [_white, _white_in_colour, _covered, _blacked_out, _off_the_page, _without_ink]
)
def test_what_the_page_does_not_show_is_not_read(
    draw: Callable[[Canvas], None], tmp_path: Path
) -> None:
    texts = [word.text for word in _page(_drawn(draw), tmp_path).words]

    assert "SHOWN-1" in texts
    assert "HIDDEN" not in texts


def _white_on_colour(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(60, 590, 200, 25, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.drawString(72, 600, "Result")


def _over_a_patch(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    canvas.rect(60, 590, 200, 25, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(72, 600, "Result")


def _under_a_marker(canvas: Canvas) -> None:
    canvas.drawString(72, 600, "Result")
    canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
    canvas.rect(60, 590, 200, 25, stroke=0, fill=1)


@pytest.mark.parametrize("draw", [_white_on_colour, _over_a_patch, _under_a_marker])
def test_what_the_page_shows_is_read(draw: Callable[[Canvas], None], tmp_path: Path) -> None:
    assert "Result" in [word.text for word in _page(_drawn(draw), tmp_path).words]


def test_a_scan_with_its_text_behind_the_image_is_read(tmp_path: Path) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    text = canvas.beginText(72, 700)
    text.setTextRenderMode(3)
    text.textOut("Certificate of analysis, lot 0042")
    canvas.drawText(text)
    canvas.save()

    assert "0042" in [word.text for word in _page(file.getvalue(), tmp_path).words]


def test_boxes_follow_the_visible_part_of_a_larger_page(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(_drawn(lambda _: None))
    document[0].set_mediabox(-50, -40, A4[0] + 30, A4[1] + 20)
    document[0].set_cropbox(0, 0, *A4)
    out = io.BytesIO()
    document.save(out)
    page = _page(out.getvalue(), tmp_path)

    first = page.words[0]
    assert (page.width, page.height) == pytest.approx(A4, abs=0.1)
    assert first.x0 == pytest.approx(72, abs=0.5)
    assert first.bottom == pytest.approx(A4[1] - 700, abs=4)


def test_a_page_displayed_upside_down_is_read_the_right_way_round(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(_drawn(lambda _: None))
    document[0].set_rotation(180)
    out = io.BytesIO()
    document.save(out)
    page = _page(out.getvalue(), tmp_path)

    assert page.turn is Turn.OVER
    assert [word.text for word in page.words][:2] == ["Lot:", "SHOWN-1"]
