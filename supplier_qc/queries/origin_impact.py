"""What other lists would change: items, lots, qualifications and the dossier rows they give."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.list_impact import AuthorityChange, Reassessment, cause_words
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.vocabulary import Level, worst
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
    def worst_level(self) -> Level:
        """The most severe level by the lists after the change."""
        return worst([change.after.level for change in self.all_changes])

    @property
    def cause(self) -> str:
        return cause_words(self.all_changes)

    @property
    def dispositions(self) -> Mapping[Disposition, int]:
        return Counter(lot.disposition for lot in self.lots)


@dataclass(frozen=True, slots=True)
class Impact:
    """The items whose conclusion would be another one, the worse first.

    `assessed_items` and `assessed_lots` say how many were looked at.
    """

    items: tuple[ItemImpact, ...]
    assessed_items: int
    assessed_lots: int

    @property
    def worse(self) -> tuple[ItemImpact, ...]:
        return tuple(item for item in self.items if item.is_worse)

    @property
    def number_of_lots(self) -> int:
        return sum(len(item.lots) for item in self.items)

    @property
    def number_of_dossier_rows(self) -> int:
        return sum(use.is_in_dossier for item in self.items for use in item.uses)

    @property
    def requalifications(self) -> int:
        """Approved uses of items whose conclusion gets worse."""
        return sum(use.is_in_dossier for item in self.worse for use in item.uses)


@dataclass(frozen=True, slots=True)
class _LotRow:
    id: int
    item_id: int
    manufacturer_lot: str
    disposition: Disposition


def impact(session: Session, before: ReferenceLists, after: ReferenceLists, today: date) -> Impact:
    """All items and lots by both lists, on the same facts; five SQL statements."""
    reassessment = Reassessment(DOSSIER_AUTHORITIES, before, after, today)
    facts = {key: facts_of(stored) for key, stored in stored_components(session).items()}
    own = {key: facts_of(stored) for key, stored in stored_of_lots(session).items()}
    lots, uses = _lots(session), _uses(session)
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
    lots: Mapping[int, Sequence[_LotRow]],
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
    lots: Sequence[_LotRow],
    facts: tuple[OriginComponent, ...],
    changes: Changes,
    own: Mapping[int, tuple[OriginComponent, ...]],
    reassessment: Reassessment,
) -> Iterator[AffectedLot]:
    """A lot without facts of its own is affected as its item is."""
    for lot in lots:
        own_changes = reassessment.of(lot_facts(facts, own[lot.id])) if lot.id in own else ()
        if own_changes or (changes and lot.id not in own):
            yield AffectedLot(lot.id, lot.manufacturer_lot, lot.disposition, own_changes)


def _lots(session: Session) -> dict[int, list[_LotRow]]:
    found: dict[int, list[_LotRow]] = defaultdict(list)
    rows = session.execute(
        select(Lot.id, Lot.item_id, Lot.manufacturer_lot, Lot.disposition).order_by(Lot.id.desc())
    )
    for row in rows:
        found[row.item_id].append(_LotRow(*row))
    return found


def _uses(session: Session) -> dict[int, list[AffectedUse]]:
    found: dict[int, list[AffectedUse]] = defaultdict(list)
    rows = session.execute(
        select(
            Qualification.item_id, Qualification.id, Qualification.use_scope, Qualification.status
        ).order_by(Qualification.id)
    )
    for item_id, number, use_scope, status in rows:
        found[item_id].append(AffectedUse(number, use_scope, status))
    return found
