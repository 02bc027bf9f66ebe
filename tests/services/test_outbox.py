"""Each message reaches the mail server at least once, whatever happens in between."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.messages import ATTEMPTS, MessageState, next_attempt_at
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.reminders import DueSubject, NoticeFacts
from supplier_qc.mail.senders import OutgoingMessage, RecordingSender
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, Message
from supplier_qc.services.notices import NoticeDraft, make_notice
from supplier_qc.services.outbox import requeue_message, send_waiting_messages
from supplier_qc.services.people import PersonDraft, change_person
from tests.conftest import NOW, actor_of

DAN = actor_of(Role.ADMINISTRATOR)


def put_messages(sessions: sessionmaker[Session], count: int = 1) -> None:
    """Messages to Ana alone: Ben's account is closed first."""
    ben = PersonDraft("ben", "Ben Reviewer", "ben@example.invalid", frozenset({Role.QA_REVIEWER}))
    change_person(sessions, 2, ben, is_active=False, reason="Holiday.", actor=DAN, now=NOW)
    for number in range(1, count + 1):
        subject = DueSubject.QUALIFICATION
        facts = NoticeFacts(subject, f"Source {number}", date(2026, 12, 24), days_left=30)
        draft = NoticeDraft(f"n{number}", number, 30, facts)
        assert make_notice(sessions, draft, base_url="http://here", now=NOW)


def messages(sessions: sessionmaker[Session]) -> list[Message]:
    with reading(sessions) as session:
        return list(session.scalars(select(Message).order_by(Message.id)))


def only(sessions: sessionmaker[Session]) -> Message:
    (message,) = messages(sessions)
    return message


def outcomes(sessions: sessionmaker[Session]) -> list[AuditAction]:
    with reading(sessions) as session:
        entries = session.scalars(
            select(AuditEntry.action)
            .where(AuditEntry.subject_type == "message")
            .order_by(AuditEntry.id)
        )
        return list(entries)


def test_a_waiting_message_is_sent_once_and_stays_sent(
    sessions: sessionmaker[Session], outbox: RecordingSender
) -> None:
    put_messages(sessions)
    assert send_waiting_messages(sessions, outbox, now=NOW) == (
        "1 sent, 0 not taken by the mail server"
    )
    for later in (NOW, NOW + timedelta(days=400)):
        assert send_waiting_messages(sessions, outbox, now=later) is None
    (sent,) = outbox.sent
    assert (sent.to, sent.key) == ("ana@example.invalid", "n1/1")
    message = only(sessions)
    assert (message.state, message.sent_at, message.attempts) == (MessageState.SENT, NOW, 1)
    assert outcomes(sessions) == [AuditAction.MESSAGE_SENT]


def test_what_a_server_refuses_is_tried_again_after_a_pause_and_then_sent(
    sessions: sessionmaker[Session], outbox: RecordingSender
) -> None:
    put_messages(sessions)
    outbox.refusal = "450 mailbox busy"
    send_waiting_messages(sessions, outbox, now=NOW)
    message = only(sessions)
    assert (message.state, message.last_error) == (MessageState.FAILED, "450 mailbox busy")
    outbox.refusal = None
    assert send_waiting_messages(sessions, outbox, now=NOW + timedelta(minutes=1)) is None
    send_waiting_messages(sessions, outbox, now=NOW + timedelta(minutes=5))
    assert [sent.key for sent in outbox.sent] == ["n1/1"]
    assert only(sessions).last_error is None
    assert outcomes(sessions) == [AuditAction.MESSAGE_FAILED, AuditAction.MESSAGE_SENT]


def test_attempts_end_after_eight_and_the_message_stays_failed_in_the_open(
    sessions: sessionmaker[Session], outbox: RecordingSender
) -> None:
    put_messages(sessions)
    outbox.refusal = "550 no such user"
    for day in range(40):
        send_waiting_messages(sessions, outbox, now=NOW + timedelta(days=day))
    message = only(sessions)
    assert (message.state, message.attempts) == (MessageState.FAILED, ATTEMPTS)
    assert message.next_attempt_at is None
    assert outcomes(sessions) == [AuditAction.MESSAGE_FAILED] * ATTEMPTS


def test_pauses_only_grow() -> None:
    waits = [next_attempt_at(attempt, NOW) - NOW for attempt in range(1, ATTEMPTS)]
    assert waits == sorted(waits)
    assert sum(waits, timedelta()) > timedelta(days=1)


