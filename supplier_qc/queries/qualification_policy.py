"""The requalification policy as the rules take it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.due_dates.policies import RequalificationPolicy
from supplier_qc.persistence.tables.qualification import RequalificationPolicyRow


def list_policies(session: Session) -> list[RequalificationPolicy]:
    """All rows, superseded ones included; the rule asks for the one in force on a day."""
    rows = session.scalars(
        select(RequalificationPolicyRow).order_by(RequalificationPolicyRow.valid_from)
    )
    return [requalification_policy(row) for row in rows]


def requalification_policy(row: RequalificationPolicyRow) -> RequalificationPolicy:
    return RequalificationPolicy(
        risk_class=row.risk_class,
        interval_months=row.interval_months,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        mark=row.mark,
        source=row.source,
        row_id=row.id,
    )
