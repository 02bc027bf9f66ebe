"""From the cells of a sheet to rows of values, with every error by sheet, row and column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from supplier_qc.domain.imports.cells import Cell, CellRefused, Value, value_of
from supplier_qc.domain.imports.sheets import SHEETS, Column, Sheet, SheetKind
from supplier_qc.domain.search import search_key


@dataclass(frozen=True, slots=True)
class RawSheet:
    """`rows` are numbered as the spreadsheet numbers them, the headings' row included."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class RowError:
    """`row` is the spreadsheet's number; `column` its heading, empty for the whole row."""

    sheet: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """`values` holds a field for every cell that is not blank."""

    number: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """`notes` say what was left unread, such as a column that no sheet knows."""

    sheet: Sheet
    rows: tuple[ReadRow, ...]
    errors: tuple[RowError, ...]
    notes: tuple[str, ...]


def sheet_of(raw: RawSheet) -> Sheet | None:
    """By its title, or by its headings where the title says nothing, as in a CSV file."""
    for sheet in SHEETS.values():
        if search_key(raw.title) == search_key(sheet.title):
            return sheet
    given = {search_key(heading) for heading in raw.headings if heading}
    fitting = [sheet for sheet in SHEETS.values() if _required(sheet) <= given]
    best = max(fitting, key=lambda sheet: len(given & set(sheet.by_heading())), default=None)
    return best if best is not None and given <= set(best.by_heading()) else None


def read_sheet(raw: RawSheet, sheet: Sheet) -> ReadSheet:
    places, notes = _places(raw, sheet)
    missing = [
        RowError(raw.title, 1, column.heading, "The column is missing.")
        for column in sheet.columns
        if column.is_required and column not in places.values()
    ]
    if missing:
        return ReadSheet(sheet, (), tuple(missing), tuple(notes))
    rows: list[ReadRow] = []
    errors: list[RowError] = []
    for number, cells in raw.rows:
        if all(cell.is_blank for cell in cells):
            continue
        values, wrong = _read_row(raw.title, number, cells, places)
        errors += wrong
        if not wrong:
            rows.append(ReadRow(number, values))
    errors += _repeated(raw.title, sheet, rows)
    return ReadSheet(sheet, tuple(rows), tuple(errors), tuple(notes))


def key_of(sheet: Sheet, values: Mapping[str, Value]) -> tuple[str, ...]:
    """What tells one row of a sheet from another, compared as numbers are searched."""
    return tuple(str(values.get(field, "")).casefold() for field in sheet.key)


def _required(sheet: Sheet) -> set[str]:
    return {search_key(column.heading) for column in sheet.columns if column.is_required}


def _places(raw: RawSheet, sheet: Sheet) -> tuple[dict[int, Column], list[str]]:
    known, notes = sheet.by_heading(), []
    places: dict[int, Column] = {}
    for place, heading in enumerate(raw.headings):
        column = known.get(search_key(heading))
        if column is not None and column not in places.values():
            places[place] = column
        elif heading.strip():
            notes.append(f"{raw.title}: the column “{heading}” is not known and was not read.")
    return places, notes


def _read_row(
    title: str, number: int, cells: Sequence[Cell], places: Mapping[int, Column]
) -> tuple[dict[str, Value], list[RowError]]:
    values: dict[str, Value] = {}
    errors: list[RowError] = []
    for place, column in places.items():
        cell = cells[place] if place < len(cells) else Cell(None)
        try:
            value = value_of(column, cell)
        except CellRefused as refused:
            reason = f"{column.heading} {refused}"
            errors.append(RowError(title, number, column.heading, reason))
            continue
        if value is not None:
            values[column.field] = value
    return values, errors


def _repeated(title: str, sheet: Sheet, rows: Iterable[ReadRow]) -> Iterator[RowError]:
    first: dict[tuple[str, ...], int] = {}
    headings = " and ".join(sheet.column(field).heading for field in sheet.key)
    for row in rows:
        key = key_of(sheet, row.values)
        if key in first:
            reason = f"The same {headings.lower()} stands in row {first[key]} already."
            yield RowError(title, row.number, sheet.column(sheet.key[0]).heading, reason)
        first.setdefault(key, row.number)


def ordered(sheets: Iterable[ReadSheet]) -> list[ReadSheet]:
    """In the order in which they are carried out."""
    place = {kind: number for number, kind in enumerate(SheetKind)}
    return sorted(sheets, key=lambda read: place[read.sheet.kind])
