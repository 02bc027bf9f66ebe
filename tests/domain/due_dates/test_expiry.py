"""A paper is valid to its last day, and one without a date is never called valid."""

from datetime import date, timedelta

import pytest

from supplier_qc.domain.due_dates.expiry import ExpiryState, expiry

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (-30, ExpiryState.EXPIRED, "Expired 30 days ago"),
        (-1, ExpiryState.EXPIRED, "Expired 1 day ago"),
        (0, ExpiryState.EXPIRES_SOON, "Expires today"),
        (1, ExpiryState.EXPIRES_SOON, "Expires in 1 day"),
        (90, ExpiryState.EXPIRES_SOON, "Expires in 90 days"),
        (91, ExpiryState.VALID, "Valid"),
    ],
)
def test_the_last_day_decides(days: int, state: ExpiryState, words: str) -> None:
    found = expiry(TODAY + timedelta(days=days), TODAY)
    assert (found.state, found.words) == (state, words)


def test_without_a_date_nothing_is_called_valid() -> None:
    assert expiry(None, TODAY).state is ExpiryState.NO_EXPIRY_STATED
