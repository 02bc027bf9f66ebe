"""Seconds and peak memory of the reading process: a long file with text, and a scan by OCR."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from supplier_qc.config import ROOT
from supplier_qc.demo.certificates_columns import typed_sheet
from supplier_qc.demo.certificates_reagents import transferrin_certificate
from supplier_qc.demo.certificates_scan import scanned
from tests.certificate_pdfs import certificate_pdf
from tests.conftest import TODAY

TEXT_MB, OCR_MB = 300, 1300
TEXT_PAGES, SCANNED_PAGES = 500, 4
# In a process of its own, because a parent knows only the largest of all its children.
_READ = """
import resource, sys
from pathlib import Path
from supplier_qc.extraction.reading_process import read_in_child
reading = read_in_child(Path(sys.argv[1]))
assert reading.rows, reading.notes
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _repeated(pdf: bytes, pages: int) -> bytes:
    whole, one = pypdfium2.PdfDocument.new(), pypdfium2.PdfDocument(pdf)
    for _ in range(pages):
        whole.import_pages(one, [0])
    file = BytesIO()
    whole.save(file)
    return file.getvalue()


def _read(path: Path, peaks: list[float]) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", _READ, str(path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    peaks.append(int(finished.stdout) / 1024)  # Linux counts in kilobytes


@pytest.mark.parametrize(
    ("kind", "pages", "most"),
    [("text", TEXT_PAGES, TEXT_MB), ("scan", 1, OCR_MB), ("scan", SCANNED_PAGES, OCR_MB)],
)
def test_reading_process(
    benchmark: BenchmarkFixture, tmp_path: Path, kind: str, pages: int, most: int
) -> None:
    rows = tuple((f"Attribute {n}", "Method", "NMT 5 ppm", f"{n} ppm") for n in range(25))
    drawn = {
        "text": lambda: certificate_pdf(rows=rows),
        "scan": lambda: scanned(typed_sheet(transferrin_certificate(TODAY))),
    }
    path = tmp_path / f"{kind}.pdf"
    path.write_bytes(_repeated(drawn[kind](), pages))
    peaks: list[float] = []
    benchmark.pedantic(_read, args=(path, peaks), rounds=1 if pages == TEXT_PAGES else 3)
    benchmark.extra_info["pages"] = pages
    benchmark.extra_info["peak MB"] = round(max(peaks))
    assert max(peaks) <= most
