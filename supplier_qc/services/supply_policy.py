"""The policy on second sources and counts of stock: rows that are superseded, never edited."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import one_line, text_problems
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.supply.policies import SupplyPolicy, supply_policy_problems
from supplier_qc.persistence.tables import SupplyPolicyRow
from supplier_qc.queries.supply_policy import supply_policy
from supplier_qc.services.evidence_policy import OWN_RULE
from supplier_qc.services.transaction import changing


def supersede_supply_policy(
    sessions: sessionmaker[Session],
    row: SupplyPolicy,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Put a row in the place of the one of its risk class; returns the new row's number."""
    action = AuditAction.SUPPLY_POLICY_SUPERSEDED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        if not actor.may(Permission.DECIDE_QUALIFICATION):
            raise NotPermitted("Your roles do not include the policy on second sources.")
        table = SupplyPolicyRow
        before = change.session.scalars(
            select(table).where(table.risk_class == row.risk_class).with_for_update()
        ).all()
        standing = [supply_policy(one) for one in before]
        Refused.unless_empty(
            [
                *supply_policy_problems(row, standing, now.date()),
                *text_problems("The source", one_line(row.source), longest=300, required=True),
            ]
        )
        for one in before:
            one.valid_to = one.valid_to or row.valid_from
        added = SupplyPolicyRow(
            risk_class=row.risk_class,
            months_to_qualify=row.months_to_qualify,
            count_holds_days=row.count_holds_days,
            valid_from=row.valid_from,
            mark=OWN_RULE,
            source=one_line(row.source),
        )
        change.session.add(added)
        change.session.flush()  # the number is the audit entry's subject
        change.about(added, f"{row.risk_class.value} materials from {row.valid_from}")
        return added.id
