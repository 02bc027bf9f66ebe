"""The CV and its interval, with the extreme of two lots."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_qc.domain.statistics.cv import coefficient_of_variation
from supplier_qc.domain.statistics.noncentral_t import noncentral_t_cdf


def test_the_batch_means_of_dyestuff_give_the_cv_and_interval_of_r() -> None:
    """lme4::Dyestuff, six batch means; exact interval from R's noncentral t."""
    found = coefficient_of_variation([1505, 1528, 1564, None, 1498, 1600, 1470])
    assert found.n == 6
    assert found.percent == pytest.approx(3.10831222567883)
    assert found.corrected_percent == pytest.approx(3.23782523508211)
    assert found.lower == pytest.approx(1.93969605676504, rel=1e-9)
    assert found.upper == pytest.approx(7.63520113698716, rel=1e-9)


def test_two_lots_have_an_interval_without_upper_end() -> None:
    """Viau et al., PLoS One 2017: the lowest and the highest of eight serum references."""
    found = coefficient_of_variation([6.98, 15.88])
    assert found.percent == pytest.approx(55.0590582026271)
    assert found.lower == pytest.approx(22.8908947947859, rel=1e-9)
    assert found.upper == math.inf


def test_a_lower_confidence_gives_a_narrower_interval() -> None:
    values = [9.0, 10.0, 12.0, 11.0]
    wide = coefficient_of_variation(values)
    narrow = coefficient_of_variation(values, confidence=0.5)
    assert wide.lower is not None
    assert wide.upper is not None
    assert narrow.lower is not None
    assert narrow.upper is not None
    assert wide.lower < narrow.lower < narrow.upper < wide.upper


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], "no value"),
        ([None], "no value"),
        ([5.0], "One value"),
        ([-1.0, 1.0], "not above zero"),
        ([-3.0, -4.0], "not above zero"),
    ],
)
def test_a_cv_that_is_not_defined_is_absent_with_a_reason(
    values: list[float | None], words: str
) -> None:
    found = coefficient_of_variation(values)
    assert (found.percent, found.corrected_percent, found.lower, found.upper) == (None,) * 4
    assert words in found.reason


def test_equal_values_have_a_cv_of_zero_and_no_interval() -> None:
    found = coefficient_of_variation([4.0] * 5)
    assert (found.percent, found.lower, found.upper) == (0.0, None, None)
    assert "no interval" in found.reason


def test_the_central_case_is_student_t() -> None:
    """Student's t with 1 df: P(T <= 1) = 0.75; with 2 df: P(T <= √2) = (1 + 1/√2) / 2."""
    assert noncentral_t_cdf(1.0, 1, 0.0) == pytest.approx(0.75, abs=1e-10)
    assert noncentral_t_cdf(math.sqrt(2), 2, 0.0) == pytest.approx(
        (1 + 1 / math.sqrt(2)) / 2, abs=1e-10
    )


@settings(max_examples=10, deadline=None)  # two integrals an example
@given(st.lists(st.floats(1, 1000), min_size=3, max_size=12), st.floats(0.01, 100))
def test_the_cv_lies_in_its_interval_and_does_not_depend_on_the_unit(
    values: list[float], scale: float
) -> None:
    found = coefficient_of_variation(values)
    scaled = coefficient_of_variation([value * scale for value in values])
    if found.percent and found.lower is not None and found.upper is not None:
        assert found.lower <= found.percent <= found.upper
        assert scaled.percent == pytest.approx(found.percent, rel=1e-6)
