"""Specification lines pasted from a sheet or a document, one a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from supplier_qc.domain.entered_text import one_line
from supplier_qc.domain.measurement.notation import decide_notation, readings
from supplier_qc.domain.specification.limits import as_line, read_limit
from supplier_qc.domain.specification.lines import NUMERIC, LimitLine
from supplier_qc.domain.specification.operator import Operator

COLUMNS = ("Attribute", "Limit", "Unit", "Method", "LOD", "LOQ", "Identity test")
"""The columns of a row in their order; only the first two have to be there."""


@dataclass(frozen=True, slots=True)
class PastedLines:
    """The lines read, and a sentence for each row that was not; take all or none."""

    lines: tuple[LimitLine, ...]
    problems: tuple[str, ...]


def read_pasted_lines(text: str) -> PastedLines:
    """Read rows whose cells are divided by tabs, or by semicolons where a row has no tab.

    The decimal sign is decided from all rows together. Several allowed texts stand in the limit
    cell, divided by "|".
    """
    rows = [(number, _cells(row)) for number, row in enumerate(text.splitlines(), 1) if row.strip()]
    decimal_comma = decide_notation(cell for _, cells in rows for cell in cells[1:]).decimal_comma
    lines: list[LimitLine] = []
    problems: list[str] = []
    for number, cells in rows:
        try:
            lines.append(_line(cells, decimal_comma=decimal_comma))
        except _NotRead as reason:
            problems.append(f"Row {number}: {reason}")
    return PastedLines(tuple(lines), tuple(problems))


class _NotRead(Exception):
    """The row is no line; the message says why."""


def _cells(row: str) -> list[str]:
    return [one_line(cell) for cell in row.split("\t" if "\t" in row else ";")]


def _line(cells: Sequence[str], *, decimal_comma: bool | None) -> LimitLine:
    if len(cells) < 2:  # noqa: PLR2004 -- attribute and limit
        raise _NotRead("attribute and limit are divided by a tab or a semicolon.")
    if len(cells) > len(COLUMNS):
        raise _NotRead(f"it has {len(cells)} cells; the columns are {', '.join(COLUMNS)}.")
    attribute, printed, unit, method, lod, loq, identity = [*cells, *[""] * 5][: len(COLUMNS)]
    limit = read_limit(printed, decimal_comma=decimal_comma, unit=unit or None)
    line = as_line(limit, attribute)
    if line is None:
        raise _NotRead(f"“{printed}” is no limit. {limit.note}".strip())
    if line.operator is Operator.EQUALS_TEXT and _is_comparator(printed):
        raise _NotRead(f"the limit “{printed}” has no number; write both in one cell.")
    return LimitLine(
        attribute,
        line.operator,
        line.low,
        line.high,
        line.unit or (unit or None),
        _texts(line, printed),
        method or None,
        _number(lod, "LOD", decimal_comma=decimal_comma),
        _number(loq, "LOQ", decimal_comma=decimal_comma),
        _identity(identity),
    )


def _is_comparator(printed: str) -> bool:
    """“At least” with its number in the next cell is no text to find on a certificate."""
    return read_limit(f"{printed} 1").operator in NUMERIC


def _texts(line: LimitLine, printed: str) -> tuple[str, ...]:
    if line.operator is not Operator.EQUALS_TEXT:
        return ()
    return tuple(text for text in map(one_line, printed.split("|")) if text)


def _number(cell: str, name: str, *, decimal_comma: bool | None) -> Decimal | None:
    if not cell:
        return None
    value = readings(cell).settled(decimal_comma=decimal_comma)
    if value is None:
        raise _NotRead(f"{name} “{cell}” is no number that can be read in one way.")
    return value


def _identity(cell: str) -> bool:
    answer = cell.casefold()
    if answer in ("", "no", "n"):
        return False
    if answer in ("yes", "y", "x"):
        return True
    raise _NotRead(f"identity test is yes or no, not “{cell}”.")
