"""Decisions on a source, their conditions, its states in order, and what the policy asks of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.catalogue import AuditManner, MaterialCategory, RiskClass, UseScope
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.evidence_policy import Demand, Effect, RequirementKind
from supplier_qc.domain.qualification.records import DecisionKind, DecisionOutcome
from supplier_qc.domain.qualification.risk import RiskFactor
from supplier_qc.persistence.base import Base, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.qualification import Qualification


class QualificationDecision(Versioned, Base):
    """A decision as proposed, and as QA signed it; the source's state stays apart until then."""

    __tablename__ = "qualification_decision"
    __table_args__ = (
        CheckConstraint(
            "(outcome = 'open') = (decided_at IS NULL) AND (outcome = 'open') = (decided_by_id IS "
            "NULL)",
            name="decided_by_a_person",
        ),
        CheckConstraint("(outcome = 'signed') = (decided IS NOT NULL)", name="signed_is_decided"),
        CheckConstraint(
            "decided NOT IN ('approved', 'conditionally_approved') OR proposed_by_id <> "
            "decided_by_id",
            name="approver_is_not_the_author",
        ),
        Index(
            "uq_qualification_decision_one_open",
            "qualification_id",
            unique=True,
            sqlite_where=text("outcome = 'open'"),
            postgresql_where=text("outcome = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    qualification_id: Mapped[int] = mapped_column(ForeignKey("qualification.id"), index=True)
    kind: Mapped[DecisionKind] = mapped_column(controlled(DecisionKind, "kind"))
    proposed: Mapped[QualificationStatus] = mapped_column(
        controlled(QualificationStatus, "proposed")
    )
    justification: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[DecisionOutcome] = mapped_column(controlled(DecisionOutcome, "outcome"))
    # What was signed, which may be another decision than the one proposed.
    decided: Mapped[QualificationStatus | None] = mapped_column(
        controlled(QualificationStatus, "decided")
    )
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    qualification: Mapped[Qualification] = relationship()
    conditions: Mapped[list["QualificationCondition"]] = relationship(
        back_populates="decision", order_by="QualificationCondition.id"
    )


class QualificationCondition(Versioned, Base):
    """A condition of a decision: in force once signed, until fulfilled or the next decision."""

    __tablename__ = "qualification_condition"
    __table_args__ = (
        CheckConstraint("trim(text) <> ''", name="text_not_blank"),
        CheckConstraint("covers IS NULL OR due_on IS NOT NULL", name="cover_has_a_day"),
        CheckConstraint(
            "(fulfilled_on IS NULL) = (fulfilled_by_id IS NULL) AND (fulfilled_on IS NULL) = "
            "(fulfilment IS NULL)",
            name="fulfilment_is_whole",
        ),
        CheckConstraint("fulfilled_on IS NULL OR lapsed_on IS NULL", name="ends_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    qualification_id: Mapped[int] = mapped_column(ForeignKey("qualification.id"), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("qualification_decision.id"))
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None]
    covers: Mapped[RequirementKind | None] = mapped_column(controlled(RequirementKind, "covers"))
    # NULL while it is only proposed.
    in_force_on: Mapped[date | None]
    fulfilled_on: Mapped[date | None]
    fulfilled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    fulfilment: Mapped[str | None] = mapped_column(Text)
    lapsed_on: Mapped[date | None]
    decision: Mapped[QualificationDecision | None] = relationship(back_populates="conditions")


class QualificationState(Base):
    """The state of a source from a moment on; appended with every change and never altered."""

    __tablename__ = "qualification_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    qualification_id: Mapped[int] = mapped_column(ForeignKey("qualification.id"), index=True)
    status: Mapped[QualificationStatus] = mapped_column(controlled(QualificationStatus, "status"))
    conditions: Mapped[str | None] = mapped_column(Text)
    decided_on: Mapped[date | None]
    requalification_due_on: Mapped[date | None]
    since_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EvidencePolicyRow(Base):
    """One cell of the policy matrix; superseded by a later row, never edited."""

    __tablename__ = "evidence_policy"
    __table_args__ = (
        CheckConstraint("validity_months > 0", name="validity_positive"),
        CheckConstraint("minimum > 0", name="minimum_positive"),
        CheckConstraint("every_lots > 0", name="every_lots_positive"),
        CheckConstraint("valid_to > valid_from", name="validity_in_order"),
        CheckConstraint("trim(source) <> ''", name="source_not_blank"),
        Index(
            "uq_evidence_policy_row",
            "kind",
            "risk_class",
            text("coalesce(category, '')"),
            text("coalesce(use_scope, '')"),
            "valid_from",
            unique=True,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RequirementKind] = mapped_column(controlled(RequirementKind, "kind"))
    risk_class: Mapped[RiskClass] = mapped_column(controlled(RiskClass, "risk_class"))
    # NULL: for every category, and for every use.
    category: Mapped[MaterialCategory | None] = mapped_column(
        controlled(MaterialCategory, "category")
    )
    use_scope: Mapped[UseScope | None] = mapped_column(controlled(UseScope, "use_scope"))
    demand: Mapped[Demand] = mapped_column(controlled(Demand, "demand"))
    at_approval: Mapped[Effect] = mapped_column(controlled(Effect, "at_approval"))
    at_order: Mapped[Effect] = mapped_column(controlled(Effect, "at_order"))
    at_receipt: Mapped[Effect] = mapped_column(controlled(Effect, "at_receipt"))
    validity_months: Mapped[int | None]
    # Lots, or months of notice.
    minimum: Mapped[int | None]
    manner: Mapped[AuditManner | None] = mapped_column(controlled(AuditManner, "manner"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    # V, V2, K or C: how the datum was verified.
    mark: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(Text)
    # Lots after which a full test is due again; NULL: time alone decides.
    every_lots: Mapped[int | None]


class RiskWeightRow(Base):
    """Points of one level of a risk factor; superseded by a later row, never edited."""

    __tablename__ = "risk_weight"
    __table_args__ = (
        UniqueConstraint("factor", "level", "valid_from"),
        CheckConstraint("points >= 0", name="points_not_negative"),
        CheckConstraint("valid_to > valid_from", name="validity_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    factor: Mapped[RiskFactor] = mapped_column(controlled(RiskFactor, "factor"))
    level: Mapped[str] = mapped_column(String(40))
    points: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    mark: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(Text)
