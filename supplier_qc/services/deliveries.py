"""Deliveries: ordered, received or received into quarantine, withdrawn where it was a mistake."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.deliveries import (
    LONGEST_NUMBER,
    DeliveryStanding,
    Receipt,
    order_problems,
    receipt_problems,
    standing_problems,
)
from supplier_qc.domain.entered_text import one_line, optional_line, text_problems
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.qualification.evidence_policy import Step
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.persistence.tables.deliveries import Delivery, DeliveryLot
from supplier_qc.persistence.tables.identities import DistributorItem
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.queries.buying import answers_for_item
from supplier_qc.services.transaction import Change, changing, check_version

_DELIVERY = "Delivery"
MOST = Decimal(1_000_000_000)


@dataclass(frozen=True, slots=True)
class DeliveryDraft:
    """`distributor_item_id` None: bought from the maker itself."""

    use_scope: UseScope
    ordered_on: date
    quantity: Decimal
    unit: str
    promised_on: date | None = None
    purchase_order: str | None = None
    distributor_item_id: int | None = None
    receipt: Receipt | None = None


def record_delivery(
    sessions: sessionmaker[Session],
    item_id: int,
    draft: DeliveryDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Record an order, and its receipt where the goods are here; returns the delivery's number.

    Raises Refused with every problem. What the policy stops at receipt is refused unless it is
    received into quarantine; the reasons are kept on the delivery.
    """
    with changing(sessions, AuditAction.DELIVERY_ORDERED, actor=actor, now=now) as change:
        person_id = _require_right(actor)
        item = change.get(ManufacturerItem, item_id, "Item")
        problems = list(_draft_problems(change, item, draft))
        delivery = Delivery(
            item=item,
            use_scope=draft.use_scope,
            ordered_on=draft.ordered_on,
            promised_on=draft.promised_on,
            purchase_order=optional_line(draft.purchase_order),
            quantity=draft.quantity,
            unit=one_line(draft.unit),
            distributor_item_id=draft.distributor_item_id,
            standing=DeliveryStanding.ON_THE_WAY,
            recorded_by_id=person_id,
            recorded_at=now,
        )
        if draft.receipt is not None:
            problems += _receive(change, delivery, item.id, draft.receipt, person_id)
        Refused.unless_empty(problems)
        change.session.add(delivery)
        change.session.flush()  # the number is the audit entry's subject
        change.about(delivery, _label(delivery))
        return delivery.id


def receive_delivery(
    sessions: sessionmaker[Session],
    delivery_id: int,
    receipt: Receipt,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Record that what was ordered is here, by the policy of the day on which it is recorded."""
    with changing(sessions, AuditAction.DELIVERY_RECEIVED, actor=actor, now=now) as change:
        person_id = _require_right(actor)
        delivery = change.get(Delivery, delivery_id, _DELIVERY)
        change.about(delivery, _label(delivery))
        check_version(delivery, version)
        problems = list(_over(delivery))
        with change.session.no_autoflush:
            problems += _receive(change, delivery, delivery.item_id, receipt, person_id)
        Refused.unless_empty(problems)


def withdraw_delivery(
    sessions: sessionmaker[Session],
    delivery_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take back what was recorded by mistake, or an order that was cancelled; it is kept."""
    action = AuditAction.DELIVERY_WITHDRAWN
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        person_id = _require_right(actor)
        delivery = change.get(Delivery, delivery_id, _DELIVERY)
        change.about(delivery, _label(delivery))
        check_version(delivery, version)
        if delivery.withdrawn_at is not None:
            raise Refused("The delivery is withdrawn already.")
        delivery.withdrawn_at, delivery.withdrawn_by_id = now, person_id
        delivery.withdrawal_reason = change.reason


def _draft_problems(change: Change, item: ManufacturerItem, draft: DeliveryDraft) -> Iterator[str]:
    yield from order_problems(
        draft.ordered_on,
        draft.promised_on,
        draft.quantity,
        one_line(draft.unit),
        change.now.date(),
    )
    if draft.quantity > MOST:
        yield f"The quantity is at most {MOST}."
    order = optional_line(draft.purchase_order)
    yield from text_problems("The order number", order, longest=LONGEST_NUMBER)
    if draft.distributor_item_id is not None:
        pack = change.session.get(DistributorItem, draft.distributor_item_id)
        if pack is None or pack.item_id != item.id:
            yield "The distributor's number is not one of this item."
    if order is not None:
        yield from _ordered_already(change, item, draft, order)


def _ordered_already(
    change: Change, item: ManufacturerItem, draft: DeliveryDraft, order: str
) -> Iterator[str]:
    """A form that was sent twice; each delivery would count in the scorecard."""
    same = select(Delivery.id).where(
        Delivery.item_id == item.id,
        Delivery.distributor_item_id.is_not_distinct_from(draft.distributor_item_id),
        Delivery.purchase_order == order,
        Delivery.ordered_on == draft.ordered_on,
        Delivery.promised_on.is_not_distinct_from(draft.promised_on),
        Delivery.quantity == draft.quantity,
        Delivery.withdrawn_at.is_(None),
    )
    for number in change.session.scalars(same):
        yield (
            f"Delivery {number} of order {order} has the same item, days and quantity. Give the "
            "order with its line where this is another one."
        )


def _receive(
    change: Change, delivery: Delivery, item_id: int, receipt: Receipt, person_id: int
) -> Iterator[str]:
    """Fill in what came; yields every reason against it."""
    today = change.now.date()
    yield from receipt_problems(receipt, delivery.ordered_on, today)
    answers = answers_for_item(change.session, item_id, today, Step.RECEIPT)
    answer = answers[delivery.use_scope]
    yield from standing_problems(receipt.standing, answer)
    delivery.standing, delivery.received_on = receipt.standing, receipt.received_on
    delivery.received_by_id = person_id
    delivery.receipt_verdict, delivery.receipt_reasons = answer.verdict, list(answer.reasons)
    delivery.excursion, delivery.excursion_note = receipt.excursion, receipt.excursion_note
    delivery.damage, delivery.damage_note = receipt.damage, receipt.damage_note
    delivery.lots = [DeliveryLot(manufacturer_lot=lot) for lot in receipt.lots]


def _over(delivery: Delivery) -> Iterator[str]:
    if delivery.withdrawn_at is not None:
        yield "The delivery is withdrawn."
    if delivery.received_on is not None:
        yield f"It was received on {delivery.received_on.isoformat()} already."


def _require_right(actor: Actor) -> int:
    if actor.person_id is None or not actor.may(Permission.EDIT_CATALOGUE):
        raise NotPermitted("Your roles do not include recording deliveries.")
    return actor.person_id


def _label(delivery: Delivery) -> str:
    order = f", order {delivery.purchase_order}" if delivery.purchase_order else ""
    return f"Delivery of {delivery.item.name} ({delivery.item.catalogue_number}){order}"
