"""The outbox: each message is handed to the mail server at least once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.messages import ATTEMPTS, MessageState, next_attempt_at
from supplier_qc.domain.people import SCHEDULER, Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.mail.senders import MailNotTaken, OutgoingMessage, Sender
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables.notices import Message
from supplier_qc.services.transaction import changing

BATCH = 200
"""Messages of one run; the others wait for the next minute."""

REFUSALS_IN_A_ROW = 3
"""After so many the mail server is taken to be down, and the rest keep their attempts."""

_UNSENT = (MessageState.WAITING, MessageState.FAILED)
_BROKE_OFF = "The last attempt broke off before the mail server answered."


def send_waiting_messages(
    sessions: sessionmaker[Session], sender: Sender | None, *, now: datetime
) -> str | None:
    """Send what may be sent at `now`; says what happened, or None when nothing waited.

    Without a sender the messages are kept for reading in the product.
    """
    due = _due_messages(sessions, now)
    if not due:
        return None
    if sender is None:
        for number in due:
            keep_message(sessions, number, now=now)
        return f"{len(due)} kept in the product; no mail server is set"
    sent = refused = in_a_row = 0
    for number in due:
        outcome = send_message(sessions, sender, number, now=now)
        sent += outcome is True
        refused += outcome is False
        in_a_row = in_a_row + 1 if outcome is False else 0
        if in_a_row == REFUSALS_IN_A_ROW:
            break
    return f"{sent} sent, {refused} not taken by the mail server"


def send_message(
    sessions: sessionmaker[Session], sender: Sender, number: int, *, now: datetime
) -> bool | None:
    """Try one message: True when it was taken, False when not, None when there is nothing to try.

    The attempt is counted before it begins, so that a process that dies while sending neither
    loses the message nor tries it for ever; the receiver may then see it twice, under one id.
    """
    message = _claim(sessions, number, now)
    if message is None:
        return None
    try:
        sender.send(message)
    except MailNotTaken as refusal:
        _record_refusal(sessions, number, str(refusal), now)
        return False
    _record_sent(sessions, number, now)
    return True


def keep_message(sessions: sessionmaker[Session], number: int, *, now: datetime) -> None:
    """End the sending of a message for want of a mail server; it stays readable."""
    with changing(sessions, AuditAction.MESSAGE_KEPT, actor=SCHEDULER, now=now) as change:
        message = change.get(Message, number, "Message")
        message.state = MessageState.KEPT
        message.next_attempt_at = None
        change.about(message, message.subject)


def requeue_message(
    sessions: sessionmaker[Session], number: int, *, actor: Actor, now: datetime
) -> None:
    """Try a message again that failed for good or was kept; refused for any other."""
    with changing(sessions, AuditAction.MESSAGE_REQUEUED, actor=actor, now=now) as change:
        message = change.get(Message, number, "Message")
        if message.state not in (MessageState.FAILED, MessageState.KEPT):
            raise Refused(f"The message is {message.state.value}; there is nothing to try again.")
        message.state = MessageState.WAITING
        message.attempts = 0
        message.next_attempt_at = now
        change.about(message, message.subject)


def _due_messages(sessions: sessionmaker[Session], now: datetime) -> list[int]:
    due = (
        select(Message.id)
        .where(Message.state.in_(_UNSENT), Message.next_attempt_at <= now)
        .order_by(Message.next_attempt_at, Message.id)
        .limit(BATCH)
    )
    with reading(sessions) as session:
        return list(session.scalars(due))


def _claim(sessions: sessionmaker[Session], number: int, now: datetime) -> OutgoingMessage | None:
    """Count an attempt and keep others away until the pause after it is over.

    Operational bookkeeping without an audit entry; the outcome of the attempt has one.
    """
    with sessions() as session, session.begin():
        message = session.get(Message, number, with_for_update=True)
        if message is None or message.state not in _UNSENT:
            return None
        if message.next_attempt_at is None or message.next_attempt_at > now:
            return None
        if message.attempts >= ATTEMPTS:
            message.state = MessageState.FAILED
            message.next_attempt_at = None
            message.last_error = _BROKE_OFF
            return None
        message.attempts += 1
        message.next_attempt_at = next_attempt_at(message.attempts, now)
        return OutgoingMessage(
            key=message.key,
            to=message.recipient_email,
            subject=message.subject,
            body=message.body,
            made_at=message.made_at,
        )


def _record_sent(sessions: sessionmaker[Session], number: int, now: datetime) -> None:
    with changing(sessions, AuditAction.MESSAGE_SENT, actor=SCHEDULER, now=now) as change:
        message = change.get(Message, number, "Message")
        message.state = MessageState.SENT
        message.sent_at = now
        message.next_attempt_at = None
        message.last_error = None
        change.about(message, message.subject)


def _record_refusal(
    sessions: sessionmaker[Session], number: int, reason: str, now: datetime
) -> None:
    with changing(sessions, AuditAction.MESSAGE_FAILED, actor=SCHEDULER, now=now) as change:
        message = change.get(Message, number, "Message")
        message.state = MessageState.FAILED
        message.last_error = reason
        if message.attempts >= ATTEMPTS:
            message.next_attempt_at = None
        change.about(message, message.subject)
