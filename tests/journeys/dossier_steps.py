"""The table of section 3.2.S.2.3 as files, and the audit trail behind it."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl

from tests.journeys.person import Album, Person


def download_the_table(cyd: Person, form: str, folder: Path) -> Path:
    with cyd.page.expect_download() as arriving:
        cyd.press(f"Download {form}")
    path = folder / arriving.value.suggested_filename
    arriving.value.save_as(path)
    return path


def the_document_holds_the_row(path: Path) -> None:
    table, sources = docx.Document(str(path)).tables[-2:]
    row = [cell.text for cell in table.rows[1].cells]
    assert "00410-500" in row
    assert any(cell.startswith("Lot PL-4131") for cell in row)
    printed = [[cell.text for cell in line.cells] for line in sources.rows]
    the_source_names_the_place(printed)


def the_workbook_holds_the_row(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert "00410-500" in [cell.value for cell in book["Table"][2]]
    the_source_names_the_place([list(line) for line in book["Sources"].values])


def the_source_names_the_place(lines: Sequence[Sequence[object]]) -> None:
    """File, SHA-256, page and box of the certificate, in one line."""
    (line,) = (line for line in lines if "larkfen-PL-4131.pdf" in line)
    text = " | ".join(map(str, line))
    assert re.search(r"page 1, \d+–\d+ × \d+–\d+ pt", text), text
    assert re.search(r"\b[0-9a-f]{64}\b", text), text


def look_at_the_document(path: Path, album: Album, folder: Path) -> None:
    """As a word processor shows it, where one is installed."""
    if not (shutil.which("soffice") and shutil.which("pdftoppm")):
        return
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*convert, str(path)], check=True, capture_output=True, timeout=120)
    pages = folder / "page"
    draw = ["pdftoppm", "-r", "80", "-png", str(path.with_suffix(".pdf")), str(pages)]
    subprocess.run(draw, check=True, capture_output=True, timeout=60)
    drawn = sorted(folder.glob("page-*.png"))
    assert drawn
    for page in drawn:
        album.take(page, "the document")


def read_the_audit_trail(eve: Person) -> None:
    eve.go_to("Audit trail")
    eve.sees("Bea Approver", "Ben Reviewer", "Ana Procurement", "Cyd Writer")
    eve.keeps_a_picture("reads the audit trail")
    eve.follow("Check the chain")
    eve.sees("The chain is whole")
    eve.keeps_a_picture("checks the chain")
