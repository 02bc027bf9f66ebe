"""Findings against suppliers, and the corrective action requests that follow from them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.corrective_actions import CorrectiveActionStep
from supplier_qc.domain.supplier_findings import FindingOrigin, FindingSeverity
from supplier_qc.persistence.base import Base, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.qualification import Evidence


class SupplierFinding(Versioned, Base):
    """What was found against an organisation, one site of it, or one item.

    A finding on an item names the item's site as well, and one on a lot its item.
    """

    __tablename__ = "supplier_finding"
    __table_args__ = (
        CheckConstraint("trim(title) <> ''", name="title_not_blank"),
        CheckConstraint("item_id IS NULL OR site_id IS NOT NULL", name="item_has_its_site"),
        CheckConstraint("lot_id IS NULL OR item_id IS NOT NULL", name="lot_has_its_item"),
        CheckConstraint(
            "(closed_on IS NULL) = (closed_by_id IS NULL)"
            " AND (closed_on IS NULL) = (closure IS NULL)",
            name="closed_in_full",
        ),
        CheckConstraint("closed_on >= found_on", name="closed_after_found"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    # The lot it was found on; further ones stand in `lots`.
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"), index=True)
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), index=True)
    # The report of the audit, or the answers of the questionnaire.
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    origin: Mapped[FindingOrigin] = mapped_column(controlled(FindingOrigin, "origin"))
    severity: Mapped[FindingSeverity] = mapped_column(controlled(FindingSeverity, "severity"))
    title: Mapped[str] = mapped_column(String(200))
    details: Mapped[str | None] = mapped_column(Text)
    found_on: Mapped[date] = mapped_column(index=True)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # NULL while it is open.
    closed_on: Mapped[date | None] = mapped_column(index=True)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closure: Mapped[str | None] = mapped_column(Text)
    organisation: Mapped[Organisation] = relationship()
    site: Mapped[Site | None] = relationship()
    item: Mapped[ManufacturerItem | None] = relationship()
    lot: Mapped[Lot | None] = relationship()
    certificate: Mapped[Certificate | None] = relationship()
    evidence: Mapped[Evidence | None] = relationship()
    lots: Mapped[list["SupplierFindingLot"]] = relationship(
        cascade="all, delete-orphan", order_by="SupplierFindingLot.lot_id"
    )
    requests: Mapped[list["CorrectiveActionRequest"]] = relationship(
        back_populates="finding", order_by="CorrectiveActionRequest.id"
    )


class SupplierFindingLot(Base):
    """A further lot that a finding concerns."""

    __tablename__ = "supplier_finding_lot"

    finding_id: Mapped[int] = mapped_column(ForeignKey("supplier_finding.id"), primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), primary_key=True, index=True)
    lot: Mapped[Lot] = relationship()


class CorrectiveActionPolicyRow(Base):
    """Days from issue to a step's due day; superseded by a later row, never edited."""

    __tablename__ = "corrective_action_policy"
    __table_args__ = (
        UniqueConstraint("severity", "step", "valid_from"),
        CheckConstraint("days > 0", name="days_positive"),
        CheckConstraint("valid_to > valid_from", name="validity_in_order"),
        CheckConstraint("trim(source) <> ''", name="source_not_blank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    severity: Mapped[FindingSeverity] = mapped_column(controlled(FindingSeverity, "severity"))
    step: Mapped[CorrectiveActionStep] = mapped_column(controlled(CorrectiveActionStep, "step"))
    days: Mapped[int]
    valid_from: Mapped[date]
    # The first day the row is no longer in force; NULL while it is.
    valid_to: Mapped[date | None]
    # V, V2, K or C: how the datum was verified.
    mark: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(Text)


class CorrectiveActionRequest(Versioned, Base):
    """What a supplier is asked to correct; the database closes none with a step still open."""

    __tablename__ = "corrective_action_request"
    __table_args__ = (
        UniqueConstraint("follows_id"),
        CheckConstraint("trim(request) <> ''", name="request_not_blank"),
        CheckConstraint("effectiveness_lots > 0", name="lots_positive"),
        CheckConstraint(
            "(closed_on IS NULL) = (closed_by_id IS NULL)"
            " AND (closed_on IS NULL) = (is_effective IS NULL)"
            " AND (closed_on IS NULL) = (conclusion IS NULL)",
            name="closed_in_full",
        ),
        CheckConstraint("closed_on >= issued_on", name="closed_after_issued"),
        Index(
            "uq_corrective_action_request_one_open",
            "finding_id",
            unique=True,
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("supplier_finding.id"), index=True)
    # The request that was closed as not effective and led to this one.
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("corrective_action_request.id"))
    request: Mapped[str] = mapped_column(Text)
    # The supplier's own number of it.
    reference: Mapped[str | None] = mapped_column(String(120))
    issued_on: Mapped[date]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # Good lots that the check of effectiveness rests on; NULL: the days alone.
    effectiveness_lots: Mapped[int | None]
    closed_on: Mapped[date | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    is_effective: Mapped[bool | None]
    conclusion: Mapped[str | None] = mapped_column(Text)
    finding: Mapped[SupplierFinding] = relationship(back_populates="requests")
    steps: Mapped[list["CorrectiveActionStepRow"]] = relationship(
        back_populates="request", order_by="CorrectiveActionStepRow.id"
    )


class CorrectiveActionStepRow(Base):
    """One step with its day, fixed at issue by a row of the policy."""

    __tablename__ = "corrective_action_step"
    __table_args__ = (
        UniqueConstraint("request_id", "step"),
        CheckConstraint(
            "(done_on IS NULL) = (done IS NULL) AND (done_on IS NULL) = (recorded_by_id IS NULL)"
            " AND (done_on IS NULL) = (recorded_at IS NULL)",
            name="done_in_full",
        ),
        CheckConstraint("document_id IS NULL OR done_on IS NOT NULL", name="document_of_done"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("corrective_action_request.id"))
    step: Mapped[CorrectiveActionStep] = mapped_column(controlled(CorrectiveActionStep, "step"))
    policy_id: Mapped[int] = mapped_column(ForeignKey("corrective_action_policy.id"))
    due_on: Mapped[date]
    # The day the supplier did it, in its own words and ours.
    done_on: Mapped[date | None]
    done: Mapped[str | None] = mapped_column(Text)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    request: Mapped[CorrectiveActionRequest] = relationship(back_populates="steps")
    document: Mapped[Document | None] = relationship()
