"""How many persons read a certificate, and what a second one typed without seeing the first."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.persistence.base import Base, UtcDateTime, controlled


class ReadingPolicyRow(Base):
    """Persons that read a certificate of a risk class; superseded by a later row, never edited."""

    __tablename__ = "reading_policy"
    __table_args__ = (
        UniqueConstraint("risk_class", "valid_from"),
        CheckConstraint("persons IN (1, 2)", name="one_or_two_persons"),
        CheckConstraint("persons = 2 OR NOT is_double_entry", name="double_entry_by_two"),
        CheckConstraint("valid_to > valid_from", name="validity_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    risk_class: Mapped[RiskClass] = mapped_column(controlled(RiskClass, "risk_class"))
    persons: Mapped[int]
    is_double_entry: Mapped[bool]
    valid_from: Mapped[date]
    # The first day the row is no longer in force; NULL while it is.
    valid_to: Mapped[date | None]
    # V, V2, K or C: how the datum was verified.
    mark: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(Text)


class CertificateSecondEntry(Base):
    """The second person's reading of one row; `taken` says which reading settled a difference."""

    __tablename__ = "certificate_second_entry"
    __table_args__ = (
        CheckConstraint("taken IN ('first', 'second')", name="taken_is_one_of_the_two"),
        CheckConstraint(
            "(taken IS NULL) = (settled_by_id IS NULL) AND (taken IS NULL) = (settled_at IS NULL) "
            "AND (taken IS NULL) = (settlement_reason IS NULL)",
            name="settlement_is_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(ForeignKey("certificate_row.id"), unique=True)
    # As typed; NULL where the second person found no result.
    result: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(String(60))
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken: Mapped[str | None] = mapped_column(String(10))
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settlement_reason: Mapped[str | None] = mapped_column(Text)