def test_without_a_mail_server_messages_are_kept_and_not_lost(
    sessions: sessionmaker[Session],
) -> None:
    put_messages(sessions, 2)
    said = send_waiting_messages(sessions, None, now=NOW)
    assert said == "2 kept in the product; no mail server is set"
    assert {message.state for message in messages(sessions)} == {MessageState.KEPT}
    assert send_waiting_messages(sessions, None, now=NOW + timedelta(days=1)) is None


def test_a_server_that_is_down_costs_the_other_messages_no_attempt(
    sessions: sessionmaker[Session], outbox: RecordingSender
) -> None:
    put_messages(sessions, 6)
    outbox.refusal = "connection refused"
    send_waiting_messages(sessions, outbox, now=NOW)
    assert [message.attempts for message in messages(sessions)] == [1, 1, 1, 0, 0, 0]
    outbox.refusal = None
    send_waiting_messages(sessions, outbox, now=NOW + timedelta(minutes=5))
    assert len(outbox.sent) == 6


@dataclass(slots=True)
class SenderWith:
    """A sender during whose sending something else happens."""

    meanwhile: Callable[[OutgoingMessage], None]
    sent: list[OutgoingMessage] = field(default_factory=list)

    def send(self, message: OutgoingMessage) -> None:
        self.meanwhile(message)
        self.sent.append(message)


class PowerCut(BaseException):
    """Ends the process in the middle of sending, as far as the test can tell."""


def test_a_process_that_dies_while_sending_loses_nothing(
    sessions: sessionmaker[Session], outbox: RecordingSender
) -> None:
    put_messages(sessions)

    def cut(message: OutgoingMessage) -> None:
        raise PowerCut(message.key)

    with pytest.raises(PowerCut):
        send_waiting_messages(sessions, SenderWith(cut), now=NOW)
    assert only(sessions).state is MessageState.WAITING
    send_waiting_messages(sessions, outbox, now=NOW + timedelta(minutes=5))
    assert [sent.key for sent in outbox.sent] == ["n1/1"]


def test_a_process_that_dies_at_every_attempt_ends_as_failed(
    sessions: sessionmaker[Session], outbox: RecordingSender
) -> None:
    put_messages(sessions)

    def cut(message: OutgoingMessage) -> None:
        raise PowerCut(message.key)

    for day in range(ATTEMPTS):
        with pytest.raises(PowerCut):
            send_waiting_messages(sessions, SenderWith(cut), now=NOW + timedelta(days=2 * day))
    send_waiting_messages(sessions, outbox, now=NOW + timedelta(days=60))
    message = only(sessions)
    assert (message.state, outbox.sent) == (MessageState.FAILED, [])
    assert "broke off" in (message.last_error or "")


def test_a_second_process_leaves_a_message_alone_that_is_being_sent(
    sessions: sessionmaker[Session], outbox: RecordingSender
) -> None:
    put_messages(sessions)
    said: list[str | None] = []

    def second_process(_message: OutgoingMessage) -> None:
        moment = NOW + timedelta(minutes=1)
        said.append(send_waiting_messages(sessions, outbox, now=moment))

    sender = SenderWith(second_process)
    send_waiting_messages(sessions, sender, now=NOW)
    assert (len(sender.sent), outbox.sent, said) == (1, [], [None])


@pytest.mark.parametrize("refused_first", [True, False])
def test_a_failed_or_kept_message_can_be_tried_again(
    sessions: sessionmaker[Session],
    outbox: RecordingSender,
    refused_first: bool,  # noqa: FBT001 -- a case of the table
) -> None:
    put_messages(sessions)
    outbox.refusal = "refused"
    send_waiting_messages(sessions, outbox if refused_first else None, now=NOW)
    outbox.refusal = None
    later: datetime = NOW + timedelta(hours=1)
    requeue_message(sessions, only(sessions).id, actor=DAN, now=later)
    send_waiting_messages(sessions, outbox, now=later)
    assert only(sessions).state is MessageState.SENT


def test_a_sent_message_cannot_be_tried_again(
    sessions: sessionmaker[Session], outbox: RecordingSender
) -> None:
    put_messages(sessions)
    send_waiting_messages(sessions, outbox, now=NOW)
    with pytest.raises(Refused, match="nothing to try again"):
        requeue_message(sessions, only(sessions).id, actor=DAN, now=NOW)


def test_a_message_that_is_not_there_is_named(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(NotFound, match="Message 99"):
        requeue_message(sessions, 99, actor=DAN, now=NOW)
