"""What a distributor sells, where a material is used, and what it pulls in."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.material_identity import Preparation
from supplier_qc.domain.origin.vocabulary import DerivativeClass, SourceClass, Species
from supplier_qc.persistence.base import Base, ExactDecimal, Versioned, controlled
from supplier_qc.persistence.tables.materials import ManufacturerItem, Material
from supplier_qc.persistence.tables.parties import Organisation
from supplier_qc.persistence.tables.residuals import Product


class DistributorItem(Versioned, Base):
    """A distributor's number for a pack of a manufacturer's item."""

    __tablename__ = "distributor_item"
    __table_args__ = (
        UniqueConstraint("distributor_id", "sku"),
        CheckConstraint("trim(sku) <> ''", name="sku_not_blank"),
        CheckConstraint(
            "(price IS NULL) = (currency IS NULL) AND (price IS NULL) = (priced_on IS NULL)",
            name="price_has_currency_and_day",
        ),
        CheckConstraint("length(currency) = 3", name="currency_of_three_letters"),
        CheckConstraint("lead_time_days >= 0", name="lead_time_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    distributor_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    # The distributor's own number; text, so that leading zeros stay.
    sku: Mapped[str] = mapped_column(String(60))
    # What one pack holds.
    pack_quantity: Mapped[Decimal] = mapped_column(ExactDecimal)
    pack_unit: Mapped[str] = mapped_column(String(40))
    # Of one pack, in an ISO 4217 currency, as of a day.
    price: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    currency: Mapped[str | None] = mapped_column(String(3))
    priced_on: Mapped[date | None]
    # Days from order to dock.
    lead_time_days: Mapped[int | None]
    # No longer offered, or no longer bought here; kept for what it once supplied.
    retired_on: Mapped[date | None]
    distributor: Mapped[Organisation] = relationship()
    item: Mapped[ManufacturerItem] = relationship()


class MaterialUse(Versioned, Base):
    """How much of a material one batch of a product takes, in one step of its process."""

    __tablename__ = "material_use"
    __table_args__ = (
        UniqueConstraint("material_id", "product_id", "process_step"),
        CheckConstraint("trim(process_step) <> ''", name="process_step_not_blank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    process_step: Mapped[str] = mapped_column(String(200))
    amount_per_batch: Mapped[Decimal] = mapped_column(ExactDecimal)
    unit: Mapped[str] = mapped_column(String(40))
    material: Mapped[Material] = relationship()
    product: Mapped[Product] = relationship()


class CoMaterialRuleRow(Base):
    """A material that a preparation pulls in; superseded by a later row, never edited."""

    __tablename__ = "co_material_rule"
    __table_args__ = (
        UniqueConstraint("preparation", "component", "valid_from"),
        CheckConstraint("valid_to > valid_from", name="validity_in_order"),
        CheckConstraint("mark IN ('V', 'V2', 'K', 'C')", name="mark"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    preparation: Mapped[Preparation] = mapped_column(controlled(Preparation, "preparation"))
    component: Mapped[str] = mapped_column(String(200))
    source_class: Mapped[SourceClass] = mapped_column(controlled(SourceClass, "source_class"))
    species: Mapped[Species | None] = mapped_column(controlled(Species, "species"))
    derivative: Mapped[DerivativeClass] = mapped_column(controlled(DerivativeClass, "derivative"))
    valid_from: Mapped[date]
    # The first day the row is no longer in force; NULL while it is.
    valid_to: Mapped[date | None]
    mark: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(Text)
