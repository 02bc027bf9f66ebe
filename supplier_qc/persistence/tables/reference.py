"""Editions of the regulatory lists, who verified which row, and what a new edition changed."""

from datetime import date, datetime
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
from sqlalchemy.orm import Mapped, mapped_column

from supplier_qc.domain.origin.editions import EditionState
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.origin.vocabulary import Authority, Level
from supplier_qc.domain.qualification.records import CauseKind
from supplier_qc.persistence.base import Base, UtcDateTime, Versioned, controlled


class ListEdition(Versioned, Base):
    """All rows of one list as they were loaded; superseded by a later edition, never edited."""

    __tablename__ = "list_edition"
    __table_args__ = (
        CheckConstraint("trim(label) <> ''", name="label_not_blank"),
        CheckConstraint("length(sha256) = 64", name="sha256_hex"),
        CheckConstraint("number_of_rows > 0", name="has_rows"),
        CheckConstraint(
            "(state IN ('proposed', 'withdrawn')) = (in_force_from_at IS NULL)",
            name="begin_of_force",
        ),
        CheckConstraint(
            "(state = 'superseded') = (in_force_to_at IS NOT NULL)", name="end_of_force"
        ),
        Index(
            "uq_list_edition_in_force",
            "kind",
            unique=True,
            sqlite_where=text("state = 'in_force'"),
            postgresql_where=text("state = 'in_force'"),
        ),
        Index(
            "uq_list_edition_proposed",
            "kind",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ReferenceListKind] = mapped_column(
        controlled(ReferenceListKind, "kind"), index=True
    )
    # Of the rows, whatever their order.
    sha256: Mapped[str] = mapped_column(String(64))
    label: Mapped[str] = mapped_column(String(200))
    state: Mapped[EditionState] = mapped_column(controlled(EditionState, "state"))
    number_of_rows: Mapped[int]
    # Against the edition in force when this one was loaded, in words.
    differences: Mapped[str] = mapped_column(Text)
    # NULL where the installation itself loaded what the product ships.
    loaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    in_force_from_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The first moment it is no longer in force; NULL while it is.
    in_force_to_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReferenceRow(Base):
    __tablename__ = "reference_row"
    __table_args__ = (
        UniqueConstraint("edition_id", "position"),
        UniqueConstraint("edition_id", "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("list_edition.id"))
    # 1, 2, 3 … as in the file.
    position: Mapped[int]
    # The cells by column, as the file writes them; read by persistence.reference_files.
    payload: Mapped[dict[str, str]] = mapped_column(JSON)
    # Of kind and payload: the same row in another edition has the same checksum.
    sha256: Mapped[str] = mapped_column(String(64), index=True)


class ReferenceVerification(Base):
    """Somebody read a row in its primary source; it holds for the row in every edition."""

    __tablename__ = "reference_verification"
    __table_args__ = (UniqueConstraint("row_sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    row_sha256: Mapped[str] = mapped_column(String(64))
    # What was read, and where.
    note: Mapped[str] = mapped_column(Text)
    verified_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    verified_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OriginReassessment(Base):
    """What an edition changed in the conclusion on an item, or on one lot with its own facts."""

    __tablename__ = "origin_reassessment"
    __table_args__ = (
        Index("ix_origin_reassessment_edition_item", "edition_id", "item_id"),
        Index(
            "uq_origin_reassessment_item",
            "edition_id",
            "item_id",
            "authority",
            unique=True,
            sqlite_where=text("lot_id IS NULL"),
            postgresql_where=text("lot_id IS NULL"),
        ),
        Index(
            "uq_origin_reassessment_lot",
            "edition_id",
            "lot_id",
            "authority",
            unique=True,
            sqlite_where=text("lot_id IS NOT NULL"),
            postgresql_where=text("lot_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("list_edition.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    # NULL for the item with all lots that have no facts of their own.
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"))
    authority: Mapped[Authority] = mapped_column(controlled(Authority, "authority"))
    level_before: Mapped[Level] = mapped_column(controlled(Level, "level_before"))
    level_after: Mapped[Level] = mapped_column(controlled(Level, "level_after"))
    blocks_before: Mapped[bool]
    blocks_after: Mapped[bool]
    # What is said no more or anew: {"side": before or after, "rule", "component", "sentence",
    # "facts"}.
    rules: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    reassessed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RequalificationCause(Base):
    """Why an approved source is looked at again before its date; the next decision closes it.

    It names the one record that opened it. An overdue corrective action is no row here: that
    follows from its dates.
    """

    __tablename__ = "requalification_cause"
    __table_args__ = (
        UniqueConstraint("qualification_id", "edition_id"),
        UniqueConstraint("qualification_id", "notice_id"),
        UniqueConstraint("qualification_id", "request_id"),
        CheckConstraint("trim(cause) <> ''", name="cause_not_blank"),
        CheckConstraint("closed_on >= opened_on", name="closed_after_opened"),
        CheckConstraint(
            "(kind = 'reference_list') = (edition_id IS NOT NULL)"
            " AND (kind = 'supplier_notice') = (notice_id IS NOT NULL)"
            " AND (kind = 'corrective_action') = (request_id IS NOT NULL)",
            name="opened_by_its_record",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    qualification_id: Mapped[int] = mapped_column(ForeignKey("qualification.id"))
    kind: Mapped[CauseKind] = mapped_column(
        controlled(CauseKind, "kind"), default=CauseKind.REFERENCE_LIST
    )
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("list_edition.id"))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("supplier_notice.id"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("corrective_action_request.id"))
    cause: Mapped[str] = mapped_column(Text)
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
