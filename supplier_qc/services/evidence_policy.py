"""The policy matrix and the risk weights: rows that are superseded, never edited."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import label
from supplier_qc.domain.entered_text import one_line, text_problems
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.qualification.evidence_policy import EvidencePolicy, superseding_problems
from supplier_qc.domain.qualification.risk import RiskWeight, weight_problems
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.persistence.tables.source_qualification import EvidencePolicyRow, RiskWeightRow
from supplier_qc.queries.evidence_policy import evidence_policy, list_risk_weights
from supplier_qc.services.transaction import Change, changing

OWN_RULE = "C"
"""A rule of the user's own is a convention of theirs, whatever it rests on."""


def supersede_evidence_policy(
    sessions: sessionmaker[Session],
    row: EvidencePolicy,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Put a row in the place of the one for the same kind, class, category and use.

    Returns the number of the new row. Sources that lack what it asks for are due from its first
    day on; their decisions stay signed as they are.
    """
    action = AuditAction.EVIDENCE_POLICY_SUPERSEDED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        if not actor.may(Permission.DECIDE_QUALIFICATION):
            raise NotPermitted("Your roles do not include the policy on evidence.")
        before = _same_cell(change, row)
        Refused.unless_empty(
            [
                *superseding_problems(row, [evidence_policy(one) for one in before], now.date()),
                *text_problems("The source", one_line(row.source), longest=300, required=True),
            ]
        )
        for one in before:
            one.valid_to = one.valid_to or row.valid_from
        added = _stored(row)
        change.session.add(added)
        change.session.flush()  # the number is the audit entry's subject
        change.about(added, f"{label(row.kind)}, {row.risk_class.value} materials")
        return added.id


def _same_cell(change: Change, row: EvidencePolicy) -> Sequence[EvidencePolicyRow]:
    table = EvidencePolicyRow
    return change.session.scalars(
        select(table)
        .where(
            table.kind == row.kind,
            table.risk_class == row.risk_class,
            table.category.is_not_distinct_from(row.category),
            table.use_scope.is_not_distinct_from(row.use_scope),
        )
        .with_for_update()
    ).all()


def _stored(row: EvidencePolicy) -> EvidencePolicyRow:
    return EvidencePolicyRow(
        kind=row.kind,
        risk_class=row.risk_class,
        category=row.category,
        use_scope=row.use_scope,
        demand=row.demand,
        at_approval=row.at_approval,
        at_order=row.at_order,
        at_receipt=row.at_receipt,
        validity_months=row.validity_months,
        minimum=row.minimum,
        manner=row.manner,
        every_lots=row.every_lots,
        valid_from=row.valid_from,
        mark=OWN_RULE,
        source=one_line(row.source),
    )


def supersede_risk_weight(
    sessions: sessionmaker[Session],
    weight: RiskWeight,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Put points in the place of those of the same factor and level; returns the row's number."""
    action = AuditAction.RISK_WEIGHT_SUPERSEDED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        if not actor.may(Permission.DECIDE_QUALIFICATION):
            raise NotPermitted("Your roles do not include the weights of risk.")
        standing = list_risk_weights(change.session)
        Refused.unless_empty(
            [
                *weight_problems(weight, standing, now.date()),
                *text_problems("The source", one_line(weight.source), longest=300, required=True),
            ]
        )
        for one in change.session.scalars(
            select(RiskWeightRow).where(
                RiskWeightRow.factor == weight.factor,
                RiskWeightRow.level == weight.level,
                RiskWeightRow.valid_to.is_(None),
            )
        ):
            one.valid_to = weight.valid_from
        added = RiskWeightRow(
            factor=weight.factor,
            level=weight.level,
            points=weight.points,
            valid_from=weight.valid_from,
            mark=OWN_RULE,
            source=one_line(weight.source),
        )
        change.session.add(added)
        change.session.flush()  # the number is the audit entry's subject
        change.about(added, f"{weight.factor.value}, {weight.level}")
        return added.id
