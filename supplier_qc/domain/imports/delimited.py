"""A CSV file: its encoding and its separator, decided with evidence and said aloud."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from supplier_qc.domain.imports.cells import Cell
from supplier_qc.domain.imports.rows import RawSheet, sheet_of
from supplier_qc.domain.refusals import Refused

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class Delimited:
    sheet: RawSheet
    evidence: tuple[str, ...]


def read_delimited(content: bytes, title: str) -> Delimited:
    """The rows of a CSV file; Refused with what was tried where it cannot be decided."""
    text, encoding = _decoded(content)
    fitting = [one for one in _SEPARATORS if sheet_of(_headings(text, one)) is not None]
    if len(fitting) != 1:
        raise Refused(
            "The headings of the first row fit none of the sheets, with comma, semicolon, tab or "
            "bar between them. Take them from the template."
        )
    named = _SEPARATORS[fitting[0]]
    return Delimited(
        _sheet(text, fitting[0], title),
        (encoding, f"The {named} parts the headings into columns that are known."),
    )


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, codec in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(codec), f"The file states its encoding: {codec[:6].upper()}."
            except UnicodeDecodeError as wrong:
                raise Refused(f"The file begins as {codec[:6]} and breaks off it.") from wrong
    try:
        return content.decode("utf-8"), "Every byte reads as UTF-8."
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), (
            "Not UTF-8; every byte reads as Windows-1252, which spreadsheets write. Look at names "
            "with accents before you import."
        )
    except UnicodeDecodeError as wrong:
        raise Refused("The file is neither UTF-8 nor Windows-1252. Save it as UTF-8.") from wrong


def _headings(text: str, separator: str) -> RawSheet:
    """Without its title: the headings alone have to show what parts them."""
    first = next(csv.reader(StringIO(text, newline=""), delimiter=separator), [])
    return RawSheet("", tuple(cell.strip() for cell in first), ())


def _sheet(text: str, separator: str, title: str) -> RawSheet:
    lines = list(_lines(text, separator))
    headings = tuple(cell.strip() for cell in lines[0][1])
    rows = [(number, [Cell(cell) for cell in cells]) for number, cells in lines[1:]]
    return RawSheet(title, headings, rows)


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered as a spreadsheet that opens the file numbers its rows."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as wrong:
        raise Refused(f"Line {reader.line_num} cannot be read: {wrong}.") from wrong
