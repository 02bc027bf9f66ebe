"""The thirty lysate lots show a slow drift and one odd lot, and nothing by accident."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import correlation, fmean, linear_regression

import pytest

from supplier_qc.demo.lysate_lots import BASELINE_LOTS, ODD_LOT, lysate_lots
from supplier_qc.demo.records import Lot

TODAY = date(2026, 11, 24)
LOTS = lysate_lots(TODAY)
USUAL = [lot for lot in LOTS if lot.lot_number != ODD_LOT]
ODD = next(lot for lot in LOTS if lot.lot_number == ODD_LOT)
GROWTH = "Growth promotion, vs reference lot"
MOVING_RANGE_D2 = 1.128  # for ranges of two


def _value(lot: Lot, attribute: str) -> float:
    raw = next(result.raw for result in lot.results if result.attribute == attribute)
    return float(Decimal(raw.removeprefix("<")))


def _series(lots: list[Lot], attribute: str) -> list[float]:
    return [_value(lot, attribute) for lot in lots]


def _limits(attribute: str) -> tuple[float, float]:
    """Individuals limits of the baseline lots: mean and 3 moving-range sigma."""
    baseline = _series(USUAL[:BASELINE_LOTS], attribute)
    ranges = [abs(later - earlier) for earlier, later in pairwise(baseline)]
    spread = 3 * fmean(ranges) / MOVING_RANGE_D2
    return fmean(baseline) - spread, fmean(baseline) + spread


def test_thirty_lots_were_made_at_even_distances_over_three_years() -> None:
    made = [lot.manufactured_on for lot in LOTS]
    assert len(made) == 30
    assert abs((made[-1] - made[0]) - timedelta(days=3 * 365)) <= timedelta(days=5)
    assert {(later - earlier).days for earlier, later in pairwise(made)} <= {37, 38}


def test_pools_hold_between_60_and_240_donors() -> None:
    donors = [int(dict(lot.covariates)["donor_count"]) for lot in LOTS]
    assert (min(donors), max(donors)) == (60, 240)
    assert dict(ODD.covariates)["donor_count"] == "60"


def test_every_lot_has_the_same_tests() -> None:
    names = {tuple(result.attribute for result in lot.results) for lot in LOTS}
    assert len(names) == 1
    assert len(names.pop()) == 14


def test_pdgf_ab_is_steady_through_the_baseline_lots() -> None:
    series = _series(USUAL[:BASELINE_LOTS], "PDGF-AB")
    slope = linear_regression(range(len(series)), series).slope
    assert abs(slope) < 0.1


def test_pdgf_ab_falls_slowly_after_the_baseline_lots() -> None:
    series = _series(USUAL[BASELINE_LOTS:], "PDGF-AB")
    slope = linear_regression(range(len(series)), series).slope
    assert -0.6 < slope < -0.2
    assert correlation(range(len(series)), series) < -0.8


def test_the_fall_of_pdgf_ab_ends_below_the_baseline_limits_and_within_the_specification() -> None:
    low, _ = _limits("PDGF-AB")
    newest = _series(USUAL[-4:], "PDGF-AB")
    assert max(newest) < low
    assert min(newest) > 20


def test_growth_promotion_falls_with_pdgf_ab() -> None:
    assert correlation(_series(USUAL, "PDGF-AB"), _series(USUAL, GROWTH)) > 0.4
    assert fmean(_series(USUAL[-10:], GROWTH)) < fmean(_series(USUAL[:10], GROWTH)) - 2


@pytest.mark.parametrize("attribute", ["PDGF-AB", "bFGF", "VEGF", "Haemoglobin", GROWTH])
def test_the_odd_lot_lies_outside_the_limits_of_the_baseline_lots(attribute: str) -> None:
    low, high = _limits(attribute)
    assert not low <= _value(ODD, attribute) <= high


@pytest.mark.parametrize("attribute", ["PDGF-AB", "bFGF", "Haemoglobin", GROWTH])
def test_no_other_lot_is_as_far_out_as_the_odd_one(attribute: str) -> None:
    middle = fmean(_series(USUAL, attribute))
    others = max(abs(value - middle) for value in _series(USUAL, attribute))
    assert abs(_value(ODD, attribute) - middle) > others


@pytest.mark.parametrize("attribute", ["pH", "Osmolality", "Total protein"])
def test_attributes_that_nothing_was_drawn_into_stay_within_their_limits(attribute: str) -> None:
    low, high = _limits(attribute)
    outside = [lot.lot_number for lot in LOTS if not low <= _value(lot, attribute) <= high]
    assert outside == []


def test_some_results_are_below_the_limit_of_quantitation() -> None:
    raws = [result.raw for lot in LOTS for result in lot.results]
    assert {raw for raw in raws if raw.startswith("<")} == {"<0.10", "<5"}
