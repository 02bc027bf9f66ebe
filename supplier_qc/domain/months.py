"""Calendar months, as intervals and shelf lives count them."""

from calendar import monthrange
from datetime import date

MONTHS_A_YEAR = 12


def months_after(day: date, months: int) -> date:
    """The same day `months` later (earlier when negative).

    Where that month has no such day it is the month's last: 31 January + 1 month = 28 February.
    """
    year, month_index = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    month = month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
