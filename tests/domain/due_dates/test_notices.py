"""Notices: reached or passed and not yet done, whatever days the job runs on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.due_dates.notices import DueItem, notice_key, notices_due

DUE = date(2028, 3, 1)  # the day after a leap day
ITEM = DueItem("qualification", 7, "Requalification of trypsin", DUE)


def run(days_before_due: list[int], thresholds: tuple[int, ...] = (180, 90, 30, 0)) -> list[int]:
    """The thresholds announced by runs on these days, with what was made kept between runs."""
    made: dict[str, int] = {}
    for days in days_before_due:
        for notice in notices_due([ITEM], DUE - timedelta(days=days), made, thresholds):
            made[notice.key] = notice.threshold_days
    return list(made.values())


@pytest.mark.parametrize(
    ("runs", "announced"),
    [
        ([181], []),
        ([180], [180]),
        ([180, 180, 179, 179], [180]),
        ([200, 180, 90, 30, 0, -1], [180, 90, 30, 0]),
        # days without a run: the notice is later, and none is lost
        ([181, 170, 100, 80, 33, 2, -5], [180, 90, 30, 0]),
        # a late start makes the nearest notice alone
        ([100], [180]),
        ([29], [30]),
        ([29, 28, 1, 0], [30, 0]),
        ([-400], [0]),
        ([-400, -401], [0]),
        # a long pause passes over thresholds that the nearest one covers
        ([180, 10], [180, 30]),
    ],
)
def test_each_threshold_is_announced_once_however_the_job_runs(
    runs: list[int], announced: list[int]
) -> None:
    assert run(runs) == announced


def test_a_leap_day_is_counted_like_any_other() -> None:
    assert [
        notice.threshold_days for notice in notices_due([ITEM], date(2028, 2, 29), (), (1,))
    ] == [1]
    assert notices_due([ITEM], date(2028, 2, 28), (), (1,)) == ()


def test_a_new_due_date_is_announced_again() -> None:
    renewed = DueItem("qualification", 7, "Requalification of trypsin", DUE + timedelta(days=730))
    made = {notice_key(ITEM, DUE, 0)}
    assert notices_due([ITEM], DUE, made) == ()
    assert len(notices_due([renewed], DUE + timedelta(days=730), made)) == 1


def test_an_item_without_date_makes_no_notice_and_items_do_not_disturb_each_other() -> None:
    undated = DueItem("qualification", 8, "Undated", None)
    other = DueItem("evidence", 7, "ISO certificate", DUE)
    made = notices_due([undated, ITEM, other], DUE, ())
    assert [notice.key for notice in made] == [
        "qualification:7:due:2028-03-01:0",
        "evidence:7:due:2028-03-01:0",
    ]


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2028, 2, 28), "Requalification of trypsin is due on 2028-03-01, in 2 days."),
        (date(2028, 2, 29), "Requalification of trypsin is due on 2028-03-01, in 1 day."),
        (date(2028, 3, 1), "Requalification of trypsin is due today."),
        (date(2028, 3, 2), "Requalification of trypsin was due on 2028-03-01, 1 day ago."),
    ],
)
def test_a_notice_says_how_the_date_stands_today(today: date, words: str) -> None:
    assert notices_due([ITEM], today, ())[0].words == words


@given(st.lists(st.integers(-400, 400)))
def test_no_notice_is_made_twice_and_none_too_early(days: list[int]) -> None:
    made: dict[str, int] = {}
    for before in sorted(days, reverse=True):
        today = DUE - timedelta(days=before)
        for notice in notices_due([ITEM], today, made):
            assert notice.key not in made
            assert before <= notice.threshold_days
            made[notice.key] = notice.threshold_days
        assert notices_due([ITEM], today, made) == ()


@given(st.lists(st.integers(-10, 400), min_size=1))
def test_once_the_date_is_reached_the_last_notice_exists(days: list[int]) -> None:
    assert (0 in run(sorted(days, reverse=True))) is (min(days) <= 0)


@given(st.permutations([180, 90, 30, 0]), st.integers(-50, 300))
def test_the_order_of_the_thresholds_does_not_matter(thresholds: list[int], days: int) -> None:
    today = DUE - timedelta(days=days)
    assert notices_due([ITEM], today, (), thresholds) == notices_due([ITEM], today, ())
