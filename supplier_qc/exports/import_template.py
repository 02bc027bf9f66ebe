"""The workbook that an import is filled in: one sheet a kind, every cell set to text."""

from datetime import datetime

from supplier_qc.domain.countries import COUNTRIES
from supplier_qc.domain.currencies import CURRENCIES
from supplier_qc.domain.imports.sheets import SHEETS, CellKind, Column, choice_words
from supplier_qc.exports.workbook import content_of, empty_book, set_width, text_sheet

_TEXT_ROWS = 200
"""Empty rows that are set to text, so that typed codes keep their zeros."""

_KIND_WORDS = {
    CellKind.TEXT: "text on one line",
    CellKind.CODE: "a code, set to text",
    CellKind.LONG_TEXT: "text",
    CellKind.CHOICE: "one of the valid values",
    CellKind.CHOICES: "valid values with semicolons between them",
    CellKind.YES_NO: "yes or no",
    CellKind.COUNTRY: "a country of ISO 3166",
    CellKind.CURRENCY: "a currency of ISO 4217",
    CellKind.DATE: "a date as 2027-03-31",
    CellKind.WHOLE_NUMBER: "a whole number",
    CellKind.DECIMAL: "a number with a point",
    CellKind.REFERENCE: "a code of that sheet, or of a record on file",
}


def import_template(*, made_at: datetime) -> bytes:
    """XLSX with the sheets to fill in, the valid values, and how each column is read."""
    book = empty_book("Import template", "Supplier QC", made_at)
    for sheet in SHEETS.values():
        page = book.create_sheet(sheet.title)
        text_sheet(page, [column.heading for column in sheet.columns], [])
        for index, column in enumerate(sheet.columns, start=1):
            set_width(page, index, max(14, len(column.heading) + 2))
            for row in range(2, _TEXT_ROWS + 2):
                page.cell(row, index).number_format = "@"
    text_sheet(book.create_sheet("Valid values"), ["Sheet", "Column", "Value"], _values())
    text_sheet(
        book.create_sheet("How to fill in"),
        ["Sheet", "Column", "Needed", "What stands in it"],
        _columns(),
    )
    return content_of(book)


def _values() -> list[list[str]]:
    rows = [
        [sheet.title, column.heading, choice_words(member)]
        for sheet in SHEETS.values()
        for column in sheet.columns
        for member in column.choices or ()
    ]
    rows += [["Sites", "Country", f"{code} ({name})"] for code, name in COUNTRIES.items()]
    return rows + [["Distributor numbers", "Currency", code] for code in sorted(CURRENCIES)]


def _columns() -> list[list[str]]:
    rules = [
        ["All", "", "", "A row whose code is on file changes that record; others add one."],
        ["All", "", "", "Rows that are not in the file are left as they are."],
        ["All", "", "", "A blank cell leaves what is on file."],
        ["Sources", "", "", "A source is proposed; a QA approver decides on it."],
    ]
    return rules + [
        [sheet.title, column.heading, "yes" if column.is_required else "", _reading(column)]
        for sheet in SHEETS.values()
        for column in sheet.columns
    ]


def _reading(column: Column) -> str:
    words = _KIND_WORDS[column.kind]
    if column.refers_to is not None:
        return f"{words}: {SHEETS[column.refers_to].title}"
    return words
