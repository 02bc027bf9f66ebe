"""States of a certificate and of what was read from it."""

from enum import StrEnum


class CertificateState(StrEnum):
    QUEUED = "queued"  # stored, waits for the reader
    READING = "reading"  # a reading process works on it
    PROPOSED = "proposed"  # read; the reviewer decides
    AWAITING_SECOND = "awaiting_second"  # read by one person, waits for another
    CONFIRMED = "confirmed"  # every row decided, results stand on the lot
    REJECTED = "rejected"  # not a certificate of this item; kept, never used


class ClaimState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    ENTERED = "entered"  # typed by hand beside the image
    REJECTED = "rejected"  # not a result; kept with its reason


DECIDED = frozenset({ClaimState.CONFIRMED, ClaimState.CORRECTED, ClaimState.ENTERED})

MOST_READING_ATTEMPTS = 3
"""After this many readers were lost over one file, a person takes over (C)."""

CLEAR_FROM, DOUBTFUL_BELOW = 0.95, 0.80
"""Shares of confidence between which a value is to be checked with care (C)."""


def confidence_level(share: float | None) -> str | None:
    """high, medium or low; None for what was not read."""
    if share is None:
        return None
    if share >= CLEAR_FROM:
        return "high"
    return "low" if share < DOUBTFUL_BELOW else "medium"


def may_be_confirmed_together(share: float | None, *, is_printed_text: bool) -> bool:
    """Whether a value may be confirmed with others in one go, without a look at each.

    Only what was read clearly from printed text; what was recognised on an image never is.
    """
    return is_printed_text and confidence_level(share) == "high"
