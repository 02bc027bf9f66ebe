"""Notices of suppliers, the items and lots that they name, and their assessment."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.supplier_notices import NoticeImpact, SupplierNoticeKind
from supplier_qc.persistence.base import Base, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation


class SupplierNotice(Versioned, Base):
    __tablename__ = "supplier_notice"
    __table_args__ = (
        Index("ix_supplier_notice_impact", "impact"),
        CheckConstraint("trim(title) <> ''", name="title_not_blank"),
        CheckConstraint(
            "(impact IS NULL) = (assessed_by_id IS NULL)"
            " AND (impact IS NULL) = (assessed_at IS NULL)"
            " AND (impact IS NULL) = (assessment IS NULL)",
            name="assessed_in_full",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[SupplierNoticeKind] = mapped_column(controlled(SupplierNoticeKind, "kind"))
    title: Mapped[str] = mapped_column(String(200))
    # The supplier's own number of the notice.
    reference: Mapped[str | None] = mapped_column(String(120))
    received_on: Mapped[date]
    # The day from which a change is in effect.
    effective_on: Mapped[date | None]
    details: Mapped[str | None] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # NULL until somebody has assessed it.
    impact: Mapped[NoticeImpact | None] = mapped_column(controlled(NoticeImpact, "impact"))
    assessment: Mapped[str | None] = mapped_column(Text)
    assessed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    assessed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    organisation: Mapped[Organisation] = relationship()
    document: Mapped[Document | None] = relationship()
    items: Mapped[list["SupplierNoticeItem"]] = relationship(
        cascade="all, delete-orphan", order_by="SupplierNoticeItem.item_id"
    )
    lots: Mapped[list["SupplierNoticeLot"]] = relationship(
        cascade="all, delete-orphan", order_by="SupplierNoticeLot.lot_id"
    )


class SupplierNoticeItem(Base):
    """An item the notice is about, with all its lots."""

    __tablename__ = "supplier_notice_item"

    notice_id: Mapped[int] = mapped_column(ForeignKey("supplier_notice.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("manufacturer_item.id"), primary_key=True, index=True
    )
    item: Mapped[ManufacturerItem] = relationship()


class SupplierNoticeLot(Base):
    """A single lot the notice is about."""

    __tablename__ = "supplier_notice_lot"

    notice_id: Mapped[int] = mapped_column(ForeignKey("supplier_notice.id"), primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), primary_key=True, index=True)
    lot: Mapped[Lot] = relationship()
