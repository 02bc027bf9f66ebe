"""The approved supplier list as a workbook and as CSV, every cell a text."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from supplier_qc.exports.workbook import content_of, empty_book, text_sheet

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def supplier_list_xlsx(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    about: Sequence[tuple[str, str]],
    *,
    author: str,
    made_at: datetime,
) -> bytes:
    """One sheet with the list and one that says as of when it is."""
    book = empty_book("Approved supplier list", author, made_at)
    text_sheet(book.create_sheet("Approved suppliers"), headings, rows)
    text_sheet(book.create_sheet("About"), ("What", "Value"), about)
    return content_of(book)


def supplier_list_csv(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark; what a spreadsheet would run as a formula gets an apostrophe
    before it (OWASP, CSV injection).
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
