"""Who really makes an item, what is in stock, what is planned, and how long a way out takes."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.supply.sources import Comparability
from supplier_qc.persistence.base import Base, ExactDecimal, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem, Material
from supplier_qc.persistence.tables.parties import Site
from supplier_qc.persistence.tables.residuals import Product


class ItemSupply(Versioned, Base):
    """What an item is worth as a source beside others; an item without a row is not recorded."""

    __tablename__ = "item_supply"
    __table_args__ = (
        CheckConstraint(
            "comparability <> 'done' OR trim(coalesce(comparability_document, '')) <> ''",
            name="comparability_done_names_its_document",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("manufacturer_item.id"), unique=True)
    # The plant that makes it, where that is another than the site on the label.
    upstream_site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    comparability: Mapped[Comparability | None] = mapped_column(
        controlled(Comparability, "comparability")
    )
    # The report, or the plan, by its number and version.
    comparability_document: Mapped[str | None] = mapped_column(String(300))
    # What has to be filed before it may be used, in words.
    filing_needed: Mapped[str | None] = mapped_column(Text)
    item: Mapped[ManufacturerItem] = relationship()
    upstream_site: Mapped[Site | None] = relationship()


class StockCountRow(Base):
    """A quantity found on a day; appended, and never altered."""

    __tablename__ = "stock_count"
    __table_args__ = (
        CheckConstraint("CAST(quantity AS NUMERIC) >= 0", name="quantity_not_negative"),
        CheckConstraint("trim(unit) <> ''", name="unit_not_blank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    # NULL: the material was counted as a whole.
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"), index=True)
    quantity: Mapped[Decimal] = mapped_column(ExactDecimal)
    unit: Mapped[str] = mapped_column(String(40))
    counted_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    material: Mapped[Material] = relationship()
    lot: Mapped[Lot | None] = relationship()


class ProductionPlanRow(Base):
    """Batches of a product planned a month from a day on; appended, and never altered."""

    __tablename__ = "production_plan"
    __table_args__ = (
        CheckConstraint("CAST(batches_a_month AS NUMERIC) >= 0", name="batches_not_negative"),
        CheckConstraint("trim(basis) <> ''", name="basis_not_blank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    batches_a_month: Mapped[Decimal] = mapped_column(ExactDecimal)
    valid_from: Mapped[date]
    # Where the figure comes from, such as a campaign plan.
    basis: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    product: Mapped[Product] = relationship()


class SupplyPolicyRow(Base):
    """How long a second source takes for a risk class; superseded by a later row, never edited."""

    __tablename__ = "supply_policy"
    __table_args__ = (
        UniqueConstraint("risk_class", "valid_from"),
        CheckConstraint("months_to_qualify > 0", name="months_positive"),
        CheckConstraint("count_holds_days > 0", name="days_positive"),
        CheckConstraint("valid_to > valid_from", name="validity_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    risk_class: Mapped[RiskClass] = mapped_column(controlled(RiskClass, "risk_class"))
    months_to_qualify: Mapped[int]
    count_holds_days: Mapped[int]
    valid_from: Mapped[date]
    # The first day the row is no longer in force; NULL while it is.
    valid_to: Mapped[date | None]
    # V, V2, K or C: how the datum was verified.
    mark: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(Text)
