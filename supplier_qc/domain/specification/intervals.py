"""Intervals with open or closed ends: what a limit allows, and what a result leaves possible."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`; None is no bound, and an end without its flag belongs to it."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_is_open: bool = False
    high_is_open: bool = False

    def contains(self, other: "Interval") -> bool:
        return self._reaches_below(other) and self._reaches_above(other)

    def is_apart_from(self, other: "Interval") -> bool:
        return self.ends_before(other) or other.ends_before(self)

    def ends_before(self, other: "Interval") -> bool:
        if self.high is None or other.low is None:
            return False
        if self.high == other.low:
            return self.high_is_open or other.low_is_open
        return self.high < other.low

    def from_zero(self) -> "Interval":
        """Without its negative part when it has no lower bound; a stated bound stands."""
        if self.low is not None:
            return self
        return Interval(Decimal(0), self.high, high_is_open=self.high_is_open)

    def _reaches_below(self, other: "Interval") -> bool:
        if self.low is None:
            return True
        if other.low is None or other.low < self.low:
            return False
        return other.low > self.low or other.low_is_open or not self.low_is_open

    def _reaches_above(self, other: "Interval") -> bool:
        if self.high is None:
            return True
        if other.high is None or other.high > self.high:
            return False
        return other.high < self.high or other.high_is_open or not self.high_is_open
