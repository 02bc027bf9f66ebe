"""The stock that can be used, from counts as of their days."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.supply.amounts import Amount, AmountsDiffer


@dataclass(frozen=True, slots=True)
class CountedLot:
    id: int
    number: str
    disposition: Disposition
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class StockCount:
    """What was found on a day, of one lot or (without one) of the whole material.

    `order` tells two counts of one day apart: the later one stands.
    """

    amount: Amount
    counted_on: date
    order: int
    lot: CountedLot | None = None

    @property
    def subject(self) -> str:
        return f"Lot {self.lot.number}" if self.lot else "The whole material"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A quantity that can be used until its expiry (None: no date is known)."""

    quantity: Decimal
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Stock:
    """`parcels` is None, with the reasons, where the stock is not known.

    `counted_on` is the newest count among them; `notes` say what was left out, and why.
    """

    parcels: tuple[Parcel, ...] | None
    unit: str | None = None
    counted_on: date | None = None
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def quantity(self) -> Decimal | None:
        if self.parcels is None:
            return None
        return sum((parcel.quantity for parcel in self.parcels), Decimal(0))

    @property
    def words(self) -> str:
        if self.quantity is None:
            return "not known"
        return f"{self.quantity.normalize():f} {self.unit}"


def usable_stock(
    counts: Sequence[StockCount], unit: str | None, today: date, holds_days: int | None
) -> Stock:
    """Released lots that have not expired, or the material counted as a whole.

    Counts of the whole and of lots are never added: the kind that was counted last stands. A
    count, unless it is zero, holds for `holds_days`; None (no policy) leaves the stock unknown.
    `unit` is that of the demand; without one the first count's.
    """
    standing = standing_counts(counts)
    if not standing:
        return Stock(None, unit, reasons=("No stock is counted yet.",))
    unit = unit or standing[0].amount.unit
    usable = [one for one in standing if _unusable(one, today) is None]
    notes = tuple(_notes(standing, today))
    counted_on = max(one.counted_on for one in standing)
    reasons = [*_too_old(usable, today, holds_days)]
    parcels = []
    for one in usable:
        try:
            expires_on = one.lot.expires_on if one.lot else None
            parcels.append(Parcel(one.amount.in_unit(unit), expires_on))
        except AmountsDiffer as differ:
            reasons.append(f"{one.subject}: {differ}")
    if reasons:
        return Stock(None, unit, counted_on, tuple(reasons), notes)
    return Stock(tuple(parcels), unit, counted_on, (), notes)


def standing_counts(counts: Iterable[StockCount]) -> list[StockCount]:
    """The last count of the whole, or of each lot, whichever kind was counted last."""
    last: dict[int | None, StockCount] = {}
    for one in sorted(counts, key=lambda count: (count.counted_on, count.order)):
        last[one.lot.id if one.lot else None] = one
    whole = last.pop(None, None)
    if whole is None:
        return list(last.values())
    if all(one.counted_on <= whole.counted_on for one in last.values()):
        return [whole]
    return list(last.values())


def _unusable(count: StockCount, today: date) -> str | None:
    """Why a lot is no stock to count on."""
    if count.lot is None:
        return None
    if count.lot.disposition is not Disposition.RELEASED:
        return {
            Disposition.QUARANTINE: "is in quarantine",
            Disposition.REJECTED: "is rejected",
        }[count.lot.disposition]
    if count.lot.expires_on is not None and count.lot.expires_on < today:
        return f"expired on {count.lot.expires_on.isoformat()}"
    return None


def _notes(standing: Iterable[StockCount], today: date) -> Iterator[str]:
    for one in standing:
        if one.amount.quantity == 0:
            continue
        unusable = _unusable(one, today)
        if unusable:
            yield f"{one.subject} {unusable}: its {one.amount.words} are not counted on."
        elif one.lot is None:
            yield "Counted as a whole: expiry and release of its lots are not looked at."
        elif one.lot.expires_on is None:
            yield f"{one.subject} has no expiry date on file; it is taken as one that keeps."


def _too_old(usable: Iterable[StockCount], today: date, holds_days: int | None) -> Iterator[str]:
    if holds_days is None:
        yield "No policy row in force says how long a count of stock holds."
        return
    for one in usable:
        if one.amount.quantity and (today - one.counted_on).days > holds_days:
            counted = one.counted_on.isoformat()
            yield f"{one.subject} was last counted on {counted}; a count holds {holds_days} days."
