"""How a due date stands today."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DUE_SOON_DAYS = 90  # C; the page may ask for another span


class DueState(StrEnum):
    NOT_KNOWN = "not_known"  # no date: never shown as "later"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class DueStanding:
    """`days_left` is negative once the date has passed, and None without a date."""

    state: DueState
    days_left: int | None
    words: str


def due_state(due: date | None, today: date, soon_days: int = DUE_SOON_DAYS) -> DueStanding:
    """A date reached but not done is due, a date passed is overdue, no date is not known."""
    if due is None:
        return DueStanding(DueState.NOT_KNOWN, None, "No due date is known.")
    days = (due - today).days
    if days < 0:
        return DueStanding(DueState.OVERDUE, days, f"Overdue by {_days(-days)}.")
    if days == 0:
        return DueStanding(DueState.DUE_TODAY, 0, "Due today.")
    state = DueState.DUE_SOON if days <= soon_days else DueState.LATER
    return DueStanding(state, days, f"Due in {_days(days)}.")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
