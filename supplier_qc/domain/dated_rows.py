"""Rows of a policy or a list that hold for a time and are superseded, never edited."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar


class DatedRow:
    """In force from `valid_from` until the day before `valid_to` (None: still in force)."""

    __slots__ = ()

    valid_from: date
    valid_to: date | None

    def is_in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


_Row = TypeVar("_Row", bound=DatedRow)


def newest(rows: Iterable[_Row]) -> list[_Row]:
    """Those that began last; more than one where several began on that day."""
    found = list(rows)
    latest = max((row.valid_from for row in found), default=None)
    return [row for row in found if row.valid_from == latest]
