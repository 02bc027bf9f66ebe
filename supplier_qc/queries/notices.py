"""Notices that were made, as pages and the clock see them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from supplier_qc.domain.messages import MessageState
from supplier_qc.domain.reminders import DueSubject
from supplier_qc.persistence.tables.notices import Message, Notice
from supplier_qc.persistence.tables.people import Person
from supplier_qc.queries.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class NoticeRow:
    id: int
    subject: DueSubject
    subject_id: int
    title: str
    due_on: date
    threshold_days: int
    made_at: datetime
    messages: int
    acknowledged_at: datetime | None
    acknowledged_by: str | None


@dataclass(frozen=True, slots=True)
class NoticeMessageRow:
    id: int
    recipient: str
    recipient_email: str
    state: MessageState
    sent_at: datetime | None


def list_notice_keys(session: Session) -> frozenset[str]:
    """The keys of all notices ever made."""
    return frozenset(session.scalars(select(Notice.key)))


def list_notices(session: Session, *, open_only: bool, page: int, size: int) -> Page[NoticeRow]:
    """The newest first; of those that wait for somebody, the one that is due first."""
    found = _notices().order_by(Notice.made_at.desc(), Notice.id.desc())
    if open_only:
        found = _notices().where(Notice.acknowledged_at.is_(None))
        found = found.order_by(Notice.due_on, Notice.id)
    return page_of(session, found, lambda record: _row(*record), page, size)


def get_notice(session: Session, notice_id: int) -> NoticeRow | None:
    found = session.execute(_notices().where(Notice.id == notice_id)).one_or_none()
    if found is None:
        return None
    notice, acknowledged_by, messages = found
    return _row(notice, acknowledged_by, messages)


def list_notice_messages(session: Session, notice_id: int) -> list[NoticeMessageRow]:
    found = session.execute(
        select(
            Message.id, Person.full_name, Message.recipient_email, Message.state, Message.sent_at
        )
        .join(Person, Message.recipient_id == Person.id)
        .where(Message.notice_id == notice_id)
        .order_by(Message.id)
    )
    return [NoticeMessageRow(*record) for record in found]


def _notices() -> Select[Notice, str | None, int | None]:
    messages = (
        select(func.count())
        .select_from(Message)
        .where(Message.notice_id == Notice.id)
        .correlate(Notice)
        .scalar_subquery()
    )
    return select(Notice, Person.full_name, messages).outerjoin(
        Person, Notice.acknowledged_by_id == Person.id
    )


def _row(notice: Notice, acknowledged_by: str | None, messages: int | None) -> NoticeRow:
    return NoticeRow(
        id=notice.id,
        subject=DueSubject(notice.subject_type),
        subject_id=notice.subject_id,
        title=notice.title,
        due_on=notice.due_on,
        threshold_days=notice.threshold_days,
        made_at=notice.made_at,
        messages=messages or 0,
        acknowledged_at=notice.acknowledged_at,
        acknowledged_by=acknowledged_by,
    )
