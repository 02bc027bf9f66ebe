"""What a signature on a qualification decision stands under."""

from collections.abc import Mapping
from datetime import date

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.qualification.states import QualificationStatus


def decided_content(
    *,
    item_id: int,
    use_scope: UseScope,
    status: QualificationStatus,
    conditions: str | None,
    justification: str | None,
    decided_on: date | None,
    requalification_due_on: date | None,
) -> Mapping[str, object]:
    """All that the approver of a source saw."""
    return {
        "item_id": item_id,
        "use_scope": use_scope.value,
        "status": status.value,
        "conditions": conditions,
        "justification": justification,
        "decided_on": decided_on,
        "requalification_due_on": requalification_due_on,
    }
