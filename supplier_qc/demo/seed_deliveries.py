"""Deliveries of platelet lysate in the last year, and evidence asked of vendors, as events."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from supplier_qc.demo import records
from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.deliveries import DeliveryStanding, Observation, Receipt
from supplier_qc.domain.evidence_requests import usual_text
from supplier_qc.domain.months import months_after
from supplier_qc.domain.qualification.buying import BuyVerdict
from supplier_qc.domain.qualification.evidence_policy import RequirementKind, Step
from supplier_qc.queries.buying import answers_for_item
from supplier_qc.services.deliveries import DeliveryDraft, receive_delivery, record_delivery
from supplier_qc.services.evidence_requests import RequestDraft, request_evidence

ITEM = "lysate"
DELIVERIES = 6
LATE, WARM = 2, 4
"""Which delivery came three days late, and which one had been too warm."""

_DAYS_TO_DELIVERY = 30
_WARM = "The logger shows -12 °C for 40 minutes on the way; -20 °C is asked for."


@dataclass(frozen=True, slots=True)
class _Asked:
    vendor: str
    kind: RequirementKind
    days_ago: int


_ASKED = (
    _Asked("emberwattle", RequirementKind.CERTIFICATE, 45),
    _Asked("zelenvrat", RequirementKind.AUDIT, 5),
)


def events(seeding: Seeding, told: records.Story) -> Iterator[Event]:
    """After the sources and lots of the story; the last order is still on its way."""
    year_ago = months_after(seeding.today, -12)
    came = [lot for lot in told.lots if lot.item == ITEM and lot.received_on > year_ago]
    latest = sorted(came, key=lambda one: one.received_on)[-DELIVERIES:]
    for number, lot in enumerate(latest):
        yield Event(lot.received_on, partial(_deliver, seeding, lot, number), hour=7)
    yield Event(seeding.today - timedelta(days=12), partial(_order, seeding), hour=16)
    for asked in _ASKED:
        on = seeding.today - timedelta(days=asked.days_ago)
        yield Event(on, partial(_ask, seeding, asked), hour=14)


def _draft(ordered_on: date, promised_on: date, order: str) -> DeliveryDraft:
    return DeliveryDraft(
        use_scope=UseScope.PHASE_1_2,
        ordered_on=ordered_on,
        promised_on=promised_on,
        quantity=Decimal(12),
        unit="bottles of 500 mL",
        purchase_order=order,
    )


def _deliver(seeding: Seeding, lot: records.Lot, number: int, now: datetime) -> None:
    """Recorded on the day it came, into quarantine where the policy of that day stops it."""
    ana, item_id = seeding.actor("ana"), seeding.items[ITEM]
    promised_on = lot.received_on - timedelta(days=3 if number == LATE else 0)
    ordered_on = lot.received_on - timedelta(days=_DAYS_TO_DELIVERY)
    draft = _draft(ordered_on, promised_on, f"PO-{lot.received_on:%y%m}-{number + 1:02d}")
    delivery_id = record_delivery(seeding.sessions, item_id, draft, actor=ana, now=now)
    with seeding.installation.reading() as session:
        answers = answers_for_item(session, item_id, now.date(), Step.RECEIPT)
    stopped = answers[draft.use_scope].verdict is BuyVerdict.NO
    receipt = Receipt(
        lot.received_on,
        DeliveryStanding.QUARANTINED if stopped else DeliveryStanding.RECEIVED,
        (lot.lot_number,),
        excursion=Observation.YES if number == WARM else Observation.NO,
        excursion_note=_WARM if number == WARM else None,
        damage=Observation.NO,
    )
    receive_delivery(seeding.sessions, delivery_id, receipt, version=1, actor=ana, now=now)


def _order(seeding: Seeding, now: datetime) -> None:
    draft = _draft(now.date(), now.date() + timedelta(days=_DAYS_TO_DELIVERY), "PO-NEXT-01")
    item_id = seeding.items[ITEM]
    record_delivery(seeding.sessions, item_id, draft, actor=seeding.actor("ana"), now=now)


def _ask(seeding: Seeding, asked: _Asked, now: datetime) -> None:
    draft = RequestDraft(asked.kind, now.date() + timedelta(days=30), usual_text(asked.kind))
    vendor_id = seeding.organisations[asked.vendor]
    request_evidence(seeding.sessions, vendor_id, draft, actor=seeding.actor("ben"), now=now)
