"""A result keeps one meaning from the page to the verdict, or asks for a person."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.reported_results import (
    judge,
    proposed_result,
    recorded_value,
    typed_result,
    typing_problems,
)
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.domain.specification.verdicts import Verdict


@pytest.mark.parametrize(
    ("literal", "column_unit", "decimal_comma", "text", "unit"),
    [
        ("< 0.05 EU/mL", None, False, "< 0.05", "EU/mL"),
        ("< 0,05", "EU/mL", True, "< 0.05", "EU/mL"),
        ("1.234,5", "g/L", True, "1234.5", "g/L"),
        ("1,234.5", "g/L", False, "1234.5", "g/L"),
        ("7,0 - 7,6", None, True, "7.0 to 7.6", None),
        ("1.5 x 10^6 CFU/mL", None, None, "1500000", "CFU/mL"),
        ("5.10 %", None, None, "5.10", "%"),
        ("No growth", None, None, "No growth", None),
        ("ND", None, None, "ND", None),
        ("1,234", "g/L", None, None, "g/L"),
    ],
)
def test_a_printed_result_becomes_one_plain_text_or_none(
    literal: str,
    column_unit: str | None,
    decimal_comma: bool | None,  # noqa: FBT001 -- a column of the table above
    text: str | None,
    unit: str | None,
) -> None:
    found = proposed_result(literal, column_unit, decimal_comma=decimal_comma)
    assert (found.text, found.unit) == (text, unit)


@pytest.mark.parametrize(
    ("typed", "unit", "problem"),
    [
        ("", None, "Type the result"),
        ("not tested", None, "Type the result"),
        ("0,5", None, "comma"),
        ("1,234", None, "comma"),
        ("1.5 EU/mL", "IU/mL", "keep one of them"),
        ("1.5", None, None),
        ("< 0.05 EU/mL", "EU/mL", None),
        ("Clear, colourless", None, None),
        ("7.0 to 7.6", None, None),
    ],
)
def test_a_typed_result_is_taken_only_when_it_means_one_thing(
    typed: str, unit: str | None, problem: str | None
) -> None:
    problems = typing_problems(typed, unit)
    assert bool(problems) == (problem is not None)
    assert (problem or "") in " ".join(problems)


@pytest.mark.parametrize(
    ("text", "comparator", "value"),
    [
        ("< 0.05", "<", Decimal("0.05")),
        ("≥ 95", "≥", Decimal(95)),
        ("7.30", None, Decimal("7.30")),
        ("7.0 to 7.6", None, None),
        ("No growth", None, None),
    ],
)
def test_only_a_single_number_is_recorded_as_one(
    text: str, comparator: str | None, value: Decimal | None
) -> None:
    recorded = recorded_value(text, "EU/mL")
    assert (recorded.comparator, recorded.value) == (comparator, value)
    assert str(recorded.value) == str(value)


LIMIT = LimitLine("Endotoxin", Operator.AT_MOST, high=Decimal("0.5"), unit="EU/mL")


@pytest.mark.parametrize(
    ("text", "unit", "verdict"),
    [
        ("< 0.05", "EU/mL", Verdict.PASS),
        ("0.5", "EU/mL", Verdict.PASS),
        ("0.6", "EU/mL", Verdict.FAIL),
        ("< 5", "EU/mL", Verdict.NOT_EVALUABLE),
        ("0.1", "EU/mg", Verdict.NOT_EVALUABLE),
        ("0.1", None, Verdict.NOT_EVALUABLE),
        ("Complies", None, Verdict.NOT_EVALUABLE),
    ],
)
def test_the_reviewed_text_is_what_is_judged(text: str, unit: str | None, verdict: Verdict) -> None:
    assert judge(text, unit, LIMIT).verdict is verdict


@given(
    value=st.decimals(min_value=0, max_value=10**6, places=4),
    sign=st.sampled_from(["", "< ", "≤ ", "> ", "≥ "]),
)
def test_a_typed_number_is_recorded_as_exactly_that_number(value: Decimal, sign: str) -> None:
    typed = f"{sign}{value:f}"
    assert typing_problems(typed, None) == ()
    found = typed_result(typed, "g/L")
    recorded = recorded_value(found.text or "", found.unit)
    assert recorded.value == value
    assert (recorded.comparator or "") == sign.strip()


@given(literal=st.text(max_size=40), decimal_comma=st.sampled_from([True, False, None]))
def test_no_printed_text_makes_the_proposal_raise(
    literal: str,
    decimal_comma: bool | None,  # noqa: FBT001 -- drawn by hypothesis
) -> None:
    found = proposed_result(literal, "g/L", decimal_comma=decimal_comma)
    if found.text:
        recorded_value(found.text, found.unit)
