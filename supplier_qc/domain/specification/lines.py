"""One line of our specification: an attribute, its operator and its bounds."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from supplier_qc.domain.measurement.units import TEMPERATURE, Equivalence, parse_unit
from supplier_qc.domain.specification.intervals import Interval
from supplier_qc.domain.specification.operator import Operator

NEEDS_LOW = frozenset({Operator.AT_LEAST, Operator.GREATER_THAN, Operator.BETWEEN})
NEEDS_HIGH = frozenset({Operator.AT_MOST, Operator.LESS_THAN, Operator.BETWEEN})
NUMERIC = NEEDS_LOW | NEEDS_HIGH


@dataclass(frozen=True, slots=True)
class LimitLine:
    """`low`, `high`, `lod` and `loq` are in `unit`; None is "not stated" and never zero.

    `equivalences` are factors that this line states between units of different dimensions.
    """

    attribute: str
    operator: Operator
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    allowed_texts: tuple[str, ...] = ()
    method: str | None = None
    lod: Decimal | None = None
    loq: Decimal | None = None
    is_identity_test: bool = False
    equivalences: tuple[Equivalence, ...] = ()


def plain(value: Decimal) -> str:
    """Decimal digits without exponent, as a specification prints them."""
    return f"{value:f}"


def with_unit(value: Decimal, unit: str | None) -> str:
    if not unit:
        return plain(value)
    return plain(value) + (unit if unit.startswith("%") else f" {unit}")


def limit_words(line: LimitLine) -> str:
    """The limit in words, as in "at most 0.5 EU/mL"; a missing bound is named as missing."""
    low = "(no bound)" if line.low is None else with_unit(line.low, line.unit)
    high = "(no bound)" if line.high is None else with_unit(line.high, line.unit)
    texts = " or ".join(f"“{text}”" for text in line.allowed_texts)
    return {
        Operator.AT_MOST: f"at most {high}",
        Operator.LESS_THAN: f"less than {high}",
        Operator.AT_LEAST: f"at least {low}",
        Operator.GREATER_THAN: f"more than {low}",
        Operator.BETWEEN: f"between {low} and {high}",
        Operator.EQUALS_TEXT: texts or "(no allowed text)",
        Operator.REPORT_ONLY: "report, without a limit",
    }[line.operator]


def limit_interval(line: LimitLine) -> Interval:
    """What a numeric line allows; bounds that its operator does not use are ignored."""
    return Interval(
        low=line.low if line.operator in NEEDS_LOW else None,
        high=line.high if line.operator in NEEDS_HIGH else None,
        low_is_open=line.operator is Operator.GREATER_THAN,
        high_is_open=line.operator is Operator.LESS_THAN,
    )


def is_never_negative(unit: str | None) -> bool:
    """Whether a quantity of this unit starts at zero: every known unit but a temperature."""
    known = parse_unit(unit)
    return known is not None and TEMPERATURE not in known.dimension


def validate_line(line: LimitLine) -> tuple[str, ...]:
    """Every reason why no result can be judged against this line; empty when it is sound."""
    return tuple(_problems(line))


def _problems(line: LimitLine) -> Iterator[str]:
    if not line.attribute.strip():
        yield "The line has no attribute name."
    if line.operator in NEEDS_LOW and line.low is None:
        yield "The lower bound is missing; a blank bound is not zero."
    if line.operator in NEEDS_HIGH and line.high is None:
        yield "The upper bound is missing; a blank bound is not zero."
    if line.operator is Operator.BETWEEN:
        yield from _crossed_bounds(line)
    if line.operator is Operator.EQUALS_TEXT and not any(map(str.strip, line.allowed_texts)):
        yield "No allowed text is stated."
    yield from _detection_problems(line)


def _crossed_bounds(line: LimitLine) -> Iterator[str]:
    if line.low is not None and line.high is not None and line.low > line.high:
        yield f"The lower bound {plain(line.low)} is above the upper bound {plain(line.high)}."


def _detection_problems(line: LimitLine) -> Iterator[str]:
    for name, limit in (("detection", line.lod), ("quantitation", line.loq)):
        if limit is not None and limit < 0:
            yield f"The limit of {name} is negative."
    if line.lod is not None and line.loq is not None and line.lod > line.loq:
        yield "The limit of detection is above the limit of quantitation."
