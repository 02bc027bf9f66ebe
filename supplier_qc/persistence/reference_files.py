"""The regulatory lists as shipped: CSV files in `reference_data`, one per kind of row.

The first columns are those of the row; document to remark follow in every file. An empty cell is
None. The files hold the state that the product was built with; what a site loads, changes and
verifies lives in its database.
"""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path

from supplier_qc.domain.countries import COUNTRIES
from supplier_qc.domain.origin.conditions import parse
from supplier_qc.domain.origin.reference import DatedRow, ReferenceLists
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.origin.vocabulary import (
    Agent,
    Authority,
    BseStatus,
    DerivativeClass,
    InfectivityCategory,
    ListAuthority,
    Mark,
    Species,
    Tissue,
)
from supplier_qc.domain.refusals import Refused

SHIPPED = Path(__file__).parent / "reference_data"

Convert = Callable[[str], object]


class ReferenceFileUnreadable(Refused):
    """Files of reference rows cannot be read; every file, line and column is named."""


def read_reference_lists(folder: Path = SHIPPED) -> ReferenceLists:
    """All lists of a folder; raises ReferenceFileUnreadable."""
    problems: list[str] = []
    lists = ReferenceLists()
    for kind in ReferenceListKind:
        path = folder / f"{kind.value}.csv"
        try:
            content = path.read_bytes()
        except OSError as reason:
            problems.append(f"{path.name}: cannot be read ({reason}).")
            continue
        rows = _read_content(kind, content, path.name, problems)
        lists = kind.put_into(lists, rows)
    ReferenceFileUnreadable.unless_empty(problems)
    return lists


def shipped_content(kind: ReferenceListKind) -> bytes:
    return (SHIPPED / f"{kind.value}.csv").read_bytes()


def read_reference_file(kind: ReferenceListKind, content: bytes) -> tuple[DatedRow, ...]:
    """The rows of one file, UTF-8 with or without a byte order mark.

    Raises ReferenceFileUnreadable with every problem by line; a file without rows is one.
    """
    problems: list[str] = []
    rows = _read_content(kind, content, None, problems)
    if not rows and not problems:
        problems.append("The file holds no row beneath its columns.")
    ReferenceFileUnreadable.unless_empty(problems)
    return rows


def row_of_cells(kind: ReferenceListKind, cells: Mapping[str, str]) -> DatedRow:
    """The row that was stored as these cells; raises ReferenceFileUnreadable."""
    problems: list[str] = []
    row = _row(kind, cells, "A stored row", problems)
    if row is None:
        raise ReferenceFileUnreadable(*problems)
    return row


def columns_of(kind: ReferenceListKind) -> tuple[str, ...]:
    """The columns of the kind's file, in their order."""
    return (*_COLUMNS[kind], *_DATED)


def _read_content(
    kind: ReferenceListKind, content: bytes, name: str | None, problems: list[str]
) -> tuple[DatedRow, ...]:
    """The rows that can be read; what cannot is added to the problems.

    `name` is that of one file among several.
    """
    file = name or "The file"
    rows: list[DatedRow] = []
    lines: dict[DatedRow, int] = {}
    try:
        # A spreadsheet puts a byte order mark before the first column.
        text = content.decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        if reader.fieldnames != list(columns_of(kind)):
            problems.append(f"{file}: the columns are not {', '.join(columns_of(kind))}.")
            return ()
        for cells in reader:
            place = f"{name} line {reader.line_num}" if name else f"Line {reader.line_num}"
            row = _row(kind, cells, place, problems)
            if row is None:
                continue
            if row in lines:
                problems.append(f"{place}: repeats line {lines[row]}.")
            lines.setdefault(row, reader.line_num)
            rows.append(row)
    except (UnicodeDecodeError, csv.Error) as reason:
        problems.append(f"{file}: cannot be read ({reason}).")
    return tuple(rows)


