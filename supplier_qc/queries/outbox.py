"""The outbox as pages show it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from supplier_qc.domain.messages import MessageState
from supplier_qc.persistence.tables.notices import Message
from supplier_qc.persistence.tables.people import Person
from supplier_qc.queries.paging import Page, page_of

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class MessageRow:
    id: int
    key: str
    notice_id: int | None
    recipient: str
    recipient_email: str
    subject: str
    body: str
    state: MessageState
    made_at: datetime
    sent_at: datetime | None
    attempts: int
    next_attempt_at: datetime | None
    last_error: str | None

    @property
    def is_given_up(self) -> bool:
        return self.state is MessageState.FAILED and self.next_attempt_at is None

    @property
    def can_be_tried_again(self) -> bool:
        return self.is_given_up or self.state is MessageState.KEPT


def list_messages(session: Session, state: MessageState | None, page: int) -> Page[MessageRow]:
    """The newest first."""
    found = _messages().order_by(Message.made_at.desc(), Message.id.desc())
    if state is not None:
        found = found.where(Message.state == state)
    return page_of(session, found, lambda record: _row(*record), page, PAGE_SIZE)


def count_messages(session: Session) -> dict[MessageState, int]:
    """How many are in each state; a state without any is absent."""
    found = session.execute(select(Message.state, func.count()).group_by(Message.state))
    return {state: count for state, count in found}  # noqa: C416 -- dict() takes a Result for a mapping


def get_message(session: Session, message_id: int) -> MessageRow | None:
    found = session.execute(_messages().where(Message.id == message_id)).one_or_none()
    if found is None:
        return None
    message, recipient = found
    return _row(message, recipient)


def _messages() -> Select[Message, str]:
    return select(Message, Person.full_name).join(Person, Message.recipient_id == Person.id)


def _row(message: Message, recipient: str) -> MessageRow:
    return MessageRow(
        id=message.id,
        key=message.key,
        notice_id=message.notice_id,
        recipient=recipient,
        recipient_email=message.recipient_email,
        subject=message.subject,
        body=message.body,
        state=message.state,
        made_at=message.made_at,
        sent_at=message.sent_at,
        attempts=message.attempts,
        next_attempt_at=message.next_attempt_at,
        last_error=message.last_error,
    )
