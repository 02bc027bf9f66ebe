"""Plans to replace a material of a product by one free of animal origin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import paragraphs, text_problems
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import ChangedMeanwhile, NotPermitted, Refused
from supplier_qc.persistence.tables import Material, MaterialUse, Product, ReplacementPlan
from supplier_qc.services.transaction import Change, changing, check_version


@dataclass(frozen=True, slots=True)
class ReplacementDraft:
    """`planned_on`: the first day on which the product is meant to be made without it."""

    planned_on: date
    replaced_by: str


def plan_replacement(
    sessions: sessionmaker[Session],
    product_id: int,
    material_id: int,
    draft: ReplacementDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Plan to make the product without the material; returns the plan's number."""
    _check_permission(actor)
    action = AuditAction.REPLACEMENT_PLANNED
    with changing(sessions, action, actor=actor, now=now) as change:
        plan = ReplacementPlan(
            product=change.get(Product, product_id, "Product"),
            material=change.get(Material, material_id, "Material"),
        )
        with change.session.no_autoflush:
            _refuse_second(change, product_id, material_id)
            _fill(plan, draft, [*_not_used(change, product_id, material_id)])
        change.session.add(plan)
        change.session.flush()  # the number is the audit entry's subject
        change.about(plan, _label(plan))
        return plan.id


def change_replacement(
    sessions: sessionmaker[Session],
    plan_id: int,
    draft: ReplacementDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    _check_permission(actor)
    action = AuditAction.REPLACEMENT_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        plan = change.get(ReplacementPlan, plan_id, "Plan")
        check_version(plan, version)
        _fill(plan, draft, [])
        change.about(plan, _label(plan))


def withdraw_replacement(
    sessions: sessionmaker[Session],
    plan_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Give a plan up; the audit trail keeps what it was."""
    _check_permission(actor)
    action = AuditAction.REPLACEMENT_WITHDRAWN
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        plan = change.get(ReplacementPlan, plan_id, "Plan")
        check_version(plan, version)
        change.about(plan, _label(plan))
        change.session.delete(plan)


def _check_permission(actor: Actor) -> None:
    if not actor.may(Permission.EDIT_ORIGIN):
        raise NotPermitted("Your roles do not include the assessment of origin.")


def _refuse_second(change: Change, product_id: int, material_id: int) -> None:
    known = select(ReplacementPlan.id).where(
        ReplacementPlan.product_id == product_id, ReplacementPlan.material_id == material_id
    )
    if change.session.scalar(known) is not None:
        raise ChangedMeanwhile


def _not_used(change: Change, product_id: int, material_id: int) -> Iterator[str]:
    known = select(MaterialUse.id).where(
        MaterialUse.product_id == product_id, MaterialUse.material_id == material_id
    )
    if change.session.scalar(known.limit(1)) is None:
        yield "The process of the product does not name this material."


def _fill(plan: ReplacementPlan, draft: ReplacementDraft, problems: list[str]) -> None:
    text = paragraphs(draft.replaced_by)
    problems += text_problems("By what it is replaced", text, longest=2_000, required=True)
    Refused.unless_empty(problems)
    plan.planned_on, plan.replaced_by = draft.planned_on, text


def _label(plan: ReplacementPlan) -> str:
    return f"{plan.material.code} {plan.material.name} in {plan.product.name}"
