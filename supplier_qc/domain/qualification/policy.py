"""When a source is qualified again: the policy row in force on the day of the decision."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.catalogue import RiskClass, label
from supplier_qc.domain.refusals import Refused

_MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """Months between qualifications of a risk class; `valid_to` is the first day it is not."""

    id: int
    risk_class: RiskClass
    interval_months: int
    valid_from: date
    valid_to: date | None
    mark: str
    source: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class NoPolicyInForce(Refused):
    """No row says when a source of this risk class is qualified again."""


def interval_in_force(rows: Iterable[IntervalRow], risk_class: RiskClass, day: date) -> IntervalRow:
    """The row of the risk class that holds on `day`, the newest where several do.

    Raises NoPolicyInForce: without an interval nothing is approved, since nobody would be
    reminded of it.
    """
    fitting = [row for row in rows if row.risk_class is risk_class and row.holds_on(day)]
    if not fitting:
        raise NoPolicyInForce(
            f"No policy row says how often a {label(risk_class).lower()} material is qualified "
            f"again on {day.isoformat()}, so no date could be set. Have a row added first."
        )
    return max(fitting, key=lambda row: row.valid_from)


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later; the 31st becomes a shorter month's last."""
    year, month_index = divmod(day.year * _MONTHS_IN_A_YEAR + day.month - 1 + months, 12)
    month = month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
