"""Findings against a supplier: what was found where, how grave it is, and how it may be closed.

Severities follow the usage of GMP inspections; what closes one is a convention of this product.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FindingOrigin(StrEnum):
    AUDIT = "audit"
    CERTIFICATE = "certificate"
    LOT_RESULT = "lot_result"
    DELIVERY = "delivery"
    COMPLAINT = "complaint"
    QUESTIONNAIRE = "questionnaire"
    OTHER = "other"


class FindingSeverity(StrEnum):
    """The gravest first."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """`open_request_id` is the corrective action request that runs; `was_effective`: one of its
    requests was closed as effective.
    """

    severity: FindingSeverity
    closed_on: date | None = None
    open_request_id: int | None = None
    was_effective: bool = False


def finding_closing_problems(facts: FindingFacts) -> tuple[str, ...]:
    """Every reason why a finding cannot be closed by hand."""
    problems = []
    if facts.closed_on is not None:
        problems.append(f"The finding was closed on {facts.closed_on.isoformat()}.")
    if facts.open_request_id is not None:
        problems.append(
            f"Corrective action request {facts.open_request_id} is open; its closing as effective "
            "closes the finding."
        )
    elif facts.severity is FindingSeverity.CRITICAL and not facts.was_effective:
        problems.append(
            "A critical finding is closed by a corrective action that proved effective; issue a "
            "corrective action request."
        )
    return tuple(problems)


def lowering_problems(
    before: FindingSeverity | None, after: FindingSeverity, *, may_close: bool
) -> tuple[str, ...]:
    """Why a person cannot give a finding this severity; `before` is None for a new one.

    A graver finding holds purchases and asks for corrective action, so that to lower one decides
    as much as to close it does.
    """
    gravest_first = list(FindingSeverity)
    if before is None or may_close or gravest_first.index(after) <= gravest_first.index(before):
        return ()
    lowered = f"lowers it to {after.value}"
    return (f"The finding is {before.value}; only a person who may close findings {lowered}.",)


@dataclass(frozen=True, slots=True)
class FindingReach:
    """What a finding is about: one item, one site, or with neither the whole vendor."""

    site_id: int | None = None
    item_id: int | None = None

    def covers(self, other: "FindingReach") -> bool:
        """Whether everything that the other is about is meant by this one too."""
        if self.item_id is not None:
            return self.item_id == other.item_id
        return self.site_id is None or self.site_id == other.site_id


def narrowing_problems(
    before: FindingReach | None, after: FindingReach, *, may_close: bool
) -> tuple[str, ...]:
    """Why a person cannot make a finding be about something else; `before` None: a new one.

    What it is no longer about is held by it no longer, which decides as much as to close it does.
    """
    if before is None or may_close or after.covers(before):
        return ()
    held = "The finding would no longer be about all that it was about"
    return (f"{held}; only a person who may close findings narrows one.",)


def requesting_problems(facts: FindingFacts) -> tuple[str, ...]:
    """Every reason why no corrective action request can be issued for a finding."""
    problems = []
    if facts.closed_on is not None:
        problems.append(f"The finding was closed on {facts.closed_on.isoformat()}.")
    if facts.open_request_id is not None:
        problems.append(f"Corrective action request {facts.open_request_id} is open already.")
    return tuple(problems)
