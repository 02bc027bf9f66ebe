"""Months of cover against the months a way out would take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from supplier_qc.domain.supply.amounts import (
    as_months,
    months_asked,
    months_between,
    months_held,
)
from supplier_qc.domain.supply.demand import Demand
from supplier_qc.domain.supply.policies import SupplyPolicy
from supplier_qc.domain.supply.sources import SupplySource, fewest_approved
from supplier_qc.domain.supply.stock import Parcel, Stock


class ExposureLevel(StrEnum):
    UNKNOWN = "exposure_unknown"
    SHORT = "short"  # the stock ends before a way out is ready
    COVERED = "covered"
    NO_DEMAND = "no_demand"


@dataclass(frozen=True, slots=True)
class NeededMonths:
    """How long it takes until other supply arrives; None where it is not known."""

    months: Decimal | None
    reason: str


@dataclass(frozen=True, slots=True)
class Exposure:
    """`margin` is cover less what is needed, in months; None where either is not known."""

    level: ExposureLevel
    cover: Decimal | None
    needed: NeededMonths
    margin: Decimal | None
    reasons: tuple[str, ...]

    @property
    def cover_words(self) -> str:
        return "not known" if self.cover is None else months_held(self.cover)

    @property
    def needed_words(self) -> str:
        months = self.needed.months
        return "not known" if months is None else months_asked(months)

    @property
    def words(self) -> str:
        if self.level is ExposureLevel.UNKNOWN:
            return "Not known"
        if self.level is ExposureLevel.NO_DEMAND or self.margin is None:
            return "No demand is planned"
        if self.margin < 0:
            return f"Short by {months_asked(-self.margin)}"
        return f"Covered, {months_held(self.margin)} to spare"

    @property
    def sort_key(self) -> tuple[int, Decimal]:
        """Unknown first, then the shortest; what nobody needs comes last."""
        rank = {ExposureLevel.UNKNOWN: 0, ExposureLevel.NO_DEMAND: 2}.get(self.level, 1)
        return rank, self.margin if self.margin is not None else Decimal(0)


def months_of_cover(
    parcels: Iterable[Parcel], a_month: Decimal, counted_on: date, today: date
) -> Decimal:
    """Months from today, what expires first used first; what expires unused covers nothing.

    What the demand has taken since the day of the count is gone.
    """
    end = Decimal(0)
    for parcel in sorted(parcels, key=lambda one: one.expires_on or date.max):
        reached = end + parcel.quantity / a_month
        if parcel.expires_on is not None:
            reached = min(reached, months_between(counted_on, parcel.expires_on))
        end = max(end, reached)
    return max(end - months_between(counted_on, today), Decimal(0))


def needed_months(sources: Sequence[SupplySource], policy: SupplyPolicy | None) -> NeededMonths:
    """With two approved plants the longest lead time; else as long as a second source takes.

    Counted for the use with the fewest approved plants.
    """
    if fewest_approved(sources) > 1:
        return _by_lead_time([one for one in sources if one.is_approved])
    if policy is None:
        return NeededMonths(None, "No policy row says how long a second source takes.")
    reason = f"A second source takes {policy.months_to_qualify} months by {policy.words}."
    return NeededMonths(Decimal(policy.months_to_qualify), reason)


def _by_lead_time(approved: Sequence[SupplySource]) -> NeededMonths:
    unknown = [one.words for one in approved if one.longest_lead_days is None]
    if unknown:
        return NeededMonths(None, f"No lead time is recorded for {' and '.join(unknown)}.")
    longest = max(one.longest_lead_days or 0 for one in approved)
    reason = f"Another approved source delivers within {longest} days, the longest of them."
    return NeededMonths(as_months(longest), reason)


def exposure(demand: Demand, stock: Stock, needed: NeededMonths, today: date) -> Exposure:
    """How the cover stands against what is needed, with every reason why it cannot be told."""
    if demand.a_month == 0:
        reasons = ("The plan in force makes no batch that takes it.",)
        return Exposure(ExposureLevel.NO_DEMAND, None, needed, None, reasons)
    cover = _cover(demand, stock, today)
    if cover is None or needed.months is None:
        not_told = () if needed.months is not None else (needed.reason,)
        unknown = (*demand.reasons, *stock.reasons, *not_told)
        return Exposure(ExposureLevel.UNKNOWN, cover, needed, None, unknown)
    margin = cover - needed.months
    level = ExposureLevel.SHORT if margin < 0 else ExposureLevel.COVERED
    return Exposure(level, cover, needed, margin, (needed.reason,))


def _cover(demand: Demand, stock: Stock, today: date) -> Decimal | None:
    if demand.a_month is None or stock.parcels is None or stock.counted_on is None:
        return None
    return months_of_cover(stock.parcels, demand.a_month, stock.counted_on, today)
