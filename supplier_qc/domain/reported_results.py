"""The result a review decides on: text with a decimal point, beside the literal it came from.

The literal is kept as printed. What is judged and counted is this text, so that a correction is
seen in one place and the notation of the document is settled once.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from supplier_qc.domain.measurement.comparators import Comparator
from supplier_qc.domain.measurement.units import parse_unit
from supplier_qc.domain.measurement.values import ReadValue, ValueKind, read_value
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.results import Result, result_from_reading
from supplier_qc.domain.specification.verdicts import Judgement, evaluate

_SINGLE = frozenset({ValueKind.NUMBER, ValueKind.CENSORED_LOW, ValueKind.CENSORED_HIGH})
_COMMA_IN_A_NUMBER = re.compile(r"[0-9],[0-9]")


@dataclass(frozen=True, slots=True)
class ReportedResult:
    """`text` is None where a person has to type it; `note` says why or adds what was printed."""

    text: str | None
    unit: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordedValue:
    """A single number in `unit`, with its comparator; all three None for a text or a range."""

    comparator: Comparator | None
    value: Decimal | None
    unit: str | None


def proposed_result(
    literal: str, unit: str | None, *, decimal_comma: bool | None
) -> ReportedResult:
    """What the reviewer is offered for a printed result; `unit` is that of its column."""
    read = read_value(literal, decimal_comma=decimal_comma)
    if read.kind is ValueKind.AMBIGUOUS:
        return ReportedResult(None, read.unit_text or unit, read.note)
    text = _plain_text(read)
    if read_value(text, decimal_comma=False).kind is not read.kind:
        return ReportedResult(None, unit, "This result has to be typed by hand.")
    return ReportedResult(text, read.unit_text or unit, read.note)


def typing_problems(text: str, unit: str | None) -> tuple[str, ...]:
    """Every reason why a typed result cannot be taken; empty when it can."""
    read = read_value(text, decimal_comma=False)
    if read.kind is ValueKind.EMPTY:
        return ("Type the result, or reject the row with a note.",)
    problems = []
    if read.kind is not ValueKind.TEXT and _COMMA_IN_A_NUMBER.search(text):
        problems.append(
            "A comma between digits may be a decimal sign or a thousands sign. "
            "Write 1.5 for one and a half, and 1500 for fifteen hundred."
        )
    elif read.kind is ValueKind.AMBIGUOUS:
        problems.append(f"“{text.strip()}” can be read in more than one way. {read.note}")
    if read.unit_text and unit and parse_unit(read.unit_text) != parse_unit(unit):
        problems.append(
            f"The result is typed in {read.unit_text} and the unit is {unit}; keep one of them."
        )
    return tuple(problems)


def typed_result(text: str, unit: str | None) -> ReportedResult:
    """A typed result with its unit moved beside it; call after `typing_problems`."""
    return proposed_result(text, (unit or "").strip() or None, decimal_comma=False)


def reading(text: str, unit: str | None) -> Result:
    """The result as it is judged."""
    return result_from_reading(read_value(text, decimal_comma=False), unit)


def recorded_value(text: str, unit: str | None) -> RecordedValue:
    result = reading(text, unit)
    if result.kind not in _SINGLE:
        return RecordedValue(None, None, unit)
    return RecordedValue(result.comparator, result.value, result.unit)


def judge(text: str, unit: str | None, line: LimitLine) -> Judgement:
    return evaluate(reading(text, unit), line)


def _plain_text(read: ReadValue) -> str:
    sign = read.comparator or ""
    if read.kind is ValueKind.RANGE:
        return f"{read.value:f} to {read.high:f}"
    if read.kind in _SINGLE and read.value is not None:
        return f"{sign} {read.value:f}".strip()
    return " ".join(read.literal.split())
