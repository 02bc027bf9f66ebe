"""Which preparation pulls in which material."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.origin.co_materials import CoMaterialRule
from supplier_qc.persistence.tables import CoMaterialRuleRow


def list_rules(session: Session) -> list[CoMaterialRule]:
    found = session.scalars(
        select(CoMaterialRuleRow).order_by(
            CoMaterialRuleRow.preparation, CoMaterialRuleRow.component, CoMaterialRuleRow.valid_from
        )
    )
    return [
        CoMaterialRule(
            preparation=row.preparation,
            component=row.component,
            source_class=row.source_class,
            species=row.species,
            derivative=row.derivative,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            mark=row.mark,
            source=row.source,
        )
        for row in found
    ]
