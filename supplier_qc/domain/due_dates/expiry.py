"""How a piece of evidence stands today: expired, about to expire, valid, or without a date."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from supplier_qc.domain.due_dates.states import DueState, due_state


class ExpiryState(StrEnum):
    EXPIRED = "expired"
    EXPIRES_SOON = "expires_soon"
    VALID = "valid"
    NO_EXPIRY_STATED = "no_expiry_stated"  # never shown as valid


@dataclass(frozen=True, slots=True)
class Expiry:
    state: ExpiryState
    words: str


_STATES = {
    DueState.NOT_KNOWN: ExpiryState.NO_EXPIRY_STATED,
    DueState.OVERDUE: ExpiryState.EXPIRED,
    DueState.DUE_TODAY: ExpiryState.EXPIRES_SOON,
    DueState.DUE_SOON: ExpiryState.EXPIRES_SOON,
    DueState.LATER: ExpiryState.VALID,
}


def expiry(expires_on: date | None, today: date) -> Expiry:
    """The standing of a paper whose last day is `expires_on`."""
    standing = due_state(expires_on, today)
    state = _STATES[standing.state]
    return Expiry(state, _words(state, standing.days_left))


def _words(state: ExpiryState, days_left: int | None) -> str:
    if days_left is None:
        return "No expiry date"
    if state is ExpiryState.EXPIRED:
        return f"Expired {_days(-days_left)} ago"
    if days_left == 0:
        return "Expires today"
    if state is ExpiryState.EXPIRES_SOON:
        return f"Expires in {_days(days_left)}"
    return "Valid"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
