"""One cell: what stands in it, as text, and the value that a column makes of it.

A spreadsheet rewrites what it takes for a number: leading zeros go, long numbers turn into
1.2E+05. A number in a column of text is taken only where what was typed can still be told.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from supplier_qc.domain.countries import COUNTRIES
from supplier_qc.domain.currencies import CURRENCIES
from supplier_qc.domain.entered_text import one_line, paragraphs
from supplier_qc.domain.imports.sheets import CellKind, Column, choice_words
from supplier_qc.domain.search import search_key

Raw = str | int | float | bool | date | datetime | None
Value = str | int | bool | date | Decimal | StrEnum | frozenset[StrEnum] | None
"""What a record keeps; a reference is the code it names."""

_MOST_DIGITS = 15
"""A spreadsheet keeps no more digits of a number."""

_REWRITTEN = re.compile(r"^[0-9](?:[.,][0-9]+)?E[+-]?[0-9]+$", re.IGNORECASE)
_ISO = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})


@dataclass(frozen=True, slots=True)
class Cell:
    """`number_format` is the spreadsheet's, such as "00000"; None in a CSV file."""

    raw: Raw
    is_formula: bool = False
    number_format: str | None = None

    @property
    def is_blank(self) -> bool:
        return self.raw is None or (isinstance(self.raw, str) and not self.raw.strip())


class CellRefused(Exception):
    """The cell cannot be read; the message is a sentence for the user."""


def value_of(column: Column, cell: Cell) -> Value:
    """The value; None for a blank cell. Raises CellRefused."""
    if cell.is_formula:
        raise CellRefused(
            "holds a formula. Copy the cell and paste it as a value, so that it is certain what is "
            "imported."
        )
    if cell.is_blank:
        if column.is_required:
            raise CellRefused("is empty; it is needed.")
        return None
    return _READERS[column.kind](column, cell)


def _text(column: Column, cell: Cell) -> str:
    return _of_length(column, one_line(_as_text(cell)))


def _long_text(column: Column, cell: Cell) -> str:
    return _of_length(column, paragraphs(_as_text(cell)))


def _code(column: Column, cell: Cell) -> str:
    text = _of_length(column, one_line(_as_text(cell)))
    if _REWRITTEN.match(text):
        raise CellRefused(
            f"reads {text}: a spreadsheet has rewritten a long number or a code with an E. Set the "
            "column to text and type it again."
        )
    if text.startswith("="):
        raise CellRefused(f"reads {text}: that is a formula. Set the column to text.")
    return text


def _of_length(column: Column, text: str) -> str:
    if len(text) > column.longest:
        raise CellRefused(f"has {len(text)} characters; at most {column.longest} are kept.")
    return text


def _as_text(cell: Cell) -> str:
    raw = cell.raw
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise CellRefused(
            "holds a date or a truth value where text is expected. Set the column to text and type "
            "it again."
        )
    return _number_as_text(raw, cell.number_format)


def _number_as_text(number: float, number_format: str | None) -> str:
    """A whole number as it is shown; anything else may have been rewritten."""
    shown_as = number_format or "General"
    if number == int(number) and 0 <= number < 10**_MOST_DIGITS:
        if re.fullmatch(r"0+", shown_as):
            return str(int(number)).zfill(len(shown_as))
        if shown_as == "General":
            return str(int(number))
    raise CellRefused(
        f"holds the number {number:g}, shown as {shown_as}: what was typed cannot be told from it. "
        "Set the column to text and type it again."
    )


def _choice(column: Column, cell: Cell) -> StrEnum:
    return _member(column, _as_text(cell))


def _choices(column: Column, cell: Cell) -> frozenset[StrEnum]:
    parts = [part for part in re.split(r"[;\n]", _as_text(cell)) if part.strip()]
    return frozenset(_member(column, part) for part in parts)


def _member(column: Column, text: str) -> StrEnum:
    members = list(column.choices or ())
    for member in members:
        if search_key(text) in {search_key(member.value), search_key(choice_words(member))}:
            return member
    named = ", ".join(choice_words(member) for member in members)
    raise CellRefused(f"reads “{one_line(text)[:60]}”, which is none of: {named}.")


def _yes_no(_column: Column, cell: Cell) -> bool:
    if isinstance(cell.raw, bool):
        return cell.raw
    key = search_key(str(cell.raw))
    if key in _YES | _NO:
        return key in _YES
    raise CellRefused(f"reads “{one_line(str(cell.raw))[:60]}”; write yes or no.")


def _country(_column: Column, cell: Cell) -> str:
    text = one_line(_as_text(cell))
    if text.upper() in COUNTRIES:
        return text.upper()
    for code, name in COUNTRIES.items():
        if search_key(name) == search_key(text):
            return code
    raise CellRefused(f"reads “{text[:60]}”, which is no country of ISO 3166, such as DE.")


def _currency(_column: Column, cell: Cell) -> str:
    text = one_line(_as_text(cell)).upper()
    if text not in CURRENCIES:
        raise CellRefused(f"reads “{text[:20]}”, which is no currency of ISO 4217, such as EUR.")
    return text


def _date(_column: Column, cell: Cell) -> date:
    raw = cell.raw
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = one_line(str(raw))
    if _ISO.match(text):
        try:
            return date.fromisoformat(text)
        except ValueError as wrong:
            raise CellRefused(f"reads {text}, which is no day of the calendar.") from wrong
    raise CellRefused(f"reads “{text[:40]}”. Write the date as 2027-03-31.")


def _whole_number(_column: Column, cell: Cell) -> int:
    number = _decimal(_column, cell)
    if number != number.to_integral_value() or abs(number) >= 10**9:
        raise CellRefused(f"reads {number:f}; a whole number is expected.")
    return int(number)


def _decimal(_column: Column, cell: Cell) -> Decimal:
    raw = cell.raw
    if isinstance(raw, bool | date):
        raise CellRefused("holds no number.")
    text = one_line(repr(raw) if isinstance(raw, float) else str(raw))
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= Decimal(10) ** _MOST_DIGITS:
        raise CellRefused(f"reads “{text[:40]}”. Write a number with a point, as in 0.5.")
    return number


_READERS: dict[CellKind, Callable[[Column, Cell], Value]] = {
    CellKind.TEXT: _text,
    CellKind.CODE: _code,
    CellKind.REFERENCE: _code,
    CellKind.LONG_TEXT: _long_text,
    CellKind.CHOICE: _choice,
    CellKind.CHOICES: _choices,
    CellKind.YES_NO: _yes_no,
    CellKind.COUNTRY: _country,
    CellKind.CURRENCY: _currency,
    CellKind.DATE: _date,
    CellKind.WHOLE_NUMBER: _whole_number,
    CellKind.DECIMAL: _decimal,
}
