"""The approved supplier list as of any day, and the heat map, in few statements."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.requirements import Condition
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry
from supplier_qc.queries.buying import BuyQuestion, ask_may_buy
from supplier_qc.queries.source_lists import (
    SourceFilter,
    list_approved_suppliers,
    list_source_page,
    page_of_approved_suppliers,
)
from supplier_qc.services.installation import Installation
from tests.conftest import NOW, TODAY
from tests.factories import decide_made_qualification, make_item, make_qualification

_S = QualificationStatus
ALL = SourceFilter(statuses=frozenset(_S))
_KEPT = ("status", "conditions", "decided_on", "requalification_due_on")
State = tuple[Any, ...]


def days_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def replayed(session: Session, on: date) -> dict[int, State]:
    """The sources as the audit trail alone tells them, at the end of the day."""
    end = datetime.combine(on, time.max, tzinfo=UTC)
    known: dict[int, dict[str, Any]] = {}
    for entry in session.scalars(
        select(AuditEntry).where(AuditEntry.at <= end).order_by(AuditEntry.id)
    ):
        for change in entry.changes:
            if change["table"] == "qualification":
                columns = {name: pair[1] for name, pair in change["columns"].items()}
                known.setdefault(change["id"], {}).update(columns)
    return {number: tuple(columns.get(name) for name in _KEPT) for number, columns in known.items()}


def listed(session: Session, on: date) -> dict[int, State]:
    return {
        one.id: (
            one.status.value,
            one.conditions,
            one.decided_on.isoformat() if one.decided_on else None,
            one.requalification_due_on.isoformat() if one.requalification_due_on else None,
        )
        for one in list_approved_suppliers(session, ALL, on, TODAY)
    }


@pytest.fixture
def history(installation: Installation) -> Installation:
    """Three sources that were approved, limited, suspended, retired and proposed in turn."""
    sessions = installation.sessions
    first = make_qualification(sessions, now=days_ago(300))
    limits = (Condition("Three lots only.", TODAY + timedelta(days=30)),)
    decide_made_qualification(
        sessions, first, _S.CONDITIONALLY_APPROVED, conditions=limits, now=days_ago(200)
    )
    decide_made_qualification(sessions, first, _S.SUSPENDED, now=days_ago(100))
    decide_made_qualification(sessions, first, now=days_ago(20))
    second = make_qualification(sessions, now=days_ago(150))
    decide_made_qualification(sessions, second, _S.RETIRED, now=days_ago(50))
    make_qualification(sessions, approved=False, now=days_ago(10))
    return installation


def test_the_list_of_any_day_is_what_a_replay_of_the_audit_trail_gives(
    history: Installation,
) -> None:
    days = [TODAY - timedelta(days=days) for days in range(0, 310, 5)]
    with reading(history.sessions) as session:
        found = [(listed(session, day), replayed(session, day)) for day in days]
    assert [ours for ours, _ in found] == [theirs for _, theirs in found]
    assert len({str(ours) for ours, _ in found}) >= 7


def test_before_the_first_proposal_the_list_is_empty(history: Installation) -> None:
    with reading(history.sessions) as session:
        assert listed(session, TODAY - timedelta(days=301)) == {}


def test_a_list_of_today_shows_what_is_in_use_or_suspended_unless_asked(
    history: Installation,
) -> None:
    with reading(history.sessions) as session:
        today = list_approved_suppliers(session, SourceFilter(), TODAY, TODAY)
        suspended = list_approved_suppliers(
            session, SourceFilter(), TODAY - timedelta(days=60), TODAY
        )
        by_text = list_approved_suppliers(session, SourceFilter(text="no such"), TODAY, TODAY)
    assert [one.status for one in today] == [_S.APPROVED]
    assert today[0].source is not None
    assert today[0].is_only_source
    assert today[0].last_audit_on is not None
    assert {one.status for one in suspended} == {_S.SUSPENDED, _S.APPROVED}
    assert {one.source for one in suspended} == {None}
    assert by_text == []


def count(installation: Installation, ask: Callable[[Session], object]) -> int:
    statements = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    with reading(installation.sessions) as session:
        session.connection()
        event.listen(installation.engine, "before_cursor_execute", note)
        try:
            ask(session)
        finally:
            event.remove(installation.engine, "before_cursor_execute", note)
    return len(statements)


def test_lists_of_sources_ask_as_often_for_five_rows_as_for_one(
    installation: Installation,
) -> None:
    item_id = make_item(installation.sessions, catalogue_number="ASK-1")
    make_qualification(installation.sessions, item_id)
    question = BuyQuestion("Platelet lysate", UseScope.PHASE_1_2, TODAY)
    past = TODAY - timedelta(days=1)
    asks: dict[str, Callable[[Session], object]] = {
        "heat map": lambda session: list_source_page(session, SourceFilter(), TODAY),
        "list": lambda session: page_of_approved_suppliers(session, SourceFilter(), TODAY, TODAY),
        "past": lambda session: list_approved_suppliers(session, SourceFilter(), past, TODAY),
        "buying": lambda session: ask_may_buy(session, question, TODAY),
    }
    before = {name: count(installation, ask) for name, ask in asks.items()}
    for _ in range(4):
        make_qualification(installation.sessions)
    assert {name: count(installation, ask) for name, ask in asks.items()} == before
    assert max(before.values()) <= 11
