"""Sheets by title and headings, rows with their errors, CSV files by evidence."""

import pytest

from supplier_qc.domain.imports.cells import Cell
from supplier_qc.domain.imports.delimited import read_delimited
from supplier_qc.domain.imports.rows import RawSheet, read_sheet, sheet_of
from supplier_qc.domain.imports.sheets import SHEETS, SheetKind
from supplier_qc.domain.refusals import Refused

VENDORS = SHEETS[SheetKind.VENDORS]
HEADINGS = ("Vendor code", "Name", "Roles")


def raw(
    *rows: tuple[str | int | None, ...],
    headings: tuple[str, ...] = HEADINGS,
    title: str = "Vendors",
) -> RawSheet:
    numbered = [
        (number, [Cell(cell, number_format="General") for cell in row])
        for number, row in enumerate(rows, start=2)
    ]
    return RawSheet(title, headings, numbered)


@pytest.mark.parametrize(
    ("title", "headings", "kind"),
    [
        ("VENDORS", ("anything",), SheetKind.VENDORS),
        ("export", ("vendor-code", "NAME", "roles", "note"), SheetKind.VENDORS),
        ("export", ("Item code", "Use", "Justification"), SheetKind.SOURCES),
        ("export", ("Item code", "Use", "Justification", "Colour"), None),
        ("export", ("Name", "Roles"), None),
        ("export", (), None),
    ],
)
def test_a_sheet_is_known_by_its_title_or_its_headings(
    title: str, headings: tuple[str, ...], kind: SheetKind | None
) -> None:
    found = sheet_of(RawSheet(title, headings, ()))
    assert (found.kind if found else None) is kind


@pytest.mark.parametrize("kind", SheetKind)
def test_the_headings_of_each_sheet_lead_to_that_sheet_alone(kind: SheetKind) -> None:
    headings = tuple(column.heading for column in SHEETS[kind].columns)
    found = sheet_of(RawSheet("export", headings, ()))
    assert found is SHEETS[kind]
    assert len(SHEETS[kind].by_heading()) == len(headings)


def test_every_error_is_named_by_row_and_column() -> None:
    read = read_sheet(
        raw(("V1", "Larkfen", "Manufacturer"), ("", None, "maker"), (None, None, None)), VENDORS
    )
    assert [row.number for row in read.rows] == [2]
    assert [(error.row, error.column) for error in read.errors] == [
        (3, "Vendor code"),
        (3, "Name"),
        (3, "Roles"),
    ]


def test_a_code_that_stands_twice_is_an_error_of_the_second_row() -> None:
    row = ("V1", "Larkfen", "Manufacturer")
    read = read_sheet(raw(row, ("v1", "Other", "Distributor")), VENDORS)
    assert [(error.row, error.reason) for error in read.errors] == [
        (3, "The same vendor code stands in row 2 already.")
    ]


def test_a_missing_column_is_an_error_and_an_unknown_one_a_note() -> None:
    read = read_sheet(raw(("V1", "x", "y"), headings=("Vendor code", "Name", "Colour")), VENDORS)
    assert [error.column for error in read.errors] == ["Roles"]
    assert read.rows == ()
    assert "“Colour” is not known" in read.notes[0]


LINES = "Vendor code{0}Name{0}Roles\r\n007{0}Biológica{0}manufacturer\r\n"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encoding_and_separator_are_found_with_evidence(separator: str, encoding: str) -> None:
    found = read_delimited(LINES.format(separator).encode(encoding), "export")
    read = read_sheet(found.sheet, VENDORS)
    assert read.errors == ()
    assert read.rows[0].values["own_number"] == "007"
    assert read.rows[0].values["name"] == "Biológica"
    assert len(found.evidence) == 2


def test_a_quoted_cell_may_hold_separators_and_lines() -> None:
    text = 'Vendor code;Name;Roles;Note\nV1;"Lark;fen";distributor;"one\ntwo"\nV2;B;distributor;\n'
    read = read_sheet(read_delimited(text.encode(), "x").sheet, VENDORS)
    assert read.rows[0].values["name"] == "Lark;fen"
    assert read.rows[0].values["note"] == "one\ntwo"
    assert [row.number for row in read.rows] == [2, 3]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "fit none of the sheets"),
        (b"a,b,c\n1,2,3\n", "fit none of the sheets"),
        (b"\xff\xfea", "breaks off"),
        (b"\x81\x8d\x8f", "neither UTF-8 nor Windows-1252"),
        (b'Vendor code;Name;Roles\nV1;"open;x\n', "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_decided_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_delimited(content, "export")
