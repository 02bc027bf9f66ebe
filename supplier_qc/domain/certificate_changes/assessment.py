"""What a person decides about a change, and which changes stand in the way of a release."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from supplier_qc.domain.certificate_changes.findings import Severity


class NoteState(StrEnum):
    OPEN = "open"
    ASSESSED = "assessed"


class ChangeDecision(StrEnum):
    NO_IMPACT = "no_impact"
    ACCEPTED = "accepted"  # with the reason in the assessment
    SUPPLIER_ASKED = "supplier_asked"  # no answer yet
    LOT_BLOCKED = "lot_blocked"


DECISION_WORDS = {
    ChangeDecision.NO_IMPACT: "No impact",
    ChangeDecision.ACCEPTED: "Accepted, with reason",
    ChangeDecision.SUPPLIER_ASKED: "Supplier to be asked",
    ChangeDecision.LOT_BLOCKED: "Lot to be blocked",
}


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """One note as far as it decides on a release."""

    sentence: str
    severity: Severity
    decision: ChangeDecision | None


def change_blockers(notes: Sequence[NoteFacts]) -> tuple[str, ...]:
    """Why the changes on a lot's certificates stand against its release; empty when none does.

    A critical change blocks until it is assessed, and while the supplier's answer is awaited. A
    decision to block the lot does so whatever the severity.
    """
    critical = [note for note in notes if note.severity is Severity.CRITICAL]
    return (
        *_blocker([note for note in critical if note.decision is None], "not assessed"),
        *_blocker(_decided(critical, ChangeDecision.SUPPLIER_ASKED), "waiting for the supplier"),
        *_blocker(_decided(notes, ChangeDecision.LOT_BLOCKED), "assessed as “lot to be blocked”"),
    )


def _decided(notes: Sequence[NoteFacts], decision: ChangeDecision) -> list[NoteFacts]:
    return [note for note in notes if note.decision is decision]


def _blocker(notes: Sequence[NoteFacts], standing: str) -> Iterator[str]:
    if notes:
        count = "1 change" if len(notes) == 1 else f"{len(notes)} changes"
        yield f"{count} {standing}: {' '.join(note.sentence for note in notes)}"
