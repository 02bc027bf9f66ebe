"""Lots taken in since the last full test of one against its certificate.

21 CFR 211.84(d)(2) lets a certificate stand in for full testing when each lot has an identity
test and the supplier's analyses are validated at appropriate intervals (V2); how many lots such
an interval may hold is the user's own policy.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class FullTestDue(StrEnum):
    NOT_YET = "not_yet"
    NEXT_LOT = "next_lot"
    OVERDUE = "overdue"


def lots_since(tested_on: date | None, received: Iterable[date | None]) -> int:
    """Lots that came after the test; one whose day is not known counts, and so do all of them
    where the test has no day.
    """
    return sum(tested_on is None or day is None or day > tested_on for day in received)


def full_test_due(count: int, every_lots: int) -> FullTestDue:
    """Every tenth lot: nine may follow a full test, and the tenth is tested itself."""
    if count >= every_lots:
        return FullTestDue.OVERDUE
    return FullTestDue.NEXT_LOT if count == every_lots - 1 else FullTestDue.NOT_YET


def lot_words(count: int, every_lots: int) -> str:
    counted = "1 lot" if count == 1 else f"{count} lots"
    due = {
        FullTestDue.NOT_YET: "",
        FullTestDue.NEXT_LOT: "; the next lot takes one",
        FullTestDue.OVERDUE: "; one is due now",
    }[full_test_due(count, every_lots)]
    return f"{counted} since the last full test, which is asked of one lot in {every_lots}{due}."
