"""What is awaited is recorded; that it came is seen from the certificates themselves."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.expected_certificates import ExpectedState
from supplier_qc.domain.refusals import ChangedMeanwhile, NotFound, NotPermitted, Refused
from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.expected_certificates import ExpectedRow, list_expected
from supplier_qc.services.certificates import reject_certificate
from supplier_qc.services.expected_certificates import (
    ExpectedDraft,
    change_expected,
    record_expected,
    withdraw_expected,
)
from supplier_qc.services.installation import Installation
from tests.conftest import NOW, TODAY
from tests.factories import make_item
from tests.lot_factories import ANA, BEA, BEN, get_certificate, make_proposal, specified_item


@pytest.fixture
def item_id(sessions: sessionmaker[Session]) -> int:
    return specified_item(sessions)


def make_expected(
    sessions: sessionmaker[Session], item_id: int, *, days: int = 7, **changes: Any
) -> int:
    """Awaited `days` from today; `changes` are fields of ExpectedDraft."""
    values: dict[str, Any] = {
        "lot": "L240917",
        "expected_on": TODAY + timedelta(days=days),
    } | changes
    return record_expected(sessions, ExpectedDraft(item_id, **values), actor=ANA, now=NOW)


def rows(sessions: sessionmaker[Session]) -> list[ExpectedRow]:
    with reading(sessions) as session:
        return list_expected(session, TODAY)


def test_a_certificate_of_item_and_lot_is_matched_as_soon_as_it_is_read(
    installation: Installation, item_id: int
) -> None:
    sessions = installation.sessions
    make_expected(sessions, item_id, days=-6)
    (before,) = rows(sessions)
    assert (before.state, before.delay_days) == (ExpectedState.LATE, 6)
    certificate_id = make_proposal(installation, item_id=item_id)
    (after,) = rows(sessions)
    assert (after.state, after.certificate_id, after.arrived_on) == (
        ExpectedState.ARRIVED,
        certificate_id,
        TODAY,
    )


def test_a_rejected_certificate_leaves_it_awaited(installation: Installation, item_id: int) -> None:
    sessions = installation.sessions
    make_expected(sessions, item_id)
    certificate_id = make_proposal(installation, item_id=item_id)
    reject_certificate(
        sessions,
        certificate_id,
        version=get_certificate(sessions, certificate_id).version,
        reason="Of another vendor.",
        actor=BEN,
        now=NOW,
    )
    assert [row.state for row in rows(sessions)] == [ExpectedState.AWAITED]


def test_the_vendors_delay_is_told_from_three_arrivals_on(
    installation: Installation, item_id: int
) -> None:
    sessions = installation.sessions
    for days in (-2, -4):
        make_expected(sessions, item_id, days=days, purchase_order=str(days))
    make_proposal(installation, item_id=item_id)
    assert {row.history[:10] for row in rows(sessions)} == {"No history"}
    make_expected(sessions, item_id, days=-9, purchase_order="x")
    late = make_expected(sessions, item_id, days=-1, lot="L999")
    (row,) = (one for one in rows(sessions) if one.id == late)
    assert "median of 4 days after the expected day (n = 3)" in row.history
    assert "lot L999 of" in row.chase_text


def test_all_problems_are_named_at_once(sessions: sessionmaker[Session], item_id: int) -> None:
    with pytest.raises(Refused) as refusal:
        make_expected(sessions, item_id, lot=" ", expected_on=None, note="x" * 501)
    assert len(refusal.value.reasons) == 3


def test_the_same_is_not_expected_twice(sessions: sessionmaker[Session], item_id: int) -> None:
    first = make_expected(sessions, item_id)
    with pytest.raises(Refused, match="already"):
        make_expected(sessions, item_id, days=30)
    withdraw_expected(sessions, first, version=1, reason="Cancelled.", actor=ANA, now=NOW)
    make_expected(sessions, item_id, days=30)
    assert [row.state for row in rows(sessions)] == [
        ExpectedState.WITHDRAWN,
        ExpectedState.AWAITED,
    ]


def test_the_day_can_be_moved_with_a_reason(sessions: sessionmaker[Session], item_id: int) -> None:
    number = make_expected(sessions, item_id, days=-1)
    draft = ExpectedDraft(item_id, TODAY + timedelta(days=3), lot="L240917")
    with pytest.raises(Refused, match="Say why"):
        change_expected(sessions, number, draft, version=1, reason=" ", actor=BEN, now=NOW)
    change_expected(sessions, number, draft, version=1, reason="Delayed.", actor=BEN, now=NOW)
    assert [row.state for row in rows(sessions)] == [ExpectedState.AWAITED]
    with pytest.raises(ChangedMeanwhile):
        change_expected(sessions, number, draft, version=1, reason="Again.", actor=BEN, now=NOW)


def test_what_was_withdrawn_is_not_changed(sessions: sessionmaker[Session], item_id: int) -> None:
    number = make_expected(sessions, item_id)
    withdraw_expected(sessions, number, version=1, reason="Cancelled.", actor=ANA, now=NOW)
    with pytest.raises(Refused, match="no longer expected"):
        withdraw_expected(sessions, number, version=2, reason="Again.", actor=ANA, now=NOW)


def test_who_does_not_upload_certificates_expects_none(
    sessions: sessionmaker[Session], item_id: int
) -> None:
    draft = ExpectedDraft(item_id, TODAY, lot="L1")
    with pytest.raises(NotPermitted):
        record_expected(sessions, draft, actor=BEA, now=NOW)


def test_an_unknown_item_or_record_is_not_found(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(NotFound):
        make_expected(sessions, 99)
    with pytest.raises(NotFound):
        withdraw_expected(sessions, 99, version=1, reason="x", actor=ANA, now=NOW)


def test_the_list_takes_two_statements_however_long_it_is(
    installation: Installation, item_id: int
) -> None:
    sessions = installation.sessions
    for number in range(6):
        make_expected(sessions, make_item(sessions), lot=f"L{number}")
    make_proposal(installation, item_id=item_id)
    statements: list[str] = []
    with reading(sessions) as session:
        session.connection()
        event.listen(
            installation.engine,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_rest: statements.append(statement),
        )
        assert len(list_expected(session, TODAY)) == 6
    assert len([one for one in statements if one.startswith("SELECT")]) == 2
