"""Workbooks as a company would fill them in, small and large."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from supplier_qc.domain.imports.sheets import SHEETS, SheetKind

Row = Mapping[str, Any]

VENDOR = {"Vendor code": "V-001", "Name": "Larkfen Haematics Ltd", "Roles": "Manufacturer"}
SITE = {
    "Site code": "S-001",
    "Vendor code": "V-001",
    "Name": "Marsh",
    "Address": "1 Mill Lane",
    "Country": "GB",
}
MATERIAL = {
    "Material code": "00042",
    "Name": "Platelet lysate",
    "Category": "Ancillary",
    "Risk class": "Critical",
    "Function": "Growth supplement",
    "Stage of use": "Expansion",
}
ITEM = {
    "Item code": "I-001",
    "Material code": "00042",
    "Site code": "S-001",
    "Catalogue number": "00410-500",
    "Name": "Lysate PL-100",
    "Grade": "GMP, for further manufacture",
}
NUMBER = {
    "Distributor number": "0099",
    "Vendor code": "V-001",
    "Item code": "I-001",
    "Pack holds": 500,
    "Unit": "mL",
    "Price": "240.50",
    "Currency": "EUR",
    "Price as of": "2026-11-01",
}
SOURCE = {"Item code": "I-001", "Use": "Phase 1/2", "Justification": "Three lots are in order."}
PAPER = {
    "Evidence code": "E-001",
    "Vendor code": "V-001",
    "Item code": "I-001",
    "Kind": "Certificate",
    "Title": "ISO 9001",
    "Reference": "0007",
    "Issued on": "2025-01-01",
    "Expires on": "2028-01-01",
}

WHOLE: Mapping[SheetKind, Sequence[Row]] = {
    SheetKind.VENDORS: [VENDOR],
    SheetKind.SITES: [SITE],
    SheetKind.MATERIALS: [MATERIAL],
    SheetKind.ITEMS: [ITEM],
    SheetKind.DISTRIBUTOR_NUMBERS: [NUMBER],
    SheetKind.SOURCES: [SOURCE],
    SheetKind.EVIDENCE: [PAPER],
}
"""One row of each sheet, each naming the rows before it."""


def workbook(sheets: Mapping[SheetKind, Sequence[Row]]) -> bytes:
    """With the headings of the template; a row names the cells that it fills."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for kind, rows in sheets.items():
        sheet = SHEETS[kind]
        page = book.create_sheet(sheet.title)
        headings = [column.heading for column in sheet.columns]
        page.append(headings)
        for row in rows:
            assert set(row) <= set(headings), row
            page.append([row.get(heading) for heading in headings])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def large(items: int, papers: int) -> bytes:
    """100 vendors with a site each, 50 materials, and as many items and papers as wanted."""
    return workbook(
        {
            SheetKind.VENDORS: [
                VENDOR | {"Vendor code": f"V-{n:03d}", "Name": f"Vendor {n:03d}"}
                for n in range(100)
            ],
            SheetKind.SITES: [
                SITE | {"Site code": f"S-{n:03d}", "Vendor code": f"V-{n:03d}"} for n in range(100)
            ],
            SheetKind.MATERIALS: [
                MATERIAL | {"Material code": f"M-{n:03d}", "Name": f"Material {n:03d}"}
                for n in range(50)
            ],
            SheetKind.ITEMS: [
                ITEM
                | {"Item code": f"I-{n:05d}", "Material code": f"M-{n % 50:03d}"}
                | {"Site code": f"S-{n % 100:03d}", "Catalogue number": f"{n:07d}"}
                | {"Name": f"Item {n:05d}"}
                for n in range(items)
            ],
            SheetKind.EVIDENCE: [
                PAPER
                | {"Evidence code": f"E-{n:06d}", "Vendor code": f"V-{n % 100:03d}"}
                | {"Item code": None, "Title": f"Paper {n:06d}", "Reference": f"R-{n:06d}"}
                for n in range(papers)
            ],
        }
    )
