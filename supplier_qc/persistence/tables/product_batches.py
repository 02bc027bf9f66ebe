"""Batches of a product and the lots that went into them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.persistence.base import Base, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.residuals import Product


class ProductBatch(Versioned, Base):
    __tablename__ = "product_batch"
    __table_args__ = (
        UniqueConstraint("product_id", "number"),
        CheckConstraint("trim(number) <> ''", name="number_not_blank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    # Our number of the batch; text, so that leading zeros stay.
    number: Mapped[str] = mapped_column(String(80))
    use_scope: Mapped[UseScope] = mapped_column(controlled(UseScope, "use_scope"))
    manufactured_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    product: Mapped[Product] = relationship()
    lots: Mapped[list["ProductBatchLot"]] = relationship(
        cascade="all, delete-orphan", order_by="ProductBatchLot.lot_id"
    )


class ProductBatchLot(Base):
    """A lot that went into the batch."""

    __tablename__ = "product_batch_lot"

    batch_id: Mapped[int] = mapped_column(ForeignKey("product_batch.id"), primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), primary_key=True, index=True)
    lot: Mapped[Lot] = relationship()
