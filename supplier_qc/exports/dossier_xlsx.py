"""A dossier table as a spreadsheet: the table, its sources and what was exported."""

from typing import TYPE_CHECKING

from supplier_qc.exports.dossier_table import (
    SOURCE_HEADINGS,
    DossierTable,
    reference,
    source_lines,
)
from supplier_qc.exports.workbook import content_of, empty_book, set_width, text_sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TABLE_WIDTH = 260
"""Characters over all columns; a column gets its share."""


def dossier_xlsx(table: DossierTable) -> bytes:
    """The workbook's bytes; every cell is text."""
    book = empty_book(f"{table.section} {table.title}", table.author, table.cut_off_at)
    _table_sheet(book.create_sheet("Table"), table)
    text_sheet(book.create_sheet("Sources"), SOURCE_HEADINGS, source_lines(table))
    text_sheet(book.create_sheet("About"), ("What", "Value"), about(table))
    return content_of(book)


def _table_sheet(sheet: "Worksheet", table: DossierTable) -> None:
    headings = (*(column.heading for column in table.columns), "Sources")
    rows = [
        (*row.cells, reference(numbers))
        for row, numbers in zip(table.rows, table.source_numbers(), strict=True)
    ]
    text_sheet(sheet, headings, rows)
    total = sum(column.share for column in table.columns)
    for index, column in enumerate(table.columns, start=1):
        set_width(sheet, index, max(10, column.share / total * _TABLE_WIDTH))


def about(table: DossierTable) -> list[tuple[str, str]]:
    """Pairs of what and value: where the table belongs, when it was made, and by whom."""
    return [
        ("Section", table.section),
        ("Title", table.title),
        ("Status", table.status),
        ("Data cut-off (UTC)", table.cut_off_at.strftime("%Y-%m-%d %H:%M")),
        ("Exported by", table.author),
        *table.facts,
        *(("Remark", remark) for remark in table.remarks),
    ]
