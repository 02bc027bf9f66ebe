"""Notices of due dates: each made once, with its messages, and acknowledged by a person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.messages import MessageState
from supplier_qc.domain.people import SCHEDULER, Actor, Permission, Role
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.reminders import NoticeFacts, notice_body, notice_subject
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables.notices import Message, Notice
from supplier_qc.persistence.tables.people import Person, PersonRole
from supplier_qc.services.transaction import Change, changing


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """`key` names subject, due date and threshold, so that no second notice can be made."""

    key: str
    subject_id: int
    threshold_days: int
    facts: NoticeFacts


class _AlreadyMade(Refused):
    """The notice stands already; this attempt leaves no trace."""


def make_notice(
    sessions: sessionmaker[Session], draft: NoticeDraft, *, base_url: str, now: datetime
) -> bool:
    """Make a notice and one message for each person whose role owns its subject.

    All of it or nothing. False when the notice stood already, also when another process was
    faster. Without anybody to write to, the notice is still made and seen in the product.
    """
    action = AuditAction.NOTICE_MADE
    try:
        with changing(sessions, action, actor=SCHEDULER, now=now) as change:
            if _stands(change.session, draft.key):
                raise _AlreadyMade("The notice stands already.")
            notice = _new_notice(change, draft)
            for person in _recipients(change.session, draft.facts.subject.owners):
                change.session.add(_message(notice, draft.facts, person, base_url))
            change.about(notice, f"{draft.facts.subject.words}: {draft.facts.title}")
    except Refused:
        with reading(sessions) as session:
            if _stands(session, draft.key):
                return False
        raise
    return True


def acknowledge_notice(
    sessions: sessionmaker[Session], notice_id: int, *, actor: Actor, now: datetime
) -> None:
    """Say that somebody has taken the matter up; refused when somebody did before."""
    if not actor.may(Permission.HANDLE_REMINDERS):
        raise NotPermitted("Your roles do not include acknowledging reminders.")
    action = AuditAction.NOTICE_ACKNOWLEDGED
    with changing(sessions, action, actor=actor, now=now) as change:
        notice = change.session.get(Notice, notice_id, with_for_update=True)
        notice = notice or change.get(Notice, notice_id, "Reminder")
        if notice.acknowledged_at is not None:
            raise Refused("The reminder was acknowledged before; nothing was changed.")
        notice.acknowledged_at = now
        notice.acknowledged_by_id = actor.person_id
        change.about(notice, notice.title)


def _stands(session: Session, key: str) -> bool:
    return session.scalar(select(Notice.id).where(Notice.key == key)) is not None


def _new_notice(change: Change, draft: NoticeDraft) -> Notice:
    notice = Notice(
        key=draft.key,
        subject_type=draft.facts.subject.value,
        subject_id=draft.subject_id,
        title=draft.facts.title[:300],
        due_on=draft.facts.due_on,
        threshold_days=draft.threshold_days,
        made_at=change.now,
    )
    change.session.add(notice)
    change.session.flush()  # the messages carry the notice's number in their link
    return notice


def _recipients(session: Session, roles: frozenset[Role]) -> list[Person]:
    holders = select(PersonRole.person_id).where(PersonRole.role.in_(sorted(roles)))
    people = select(Person).where(Person.is_active, Person.id.in_(holders)).order_by(Person.id)
    return list(session.scalars(people))


def _message(notice: Notice, facts: NoticeFacts, person: Person, base_url: str) -> Message:
    link = f"{base_url.rstrip('/')}/reminders/{notice.id}"
    return Message(
        key=f"{notice.key}/{person.id}",
        notice_id=notice.id,
        recipient_id=person.id,
        recipient_email=person.email,
        subject=notice_subject(facts),
        body=notice_body(facts, person.full_name, link),
        state=MessageState.WAITING,
        made_at=notice.made_at,
        next_attempt_at=notice.made_at,
    )
