"""Qualification of a source: its states, what it has to show, and what may be bought."""

from supplier_qc.domain.qualification.states import QualificationStatus

__all__ = ["QualificationStatus"]
