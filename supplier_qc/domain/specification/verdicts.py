"""Three verdicts: what cannot be judged is never a pass."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.measurement.comparators import Comparator
from supplier_qc.domain.measurement.values import ValueKind
from supplier_qc.domain.specification.comparison import (
    NotComparable,
    in_line_unit,
    same_words,
)
from supplier_qc.domain.specification.intervals import Interval
from supplier_qc.domain.specification.lines import (
    LimitLine,
    is_never_negative,
    limit_interval,
    limit_words,
    validate_line,
    with_unit,
)
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.domain.specification.results import Result, possible_values
from supplier_qc.domain.specification.statements import says_absent, says_conforms


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    NOT_EVALUABLE = "not_evaluable"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the sentences that explain it; there is always at least one."""

    verdict: Verdict
    reasons: tuple[str, ...]


_NON_DETECTS = frozenset({ValueKind.NOT_DETECTED, ValueKind.BELOW_LOQ})


def evaluate(result: Result | None, line: LimitLine) -> Judgement:
    """Judge one result against one line of our specification.

    A numeric result passes only when every value it leaves possible is allowed, and fails only
    when none is; between the two it is not evaluable ("<5" against at most 1). A line that asks
    only to report has no limit to fail: a value present passes, with a reason that says so, and
    a missing one is not evaluable, so that an empty line can never release a lot.
    """
    unusable = _why_unusable(result, line)
    if result is None or unusable:
        return _open(*unusable)
    if line.operator is Operator.REPORT_ONLY:
        return _reported(result, line)
    if line.operator is Operator.EQUALS_TEXT:
        return _judge_text(result, line)
    try:
        return _judge_number(result, line)
    except NotComparable as refusal:
        return _open(str(refusal))


def _why_unusable(result: Result | None, line: LimitLine) -> tuple[str, ...]:
    reasons = validate_line(line)
    if result is None or result.kind is ValueKind.EMPTY:
        return (*reasons, f"There is no result for {line.attribute}.")
    if result.kind is ValueKind.AMBIGUOUS:
        doubt = f"{result.words} can be read in more than one way; settle the reading first."
        return (*reasons, doubt)
    return reasons


def _open(*reasons: str) -> Judgement:
    return Judgement(Verdict.NOT_EVALUABLE, reasons)


def _reported(result: Result, line: LimitLine) -> Judgement:
    if result.kind is ValueKind.TEXT:
        if line.unit:
            return _open(f"{result.words} is no value; the specification asks for one.")
        if says_conforms(result.literal) is not None or folded(result.literal).startswith("report"):
            return _open(f"{result.words} states no result; the specification asks for one.")
    reason = f"{result.words} is reported as the specification asks; it sets no limit."
    return Judgement(Verdict.PASS, (reason,))


def _judge_text(result: Result, line: LimitLine) -> Judgement:
    """Compare without case, accents, spacing and closing punctuation."""
    allowed = {folded(text) for text in line.allowed_texts}
    if folded(result.literal) in allowed:
        reason = f"{result.words} is an allowed text."
        return Judgement(Verdict.PASS, (reason,))
    if result.value is not None:
        return _open(f"{result.words} is a number; the limit is the text {limit_words(line)}.")
    if says_conforms(result.literal):
        return _open(
            f"{result.words} states conformity without a result; ours is {limit_words(line)}."
        )
    if result.kind in _NON_DETECTS or says_absent(result.literal):
        return _open(
            f"{result.words} may mean the same as {limit_words(line)}, but is no allowed text."
        )
    return Judgement(Verdict.FAIL, (f"{result.words} is not {limit_words(line)}.",))


def _judge_number(result: Result, line: LimitLine) -> Judgement:
    found, limit = _possible(result, line), limit_interval(line)
    if is_never_negative(line.unit):
        found = found.from_zero()
    words = _compared_words(result, line, found)
    if limit.contains(found):
        return Judgement(Verdict.PASS, (f"{words} meets our limit: {limit_words(line)}.",))
    if limit.is_apart_from(found):
        return Judgement(Verdict.FAIL, (f"{words} does not meet our limit: {limit_words(line)}.",))
    return _open(
        f"{words} proves nothing against our limit ({limit_words(line)}): "
        "the true value may lie on either side of the limit."
    )


def _possible(result: Result, line: LimitLine) -> Interval:
    """The values the result leaves possible, in the unit of the line."""
    if result.kind in _NON_DETECTS:
        return Interval(high=_detection_limit(result, line))
    if result.value is None:
        raise NotComparable(_no_number(result, line))
    if result.comparator is Comparator.ABOUT:
        raise NotComparable(f"{result.words} is approximate; how far it may be off is not stated.")
    low = in_line_unit(result.value, result.unit, line)
    high = low if result.high is None else in_line_unit(result.high, result.unit, line)
    return possible_values(result.kind, result.comparator, low, high)


def _detection_limit(result: Result, line: LimitLine) -> Decimal:
    """LOD for "not detected", else LOQ; LOQ alone for "below LOQ" (worst case)."""
    limit = line.loq
    if result.kind is ValueKind.NOT_DETECTED and line.lod is not None:
        limit = line.lod
    if limit is None:
        raise NotComparable(
            f"{result.words} gives no number, and our line states no limit of detection or "
            "quantitation to stand for it."
        )
    return limit


def _no_number(result: Result, line: LimitLine) -> str:
    if says_conforms(result.literal):
        return (
            f"{result.words} states conformity to the supplier's limit without a value; "
            f"ours is {limit_words(line)}."
        )
    return f"{result.words} is no number; our limit is {limit_words(line)}."


def _compared_words(result: Result, line: LimitLine, found: Interval) -> str:
    if result.kind in _NON_DETECTS and found.high is not None:
        return f"{result.words} (taken as at most {with_unit(found.high, line.unit)})"
    bound = found.high if result.kind is ValueKind.CENSORED_LOW else found.low
    if same_words(result.unit, line.unit) or not result.unit or bound is None:
        return result.words
    converted = Result("", result.kind, result.comparator, bound, _upper(result, found), line.unit)
    return f"{result.words}, which is {converted.words},"


def _upper(result: Result, found: Interval) -> Decimal | None:
    return found.high if result.high is not None else None
