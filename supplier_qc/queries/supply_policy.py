"""How long a second source takes, and how long a count holds: all rows of the policy."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.supply.policies import SupplyPolicy
from supplier_qc.persistence.tables import SupplyPolicyRow


def list_supply_policies(session: Session) -> list[SupplyPolicy]:
    """Superseded rows included, the oldest of each class first."""
    table = SupplyPolicyRow
    rows = session.scalars(select(table).order_by(table.risk_class, table.valid_from))
    return [supply_policy(row) for row in rows]


def supply_policy(row: SupplyPolicyRow) -> SupplyPolicy:
    return SupplyPolicy(
        risk_class=row.risk_class,
        months_to_qualify=row.months_to_qualify,
        count_holds_days=row.count_holds_days,
        valid_from=row.valid_from,
        mark=row.mark,
        source=row.source,
        valid_to=row.valid_to,
        row_id=row.id,
    )
