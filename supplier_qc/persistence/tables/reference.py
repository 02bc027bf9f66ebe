"""Regulatory lists as dated rows, each with its source and verification mark."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from supplier_qc.persistence.base import Base

MARKS = "mark IN ('V', 'V2', 'K', 'C')"


class _DatedRow:
    """What every regulatory datum carries."""

    document: Mapped[str] = mapped_column(Text)
    clause: Mapped[str | None] = mapped_column(String(120))
    edition: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date | None]
    # The first day the row is no longer in force; NULL while it is.
    valid_to: Mapped[date | None]
    # V read in the primary text, V2 secondary, K unverified, C convention.
    mark: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(Text)
    remark: Mapped[str | None] = mapped_column(Text)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verified_on: Mapped[date | None]


class CountryStatus(_DatedRow, Base):
    __tablename__ = "country_status"
    __table_args__ = (
        CheckConstraint(MARKS, name="mark"),
        CheckConstraint("status IN ('negligible', 'controlled', 'undetermined')", name="status"),
        CheckConstraint("length(country) = 2", name="country_alpha_2"),
        CheckConstraint("valid_to > valid_from", name="validity_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    authority: Mapped[str] = mapped_column(String(10), index=True)
    country: Mapped[str] = mapped_column(String(2), index=True)
    # A part of the country with a status of its own; NULL for the country.
    zone: Mapped[str | None] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(20))


class TissueCategory(_DatedRow, Base):
    __tablename__ = "tissue_category"
    __table_args__ = (
        CheckConstraint(MARKS, name="mark"),
        CheckConstraint("category IN ('A', 'B', 'C')", name="category"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tissue: Mapped[str] = mapped_column(String(80), index=True)
    species: Mapped[str | None] = mapped_column(String(40))
    category: Mapped[str] = mapped_column(String(1))


class DerivativeRule(_DatedRow, Base):
    __tablename__ = "derivative_rule"
    __table_args__ = (CheckConstraint(MARKS, name="mark"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    derivative: Mapped[str] = mapped_column(String(60), index=True)
    conditions: Mapped[str] = mapped_column(Text)


class StatementPolicy(_DatedRow, Base):
    """How old a supplier's statement may be before it counts as a gap: a convention."""

    __tablename__ = "statement_policy"
    __table_args__ = (
        CheckConstraint(MARKS, name="mark"),
        CheckConstraint("maximum_age_months > 0", name="age_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    maximum_age_months: Mapped[int]
