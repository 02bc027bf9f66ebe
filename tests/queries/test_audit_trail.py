"""The audit trail is found by its filters, and a break in its chain is found by its place."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import GENESIS, AuditAction
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry
from supplier_qc.queries.audit_trail import (
    AuditFilter,
    AuditRow,
    ChainVerdict,
    get_entry,
    iterate_entries,
    list_actors,
    list_entries,
    verify_chain,
)
from supplier_qc.services.installation import Installation
from tests.conftest import NOW, TODAY
from tests.factories import make_vendor


def found(sessions: sessionmaker[Session], wanted: AuditFilter) -> tuple[AuditRow, ...]:
    with reading(sessions) as session:
        return list_entries(session, wanted, 1).rows


def verdict(sessions: sessionmaker[Session]) -> ChainVerdict:
    with reading(sessions) as session:
        return verify_chain(session)


def tamper(installation: Installation, statement: str) -> None:
    """As somebody would who owns the database file: the triggers are taken away first."""
    with installation.engine.begin() as connection:
        for kind in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER audit_entry_no_{kind}"))
        connection.execute(text(statement))


@pytest.fixture
def vendors(sessions: sessionmaker[Session]) -> None:
    make_vendor(sessions, name="100% Lysate")
    make_vendor(sessions, name="Birch_Sera", now=NOW + timedelta(days=1))
    make_vendor(sessions, name="Cedar", now=NOW + timedelta(days=2))


@pytest.mark.usefixtures("vendors")
@pytest.mark.parametrize(
    ("wanted", "labels"),
    [
        (
            AuditFilter(action=AuditAction.ORGANISATION_ADDED),
            ["Cedar", "Birch_Sera", "100% Lysate"],
        ),
        (AuditFilter(text="birch"), ["Birch_Sera"]),
        (AuditFilter(text="100%"), ["100% Lysate"]),
        (AuditFilter(text="h_S"), ["Birch_Sera"]),
        (AuditFilter(text="%"), ["100% Lysate"]),
        (AuditFilter(text="nobody wrote this"), []),
        (
            AuditFilter(from_on=TODAY + timedelta(days=1), until_on=TODAY + timedelta(days=1)),
            ["Birch_Sera"],
        ),
        (AuditFilter(from_on=TODAY + timedelta(days=2)), ["Cedar"]),
        (AuditFilter(person="Ana Procurement", text="cedar"), ["Cedar"]),
        (AuditFilter(person="Bea Approver"), []),
        (AuditFilter(subject_type="organisation", text="Cedar"), ["Cedar"]),
        (AuditFilter(subject_type="person", text="Cedar"), []),
    ],
)
def test_each_filter_finds_its_entries(
    sessions: sessionmaker[Session], wanted: AuditFilter, labels: list[str]
) -> None:
    assert [row.subject_label for row in found(sessions, wanted)] == labels


def test_an_entry_tells_each_column_before_and_after(sessions: sessionmaker[Session]) -> None:
    make_vendor(sessions, name="Cedar", website="https://cedar.example")
    (row,) = found(sessions, AuditFilter(text="Cedar"))
    columns = {change.column: (change.before, change.after) for change in row.changes[0].columns}
    assert columns["website"] == (None, "https://cedar.example")
    with reading(sessions) as session:
        assert get_entry(session, row.id) == row
        assert get_entry(session, 999_999) is None


def test_pages_hold_a_hundred_and_a_page_takes_two_statements(
    installation: Installation, sessions: sessionmaker[Session]
) -> None:
    for number in range(100):
        make_vendor(sessions, name=f"Vendor {number}")
    with reading(sessions) as session:
        session.scalar(select(1))  # the transaction has begun
        statements: list[str] = []
        event.listen(
            installation.engine,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_rest: statements.append(statement),
        )
        first = list_entries(session, AuditFilter(), 1)
        assert len(statements) == 2
        last = list_entries(session, AuditFilter(), 99)
        everything = list(iterate_entries(session, AuditFilter()))
    assert (len(first.rows), first.pages, last.page) == (100, 2, 2)
    assert [row.id for row in everything] == sorted(row.id for row in (*first.rows, *last.rows))


def test_the_people_of_the_trail_are_those_who_did_something(
    sessions: sessionmaker[Session],
) -> None:
    with reading(sessions) as session:
        before = list_actors(session)
    make_vendor(sessions)
    with reading(sessions) as session:
        assert set(list_actors(session)) - set(before) == {"Ana Procurement"}


@pytest.mark.usefixtures("vendors")
def test_an_untouched_chain_is_whole(sessions: sessionmaker[Session]) -> None:
    whole = verdict(sessions)
    with reading(sessions) as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert whole == ChainVerdict(whole.entries, None, None, last.id, last.entry_hash)


@pytest.mark.usefixtures("vendors")
@pytest.mark.parametrize(
    ("change", "broken", "reason"),
    [
        ("UPDATE audit_entry SET reason = 'another' WHERE id = 5", 5, "changed afterwards"),
        ("UPDATE audit_entry SET actor_name = 'Somebody' WHERE id = 3", 3, "changed afterwards"),
        ("UPDATE audit_entry SET at = '2020-01-01 00:00:00' WHERE id = 2", 2, "changed afterwards"),
        ("UPDATE audit_entry SET changes = '[]' WHERE id = 7", 7, "changed afterwards"),
        ("UPDATE audit_entry SET subject_id = 9 WHERE id = 1", 1, "changed afterwards"),
        ("DELETE FROM audit_entry WHERE id = 4", 5, "an entry was removed"),
        ("DELETE FROM audit_entry WHERE id = 1", 2, "an entry was removed"),
    ],
)
def test_the_first_entry_that_does_not_fit_is_named(
    installation: Installation, change: str, broken: int, reason: str
) -> None:
    tamper(installation, change)
    found_verdict = verdict(installation.sessions)
    assert found_verdict.broken_id == broken
    assert reason in (found_verdict.reason or "")


@pytest.mark.usefixtures("vendors")
def test_cutting_off_the_end_shows_in_the_last_hash_alone(installation: Installation) -> None:
    before = verdict(installation.sessions)
    tamper(installation, f"DELETE FROM audit_entry WHERE id = {before.last_id}")
    after = verdict(installation.sessions)
    assert after.is_whole
    assert (after.entries, after.last_hash) != (before.entries, before.last_hash)


def test_an_empty_chain_begins_at_the_genesis(installation: Installation) -> None:
    tamper(installation, "DELETE FROM audit_entry")
    assert verdict(installation.sessions) == ChainVerdict(0, None, None, None, GENESIS)
