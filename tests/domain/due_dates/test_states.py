"""How a due date stands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.due_dates.states import DueState, due_state

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (-400, DueState.OVERDUE, "Overdue by 400 days."),
        (-1, DueState.OVERDUE, "Overdue by 1 day."),
        (0, DueState.DUE_TODAY, "Due today."),
        (1, DueState.DUE_SOON, "Due in 1 day."),
        (90, DueState.DUE_SOON, "Due in 90 days."),
        (91, DueState.LATER, "Due in 91 days."),
    ],
)
def test_a_due_date_stands_by_the_days_left(days: int, state: DueState, words: str) -> None:
    standing = due_state(TODAY + timedelta(days=days), TODAY)
    assert (standing.state, standing.days_left, standing.words) == (state, days, words)


def test_no_date_is_not_known_and_never_later() -> None:
    standing = due_state(None, TODAY)
    assert (standing.state, standing.days_left) == (DueState.NOT_KNOWN, None)


def test_the_span_of_soon_can_be_asked_for() -> None:
    assert due_state(TODAY + timedelta(days=30), TODAY, soon_days=10).state is DueState.LATER


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_date_in_the_past_is_always_overdue(due: date, today: date) -> None:
    assert (due_state(due, today).state is DueState.OVERDUE) is (due < today)
