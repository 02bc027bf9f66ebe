"""Dossier tables as files: what was put in can be read back out, by their own programs too."""

import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from supplier_qc.exports.dossier_docx import dossier_docx
from supplier_qc.exports.dossier_table import Column, DossierTable, Source, TableRow, reference
from supplier_qc.exports.dossier_xlsx import dossier_xlsx

CUT_OFF = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def source(supports: str = "Origin") -> Source:
    return Source(
        supports=supports,
        record="Certificate 7",
        document="Lysate_00412.pdf",
        place="page 1, box 72–310 × 144–158 pt",
        checksum="a" * 64,
        dated="2026-10-02",
    )


def table(*rows: TableRow) -> DossierTable:
    return DossierTable(
        section="3.2.S.2.3",
        title="Control of materials",
        status="Draft, not a signed snapshot",
        facts=(("Authority", "EU"),),
        columns=(Column("Material", 2), Column("Catalogue no.", 1)),
        rows=rows,
        remarks=("BSE status rows of mark V2 are secondary.",),
        cut_off_at=CUT_OFF,
        author="Cyd Writer",
    )


ROWS = (
    TableRow(("Platelet lysate", "00412"), (source(), source("Specification"))),
    TableRow(("=1+1", "HYPERLINK"), ()),
    TableRow(("Foetal bovine serum <b>", "F-7 & co"), (source(),)),
)


def test_the_workbook_holds_each_cell_as_text() -> None:
    book = openpyxl.load_workbook(BytesIO(dossier_xlsx(table(*ROWS))))
    cells = [[cell.value for cell in row] for row in book["Table"].iter_rows()]
    assert cells == [
        ["Material", "Catalogue no.", "Sources"],
        ["Platelet lysate", "00412", "[1–2]"],
        ["=1+1", "HYPERLINK", "none"],
        ["Foetal bovine serum <b>", "F-7 & co", "[3]"],
    ]
    assert {cell.data_type for row in book["Table"].iter_rows() for cell in row} == {"s"}


def test_each_source_names_its_row_document_place_and_checksum() -> None:
    book = openpyxl.load_workbook(BytesIO(dossier_xlsx(table(*ROWS))))
    lines = [[cell.value for cell in row] for row in book["Sources"].iter_rows(min_row=2)]
    assert [line[:2] for line in lines] == [["1", "1"], ["2", "1"], ["3", "3"]]
    assert lines[0][4:7] == ["Lysate_00412.pdf", "page 1, box 72–310 × 144–158 pt", "a" * 64]


def test_the_word_table_repeats_its_heading_and_keeps_the_rows() -> None:
    document = docx.Document(BytesIO(dossier_docx(table(*ROWS))))
    first = document.tables[0]
    assert [cell.text for cell in first.rows[0].cells] == ["Material", "Catalogue no.", "Sources"]
    assert [row.cells[0].text for row in first.rows[1:]] == [row.cells[0] for row in ROWS]
    assert "tblHeader" in first.rows[0]._tr.xml
    assert document.core_properties.title == "3.2.S.2.3 Control of materials"


def test_a_checksum_and_a_file_name_are_copied_as_they_are() -> None:
    """Signs that let a line break there would go with them into a search or a comparison."""
    sources = docx.Document(BytesIO(dossier_docx(table(*ROWS)))).tables[-1]
    cells = [cell.text for cell in sources.rows[1].cells]
    assert "a" * 64 in cells
    assert "Lysate_00412.pdf" in cells


def test_only_long_words_joined_by_a_slash_may_part() -> None:
    cells = ("born/reared/slaughtered", "0.5 EU/mL, phase 1/2")
    document = docx.Document(BytesIO(dossier_docx(table(TableRow(cells, ())))))
    printed = [cell.text for cell in document.tables[0].rows[1].cells]
    assert printed[:2] == ["born/\u200breared/\u200bslaughtered", "0.5 EU/mL, phase 1/2"]


def test_an_empty_table_says_so() -> None:
    document = docx.Document(BytesIO(dossier_docx(table())))
    assert "No material is in scope of this table." in [p.text for p in document.paragraphs]


def test_the_same_table_gives_the_same_workbook_text() -> None:
    one, two = (openpyxl.load_workbook(BytesIO(dossier_xlsx(table(*ROWS)))) for _ in range(2))
    for name in one.sheetnames:
        assert list(one[name].values) == list(two[name].values)


@pytest.mark.parametrize(("numbers", "text"), [((), "none"), ((4,), "[4]"), ((4, 5, 6), "[4–6]")])
def test_source_numbers_read_as_a_reference(numbers: tuple[int, ...], text: str) -> None:
    assert reference(numbers) == text


@pytest.mark.skipif(not shutil.which("soffice"), reason="libreoffice-writer is not installed")
def test_a_word_processor_opens_the_document(tmp_path: Path) -> None:
    path = tmp_path / "table.docx"
    path.write_bytes(dossier_docx(table(*ROWS)))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", home, "--headless", "--convert-to", "txt:Text", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(path)], check=True, capture_output=True)
    text = (tmp_path / "table.txt").read_text(encoding="utf-8-sig")
    assert "Control of materials" in text
    assert "Foetal bovine serum <b>" in text
