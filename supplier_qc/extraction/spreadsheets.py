"""Sheets of a workbook or a CSV file as raw cells; formulas are seen as formulas."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 -- the class is named in lower case there

from supplier_qc.domain.imports.cells import Cell
from supplier_qc.domain.imports.delimited import read_delimited
from supplier_qc.domain.imports.rows import RawSheet
from supplier_qc.domain.refusals import Refused

MOST_BYTES = 20 * 2**20
MOST_UNPACKED_BYTES = 400 * 2**20
MOST_ROWS = 60_000
"""Rows of all sheets together."""
MOST_COLUMNS = 60

_DAMAGED = (
    BadZipFile,  # a part whose checksum does not fit
    EOFError,
    IndexError,
    KeyError,
    OSError,  # openpyxl raises it where no part is a workbook
    RuntimeError,  # a part with a password, or packed in a way that zipfile does not know
    SyntaxError,  # XML that is none
    TypeError,
    ValueError,
    ZlibError,
)
"""What zipfile, zlib and openpyxl raise for a file that is damaged or no workbook."""

_ZIP = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def read_spreadsheets(content: bytes, filename: str) -> tuple[list[RawSheet], tuple[str, ...]]:
    """The sheets, and by what evidence a CSV file was read. Raises Refused with what to do."""
    if not content:
        raise Refused("The file is empty.")
    if len(content) > MOST_BYTES:
        raise Refused(f"The file has more than {MOST_BYTES // 2**20} MB; split it.")
    if content.startswith(_OLD_WORKBOOK):
        raise Refused("This is an old .xls file, or one with a password. Save it as .xlsx.")
    if content.startswith(_ZIP):
        return _workbook(content), ()
    found = read_delimited(content, PurePosixPath(filename).stem)
    _check_size(found.sheet)
    return [found.sheet], found.evidence


def _check_size(sheet: RawSheet) -> None:
    if len(sheet.rows) > MOST_ROWS:
        raise Refused(f"The file has more than {MOST_ROWS:,} rows; split it.")


def _workbook(content: bytes) -> list[RawSheet]:
    _refuse_what_unpacks_too_large(content)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = list(_sheets(book.worksheets))
        book.close()
    except (InvalidFileException, *_DAMAGED) as wrong:
        raise Refused(
            "The file is no workbook that can be read. Save it as .xlsx again."
        ) from wrong
    return sheets


def _refuse_what_unpacks_too_large(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except _DAMAGED as wrong:
        raise Refused("The file is damaged; save it again.") from wrong
    if unpacked > MOST_UNPACKED_BYTES:
        raise Refused(f"Unpacked the file has more than {MOST_UNPACKED_BYTES // 2**20} MB.")


def _sheets(worksheets: Iterable[Any]) -> Iterator[RawSheet]:
    left = MOST_ROWS + 1
    for worksheet in worksheets:
        if not hasattr(worksheet, "iter_rows"):
            continue  # a sheet that is a chart
        rows = list(_rows(worksheet, left))
        left -= len(rows)
        if left <= 0:
            raise Refused(f"The file has more than {MOST_ROWS:,} rows; split it.")
        headings = tuple(str(cell.raw or "").strip() for cell in rows[0][1]) if rows else ()
        yield RawSheet(worksheet.title, headings, rows[1:])


def _rows(worksheet: Any, most: int) -> Iterator[tuple[int, list[Cell]]]:
    """Up to `most` rows that hold something, numbered as the spreadsheet numbers them."""
    worksheet.reset_dimensions()  # some programs write dimensions that cut rows off
    found = 0
    for number, cells in enumerate(worksheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        row = [_cell(cell) for cell in cells]
        if number > 1 and all(cell.is_blank for cell in row):
            continue
        found += 1
        if found > most:
            return
        yield number, row


def _cell(cell: Any) -> Cell:
    raw = cell.value
    if raw is None:
        return _BLANK
    is_formula = cell.data_type == "f"
    if isinstance(raw, str) and not is_formula:
        return Cell(raw)
    return Cell(raw if not is_formula else str(raw), is_formula, cell.number_format)


_BLANK = Cell(None)
