"""Products, the steps that clear a reagent, and the reagents that may remain in a dose."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import one_line, optional_line, paragraphs
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.residuals.kinds import StepKind
from supplier_qc.domain.residuals.limits import Dose
from supplier_qc.persistence.tables import (
    Material,
    ProcessStep,
    Product,
    ResidualLimit,
    ResidualReagent,
)
from supplier_qc.services.residual_drafts import (
    LimitDraft,
    ProductDraft,
    ResidualDraft,
    StepDraft,
    limit_draft_problems,
    product_draft_problems,
    residual_draft_problems,
    step_draft_problems,
)
from supplier_qc.services.transaction import Change, changing, check_version


def add_product(
    sessions: sessionmaker[Session], draft: ProductDraft, *, actor: Actor, now: datetime
) -> int:
    """Add a product; returns its number."""
    with changing(sessions, AuditAction.PRODUCT_ADDED, actor=actor, now=now) as change:
        product = Product()
        _fill_product(change, product, draft)
        change.session.add(product)
        change.session.flush()  # the number goes into the audit entry
        change.about(product, product.name)
        return product.id


def change_product(
    sessions: sessionmaker[Session],
    product_id: int,
    draft: ProductDraft,
    *,
    seen_version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Change what a dose is; every judgement of the product follows it."""
    action = AuditAction.PRODUCT_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        product = change.get(Product, product_id, "Product")
        check_version(product, seen_version)
        _fill_product(change, product, draft)
        change.about(product, product.name)


def add_step(
    sessions: sessionmaker[Session],
    product_id: int,
    draft: StepDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Add a step at the end of the process; returns its number.

    A reagent that was present "after all steps" is present before the new one.
    """
    Refused.unless_empty(step_draft_problems(draft))
    with changing(sessions, AuditAction.PROCESS_STEP_ADDED, actor=actor, now=now) as change:
        product = change.get(Product, product_id, "Product")
        step = ProcessStep(
            product_id=product.id,
            position=1 + max((known.position for known in product.steps), default=0),
        )
        _fill_step(step, draft)
        change.session.add(step)
        change.session.flush()  # the number goes into the audit entry
        change.about(step, f"{product.name}: {step.name}")
        return step.id


def change_step(
    sessions: sessionmaker[Session],
    step_id: int,
    draft: StepDraft,
    *,
    seen_version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Change a step's kind and parameters; its place in the process stays."""
    Refused.unless_empty(step_draft_problems(draft))
    action = AuditAction.PROCESS_STEP_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        step = change.get(ProcessStep, step_id, "Process step")
        check_version(step, seen_version)
        _fill_step(step, draft)
        change.about(step, f"{step.product.name}: {step.name}")


def add_residual(
    sessions: sessionmaker[Session],
    product_id: int,
    draft: ResidualDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Add a reagent that may remain; returns its number."""
    with changing(sessions, AuditAction.RESIDUAL_ADDED, actor=actor, now=now) as change:
        product = change.get(Product, product_id, "Product")
        residual = ResidualReagent(product_id=product.id)
        _fill_residual(change, product, residual, draft)
        change.session.add(residual)
        change.session.flush()  # the number goes into the audit entry
        change.about(residual, f"{product.name}: {residual.name}")
        return residual.id


def change_residual(
    sessions: sessionmaker[Session],
    residual_id: int,
    draft: ResidualDraft,
    *,
    seen_version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    action = AuditAction.RESIDUAL_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        residual = change.get(ResidualReagent, residual_id, "Residual reagent")
        check_version(residual, seen_version)
        _fill_residual(change, residual.product, residual, draft)
        change.about(residual, f"{residual.product.name}: {residual.name}")


def set_limit(
    sessions: sessionmaker[Session],
    residual_id: int,
    draft: LimitDraft,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Put a limit in force from a day on; the one before it ends that day and stays readable."""
    action = AuditAction.RESIDUAL_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        residual = change.get(ResidualReagent, residual_id, "Residual reagent")
        product = residual.product
        problems = [*limit_draft_problems(draft, dose_of(product), residual.start_unit)]
        open_ended = [limit for limit in residual.limits if limit.valid_to is None]
        problems += [
            f"The new limit begins after {limit.valid_from}, when the present one began."
            for limit in open_ended
            if limit.valid_from >= draft.valid_from
        ]
        Refused.unless_empty(problems)
        for limit in open_ended:
            limit.valid_to = draft.valid_from
        change.session.flush()  # the old one ends before the new one begins: one is open at a time
        added = ResidualLimit(
            residual_id=residual.id,
            amount=draft.amount,
            unit=one_line(draft.unit),
            basis=draft.basis,
            source=paragraphs(draft.source),
            mark=draft.mark,
            valid_from=draft.valid_from,
        )
        change.session.add(added)
        change.session.flush()  # the number goes into the answer
        change.about(residual, f"{product.name}: {residual.name}")
        return added.id


def dose_of(product: Product) -> Dose:
    return Dose(
        volume_ml=product.dose_volume_ml,
        lowest_patient_weight_kg=product.lowest_patient_weight_kg,
        cells=product.cells_per_dose,
    )


def _fill_product(change: Change, product: Product, draft: ProductDraft) -> None:
    problems = [*product_draft_problems(draft)]
    name = one_line(draft.name)
    with change.session.no_autoflush:
        namesake = change.session.scalar(select(Product.id).where(Product.name == name))
    if namesake is not None and namesake != product.id:
        problems.append(f"There is already a product with the name {name}.")
    Refused.unless_empty(problems)
    product.name = name
    product.route = one_line(draft.route)
    product.dose_volume_ml = draft.dose_volume_ml
    product.cells_per_dose = draft.cells_per_dose
    product.lowest_patient_weight_kg = draft.lowest_patient_weight_kg
    product.doses_per_batch = draft.doses_per_batch


def _fill_step(step: ProcessStep, draft: StepDraft) -> None:
    """What belongs to another kind is emptied, so that a page never shows it."""
    washes = draft.kind is StepKind.BATCH_WASH
    exchanges = draft.kind is StepKind.MEDIUM_EXCHANGE
    filters = draft.kind is StepKind.DIAFILTRATION
    step.name = one_line(draft.name)
    step.kind = draft.kind
    step.residual_volume_ml = draft.residual_volume_ml if washes else None
    step.added_volume_ml = draft.added_ml if washes else None
    step.efficiency = draft.efficiency if washes else None
    step.exchanged_fraction = draft.exchanged_fraction if exchanges else None
    step.diavolumes = draft.diavolumes if filters else None
    step.sieving = draft.sieving if filters else None


def _fill_residual(
    change: Change, product: Product, residual: ResidualReagent, draft: ResidualDraft
) -> None:
    problems = [*residual_draft_problems(draft, dose_of(product), len(product.steps))]
    name = one_line(draft.name)
    if any(known.name == name and known.id != residual.id for known in product.residuals):
        problems.append(f"{product.name} already has a reagent with the name {name}.")
    Refused.unless_empty(problems)
    if draft.material_id is not None:
        change.get(Material, draft.material_id, "Material")
    residual.name = name
    residual.reagent_class = draft.reagent_class
    residual.material_id = draft.material_id
    residual.start_concentration = draft.start_concentration
    residual.start_unit = one_line(draft.start_unit)
    residual.from_position = draft.from_position
    residual.measured = optional_line(draft.measured)
    residual.measured_unit = optional_line(draft.measured_unit)
    residual.measured_method = optional_line(draft.measured_method)
    residual.loq = draft.loq
