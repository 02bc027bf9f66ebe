"""Qualification of a source: its states, what it has to show, and what may be bought."""

from supplier_qc.domain.qualification.states import QualificationStatus, decision_blockers

__all__ = ["QualificationStatus", "decision_blockers"]
