"""Versions of questionnaires, the rounds in which they were sent, and the answers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.catalogue import EvidenceResult
from supplier_qc.domain.questionnaires.answers import AnswerState
from supplier_qc.persistence.base import Base, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.qualification import Evidence


class QuestionnaireVersion(Base):
    """Append-only; of one key the highest number that has begun is in force."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (
        UniqueConstraint("key", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("trim(title) <> ''", name="title_not_blank"),
        CheckConstraint("trim(source) <> ''", name="source_not_blank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date]
    # V, V2, K or C: how the datum was verified.
    mark: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(Text)
    # Rows of domain.questionnaires.table, in the order of the questions.
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    # NULL: shipped with the product.
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class QuestionnaireRound(Versioned, Base):
    """One version sent to one organisation, for all it makes, one site or one item."""

    __tablename__ = "questionnaire_round"
    __table_args__ = (
        Index("ix_questionnaire_round_answered_on", "answered_on"),
        CheckConstraint("due_on > sent_on", name="due_after_sent"),
        CheckConstraint("item_id IS NULL OR site_id IS NULL", name="item_or_site"),
        CheckConstraint(
            "(answered_on IS NULL) = (answered_by_id IS NULL)", name="answered_by_a_person"
        ),
        CheckConstraint(
            "(result IS NULL) = (reviewed_by_id IS NULL)"
            " AND (result IS NULL) = (reviewed_at IS NULL)"
            " AND (result IS NULL) = (conclusion IS NULL)"
            " AND (result IS NULL) = (evidence_id IS NULL)",
            name="reviewed_in_full",
        ),
        CheckConstraint("result IS NULL OR answered_on IS NOT NULL", name="answered_first"),
        CheckConstraint("reviewed_by_id <> answered_by_id", name="reviewer_is_not_the_typist"),
        CheckConstraint("withdrawn_on IS NULL OR result IS NULL", name="ends_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire_version.id"), index=True
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    sent_on: Mapped[date]
    due_on: Mapped[date]
    # To whom, and by which way.
    sent_to: Mapped[str | None] = mapped_column(String(200))
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # Set when the answers are handed over for review.
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # The workbook as the supplier filled it in.
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    result: Mapped[EvidenceResult | None] = mapped_column(controlled(EvidenceResult, "result"))
    conclusion: Mapped[str | None] = mapped_column(Text)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The paper that the review made of it.
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    withdrawn_on: Mapped[date | None]
    questionnaire: Mapped[QuestionnaireVersion] = relationship()
    organisation: Mapped[Organisation] = relationship()
    site: Mapped[Site | None] = relationship()
    item: Mapped[ManufacturerItem | None] = relationship()
    document: Mapped[Document | None] = relationship()
    evidence: Mapped[Evidence | None] = relationship()
    answers: Mapped[list["QuestionnaireAnswer"]] = relationship(
        back_populates="round", cascade="all, delete-orphan", order_by="QuestionnaireAnswer.id"
    )


class QuestionnaireAnswer(Base):
    """Fixed by the database once the round is reviewed."""

    __tablename__ = "questionnaire_answer"
    __table_args__ = (
        UniqueConstraint("round_id", "question_id"),
        CheckConstraint("(state = 'answered') = (value IS NOT NULL)", name="answered_has_a_value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_round.id"))
    question_id: Mapped[str] = mapped_column(String(20))
    state: Mapped[AnswerState] = mapped_column(controlled(AnswerState, "state"))
    value: Mapped[str | None] = mapped_column(Text)
    remark: Mapped[str | None] = mapped_column(Text)
    # The paper on file that shows it, and what the supplier calls the paper.
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    evidence_name: Mapped[str | None] = mapped_column(String(300))
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    round: Mapped[QuestionnaireRound] = relationship(back_populates="answers")
    evidence: Mapped[Evidence | None] = relationship()
