"""Batches are recorded with their lots, corrected with a reason, and found from a lot."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import ChangedMeanwhile, NotPermitted, Refused
from supplier_qc.domain.search import sought
from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.product_batches import (
    batches_of_lots,
    batches_with_lots,
    get_batch,
    list_lots_of_batch,
)
from supplier_qc.queries.search import search
from supplier_qc.services.product_batches import BatchDraft, change_batch, record_batch
from tests.conftest import NOW, TODAY, actor_of
from tests.lot_factories import make_lot, specified_item
from tests.residual_factories import make_product

BEN = actor_of(Role.QA_REVIEWER)


@pytest.fixture
def draft(sessions: sessionmaker[Session]) -> BatchDraft:
    item_id = specified_item(sessions)
    for lot in ("HL-ONE", "HL-TWO"):
        make_lot(sessions, item_id, manufacturer_lot=lot)
    return BatchDraft(
        make_product(sessions), "MSC-001", UseScope.PHASE_1_2, TODAY, "HL-ONE\nhl two"
    )


def test_a_lot_leads_to_its_batches(sessions: sessionmaker[Session], draft: BatchDraft) -> None:
    number = record_batch(sessions, draft, actor=BEN, now=NOW)
    other = replace(draft, number="MSC-002", lots="HL-TWO")
    second = record_batch(sessions, other, actor=BEN, now=NOW)
    with reading(sessions) as session:
        batch = get_batch(session, number)
        assert batch is not None
        assert (batch.number, batch.lots) == ("MSC-001", 2)
        one, two = [lot.lot_id for lot in list_lots_of_batch(session, batch)]
        found = batches_of_lots(session, [one, two])
        assert [row.id for row in found[one]] == [number]
        assert [row.id for row in found[two]] == [second, number]
        assert [row.id for row in batches_with_lots(session, [one, two])] == [second, number]
        (group,) = search(session, sought("msc 001"))
        assert (group.kind, group.rows[0].id) == ("product_batch", number)


def test_a_lot_that_is_not_released_is_recorded_and_named(
    sessions: sessionmaker[Session], draft: BatchDraft
) -> None:
    number = record_batch(sessions, draft, actor=BEN, now=NOW)
    with reading(sessions) as session:
        batch = get_batch(session, number)
        assert batch is not None
        lots = list_lots_of_batch(session, batch)
    assert all("The lot is not released: quarantine." in lot.questions for lot in lots)


def test_every_fault_is_named_at_once_and_nothing_is_kept(
    sessions: sessionmaker[Session],
) -> None:
    wrong = BatchDraft(0, " ", UseScope.PHASE_3, TODAY + timedelta(days=1), "HL-NINE")
    with pytest.raises(Refused) as refused:
        record_batch(sessions, wrong, actor=BEN, now=NOW)
    said = " ".join(refused.value.reasons)
    for part in ("Choose the product", "number is missing", "a day to come", "HL-NINE"):
        assert part in said
    with reading(sessions) as session:
        assert get_batch(session, 1) is None


def test_a_number_stands_once_with_a_product(
    sessions: sessionmaker[Session], draft: BatchDraft
) -> None:
    record_batch(sessions, draft, actor=BEN, now=NOW)
    with pytest.raises(Refused, match="recorded already"):
        record_batch(sessions, replace(draft, number="msc-001"), actor=BEN, now=NOW)


def test_a_correction_names_its_reason_and_fits_what_was_seen(
    sessions: sessionmaker[Session], draft: BatchDraft
) -> None:
    number = record_batch(sessions, draft, actor=BEN, now=NOW)
    fewer = replace(draft, lots="HL-TWO")

    def change(version: int, reason: str) -> None:
        change_batch(sessions, number, fewer, version=version, reason=reason, actor=BEN, now=NOW)

    with pytest.raises(Refused, match="reason"):
        change(1, "")
    change(1, "HL-ONE was not used.")
    with pytest.raises(ChangedMeanwhile):
        change(1, "Again.")
    with reading(sessions) as session:
        batch = get_batch(session, number)
        assert batch is not None
        assert [lot.manufacturer_lot for lot in list_lots_of_batch(session, batch)] == ["HL-TWO"]


def test_procurement_records_no_batches(sessions: sessionmaker[Session], draft: BatchDraft) -> None:
    with pytest.raises(NotPermitted):
        record_batch(sessions, draft, actor=actor_of(Role.PROCUREMENT), now=NOW)
