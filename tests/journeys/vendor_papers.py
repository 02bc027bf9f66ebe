"""Five papers of one morning, and the one that follows: drawn, fictional, each with its hazard."""

import io
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from supplier_qc.demo.certificates_contents import CertificateContent, PrintedTest
from supplier_qc.demo.certificates_grids import ruled_table
from supplier_qc.demo.certificates_lysate_and_serum import lysate_certificates
from supplier_qc.demo.certificates_scan import scanned

GIBBERISH = "0EFGHIJK LMNMNOOOP Q;R1S43 M09T09;6:05 U@GVW 9H QXPYOOOOO "


@dataclass(frozen=True, slots=True)
class Papers:
    """`first` to `contradicting` come at once; `next_one` a week later, with a limit changed."""

    first: Path
    scan: Path
    two_lots: Path
    garbled: Path
    contradicting: Path
    next_one: Path

    @property
    def of_one_morning(self) -> list[Path]:
        return [self.first, self.scan, self.two_lots, self.garbled, self.contradicting]


def draw_papers(folder: Path, today: date) -> Papers:
    folder.mkdir(parents=True, exist_ok=True)
    first, second = lysate_certificates(today)

    def stored(name: str, content: bytes) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return Papers(
        first=stored("PL-4131.pdf", ruled_table(first)),
        scan=stored("PL-4201-scan.pdf", scanned(ruled_table(of_lot(first, "PL-4201")))),
        two_lots=stored(
            "PL-4301-and-4302.pdf",
            one_file(ruled_table(of_lot(first, "PL-4301")), ruled_table(of_lot(second, "PL-4302"))),
        ),
        garbled=stored("PL-4401-garbled.pdf", garbled(ruled_table(of_lot(first, "PL-4401")))),
        contradicting=stored(
            "PL-4501.pdf",
            ruled_table(with_test(of_lot(first, "PL-4501"), "Haemoglobin", result="31.0")),
        ),
        next_one=stored(
            "PL-4132.pdf", ruled_table(with_test(second, "Fibrinogen", specification="≤ 60"))
        ),
    )


def of_lot(content: CertificateContent, lot_number: str) -> CertificateContent:
    return replace(content, lot_number=lot_number)


def with_test(content: CertificateContent, name: str, **changes: str) -> CertificateContent:
    """The certificate with one row printed otherwise; its maker still prints "Pass" beside it."""
    tests: list[PrintedTest] = [
        replace(test, **changes) if test.name == name else test for test in content.tests
    ]
    return replace(content, tests=tuple(tests))


def one_file(*sheets: bytes) -> bytes:
    """The pages of several PDFs in one."""
    whole = pypdfium2.PdfDocument.new()
    try:
        for sheet in sheets:
            part = pypdfium2.PdfDocument(sheet)
            whole.import_pages(part)
            part.close()
        out = io.BytesIO()
        whole.save(out)
        return out.getvalue()
    finally:
        whole.close()


def garbled(sheet: bytes) -> bytes:
    """A picture of the page under a text layer that says something else than it shows."""
    document = pypdfium2.PdfDocument(sheet)
    try:
        picture = document[0].render(scale=200 / 72).to_pil().convert("L")
    finally:
        document.close()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    text = canvas.beginText(60, 780)
    text.setTextRenderMode(3)
    for _ in range(40):
        text.textLine(GIBBERISH)
    canvas.drawText(text)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.save()
    return out.getvalue()
