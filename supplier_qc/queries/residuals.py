"""Products with what may remain in a dose, as pages show them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from supplier_qc.domain.residuals.assessment import Assessment, Measurement, Reagent, assess
from supplier_qc.domain.residuals.dose import DoseJudgement, Retention
from supplier_qc.domain.residuals.kinds import LimitBasis, ReagentClass, StepKind
from supplier_qc.domain.residuals.limits import (
    AllowedDose,
    Dose,
    DoseLimit,
    NotADose,
    allowed_a_dose,
)
from supplier_qc.domain.residuals.wash import (
    ClearanceStep,
    log_reduction_value,
    parameters_in_words,
)
from supplier_qc.domain.specification.verdicts import Verdict
from supplier_qc.persistence.tables import (
    Material,
    ProcessStep,
    Product,
    ResidualLimit,
    ResidualReagent,
)

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class ProductRow:
    """Dose volume in mL, cells a dose, weight of the lightest patient in kg."""

    id: int
    version: int
    name: str
    route: str
    dose_volume_ml: Decimal
    cells_per_dose: Decimal
    lowest_patient_weight_kg: Decimal
    doses_per_batch: int | None


@dataclass(frozen=True, slots=True)
class ProductListRow:
    """A product with how many of its reagents stand under each verdict."""

    product: ProductRow
    steps: int
    passed: int
    failed: int
    not_evaluable: int

    @property
    def reagents(self) -> int:
        return self.passed + self.failed + self.not_evaluable


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step; `parameters` are those of its kind in words, with units."""

    id: int
    version: int
    product_id: int
    product_name: str
    position: int
    name: str
    kind: StepKind
    residual_volume_ml: Decimal | None
    added_volume_ml: Decimal | None
    efficiency: Decimal | None
    exchanged_fraction: Decimal | None
    diavolumes: Decimal | None
    sieving: Decimal | None
    parameters: str


@dataclass(frozen=True, slots=True)
class TracedStepRow:
    """Concentrations in the unit of the trace; `log_reduction` is that of this step alone."""

    position: int
    name: str
    before: Decimal
    after: Decimal
    formula: str
    log_reduction: Decimal | None


@dataclass(frozen=True, slots=True)
class LimitRow:
    amount: Decimal
    unit: str
    basis: LimitBasis
    source: str
    mark: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class ReagentRow:
    """A reagent as entered."""

    id: int
    version: int
    product_id: int
    product_name: str
    name: str
    reagent_class: ReagentClass
    material_id: int | None
    material_name: str | None
    start_concentration: Decimal
    start_unit: str
    from_position: int
    measured: str | None
    measured_unit: str | None
    measured_method: str | None
    loq: Decimal | None


@dataclass(frozen=True, slots=True)
class AssessedReagentRow:
    """A reagent with everything its derivation shows.

    `end` is the concentration after the process in the unit of the start; `limit` is the one in
    force today and `allowed` what it allows a dose; the verdict of the row is `decisive`, the
    measurement where there is one.
    """

    reagent: ReagentRow
    present_from: str
    trace: tuple[TracedStepRow, ...]
    end: Decimal | None
    log_reduction: Decimal | None
    theoretical: DoseJudgement
    measured: DoseJudgement | None
    retention: Retention | None
    decisive: DoseJudgement
    limit: LimitRow | None
    allowed: AllowedDose | None
    other_limits: tuple[LimitRow, ...]


@dataclass(frozen=True, slots=True)
class ProductResiduals:
    product: ProductRow
    steps: tuple[StepRow, ...]
    reagents: tuple[AssessedReagentRow, ...]

    @property
    def not_passed(self) -> tuple[AssessedReagentRow, ...]:
        return tuple(row for row in self.reagents if row.decisive.verdict is not Verdict.PASS)

    @property
    def without_limit(self) -> tuple[AssessedReagentRow, ...]:
        return tuple(row for row in self.reagents if row.limit is None)


def list_products(session: Session, today: date) -> list[ProductListRow]:
    """All products by name, judged with the limits in force on `today`."""
    products = session.scalars(select(Product).options(*_everything()).order_by(Product.name))
    return [_list_row(_residuals(product, today)) for product in products]


def get_product(session: Session, product_id: int) -> ProductRow | None:
    product = session.get(Product, product_id)
    return None if product is None else _product_row(product)


def get_product_residuals(
    session: Session, product_id: int, today: date
) -> ProductResiduals | None:
    product = session.get(Product, product_id, options=_everything())
    return None if product is None else _residuals(product, today)


def list_steps(session: Session, product_id: int) -> list[StepRow]:
    steps = session.scalars(
        select(ProcessStep)
        .where(ProcessStep.product_id == product_id)
        .options(selectinload(ProcessStep.product))
        .order_by(ProcessStep.position)
    )
    return [_step_row(step) for step in steps]


def get_step(session: Session, step_id: int) -> StepRow | None:
    step = session.get(ProcessStep, step_id, options=[selectinload(ProcessStep.product)])
    return None if step is None else _step_row(step)


def get_reagent(session: Session, residual_id: int) -> ReagentRow | None:
    options = [selectinload(ResidualReagent.product), selectinload(ResidualReagent.material)]
    found = session.get(ResidualReagent, residual_id, options=options)
    return None if found is None else _reagent_row(found)


def list_material_names(session: Session) -> list[tuple[int, str]]:
    """Number and words of every material, for a choice."""
    rows = session.execute(
        select(Material.id, Material.code, Material.name).order_by(Material.name)
    )
    return [(number, f"{name} ({code})") for number, code, name in rows]


def _everything() -> list[ORMOption]:
    residuals = selectinload(Product.residuals)
    return [
        selectinload(Product.steps),
        residuals.selectinload(ResidualReagent.limits),
        residuals.selectinload(ResidualReagent.material),
    ]


