"""Deliveries: ordered, received by the policy of receipt, withdrawn."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.deliveries import DeliveryStanding, Observation, Receipt
from supplier_qc.domain.people import Role
from supplier_qc.domain.qualification.buying import BuyVerdict
from supplier_qc.domain.refusals import ChangedMeanwhile, NotPermitted, Refused
from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.deliveries import (
    DeliveryRow,
    get_delivery,
    latest_of_vendor,
    list_deliveries,
)
from supplier_qc.services.deliveries import (
    DeliveryDraft,
    receive_delivery,
    record_delivery,
    withdraw_delivery,
)
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_item, make_qualification
from tests.identity_factories import make_distributor, make_pack
from tests.lot_factories import make_lot, specified_item

ANA = actor_of(Role.PROCUREMENT)
RECEIPT = Receipt(TODAY, DeliveryStanding.RECEIVED, ("0012",))
QUARANTINE = Receipt(TODAY, DeliveryStanding.QUARANTINED, ("0012",))


def make_delivery(sessions: sessionmaker[Session], item_id: int, **changes: Any) -> int:
    """Ordered 20 days ago, promised for today; `changes` are fields of DeliveryDraft."""
    values: dict[str, Any] = {
        "use_scope": UseScope.PHASE_1_2,
        "ordered_on": TODAY - timedelta(days=20),
        "promised_on": TODAY,
        "quantity": Decimal(4),
        "unit": "bottles",
    }
    draft = DeliveryDraft(**(values | changes))
    return record_delivery(sessions, item_id, draft, actor=ANA, now=NOW)


def row(sessions: sessionmaker[Session], number: int) -> DeliveryRow:
    with reading(sessions) as session:
        found = get_delivery(session, number, TODAY)
    assert found is not None
    return found


def test_an_approved_source_is_received_and_the_answer_is_kept(
    sessions: sessionmaker[Session],
) -> None:
    item_id = make_item(sessions)
    make_qualification(sessions, item_id)
    number = make_delivery(sessions, item_id)
    receive_delivery(sessions, number, RECEIPT, version=1, actor=ANA, now=NOW)
    found = row(sessions, number)
    assert (found.standing, found.receipt_verdict) == (DeliveryStanding.RECEIVED, BuyVerdict.YES)
    assert found.received_by == ANA.full_name
    assert found.receipt_reasons


def test_what_the_policy_stops_goes_into_quarantine_with_its_reasons(
    sessions: sessionmaker[Session],
) -> None:
    item_id = make_item(sessions)
    number = make_delivery(sessions, item_id)
    with pytest.raises(Refused) as refused:
        receive_delivery(sessions, number, RECEIPT, version=1, actor=ANA, now=NOW)
    assert refused.value.reasons == (
        "The policy stops it at receipt: record it as received into quarantine.",
        "It was never proposed for phase 1/2.",
    )
    assert row(sessions, number).is_open
    receive_delivery(sessions, number, QUARANTINE, version=1, actor=ANA, now=NOW)
    found = row(sessions, number)
    assert found.standing is DeliveryStanding.QUARANTINED
    assert found.receipt_reasons == ("It was never proposed for phase 1/2.",)


def test_the_answer_is_for_the_use_that_it_was_bought_for(
    sessions: sessionmaker[Session],
) -> None:
    item_id = make_item(sessions)
    make_qualification(sessions, item_id)
    with pytest.raises(Refused, match="never proposed for commercial"):
        make_delivery(sessions, item_id, use_scope=UseScope.COMMERCIAL, receipt=RECEIPT)


def test_the_database_keeps_what_is_stopped_out_of_the_stock(
    sessions: sessionmaker[Session],
) -> None:
    number = make_delivery(sessions, make_item(sessions), receipt=QUARANTINE)
    with sessions() as session, pytest.raises(IntegrityError):
        session.execute(
            text("UPDATE delivery SET standing = 'received' WHERE id = :id"), {"id": number}
        )


def test_a_delivery_is_never_deleted(sessions: sessionmaker[Session]) -> None:
    make_delivery(sessions, make_item(sessions))
    with sessions() as session, pytest.raises(IntegrityError, match="never deleted"):
        session.execute(text("DELETE FROM delivery"))


def test_every_problem_of_a_delivery_is_named_at_once(sessions: sessionmaker[Session]) -> None:
    other = make_pack(sessions, make_item(sessions))
    with pytest.raises(Refused) as refused:
        make_delivery(
            sessions,
            make_item(sessions),
            ordered_on=TODAY,
            promised_on=TODAY - timedelta(days=1),
            quantity=Decimal(0),
            unit=" ",
            purchase_order="4" * 81,
            distributor_item_id=other,
            receipt=Receipt(
                TODAY - timedelta(days=2), DeliveryStanding.RECEIVED, (), Observation.YES
            ),
        )
    assert len(refused.value.reasons) == 5 + 3 + 2


def test_an_order_sent_twice_is_recorded_once(sessions: sessionmaker[Session]) -> None:
    item_id = make_item(sessions)
    first = make_delivery(sessions, item_id, purchase_order="PO-7")
    with pytest.raises(Refused, match=f"Delivery {first} of order PO-7 has the same item"):
        make_delivery(sessions, item_id, purchase_order=" PO-7 ")
    assert make_delivery(sessions, item_id, purchase_order="PO-7", quantity=Decimal(5)) > first
    assert make_delivery(sessions, item_id, purchase_order="PO-7, line 2") > first


def test_goods_are_received_once_and_a_withdrawn_order_never(
    sessions: sessionmaker[Session],
) -> None:
    number = make_delivery(sessions, make_item(sessions), receipt=QUARANTINE)
    with pytest.raises(Refused, match="was received on"):
        receive_delivery(sessions, number, QUARANTINE, version=1, actor=ANA, now=NOW)
    withdraw_delivery(sessions, number, version=1, reason="Typed twice.", actor=ANA, now=NOW)
    assert row(sessions, number).withdrawal_reason == "Typed twice."
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_delivery(sessions, number, version=2, reason="Again.", actor=ANA, now=NOW)


def test_the_second_of_two_persons_gets_a_conflict(sessions: sessionmaker[Session]) -> None:
    number = make_delivery(sessions, make_item(sessions))
    with pytest.raises(ChangedMeanwhile):
        receive_delivery(sessions, number, QUARANTINE, version=9, actor=ANA, now=NOW)


def test_an_auditor_records_no_delivery(sessions: sessionmaker[Session]) -> None:
    number = make_delivery(sessions, make_item(sessions))
    eve = actor_of(Role.AUDITOR)
    with pytest.raises(NotPermitted):
        receive_delivery(sessions, number, QUARANTINE, version=1, actor=eve, now=NOW)


def test_a_delivery_is_of_who_sold_it_and_its_lots_lead_to_their_records(
    sessions: sessionmaker[Session],
) -> None:
    item_id = specified_item(sessions)
    lot_id = make_lot(sessions, item_id, manufacturer_lot="0012")
    distributor = make_distributor(sessions, name="Waddenkroon")
    pack = make_pack(sessions, item_id, distributor_id=distributor)
    number = make_delivery(sessions, item_id, distributor_item_id=pack, receipt=QUARANTINE)
    found = row(sessions, number)
    assert (found.seller, found.seller_id) == ("Waddenkroon", distributor)
    assert [(lot.number, lot.lot_id) for lot in found.lots] == [("0012", lot_id)]
    with reading(sessions) as session:
        for vendor_id in (distributor, found.maker_id):
            assert [one.id for one in latest_of_vendor(session, vendor_id, TODAY)] == [number]
        page = list_deliveries(session, TODAY, open_only=True, page=1, size=10)
    assert page.total == 0
