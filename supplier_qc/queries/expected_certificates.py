"""Certificates that are awaited, late or here; the arrival is seen from the certificates."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.domain.expected_certificates import (
    ArrivedCertificate,
    ChaseFacts,
    Delay,
    ExpectedFacts,
    ExpectedState,
    arrival_of,
    chase_text,
    delay_words,
    expected_state,
    vendor_delay,
)
from supplier_qc.persistence.tables.certificates import Certificate, CertificateField
from supplier_qc.persistence.tables.intake import ExpectedCertificate
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.people import Person


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """`delay_days` counts from the expected day to the arrival, or to today while it is late."""

    id: int
    version: int
    item_id: int
    item_name: str
    catalogue_number: str
    vendor_id: int
    vendor: str
    lot: str | None
    purchase_order: str | None
    expected_on: date
    note: str | None
    recorded_by: str
    state: ExpectedState
    certificate_id: int | None
    arrived_on: date | None
    delay_days: int
    history: str
    chase_text: str
    withdrawal_reason: str | None

    @property
    def title(self) -> str:
        what = f"lot {self.lot}" if self.lot else f"order {self.purchase_order}"
        return f"{what} of {self.item_name} ({self.catalogue_number}), {self.vendor}"

    @property
    def is_open(self) -> bool:
        return self.state in {ExpectedState.AWAITED, ExpectedState.LATE}


def list_expected(session: Session, today: date) -> list[ExpectedRow]:
    """Every expectation, the one that was due first in front; two SQL statements."""
    found = session.execute(
        select(
            ExpectedCertificate,
            ManufacturerItem.name,
            ManufacturerItem.catalogue_number,
            Organisation.id,
            Organisation.name,
            Person.full_name,
        )
        .join(ManufacturerItem, ManufacturerItem.id == ExpectedCertificate.item_id)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .join(Organisation, Organisation.id == Site.organisation_id)
        .join(Person, Person.id == ExpectedCertificate.recorded_by_id)
        .order_by(ExpectedCertificate.expected_on, ExpectedCertificate.id)
    ).all()
    certificates = _certificates(session, {one.item_id for one, *_ in found})
    facts = [_facts(one, vendor_id) for one, _, _, vendor_id, _, _ in found]
    arrivals = {one.id: arrival_of(one, certificates[one.item_id]) for one in facts}
    delays = _delays(facts, arrivals)
    return [
        _row(
            record,
            (name, number, vendor, person),
            _Standing(one, arrivals[one.id], delays[one.vendor_id], today),
        )
        for (record, name, number, _, vendor, person), one in zip(found, facts, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Standing:
    facts: ExpectedFacts
    arrival: ArrivedCertificate | None
    delay: Delay | None
    today: date


def _facts(record: ExpectedCertificate, vendor_id: int) -> ExpectedFacts:
    return ExpectedFacts(
        id=record.id,
        item_id=record.item_id,
        vendor_id=vendor_id,
        lot=record.manufacturer_lot,
        purchase_order=record.purchase_order,
        expected_on=record.expected_on,
        is_withdrawn=record.withdrawn_at is not None,
    )


def _certificates(
    session: Session, items: Collection[int]
) -> Mapping[int, Sequence[ArrivedCertificate]]:
    """Certificates of these items that were not rejected, with lot and order of their header."""
    found = session.execute(
        select(
            Certificate.id,
            Certificate.item_id,
            Certificate.uploaded_at,
            CertificateField.field,
            CertificateField.value,
        )
        .join(CertificateField)
        .where(
            Certificate.item_id.in_(items),
            Certificate.state != CertificateState.REJECTED,
            CertificateField.state != ClaimState.REJECTED,
            CertificateField.field.in_(("lot_number", "purchase_order")),
        )
    )
    named: dict[tuple[int, int, date], dict[str, str | None]] = defaultdict(dict)
    for number, item_id, at, field, value in found:
        named[number, item_id or 0, at.date()][field] = value
    by_item: dict[int, list[ArrivedCertificate]] = defaultdict(list)
    for (number, item_id, on), values in named.items():
        by_item[item_id].append(
            ArrivedCertificate(
                number, item_id, values.get("lot_number"), values.get("purchase_order"), on
            )
        )
    return by_item


def _delays(
    facts: Sequence[ExpectedFacts], arrivals: Mapping[int, ArrivedCertificate | None]
) -> Mapping[int, Delay | None]:
    days: dict[int, list[int]] = {one.vendor_id: [] for one in facts}
    for one in facts:
        arrival = arrivals[one.id]
        if arrival is not None:
            days[one.vendor_id].append((arrival.arrived_on - one.expected_on).days)
    return {vendor: vendor_delay(found) for vendor, found in days.items()}


def _row(
    record: ExpectedCertificate, names: tuple[str, str, str, str], standing: _Standing
) -> ExpectedRow:
    name, number, vendor, person = names
    facts, arrival = standing.facts, standing.arrival
    until = arrival.arrived_on if arrival else standing.today
    chase = ChaseFacts(
        name, number, facts.lot, facts.purchase_order, facts.expected_on, standing.delay
    )
    return ExpectedRow(
        id=record.id,
        version=record.version,
        item_id=record.item_id,
        item_name=name,
        catalogue_number=number,
        vendor_id=facts.vendor_id,
        vendor=vendor,
        lot=facts.lot,
        purchase_order=facts.purchase_order,
        expected_on=facts.expected_on,
        note=record.note,
        recorded_by=person,
        state=expected_state(facts, arrival, standing.today),
        certificate_id=arrival.id if arrival else None,
        arrived_on=arrival.arrived_on if arrival else None,
        delay_days=(until - facts.expected_on).days,
        history=delay_words(standing.delay),
        chase_text=chase_text(chase, standing.today),
        withdrawal_reason=record.withdrawal_reason,
    )
