"""Evidence that a supplier was asked for."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.qualification.evidence_policy import RequirementKind
from supplier_qc.persistence.base import Base, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.qualification import Evidence


class EvidenceRequest(Versioned, Base):
    """Open until a paper answers it or it is withdrawn; kept in either case."""

    __tablename__ = "evidence_request"
    __table_args__ = (
        CheckConstraint("trim(text) <> ''", name="text_not_blank"),
        CheckConstraint("due_on >= asked_on", name="due_after_asked"),
        CheckConstraint("answered_on >= asked_on", name="answered_after_asked"),
        CheckConstraint("item_id IS NULL OR site_id IS NULL", name="about_item_or_site"),
        CheckConstraint(
            "(answered_on IS NULL) = (evidence_id IS NULL)", name="answered_by_a_paper"
        ),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL) "
            "AND (withdrawn_at IS NULL) = (withdrawal_reason IS NULL)",
            name="withdrawal_is_whole",
        ),
        CheckConstraint("answered_on IS NULL OR withdrawn_at IS NULL", name="ends_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("manufacturer_item.id"))
    kind: Mapped[RequirementKind] = mapped_column(controlled(RequirementKind, "kind"))
    text: Mapped[str] = mapped_column(Text)
    asked_on: Mapped[date]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date]
    answered_on: Mapped[date | None]
    # The paper that answered it.
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawal_reason: Mapped[str | None] = mapped_column(Text)
    organisation: Mapped[Organisation] = relationship()
    site: Mapped[Site | None] = relationship()
    item: Mapped[ManufacturerItem | None] = relationship()
    evidence: Mapped[Evidence | None] = relationship()
