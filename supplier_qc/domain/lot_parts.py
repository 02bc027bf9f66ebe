"""One file with several lots: which rows belong to which lot, and whether a split is whole."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from supplier_qc.domain.item_matching import bare_number

LONGEST_LOT = 80
FEWEST, MOST = 2, 30


@dataclass(frozen=True, slots=True)
class LotPart:
    """A lot as printed, and the numbers of the rows that are its results."""

    lot: str
    row_ids: frozenset[int]


def proposed_parts(
    lots_seen: Sequence[str], lot_of_row: Mapping[int, str | None]
) -> tuple[LotPart, ...]:
    """The lots a file names, in the order of the page, each with the rows that it says are its.

    A row for which the document names no lot is in none: a person says where it belongs.
    """
    lots: dict[str, str] = {}
    for lot in (*lots_seen, *lot_of_row.values()):
        if lot and bare_number(lot):
            lots.setdefault(bare_number(lot), " ".join(lot.split())[:LONGEST_LOT])
    return tuple(
        LotPart(
            lot, frozenset(row for row, named in lot_of_row.items() if bare_number(named) == key)
        )
        for key, lot in lots.items()
    )


def is_of_another_lot(page: int | None, own: Collection[int], others: Collection[int]) -> bool:
    """Whether a date on this page is that of another lot: rows of others stand there, own do not.

    `own` and `others` are pages with rows. A page without rows, such as a cover, may be for all.
    """
    return page in others and page not in own


def split_problems(
    parts: Sequence[LotPart], rows: Mapping[int, str], rejected: Collection[int] = ()
) -> tuple[str, ...]:
    """Every reason against a split; `rows` are all row numbers of the file with their names."""
    return tuple(_problems(parts, rows, rejected))


def _problems(
    parts: Sequence[LotPart], rows: Mapping[int, str], rejected: Collection[int]
) -> Iterator[str]:
    if not FEWEST <= len(parts) <= MOST:
        yield f"A file is split into {FEWEST} to {MOST} lots."
    counted = Counter(bare_number(part.lot) for part in parts)
    for part in parts:
        if not bare_number(part.lot):
            yield "A part needs the number of its lot."
        if len(part.lot) > LONGEST_LOT:
            yield f"A lot number has at most {LONGEST_LOT} characters."
        if bare_number(part.lot) and not part.row_ids:
            yield f"Lot {part.lot} has no row; tick its results."
        if part.row_ids - rows.keys():
            yield f"Lot {part.lot} names rows that are not in this file; reload the page."
    for key, times in counted.items():
        if key and times > 1:
            yield f"Lot {next(p.lot for p in parts if bare_number(p.lot) == key)} stands twice."
    yield from _left_out(parts, rows, rejected)


def _left_out(
    parts: Sequence[LotPart], rows: Mapping[int, str], rejected: Collection[int]
) -> Iterator[str]:
    taken = frozenset().union(*(part.row_ids for part in parts))
    left = [name for number, name in rows.items() if number not in taken and number not in rejected]
    if left:
        named = ", ".join(name or "a row without a name" for name in left)
        yield f"In no lot: {named}. Tick a lot for each, or reject the row first."
