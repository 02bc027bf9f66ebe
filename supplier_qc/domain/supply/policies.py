"""How long a second source takes, and how long a count of stock holds: dated rows of the user.

The shipped rows are conventions (mark C): no document that was read names such a figure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.dated_rows import DatedRow, newest

MOST_MONTHS = 120
MOST_DAYS = 730


@dataclass(frozen=True, slots=True)
class SupplyPolicy(DatedRow):
    """For a risk class, in force from `valid_from` until the day before `valid_to`.

    `months_to_qualify` from the search for a second source to its approval; a count of stock is
    believed for `count_holds_days`. `mark` is V, V2, K or C.
    """

    risk_class: RiskClass
    months_to_qualify: int
    count_holds_days: int
    valid_from: date
    mark: str
    source: str
    valid_to: date | None = None
    row_id: int | None = None

    @property
    def words(self) -> str:
        standing = {"C": ", a convention", "K": ", unverified"}.get(self.mark, "")
        since = self.valid_from.isoformat()
        return f"the policy for {self.risk_class.value} materials since {since}{standing}"


def supply_policy_in_force(
    policies: Iterable[SupplyPolicy], risk_class: RiskClass, on: date
) -> SupplyPolicy | None:
    """The newest row in force on the day; None where there is none."""
    fitting = [one for one in policies if one.risk_class is risk_class and one.is_in_force(on)]
    latest = newest(fitting)
    return latest[0] if len(latest) == 1 else None


def supply_policy_problems(
    row: SupplyPolicy, standing: Sequence[SupplyPolicy], today: date
) -> Iterator[str]:
    """Every reason why a row cannot take the place of the one in force."""
    if not 1 <= row.months_to_qualify <= MOST_MONTHS:
        yield f"The months lie between 1 and {MOST_MONTHS}."
    if not 1 <= row.count_holds_days <= MOST_DAYS:
        yield f"A count holds between 1 and {MOST_DAYS} days."
    if row.valid_from < today:
        yield "The policy cannot be changed for days that have passed."
    same = (one for one in standing if one.risk_class is row.risk_class)
    if any(row.valid_from <= one.valid_from for one in same):
        yield "A row for the same begins on that day or later; choose a later day."
