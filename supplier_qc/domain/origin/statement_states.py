"""States of a statement of origin, from the paper as read to evidence on file."""

from enum import StrEnum


class StatementState(StrEnum):
    PROPOSED = "proposed"  # a person decides on each value
    CONFIRMED = "confirmed"  # it stands as evidence
    REJECTED = "rejected"  # kept, never used


class StatementKind(StrEnum):
    """The values are those of the kinds of evidence."""

    TSE_STATEMENT = "tse_statement"
    CERTIFICATE_OF_ORIGIN = "certificate_of_origin"
