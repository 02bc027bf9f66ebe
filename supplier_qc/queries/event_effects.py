"""Who is hit by what a supplier did or tells, or by the end of a source: lots, batches, exports."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import UseScope, label
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.persistence.tables import (
    DossierExport,
    Lot,
    ManufacturerItem,
    Material,
    Qualification,
)
from supplier_qc.queries.product_batches import BatchRow, batches_with_lots


@dataclass(frozen=True, slots=True)
class HitSource:
    item_id: int
    item_name: str
    catalogue_number: str
    material: str
    qualification_id: int | None
    use_scope: UseScope | None
    status: QualificationStatus | None

    @property
    def use(self) -> str:
        return label(self.use_scope) if self.use_scope else "not proposed for a use"

    @property
    def is_in_dossier(self) -> bool:
        return self.status in APPROVALS


@dataclass(frozen=True, slots=True)
class HitLot:
    """`is_named`: the lot itself is meant, not its item alone."""

    lot_id: int
    manufacturer_lot: str
    item_name: str
    disposition: Disposition
    manufactured_on: date | None
    expires_on: date | None
    is_named: bool


@dataclass(frozen=True, slots=True)
class HitExport:
    """A table that was written out for a use of one of the sources; it may name them."""

    filename: str
    section: str
    cut_off_at: datetime


@dataclass(frozen=True, slots=True)
class EventEffects:
    sources: tuple[HitSource, ...]
    lots: tuple[HitLot, ...]
    exports: tuple[HitExport, ...]
    batches: tuple[BatchRow, ...]


def effects_on(
    session: Session,
    item_ids: Sequence[int],
    lot_ids: Sequence[int] = (),
    uses: Collection[UseScope] | None = None,
) -> EventEffects:
    """Items with all their lots and single lots beside them; six SQL statements or more.

    Exports are those for the `uses`, None: for each use that an item concerned is approved for.
    """
    lots = list(_hit_lots(session, item_ids, lot_ids))
    concerned = {*item_ids, *_items_of_lots(session, lot_ids)}
    sources = tuple(_hit_sources(session, sorted(concerned)))
    batches = batches_with_lots(session, [lot.lot_id for lot in lots])
    if uses is None:
        uses = {one.use_scope for one in sources if one.use_scope and one.is_in_dossier}
    exports = tuple(_hit_exports(session, uses))
    return EventEffects(sources, tuple(lots), exports, tuple(batches))


def _items_of_lots(session: Session, lot_ids: Sequence[int]) -> list[int]:
    return list(session.scalars(select(Lot.item_id).where(Lot.id.in_(lot_ids)).distinct()))


def _hit_lots(
    session: Session, item_ids: Sequence[int], lot_ids: Sequence[int]
) -> Iterator[HitLot]:
    found = session.execute(
        select(Lot, ManufacturerItem.name)
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .where(or_(Lot.item_id.in_(item_ids), Lot.id.in_(lot_ids)))
        .order_by(Lot.disposition, Lot.id.desc())
    )
    for lot, name in found:
        yield HitLot(
            lot.id,
            lot.manufacturer_lot,
            name,
            lot.disposition,
            lot.manufactured_on,
            lot.expires_on,
            is_named=lot.id in lot_ids,
        )


def _hit_sources(session: Session, item_ids: Sequence[int]) -> Iterator[HitSource]:
    found = session.execute(
        select(
            ManufacturerItem.id,
            ManufacturerItem.name,
            ManufacturerItem.catalogue_number,
            Material.name,
            Qualification.id,
            Qualification.use_scope,
            Qualification.status,
        )
        .join(Material, Material.id == ManufacturerItem.material_id)
        .outerjoin(Qualification, Qualification.item_id == ManufacturerItem.id)
        .where(ManufacturerItem.id.in_(item_ids))
        .order_by(ManufacturerItem.name, Qualification.id)
    )
    for row in found:
        yield HitSource(*row)


def _hit_exports(session: Session, uses: Collection[UseScope]) -> Iterator[HitExport]:
    """Exports for one of the uses, newest first."""
    found = session.scalars(
        select(DossierExport).order_by(DossierExport.cut_off_at.desc(), DossierExport.id.desc())
    )
    for export in found:
        scope = export.scope.get("use", "")
        if scope in uses:
            yield HitExport(export.filename, export.section, export.cut_off_at)
