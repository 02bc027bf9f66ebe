"""Rows of the scorecard: which counts on a day, and which are refused."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from supplier_qc.domain.scorecard.policy import (
    Band,
    Measure,
    MeasureTarget,
    ScoreBand,
    band_problems,
    bands_in_force,
    target_problems,
    targets_in_force,
)

TODAY = date(2026, 11, 24)
ROW = MeasureTarget(
    Measure.DELIVERY, 10, Decimal(95), Decimal(70), date(2026, 1, 1), "C", "shipped"
)
NEW = replace(ROW, valid_from=TODAY, weight=20)
DAYS = replace(NEW, measure=Measure.RESPONSIVENESS, target=Decimal(10), worst=Decimal(45))
BANDS = (
    ScoreBand(Band.A, 90, Decimal("1.25"), date(2026, 1, 1), "C", "shipped"),
    ScoreBand(Band.B, 75, Decimal(1), date(2026, 1, 1), "C", "shipped"),
)


def test_the_newest_row_in_force_counts_and_two_of_one_day_decide_nothing() -> None:
    rows = [ROW, NEW]
    assert targets_in_force(rows, TODAY) == {Measure.DELIVERY: NEW}
    assert targets_in_force(rows, TODAY - timedelta(days=1)) == {Measure.DELIVERY: ROW}
    assert targets_in_force([NEW, replace(NEW, weight=5)], TODAY) == {}


def test_the_best_band_stands_first() -> None:
    assert [one.band for one in bands_in_force(reversed(BANDS), TODAY)] == [Band.A, Band.B]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (NEW, None),
        (DAYS, None),
        (replace(NEW, weight=101), "The weight lies between 0 and 100."),
        (replace(NEW, worst=Decimal(95)), "nothing lies between them"),
        (replace(NEW, worst=Decimal(99)), "More is better here"),
        (replace(NEW, target=Decimal(101)), "The target lies between 0 and 100."),
        (replace(DAYS, target=Decimal(60)), "Less is better here"),
        (replace(DAYS, target=Decimal(-1)), "The target lies between 0 and above."),
        (replace(NEW, valid_from=TODAY - timedelta(days=1)), "for days that have passed"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(row: MeasureTarget, words: str | None) -> None:
    problems = target_problems(row, [ROW], TODAY)
    assert bool(problems) is bool(words)
    assert (words or "") in " ".join(problems)


def test_all_problems_of_a_row_are_named_at_once() -> None:
    row = replace(ROW, weight=-1, target=Decimal(60), worst=Decimal(70))
    assert len(target_problems(row, [ROW], TODAY)) == 4


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (replace(BANDS[1], least_score=80, valid_from=TODAY), None),
        (replace(BANDS[1], least_score=95, valid_from=TODAY), "Band A is better and begins at 90."),
        (replace(BANDS[0], least_score=75, valid_from=TODAY), "Band B is worse and begins at 75."),
        (replace(BANDS[1], least_score=101, valid_from=TODAY), "between 0 and 100 points"),
        (replace(BANDS[1], interval_factor=Decimal(0), valid_from=TODAY), "above 0"),
        (replace(BANDS[1], interval_factor=Decimal(4), valid_from=TODAY), "at most at 3"),
        (BANDS[1], "begins on that day or later"),
    ],
)
def test_a_band_out_of_order_is_refused(row: ScoreBand, words: str | None) -> None:
    problems = band_problems(row, BANDS, TODAY)
    assert bool(problems) is bool(words)
    assert (words or "") in " ".join(problems)
