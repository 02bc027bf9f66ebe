"""The supplier's printed limit, read and set beside ours."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from supplier_qc.domain.measurement.characters import folded, normalise
from supplier_qc.domain.measurement.comparators import Comparator
from supplier_qc.domain.measurement.units import parse_unit
from supplier_qc.domain.measurement.values import ReadValue, ValueKind, read_value
from supplier_qc.domain.specification.comparison import NotComparable, in_line_unit
from supplier_qc.domain.specification.lines import (
    NUMERIC,
    LimitLine,
    is_never_negative,
    limit_interval,
    limit_words,
    validate_line,
)
from supplier_qc.domain.specification.operator import Operator


@dataclass(frozen=True, slots=True)
class ReadLimit:
    """A printed limit; `operator` is None where none can be read, with the reason in `note`."""

    literal: str
    operator: Operator | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    allowed_texts: tuple[str, ...] = ()
    note: str = ""


_OPERATORS = {
    Comparator.AT_MOST: Operator.AT_MOST,
    Comparator.LESS_THAN: Operator.LESS_THAN,
    Comparator.AT_LEAST: Operator.AT_LEAST,
    Comparator.GREATER_THAN: Operator.GREATER_THAN,
}
_REPORT = re.compile(
    r"^(?:report|for information|information only|fio|informative|check (?:&|and) record|"
    r"record|to be reported|monitor|angeben|a titre indicatif|informativo|informar)\b"
)


def read_limit(
    text: str | None, *, decimal_comma: bool | None = None, unit: str | None = None
) -> ReadLimit:
    """Read a printed limit; `unit` (of the column) stands in where the cell prints none.

    A bare number is no limit: whether it is a maximum or a minimum is not printed.
    """
    read = read_value(text, decimal_comma=decimal_comma)
    if read.kind is ValueKind.EMPTY:
        return ReadLimit(read.literal, None, note="No limit is printed.")
    if _REPORT.match(folded(read.literal)):
        return ReadLimit(read.literal, Operator.REPORT_ONLY, unit=_bracketed_unit(text) or unit)
    limit = _numeric_limit(read) if read.value is not None else _worded_limit(read)
    return replace(limit, unit=limit.unit or unit) if limit.operator in NUMERIC else limit


def _bracketed_unit(text: str | None) -> str | None:
    bracketed = re.search(r"\(([^()]+)\)", text or "")
    return bracketed[1] if bracketed and parse_unit(bracketed[1]) else None


def _numeric_limit(read: ReadValue) -> ReadLimit:
    limit = ReadLimit(read.literal, None, unit=read.unit_text, note=read.note)
    if read.kind is ValueKind.RANGE:
        return replace(limit, operator=Operator.BETWEEN, low=read.value, high=read.high)
    operator = _OPERATORS.get(read.comparator) if read.comparator else None
    if operator is None:
        note = "A number without comparator: maximum or minimum is not printed."
        return replace(limit, note=note)
    if read.kind is ValueKind.CENSORED_LOW:
        return replace(limit, operator=operator, high=read.value)
    return replace(limit, operator=operator, low=read.value)


def _worded_limit(read: ReadValue) -> ReadLimit:
    if read.kind is ValueKind.AMBIGUOUS:
        return ReadLimit(read.literal, None, note=read.note)
    texts = (normalise(read.literal),)
    return ReadLimit(read.literal, Operator.EQUALS_TEXT, allowed_texts=texts, note=read.note)


def as_line(limit: ReadLimit, attribute: str) -> LimitLine | None:
    """The supplier's limit as a line that results can be judged against."""
    if limit.operator is None:
        return None
    return LimitLine(
        attribute, limit.operator, limit.low, limit.high, limit.unit, limit.allowed_texts
    )


class LimitFinding(StrEnum):
    SAME = "same"
    NARROWER = "narrower"
    WIDER = "wider"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class LimitComparison:
    """How the supplier's limit stands to ours, in one sentence for the user."""

    finding: LimitFinding
    reason: str


def compare_limits(ours: LimitLine, suppliers: ReadLimit) -> LimitComparison:
    """Whether the supplier may release what our limit refuses (WIDER is a finding for QA).

    A limit that is open where ours is closed is wider: what it lets through, ours does not.
    """
    theirs = as_line(suppliers, ours.attribute)
    problems = validate_line(ours)
    if problems:
        return _not_comparable(f"Our limit cannot be applied. {' '.join(problems)}")
    if theirs is None:
        return _not_comparable(f"The supplier's limit was not read. {suppliers.note}")
    if ours.operator is Operator.REPORT_ONLY or theirs.operator is Operator.REPORT_ONLY:
        return _compare_report_only(ours, theirs)
    if Operator.EQUALS_TEXT in (ours.operator, theirs.operator):
        return _compare_texts(ours, theirs)
    return _compare_numbers(ours, theirs)


def _not_comparable(reason: str) -> LimitComparison:
    return LimitComparison(LimitFinding.NOT_COMPARABLE, reason.strip())


def _compare_report_only(ours: LimitLine, theirs: LimitLine) -> LimitComparison:
    if ours.operator is theirs.operator:
        return LimitComparison(LimitFinding.SAME, "Neither sets a limit; both report.")
    if theirs.operator is Operator.REPORT_ONLY:
        reason = f"The supplier only reports, while our limit is {limit_words(ours)}."
        return LimitComparison(LimitFinding.WIDER, reason)
    reason = f"The supplier's limit is {limit_words(theirs)}, while ours only reports."
    return LimitComparison(LimitFinding.NARROWER, reason)


def _compare_texts(ours: LimitLine, theirs: LimitLine) -> LimitComparison:
    our_texts = {folded(text) for text in ours.allowed_texts}
    their_texts = {folded(text) for text in theirs.allowed_texts}
    words = f"the supplier's limit is {limit_words(theirs)}, ours is {limit_words(ours)}."
    if ours.operator is not theirs.operator or not their_texts <= our_texts:
        return _not_comparable(f"A person has to compare: {words}")
    same = their_texts == our_texts
    finding = LimitFinding.SAME if same else LimitFinding.NARROWER
    return LimitComparison(finding, words[0].upper() + words[1:])


def _compare_numbers(ours: LimitLine, theirs: LimitLine) -> LimitComparison:
    try:
        converted = _in_our_unit(ours, theirs)
    except NotComparable as refusal:
        return _not_comparable(str(refusal))
    our_range, their_range = limit_interval(ours), limit_interval(converted)
    if is_never_negative(ours.unit):
        our_range, their_range = our_range.from_zero(), their_range.from_zero()
    if our_range == their_range:
        return LimitComparison(LimitFinding.SAME, f"Both limits are {limit_words(ours)}.")
    is_narrower = our_range.contains(their_range)
    reason = (
        f"The supplier's limit ({limit_words(theirs)}) is {'narrower' if is_narrower else 'wider'} "
        f"than ours ({limit_words(ours)})."
    )
    finding = LimitFinding.NARROWER if is_narrower else LimitFinding.WIDER
    return LimitComparison(finding, reason)


def _in_our_unit(ours: LimitLine, theirs: LimitLine) -> LimitLine:
    ends = [
        None if end is None else in_line_unit(end, theirs.unit, ours)
        for end in (theirs.low, theirs.high)
    ]
    return replace(theirs, low=ends[0], high=ends[1], unit=ours.unit)
