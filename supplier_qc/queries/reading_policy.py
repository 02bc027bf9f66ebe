"""How many persons read certificates: the policy's rows, and what one certificate asks for."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.second_person import ReadingDemand, ReadingPolicy, reading_demand
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.second_person import ReadingPolicyRow


def list_reading_policies(session: Session) -> list[ReadingPolicy]:
    """All rows, superseded ones included, the oldest of each class first."""
    rows = session.scalars(
        select(ReadingPolicyRow).order_by(ReadingPolicyRow.risk_class, ReadingPolicyRow.valid_from)
    )
    return [
        ReadingPolicy(
            risk_class=row.risk_class,
            persons=row.persons,
            is_double_entry=row.is_double_entry,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            mark=row.mark,
            source=row.source,
            row_id=row.id,
        )
        for row in rows
    ]


def demand_of_item(session: Session, item: ManufacturerItem | None, today: date) -> ReadingDemand:
    """How many persons read a certificate of the item today."""
    return reading_demand(
        item.material.risk_class if item else None,
        list_reading_policies(session),
        today,
        item_asks_double_entry=item.is_double_entry if item else False,
    )
