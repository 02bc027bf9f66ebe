"""Our own limits for a manufacturer's item, in versions that are superseded, never edited."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.catalogue import SpecificationStatus
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.persistence.base import Base, ExactDecimal, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.materials import ManufacturerItem


class Specification(Versioned, Base):
    __tablename__ = "specification"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint(
            "(status IN ('draft', 'discarded')) = (effective_on IS NULL)",
            name="effective_date_once_approved",
        ),
        # One draft and one effective version an item.
        Index(
            "uq_specification_one_open",
            "item_id",
            "status",
            unique=True,
            sqlite_where=text("status IN ('draft', 'effective')"),
            postgresql_where=text("status IN ('draft', 'effective')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    # 1, 2, 3 … within the item; `version` counts saves of the record.
    number: Mapped[int]
    status: Mapped[SpecificationStatus] = mapped_column(controlled(SpecificationStatus, "status"))
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    effective_on: Mapped[date | None]
    superseded_on: Mapped[date | None]
    item: Mapped[ManufacturerItem] = relationship()
    lines: Mapped[list["SpecificationLine"]] = relationship(
        back_populates="specification",
        cascade="all, delete-orphan",
        order_by="SpecificationLine.position",
    )


class SpecificationLine(Base):
    __tablename__ = "specification_line"
    __table_args__ = (
        UniqueConstraint("specification_id", "attribute"),
        CheckConstraint("trim(attribute) <> ''", name="attribute_not_blank"),
        CheckConstraint(
            "operator NOT IN ('at_most', 'less_than', 'between') OR high IS NOT NULL",
            name="upper_bound_present",
        ),
        CheckConstraint(
            "operator NOT IN ('at_least', 'greater_than', 'between') OR low IS NOT NULL",
            name="lower_bound_present",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    specification_id: Mapped[int] = mapped_column(ForeignKey("specification.id"), index=True)
    position: Mapped[int]
    attribute: Mapped[str] = mapped_column(String(200))
    operator: Mapped[Operator] = mapped_column(controlled(Operator, "operator"))
    low: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    high: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    # As in the unit table, or NULL for text attributes and pure numbers.
    unit: Mapped[str | None] = mapped_column(String(40))
    method: Mapped[str | None] = mapped_column(String(200))
    allowed_texts: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Limits of detection and quantification, in `unit`.
    lod: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    loq: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    is_identity_test: Mapped[bool] = mapped_column(default=False)
    specification: Mapped[Specification] = relationship(back_populates="lines")
