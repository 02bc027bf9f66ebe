"""States of a message in the outbox, and when a refused one is tried again."""

from datetime import datetime, timedelta
from enum import StrEnum


class MessageState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"  # refused by the mail server; tried again until the attempts run out
    KEPT = "kept"  # no mail server is set; it is read in the product


_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 10, 20, 60, 240, 720, 1440))
"""Pauses after the first, second … attempt: a weekend without a mail server loses no message.

The shortest is longer than any attempt lasts, so that it also keeps a second process away from a
message that is being sent.
"""

ATTEMPTS = len(_PAUSES) + 1


def next_attempt_at(attempts: int, now: datetime) -> datetime:
    """When a message may be looked at again after its `attempts`-th attempt began at `now`."""
    return now + _PAUSES[min(attempts, len(_PAUSES)) - 1]
