"""Clearance steps, checked by hand and by mass balance."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.residuals.figures import shown
from supplier_qc.domain.residuals.kinds import StepKind
from supplier_qc.domain.residuals.wash import (
    ClearanceStep,
    StepsRefused,
    batch_wash,
    log_reduction_value,
    step_problems,
    trace_clearance,
    washes_needed,
)

D = Decimal
REFERENCE = Path(__file__).parents[4] / "shared/reference/statistics/13_growth_cv_washout.json"


def exchange(share: str, feed: str = "0") -> ClearanceStep:
    return ClearanceStep(
        "Exchange",
        StepKind.MEDIUM_EXCHANGE,
        exchanged_fraction=D(share),
        feed_concentration=D(feed),
    )


def diafiltration(volumes: str | None, sieving: str = "1") -> ClearanceStep:
    return ClearanceStep(
        "UF/DF",
        StepKind.DIAFILTRATION,
        diavolumes=None if volumes is None else D(volumes),
        sieving=D(sieving),
    )


WASH = batch_wash("Wash", D(50), D(500))


@pytest.mark.parametrize(
    ("steps", "concentrations"),
    [
        ([WASH, WASH, WASH], ["10", "1", "0.1"]),
        ([batch_wash("Wash", D(50), D(500), D("0.9"))] * 3, ["19", "3.61", "0.6859"]),
        ([exchange("0.8")] * 3, ["20", "4", "0.8"]),
        ([exchange("0.5", feed="40")] * 2, ["70", "55"]),
        ([], []),
    ],
)
def test_each_step_leaves_what_the_mass_balance_says(
    steps: list[ClearanceStep], concentrations: list[str]
) -> None:
    trace = trace_clearance(D(100), "µg/mL", steps)
    assert [step.after for step in trace.steps] == [D(one) for one in concentrations]
    assert trace.end == (trace.steps[-1].after if steps else D(100))


def test_diafiltration_decays_with_volumes_and_sieving() -> None:
    """exp(-5 · 0.9) = 0.011109."""
    trace = trace_clearance(D(100), "µg/mL", [diafiltration("5", "0.9")])
    assert abs(trace.end - D("1.110899653824231")) < D("1e-14")
    assert trace.steps[0].formula == "100 × exp(-5 × 0.9) = 1.111 µg/mL"


def test_three_tenfold_washes_are_three_logs_and_four_are_needed_for_a_twentieth() -> None:
    trace = trace_clearance(D(100), "µg/mL", [WASH] * 3)
    assert trace.log_reduction == 3
    assert washes_needed(D(100), D("0.05"), WASH) == 4
    assert washes_needed(D(100), D(100), WASH) == 0
    assert washes_needed(D(100), D(1), exchange("0")) is None


def test_the_formula_carries_its_numbers() -> None:
    steps = [WASH, batch_wash("W", D(50), D(500), D("0.9")), exchange("0.8"), exchange("0.5", "4")]
    formulae = [step.formula for step in trace_clearance(D(100), "ng/mL", steps).steps]
    assert formulae == [
        "100 × 50 mL / 500 mL = 10 ng/mL",
        "10 × (1 - 0.9 × (1 - 50 mL / 500 mL)) = 1.9 ng/mL",
        "1.9 × (1 - 0.8) = 0.38 ng/mL",
        "0.38 × (1 - 0.5) + 4 × 0.5 = 2.19 ng/mL",
    ]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (batch_wash("Wash", D(600), D(500)), "residual volume is above the total"),
        (batch_wash("Wash", D(0), D(0)), "total volume is zero"),
        (batch_wash("Wash", D(-1), D(500)), "missing or negative"),
        (batch_wash("Wash", D(5), D(500), D("1.1")), "efficiency"),
        (ClearanceStep("Wash", StepKind.BATCH_WASH), "added volume is missing"),
        (ClearanceStep("Wash", StepKind.BATCH_WASH), "residual volume is missing"),
        (exchange("1.2"), "exchanged share"),
        (exchange("0.5", feed="-1"), "feed is negative"),
        (ClearanceStep("Exchange", StepKind.MEDIUM_EXCHANGE), "exchanged share"),
        (diafiltration("-1"), "diavolumes"),
        (diafiltration(None), "diavolumes"),
        (diafiltration("5", sieving="2"), "sieving"),
    ],
)
def test_an_impossible_step_is_refused_by_name(step: ClearanceStep, words: str) -> None:
    assert any(words in problem for problem in step_problems(step))
    with pytest.raises(StepsRefused, match=step.name):
        trace_clearance(D(100), "µg/mL", [step])
    with pytest.raises(StepsRefused):
        washes_needed(D(100), D(1), step)


def test_all_faults_of_all_steps_are_named_at_once() -> None:
    with pytest.raises(StepsRefused) as refused:
        trace_clearance(D(-1), "µg/mL", [exchange("2"), WASH, diafiltration("-1")])
    assert len(refused.value.reasons) == 3


def test_the_reduction_of_nothing_is_not_defined() -> None:
    assert trace_clearance(D(0), "µg/mL", [WASH]).log_reduction is None
    assert log_reduction_value(D(100), D(10), D(0), D(10)) is None
    assert log_reduction_value(D(100), D(10), D(1), D(1)) == 3


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("0", "0"), ("5000", "5000"), ("0.16000", "0.16"), ("123456", "123500"),
        ("0.00012345", "0.0001234"), ("0.0000016", "1.6×10⁻⁶"), ("-0.00001", "-1×10⁻⁵"),
        ("80000000", "80000000"), ("1234567890123", "1.235×10¹²"),
    ],
)  # fmt: skip
def test_a_figure_is_never_printed_as_zero_when_it_is_not(value: str, printed: str) -> None:
    assert shown(D(value)) == printed


shares = st.decimals(min_value=0, max_value=1, places=3)
volumes = st.decimals(min_value=1, max_value=1000, places=1)


@given(st.lists(st.builds(batch_wash, st.just("W"), volumes, volumes.map(lambda v: v + 1000))))
def test_washing_never_adds_anything(steps: list[ClearanceStep]) -> None:
    trace = trace_clearance(D(100), "ng/mL", steps)
    concentrations = [trace.start, *(step.after for step in trace.steps)]
    assert concentrations == sorted(concentrations, reverse=True)
    assert trace.end >= 0


@given(shares, shares)
def test_a_poorer_wash_never_leaves_less(one: Decimal, other: Decimal) -> None:
    better, poorer = max(one, other), min(one, other)
    ends = [
        trace_clearance(D(100), "ng/mL", [batch_wash("W", D(50), D(500), efficiency)]).end
        for efficiency in (better, poorer)
    ]
    assert ends[0] <= ends[1]


def cases() -> list[Any]:
    if not REFERENCE.is_file():
        reason = "the reference answers 13_growth_cv_washout.json are not on this machine"
        return [pytest.param({}, marks=pytest.mark.skip(reason=reason))]
    read = json.loads(REFERENCE.read_text(), parse_float=Decimal, parse_int=Decimal)["cases"]
    wanted = ("wash_", "medium_exchange")
    return [pytest.param(one, id=one["id"]) for one in read if one["id"].startswith(wanted)]


@pytest.mark.parametrize("case", cases())
def test_clearance_agrees_with_the_reference(case: dict[str, Any]) -> None:
    data, expected = case["data"], case["expected"]
    if "fraction_replaced" in data:
        steps = [exchange(data["fraction_replaced"])] * int(data["exchanges"])
    else:
        wash = batch_wash(
            "Wash", data["residual_volume"], data["total_volume"], data.get("efficiency", D(1))
        )
        steps = [wash] * int(data["washes"])
    if expected["concentration"] is None:
        with pytest.raises(StepsRefused):
            trace_clearance(data["c0"], "µg/mL", steps)
        return
    trace = trace_clearance(data["c0"], "µg/mL", steps)
    found = [trace.start, *(step.after for step in trace.steps)]
    wanted = expected["concentration"]
    wanted = wanted if isinstance(wanted, list) else [wanted]
    assert all(abs(one - other) < D("1e-9") for one, other in zip(found, wanted, strict=True))
    if "log10_reduction" in expected and trace.log_reduction is not None:
        assert abs(trace.log_reduction - expected["log10_reduction"]) < D("1e-9")
