"""Lots, their results and the frozen baselines that control charts rest on."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.lots import Disposition, ResultSource
from supplier_qc.persistence.base import Base, ExactDecimal, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.materials import ManufacturerItem


class Lot(Versioned, Base):
    __tablename__ = "lot"
    __table_args__ = (
        UniqueConstraint("item_id", "manufacturer_lot"),
        CheckConstraint("trim(manufacturer_lot) <> ''", name="manufacturer_lot_not_blank"),
        CheckConstraint("expires_on >= manufactured_on", name="expiry_after_manufacture"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    # The manufacturer's number, as printed: leading zeros and letters stay.
    manufacturer_lot: Mapped[str] = mapped_column(String(80))
    # Our receiving number, when there is one.
    internal_number: Mapped[str | None] = mapped_column(String(80), unique=True)
    manufactured_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    received_on: Mapped[date | None]
    disposition: Mapped[Disposition] = mapped_column(controlled(Disposition, "disposition"))
    # The version of our specification the lot is judged against.
    specification_id: Mapped[int | None] = mapped_column(ForeignKey("specification.id"))
    # What may explain a lot's values: {"donor_count": 120, "pathogen_reduction": "none", …}
    covariates: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    item: Mapped[ManufacturerItem] = relationship()
    results: Mapped[list["LotResult"]] = relationship(back_populates="lot", order_by="LotResult.id")


class LotResult(Base):
    """One value of a lot. The literal text stays beside what was made of it."""

    __tablename__ = "lot_result"
    __table_args__ = (
        CheckConstraint(
            "(source IN ('certificate', 'conformity')) = (certificate_row_id IS NOT NULL)",
            name="certificate_result_names_its_row",
        ),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL) "
            "AND (withdrawn_at IS NULL) = (withdrawal_reason IS NULL)",
            name="withdrawal_is_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), index=True)
    source: Mapped[ResultSource] = mapped_column(controlled(ResultSource, "source"))
    certificate_row_id: Mapped[int | None] = mapped_column(
        ForeignKey("certificate_row.id"), unique=True
    )
    # The attribute of our specification, or the supplier's name of an extra test.
    attribute: Mapped[str] = mapped_column(String(200), index=True)
    # Our specification line; NULL for an extra test.
    line_id: Mapped[int | None] = mapped_column(ForeignKey("specification_line.id"))
    # As printed or first typed; never changes.
    literal: Mapped[str] = mapped_column(Text)
    # The result the review decided on, as text with a decimal point; this is what is judged.
    result: Mapped[str] = mapped_column(Text)
    # <, ≤, >, ≥ of a censored value; NULL for an exact one or a text.
    comparator: Mapped[str | None] = mapped_column(String(2))
    # In `unit`; NULL for a text result.
    value: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    unit: Mapped[str | None] = mapped_column(String(60))
    method: Mapped[str | None] = mapped_column(Text)
    tested_on: Mapped[date | None]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # A result recorded by mistake stays readable, with who took it back and why, and counts no
    # longer.
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawal_reason: Mapped[str | None] = mapped_column(Text)
    lot: Mapped[Lot] = relationship(back_populates="results")


class ControlBaseline(Base):
    """The lots whose values set the control limits of one attribute, frozen by a person."""

    __tablename__ = "control_baseline"
    __table_args__ = (UniqueConstraint("item_id", "attribute", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    attribute: Mapped[str] = mapped_column(String(200))
    # 1, 2, 3 …; the highest is in force, the earlier ones stay readable.
    number: Mapped[int]
    unit: Mapped[str | None] = mapped_column(String(60))
    frozen_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
    lots: Mapped[list["ControlBaselineLot"]] = relationship(
        cascade="all, delete-orphan", order_by="ControlBaselineLot.position"
    )


class ControlBaselineLot(Base):
    __tablename__ = "control_baseline_lot"
    __table_args__ = (UniqueConstraint("baseline_id", "position"),)

    baseline_id: Mapped[int] = mapped_column(ForeignKey("control_baseline.id"), primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), primary_key=True)
    position: Mapped[int]
    # The value as it stood when the baseline was frozen, in the baseline's unit.
    value: Mapped[Decimal] = mapped_column(ExactDecimal)
