"""Deliveries of an item, with the lots that came and what the policy said at receipt."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.deliveries import DeliveryStanding, Observation
from supplier_qc.domain.qualification.buying import BuyVerdict
from supplier_qc.persistence.base import Base, ExactDecimal, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.identities import DistributorItem
from supplier_qc.persistence.tables.materials import ManufacturerItem


class Delivery(Versioned, Base):
    """One delivery, ordered and later received; one recorded by mistake is withdrawn and kept."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("trim(unit) <> ''", name="unit_not_blank"),
        CheckConstraint("promised_on >= ordered_on", name="promised_after_ordered"),
        CheckConstraint("received_on >= ordered_on", name="received_after_ordered"),
        CheckConstraint(
            "(standing = 'on_the_way') = (received_on IS NULL)"
            " AND (received_on IS NULL) = (received_by_id IS NULL)"
            " AND (received_on IS NULL) = (receipt_verdict IS NULL)",
            name="received_in_full",
        ),
        CheckConstraint(
            "receipt_verdict <> 'no' OR standing = 'quarantined'", name="stopped_is_quarantined"
        ),
        CheckConstraint(
            "(excursion = 'yes') = (excursion_note IS NOT NULL)", name="excursion_is_told"
        ),
        CheckConstraint("(damage = 'yes') = (damage_note IS NOT NULL)", name="damage_is_told"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL) "
            "AND (withdrawn_at IS NULL) = (withdrawal_reason IS NULL)",
            name="withdrawal_is_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    # The distributor's number it was bought under; NULL: bought from the maker.
    distributor_item_id: Mapped[int | None] = mapped_column(ForeignKey("distributor_item.id"))
    # What it is bought for; the answer at receipt is for this use.
    use_scope: Mapped[UseScope] = mapped_column(controlled(UseScope, "use_scope"))
    purchase_order: Mapped[str | None] = mapped_column(String(80))
    ordered_on: Mapped[date]
    promised_on: Mapped[date | None]
    quantity: Mapped[Decimal] = mapped_column(ExactDecimal)
    unit: Mapped[str] = mapped_column(String(40))
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    standing: Mapped[DeliveryStanding] = mapped_column(controlled(DeliveryStanding, "standing"))
    received_on: Mapped[date | None]
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    excursion: Mapped[Observation] = mapped_column(
        controlled(Observation, "excursion"), default=Observation.NOT_RECORDED
    )
    excursion_note: Mapped[str | None] = mapped_column(Text)
    damage: Mapped[Observation] = mapped_column(
        controlled(Observation, "damage"), default=Observation.NOT_RECORDED
    )
    damage_note: Mapped[str | None] = mapped_column(Text)
    # The answer on the day it was recorded as received, with every reason as it was shown.
    receipt_verdict: Mapped[BuyVerdict | None] = mapped_column(
        controlled(BuyVerdict, "receipt_verdict")
    )
    receipt_reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawal_reason: Mapped[str | None] = mapped_column(Text)
    item: Mapped[ManufacturerItem] = relationship()
    distributor_item: Mapped[DistributorItem | None] = relationship()
    lots: Mapped[list["DeliveryLot"]] = relationship(
        cascade="all, delete-orphan", order_by="DeliveryLot.id"
    )


class DeliveryLot(Base):
    """A lot as printed on the goods; it may come before there is a record of the lot."""

    __tablename__ = "delivery_lot"
    __table_args__ = (
        UniqueConstraint("delivery_id", "manufacturer_lot"),
        CheckConstraint("trim(manufacturer_lot) <> ''", name="manufacturer_lot_not_blank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id"), index=True)
    manufacturer_lot: Mapped[str] = mapped_column(String(80))