def _residuals(product: Product, today: date) -> ProductResiduals:
    return ProductResiduals(
        product=_product_row(product),
        steps=tuple(_step_row(step) for step in product.steps),
        reagents=tuple(_assessed(found, product, today) for found in product.residuals),
    )


def _list_row(found: ProductResiduals) -> ProductListRow:
    verdicts = Counter(row.decisive.verdict for row in found.reagents)
    return ProductListRow(
        product=found.product,
        steps=len(found.steps),
        passed=verdicts[Verdict.PASS],
        failed=verdicts[Verdict.FAIL],
        not_evaluable=verdicts[Verdict.NOT_EVALUABLE],
    )


def _assessed(found: ResidualReagent, product: Product, today: date) -> AssessedReagentRow:
    steps = [step for step in product.steps if step.position >= found.from_position]
    dose = Dose(
        product.dose_volume_ml, product.lowest_patient_weight_kg, cells=product.cells_per_dose
    )
    in_force = _in_force(found.limits, today)
    limit = None if in_force is None else _dose_limit(in_force)
    assessment = assess(_facts(found), [_clearance_step(step) for step in steps], dose, limit)
    trace = assessment.trace
    return AssessedReagentRow(
        reagent=_reagent_row(found),
        present_from=_present_from(found.from_position, product.steps),
        trace=_traced(assessment, steps),
        end=None if trace is None else trace.end,
        log_reduction=None if trace is None else trace.log_reduction,
        theoretical=assessment.theoretical,
        measured=assessment.measured,
        retention=assessment.retention,
        decisive=assessment.decisive,
        limit=None if in_force is None else _limit_row(in_force),
        allowed=_allowed(limit, dose),
        other_limits=tuple(_limit_row(other) for other in found.limits if other is not in_force),
    )


def _facts(found: ResidualReagent) -> Reagent:
    measurement = None
    if found.measured is not None:
        measurement = Measurement(found.measured, found.measured_unit or "", found.loq)
    return Reagent(found.reagent_class, found.start_concentration, found.start_unit, measurement)


def _traced(assessment: Assessment, steps: Sequence[ProcessStep]) -> tuple[TracedStepRow, ...]:
    if assessment.trace is None:
        return ()
    return tuple(
        TracedStepRow(
            position=step.position,
            name=traced.name,
            before=traced.before,
            after=traced.after,
            formula=traced.formula,
            log_reduction=log_reduction_value(traced.before, _ONE, traced.after, _ONE),
        )
        for step, traced in zip(steps, assessment.trace.steps, strict=True)
    )


def _in_force(limits: Sequence[ResidualLimit], today: date) -> ResidualLimit | None:
    for limit in limits:
        if limit.valid_from <= today and (limit.valid_to is None or today < limit.valid_to):
            return limit
    return None


def _allowed(limit: DoseLimit | None, dose: Dose) -> AllowedDose | None:
    if limit is None:
        return None
    try:
        return allowed_a_dose(limit, dose)
    except NotADose:
        return None  # the judgement names the reason


def _dose_limit(limit: ResidualLimit) -> DoseLimit:
    return DoseLimit(limit.amount, limit.unit, limit.source, limit.mark)


def _present_from(position: int, steps: Sequence[ProcessStep]) -> str:
    for step in steps:
        if step.position == position:
            return f"before step {position}, {step.name}"
    return "after all steps"


def _clearance_step(step: ProcessStep) -> ClearanceStep:
    return ClearanceStep(
        name=step.name,
        kind=step.kind,
        residual_volume_ml=step.residual_volume_ml,
        added_volume_ml=step.added_volume_ml,
        efficiency=_ONE if step.efficiency is None else step.efficiency,
        exchanged_fraction=step.exchanged_fraction,
        diavolumes=step.diavolumes,
        sieving=_ONE if step.sieving is None else step.sieving,
    )


def _product_row(product: Product) -> ProductRow:
    return ProductRow(
        id=product.id,
        version=product.version,
        name=product.name,
        route=product.route,
        dose_volume_ml=product.dose_volume_ml,
        cells_per_dose=product.cells_per_dose,
        lowest_patient_weight_kg=product.lowest_patient_weight_kg,
        doses_per_batch=product.doses_per_batch,
    )


def _step_row(step: ProcessStep) -> StepRow:
    return StepRow(
        id=step.id,
        version=step.version,
        product_id=step.product_id,
        product_name=step.product.name,
        position=step.position,
        name=step.name,
        kind=step.kind,
        residual_volume_ml=step.residual_volume_ml,
        added_volume_ml=step.added_volume_ml,
        efficiency=step.efficiency,
        exchanged_fraction=step.exchanged_fraction,
        diavolumes=step.diavolumes,
        sieving=step.sieving,
        parameters=parameters_in_words(_clearance_step(step)),
    )


def _reagent_row(found: ResidualReagent) -> ReagentRow:
    return ReagentRow(
        id=found.id,
        version=found.version,
        product_id=found.product_id,
        product_name=found.product.name,
        name=found.name,
        reagent_class=found.reagent_class,
        material_id=found.material_id,
        material_name=None if found.material is None else found.material.name,
        start_concentration=found.start_concentration,
        start_unit=found.start_unit,
        from_position=found.from_position,
        measured=found.measured,
        measured_unit=found.measured_unit,
        measured_method=found.measured_method,
        loq=found.loq,
    )


def _limit_row(limit: ResidualLimit) -> LimitRow:
    return LimitRow(
        amount=limit.amount,
        unit=limit.unit,
        basis=limit.basis,
        source=limit.source,
        mark=limit.mark,
        valid_from=limit.valid_from,
        valid_to=limit.valid_to,
    )
