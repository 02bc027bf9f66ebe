"""Notices of what is due, the messages they became, and the proof that the clock ran."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.messages import MessageState
from supplier_qc.persistence.base import Base, UtcDateTime, controlled


class Notice(Base):
    """One notice of one due date at one threshold; the key makes a second one impossible."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_subject", "subject_type", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    due_on: Mapped[date]
    threshold_days: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    messages: Mapped[list["Message"]] = relationship(order_by="Message.id")


class Message(Base):
    """The outbox: the text as it leaves, kept whether or not a mail server took it."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_state", "state"),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # notice key + recipient: at least once, and not twice for the same person.
    key: Mapped[str] = mapped_column(String(300), unique=True)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recipient_email: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[MessageState] = mapped_column(controlled(MessageState, "state"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    # Not before this moment; NULL when nothing is tried any more.
    next_attempt_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None] = mapped_column(Text)


class JobRun(Base):
    """Proof that a job ran: begun, ended, and with what outcome."""

    __tablename__ = "job_run"
    __table_args__ = (Index("ix_job_run_job_started_at", "job", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(60))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(Text)
    is_failure: Mapped[bool] = mapped_column(default=False)
