"""The chart as a picture: deterministic, and complete for awkward data."""

import pytest

from supplier_qc.exports.individuals_chart import (
    ChartPoint,
    IndividualsChart,
    individuals_chart_svg,
    spread,
)


def chart(values: list[float | None], **changes: float | None) -> IndividualsChart:
    points = [
        ChartPoint(f"HPL-{n:03}", value, is_baseline=n < 5, is_new=n == len(values), signal=None)
        for n, value in enumerate(values, start=1)
    ]
    limits: dict[str, float | None] = {
        "centre": 20.0,
        "lower_control": 10.0,
        "upper_control": 30.0,
        "lower_specification": None,
        "upper_specification": 35.0,
    }
    return IndividualsChart("PDGF-AB", "ng/mL", points, **(limits | changes))


def test_the_same_chart_has_the_same_bytes() -> None:
    values: list[float | None] = [18.0, 21.0, 20.0, 24.0, 19.0]
    assert individuals_chart_svg(chart(values)) == individuals_chart_svg(chart(values))


@pytest.mark.parametrize(
    "values", [[], [None], [20.0], [20.0, None, 21.0], [20.0] * 40], ids=lambda v: f"n={len(v)}"
)
def test_awkward_series_are_drawn(values: list[float | None]) -> None:
    assert individuals_chart_svg(chart(values)).startswith(b"<?xml")


def test_undefined_limits_are_left_out() -> None:
    without = dict.fromkeys(("centre", "lower_control", "upper_control"))
    with_limits = individuals_chart_svg(chart([20.0, 21.0]))
    assert individuals_chart_svg(chart([20.0, 21.0], **without)) != with_limits


@pytest.mark.parametrize(
    ("heights", "least", "placed"),
    [
        ([1.0, 5.0], 1.0, [1.0, 5.0]),
        ([2.0, 2.0], 1.0, [1.5, 2.5]),
        ([3.0, 1.0], 1.0, [3.0, 1.0]),
        ([], 1.0, []),
    ],
)
def test_labels_that_would_touch_are_moved_apart(
    heights: list[float], least: float, placed: list[float]
) -> None:
    assert spread(heights, least) == placed
