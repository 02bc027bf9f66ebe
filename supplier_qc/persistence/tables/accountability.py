"""The audit trail and electronic signatures: rows that are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.persistence.base import Base, UtcDateTime, controlled


class AuditEntry(Base):
    """One entry a transaction: who, when, what, why, and each column before and after."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_type", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # NULL for the scheduler.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    actor_name: Mapped[str] = mapped_column(String(200))
    action: Mapped[AuditAction] = mapped_column(controlled(AuditAction, "action"))
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int]
    subject_label: Mapped[str] = mapped_column(String(300))
    reason: Mapped[str | None] = mapped_column(Text)
    # [{"table", "id", "change": added|changed|removed, "columns": {name: [before, after]}}]
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    entry_hash: Mapped[str] = mapped_column(String(64), unique=True)


class Signature(Base):
    """Printed name, moment and meaning, bound to one version of a record by its fingerprint."""

    __tablename__ = "signature"
    __table_args__ = (Index("ix_signature_subject", "subject_type", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    printed_name: Mapped[str] = mapped_column(String(200))
    meaning: Mapped[SignatureMeaning] = mapped_column(controlled(SignatureMeaning, "meaning"))
    reason: Mapped[str] = mapped_column(Text)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int]
    subject_version: Mapped[int]
    # SHA-256 of the canonical content the signer saw.
    fingerprint: Mapped[str] = mapped_column(String(64))
