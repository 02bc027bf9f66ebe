"""Our material, and the manufacturer's catalogue item that supplies it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.catalogue import Grade, MaterialCategory, RiskClass
from supplier_qc.domain.material_identity import IntendedUse, Preparation, Toxicity
from supplier_qc.persistence.base import Base, Versioned, controlled
from supplier_qc.persistence.tables.parties import Site


class Material(Versioned, Base):
    __tablename__ = "material"
    __table_args__ = (CheckConstraint("trim(code) <> ''", name="code_not_blank"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Our own number; text, so that leading zeros stay.
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    category: Mapped[MaterialCategory] = mapped_column(controlled(MaterialCategory, "category"))
    risk_class: Mapped[RiskClass] = mapped_column(controlled(RiskClass, "risk_class"))
    function: Mapped[str] = mapped_column(Text)
    # Where in the process it is used, in the words of the dossier.
    stage_of_use: Mapped[str] = mapped_column(Text)
    in_final_product: Mapped[bool] = mapped_column(default=False)
    toxicity: Mapped[Toxicity] = mapped_column(
        controlled(Toxicity, "toxicity"), default=Toxicity.NOT_RECORDED
    )
    items: Mapped[list["ManufacturerItem"]] = relationship(
        back_populates="material", order_by="ManufacturerItem.catalogue_number"
    )


class ManufacturerItem(Versioned, Base):
    __tablename__ = "manufacturer_item"
    __table_args__ = (
        UniqueConstraint("site_id", "catalogue_number"),
        CheckConstraint("shelf_life_months > 0", name="shelf_life_positive"),
        CheckConstraint("trim(catalogue_number) <> ''", name="catalogue_number_not_blank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    # The manufacturing site, never a distributor's address.
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    catalogue_number: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    grade: Mapped[Grade] = mapped_column(controlled(Grade, "grade"))
    # What the manufacturer states in writing that it is for.
    intended_use: Mapped[IntendedUse] = mapped_column(
        controlled(IntendedUse, "intended_use"), default=IntendedUse.NOT_STATED
    )
    # How it is prepared, where that pulls a further material in.
    preparation: Mapped[Preparation] = mapped_column(
        controlled(Preparation, "preparation"), default=Preparation.NOT_RECORDED
    )
    storage: Mapped[str | None] = mapped_column(String(200))
    shelf_life_months: Mapped[int | None]
    # No longer bought; kept for the lots it once gave.
    retired_on: Mapped[date | None]
    # The results of its certificates are typed twice, the second time without seeing the first.
    is_double_entry: Mapped[bool] = mapped_column(default=False)
    material: Mapped[Material] = relationship(back_populates="items")
    site: Mapped[Site] = relationship()
