"""What happened around a source: the supplier's notices, findings and corrective actions."""

from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.corrective_actions import RequestFacts, overdue_reasons
from supplier_qc.domain.qualification.evidence_policy import RequirementKind


@dataclass(frozen=True, slots=True)
class SourceEvents:
    """Sentences on what is open: `recalls` and `changes` that nobody assessed, critical
    `findings`; and `requests`, the corrective action requests that run.
    """

    recalls: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    requests: tuple[RequestFacts, ...] = ()

    def overdue(self, today: date) -> tuple[str, ...]:
        """What calls for a review of the source before its day."""
        return tuple(reason for one in self.requests for reason in overdue_reasons(one, today))

    def lacking(self, kind: RequirementKind, today: date) -> tuple[str, ...]:
        """Why a requirement that events decide on is open; empty while it is met."""
        if kind is RequirementKind.RECALLS_ASSESSED:
            return self.recalls
        if kind is RequirementKind.CHANGES_ASSESSED:
            return self.changes
        return (*self.findings, *self.overdue(today))

    def met_until(self, kind: RequirementKind) -> date | None:
        """The last day a requirement is met by what is known: the next day of a request."""
        if kind is not RequirementKind.FINDINGS_CLOSED:
            return None
        due = [one.next_step.due_on for one in self.requests if one.next_step is not None]
        return min(due, default=None)


NO_EVENTS = SourceEvents()
