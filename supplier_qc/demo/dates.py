"""Dates of the story, counted from the day on which the demo is filled."""

from calendar import monthrange
from datetime import date

_MONTHS_IN_A_YEAR = 12


def months_after(day: date, months: int) -> date:
    """`months` later (earlier when negative); the 31st becomes the last day of a shorter month."""
    year, month_index = divmod(day.year * _MONTHS_IN_A_YEAR + day.month - 1 + months, 12)
    month = month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
