"""Amounts of a material, added only where their units convert; and days as months."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from supplier_qc.domain.measurement.units import UnitsDiffer, convert, parse_unit

DAYS_A_MONTH = Decimal("30.4375")
"""A twelfth of 365.25 days."""

_TENTH = Decimal("0.1")


class AmountsDiffer(Exception):
    """Two amounts cannot be compared; the message is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Amount:
    quantity: Decimal
    unit: str

    @property
    def words(self) -> str:
        return f"{self.quantity:f} {self.unit}"

    def in_unit(self, unit: str) -> Decimal:
        """The quantity in another unit; a unit that no table knows fits only itself."""
        own, other = parse_unit(self.unit), parse_unit(unit)
        if own is None or other is None:
            if self.unit.strip() == unit.strip():
                return self.quantity
            raise AmountsDiffer(f"{self.unit} and {unit} do not convert.")
        try:
            return convert(self.quantity, own, other)
        except UnitsDiffer as differ:
            raise AmountsDiffer(str(differ)) from differ


def as_months(days: int) -> Decimal:
    return Decimal(days) / DAYS_A_MONTH


def months_between(start: date, end: date) -> Decimal:
    """Negative where the end comes first."""
    return as_months((end - start).days)


def months_held(months: Decimal) -> str:
    """To a tenth and never more than is there, as in "2.4 months"."""
    return f"{months.quantize(_TENTH, ROUND_DOWN)} months"


def months_asked(months: Decimal) -> str:
    """To a tenth and never less than is asked."""
    return f"{months.quantize(_TENTH, ROUND_UP)} months"
