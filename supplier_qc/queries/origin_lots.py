"""The origin of one lot: its item's facts, and what is otherwise for this lot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from supplier_qc.domain.origin.engine import assess_all
from supplier_qc.domain.origin.findings import OverallAssessment
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.vocabulary import Authority, Level
from supplier_qc.persistence.tables import Lot
from supplier_qc.queries.origin import (
    DOSSIER_AUTHORITIES,
    OriginItemRow,
    PartRow,
    get_origin_item,
    part_rows,
)
from supplier_qc.queries.origin_facts import (
    StoredComponent,
    facts_of,
    lot_facts,
    stored_components,
    stored_of_lots,
)
from supplier_qc.queries.reference_lists import reference_lists


@dataclass(frozen=True, slots=True)
class OriginFlag:
    """`is_own`: the lot has facts of its own, so the level is not simply that of its item."""

    level: Level
    blocks: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class LotPart:
    """A part of the material in this lot. `is_own`: recorded for this lot; else as the item has it.

    `replaces`: the item has a component of this name, which does not hold for this lot.
    """

    row: PartRow
    is_own: bool
    replaces: bool


@dataclass(frozen=True, slots=True)
class LotOrigin:
    """`overall` is by the facts of the lot, `of_item` by those of its item alone."""

    lot_id: int
    manufacturer_lot: str
    item: OriginItemRow
    parts: tuple[LotPart, ...]
    overall: OverallAssessment
    of_item: OverallAssessment

    @property
    def levels(self) -> Mapping[Authority, tuple[Level, Level]]:
        """For each authority, the level of the item and that of the lot."""
        own = {one.authority: one.level for one in self.overall.by_authority}
        return {one.authority: (one.level, own[one.authority]) for one in self.of_item.by_authority}


def get_lot_origin(
    session: Session, lot_id: int, lists: ReferenceLists, today: date
) -> LotOrigin | None:
    lot = session.get(Lot, lot_id)
    item = None if lot is None else get_origin_item(session, lot.item_id)
    if lot is None or item is None:
        return None
    of_item, own = _stored(session, lot_id, lot.item_id)
    facts = facts_of(of_item)
    return LotOrigin(
        lot_id=lot.id,
        manufacturer_lot=lot.manufacturer_lot,
        item=item,
        parts=tuple(_parts(of_item, own)),
        overall=assess_all(lot_facts(facts, facts_of(own)), DOSSIER_AUTHORITIES, lists, today),
        of_item=assess_all(facts, DOSSIER_AUTHORITIES, lists, today),
    )


def get_origin_flag(session: Session, lot_id: int, item_id: int, today: date) -> OriginFlag:
    """The worst conclusion on a lot over all target authorities, as other pages show it."""
    of_item, own = _stored(session, lot_id, item_id)
    facts = lot_facts(facts_of(of_item), facts_of(own))
    overall = assess_all(facts, DOSSIER_AUTHORITIES, reference_lists(session), today)
    return OriginFlag(overall.level, overall.blocks, is_own=bool(own))


def _stored(
    session: Session, lot_id: int, item_id: int
) -> tuple[tuple[StoredComponent, ...], tuple[StoredComponent, ...]]:
    of_item = stored_components(session, [item_id]).get(item_id, ())
    return of_item, stored_of_lots(session, [lot_id]).get(lot_id, ())


def _parts(of_item: tuple[StoredComponent, ...], own: tuple[StoredComponent, ...]) -> list[LotPart]:
    replaced = {component.facts.name for component in own}
    standing = {component.facts.name for component in of_item}
    as_item = [one for one in of_item if one.facts.name not in replaced]
    return [
        *(
            LotPart(row, is_own=True, replaces=one.facts.name in standing)
            for one in own
            for row in part_rows(one)
        ),
        *(LotPart(row, is_own=False, replaces=False) for one in as_item for row in part_rows(one)),
    ]
