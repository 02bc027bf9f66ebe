"""Facts and policy rows for the case tables: a critical material that lacks nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

from supplier_qc.domain.catalogue import (
    AuditManner,
    EvidenceKind,
    EvidenceResult,
    Grade,
    MaterialCategory,
    RiskClass,
    UseScope,
)
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.evidence_policy import (
    Demand,
    Effect,
    EvidencePolicy,
    RequirementKind,
)
from supplier_qc.domain.qualification.papers import Paper
from supplier_qc.domain.qualification.requirements import (
    SourceFacts,
)

TODAY = date(2026, 11, 24)
ISSUED = date(2026, 6, 1)
K = RequirementKind

_ROWS: tuple[tuple[RequirementKind, Demand, int | None], ...] = (
    (K.QUESTIONNAIRE, Demand.REQUIRED, 24),
    (K.AUDIT, Demand.REQUIRED_BEFORE_APPROVAL, 36),
    (K.QUALITY_AGREEMENT, Demand.REQUIRED, 36),
    (K.CHANGE_NOTIFICATION, Demand.REQUIRED, 36),
    (K.CERTIFICATE, Demand.REQUIRED, None),
    (K.QUALIFICATION_LOTS, Demand.REQUIRED, None),
    (K.LETTER_OF_AUTHORISATION, Demand.OPTIONAL, None),
    (K.GRADE_FOR_USE, Demand.REQUIRED, None),
    (K.CONDITIONS_IN_TIME, Demand.REQUIRED, None),
    (K.REQUALIFICATION_IN_TIME, Demand.REQUIRED, None),
)


def policy(kind: RequirementKind, **changes: Any) -> EvidencePolicy:
    """A row that blocks an approval and warns from then on."""
    row = EvidencePolicy(
        kind,
        RiskClass.CRITICAL,
        Demand.REQUIRED,
        at_approval=Effect.BLOCK,
        at_order=Effect.WARN,
        at_receipt=Effect.NONE,
        valid_from=date(2020, 1, 1),
        mark="C",
        source="a table for tests",
    )
    return replace(row, **changes)


POLICIES = tuple(
    policy(
        kind,
        demand=demand,
        validity_months=months,
        minimum={K.QUALIFICATION_LOTS: 3, K.CHANGE_NOTIFICATION: 6}.get(kind),
        manner=AuditManner.ON_SITE if kind is K.AUDIT else None,
        at_approval=Effect.NONE if kind is K.REQUALIFICATION_IN_TIME else Effect.BLOCK,
        at_order=Effect.BLOCK
        if kind in {K.CONDITIONS_IN_TIME, K.REQUALIFICATION_IN_TIME}
        else Effect.WARN,
    )
    for kind, demand, months in _ROWS
)

E = EvidenceKind
GOOD = EvidenceResult.SATISFACTORY
PAPERS = (
    Paper(1, E.QUESTIONNAIRE, "Questionnaire", ISSUED, result=GOOD),
    Paper(2, E.AUDIT_REPORT, "Audit", ISSUED, result=GOOD, manner=AuditManner.ON_SITE),
    Paper(3, E.QUALITY_AGREEMENT, "Agreement", ISSUED, change_notice_months=6),
    Paper(4, E.CERTIFICATE, "ISO 9001", ISSUED, expires_on=date(2028, 5, 31)),
    Paper(5, E.QUALIFICATION_LOTS, "Three lots", ISSUED, lots=3),
)


def source(**changes: Any) -> SourceFacts:
    """An approved source of a critical material with every paper, due again in a year."""
    facts = SourceFacts(
        status=QualificationStatus.APPROVED,
        use_scope=UseScope.PHASE_1_2,
        risk_class=RiskClass.CRITICAL,
        category=MaterialCategory.ANCILLARY,
        grade=Grade.GMP_FOR_FURTHER_MANUFACTURE,
        requalification_due_on=date(2027, 11, 24),
        papers=PAPERS,
    )
    return replace(facts, **changes)


def without(kind: EvidenceKind) -> tuple[Paper, ...]:
    return tuple(one for one in PAPERS if one.kind is not kind)
