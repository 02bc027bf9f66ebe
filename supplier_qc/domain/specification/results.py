"""A result as it is judged: the literal beside what was made of it."""

from dataclasses import dataclass
from decimal import Decimal

from supplier_qc.domain.measurement.comparators import ABOVE, BELOW, Comparator
from supplier_qc.domain.measurement.values import ReadValue, ValueKind, read_value
from supplier_qc.domain.specification.intervals import Interval
from supplier_qc.domain.specification.lines import with_unit


@dataclass(frozen=True, slots=True)
class Result:
    """`value` is a number, a censoring limit, or the low end of a range up to `high`."""

    literal: str
    kind: ValueKind
    comparator: Comparator | None = None
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None

    @property
    def words(self) -> str:
        """The result with its comparator, never a bare zero or a blank for a non-detect."""
        if self.value is None:
            return f"“{self.literal.strip()}”"
        if self.high is not None:
            return f"{self.value:f} to {with_unit(self.high, self.unit)}"
        return f"{self.comparator or ''} {with_unit(self.value, self.unit)}".strip()


def result_from_reading(read: ReadValue, unit: str | None = None) -> Result:
    """The result of a reading; `unit` (of the column or the reviewer) stands in for none printed.

    Nothing else is carried over: a comparator belongs to its own reading.
    """
    return Result(
        read.literal, read.kind, read.comparator, read.value, read.high, read.unit_text or unit
    )


def result_from_record(
    literal: str, comparator: str | None, value: Decimal | None, unit: str | None
) -> Result:
    """The result of a stored row: a confirmed number as it stands, the rest by its literal."""
    if value is None:
        return result_from_reading(read_value(literal), unit)
    sign = Comparator(comparator) if comparator else None
    kind = ValueKind.NUMBER
    if sign in BELOW:
        kind = ValueKind.CENSORED_LOW
    elif sign in ABOVE:
        kind = ValueKind.CENSORED_HIGH
    return Result(literal, kind, sign, value, None, unit)


def possible_values(
    kind: ValueKind, comparator: Comparator | None, low: Decimal, high: Decimal
) -> Interval:
    """Where the truth may lie, for a result from `low` to `high` (equal for a single number)."""
    if kind is ValueKind.CENSORED_LOW:
        return Interval(high=high, high_is_open=comparator is Comparator.LESS_THAN)
    if kind is ValueKind.CENSORED_HIGH:
        return Interval(low=low, low_is_open=comparator is Comparator.GREATER_THAN)
    return Interval(low, high)
