"""Run rules on series that were constructed for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.statistics.individuals import IndividualsLimits, individuals_limits
from supplier_qc.domain.statistics.run_rules import WORDS, NelsonRule, run_rules

UNIT = IndividualsLimits(30, 0.0, 1.128, 1.0, 3.0, -3.0, 3.69)


def fired(values: list[float | None], *, every_window_end: bool = False) -> dict[int, list[int]]:
    report = run_rules(values, UNIT, every_window_end=every_window_end)
    return {finding.rule.number: list(finding.points) for finding in report.findings}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # 1: strictly beyond three sigma
        ([0.0, 3.0, 0.0, 0.0, 3.1, 0.0, 0.0, -3.2], {1: [5, 8]}),
        # 2: nine on one side; a point on the centre line breaks the run
        ([0.2, 0.1, 0.4, 0.3, 0, 0.2, 0.5, 0.1, 0.3, 0.2, 0.6, 0.4, 0.1, 0.2, -0.1],
         {2: [14], 7: [15]}),
        # 3: six rising; a tie breaks them
        ([-1, -0.8, -0.5, -0.1, 0.2, 0.6, 0.6, 0.9, 1.1, 0.9], {3: [6]}),
        ([2.0, 1.5, 1.0, 0.5, 0.0, -0.5], {3: [6]}),
        # 4: fourteen alternating
        ([1.0, -1.0] * 7, {4: [14]}),
        ([1.0, -1.0] * 6 + [1.0, 1.0], {}),
        # 5: two of three beyond two sigma, on one side
        ([2.1, 0.3, 2.2, 0.1, 2.3, -2.4, 0.2, -2.1, -2.2, 0.1], {5: [3, 5, 8, 9]}),
        # 6: four of five beyond one sigma
        ([1.2, 1.1, 0.4, 1.3, 1.5, 0.2], {6: [5]}),
        # 7: fifteen within one sigma
        ([0.0] * 16, {7: [15, 16]}),
        # 8: eight beyond one sigma on either side
        ([1.2, -1.3, 1.4, -1.1, 1.6, -1.5, 1.2, -1.7, -1.2, 0.2], {8: [8, 9]}),
    ],
)  # fmt: skip
def test_each_rule_fires_where_its_pattern_is_complete(
    values: list[float | None], expected: dict[int, list[int]]
) -> None:
    assert fired(values) == expected


def test_a_missing_lot_breaks_a_run() -> None:
    run: list[float | None] = [1.5] * 8
    assert 2 not in fired([*run, None, 1.5])
    assert 2 in fired([*run, 1.5])


def test_the_end_of_a_window_is_named_when_asked_for() -> None:
    values = [2.1, 0.3, 2.2, 0.1, 2.3, -2.4, 0.2, -2.1, -2.2, 0.1]
    assert fired([*values], every_window_end=True)[5] == [3, 5, 8, 9, 10]


def test_a_point_beyond_on_the_other_side_is_not_the_one_meant() -> None:
    assert 5 not in fired([2.1, 2.2, -2.3])
    assert fired([2.1, 2.2, -2.3], every_window_end=True)[5] == [3]


def test_only_the_selected_rules_are_applied_and_each_comes_with_words() -> None:
    values = [0.0] * 15 + [4.0]
    report = run_rules(values, UNIT, [NelsonRule.BEYOND_THREE_SIGMA])
    assert [finding.rule for finding in report.findings] == [NelsonRule.BEYOND_THREE_SIGMA]
    assert report.findings[0].words == WORDS[NelsonRule.BEYOND_THREE_SIGMA]
    assert set(WORDS) == set(NelsonRule)


@pytest.mark.parametrize("baseline", [[], [5.0], [5.0, 5.0, 5.0]])
def test_without_spread_no_rule_is_defined_and_none_fires(baseline: list[float]) -> None:
    report = run_rules([1.0, 50.0, -50.0], individuals_limits(baseline))
    assert report.findings == ()
    assert "not defined" in report.reason


@given(st.lists(st.floats(-5, 5), max_size=40))
def test_a_mirrored_series_fires_the_same_rules(values: list[float]) -> None:
    assert fired([*values]) == fired([-value for value in values])


@given(st.lists(st.floats(-5, 5), max_size=40))
def test_every_point_named_exists(values: list[float]) -> None:
    for points in fired([*values]).values():
        assert all(1 <= point <= len(values) for point in points)
        assert points == sorted(set(points))
