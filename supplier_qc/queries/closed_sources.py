"""What closing a source hits, before it is signed and afterwards; and the lots that it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.closed_sources import closed_source_blockers
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.persistence.tables.identities import MaterialUse
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.persistence.tables.residuals import Product
from supplier_qc.queries.event_effects import EventEffects, HitLot, effects_on
from supplier_qc.queries.source_facts import SourceIdentity


@dataclass(frozen=True, slots=True)
class ProductUseRow:
    """A product that takes the material, in one step of its process."""

    product_id: int
    product: str
    process_step: str
    amount_per_batch: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class AlternateRow:
    """Another source of the material, for the same use."""

    qualification_id: int
    item: str
    catalogue_number: str
    vendor: str
    site: str
    status: QualificationStatus

    @property
    def is_in_use(self) -> bool:
        return self.status in APPROVALS


@dataclass(frozen=True, slots=True)
class ClosingEffects:
    """`effects` holds lots, batches and the tables written out for the use of the source."""

    effects: EventEffects
    products: tuple[ProductUseRow, ...]
    alternates: tuple[AlternateRow, ...]

    @property
    def released(self) -> tuple[HitLot, ...]:
        return tuple(one for one in self.effects.lots if one.disposition is Disposition.RELEASED)

    @property
    def waiting(self) -> tuple[HitLot, ...]:
        return tuple(one for one in self.effects.lots if one.disposition is Disposition.QUARANTINE)

    @property
    def approved_alternates(self) -> tuple[AlternateRow, ...]:
        return tuple(one for one in self.alternates if one.is_in_use)


def closing_effects(
    session: Session, identity: SourceIdentity, use_scope: UseScope
) -> ClosingEffects:
    """Who is hit when the source is closed for the use; a constant number of statements."""
    return ClosingEffects(
        effects_on(session, [identity.item_id], uses={use_scope}),
        tuple(_products(session, identity.material_id)),
        tuple(_alternates(session, identity, use_scope)),
    )


def lot_source_blockers(session: Session, lot_id: int) -> tuple[str, ...]:
    """Why the state of its source stands against the release of the lot; one statement."""
    found = session.execute(
        select(Qualification.use_scope, Qualification.status)
        .join(Lot, Lot.item_id == Qualification.item_id)
        .where(Lot.id == lot_id)
        .order_by(Qualification.id)
    )
    return closed_source_blockers((use, status) for use, status in found)


def _products(session: Session, material_id: int) -> Iterator[ProductUseRow]:
    found = session.execute(
        select(
            Product.id,
            Product.name,
            MaterialUse.process_step,
            MaterialUse.amount_per_batch,
            MaterialUse.unit,
        )
        .join(Product, Product.id == MaterialUse.product_id)
        .where(MaterialUse.material_id == material_id)
        .order_by(Product.name, MaterialUse.id)
    )
    for row in found:
        yield ProductUseRow(*row)


def _alternates(
    session: Session, identity: SourceIdentity, use_scope: UseScope
) -> Iterator[AlternateRow]:
    found = session.execute(
        select(
            Qualification.id,
            ManufacturerItem.name,
            ManufacturerItem.catalogue_number,
            Organisation.name,
            Site.name,
            Qualification.status,
        )
        .join(ManufacturerItem, ManufacturerItem.id == Qualification.item_id)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .join(Organisation, Organisation.id == Site.organisation_id)
        .where(
            ManufacturerItem.material_id == identity.material_id,
            ManufacturerItem.id != identity.item_id,
            Qualification.use_scope == use_scope,
        )
        .order_by(Organisation.name, ManufacturerItem.catalogue_number)
    )
    for row in found:
        yield AlternateRow(*row)
