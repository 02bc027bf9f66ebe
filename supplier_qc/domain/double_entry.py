"""Two readings of one result, made without knowledge of one another."""

from dataclasses import dataclass

from supplier_qc.domain.measurement.characters import folded, normalise
from supplier_qc.domain.measurement.units import parse_unit
from supplier_qc.domain.reported_results import reading
from supplier_qc.domain.specification.results import Result


@dataclass(frozen=True, slots=True)
class TypedReading:
    text: str | None
    unit: str | None

    @property
    def words(self) -> str:
        return " ".join(part for part in (self.text, self.unit) if part) or "no result"


def readings_agree(first: TypedReading, second: TypedReading) -> bool:
    """Whether both say the same: comparator, number, unit, or text but for case and spacing.

    7.0 and 7 agree as numbers; "< 0.05" and "0.05" do not, nor do EU/mL and IU/mL.
    """
    one, other = _result(first), _result(second)
    if one is None or other is None:
        return one is other
    if one.value is None or other.value is None:
        return one.kind is other.kind and folded(one.literal) == folded(other.literal)
    same_number = (one.kind, one.comparator, one.value, one.high) == (
        other.kind,
        other.comparator,
        other.value,
        other.high,
    )
    return same_number and _same_unit(one.unit, other.unit)


def _result(typed: TypedReading) -> Result | None:
    return reading(typed.text, typed.unit) if typed.text and typed.text.strip() else None


def _same_unit(one: str | None, other: str | None) -> bool:
    """Case counts: mU is not MU."""
    first, second = parse_unit(one), parse_unit(other)
    if first is not None or second is not None:
        return first == second
    return normalise(one or "") == normalise(other or "")
