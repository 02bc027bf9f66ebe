"""What an edition would change, or did change when it came into force, item by item."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.origin.list_impact import AuthorityChange
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.origin.vocabulary import Authority, Level, severity
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.persistence.tables.reference import (
    ListEdition,
    OriginReassessment,
    RequalificationCause,
)
from supplier_qc.queries.origin_impact import AffectedLot, AffectedUse, Impact, lots_of, uses_of


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One conclusion before and after; `lot` is None for the item itself.

    `rules` are `AuthorityChange.said()`.
    """

    lot: str | None
    authority: Authority
    level_before: Level
    level_after: Level
    blocks_before: bool
    blocks_after: bool
    rules: Sequence[Mapping[str, Any]]

    @property
    def is_worse(self) -> bool:
        rises = severity(self.level_after) > severity(self.level_before)
        return rises or (self.blocks_after and not self.blocks_before)


@dataclass(frozen=True, slots=True)
class ItemEffect:
    item_id: int
    item_name: str
    catalogue_number: str
    changes: tuple[ChangeRow, ...]
    lots: tuple[AffectedLot, ...]
    uses: tuple[AffectedUse, ...]

    @property
    def is_worse(self) -> bool:
        return any(change.is_worse for change in self.changes)

    @property
    def dispositions(self) -> Mapping[Disposition, int]:
        return Counter(lot.disposition for lot in self.lots)


@dataclass(frozen=True, slots=True)
class Effects:
    """The items whose conclusion is another one, the worse first."""

    items: tuple[ItemEffect, ...]

    @property
    def worse(self) -> int:
        return sum(item.is_worse for item in self.items)

    @property
    def lots(self) -> int:
        return sum(len(item.lots) for item in self.items)

    @property
    def dossier_rows(self) -> int:
        return sum(use.is_in_dossier for item in self.items for use in item.uses)

    @property
    def requalifications(self) -> int:
        """Approved uses of items whose conclusion gets worse."""
        worse = (item for item in self.items if item.is_worse)
        return sum(use.is_in_dossier for item in worse for use in item.uses)


@dataclass(frozen=True, slots=True)
class CauseRow:
    """Why an approved source is looked at again; `closed_on` is None until it is decided on."""

    id: int
    qualification_id: int
    item_id: int
    item_name: str
    use_scope: UseScope
    edition_id: int
    kind: ReferenceListKind
    cause: str
    opened_on: date
    closed_on: date | None


def planned_effects(found: Impact) -> Effects:
    """Of an edition that is only proposed."""
    return _effects(
        ItemEffect(
            item_id=one.item.item_id,
            item_name=one.item.item_name,
            catalogue_number=one.item.catalogue_number,
            changes=(
                *(_planned(None, change) for change in one.changes),
                *(_planned(lot.manufacturer_lot, c) for lot in one.lots for c in lot.changes),
            ),
            lots=one.lots,
            uses=one.uses,
        )
        for one in found.items
    )


def kept_effects(session: Session, edition_id: int) -> Effects:
    """What was kept when the edition came into force, with the lots and uses of today."""
    items: dict[int, tuple[str, str]] = {}
    changes: dict[int, list[ChangeRow]] = defaultdict(list)
    own_lots: dict[int, set[int]] = defaultdict(set)
    for record, name, catalogue, lot in _kept(session, edition_id):
        items[record.item_id] = (name, catalogue)
        changes[record.item_id].append(_kept_change(record, lot))
        if record.lot_id is not None:
            own_lots[record.item_id].add(record.lot_id)
    lots, uses = lots_of(session, items), uses_of(session, items)
    return _effects(
        ItemEffect(
            item_id=number,
            item_name=name,
            catalogue_number=catalogue,
            changes=tuple(changes[number]),
            lots=tuple(
                lot
                for lot in lots.get(number, ())
                if lot.lot_id in own_lots[number] or any(c.lot is None for c in changes[number])
            ),
            uses=tuple(uses.get(number, ())),
        )
        for number, (name, catalogue) in items.items()
    )


def list_causes(
    session: Session, *, edition_id: int | None = None, item_id: int | None = None
) -> list[CauseRow]:
    """Requalifications for cause, the open ones first; of one edition or one item when named."""
    table, item = RequalificationCause, ManufacturerItem
    chosen = (
        select(table, Qualification.use_scope, item.id, item.name, ListEdition.id, ListEdition.kind)
        .join(Qualification, Qualification.id == table.qualification_id)
        .join(item, item.id == Qualification.item_id)
        .join(ListEdition, ListEdition.id == table.edition_id)
        .order_by(table.closed_on.is_not(None), table.opened_on, table.id)
    )
    if edition_id is not None:
        chosen = chosen.where(table.edition_id == edition_id)
    if item_id is not None:
        chosen = chosen.where(item.id == item_id)
    return [
        CauseRow(record.id, record.qualification_id, number, name, use_scope, edition,
                 kind, record.cause, record.opened_on, record.closed_on)
        for record, use_scope, number, name, edition, kind in session.execute(chosen)
    ]  # fmt: skip


# --- parts ---------------------------------------------------------------------------------------


def _effects(items: Iterable[ItemEffect]) -> Effects:
    ordered = sorted(items, key=lambda one: (not one.is_worse, one.item_name, one.item_id))
    return Effects(tuple(ordered))


def _planned(lot: str | None, change: AuthorityChange) -> ChangeRow:
    before, after = change.before, change.after
    return ChangeRow(
        lot, change.authority, before.level, after.level, before.blocks, after.blocks,
        change.said(),
    )  # fmt: skip


def _kept(
    session: Session, edition_id: int
) -> list[tuple[OriginReassessment, str, str, str | None]]:
    table, item = OriginReassessment, ManufacturerItem
    found = session.execute(
        select(table, item.name, item.catalogue_number, Lot.manufacturer_lot)
        .join(item, item.id == table.item_id)
        .outerjoin(Lot, Lot.id == table.lot_id)
        .where(table.edition_id == edition_id)
        .order_by(table.item_id, table.lot_id.is_not(None), table.lot_id, table.id)
    )
    return [(record, name, catalogue, lot) for record, name, catalogue, lot in found]


def _kept_change(record: OriginReassessment, lot: str | None) -> ChangeRow:
    return ChangeRow(
        lot, record.authority, record.level_before, record.level_after, record.blocks_before,
        record.blocks_after, record.rules,
    )  # fmt: skip
