"""While page images are recognised, the caller hears which page of how many is read."""

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A6
from reportlab.pdfgen.canvas import Canvas

from supplier_qc.extraction.claims import TextLayer
from supplier_qc.extraction.reading_process import ReadingLimits, read_in_child
from tests.certificate_pdfs import certificate_pdf


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A page of text between two small pages that are drawn and hold no text."""
    path = tmp_path / "three.pdf"
    canvas = Canvas(str(path), pagesize=A6)
    for number in range(3):
        if number == 1:
            canvas.drawString(40, 300, "Certificate of analysis, lot number L240917, result 7.3")
        else:
            canvas.rect(60, 100, 100, 40)
        canvas.showPage()
    canvas.save()
    return path


def test_each_page_that_is_recognised_is_announced_with_the_length_of_the_file(file: Path) -> None:
    heard: list[tuple[int, int]] = []
    reading = read_in_child(file, on_page=lambda page, pages: heard.append((page, pages)))
    assert heard == [(1, 3), (3, 3)]
    assert reading.text_layer is TextLayer.TEXT
    assert any("pages 1, 3" in note for note in reading.notes)


def test_a_file_with_text_announces_no_page(tmp_path: Path) -> None:
    path = tmp_path / "text.pdf"
    path.write_bytes(certificate_pdf())
    heard: list[int] = []
    assert read_in_child(path, on_page=lambda page, _pages: heard.append(page)).rows
    assert heard == []


def test_a_reading_that_is_stopped_ends_its_announcements(file: Path) -> None:
    heard: list[int] = []
    limits = ReadingLimits(wall_seconds=0.05)
    reading = read_in_child(file, limits=limits, on_page=lambda page, _pages: heard.append(page))
    assert reading.text_layer is TextLayer.DAMAGED
    assert heard == []
