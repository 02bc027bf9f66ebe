"""Qualification of a source: its states and the moves between them."""

from supplier_qc.domain.qualification.states import (
    QualificationStatus,
    decision_blockers,
)

__all__ = ["QualificationStatus", "decision_blockers"]
