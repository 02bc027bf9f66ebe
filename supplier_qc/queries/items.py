"""Manufacturers' items as pages show them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from supplier_qc.domain.catalogue import Grade, RiskClass
from supplier_qc.domain.certificates import CertificateState
from supplier_qc.domain.countries import country_name
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.material_identity import PREPARATION_WORDS, IntendedUse, Preparation
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.identities import DistributorItem
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Site
from supplier_qc.persistence.tables.qualification import Evidence, Qualification
from supplier_qc.persistence.tables.specifications import Specification
from supplier_qc.persistence.tables.suitability import MediaSuitability
from supplier_qc.queries.record_history import EntryRow, list_entries_about

LATEST_LOTS = 5
LATEST_CERTIFICATES = 5


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item with its material and the site that makes it."""

    id: int
    version: int
    name: str
    catalogue_number: str
    grade: Grade
    storage: str | None
    shelf_life_months: int | None
    retired_on: date | None
    is_double_entry: bool
    intended_use: IntendedUse
    preparation: Preparation
    material_id: int
    material_code: str
    material_name: str
    risk_class: RiskClass
    site_id: int
    site_name: str
    country: str
    vendor_id: int
    vendor_name: str

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def preparation_words(self) -> str:
        return PREPARATION_WORDS[self.preparation]


@dataclass(frozen=True, slots=True)
class LotSummary:
    id: int
    manufacturer_lot: str
    expires_on: date | None
    disposition: Disposition


@dataclass(frozen=True, slots=True)
class CertificateSummary:
    id: int
    filename: str
    state: CertificateState


def get_item(session: Session, item_id: int) -> ItemRow | None:
    found = _rows(session, ManufacturerItem.id == item_id)
    return found[0] if found else None


def list_items_of_material(session: Session, material_id: int) -> list[ItemRow]:
    return _rows(session, ManufacturerItem.material_id == material_id)


def count_lots(session: Session, item_id: int) -> int:
    return session.scalar(select(func.count(Lot.id)).where(Lot.item_id == item_id)) or 0


def list_latest_lots(session: Session, item_id: int) -> list[LotSummary]:
    lots = session.scalars(
        select(Lot).where(Lot.item_id == item_id).order_by(Lot.id.desc()).limit(LATEST_LOTS)
    )
    return [
        LotSummary(one.id, one.manufacturer_lot, one.expires_on, one.disposition) for one in lots
    ]


def list_latest_certificates(session: Session, item_id: int) -> list[CertificateSummary]:
    found = session.execute(
        select(Certificate.id, Document.filename, Certificate.state)
        .join(Document, Document.id == Certificate.document_id)
        .where(Certificate.item_id == item_id)
        .order_by(Certificate.id.desc())
        .limit(LATEST_CERTIFICATES)
    )
    return [CertificateSummary(number, name, state) for number, name, state in found]


def list_entries_about_item(session: Session, item_id: int) -> list[EntryRow]:
    """The latest entries about the item, its specifications, qualifications and evidence."""
    subjects = {ManufacturerItem.__tablename__: [item_id]}
    for table in (Specification, Qualification, Evidence, DistributorItem, MediaSuitability):
        numbers = session.scalars(select(table.id).where(table.item_id == item_id))
        subjects[table.__tablename__] = list(numbers)
    return list_entries_about(session, subjects)


def _rows(session: Session, condition: ColumnElement[bool]) -> list[ItemRow]:
    found = session.scalars(
        select(ManufacturerItem)
        .options(
            joinedload(ManufacturerItem.material),
            joinedload(ManufacturerItem.site).joinedload(Site.organisation),
        )
        .where(condition)
        .order_by(ManufacturerItem.catalogue_number, ManufacturerItem.id)
    )
    return [_row(item) for item in found]


def _row(item: ManufacturerItem) -> ItemRow:
    material, site = item.material, item.site
    return ItemRow(
        id=item.id,
        version=item.version,
        name=item.name,
        catalogue_number=item.catalogue_number,
        grade=item.grade,
        storage=item.storage,
        shelf_life_months=item.shelf_life_months,
        retired_on=item.retired_on,
        is_double_entry=item.is_double_entry,
        intended_use=item.intended_use,
        preparation=item.preparation,
        material_id=material.id,
        material_code=material.code,
        material_name=material.name,
        risk_class=material.risk_class,
        site_id=site.id,
        site_name=site.name,
        country=site.country,
        vendor_id=site.organisation_id,
        vendor_name=site.organisation.name,
    )
