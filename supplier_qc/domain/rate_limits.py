"""How often a program may ask within a minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SPAN = timedelta(minutes=1)
MOST_REQUESTS = 60
"""Requests of one token within the span; a hundred certificates take two minutes (C)."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """`times` are the requests that count from now on; `wait_seconds` is 0 when this one may go."""

    times: tuple[datetime, ...]
    wait_seconds: int


def allowance(before: Sequence[datetime], now: datetime, most: int = MOST_REQUESTS) -> Allowance:
    """Whether one more request may be answered; one that may not is not counted."""
    recent = tuple(one for one in before if now - one < SPAN)
    if len(recent) < most:
        return Allowance((*recent, now), 0)
    left = SPAN - (now - recent[0])
    return Allowance(recent, max(1, -(-left // timedelta(seconds=1))))
