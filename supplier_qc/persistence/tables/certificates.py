"""Certificates of analysis: what was read, where it stood, and what the reviewer made of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.arrivals import Arrival
from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.persistence.base import Base, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.specifications import SpecificationLine


class Certificate(Versioned, Base):
    __tablename__ = "certificate"
    __table_args__ = (
        Index("ix_certificate_state", "state"),
        # The same part of a file is under review or confirmed once; a rejected one may come back.
        Index(
            "uq_certificate_document_once",
            "document_id",
            "lot_part",
            unique=True,
            sqlite_where=text("state <> 'rejected'"),
            postgresql_where=text("state <> 'rejected'"),
        ),
        CheckConstraint(
            "(arrival = 'upload') = (uploaded_by_id IS NOT NULL) "
            "AND (arrival = 'api') = (api_token_id IS NOT NULL)",
            name="arrival_names_its_sender",
        ),
        CheckConstraint(
            "issue >= 1 AND (issue > 1) = (replaces_id IS NOT NULL)",
            name="later_issue_replaces_one",
        ),
        CheckConstraint("reading_attempts >= 0", name="attempts_not_negative"),
        CheckConstraint(
            "(reading_page IS NULL) = (reading_pages IS NULL) "
            "AND reading_page BETWEEN 1 AND reading_pages",
            name="page_being_read_is_of_the_file",
        ),
        CheckConstraint(
            "state <> 'confirmed' OR (item_id IS NOT NULL AND lot_id IS NOT NULL "
            "AND confirmed_by_id IS NOT NULL AND confirmed_at IS NOT NULL)",
            name="confirmed_names_item_and_lot",
        ),
        CheckConstraint(
            "state <> 'awaiting_second' OR (item_id IS NOT NULL AND first_read_by_id IS NOT NULL "
            "AND first_read_at IS NOT NULL)",
            name="handed_over_by_a_person",
        ),
        CheckConstraint(
            "confirmed_by_id <> first_read_by_id", name="second_person_is_another_person"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    state: Mapped[CertificateState] = mapped_column(controlled(CertificateState, "state"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    # Set when the review ends.
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"), index=True)
    # The version of our specification the results are judged against.
    specification_id: Mapped[int | None] = mapped_column(ForeignKey("specification.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    arrival: Mapped[Arrival] = mapped_column(controlled(Arrival, "arrival"), default=Arrival.UPLOAD)
    # NULL where no person sent it.
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    api_token_id: Mapped[int | None] = mapped_column(ForeignKey("api_token.id"))
    # The lot, as printed, of a file with several that was split; "" for a whole file.
    lot_part: Mapped[str] = mapped_column(String(80), default="")
    # The certificate of the same lot that this one takes the place of, once it is confirmed.
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), index=True)
    # 1 for the first issue; of a re-issue the number after that of the one it replaces.
    issue: Mapped[int] = mapped_column(default=1)
    # What the paper seems to be, as extraction.claims.DocumentKind, and the words that say so.
    document_kind: Mapped[str | None] = mapped_column(String(40))
    kind_evidence: Mapped[str | None] = mapped_column(Text)
    # The reading queue: a claim on the work that runs out, so that a killed reader loses nothing.
    reading_attempts: Mapped[int] = mapped_column(default=0)
    reading_lease_until_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # How far the present reading is; a file whose text is read needs no page of its own.
    reading_since_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reading_page: Mapped[int | None]
    reading_pages: Mapped[int | None]
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reader_version: Mapped[str | None] = mapped_column(String(40))
    # Kind of text layer found, as extraction.claims.TextLayer.
    text_layer: Mapped[str | None] = mapped_column(String(20))
    # Whether numbers are printed with a decimal comma; NULL while the document does not decide it.
    decimal_comma: Mapped[bool | None]
    pdf_producer: Mapped[str | None] = mapped_column(String(200))
    # [[width, height], …] in points, one a page.
    page_sizes: Mapped[list[list[float]]] = mapped_column(JSON, default=list)
    # Sentences of the reader for the reviewer.
    reader_notes: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Lot numbers that the document names, as printed; more than one needs a choice.
    lots_seen: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Words laid over a page that say it is no certificate, such as "SAMPLE".
    page_marks: Mapped[list[str]] = mapped_column(JSON, default=list)
    # It states that the lot conforms and holds no data: no numeric attribute rests on it.
    is_conformity_statement: Mapped[bool] = mapped_column(default=False)
    # When it was compared with the certificates before; NULL under review, and for those that were
    # confirmed before changes were looked for.
    compared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Who read it first, where two persons read it; `confirmed_by_id` is then the second.
    first_read_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    first_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The second person types the results without seeing the first reading.
    is_double_entry: Mapped[bool] = mapped_column(default=False)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    document: Mapped[Document] = relationship()
    item: Mapped[ManufacturerItem | None] = relationship()
    fields: Mapped[list["CertificateField"]] = relationship(
        back_populates="certificate",
        cascade="all, delete-orphan",
        order_by="CertificateField.id",
    )
    rows: Mapped[list["CertificateRow"]] = relationship(
        back_populates="certificate",
        cascade="all, delete-orphan",
        order_by="CertificateRow.position",
    )


class CertificateField(Versioned, Base):
    """One header value. `literal` is what stood on the page and never changes."""

    __tablename__ = "certificate_field"
    __table_args__ = (
        UniqueConstraint("certificate_id", "field"),
        CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence_share"),
        CheckConstraint(
            "state IN ('proposed') OR decided_by_id IS NOT NULL", name="decision_has_a_person"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    # As extraction.claims.HeaderField.
    field: Mapped[str] = mapped_column(String(40))
    literal: Mapped[str | None] = mapped_column(Text)
    # {"page", "x0", "top", "x1", "bottom"} in points from the page's top left, or NULL.
    box: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    confidence: Mapped[float | None]
    rule: Mapped[str | None] = mapped_column(String(60))
    # The reviewer's value; dates as ISO text.
    value: Mapped[str | None] = mapped_column(Text)
    state: Mapped[ClaimState] = mapped_column(controlled(ClaimState, "state"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    certificate: Mapped[Certificate] = relationship(back_populates="fields")


class CertificateRow(Versioned, Base):
    """One result row. `literals` is what stood on the page and never changes."""

    __tablename__ = "certificate_row"
    __table_args__ = (
        UniqueConstraint("certificate_id", "position"),
        CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence_share"),
        CheckConstraint(
            "state IN ('proposed') OR decided_by_id IS NOT NULL", name="decision_has_a_person"
        ),
        CheckConstraint(
            "state <> 'rejected' OR coalesce(trim(note), '') <> ''", name="rejection_has_a_note"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    position: Mapped[int]
    # {"name": {"literal", "box", "confidence", "rule"}, "result": …, "specification": …, …}
    literals: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    confidence: Mapped[float | None]
    # The reviewer's values, as text; parsed by domain.measurement when they are judged.
    name: Mapped[str] = mapped_column(Text)
    method: Mapped[str | None] = mapped_column(Text)
    supplier_limit: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(String(60))
    supplier_verdict: Mapped[str | None] = mapped_column(String(60))
    # Our specification line this row answers; NULL is an extra test.
    line_id: Mapped[int | None] = mapped_column(ForeignKey("specification_line.id"))
    state: Mapped[ClaimState] = mapped_column(controlled(ClaimState, "state"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str | None] = mapped_column(Text)
    certificate: Mapped[Certificate] = relationship(back_populates="rows")
    line: Mapped[SpecificationLine | None] = relationship()
