"""What a signature on a qualification decision stands under."""

from collections.abc import Iterable, Mapping
from datetime import date

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.qualification.requirements import Condition
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


def conditions_text(conditions: Iterable[Condition]) -> str | None:
    """The conditions of a decision as they are signed and printed, one a line."""
    lines = (
        one.text + (f" (by {one.due_on.isoformat()})" if one.due_on else "") for one in conditions
    )
    return "\n".join(lines) or None
