"""Lot numbers that are nearly another one: misread, mistyped, or cut short."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from supplier_qc.domain.item_matching import bare_number

SHORTEST_CUT = 4
"""Shorter numbers begin others by chance (C)."""

LONGEST_REST = 3
"""Signs that a suffix or prefix may have; more is another number (C)."""

_ALIKE = str.maketrans({"o": "0", "q": "0", "i": "1", "l": "1", "s": "5", "b": "8", "z": "2"})


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A lot on file whose number is nearly the printed one, and what sets them apart."""

    lot: str
    why: str


def near_misses(printed: str | None, on_file: Iterable[str]) -> tuple[NearMiss, ...]:
    """The lots on file that the printed number may be meant for; none where one is the same.

    Case, spaces and dashes set nothing apart. Numbers that follow one another (0917, 0918) are no
    near miss: they are what a manufacturer's next lot looks like.
    """
    wanted = bare_number(printed)
    known = list(dict.fromkeys(on_file))
    if not wanted or any(bare_number(lot) == wanted for lot in known):
        return ()
    return tuple(_found(wanted, known))


def _found(wanted: str, known: Iterable[str]) -> Iterator[NearMiss]:
    for lot in known:
        why = _apart(wanted, bare_number(lot))
        if why:
            yield NearMiss(lot, why)


def _apart(one: str, other: str) -> str:
    """What alone sets two different bare numbers apart; blank when it is more than that."""
    if not other:
        return ""
    if one.translate(_ALIKE) == other.translate(_ALIKE):
        return "signs that look alike (O and 0, I or l and 1, S and 5, B and 8, Z and 2)"
    if one.lstrip("0") == other.lstrip("0"):
        return "leading zeros"
    if _swapped(one, other):
        return "two signs in the other order"
    return _cut(one, other)


def _swapped(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) != 2 or places[1] != places[0] + 1:  # noqa: PLR2004 -- a pair
        return False
    first, second = places
    return (one[first], one[second]) == (other[second], other[first])


def _cut(one: str, other: str) -> str:
    short, long = sorted((one, other), key=len)
    rest = len(long) - len(short)
    if len(short) < SHORTEST_CUT or not 0 < rest <= LONGEST_REST:
        return ""
    if long.startswith(short):
        return f"the ending “{long[-rest:].upper()}”"
    return f"the beginning “{long[:rest].upper()}”" if long.endswith(short) else ""
