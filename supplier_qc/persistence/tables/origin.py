"""Origin facts of an item's components, and recorded assessments of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from supplier_qc.persistence.base import Base, UtcDateTime, Versioned


class OriginComponent(Versioned, Base):
    """One component of an item, or of one lot where the lot differs from the item."""

    __tablename__ = "origin_component"
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="name_not_blank"),
        # A name stands once among the item's components in force, and once among a lot's.
        Index(
            "uq_origin_component_item_name",
            "item_id",
            "name",
            unique=True,
            sqlite_where=text("lot_id IS NULL AND NOT is_withdrawn"),
            postgresql_where=text("lot_id IS NULL AND NOT is_withdrawn"),
        ),
        Index(
            "uq_origin_component_lot_name",
            "lot_id",
            "name",
            unique=True,
            sqlite_where=text("lot_id IS NOT NULL AND NOT is_withdrawn"),
            postgresql_where=text("lot_id IS NOT NULL AND NOT is_withdrawn"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    # Set where this lot's facts override those of the item.
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    # The facts as domain.origin reads them; checked by it before they are stored.
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OriginAssessment(Base):
    """A conclusion somebody stood by: inputs, rules, lists and text, as they were."""

    __tablename__ = "origin_assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    authority: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(20))
    # Facts and list rows used, rules fired, gaps: what domain.origin returned.
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
    # SHA-256 of the facts and the list editions; another value today means outdated.
    input_fingerprint: Mapped[str] = mapped_column(String(64))
    conclusion: Mapped[str] = mapped_column(Text)
    assessed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assessed_at: Mapped[datetime] = mapped_column(UtcDateTime)
