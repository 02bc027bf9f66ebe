"""Statements of origin as papers: what was read, what a person made of it, what they cover."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.certificates import ClaimState
from supplier_qc.domain.origin.statement_papers import StatementFact
from supplier_qc.domain.origin.statement_states import StatementKind, StatementState
from supplier_qc.persistence.base import Base, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation


class DocumentOrigin(Base):
    """What the reader found on origin in a document, whatever kind of paper it is."""

    __tablename__ = "document_origin"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    # As extraction.claims.OriginMention and StatementClaim write them.
    mentions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    claims: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class OriginStatement(Versioned, Base):
    __tablename__ = "origin_statement"
    __table_args__ = (
        Index("ix_origin_statement_state", "state"),
        # A rejected paper may be taken up again.
        Index(
            "uq_origin_statement_document_once",
            "document_id",
            unique=True,
            sqlite_where=text("state <> 'rejected'"),
            postgresql_where=text("state <> 'rejected'"),
        ),
        CheckConstraint(
            "state <> 'confirmed' OR (organisation_id IS NOT NULL AND confirmed_by_id IS NOT NULL "
            "AND confirmed_at IS NOT NULL)",
            name="confirmed_names_vendor_and_person",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    # The certificate as which the paper came in.
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    state: Mapped[StatementState] = mapped_column(controlled(StatementState, "state"))
    kind: Mapped[StatementKind] = mapped_column(controlled(StatementKind, "kind"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # [[width, height], …] in points, one a page.
    page_sizes: Mapped[list[list[float]]] = mapped_column(JSON, default=list)
    # Of a paper that covers all products of the vendor: the evidence made of it.
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    document: Mapped[Document] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    fields: Mapped[list["OriginStatementField"]] = relationship(
        back_populates="statement",
        cascade="all, delete-orphan",
        order_by="OriginStatementField.id",
    )
    items: Mapped[list["OriginStatementItem"]] = relationship(
        cascade="all, delete-orphan", order_by="OriginStatementItem.item_id"
    )


class OriginStatementField(Versioned, Base):
    """One value. `literal` is what stood on the page and never changes."""

    __tablename__ = "origin_statement_field"
    __table_args__ = (
        CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence_share"),
        CheckConstraint(
            "state = 'proposed' OR decided_by_id IS NOT NULL", name="decision_has_a_person"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("origin_statement.id"), index=True)
    fact: Mapped[StatementFact] = mapped_column(controlled(StatementFact, "fact"))
    literal: Mapped[str | None] = mapped_column(Text)
    # {"page", "x0", "top", "x1", "bottom"} in points from the page's top left, or NULL.
    box: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    confidence: Mapped[float | None]
    rule: Mapped[str | None] = mapped_column(String(60))
    # A controlled value, a country's code, a date as ISO text, or text; NULL says: not stated.
    value: Mapped[str | None] = mapped_column(Text)
    state: Mapped[ClaimState] = mapped_column(controlled(ClaimState, "state"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    statement: Mapped[OriginStatement] = relationship(back_populates="fields")


class OriginStatementItem(Base):
    """An item of ours that the paper is to cover, and the evidence made for it."""

    __tablename__ = "origin_statement_item"

    statement_id: Mapped[int] = mapped_column(ForeignKey("origin_statement.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("manufacturer_item.id"), primary_key=True, index=True
    )
    # Whether the paper names the site that makes it; NULL while nobody has said.
    names_site: Mapped[bool | None]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    item: Mapped[ManufacturerItem] = relationship()
