"""What a material costs a batch and a dose, from the price of a pack and the amount used.

Money is a Decimal in its currency; different currencies are never added or compared.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal, localcontext

from supplier_qc.domain.measurement.units import UnitsDiffer, convert, parse_unit

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Money:
    """`currency` is an ISO 4217 code."""

    amount: Decimal
    currency: str

    @property
    def words(self) -> str:
        """To the cent, half up; below one cent to two figures, so that it never reads as free."""
        if 0 < self.amount < _CENT:
            return f"{self.amount:.1E} {self.currency}"
        return f"{self.amount.quantize(_CENT, ROUND_HALF_UP)} {self.currency}"


@dataclass(frozen=True, slots=True)
class Pack:
    """What a distributor ships under one number; the price and its day where they are known."""

    quantity: Decimal
    unit: str
    price: Money | None = None
    priced_on: date | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What one batch of a product takes; `doses` come out of the batch."""

    amount: Decimal
    unit: str
    doses: int | None = None


@dataclass(frozen=True, slots=True)
class BatchCost:
    """`packs` is the share used, `whole_packs` what has to be opened. None is not computed.

    `reasons` say why something was not computed.
    """

    packs: Decimal | None = None
    whole_packs: int | None = None
    a_batch: Money | None = None
    whole_packs_a_batch: Money | None = None
    a_dose: Money | None = None
    reasons: tuple[str, ...] = ()


def batch_cost(need: Need, pack: Pack) -> BatchCost:
    """The cost of the share used and of the packs opened; a dose carries the share used."""
    packs, problem = _packs(need, pack)
    if packs is None:
        return BatchCost(reasons=(problem,))
    whole = int(packs.to_integral_value(ROUND_CEILING))
    if pack.price is None:
        return BatchCost(packs, whole, reasons=("No price is recorded.",))
    a_batch = Money(packs * pack.price.amount, pack.price.currency)
    opened = Money(whole * pack.price.amount, pack.price.currency)
    if need.doses is None:
        reasons = ("How many doses a batch gives is not recorded for the product.",)
        return BatchCost(packs, whole, a_batch, opened, reasons=reasons)
    with localcontext() as context:
        context.prec = 40
        a_dose = Money(a_batch.amount / need.doses, a_batch.currency)
    return BatchCost(packs, whole, a_batch, opened, a_dose)


def added(parts: Iterable[Money]) -> tuple[Money, ...]:
    """One sum a currency, in the order of their codes; more than one is no total."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for part in parts:
        sums[part.currency] += part.amount
    return tuple(Money(sums[currency], currency) for currency in sorted(sums))


def sum_words(sums: tuple[Money, ...]) -> str:
    """The total, or the sums beside one another with the reason why they are not one."""
    if len(sums) > 1:
        named = " and ".join(one.words for one in sums)
        return f"{named}; different currencies are not added"
    return sums[0].words if sums else "nothing to add"


@dataclass(frozen=True, slots=True)
class UseCosts:
    """A use in words, with what a batch of it costs by each pack that is sold."""

    words: str
    costs: tuple[BatchCost, ...]


@dataclass(frozen=True, slots=True)
class ProductCost:
    """Sums a currency over the uses whose cost is known, by the cheapest and the dearest pack.

    `missing` names what is in no sum, with its reason; while there is any, the sums are a part.
    """

    lowest: tuple[Money, ...]
    highest: tuple[Money, ...]
    doses: int | None
    missing: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.missing

    @property
    def batch_words(self) -> str:
        return _span(self.lowest, self.highest)

    @property
    def dose_words(self) -> str:
        if self.doses is None:
            return "not known: how many doses a batch gives is not recorded"
        return _span(_shared(self.lowest, self.doses), _shared(self.highest, self.doses))


def product_cost(uses: Iterable[UseCosts], doses: int | None) -> ProductCost:
    """What all materials of a batch cost; what is not known is named and never free."""
    lowest, highest, missing = [], [], []
    for use in uses:
        priced = [one.a_batch for one in use.costs if one.a_batch is not None]
        currencies = sorted({one.currency for one in priced})
        if len(currencies) == 1:
            ordered = sorted(priced, key=lambda one: one.amount)
            lowest.append(ordered[0])
            highest.append(ordered[-1])
        elif currencies:
            named = " and ".join(currencies)
            missing.append(f"{use.words}: prices stand in {named}, which are not compared.")
        else:
            reasons = dict.fromkeys(reason for one in use.costs for reason in one.reasons)
            missing.append(
                f"{use.words}: {' '.join(reasons) or 'Nobody who sells it is recorded.'}"
            )
    return ProductCost(added(lowest), added(highest), doses, tuple(missing))


def _shared(sums: tuple[Money, ...], doses: int) -> tuple[Money, ...]:
    with localcontext() as context:
        context.prec = 40
        return tuple(Money(one.amount / doses, one.currency) for one in sums)


def _span(lowest: tuple[Money, ...], highest: tuple[Money, ...]) -> str:
    if lowest == highest:
        return sum_words(lowest)
    pairs = zip(lowest, highest, strict=True)
    named = [low.words if low == high else f"{low.words} to {high.words}" for low, high in pairs]
    note = "; different currencies are not added" if len(named) > 1 else ""
    return " and ".join(named) + note


def _packs(need: Need, pack: Pack) -> tuple[Decimal | None, str]:
    """How many packs the need is; a unit that no table knows fits only itself."""
    wanted, packed = parse_unit(need.unit), parse_unit(pack.unit)
    if wanted is None or packed is None:
        if need.unit.strip() != pack.unit.strip():
            return (
                None,
                f"The need is in {need.unit}, the pack in {pack.unit}; they do not convert.",
            )
        amount = need.amount
    else:
        try:
            amount = convert(need.amount, wanted, packed)
        except UnitsDiffer as differ:
            return None, str(differ)
    with localcontext() as context:
        context.prec = 40
        return amount / pack.quantity, ""
