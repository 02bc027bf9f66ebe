"""Wrong passwords at signing are counted, kept in the audit trail, and lock the account."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import AccountLocked, WrongPassword
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, Person, Signature
from supplier_qc.queries.audit_trail import verify_chain
from supplier_qc.services.installation import Installation
from supplier_qc.services.lot_disposition import reject_lot, release_lot
from supplier_qc.services.passwords import FAILURES_BEFORE_LOCK
from supplier_qc.services.people import SignInRefused, change_own_password, sign_in
from tests.conftest import NOW, actor_of
from tests.lot_factories import BEA, get_lot, make_confirmed_lot
from tests.people import PASSWORD

WRONG = "not the password"


def release(installation: Installation, lot_id: int, password: str, minute: int = 0) -> None:
    release_lot(
        installation.sessions,
        lot_id,
        version=get_lot(installation.sessions, lot_id).version,
        reason="Complete and in order.",
        password=password,
        actor=BEA,
        now=NOW + timedelta(minutes=minute),
    )


def fail(installation: Installation, lot_id: int, times: int) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            release(installation, lot_id, WRONG)


def refused_passwords(sessions: sessionmaker[Session]) -> list[AuditEntry]:
    with reading(sessions) as session:
        wanted = AuditEntry.action == AuditAction.PERSON_PASSWORD_REFUSED
        return list(session.scalars(select(AuditEntry).where(wanted).order_by(AuditEntry.id)))


def person(sessions: sessionmaker[Session], person_id: Any) -> Person:
    with reading(sessions) as session:
        return session.get_one(Person, person_id)


def test_a_refused_signature_is_in_the_audit_trail_with_what_was_to_be_signed(
    installation: Installation,
) -> None:
    lot_id = make_confirmed_lot(installation)
    fail(installation, lot_id, 1)
    [entry] = refused_passwords(installation.sessions)
    assert (entry.subject_type, entry.subject_id) == ("person", BEA.person_id)
    assert (entry.actor_id, entry.at) == (BEA.person_id, NOW)
    assert "Lot disposition released" in (entry.reason or "")
    assert get_lot(installation.sessions, lot_id).manufacturer_lot in (entry.reason or "")
    assert WRONG not in f"{entry.reason} {entry.changes}"


def test_the_refused_signature_itself_leaves_nothing(installation: Installation) -> None:
    lot_id = make_confirmed_lot(installation)
    fail(installation, lot_id, 1)
    with reading(installation.sessions) as session:
        of_lots = select(Signature).where(Signature.subject_type == "lot")
        assert session.scalars(of_lots).all() == []
        assert verify_chain(session).is_whole
    assert get_lot(installation.sessions, lot_id).disposition is Disposition.QUARANTINE


def test_five_wrong_passwords_at_signing_lock_signing_and_sign_in(
    installation: Installation,
) -> None:
    lot_id = make_confirmed_lot(installation)
    fail(installation, lot_id, FAILURES_BEFORE_LOCK)
    with pytest.raises(AccountLocked, match="15 minutes"):
        release(installation, lot_id, PASSWORD, minute=14)
    with pytest.raises(SignInRefused, match="15 minutes"):
        sign_in(installation.sessions, "bea", PASSWORD, now=NOW + timedelta(minutes=14))
    assert get_lot(installation.sessions, lot_id).disposition is Disposition.QUARANTINE
    release(installation, lot_id, PASSWORD, minute=15)
    assert get_lot(installation.sessions, lot_id).disposition is Disposition.RELEASED


def test_an_attempt_while_the_account_is_locked_is_kept_too(installation: Installation) -> None:
    lot_id = make_confirmed_lot(installation)
    fail(installation, lot_id, FAILURES_BEFORE_LOCK)
    with pytest.raises(AccountLocked):
        release(installation, lot_id, PASSWORD, minute=1)
    assert len(refused_passwords(installation.sessions)) == FAILURES_BEFORE_LOCK + 1


def test_sign_in_and_signing_share_one_count(installation: Installation) -> None:
    lot_id = make_confirmed_lot(installation)
    for _ in range(FAILURES_BEFORE_LOCK - 1):
        with pytest.raises(SignInRefused):
            sign_in(installation.sessions, "bea", WRONG, now=NOW)
    fail(installation, lot_id, 1)
    with pytest.raises(AccountLocked):
        release(installation, lot_id, PASSWORD)


def test_a_good_signature_starts_the_count_anew(installation: Installation) -> None:
    lot_id = make_confirmed_lot(installation)
    fail(installation, lot_id, FAILURES_BEFORE_LOCK - 1)
    release(installation, lot_id, PASSWORD)
    assert person(installation.sessions, BEA.person_id).failed_sign_ins == 0


def test_a_signature_without_a_wrong_password_before_changes_no_account(
    installation: Installation,
) -> None:
    lot_id = make_confirmed_lot(installation)
    reject_lot(
        installation.sessions,
        lot_id,
        version=get_lot(installation.sessions, lot_id).version,
        reason="Broken seal.",
        password=PASSWORD,
        actor=BEA,
        now=NOW,
    )
    with reading(installation.sessions) as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert "person" not in {change["table"] for change in last.changes}


def test_guessing_the_present_password_to_change_it_locks_as_well(
    sessions: sessionmaker[Session],
) -> None:
    ana = actor_of(Role.PROCUREMENT)
    for _ in range(FAILURES_BEFORE_LOCK):
        with pytest.raises(WrongPassword):
            change_own_password(sessions, WRONG, "another long password", actor=ana, now=NOW)
    with pytest.raises(AccountLocked):
        change_own_password(sessions, PASSWORD, "another long password", actor=ana, now=NOW)
    assert len(refused_passwords(sessions)) == FAILURES_BEFORE_LOCK + 1
