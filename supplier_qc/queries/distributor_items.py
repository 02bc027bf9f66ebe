"""What distributors sell, as pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import OrganisationRole
from supplier_qc.domain.cost import Money, Pack
from supplier_qc.persistence.tables import (
    DistributorItem,
    ManufacturerItem,
    Organisation,
    OrganisationRoleHeld,
    Site,
)

SELLERS = (
    OrganisationRole.DISTRIBUTOR,
    OrganisationRole.MANUFACTURER,
    OrganisationRole.BLOOD_ESTABLISHMENT,
)


@dataclass(frozen=True, slots=True)
class DistributorItemRow:
    """`is_indirect` where somebody else than the maker sells it."""

    id: int
    version: int
    distributor_id: int
    distributor_name: str
    item_id: int
    item_name: str
    catalogue_number: str
    material_id: int
    maker_id: int
    sku: str
    pack_quantity: Decimal
    pack_unit: str
    price: Decimal | None
    currency: str | None
    priced_on: date | None
    lead_time_days: int | None
    retired_on: date | None

    @property
    def is_indirect(self) -> bool:
        return self.distributor_id != self.maker_id

    @property
    def is_retired(self) -> bool:
        return self.retired_on is not None

    @property
    def pack_words(self) -> str:
        return f"{self.pack_quantity:f} {self.pack_unit}"

    @property
    def pack(self) -> Pack:
        if self.price is None or self.currency is None:
            return Pack(self.pack_quantity, self.pack_unit)
        price = Money(self.price, self.currency)
        return Pack(self.pack_quantity, self.pack_unit, price, self.priced_on)


def list_of_item(session: Session, item_id: int) -> list[DistributorItemRow]:
    return _rows(session, DistributorItem.item_id == item_id)


def list_of_material(session: Session, material_id: int) -> list[DistributorItemRow]:
    return _rows(session, ManufacturerItem.material_id == material_id)


def list_of_materials(session: Session, material_ids: Iterable[int]) -> list[DistributorItemRow]:
    return _rows(session, ManufacturerItem.material_id.in_(sorted(set(material_ids))))


def list_of_distributor(session: Session, organisation_id: int) -> list[DistributorItemRow]:
    return _rows(session, DistributorItem.distributor_id == organisation_id)


def get_distributor_item(session: Session, number: int) -> DistributorItemRow | None:
    found = _rows(session, DistributorItem.id == number)
    return found[0] if found else None


def list_sellers(session: Session) -> list[tuple[int, str]]:
    """Number and name of everybody who may sell an item, by name."""
    sells = Organisation.roles.any(OrganisationRoleHeld.role.in_(SELLERS))
    found = session.execute(
        select(Organisation.id, Organisation.name)
        .where(sells)
        .order_by(func.lower(Organisation.name))
    )
    return [(number, name) for number, name in found]


def _rows(session: Session, condition: ColumnElement[bool]) -> list[DistributorItemRow]:
    found = session.execute(
        select(DistributorItem, Organisation.name, ManufacturerItem, Site.organisation_id)
        .join(Organisation, Organisation.id == DistributorItem.distributor_id)
        .join(ManufacturerItem, ManufacturerItem.id == DistributorItem.item_id)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .where(condition)
        .order_by(DistributorItem.retired_on.is_not(None), Organisation.name, DistributorItem.sku)
    )
    return [
        DistributorItemRow(
            id=record.id,
            version=record.version,
            distributor_id=record.distributor_id,
            distributor_name=name,
            item_id=item.id,
            item_name=item.name,
            catalogue_number=item.catalogue_number,
            material_id=item.material_id,
            maker_id=maker_id,
            sku=record.sku,
            pack_quantity=record.pack_quantity,
            pack_unit=record.pack_unit,
            price=record.price,
            currency=record.currency,
            priced_on=record.priced_on,
            lead_time_days=record.lead_time_days,
            retired_on=record.retired_on,
        )
        for record, name, item, maker_id in found
    ]
