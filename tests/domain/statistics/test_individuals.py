"""Individuals limits, compared with R's qcc and by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.statistics.individuals import (
    IndividualsLimits,
    individuals_limits,
    moving_ranges,
    points_beyond,
    ranges_beyond,
)

finite = st.floats(min_value=-1e6, max_value=1e6)


def test_two_lots_give_the_limits_of_one_moving_range() -> None:
    """By hand: MR 2, sigma 2·√π/2 = √π, centre 11, limits 11 ± 3√π; D4·2 = 6.533."""
    limits = individuals_limits([10.0, 12.0])
    assert (limits.n, limits.centre, limits.mr_bar) == (2, 11.0, 2.0)
    assert limits.sigma_within == pytest.approx(1.77245385090552)
    assert limits.ucl == pytest.approx(16.3173615527165)
    assert limits.lcl == pytest.approx(5.68263844728345)
    assert limits.mr_ucl == pytest.approx(6.5330638385772)


@pytest.mark.parametrize(
    ("values", "n", "centre", "words"),
    [
        ([], 0, None, "no baseline value"),
        ([None, None], 0, None, "no baseline value"),
        ([5.0], 1, 5.0, "not defined"),
        ([5.0, None, 7.0], 2, 6.0, "no two neighbouring lots"),
    ],
)
def test_limits_that_are_not_defined_are_absent_with_a_reason(
    values: list[float | None], n: int, centre: float | None, words: str
) -> None:
    limits = individuals_limits(values)
    assert (limits.n, limits.centre) == (n, centre)
    assert (limits.ucl, limits.lcl, limits.sigma_within, limits.mr_ucl) == (None,) * 4
    assert words in limits.reason
    assert points_beyond([1e9, -1e9], limits) == ()
    assert ranges_beyond([1e9, -1e9], limits) == ()


def test_a_missing_lot_is_a_gap_and_not_a_step() -> None:
    values = [2.44, 2.49, None, 2.95, 2.54]
    ranges = moving_ranges(values)
    assert ranges[1:3] == (None, None)
    assert individuals_limits(values).mr_bar == pytest.approx((0.05 + 0.41) / 2)


def test_equal_lots_put_the_limits_on_the_centre_and_no_lot_beyond() -> None:
    limits = individuals_limits([7.4] * 10)
    assert (limits.ucl, limits.lcl, limits.centre) == (7.4, 7.4, 7.4)
    assert "zero" in limits.reason
    assert points_beyond([7.4, 7.5, None], limits) == (2,)


def test_later_lots_are_judged_by_the_frozen_baseline() -> None:
    baseline = individuals_limits([10.0, 12.0, 11.0, 10.0])
    assert baseline.ucl is not None
    later = [11.0, baseline.ucl, baseline.ucl + 1e-6, None, 3.0, 40.0]
    assert points_beyond(later, baseline) == (3, 5, 6)
    assert ranges_beyond(later, baseline) == (6,)


@given(st.lists(finite, min_size=2, max_size=30), finite)
def test_shifting_all_lots_shifts_the_limits(values: list[float], shift: float) -> None:
    before = individuals_limits(values)
    after = individuals_limits([value + shift for value in values])
    assert before.ucl is not None
    assert after.ucl is not None
    assert after.ucl - shift == pytest.approx(before.ucl, abs=1e-6, rel=1e-6)


@given(st.lists(st.one_of(st.none(), finite), max_size=30))
def test_a_limit_is_a_number_or_has_a_reason(values: list[float | None]) -> None:
    limits = individuals_limits(values)
    assert isinstance(limits, IndividualsLimits)
    assert limits.ucl is not None or limits.reason
    if limits.ucl is not None and limits.lcl is not None and limits.centre is not None:
        assert limits.lcl <= limits.centre <= limits.ucl
