"""Deliveries as pages show them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.deliveries import DeliveryFacts, DeliveryStanding, Observation
from supplier_qc.domain.qualification.buying import BuyVerdict
from supplier_qc.persistence.tables.deliveries import Delivery
from supplier_qc.persistence.tables.identities import DistributorItem
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.people import Person
from supplier_qc.queries.paging import Page, page_of

LATEST = 10
"""How many the page of a vendor, a source or an item shows."""


@dataclass(frozen=True, slots=True)
class DeliveredLot:
    """`lot_id` is None while there is no record of the lot."""

    number: str
    lot_id: int | None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    id: int
    version: int
    item_id: int
    item_name: str
    catalogue_number: str
    maker_id: int
    seller_id: int
    seller: str
    sku: str | None
    use_scope: UseScope
    purchase_order: str | None
    ordered_on: date
    promised_on: date | None
    received_on: date | None
    received_by: str | None
    quantity: Decimal
    unit: str
    standing: DeliveryStanding
    excursion: Observation
    excursion_note: str | None
    damage: Observation
    damage_note: str | None
    receipt_verdict: BuyVerdict | None
    receipt_reasons: tuple[str, ...]
    withdrawn_on: date | None
    withdrawal_reason: str | None
    lots: tuple[DeliveredLot, ...]
    days_late: int

    @property
    def is_open(self) -> bool:
        return self.received_on is None and self.withdrawn_on is None

    @property
    def is_troubled(self) -> bool:
        """It came too warm or damaged."""
        return Observation.YES in (self.excursion, self.damage)

    @property
    def quantity_words(self) -> str:
        return f"{self.quantity:f} {self.unit}"

    @property
    def title(self) -> str:
        order = f", order {self.purchase_order}" if self.purchase_order else ""
        return f"{self.item_name} ({self.catalogue_number}){order}"


def get_delivery(session: Session, delivery_id: int, today: date) -> DeliveryRow | None:
    found = _rows(session, today, Delivery.id == delivery_id)
    return found[0] if found else None


def list_deliveries(
    session: Session, today: date, *, open_only: bool, page: int, size: int
) -> Page[DeliveryRow]:
    """The latest order first; four SQL statements."""
    statement = _selected()
    if open_only:
        statement = statement.where(Delivery.received_on.is_(None), Delivery.withdrawn_at.is_(None))
    found = page_of(session, statement, lambda row: (row[0], row[1], row[2]), page, size)
    rows = _filled(session, list(found.rows), today)
    return Page(tuple(rows), found.page, found.pages, found.total)


def latest_of_item(session: Session, item_id: int, today: date) -> list[DeliveryRow]:
    return _rows(session, today, Delivery.item_id == item_id, most=LATEST)


def latest_of_vendor(session: Session, vendor_id: int, today: date) -> list[DeliveryRow]:
    """Those it sold, and those of its items that another sold."""
    is_its = (Site.organisation_id == vendor_id) | (DistributorItem.distributor_id == vendor_id)
    return _rows(session, today, is_its, most=LATEST)


def _selected() -> Select[Delivery, str, str | None]:
    seller_id = func.coalesce(DistributorItem.distributor_id, Site.organisation_id)
    return (
        select(Delivery, Organisation.name, Person.full_name)
        .join(Delivery.item)
        .join(ManufacturerItem.site)
        .outerjoin(Delivery.distributor_item)
        .join(Organisation, Organisation.id == seller_id)
        .outerjoin(Person, Person.id == Delivery.received_by_id)
        .options(
            contains_eager(Delivery.item).contains_eager(ManufacturerItem.site),
            contains_eager(Delivery.distributor_item),
            selectinload(Delivery.lots),
        )
        .order_by(Delivery.ordered_on.desc(), Delivery.id.desc())
    )


def _rows(
    session: Session, today: date, *conditions: ColumnElement[bool], most: int | None = None
) -> list[DeliveryRow]:
    found = session.execute(_selected().where(*conditions).limit(most)).all()
    return _filled(session, [(one, seller, name) for one, seller, name in found], today)


def _filled(
    session: Session, found: list[tuple[Delivery, str, str | None]], today: date
) -> list[DeliveryRow]:
    known = _known_lots(session, [one for one, _, _ in found])
    return [_row(one, seller, name, known, today) for one, seller, name in found]


def _known_lots(session: Session, deliveries: list[Delivery]) -> dict[tuple[int, str], int]:
    items = {one.item_id for one in deliveries}
    numbers = {lot.manufacturer_lot for one in deliveries for lot in one.lots}
    found = session.execute(
        select(Lot.item_id, Lot.manufacturer_lot, Lot.id).where(
            Lot.item_id.in_(sorted(items)), Lot.manufacturer_lot.in_(sorted(numbers))
        )
    )
    return {(item_id, number): lot_id for item_id, number, lot_id in found}


def _row(
    one: Delivery,
    seller: str,
    received_by: str | None,
    known: dict[tuple[int, str], int],
    today: date,
) -> DeliveryRow:
    pack, maker_id = one.distributor_item, one.item.site.organisation_id
    facts = DeliveryFacts(one.ordered_on, one.promised_on, one.received_on)
    return DeliveryRow(
        id=one.id,
        version=one.version,
        item_id=one.item_id,
        item_name=one.item.name,
        catalogue_number=one.item.catalogue_number,
        maker_id=maker_id,
        seller_id=pack.distributor_id if pack else maker_id,
        seller=seller,
        sku=pack.sku if pack else None,
        use_scope=one.use_scope,
        purchase_order=one.purchase_order,
        ordered_on=one.ordered_on,
        promised_on=one.promised_on,
        received_on=one.received_on,
        received_by=received_by,
        quantity=one.quantity,
        unit=one.unit,
        standing=one.standing,
        excursion=one.excursion,
        excursion_note=one.excursion_note,
        damage=one.damage,
        damage_note=one.damage_note,
        receipt_verdict=one.receipt_verdict,
        receipt_reasons=tuple(one.receipt_reasons),
        withdrawn_on=one.withdrawn_at.date() if one.withdrawn_at else None,
        withdrawal_reason=one.withdrawal_reason,
        lots=tuple(
            DeliveredLot(lot.manufacturer_lot, known.get((one.item_id, lot.manufacturer_lot)))
            for lot in one.lots
        ),
        days_late=facts.days_late(today),
    )
