"""Products, the steps that clear a reagent, and the reagents that may remain in a dose."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.measurement.units import parse_unit
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.residuals.kinds import LimitBasis, StepKind
from supplier_qc.persistence.tables import (
    Material,
    ProcessStep,
    Product,
    ResidualLimit,
    ResidualReagent,
)
from supplier_qc.services.transaction import changing, check_version


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """Dose volume in mL, cells a dose, weight of the lightest patient in kg."""

    name: str
    route: str
    dose_volume_ml: Decimal
    cells_per_dose: Decimal
    lowest_patient_weight_kg: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDraft:
    """Volumes in mL; fractions, efficiency and sieving from 0 to 1; what the kind needs."""

    name: str
    kind: StepKind
    residual_volume_ml: Decimal | None = None
    added_volume_ml: Decimal | None = None
    efficiency: Decimal | None = None
    exchanged_fraction: Decimal | None = None
    diavolumes: Decimal | None = None
    sieving: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidualDraft:
    """`measured` is the result as reported, comparator included, e.g. "<0.5"."""

    name: str
    reagent_class: str
    material_id: int | None
    start_concentration: Decimal
    start_unit: str
    from_position: int
    measured: str | None = None
    measured_unit: str | None = None
    measured_method: str | None = None
    loq: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitDraft:
    """`unit` is a mass or an activity a dose (ng/dose), or a kg of the patient (mg/kg)."""

    amount: Decimal
    unit: str
    basis: LimitBasis
    source: str
    mark: str
    valid_from: date


def add_product(
    sessions: sessionmaker[Session], draft: ProductDraft, *, actor: Actor, now: datetime
) -> int:
    """Add a product; returns its number."""
    Refused.unless_empty(_product_problems(draft))
    with changing(sessions, AuditAction.PRODUCT_ADDED, actor=actor, now=now) as change:
        product = Product(
            name=draft.name.strip(),
            route=draft.route.strip(),
            dose_volume_ml=draft.dose_volume_ml,
            cells_per_dose=draft.cells_per_dose,
            lowest_patient_weight_kg=draft.lowest_patient_weight_kg,
        )
        change.session.add(product)
        change.session.flush()  # the number goes into the audit entry
        change.about(product, product.name)
        return product.id


def add_step(
    sessions: sessionmaker[Session],
    product_id: int,
    draft: StepDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Add a step at the end of the process; returns its number."""
    Refused.unless_empty(step_problems(draft))
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
    """Change a step's parameters; its place in the process stays."""
    Refused.unless_empty(step_problems(draft))
    action = AuditAction.PROCESS_STEP_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        step = change.get(ProcessStep, step_id, "Process step")
        check_version(step, seen_version)
        _fill_step(step, draft)
        change.about(step, step.name)


