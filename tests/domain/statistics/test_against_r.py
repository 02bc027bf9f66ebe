"""The reference answers computed with R (qcc and base), where they are at hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from supplier_qc.domain.statistics.cv import coefficient_of_variation
from supplier_qc.domain.statistics.individuals import (
    IndividualsLimits,
    individuals_limits,
    moving_ranges,
    points_beyond,
    ranges_beyond,
)
from supplier_qc.domain.statistics.run_rules import NelsonRule, run_rules

REFERENCE = Path(__file__).parents[4] / "shared" / "reference" / "statistics"


def cases(file: str, prefix: str = "") -> list[Any]:
    path = REFERENCE / file
    if not path.is_file():
        reason = f"the reference answers {file} are not on this machine"
        return [pytest.param({}, marks=pytest.mark.skip(reason=reason))]
    read = json.loads(path.read_text())["cases"]
    return [pytest.param(case, id=case["id"]) for case in read if case["id"].startswith(prefix)]


def listed(value: Any) -> list[int]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("case", cases("01_control_charts.json", "imr_"))
def test_individuals_limits_agree_with_r(case: dict[str, Any]) -> None:
    values, expected = case["data"]["x"], case["expected"]
    limits = individuals_limits(values[: case["params"].get("baseline_first_n")])
    close = {"rel": case["rel_tol"], "abs": 1e-12}
    assert limits.n == expected["n"]
    assert limits.centre == pytest.approx(expected["center"], **close)
    assert limits.mr_bar == pytest.approx(expected["mr_bar"], **close)
    assert limits.sigma_within == pytest.approx(expected["sigma_within"], **close)
    assert limits.ucl == pytest.approx(expected["x_ucl"], **close)
    assert limits.lcl == pytest.approx(expected["x_lcl"], **close)
    assert limits.mr_ucl == pytest.approx(expected["mr_ucl"], **close)
    assert list(moving_ranges(values)) == pytest.approx(listed(expected["mr"]), **close)
    assert list(points_beyond(values, limits)) == listed(expected["x_beyond"])
    assert list(ranges_beyond(values, limits)) == listed(expected["mr_beyond_at_point"])


@pytest.mark.parametrize("every_window_end", [True, False])
@pytest.mark.parametrize("case", cases("03_run_rules.json"))
def test_run_rules_agree_with_r(case: dict[str, Any], *, every_window_end: bool) -> None:
    centre, sigma = case["params"]["center"], case["params"]["sigma"]
    limits = IndividualsLimits(2, centre, sigma, sigma, centre + 3 * sigma, centre - 3 * sigma)
    report = run_rules(case["data"]["x"], limits, every_window_end=every_window_end)
    found = {finding.rule: list(finding.points) for finding in report.findings}
    for rule in NelsonRule:
        key = f"nelson{rule.number}"
        if rule.number in {5, 6} and not every_window_end:
            key += "_point_beyond"
        assert found.get(rule, []) == listed(case["expected"][key]), key


@pytest.mark.parametrize("case", cases("13_growth_cv_washout.json", "cv_"))
def test_the_cv_agrees_with_r(case: dict[str, Any]) -> None:
    expected = case["expected"]
    found = coefficient_of_variation(case["data"]["x"])
    if expected["cv_pct"] is None:
        assert found.percent is None
        assert found.reason
        return
    assert found.percent == pytest.approx(expected["cv_pct"], rel=case["rel_tol"])
    if "cv_ci_exact_noncentral_t_pct" in expected:
        interval = [float(end) for end in expected["cv_ci_exact_noncentral_t_pct"]]
        assert [found.lower, found.upper] == pytest.approx(interval, rel=case["rel_tol"])
        assert found.corrected_percent == pytest.approx(
            expected["cv_unbiased_small_n_pct"], rel=case["rel_tol"]
        )
