"""Signing in, being locked out, and who may manage whom."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import Refused, WrongPassword
from supplier_qc.persistence.engine import make_engine
from supplier_qc.persistence.migrating import upgrade
from supplier_qc.persistence.sessions import make_sessions, reading
from supplier_qc.persistence.tables import AuditEntry, Person
from supplier_qc.queries.people import get_signed_in_person
from supplier_qc.services.passwords import FAILURES_BEFORE_LOCK
from supplier_qc.services.people import (
    PersonDraft,
    SignInRefused,
    add_first_administrator,
    add_person,
    change_own_password,
    change_person,
    sign_in,
    sign_out,
)
from tests.conftest import NOW, actor_of
from tests.people import PASSWORD

ANA, DAN = actor_of(Role.PROCUREMENT), actor_of(Role.ADMINISTRATOR)
ANA_DRAFT = PersonDraft(
    "ana", "Ana Procurement", "ana@example.invalid", frozenset({Role.PROCUREMENT})
)


def refused(sessions: sessionmaker[Session], username: str, password: str, minute: int = 0) -> str:
    with pytest.raises(SignInRefused) as refusal:
        sign_in(sessions, username, password, now=NOW + timedelta(minutes=minute))
    return " ".join(refusal.value.reasons)


def stamp(sessions: sessionmaker[Session], person_id: int) -> str | None:
    with reading(sessions) as session:
        found = get_signed_in_person(session, person_id)
    return None if found is None else found.session_stamp


def actions(sessions: sessionmaker[Session]) -> list[AuditAction]:
    with reading(sessions) as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


@pytest.mark.parametrize("typed", ["ana", "ANA", "  Ana "])
def test_the_user_name_is_read_without_regard_to_case_and_spaces(
    sessions: sessionmaker[Session], typed: str
) -> None:
    assert sign_in(sessions, typed, PASSWORD, now=NOW) == (1, stamp(sessions, 1))
    assert actions(sessions)[-1] is AuditAction.PERSON_SIGNED_IN


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(
    sessions: sessionmaker[Session],
) -> None:
    assert refused(sessions, "nobody", PASSWORD) == refused(sessions, "ana", "not the password")


def test_a_wrong_password_is_in_the_audit_trail_under_the_account(
    sessions: sessionmaker[Session],
) -> None:
    refused(sessions, "ana", "not the password")
    with reading(sessions) as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.subject_id) == (AuditAction.PERSON_SIGN_IN_FAILED, 1)
    assert "not the password" not in str(entry.changes)


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(
    sessions: sessionmaker[Session],
) -> None:
    for _ in range(FAILURES_BEFORE_LOCK - 1):
        refused(sessions, "ana", "not the password")
    assert "15 minutes" not in refused(sessions, "ana", "not the password")
    assert "15 minutes" in refused(sessions, "ana", PASSWORD, minute=14)
    assert sign_in(sessions, "ana", PASSWORD, now=NOW + timedelta(minutes=15))[0] == 1


def test_a_good_password_starts_the_count_anew(sessions: sessionmaker[Session]) -> None:
    for _ in range(2):
        for _ in range(FAILURES_BEFORE_LOCK - 1):
            refused(sessions, "ana", "not the password")
        sign_in(sessions, "ana", PASSWORD, now=NOW)
    assert sign_in(sessions, "ana", PASSWORD, now=NOW)[0] == 1


def test_a_lock_that_is_over_locks_again_only_after_five_more(
    sessions: sessionmaker[Session],
) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        refused(sessions, "ana", "not the password")
    refused(sessions, "ana", "not the password", minute=20)
    assert sign_in(sessions, "ana", PASSWORD, now=NOW + timedelta(minutes=21))[0] == 1


def test_the_lock_of_one_account_leaves_the_others_open(sessions: sessionmaker[Session]) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        refused(sessions, "ana", "not the password")
    assert sign_in(sessions, "ben", PASSWORD, now=NOW)[0] == 2


def test_a_closed_account_ends_its_sessions_at_once_and_signs_in_no_more(
    sessions: sessionmaker[Session],
) -> None:
    before = stamp(sessions, 1)
    change_person(
        sessions, 1, ANA_DRAFT, is_active=False, reason="Left the company.", actor=DAN, now=NOW
    )
    assert before is not None
    assert stamp(sessions, 1) is None
    assert refused(sessions, "ana", PASSWORD) == refused(sessions, "nobody", PASSWORD)


def test_an_attempt_at_a_closed_account_is_kept(sessions: sessionmaker[Session]) -> None:
    change_person(
        sessions, 1, ANA_DRAFT, is_active=False, reason="Left the company.", actor=DAN, now=NOW
    )
    refused(sessions, "ana", PASSWORD)
    assert actions(sessions)[-1] is AuditAction.PERSON_SIGN_IN_FAILED


def test_changed_roles_end_the_sessions_that_began_before(sessions: sessionmaker[Session]) -> None:
    before = stamp(sessions, 1)
    change_person(sessions, 1, ANA_DRAFT, is_active=True, reason="Checked.", actor=DAN, now=NOW)
    assert stamp(sessions, 1) != before


def test_a_new_password_ends_other_sessions_and_the_old_one_is_worth_nothing(
    sessions: sessionmaker[Session],
) -> None:
    before = stamp(sessions, 1)
    change_own_password(sessions, PASSWORD, "another long password", actor=ANA, now=NOW)
    assert stamp(sessions, 1) != before
    refused(sessions, "ana", PASSWORD)
    assert sign_in(sessions, "ana", "another long password", now=NOW)[0] == 1


def test_no_password_and_no_hash_of_one_reaches_the_audit_trail(
    sessions: sessionmaker[Session],
) -> None:
    change_own_password(sessions, PASSWORD, "another long password", actor=ANA, now=NOW)
    with reading(sessions) as session:
        kept = str(session.scalars(select(AuditEntry.changes)).all())
    assert "argon2" not in kept
    assert PASSWORD not in kept
    assert "(not shown)" in kept


def test_the_old_password_is_asked_for(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(WrongPassword):
        change_own_password(sessions, "a guess at it", "another long password", actor=ANA, now=NOW)


def test_a_short_password_is_refused(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(Refused, match="at least 12 characters"):
        change_own_password(sessions, PASSWORD, "short", actor=ANA, now=NOW)


def test_the_first_administrator_is_added_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    upgrade(url)
    engine = make_engine(url)
    sessions = make_sessions(engine)
    draft = PersonDraft("root", "Ro Ot", "root@example.invalid", frozenset({Role.ADMINISTRATOR}))
    assert add_first_administrator(sessions, draft, PASSWORD, now=NOW) == 1
    with pytest.raises(Refused, match="There are people already"):
        add_first_administrator(sessions, draft, PASSWORD, now=NOW)
    engine.dispose()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda: {"username": "  "}, "user name"),
        (lambda: {"full_name": ""}, "full name"),
        (lambda: {"email": "nowhere"}, "mail address"),
        (lambda: {"roles": frozenset()}, "at least one role"),
    ],
    ids=["user name", "full name", "mail", "roles"],
)
def test_a_person_lacks_nothing(
    sessions: sessionmaker[Session], change: Callable[[], dict[str, object]], reason: str
) -> None:
    values = {
        "username": "fay",
        "full_name": "Fay",
        "email": "fay@example.invalid",
        "roles": frozenset({Role.AUDITOR}),
    }
    draft = PersonDraft(**(values | change()))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=reason):
        add_person(sessions, draft, PASSWORD, actor=DAN, now=NOW)


def test_all_that_is_missing_is_named_at_once(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(Refused) as refusal:
        add_person(sessions, PersonDraft("", "", "", frozenset()), PASSWORD, actor=DAN, now=NOW)
    assert len(refusal.value.reasons) == 4


def test_a_user_name_is_given_once(sessions: sessionmaker[Session]) -> None:
    draft = PersonDraft("ANA", "Another Ana", "a@example.invalid", frozenset({Role.AUDITOR}))
    with pytest.raises(Refused, match="already a person with the user name ana"):
        add_person(sessions, draft, PASSWORD, actor=DAN, now=NOW)


@pytest.mark.parametrize(
    ("is_active", "roles"),
    [(False, {Role.ADMINISTRATOR}), (True, {Role.AUDITOR})],
    ids=["closed", "role taken away"],
)
def test_the_last_administrator_cannot_be_lost(
    sessions: sessionmaker[Session],
    is_active: bool,  # noqa: FBT001 -- a column of the table
    roles: set[Role],
) -> None:
    draft = PersonDraft("dan", "Dan", "dan@example.invalid", frozenset(roles))
    with pytest.raises(Refused, match="Nobody else could manage people"):
        change_person(
            sessions, 5, draft, is_active=is_active, reason="Tidying.", actor=DAN, now=NOW
        )


def test_an_administrator_may_go_when_another_stays(sessions: sessionmaker[Session]) -> None:
    other = PersonDraft("fay", "Fay", "fay@example.invalid", frozenset({Role.ADMINISTRATOR}))
    add_person(sessions, other, PASSWORD, actor=DAN, now=NOW)
    draft = PersonDraft("dan", "Dan", "dan@example.invalid", frozenset({Role.AUDITOR}))
    change_person(sessions, 5, draft, is_active=False, reason="Retired.", actor=DAN, now=NOW)
    with reading(sessions) as session:
        assert session.get_one(Person, 5).is_active is False


def test_signing_out_is_audited(sessions: sessionmaker[Session]) -> None:
    sign_out(sessions, actor=ANA, now=NOW)
    assert actions(sessions)[-1] is AuditAction.PERSON_SIGNED_OUT
