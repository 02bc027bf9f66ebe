"""The requalification policy as the rules take it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.qualification.policy import IntervalRow
from supplier_qc.persistence.tables.qualification import RequalificationPolicyRow


def list_intervals(session: Session) -> list[IntervalRow]:
    """All rows, superseded ones included; the rule asks for the one that holds on a day."""
    rows = session.scalars(
        select(RequalificationPolicyRow).order_by(RequalificationPolicyRow.valid_from)
    )
    return [interval_row(row) for row in rows]


def interval_row(row: RequalificationPolicyRow) -> IntervalRow:
    return IntervalRow(
        id=row.id,
        risk_class=row.risk_class,
        interval_months=row.interval_months,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        mark=row.mark,
        source=row.source,
    )
