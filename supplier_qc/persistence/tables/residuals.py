"""The product, the steps that clear a reagent, and what may remain in a dose."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.residuals.kinds import LimitBasis, ReagentClass, StepKind
from supplier_qc.persistence.base import Base, ExactDecimal, Versioned, controlled
from supplier_qc.persistence.tables.materials import Material


class Product(Versioned, Base):
    __tablename__ = "product"
    __table_args__ = (CheckConstraint("doses_per_batch > 0", name="doses_per_batch_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    # mL of suspension a dose.
    dose_volume_ml: Mapped[Decimal] = mapped_column(ExactDecimal)
    # Cells a dose.
    cells_per_dose: Mapped[Decimal] = mapped_column(ExactDecimal)
    # kg; the lightest patient the dose is meant for.
    lowest_patient_weight_kg: Mapped[Decimal] = mapped_column(ExactDecimal)
    route: Mapped[str] = mapped_column(String(100))
    # Doses that one batch gives; NULL where nobody recorded it.
    doses_per_batch: Mapped[int | None]
    steps: Mapped[list["ProcessStep"]] = relationship(
        back_populates="product", order_by="ProcessStep.position"
    )
    residuals: Mapped[list["ResidualReagent"]] = relationship(
        back_populates="product", order_by="ResidualReagent.id"
    )


class ProcessStep(Versioned, Base):
    """One step that dilutes or exchanges; its parameters follow its kind."""

    __tablename__ = "process_step"
    __table_args__ = (
        UniqueConstraint("product_id", "position"),
        CheckConstraint("position >= 1", name="position_from_one"),
        CheckConstraint(
            "(kind <> 'batch_wash' OR"
            " residual_volume_ml IS NOT NULL AND added_volume_ml IS NOT NULL)"
            " AND (kind <> 'medium_exchange' OR exchanged_fraction IS NOT NULL)"
            " AND (kind <> 'diafiltration' OR diavolumes IS NOT NULL AND sieving IS NOT NULL)",
            name="parameters_of_kind",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[StepKind] = mapped_column(controlled(StepKind, "kind"))
    # mL left before the wash fluid is added (worst case: the largest).
    residual_volume_ml: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    # mL of wash fluid added (worst case: the smallest).
    added_volume_ml: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    # Share of the diluted amount that really leaves, 0 to 1; NULL is taken as 1.
    efficiency: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    # Share of the medium exchanged, 0 to 1.
    exchanged_fraction: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    # Diafiltration: volumes exchanged, and the sieving coefficient 0 to 1.
    diavolumes: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    sieving: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    product: Mapped[Product] = relationship(back_populates="steps")


class ResidualReagent(Versioned, Base):
    """A reagent that may remain: where it starts, what was measured, and the limit it meets."""

    __tablename__ = "residual_reagent"
    __table_args__ = (
        UniqueConstraint("product_id", "name"),
        CheckConstraint("from_position >= 1", name="from_position_from_one"),
        CheckConstraint(
            "(measured IS NULL) = (measured_unit IS NULL)", name="measured_with_its_unit"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    material_id: Mapped[int | None] = mapped_column(ForeignKey("material.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    # Decides what a calculation alone may claim.
    reagent_class: Mapped[ReagentClass] = mapped_column(controlled(ReagentClass, "reagent_class"))
    start_concentration: Mapped[Decimal] = mapped_column(ExactDecimal)
    start_unit: Mapped[str] = mapped_column(String(40))
    # The step from which it is present; earlier steps do not clear it.
    from_position: Mapped[int] = mapped_column(default=1)
    # As measured in the final product, literal text, e.g. "<0.5".
    measured: Mapped[str | None] = mapped_column(String(60))
    measured_unit: Mapped[str | None] = mapped_column(String(40))
    measured_method: Mapped[str | None] = mapped_column(String(200))
    loq: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    product: Mapped[Product] = relationship(back_populates="residuals")
    material: Mapped[Material | None] = relationship()
    limits: Mapped[list["ResidualLimit"]] = relationship(order_by="ResidualLimit.valid_from")


class ResidualLimit(Base):
    """A limit a dose, with the reason it is believed; superseded, never edited."""

    __tablename__ = "residual_limit"
    __table_args__ = (
        CheckConstraint("valid_to > valid_from", name="validity_in_order"),
        CheckConstraint("mark IN ('V', 'V2', 'K', 'C')", name="mark"),
        # One limit of a reagent has no end: the last one.
        Index(
            "uq_residual_limit_one_open",
            "residual_id",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    residual_id: Mapped[int] = mapped_column(ForeignKey("residual_reagent.id"), index=True)
    amount: Mapped[Decimal] = mapped_column(ExactDecimal)
    # A mass a dose (ng, µg, mg), or a mass a kg (mg/kg) scaled by the lowest patient weight.
    unit: Mapped[str] = mapped_column(String(40))
    basis: Mapped[LimitBasis] = mapped_column(controlled(LimitBasis, "basis"))
    source: Mapped[str] = mapped_column(Text)
    mark: Mapped[str] = mapped_column(String(2))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
