"""One change: one transaction, one audit entry in it, chained to the entry before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from supplier_qc.domain.audit import GENESIS, AuditAction, chained_content, entry_hash
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import ChangedMeanwhile, NotFound, Refused, WrongPassword
from supplier_qc.persistence.base import Base
from supplier_qc.persistence.change_log import ChangeLog
from supplier_qc.persistence.tables.accountability import AuditEntry
from supplier_qc.persistence.tables.people import Person
from supplier_qc.services.passwords import count_wrong_password

_CHAIN_LOCK = 7_143_020_431
"""Any constant: PostgreSQL's advisory lock around reading and extending the chain."""

Record = TypeVar("Record", bound=Base)


class SubjectNotNamed(RuntimeError):
    """A change ended without saying which record it was about; nothing was saved."""


class Identified(Protocol):
    """A record with a number of its own."""

    id: Any
    __tablename__: Any


@dataclass(slots=True)
class Change:
    """An open change. `about` names its subject before the change ends."""

    session: Session
    action: AuditAction
    actor: Actor
    now: datetime
    reason: str | None
    subject: Identified | None = None
    label: str = ""

    def about(self, record: Identified, label: str) -> None:
        self.subject = record
        self.label = label

    def get(self, table: type[Record], key: int, what: str) -> Record:
        """The record under its number, or NotFound."""
        record = self.session.get(table, key)
        if record is None:
            raise NotFound(what, key)
        return record


@contextmanager
def changing(
    sessions: sessionmaker[Session],
    action: AuditAction,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> Iterator[Change]:
    """Open a transaction that commits together with its audit entry, or not at all.

    Raises Refused when the action needs a reason and none was given or when a rule of the
    database is broken, ChangedMeanwhile when a record was saved by somebody else in between.
    A WrongPassword undoes the change and is counted and audited in a transaction of its own
    (21 CFR 11.300(d), clause text unverified: attempts at unauthorised use are detected).
    """
    reason = (reason or "").strip() or None
    if action.needs_reason and reason is None:
        raise Refused("Say why: this change is kept in the audit trail with its reason.")
    with sessions() as session:
        log = ChangeLog(session)
        change = Change(session, action, actor, now, reason)
        try:
            yield change
            session.flush()
            session.add(_entry(change, log))
            session.commit()
        except WrongPassword:
            session.rollback()  # frees the writer's place for the entry about the attempt
            _keep_wrong_password(sessions, change)
            raise
        except StaleDataError as stale:
            raise ChangedMeanwhile from stale
        except IntegrityError as broken:
            raise Refused(
                "The record was not saved: it repeats or contradicts one that is already there "
                f"({broken.orig})."
            ) from broken


def check_version(record: Any, seen: int) -> None:
    """Refuse a change that was made looking at an older version of the record."""
    if record.version != seen:
        raise ChangedMeanwhile


def _keep_wrong_password(sessions: sessionmaker[Session], attempted: Change) -> None:
    subject = attempted.label or "a record that was not named"
    reason = f"A wrong password, or a locked account, at: {attempted.action.words}, {subject}."
    action, actor = AuditAction.PERSON_PASSWORD_REFUSED, attempted.actor
    with changing(sessions, action, actor=actor, now=attempted.now, reason=reason) as change:
        person = change.get(Person, actor.person_id or 0, "Person")
        change.session.refresh(person, with_for_update=True)
        count_wrong_password(person, change.now)
        change.about(person, f"{person.full_name} ({person.username})")


def _entry(change: Change, log: ChangeLog) -> AuditEntry:
    if change.subject is None:
        raise SubjectNotNamed(f"{change.action} did not name its subject.")
    previous = last_hash(change.session)
    return chained_entry(change, change.subject, change.label, log.changes, previous)


def chained_entry(
    change: Change,
    subject: Identified,
    label: str,
    changes: list[dict[str, Any]],
    previous: str,
) -> AuditEntry:
    """The entry of one record, chained to the entry whose hash is `previous`."""
    entry = AuditEntry(
        at=change.now,
        actor_id=change.actor.person_id,
        actor_name=change.actor.full_name,
        action=change.action,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        subject_label=label[:300],
        reason=change.reason,
        changes=changes,
        previous_hash=previous,
    )
    entry.entry_hash = entry_hash(previous, chained_content(entry))
    return entry


def last_hash(session: Session) -> str:
    """The end of the chain, held until this transaction ends.

    SQLite already holds its single writer (BEGIN IMMEDIATE); PostgreSQL needs the lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    last = session.scalar(select(AuditEntry.entry_hash).order_by(AuditEntry.id.desc()).limit(1))
    return last or GENESIS
