"""What was found on a certificate when it was confirmed, and what a person made of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.certificate_changes.assessment import ChangeDecision, NoteState
from supplier_qc.domain.certificate_changes.findings import FindingKind, Severity, Standing
from supplier_qc.persistence.base import Base, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.certificates import Certificate


class CertificateFinding(Base):
    """One finding as it stood at the confirmation; never changed afterwards."""

    __tablename__ = "certificate_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    # The last confirmed certificate of the item then; NULL where there was none.
    compared_with_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    kind: Mapped[FindingKind] = mapped_column(controlled(FindingKind, "kind"))
    # As in docs/rules.md.
    rule: Mapped[str] = mapped_column(String(10))
    severity: Mapped[Severity] = mapped_column(controlled(Severity, "severity"))
    standing: Mapped[Standing] = mapped_column(controlled(Standing, "standing"))
    subject: Mapped[str] = mapped_column(Text)
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    sentence: Mapped[str] = mapped_column(Text)
    history: Mapped[str] = mapped_column(Text, default="")
    # {"before": {"field", "row_id", "place": {"page", "x0", …} or null}, "after": {…}}
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    certificate: Mapped[Certificate] = relationship(foreign_keys=[certificate_id])
    note: Mapped["ChangeNote | None"] = relationship(back_populates="finding", uselist=False)


class ChangeNote(Versioned, Base):
    """A change that a person assesses. What a supplier announced is named as on their paper."""

    __tablename__ = "change_note"
    __table_args__ = (
        Index("ix_change_note_state", "state"),
        CheckConstraint(
            "(state = 'assessed') = (decision IS NOT NULL) "
            "AND (decision IS NULL) = (assessment IS NULL) "
            "AND (decision IS NULL) = (assessed_by_id IS NULL) "
            "AND (decision IS NULL) = (assessed_at IS NULL)",
            name="assessment_is_whole",
        ),
        CheckConstraint(
            "supplier_reference IS NOT NULL OR (supplier_notice_on IS NULL AND "
            "supplier_document_id IS NULL)",
            name="supplier_notice_has_a_reference",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("certificate_finding.id"), unique=True)
    state: Mapped[NoteState] = mapped_column(controlled(NoteState, "state"))
    decision: Mapped[ChangeDecision | None] = mapped_column(controlled(ChangeDecision, "decision"))
    assessment: Mapped[str | None] = mapped_column(Text)
    # What of ours the change touches.
    touches_specification: Mapped[bool] = mapped_column(default=False)
    touches_origin: Mapped[bool] = mapped_column(default=False)
    touches_dossier: Mapped[bool] = mapped_column(default=False)
    assessed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    assessed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The supplier's own notice of the change, where there is one.
    supplier_reference: Mapped[str | None] = mapped_column(String(120))
    supplier_notice_on: Mapped[date | None]
    supplier_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    finding: Mapped[CertificateFinding] = relationship(back_populates="note")
