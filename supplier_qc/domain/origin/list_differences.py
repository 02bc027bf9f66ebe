"""What a new edition of a list adds, removes and changes, row by row."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import zip_longest

from supplier_qc.domain.origin.reference import DatedRow
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """Two rows about the same thing; `columns` are those whose values differ."""

    before: DatedRow
    after: DatedRow

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(
            field.name
            for field in fields(self.before)
            if getattr(self.before, field.name) != getattr(self.after, field.name)
        )


@dataclass(frozen=True, slots=True)
class ListDifferences:
    added: tuple[DatedRow, ...] = ()
    removed: tuple[DatedRow, ...] = ()
    changed: tuple[ChangedRow, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def words(self) -> str:
        """As in `2 rows added, 1 removed, 3 changed`."""
        added = "1 row" if len(self.added) == 1 else f"{len(self.added)} rows"
        return f"{added} added, {len(self.removed)} removed, {len(self.changed)} changed"


def list_differences(
    kind: ReferenceListKind, before: Sequence[DatedRow], after: Sequence[DatedRow]
) -> ListDifferences:
    """Equal rows aside, rows about the same thing are paired; what finds no pair is new or gone.

    Where several rows are about the same thing, those that begin on the same day are paired
    first, then the rest by their days.
    """
    old, new = _grouped(kind, before, after), _grouped(kind, after, before)
    added: list[DatedRow] = []
    removed: list[DatedRow] = []
    changed: list[ChangedRow] = []
    for name in sorted(old.keys() | new.keys()):
        pairs = _pairs(old.get(name, []), new.get(name, []))
        for one, other in pairs:
            if one is None and other is not None:
                added.append(other)
            elif one is not None and other is None:
                removed.append(one)
            elif one is not None and other is not None:
                changed.append(ChangedRow(one, other))
    return ListDifferences(tuple(added), tuple(removed), tuple(changed))


def _grouped(
    kind: ReferenceListKind, rows: Iterable[DatedRow], others: Iterable[DatedRow]
) -> dict[tuple[str, ...], list[DatedRow]]:
    """The rows that the others do not have, by what they are about."""
    spare = Counter(others)
    groups: dict[tuple[str, ...], list[DatedRow]] = defaultdict(list)
    for row in rows:
        if spare[row] > 0:
            spare[row] -= 1
            continue
        groups[tuple(str(getattr(row, name)) for name in kind.names)].append(row)
    return {name: sorted(group, key=_order) for name, group in groups.items()}


def _pairs(
    old: Sequence[DatedRow], new: Sequence[DatedRow]
) -> list[tuple[DatedRow | None, DatedRow | None]]:
    pairs: list[tuple[DatedRow | None, DatedRow | None]] = []
    left, right = list(old), list(new)
    for one in old:
        other = next((row for row in right if row.valid_from == one.valid_from), None)
        if other is not None:
            pairs.append((one, other))
            left.remove(one)
            right.remove(other)
    return [*pairs, *zip_longest(left, right)]


def _order(row: DatedRow) -> tuple[date, str]:
    return (row.valid_from or date.min, repr(row))
