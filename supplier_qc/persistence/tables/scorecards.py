"""Weights, targets and bands of the scorecard of suppliers."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supplier_qc.domain.scorecard.policy import Band, Measure
from supplier_qc.persistence.base import Base, ExactDecimal, controlled


class ScorecardMeasureRow(Base):
    """Weight and target of a measure; superseded by a later row, never edited."""

    __tablename__ = "scorecard_measure"
    __table_args__ = (
        UniqueConstraint("measure", "valid_from"),
        CheckConstraint("weight BETWEEN 0 AND 100", name="weight_of_100"),
        CheckConstraint("valid_to > valid_from", name="validity_in_order"),
        CheckConstraint("trim(source) <> ''", name="source_not_blank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure: Mapped[Measure] = mapped_column(controlled(Measure, "measure"))
    weight: Mapped[int]
    # In the unit of the measure: full points at the target, none at the worst.
    target: Mapped[Decimal] = mapped_column(ExactDecimal)
    worst: Mapped[Decimal] = mapped_column(ExactDecimal)
    valid_from: Mapped[date]
    # The first day the row is no longer in force; NULL while it is.
    valid_to: Mapped[date | None]
    # V, V2, K or C: how the datum was verified.
    mark: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(Text)


class ScorecardBandRow(Base):
    """From which score a band holds, and what it proposes; superseded, never edited."""

    __tablename__ = "scorecard_band"
    __table_args__ = (
        UniqueConstraint("band", "valid_from"),
        CheckConstraint("least_score BETWEEN 0 AND 100", name="score_of_100"),
        CheckConstraint("valid_to > valid_from", name="validity_in_order"),
        CheckConstraint("trim(source) <> ''", name="source_not_blank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    band: Mapped[Band] = mapped_column(controlled(Band, "band"))
    least_score: Mapped[int]
    # Multiplies the interval of requalification, as a proposal.
    interval_factor: Mapped[Decimal] = mapped_column(ExactDecimal)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    mark: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(Text)
