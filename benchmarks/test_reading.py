"""Seconds a page to read a certificate, beside what the libraries alone need for the same page."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from supplier_qc.demo.certificates import draw_certificates
from supplier_qc.extraction.reading import read_pdf
from supplier_qc.extraction.reading_process import read_in_child, render_page_in_child


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The demo certificates with a text layer: 10 files, 11 pages, 9 layouts."""
    drawn = draw_certificates(tmp_path_factory.mktemp("drawn"), today=date(2026, 11, 24))
    return [one.path for one in drawn if "scan" not in one.path.name]


def _all_of(read: Callable[[Path], object], paths: list[Path]) -> None:
    for path in paths:
        read(path)


def _pdfplumber_alone(path: Path) -> None:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.extract_tables()


def _pdfium_text_alone(path: Path) -> None:
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            page.get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("text by pdfium alone (limit)", _pdfium_text_alone),
        ("words and tables by pdfplumber alone (peer)", _pdfplumber_alone),
        ("read_pdf, fields and rows", read_pdf),
        ("read_in_child, with its process", read_in_child),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_reading(
    benchmark: BenchmarkFixture,
    certificates: list[Path],
    name: str,
    read: Callable[[Path], object],
) -> None:
    benchmark.extra_info["pages"] = 11
    benchmark.pedantic(_all_of, args=(read, certificates), rounds=3, warmup_rounds=1)
    assert name


def test_page_image(benchmark: BenchmarkFixture, certificates: list[Path]) -> None:
    image = benchmark.pedantic(
        render_page_in_child, args=(certificates[0], 1), kwargs={"dpi": 110}, rounds=3
    )
    assert image.startswith(b"\x89PNG")
