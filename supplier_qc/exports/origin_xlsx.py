"""The tables of origin as one workbook, each material in a column as the EU forms have it."""

from collections.abc import Sequence

from supplier_qc.exports.dossier_table import DossierTable
from supplier_qc.exports.dossier_xlsx import about
from supplier_qc.exports.workbook import content_of, empty_book, set_width, text_sheet

_COLUMN_WIDTH = 36.0


def origin_xlsx(tables: Sequence[DossierTable]) -> bytes:
    """One sheet a table, named by its section, and one about the whole. Every cell is text.

    Questions stand in the first column and each listed part of a material in one of its own; a
    table with nothing in it says so.
    """
    first = tables[0]
    book = empty_book("Materials of animal and human origin", first.author, first.cut_off_at)
    for table in tables:
        sheet = book.create_sheet(table.section)
        questions = [column.heading for column in table.columns]
        if not table.rows:
            text_sheet(sheet, (questions[0],), [("Nothing to list in this table.",)])
            continue
        headings = (questions[0], *(row.cells[0] for row in table.rows))
        lines = [
            (question, *(row.cells[place] for row in table.rows))
            for place, question in enumerate(questions[1:], start=1)
        ]
        text_sheet(sheet, headings, lines)
        sheet.freeze_panes = "B2"
        for index in range(1, len(headings) + 1):
            set_width(sheet, index, _COLUMN_WIDTH)
    pairs = [(table.section, table.title) for table in tables]
    text_sheet(book.create_sheet("About"), ("What", "Value"), [*pairs, *about(first)[2:]])
    return content_of(book)
