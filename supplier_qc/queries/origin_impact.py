"""What other lists would change: items, lots, qualifications and the dossier rows they give."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.list_impact import AuthorityChange, Reassessment, cause_words
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.queries.origin import DOSSIER_AUTHORITIES, OriginItemRow, list_origin_items
from supplier_qc.queries.origin_facts import facts_of, lot_facts, stored_components, stored_of_lots

Changes = tuple[AuthorityChange, ...]


@dataclass(frozen=True, slots=True)
class AffectedLot:
    """`changes` are empty where the lot has no facts of its own: the item's hold for it."""

    lot_id: int
    manufacturer_lot: str
    disposition: Disposition
    changes: Changes


@dataclass(frozen=True, slots=True)
class AffectedUse:
    """A use that the item is proposed or qualified for; an approved one is a dossier row."""

    qualification_id: int
    use_scope: UseScope
    status: QualificationStatus

    @property
    def is_in_dossier(self) -> bool:
        return self.status in APPROVALS


@dataclass(frozen=True, slots=True)
class ItemImpact:
    """`changes` are those of the item itself; lots with facts of their own have theirs."""

    item: OriginItemRow
    changes: Changes
    lots: tuple[AffectedLot, ...]
    uses: tuple[AffectedUse, ...]

    @property
    def all_changes(self) -> Changes:
        return (*self.changes, *(change for lot in self.lots for change in lot.changes))

    @property
    def is_worse(self) -> bool:
        return any(change.is_worse for change in self.all_changes)

    @property
    def cause(self) -> str:
        return cause_words(self.all_changes)


@dataclass(frozen=True, slots=True)
class Impact:
    """The items whose conclusion would be another one, the worse first.

    `assessed_items` and `assessed_lots` say how many were looked at.
    """

    items: tuple[ItemImpact, ...]
    assessed_items: int
    assessed_lots: int


def impact(session: Session, before: ReferenceLists, after: ReferenceLists, today: date) -> Impact:
    """All items and lots by both lists, on the same facts; five SQL statements."""
    reassessment = Reassessment(DOSSIER_AUTHORITIES, before, after, today)
    facts = {key: facts_of(stored) for key, stored in stored_components(session).items()}
    own = {key: facts_of(stored) for key, stored in stored_of_lots(session).items()}
    lots, uses = lots_of(session), uses_of(session)
    items = list_origin_items(session)
    found = (
        _item_impact(item, facts.get(item.item_id, ()), lots, own, uses, reassessment)
        for item in items
    )
    affected = [one for one in found if one is not None]
    affected.sort(key=lambda one: (not one.is_worse, one.item.item_name, one.item.item_id))
    return Impact(tuple(affected), len(items), sum(map(len, lots.values())))


def _item_impact(
    item: OriginItemRow,
    facts: tuple[OriginComponent, ...],
    lots: Mapping[int, Sequence[AffectedLot]],
    own: Mapping[int, tuple[OriginComponent, ...]],
    uses: Mapping[int, Sequence[AffectedUse]],
    reassessment: Reassessment,
) -> ItemImpact | None:
    changes = reassessment.of(facts)
    affected = tuple(_affected_lots(lots.get(item.item_id, ()), facts, changes, own, reassessment))
    if not changes and not affected:
        return None
    return ItemImpact(item, changes, affected, tuple(uses.get(item.item_id, ())))


def _affected_lots(
    lots: Sequence[AffectedLot],
    facts: tuple[OriginComponent, ...],
    changes: Changes,
    own: Mapping[int, tuple[OriginComponent, ...]],
    reassessment: Reassessment,
) -> Iterator[AffectedLot]:
    """A lot without facts of its own is affected as its item is."""
    for lot in lots:
        if lot.lot_id not in own:
            if changes:
                yield lot
            continue
        own_changes = reassessment.of(lot_facts(facts, own[lot.lot_id]))
        if own_changes:
            yield replace(lot, changes=own_changes)


def lots_of(
    session: Session, item_ids: Collection[int] | None = None
) -> dict[int, list[AffectedLot]]:
    """The lots of the items, the latest first, or those of all items."""
    chosen = select(Lot.item_id, Lot.id, Lot.manufacturer_lot, Lot.disposition)
    if item_ids is not None:
        chosen = chosen.where(Lot.item_id.in_(item_ids))
    found: dict[int, list[AffectedLot]] = defaultdict(list)
    for item_id, number, lot, disposition in session.execute(chosen.order_by(Lot.id.desc())):
        found[item_id].append(AffectedLot(number, lot, disposition, ()))
    return found


def uses_of(
    session: Session, item_ids: Collection[int] | None = None
) -> dict[int, list[AffectedUse]]:
    """The qualifications of the items, or those of all items."""
    table = Qualification
    chosen = select(table.item_id, table.id, table.use_scope, table.status).order_by(table.id)
    if item_ids is not None:
        chosen = chosen.where(table.item_id.in_(item_ids))
    found: dict[int, list[AffectedUse]] = defaultdict(list)
    for item_id, number, use_scope, status in session.execute(chosen):
        found[item_id].append(AffectedUse(number, use_scope, status))
    return found