def add_residual(
    sessions: sessionmaker[Session],
    product_id: int,
    draft: ResidualDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Add a reagent that may remain; returns its number."""
    Refused.unless_empty(_residual_problems(draft))
    with changing(sessions, AuditAction.RESIDUAL_ADDED, actor=actor, now=now) as change:
        product = change.get(Product, product_id, "Product")
        if draft.material_id is not None:
            change.get(Material, draft.material_id, "Material")
        residual = ResidualReagent(product_id=product.id)
        _fill_residual(residual, draft)
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
    Refused.unless_empty(_residual_problems(draft))
    action = AuditAction.RESIDUAL_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        residual = change.get(ResidualReagent, residual_id, "Residual reagent")
        check_version(residual, seen_version)
        _fill_residual(residual, draft)
        change.about(residual, residual.name)


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
    Refused.unless_empty(_limit_problems(draft))
    action = AuditAction.RESIDUAL_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        residual = change.get(ResidualReagent, residual_id, "Residual reagent")
        open_ended = [limit for limit in residual.limits if limit.valid_to is None]
        if any(limit.valid_from >= draft.valid_from for limit in open_ended):
            raise Refused("The new limit begins after the one that is in force now.")
        for limit in open_ended:
            limit.valid_to = draft.valid_from
        added = ResidualLimit(
            residual_id=residual.id,
            amount=draft.amount,
            unit=draft.unit.strip(),
            basis=draft.basis,
            source=draft.source.strip(),
            mark=draft.mark,
            valid_from=draft.valid_from,
        )
        change.session.add(added)
        change.session.flush()  # the number goes into the answer
        change.about(residual, residual.name)
        return added.id


_NEEDED = {
    StepKind.BATCH_WASH: ("residual_volume_ml", "added_volume_ml"),
    StepKind.MEDIUM_EXCHANGE: ("exchanged_fraction",),
    StepKind.DIAFILTRATION: ("diavolumes", "sieving"),
}
_SHARES = ("efficiency", "exchanged_fraction", "sieving")
_WORDS = {
    "residual_volume_ml": "the residual volume (mL)",
    "added_volume_ml": "the added volume (mL)",
    "efficiency": "the efficiency",
    "exchanged_fraction": "the exchanged fraction",
    "diavolumes": "the number of diavolumes",
    "sieving": "the sieving coefficient",
}


def step_problems(draft: StepDraft) -> list[str]:
    """Why the step cannot be kept; empty when it can."""
    problems = [] if draft.name.strip() else ["A step has a name."]
    for field in _NEEDED[draft.kind]:
        if getattr(draft, field) is None:
            kind = draft.kind.value.replace("_", " ")
            problems.append(f"A {kind} needs {_WORDS[field]}.")
    for field, words in _WORDS.items():
        value = getattr(draft, field)
        if value is not None:
            problems += _number_problems(words.capitalize(), value, is_share=field in _SHARES)
    return problems


def _number_problems(words: str, value: Decimal, *, is_share: bool) -> list[str]:
    if not value.is_finite():
        return [f"{words} is not a number."]
    if value < 0:
        return [f"{words} cannot be negative."]
    if is_share and value > 1:
        return [f"{words} is a share from 0 to 1."]
    return []


def _product_problems(draft: ProductDraft) -> list[str]:
    problems = [] if draft.name.strip() else ["A product has a name."]
    if not draft.route.strip():
        problems.append("Name the route of administration.")
    for words, value in (
        ("The dose volume", draft.dose_volume_ml),
        ("The number of cells a dose", draft.cells_per_dose),
        ("The lowest patient weight", draft.lowest_patient_weight_kg),
    ):
        if not value.is_finite() or value <= 0:
            problems.append(f"{words} is a number above 0.")
    return problems


def _residual_problems(draft: ResidualDraft) -> list[str]:
    problems = [] if draft.name.strip() else ["A residual reagent has a name."]
    if not draft.start_concentration.is_finite() or draft.start_concentration < 0:
        problems.append("The start concentration is a number, not below 0.")
    problems += _unit_problems(draft.start_unit, "start concentration")
    if draft.measured and not (draft.measured_unit or "").strip():
        problems.append("The measured result needs its unit.")
    if draft.measured and draft.measured_unit:
        problems += _unit_problems(draft.measured_unit, "measured result")
    if draft.from_position < 1:
        problems.append("The first step that clears the reagent is numbered from 1.")
    return problems


def _limit_problems(draft: LimitDraft) -> list[str]:
    problems = _unit_problems(draft.unit, "limit")
    if not draft.amount.is_finite() or draft.amount <= 0:
        problems.append("The limit is a number above 0.")
    if not draft.source.strip():
        problems.append("A limit names its source or the reason it is believed.")
    return problems


def _unit_problems(unit: str, what: str) -> list[str]:
    if parse_unit(unit) is None:
        return [f"“{unit}” is not a unit this product knows; the {what} cannot be judged with it."]
    return []


def _fill_step(step: ProcessStep, draft: StepDraft) -> None:
    step.name = draft.name.strip()
    step.kind = draft.kind
    for field in _WORDS:
        setattr(step, field, getattr(draft, field))


def _fill_residual(residual: ResidualReagent, draft: ResidualDraft) -> None:
    residual.name = draft.name.strip()
    residual.reagent_class = draft.reagent_class
    residual.material_id = draft.material_id
    residual.start_concentration = draft.start_concentration
    residual.start_unit = draft.start_unit.strip()
    residual.from_position = draft.from_position
    residual.measured = (draft.measured or "").strip() or None
    residual.measured_unit = (draft.measured_unit or "").strip() or None
    residual.measured_method = (draft.measured_method or "").strip() or None
    residual.loq = draft.loq
