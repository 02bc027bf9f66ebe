"""A dossier table as a spreadsheet: the table, its sources and what was exported."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from supplier_qc.exports.dossier_table import (
    SOURCE_HEADINGS,
    DossierTable,
    reference,
    source_lines,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TABLE_WIDTH = 260
"""Characters over all columns; a column gets its share."""


def dossier_xlsx(table: DossierTable) -> bytes:
    """The workbook's bytes. Every cell is text, so that nothing is taken for a formula or a date
    and a lot number keeps its leading zeros.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    _table_sheet(book.create_sheet("Table"), table)
    _sheet(book.create_sheet("Sources"), SOURCE_HEADINGS, source_lines(table))
    _sheet(book.create_sheet("About"), ("What", "Value"), _about(table))
    book.properties.title = f"{table.section} {table.title}"
    book.properties.creator = table.author
    book.properties.created = book.properties.modified = table.cut_off_at.replace(tzinfo=None)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _table_sheet(sheet: "Worksheet", table: DossierTable) -> None:
    headings = (*(column.heading for column in table.columns), "Sources")
    rows = [
        (*row.cells, reference(numbers))
        for row, numbers in zip(table.rows, table.source_numbers(), strict=True)
    ]
    _sheet(sheet, headings, rows)
    total = sum(column.share for column in table.columns)
    for index, column in enumerate(table.columns, start=1):
        _width(sheet, index, max(10, column.share / total * _TABLE_WIDTH))


def _about(table: DossierTable) -> list[tuple[str, str]]:
    return [
        ("Section", table.section),
        ("Title", table.title),
        ("Status", table.status),
        ("Data cut-off (UTC)", table.cut_off_at.strftime("%Y-%m-%d %H:%M")),
        ("Exported by", table.author),
        *table.facts,
        *(("Remark", remark) for remark in table.remarks),
    ]


def _sheet(sheet: "Worksheet", headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.worksheet.properties import PageSetupProperties

    line = Side(style="thin", color="999999")
    wrapped = Alignment(wrap_text=True, vertical="top")
    for row_number, row in enumerate([headings, *rows], start=1):
        for column_number, text in enumerate(row, start=1):
            cell = sheet.cell(row_number, column_number)
            cell.value = _printable(text)
            cell.data_type = "s"
            cell.alignment = wrapped
            cell.border = Border(bottom=line)
            if row_number == 1:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="E8ECEF")
    for index, heading in enumerate(headings, start=1):
        longest = max([len(heading), *(len(row[index - 1]) for row in rows)])
        _width(sheet, index, min(60, longest + 2))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _width(sheet: "Worksheet", index: int, characters: float) -> None:
    from openpyxl.utils import get_column_letter

    sheet.column_dimensions[get_column_letter(index)].width = characters


def _printable(text: str) -> str:
    """The text without control characters, which a workbook cannot hold."""
    return "".join(sign for sign in text if sign.isprintable() or sign == "\n")
