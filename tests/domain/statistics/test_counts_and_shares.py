"""Intervals of shares, rates and medians against printed values."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.statistics.counts_and_shares import (
    Interval,
    median_interval,
    poisson_interval,
    wilson_interval,
)

NEWCOMBE = [
    # Newcombe RG, Statistics in Medicine 1998;17:857-872, table I, method 3 (Wilson score).
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
GARWOOD = [
    # Garwood F, Biometrika 1936;28:437-442, 95 % limits of a Poisson mean, as widely printed.
    (0, 0.0, 3.689),
    (1, 0.0253, 5.572),
    (2, 0.2422, 7.225),
    (3, 0.6187, 8.767),
    (5, 1.6235, 11.668),
    (10, 4.7954, 18.390),
]


@pytest.mark.parametrize(("good", "n", "lower", "upper"), NEWCOMBE)
def test_the_interval_of_a_share_is_the_one_that_newcombe_printed(
    good: int, n: int, lower: float, upper: float
) -> None:
    found = wilson_interval(good, n)
    assert (round(found.lower, 4), round(found.upper, 4)) == (lower, upper)


@pytest.mark.parametrize(("count", "lower", "upper"), GARWOOD)
def test_the_interval_of_a_count_is_the_exact_one(count: int, lower: float, upper: float) -> None:
    found = poisson_interval(count)
    assert found.lower == pytest.approx(lower, abs=6e-4)
    assert found.upper == pytest.approx(upper, abs=6e-4)


@pytest.mark.parametrize("count", [1, 4, 17, 60])
def test_either_end_leaves_half_of_the_error(count: int) -> None:
    def at_most(most: int, mean: float) -> float:
        """Term by term from the first, apart from the product's own logarithms."""
        term = total = math.exp(-mean)
        for k in range(1, most + 1):
            term *= mean / k
            total += term
        return total

    found = poisson_interval(count)
    assert 1 - at_most(count - 1, found.lower) == pytest.approx(0.025, abs=1e-9)
    assert at_most(count, found.upper) == pytest.approx(0.025, abs=1e-9)


@pytest.mark.parametrize(
    ("n", "ranks"),
    # Hahn and Meeker 1991, table A.15a at 95 %, symmetric ranks.
    [(5, None), (6, (1, 6)), (8, (1, 8)), (9, (2, 8)), (10, (2, 9)), (20, (6, 15))],
)
def test_a_median_of_few_has_the_ranks_of_the_table_or_no_interval(
    n: int, ranks: tuple[int, int] | None
) -> None:
    found = median_interval([float(value) for value in range(n, 0, -1)])
    assert found == (None if ranks is None else Interval(*map(float, ranks)))


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_of_a_share_holds_the_share_and_stays_between_0_and_1(
    case: tuple[int, int],
) -> None:
    good, n = case
    found = wilson_interval(good, n)
    assert 0 <= found.lower <= good / n <= found.upper <= 1
