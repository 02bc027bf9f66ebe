"""Sheets of plain text: nothing is taken for a formula, a number or a date."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def empty_book(title: str, author: str, made_at: datetime) -> "Workbook":
    """A workbook without a sheet; the same content gives the same times inside."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = title
    book.properties.creator = author
    book.properties.created = book.properties.modified = made_at.replace(tzinfo=None)
    return book


def content_of(book: "Workbook") -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def text_sheet(sheet: "Worksheet", headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Every cell as text, so that a lot number keeps its leading zeros."""
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
        set_width(sheet, index, min(60, longest + 2))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def set_width(sheet: "Worksheet", index: int, characters: float) -> None:
    from openpyxl.utils import get_column_letter

    sheet.column_dimensions[get_column_letter(index)].width = characters


def _printable(text: str) -> str:
    """The text without control characters, which a workbook cannot hold."""
    return "".join(sign for sign in text if sign.isprintable() or sign == "\n")
