"""States of a certificate and of what was read from it."""

from enum import StrEnum


class CertificateState(StrEnum):
    QUEUED = "queued"  # stored, waits for the reader
    READING = "reading"  # a reading process works on it
    PROPOSED = "proposed"  # read; the reviewer decides
    CONFIRMED = "confirmed"  # every row decided, results stand on the lot
    REJECTED = "rejected"  # not a certificate of this item; kept, never used


class ClaimState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    ENTERED = "entered"  # typed by hand beside the image
    REJECTED = "rejected"  # not a result; kept with its reason


DECIDED = frozenset({ClaimState.CONFIRMED, ClaimState.CORRECTED, ClaimState.ENTERED})
