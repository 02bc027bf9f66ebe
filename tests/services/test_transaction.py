"""One change is one transaction with one audit entry, or it is nothing."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import GENESIS, AuditAction
from supplier_qc.domain.catalogue import OrganisationRole
from supplier_qc.domain.people import Actor, Role
from supplier_qc.domain.refusals import ChangedMeanwhile, NotFound, Refused
from supplier_qc.persistence.sessions import BulkChangeRefused, ReadingSessionWrote, reading
from supplier_qc.persistence.tables import AuditEntry, Organisation, OrganisationRoleHeld
from supplier_qc.services.transaction import SubjectNotNamed, changing
from tests.conftest import NOW, actor_of

ANA = actor_of(Role.PROCUREMENT)


def add(sessions: sessionmaker[Session], name: str, actor: Actor = ANA) -> int:
    with changing(sessions, AuditAction.ORGANISATION_ADDED, actor=actor, now=NOW) as change:
        organisation = Organisation(name=name)
        change.session.add(organisation)
        change.about(organisation, name)
        change.session.flush()
        return organisation.id


def entries(sessions: sessionmaker[Session]) -> list[AuditEntry]:
    with reading(sessions) as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def test_a_change_leaves_one_entry_with_before_and_after(sessions: sessionmaker[Session]) -> None:
    number = add(sessions, "Aspen Reagents")
    action = AuditAction.ORGANISATION_CHANGED
    with changing(sessions, action, actor=ANA, now=NOW, reason="It was sold.") as change:
        organisation = change.get(Organisation, number, "Vendor")
        organisation.name = "Birch Reagents"
        change.about(organisation, organisation.name)
    entry = entries(sessions)[-1]
    assert (entry.action, entry.actor_name, entry.reason) == (action, ANA.full_name, "It was sold.")
    assert entry.changes == [
        {
            "table": "organisation",
            "id": number,
            "change": "changed",
            "columns": {"name": ["Aspen Reagents", "Birch Reagents"]},
        }
    ]


def test_a_change_that_breaks_off_leaves_nothing(sessions: sessionmaker[Session]) -> None:
    before = len(entries(sessions))
    with (
        pytest.raises(RuntimeError, match="power cut"),
        changing(sessions, AuditAction.ORGANISATION_ADDED, actor=ANA, now=NOW) as change,
    ):
        organisation = Organisation(name="Half done")
        change.session.add(organisation)
        change.session.flush()
        change.about(organisation, "Half done")
        raise RuntimeError("power cut")
    with reading(sessions) as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 0
    assert len(entries(sessions)) == before


def test_a_change_without_a_subject_is_not_saved(sessions: sessionmaker[Session]) -> None:
    with (
        pytest.raises(SubjectNotNamed),
        changing(sessions, AuditAction.ORGANISATION_ADDED, actor=ANA, now=NOW) as change,
    ):
        change.session.add(Organisation(name="Nobody said what this is"))
    with reading(sessions) as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 0


@pytest.mark.parametrize("reason", [None, "", "   "])
def test_a_change_to_what_stood_needs_a_reason(
    sessions: sessionmaker[Session], reason: str | None
) -> None:
    number = add(sessions, "Aspen Reagents")
    action = AuditAction.ORGANISATION_CHANGED
    with (
        pytest.raises(Refused, match="Say why"),
        changing(sessions, action, actor=ANA, now=NOW, reason=reason) as change,
    ):
        change.get(Organisation, number, "Vendor").name = "Birch"


def test_each_entry_holds_the_hash_of_the_one_before(sessions: sessionmaker[Session]) -> None:
    add(sessions, "One")
    add(sessions, "Two")
    chain = entries(sessions)
    assert chain[0].previous_hash == GENESIS
    assert [e.previous_hash for e in chain[1:]] == [e.entry_hash for e in chain[:-1]]


def test_the_older_of_two_saves_is_refused(sessions: sessionmaker[Session]) -> None:
    number = add(sessions, "Aspen Reagents")
    with sessions() as stale:
        seen = stale.get(Organisation, number)
        assert seen is not None
        stale.expunge(seen)
    action = AuditAction.ORGANISATION_CHANGED
    with changing(sessions, action, actor=ANA, now=NOW, reason="first") as change:
        record = change.get(Organisation, number, "Vendor")
        record.name = "Birch"
        change.about(record, "Birch")
    with (
        pytest.raises(ChangedMeanwhile),
        changing(sessions, action, actor=ANA, now=NOW, reason="second") as change,
    ):
        record = change.session.merge(seen)
        record.name = "Cedar"
        change.about(record, "Cedar")
    assert entries(sessions)[-1].reason == "first"


def test_the_same_name_twice_is_a_refusal_and_not_a_crash(sessions: sessionmaker[Session]) -> None:
    add(sessions, "Aspen Reagents")
    with pytest.raises(Refused, match="repeats or contradicts"):
        add(sessions, "Aspen Reagents")


def test_a_record_that_is_not_there_is_named(sessions: sessionmaker[Session]) -> None:
    with (
        pytest.raises(NotFound, match="Vendor 77 does not exist"),
        changing(sessions, AuditAction.ORGANISATION_ADDED, actor=ANA, now=NOW) as change,
    ):
        change.get(Organisation, 77, "Vendor")


def test_a_reading_session_cannot_write(sessions: sessionmaker[Session]) -> None:
    with reading(sessions) as session:
        session.add(Organisation(name="Written by a page"))
        with pytest.raises(ReadingSessionWrote):
            session.flush()


def test_a_bulk_change_is_refused(sessions: sessionmaker[Session]) -> None:
    with sessions() as session, pytest.raises(BulkChangeRefused):
        session.query(Organisation).update({"name": "all at once"})


def test_what_is_removed_with_its_parent_leaves_its_trace(sessions: sessionmaker[Session]) -> None:
    action = AuditAction.ORGANISATION_ADDED
    with changing(sessions, action, actor=ANA, now=NOW) as change:
        organisation = Organisation(name="Aspen Reagents")
        organisation.roles = [OrganisationRoleHeld(role=role) for role in OrganisationRole]
        change.session.add(organisation)
        change.about(organisation, organisation.name)
        change.session.flush()
        number = organisation.id
    action = AuditAction.ORGANISATION_CHANGED
    with changing(sessions, action, actor=ANA, now=NOW, reason="Sold its plant.") as change:
        record = change.get(Organisation, number, "Vendor")
        record.roles = [
            held for held in record.roles if held.role is not OrganisationRole.MANUFACTURER
        ]
        change.about(record, record.name)
    removed = [made for made in entries(sessions)[-1].changes if made["change"] == "removed"]
    assert [made["columns"]["role"] for made in removed] == [["manufacturer", None]]
