"""People: adding them, their roles and passwords, signing in and out."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import Actor, Role
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.tables.people import Person, PersonRole
from supplier_qc.services.passwords import (
    confirm_password,
    count_wrong_password,
    forget_wrong_passwords,
    hash_password,
    is_locked,
    new_session_stamp,
    password_matches,
)
from supplier_qc.services.transaction import Change, changing

_NOT_RIGHT = "Name or password is not right."


@cache
def _nobodys_hash() -> str:
    """An unknown name takes as long as a wrong password, so that names cannot be probed."""
    return hash_password("the hash that an unknown name is compared with")


class SignInRefused(Refused):
    """Wrong name or password, or the account is locked or closed."""


@dataclass(frozen=True, slots=True)
class PersonDraft:
    username: str
    full_name: str
    email: str
    roles: frozenset[Role]


def add_person(
    sessions: sessionmaker[Session],
    draft: PersonDraft,
    password: str,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Add a person; returns their number."""
    _check_draft(draft)
    with changing(sessions, AuditAction.PERSON_ADDED, actor=actor, now=now) as change:
        person = _new_person(change, draft, password)
        change.about(person, f"{person.full_name} ({person.username})")
        return person.id


def add_first_administrator(
    sessions: sessionmaker[Session], draft: PersonDraft, password: str, *, now: datetime
) -> int:
    """Add the person who adds everybody else; refused once there is anybody."""
    _check_draft(draft)
    installer = Actor(person_id=None, full_name="Installation", roles=frozenset())
    with changing(sessions, AuditAction.PERSON_ADDED, actor=installer, now=now) as change:
        if change.session.scalar(select(Person.id).limit(1)) is not None:
            raise Refused("There are people already; an administrator adds further ones.")
        person = _new_person(change, draft, password)
        change.about(person, f"{person.full_name} ({person.username})")
        return person.id


def change_person(
    sessions: sessionmaker[Session],
    person_id: int,
    draft: PersonDraft,
    *,
    is_active: bool,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Change name, mail address, roles, or close the account; ends the person's sessions."""
    _check_draft(draft)
    action = AuditAction.PERSON_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        person = change.get(Person, person_id, "Person")
        stays_administrator = is_active and Role.ADMINISTRATOR in draft.roles
        if not stays_administrator and not _others_administer(change.session, person_id):
            raise Refused(
                "Nobody else could manage people after this change. "
                "Give another open account the role of administrator first."
            )
        person.full_name = draft.full_name.strip()
        person.email = draft.email.strip()
        person.is_active = is_active
        person.roles = [PersonRole(role=role) for role in sorted(draft.roles)]
        person.session_stamp = new_session_stamp()
        change.about(person, f"{person.full_name} ({person.username})")


def change_own_password(
    sessions: sessionmaker[Session], old: str, new: str, *, actor: Actor, now: datetime
) -> None:
    """Change the password of the person themselves; ends their other sessions."""
    action = AuditAction.PERSON_PASSWORD_CHANGED
    with changing(sessions, action, actor=actor, now=now) as change:
        person = change.get(Person, actor.person_id or 0, "Person")
        confirm_password(person, old, now)
        person.password_hash = hash_password(new)
        person.session_stamp = new_session_stamp()
        change.about(person, f"{person.full_name} ({person.username})")


def sign_in(
    sessions: sessionmaker[Session], username: str, password: str, *, now: datetime
) -> tuple[int, str]:
    """The number and session stamp of the person, or SignInRefused; both are audited.

    After five refusals in a row the account is locked for 15 minutes (product policy). A closed
    account is answered like an unknown name, and the attempt is kept.
    """
    person_id, password_hash = _credentials(sessions, username)
    # Outside the transaction: hashing takes 0.2 s, and nobody else should wait for it.
    matches = password_matches(password_hash, password)
    if person_id is None:
        raise SignInRefused(_NOT_RIGHT)
    action = AuditAction.PERSON_SIGN_IN_FAILED
    with changing(sessions, action, actor=_nobody(), now=now) as change:
        person = _locked_account(change, person_id)
        refusal = _sign_in_refusal(person, matches=matches, now=now)
        if refusal is None:
            change.action = AuditAction.PERSON_SIGNED_IN
            forget_wrong_passwords(person)
        else:
            count_wrong_password(person, now)
        stamp = person.session_stamp
    if refusal is not None:
        raise SignInRefused(refusal)
    return person_id, stamp


def sign_out(sessions: sessionmaker[Session], *, actor: Actor, now: datetime) -> None:
    """End every session of the person, so that a copied cookie is worth nothing afterwards."""
    with changing(sessions, AuditAction.PERSON_SIGNED_OUT, actor=actor, now=now) as change:
        person = change.get(Person, actor.person_id or 0, "Person")
        person.session_stamp = new_session_stamp()
        change.about(person, f"{person.full_name} ({person.username})")


def _credentials(sessions: sessionmaker[Session], username: str) -> tuple[int | None, str]:
    """The person's number and password hash; nobody's where there is no such name."""
    with sessions() as session:
        person = session.scalar(select(Person).where(Person.username == username.strip().lower()))
        return (None, _nobodys_hash()) if person is None else (person.id, person.password_hash)


def _locked_account(change: Change, person_id: int) -> Person:
    """The account as the subject of the change; attempts at one moment are counted in turn."""
    person = change.get(Person, person_id, "Person")
    change.session.refresh(person, with_for_update=True)
    change.actor = Actor(person.id, person.full_name, frozenset())
    change.about(person, f"{person.full_name} ({person.username})")
    return person


def _sign_in_refusal(person: Person, *, matches: bool, now: datetime) -> str | None:
    if person.is_active and is_locked(person, now):
        return "Too many wrong passwords; the account opens again after 15 minutes."
    return None if matches and person.is_active else _NOT_RIGHT


def _others_administer(session: Session, person_id: int) -> bool:
    administrators = (
        select(Person.id)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(PersonRole.role == Role.ADMINISTRATOR, Person.is_active, Person.id != person_id)
    )
    return session.scalar(administrators.limit(1)) is not None


def _new_person(change: Change, draft: PersonDraft, password: str) -> Person:
    username = draft.username.strip().lower()
    if change.session.scalar(select(Person.id).where(Person.username == username)) is not None:
        raise Refused(f"There is already a person with the user name {username}.")
    person = Person(
        username=username,
        full_name=draft.full_name.strip(),
        email=draft.email.strip(),
        password_hash=hash_password(password),
        session_stamp=new_session_stamp(),
        roles=[PersonRole(role=role) for role in sorted(draft.roles)],
    )
    change.session.add(person)
    change.session.flush()  # the number is needed for the audit entry's subject
    return person


def _check_draft(draft: PersonDraft) -> None:
    problems = []
    if not draft.username.strip():
        problems.append("A person needs a user name.")
    if not draft.full_name.strip():
        problems.append("A person needs a full name; it is printed in signatures.")
    if "@" not in draft.email:
        problems.append("A person needs a mail address; reminders go there.")
    if not draft.roles:
        problems.append("A person needs at least one role.")
    Refused.unless_empty(problems)


def _nobody() -> Actor:
    return Actor(person_id=None, full_name="", roles=frozenset())
