"""Plans to replace a material of a product by one free of animal origin."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.persistence.base import Base, Versioned
from supplier_qc.persistence.tables.materials import Material
from supplier_qc.persistence.tables.residuals import Product


class ReplacementPlan(Versioned, Base):
    __tablename__ = "replacement_plan"
    __table_args__ = (
        UniqueConstraint("product_id", "material_id"),
        CheckConstraint("trim(replaced_by) <> ''", name="replaced_by_not_blank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    # The first day on which the product is meant to be made without it.
    planned_on: Mapped[date]
    # By what, and what has to be shown for it.
    replaced_by: Mapped[str] = mapped_column(Text)
    product: Mapped[Product] = relationship()
    material: Mapped[Material] = relationship()
