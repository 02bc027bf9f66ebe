"""How much of a material the planned batches take in a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from supplier_qc.domain.supply.amounts import Amount, AmountsDiffer


@dataclass(frozen=True, slots=True)
class PlannedUse:
    """One step of a product. `batches_a_month` is None where nobody has planned them."""

    product: str
    step: str
    a_batch: Amount
    batches_a_month: Decimal | None


@dataclass(frozen=True, slots=True)
class Demand:
    """`a_month` in `unit`; None, with the reasons, where a part of it is not known."""

    a_month: Decimal | None
    unit: str | None
    reasons: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        if self.a_month is None:
            return "not known"
        return f"{self.a_month.normalize():f} {self.unit} a month"


def monthly_demand(uses: Sequence[PlannedUse]) -> Demand:
    """The sum over all uses, in the unit of the first; one that is not known makes it unknown."""
    if not uses:
        return Demand(None, None, ("No use with its amount a batch is recorded.",))
    unit, total, reasons = uses[0].a_batch.unit, Decimal(0), []
    for use in uses:
        if use.batches_a_month is None:
            reason = f"How many batches of {use.product} are planned a month is not recorded."
            reasons += [] if reason in reasons else [reason]
            continue
        try:
            total += use.a_batch.in_unit(unit) * use.batches_a_month
        except AmountsDiffer as differ:
            reasons.append(f"{use.product}, {use.step}: {differ}")
    return Demand(None if reasons else total, unit, tuple(reasons))
