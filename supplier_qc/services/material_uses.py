"""How much of a material a batch of a product takes, and in which step."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import compared, one_line, text_problems
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.tables import Material, MaterialUse, Product
from supplier_qc.services.distributor_items import MOST
from supplier_qc.services.transaction import Change, changing, check_version


@dataclass(frozen=True, slots=True)
class MaterialUseDraft:
    """`amount_per_batch` in `unit`; the step in the words of the process description."""

    product_id: int
    process_step: str
    amount_per_batch: Decimal
    unit: str


def add_material_use(
    sessions: sessionmaker[Session],
    material_id: int,
    draft: MaterialUseDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    with changing(sessions, AuditAction.MATERIAL_USE_ADDED, actor=actor, now=now) as change:
        use = MaterialUse(material=change.get(Material, material_id, "Material"))
        with change.session.no_autoflush:
            _fill(change, use, draft)
        change.session.add(use)
        change.session.flush()  # the number is the audit entry's subject
        change.about(use, _label(use))
        return use.id


def change_material_use(
    sessions: sessionmaker[Session],
    use_id: int,
    draft: MaterialUseDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    action = AuditAction.MATERIAL_USE_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        use = change.get(MaterialUse, use_id, "Use")
        check_version(use, version)
        with change.session.no_autoflush:
            _fill(change, use, draft)
        change.about(use, _label(use))


def remove_material_use(
    sessions: sessionmaker[Session],
    use_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a use out of the process; the audit trail keeps what it was."""
    action = AuditAction.MATERIAL_USE_REMOVED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        use = change.get(MaterialUse, use_id, "Use")
        check_version(use, version)
        change.about(use, _label(use))
        change.session.delete(use)


def _fill(change: Change, use: MaterialUse, draft: MaterialUseDraft) -> None:
    product = change.session.get(Product, draft.product_id)
    step, unit = one_line(draft.process_step), one_line(draft.unit)
    problems = [
        *([] if product else ["Choose the product."]),
        *text_problems("The process step", step, longest=200, required=True),
        *text_problems("The unit", unit, longest=40, required=True),
        *([] if 0 < draft.amount_per_batch <= MOST else ["A batch takes more than nothing."]),
        *_taken_step(change, use, draft),
    ]
    Refused.unless_empty(problems)
    if product is not None:  # refused above
        use.product = product
    use.process_step, use.unit = step, unit
    use.amount_per_batch = draft.amount_per_batch


def _taken_step(change: Change, use: MaterialUse, draft: MaterialUseDraft) -> Iterator[str]:
    known = select(MaterialUse).where(
        MaterialUse.material_id == use.material.id, MaterialUse.product_id == draft.product_id
    )
    for other in change.session.scalars(known):
        if other.id != use.id and compared(other.process_step) == compared(draft.process_step):
            yield f"For this product the step {other.process_step} is recorded already; change it."


def _label(use: MaterialUse) -> str:
    return f"{use.material.code} {use.material.name} in {use.product.name}, {use.process_step}"
