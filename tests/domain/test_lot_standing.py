"""From results to one word for the lot: nothing missing or unclear ever looks good."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.lot_standing import (
    StandingResult,
    judge_from,
    line_verdict,
    lot_standing,
    lot_verdict,
)
from supplier_qc.domain.lots import ResultSource
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.domain.specification.verdicts import Verdict

P, F, N = Verdict.PASS, Verdict.FAIL, Verdict.NOT_EVALUABLE

ENDOTOXIN = LimitLine("Endotoxin", Operator.AT_MOST, high=Decimal("0.5"), unit="EU/mL")
IDENTITY = LimitLine(
    "Identity", Operator.EQUALS_TEXT, allowed_texts=("Positive",), is_identity_test=True
)


def result(
    text: str,
    attribute: str = "Endotoxin",
    source: ResultSource = ResultSource.CERTIFICATE,
    number: int = 1,
    unit: str | None = "EU/mL",
) -> StandingResult:
    return StandingResult(number, attribute, source, text, unit)


@pytest.mark.parametrize(
    ("verdicts", "line"),
    [([], None), ([P], P), ([N], N), ([F], F), ([P, N], P), ([P, F], F), ([N, F], F)],
)
def test_a_line_fails_by_one_and_passes_by_one_that_settles(
    verdicts: list[Verdict], line: Verdict | None
) -> None:
    assert line_verdict(verdicts) is line


@pytest.mark.parametrize(
    ("lines", "lot"),
    [([], N), ([P], P), ([P, P], P), ([P, None], N), ([P, N], N), ([N, F], F), ([None, F], F)],
)
def test_a_lot_passes_only_when_every_line_does(lines: list[Verdict | None], lot: Verdict) -> None:
    assert lot_verdict(lines) is lot


@given(st.lists(st.sampled_from([P, F, N, None])))
def test_no_gap_and_no_doubt_ever_passes(lines: list[Verdict | None]) -> None:
    if lot_verdict(lines) is P:
        assert set(lines) == {P}


STERILITY = LimitLine("Sterility", Operator.EQUALS_TEXT, allowed_texts=("No growth",))
AMOUNT = LimitLine("Haemoglobin", Operator.REPORT_ONLY, unit="g/L")


@pytest.mark.parametrize(
    ("line", "text", "unit", "verdict"),
    [
        (ENDOTOXIN, "0.05", "EU/mL", N),
        (ENDOTOXIN, "9", "EU/mL", N),
        (ENDOTOXIN, "complies", None, N),
        (AMOUNT, "0.2", "g/L", N),
        (STERILITY, "No growth", None, P),
    ],
)
def test_a_certificate_of_conformity_gives_no_verdict_on_a_numeric_attribute(
    line: LimitLine, text: str, unit: str | None, verdict: Verdict
) -> None:
    stated = result(text, line.attribute, ResultSource.CONFORMITY, unit=unit)
    assert judge_from(stated, line).verdict is verdict
    measured = result("0.1", line.attribute, ResultSource.OWN_TEST, number=2)
    if line is ENDOTOXIN:
        assert lot_standing((line,), [stated]).not_evaluable == ("Endotoxin",)
        assert lot_standing((line,), [stated, measured]).verdict is P


def test_no_specification_is_no_pass() -> None:
    standing = lot_standing((), [result("0.1")])
    assert standing.verdict is N
    assert standing.judgements == {}


def test_a_blank_result_is_a_missing_one() -> None:
    standing = lot_standing((ENDOTOXIN,), [result("not tested")])
    assert standing.missing == ("Endotoxin",)
    assert standing.verdict is N


def test_an_attribute_is_recognised_whatever_its_case() -> None:
    standing = lot_standing((ENDOTOXIN,), [result("0.1", "ENDOTOXIN")])
    assert standing.verdict is P


@pytest.mark.parametrize(
    ("source", "text", "tested"),
    [
        (ResultSource.OWN_TEST, "positive", ("Identity",)),
        (ResultSource.OWN_TEST, "negative", ()),
        (ResultSource.CERTIFICATE, "positive", ()),
        (ResultSource.BY_HAND, "positive", ()),
    ],
)
def test_identity_is_tested_here_only_by_an_own_test_that_passes(
    source: ResultSource, text: str, tested: tuple[str, ...]
) -> None:
    found = lot_standing((IDENTITY,), [result(text, "Identity", source, unit=None)])
    assert found.identity_lines == ("Identity",)
    assert found.identity_tested_here == tested
