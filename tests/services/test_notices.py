"""A notice is made once, with its messages, and taken up by one person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import NotFound, NotPermitted, Refused
from supplier_qc.domain.reminders import DueSubject, NoticeFacts
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, Message, Notice
from supplier_qc.services.notices import NoticeDraft, acknowledge_notice, make_notice
from supplier_qc.services.people import PersonDraft, change_person
from tests.conftest import NOW, actor_of

ANA, BEN, CYD = (actor_of(role) for role in (Role.PROCUREMENT, Role.QA_REVIEWER, Role.CMC_WRITER))
DRAFT = NoticeDraft(
    key="qualification:7:due:2026-12-24:30",
    subject_id=7,
    threshold_days=30,
    facts=NoticeFacts(
        subject=DueSubject.QUALIFICATION,
        title="Platelet lysate, Aspen Reagents",
        due_on=date(2026, 12, 24),
        days_left=30,
    ),
)
OWNERS = DueSubject.QUALIFICATION.owners


def make(sessions: sessionmaker[Session], draft: NoticeDraft = DRAFT) -> bool:
    return make_notice(sessions, draft, base_url="https://qc.example.invalid/", now=NOW)


def count(sessions: sessionmaker[Session], table: type[Notice | Message]) -> int:
    with reading(sessions) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_each_holder_of_a_role_gets_one_message(sessions: sessionmaker[Session]) -> None:
    assert make(sessions)
    with reading(sessions) as session:
        addresses = session.scalars(select(Message.recipient_email).order_by(Message.id)).all()
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert addresses == ["ana@example.invalid", "ben@example.invalid"]
    assert entry is not None
    assert (entry.action, entry.actor_id) == (AuditAction.NOTICE_MADE, None)
    assert [change["table"] for change in entry.changes] == ["notice", "message", "message"]


def test_the_second_time_makes_nothing_and_leaves_no_trace(
    sessions: sessionmaker[Session],
) -> None:
    make(sessions)
    with reading(sessions) as session:
        before = session.scalar(select(func.count()).select_from(AuditEntry))
    assert not make(sessions)
    with reading(sessions) as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == before
    assert (count(sessions, Notice), count(sessions, Message)) == (1, 2)


def test_a_person_with_two_of_the_roles_gets_one_message(sessions: sessionmaker[Session]) -> None:
    both = PersonDraft("ana", "Ana Procurement", "ana@example.invalid", OWNERS)
    dan = actor_of(Role.ADMINISTRATOR)
    change_person(sessions, 1, both, is_active=True, reason="Holiday.", actor=dan, now=NOW)
    make(sessions)
    assert count(sessions, Message) == 2


def test_a_closed_account_gets_no_message(sessions: sessionmaker[Session]) -> None:
    ana = PersonDraft("ana", "Ana Procurement", "ana@example.invalid", OWNERS)
    dan = actor_of(Role.ADMINISTRATOR)
    change_person(sessions, 1, ana, is_active=False, reason="Left.", actor=dan, now=NOW)
    make(sessions)
    with reading(sessions) as session:
        assert session.scalars(select(Message.recipient_email)).all() == ["ben@example.invalid"]


def test_a_notice_nobody_can_be_written_to_is_still_made(sessions: sessionmaker[Session]) -> None:
    dan = actor_of(Role.ADMINISTRATOR)
    for number, username in ((1, "ana"), (2, "ben")):
        gone = PersonDraft(username, "Gone", "gone@example.invalid", OWNERS)
        change_person(sessions, number, gone, is_active=False, reason="Left.", actor=dan, now=NOW)
    assert make(sessions)
    assert (count(sessions, Notice), count(sessions, Message)) == (1, 0)


def test_the_message_says_what_when_and_where(sessions: sessionmaker[Session]) -> None:
    make(sessions)
    with reading(sessions) as session:
        message = session.scalars(select(Message)).first()
        notice = session.scalars(select(Notice)).one()
    assert message is not None
    assert message.subject == (
        "Requalification is due on 2026-12-24: Platelet lysate, Aspen Reagents"
    )
    assert f"\nhttps://qc.example.invalid/reminders/{notice.id}\n" in message.body
    assert "2026-12-24, in 30 days" in message.body


def test_a_title_with_line_breaks_gives_a_subject_of_one_line(
    sessions: sessionmaker[Session],
) -> None:
    facts = replace(DRAFT.facts, title="Lysate\r\nBcc: everybody@example.invalid\n" + "x" * 400)
    make(sessions, replace(DRAFT, facts=facts))
    with reading(sessions) as session:
        subject = session.scalars(select(Message.subject)).first()
    assert subject is not None
    assert len(subject.splitlines()) == 1


def test_a_notice_is_acknowledged_once_and_by_name(sessions: sessionmaker[Session]) -> None:
    make(sessions)
    later = NOW + timedelta(hours=2)
    acknowledge_notice(sessions, 1, actor=BEN, now=later)
    with pytest.raises(Refused, match="acknowledged before"):
        acknowledge_notice(sessions, 1, actor=ANA, now=later)
    with reading(sessions) as session:
        notice = session.scalars(select(Notice)).one()
    assert (notice.acknowledged_by_id, notice.acknowledged_at) == (BEN.person_id, later)


def test_who_may_not_handle_reminders_acknowledges_none(sessions: sessionmaker[Session]) -> None:
    make(sessions)
    with pytest.raises(NotPermitted):
        acknowledge_notice(sessions, 1, actor=CYD, now=NOW)


def test_an_unknown_reminder_is_named(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(NotFound, match="Reminder 77"):
        acknowledge_notice(sessions, 77, actor=BEN, now=NOW)
