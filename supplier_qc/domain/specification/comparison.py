"""A value set beside a limit: the same unit, a convertible one, or a named refusal."""

from decimal import Decimal

from supplier_qc.domain.measurement.characters import normalise
from supplier_qc.domain.measurement.units import Unit, UnitsDiffer, convert, parse_unit
from supplier_qc.domain.specification.lines import LimitLine


class NotComparable(Exception):
    """The value cannot be set beside the limit; the message is a sentence for the user."""


def same_words(unit: str | None, other: str | None) -> bool:
    return normalise(unit or "") == normalise(other or "")


def in_line_unit(value: Decimal, unit: str | None, line: LimitLine) -> Decimal:
    """`value` in the unit of the line; raises NotComparable when that cannot be had.

    Only pH may be written without its unit, since it has no other.
    """
    if same_words(unit, line.unit) or _is_bare_ph(unit, line.unit):
        return value
    if not unit:
        raise NotComparable(f"The result carries no unit; our limit is in {line.unit}.")
    if not line.unit:
        raise NotComparable(f"The result is in {unit}; our limit carries no unit.")
    source, target = _known(unit, line.unit), _known(line.unit, unit)
    try:
        return convert(value, source, target, line.equivalences)
    except UnitsDiffer as difference:
        raise NotComparable(str(difference)) from difference


def _is_bare_ph(unit: str | None, other: str | None) -> bool:
    if unit and other:
        return False
    known = parse_unit(unit or other)
    return known is not None and known.dimension == "pH"


def _known(unit: str, other: str) -> Unit:
    found = parse_unit(unit)
    if found is None:
        raise NotComparable(
            f"“{unit}” is not a unit known here, so it cannot be compared with {other}."
        )
    return found