def _row(
    kind: ReferenceListKind,
    cells: Mapping[str, object],
    place: str,
    problems: list[str],
) -> DatedRow | None:
    columns = {**_COLUMNS[kind], **_DATED}
    # DictReader puts surplus cells under None and fills missing ones with None.
    if set(cells) != set(columns) or None in cells.values():
        problems.append(f"{place}: the number of cells is not {len(columns)}.")
        return None
    values: dict[str, object] = {}
    before = len(problems)
    for name, convert in columns.items():
        try:
            values[name] = convert(_cell(cells[name]))
        except Refused as refused:
            problems += [f"{place}, {name}: {reason}" for reason in refused.reasons]
        except ValueError as reason:
            problems.append(f"{place}, {name}: {reason}.")
    problems += _order_problems(values, place)
    build: Callable[..., DatedRow] = kind.row
    return None if len(problems) > before else build(**values)


def _cell(cell: object) -> str:
    text = str(cell).strip()
    if not text.isprintable():
        raise ValueError("holds a character that cannot be stored or seen")
    return text


def _order_problems(values: Mapping[str, object], place: str) -> list[str]:
    begin, end = values.get("valid_from"), values.get("valid_to")
    if isinstance(begin, date) and isinstance(end, date) and end <= begin:
        return [f"{place}: valid_to is not after valid_from."]
    return []


def _text(cell: str) -> str:
    if not cell:
        raise ValueError("is empty")
    return cell


def _optional_text(cell: str) -> str | None:
    return cell or None


def _one_of(kind: type[StrEnum]) -> Convert:
    def convert(cell: str) -> StrEnum:
        if cell not in set(kind):
            raise ValueError(f"“{cell}” is not one of {', '.join(kind)}")
        return kind(cell)

    return convert


def _optional(kind: type[StrEnum]) -> Convert:
    needed = _one_of(kind)

    def convert(cell: str) -> object:
        return needed(cell) if cell else None

    return convert


def _optional_day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        raise ValueError(f"“{cell}” is not a date such as 2026-03-31") from None


def _country(cell: str) -> str:
    if len(cell) != len("XX") or not (cell.isascii() and cell.isupper()):
        raise ValueError(f"“{cell}” is not a country code of two capital letters (ISO 3166-1)")
    if cell not in COUNTRIES:
        raise ValueError(f"“{cell}” is not a country of ISO 3166-1")
    return cell


def _flag(cell: str) -> bool:
    if cell not in {"true", "false"}:
        raise ValueError(f"“{cell}” is neither true nor false")
    return cell == "true"


def _positive(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError(f"“{cell}” is not a whole number")
    if int(cell) < 1:
        raise ValueError(f"{cell} is not positive")
    return int(cell)


def _conditions(cell: str) -> str:
    """The text as it stands, once it is sure that the rules can read it."""
    parse(cell)
    return cell


_DATED: dict[str, Convert] = {
    "document": _text,
    "clause": _optional_text,
    "edition": _text,
    "valid_from": _optional_day,
    "valid_to": _optional_day,
    "mark": _one_of(Mark),
    "source": _text,
    "remark": _optional_text,
}

_COLUMNS: dict[ReferenceListKind, dict[str, Convert]] = {
    ReferenceListKind.COUNTRY_STATUS: {
        "authority": _one_of(ListAuthority),
        "country": _country,
        "zone": _optional_text,
        "status": _one_of(BseStatus),
    },
    ReferenceListKind.COUNTRY_LIST: {"authority": _one_of(ListAuthority)},
    ReferenceListKind.TARGET_LIST: {
        "authority": _one_of(Authority),
        "list_authority": _one_of(ListAuthority),
    },
    ReferenceListKind.SPECIES_SCOPE: {"species": _one_of(Species), "is_tse_relevant": _flag},
    ReferenceListKind.TISSUE_CATEGORY: {
        "tissue": _one_of(Tissue),
        "species": _optional(Species),
        "category": _one_of(InfectivityCategory),
    },
    ReferenceListKind.DERIVATIVE_RULE: {
        "derivative": _one_of(DerivativeClass),
        "conditions": _conditions,
    },
    ReferenceListKind.AGENT_EXPECTATION: {
        "rule_id": _text,
        "species": _optional(Species),
        "derivative": _optional(DerivativeClass),
        "except_derivative": _optional(DerivativeClass),
        "agent": _one_of(Agent),
    },
    ReferenceListKind.STATEMENT_POLICY: {"kind": _text, "maximum_age_months": _positive},
    ReferenceListKind.RULE_BASIS: {"rule_id": _text},
}
"""The columns of each kind before those of every dated row."""
