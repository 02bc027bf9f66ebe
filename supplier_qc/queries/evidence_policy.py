"""The policy matrix and the risk weights as the rules take them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.qualification.evidence_policy import EvidencePolicy
from supplier_qc.domain.qualification.risk import RiskWeight
from supplier_qc.persistence.tables.source_qualification import EvidencePolicyRow, RiskWeightRow


def list_evidence_policies(session: Session) -> list[EvidencePolicy]:
    """All rows, superseded ones included; the rule asks for those in force on a day."""
    rows = session.scalars(
        select(EvidencePolicyRow).order_by(EvidencePolicyRow.valid_from, EvidencePolicyRow.id)
    )
    return [evidence_policy(row) for row in rows]


def evidence_policy(row: EvidencePolicyRow) -> EvidencePolicy:
    return EvidencePolicy(
        kind=row.kind,
        risk_class=row.risk_class,
        demand=row.demand,
        at_approval=row.at_approval,
        at_order=row.at_order,
        at_receipt=row.at_receipt,
        valid_from=row.valid_from,
        mark=row.mark,
        source=row.source,
        category=row.category,
        use_scope=row.use_scope,
        validity_months=row.validity_months,
        minimum=row.minimum,
        manner=row.manner,
        valid_to=row.valid_to,
        row_id=row.id,
        every_lots=row.every_lots,
    )


def list_risk_weights(session: Session) -> list[RiskWeight]:
    """All rows, superseded ones included."""
    rows = session.scalars(
        select(RiskWeightRow).order_by(RiskWeightRow.valid_from, RiskWeightRow.id)
    )
    return [
        RiskWeight(
            factor=row.factor,
            level=row.level,
            points=row.points,
            valid_from=row.valid_from,
            mark=row.mark,
            source=row.source,
            valid_to=row.valid_to,
            row_id=row.id,
        )
        for row in rows
    ]
