"""Qualification of a source for a use, the evidence behind it and the interval policy."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.catalogue import (
    AuditManner,
    EvidenceKind,
    EvidenceResult,
    Region,
    RiskClass,
    UseScope,
)
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.persistence.base import Base, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, Site


class Qualification(Versioned, Base):
    """One source: an item of one manufacturing site, for one use."""

    __tablename__ = "qualification"
    __table_args__ = (
        UniqueConstraint("item_id", "use_scope"),
        CheckConstraint(
            "status = 'proposed' OR decided_on IS NOT NULL", name="decision_has_a_date"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    use_scope: Mapped[UseScope] = mapped_column(controlled(UseScope, "use_scope"))
    status: Mapped[QualificationStatus] = mapped_column(controlled(QualificationStatus, "status"))
    conditions: Mapped[str | None] = mapped_column(Text)
    justification: Mapped[str | None] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_on: Mapped[date | None]
    # By policy at the decision; the row it came from is kept beside it.
    requalification_due_on: Mapped[date | None]
    policy_row_id: Mapped[int | None] = mapped_column(ForeignKey("requalification_policy.id"))
    item: Mapped[ManufacturerItem] = relationship()


class RequalificationPolicyRow(Base):
    """Months between qualifications of a risk class; superseded by a later row, never edited."""

    __tablename__ = "requalification_policy"
    __table_args__ = (
        UniqueConstraint("risk_class", "valid_from"),
        CheckConstraint("interval_months > 0", name="interval_positive"),
        CheckConstraint("valid_to > valid_from", name="validity_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    risk_class: Mapped[RiskClass] = mapped_column(controlled(RiskClass, "risk_class"))
    interval_months: Mapped[int] = mapped_column(Integer)
    valid_from: Mapped[date]
    # The first day the row is no longer in force; NULL while it is.
    valid_to: Mapped[date | None]
    # V, V2, K or C: how the datum was verified.
    mark: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(Text)


class Evidence(Versioned, Base):
    """A dated paper about an organisation, one site of it or one item, where it covers no more.

    `manner` is of an audit, `region` of a letter of authorisation or master file,
    `change_notice_months` of a quality agreement, `lots` of a report on qualification lots.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("expires_on >= issued_on", name="expiry_after_issue"),
        CheckConstraint("change_notice_months >= 0", name="notice_not_negative"),
        CheckConstraint("lots > 0", name="lots_positive"),
        CheckConstraint("manner <> 'shared' OR consent IS NOT NULL", name="shared_with_consent"),
        CheckConstraint("item_id IS NULL OR site_id IS NULL", name="covers_item_or_site"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(controlled(EvidenceKind, "kind"))
    title: Mapped[str] = mapped_column(String(200))
    # The certificate's own number and its issuing body.
    reference: Mapped[str | None] = mapped_column(String(120))
    issued_by: Mapped[str | None] = mapped_column(String(200))
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    # What it covers in its own words: products, processes, standards.
    scope: Mapped[str | None] = mapped_column(Text)
    result: Mapped[EvidenceResult | None] = mapped_column(controlled(EvidenceResult, "result"))
    manner: Mapped[AuditManner | None] = mapped_column(controlled(AuditManner, "manner"))
    # Of a shared audit: who consented to its use here, and where that is written.
    consent: Mapped[str | None] = mapped_column(String(200))
    region: Mapped[Region | None] = mapped_column(controlled(Region, "region"))
    change_notice_months: Mapped[int | None]
    lots: Mapped[int | None]
    organisation: Mapped[Organisation] = relationship()
    site: Mapped[Site | None] = relationship()
    item: Mapped[ManufacturerItem | None] = relationship()
    document: Mapped[Document | None] = relationship()
