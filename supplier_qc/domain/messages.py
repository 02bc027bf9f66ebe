"""States of a message in the outbox."""

from enum import StrEnum


class MessageState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"  # refused by the mail server; tried again until the attempts run out
    KEPT = "kept"  # no mail server is set; it is read in the product
