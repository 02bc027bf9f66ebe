"""What a person enters about a product's residuals, and why it may not be kept as entered."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from supplier_qc.domain.entered_text import text_problems
from supplier_qc.domain.measurement.values import ValueKind
from supplier_qc.domain.origin.vocabulary import Mark
from supplier_qc.domain.residuals.assessment import Measurement
from supplier_qc.domain.residuals.kinds import LimitBasis, ReagentClass, StepKind
from supplier_qc.domain.residuals.limits import (
    Dose,
    DoseLimit,
    NotADose,
    allowed_concentration,
    carried_amount,
)
from supplier_qc.domain.residuals.wash import ClearanceStep, step_problems

_ONE = Decimal(1)
MOST_DOSES = 1_000_000
_MOST_DIGITS = 30  # a figure with more places is a slip of the keyboard


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """Dose volume in mL, cells a dose, weight of the lightest patient in kg, doses of a batch."""

    name: str
    route: str
    dose_volume_ml: Decimal
    cells_per_dose: Decimal
    lowest_patient_weight_kg: Decimal
    doses_per_batch: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDraft:
    """Volumes in mL; fractions, efficiency and sieving from 0 to 1; what the kind needs.

    A wash is stated by the volume added or by the total volume; parameters of another kind are
    not kept.
    """

    name: str
    kind: StepKind
    residual_volume_ml: Decimal | None = None
    added_volume_ml: Decimal | None = None
    total_volume_ml: Decimal | None = None
    efficiency: Decimal | None = None
    exchanged_fraction: Decimal | None = None
    diavolumes: Decimal | None = None
    sieving: Decimal | None = None

    @property
    def added_ml(self) -> Decimal | None:
        """The volume added, also where the total volume is stated instead."""
        if self.total_volume_ml is None or self.residual_volume_ml is None:
            return self.added_volume_ml
        return self.total_volume_ml - self.residual_volume_ml


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidualDraft:
    """`measured` is the result as reported, comparator included, e.g. "<0.5"."""

    name: str
    reagent_class: ReagentClass
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
    """`unit` is an amount a dose (ng/dose), a day, a kg of the patient or a number of cells."""

    amount: Decimal
    unit: str
    basis: LimitBasis
    source: str
    mark: str
    valid_from: date


def product_draft_problems(draft: ProductDraft) -> Iterator[str]:
    yield from text_problems("The product's name", draft.name.strip(), longest=200, required=True)
    yield from text_problems("The route", draft.route.strip(), longest=100, required=True)
    for words, value in (
        ("The dose volume", draft.dose_volume_ml),
        ("The number of cells a dose", draft.cells_per_dose),
        ("The lowest patient weight", draft.lowest_patient_weight_kg),
    ):
        yield from _number_problems(words, value, zero_is_allowed=False)
    if draft.doses_per_batch is not None and not 1 <= draft.doses_per_batch <= MOST_DOSES:
        yield f"A batch gives between 1 and {MOST_DOSES} doses."


def step_draft_problems(draft: StepDraft) -> list[str]:
    """Why the step cannot be kept, by the rules that later compute with it."""
    problems = list(
        text_problems("The step's name", draft.name.strip(), longest=200, required=True)
    )
    unusable = [
        problem
        for field in fields(draft)
        if isinstance(value := getattr(draft, field.name), Decimal)
        for problem in _size_problems(_in_words(field.name), value)
    ]
    if unusable:
        return problems + unusable
    if draft.added_volume_ml is not None and draft.total_volume_ml is not None:
        problems.append("State the added volume or the total volume, not both.")
    if draft.kind is StepKind.DIAFILTRATION and draft.sieving is None:
        problems.append("The sieving coefficient is missing; 1 passes the membrane freely.")
    if draft.kind is StepKind.BATCH_WASH and (draft.added_volume_ml or 0) < 0:
        return [*problems, "The added volume is negative."]
    return [*problems, *step_problems(clearance_step(draft))]


def clearance_step(draft: StepDraft) -> ClearanceStep:
    return ClearanceStep(
        name=draft.name.strip() or "The step",
        kind=draft.kind,
        residual_volume_ml=draft.residual_volume_ml,
        added_volume_ml=draft.added_ml,
        efficiency=_ONE if draft.efficiency is None else draft.efficiency,
        exchanged_fraction=draft.exchanged_fraction,
        diavolumes=draft.diavolumes,
        sieving=_ONE if draft.sieving is None else draft.sieving,
    )


def residual_draft_problems(draft: ResidualDraft, dose: Dose, steps: int) -> Iterator[str]:
    """`steps` is how many steps the process has; after the last one stands for "after all"."""
    yield from text_problems("The reagent's name", draft.name.strip(), longest=200, required=True)
    yield from _number_problems("The start concentration", draft.start_concentration)
    yield from _concentration_problems("The start concentration", draft.start_unit, dose)
    if not 1 <= draft.from_position <= steps + 1:
        yield f"The reagent is present from one of the {steps} steps, or after all of them."
    yield from text_problems("The method", (draft.measured_method or "").strip(), longest=200)
    if draft.loq is not None:
        yield from _number_problems("The LOQ", draft.loq, zero_is_allowed=False)
    yield from _measurement_problems(draft, dose)


def limit_draft_problems(draft: LimitDraft, dose: Dose, concentration_unit: str) -> Iterator[str]:
    """A limit is kept only where it can be compared with what the dose carries."""
    yield from text_problems(
        "The limit's source", draft.source.strip(), longest=2000, required=True
    )
    if draft.mark not in set(Mark):
        yield f"“{draft.mark}” is no mark; choose V, V2, K or C."
    problems = [*_number_problems("The limit", draft.amount, zero_is_allowed=False)]
    problems += text_problems("The limit's unit", draft.unit.strip(), longest=40, required=True)
    yield from problems
    if problems:
        return
    limit = DoseLimit(draft.amount, draft.unit.strip(), draft.source, draft.mark)
    try:
        allowed_concentration(limit, concentration_unit, dose)
    except NotADose as refusal:
        yield str(refusal)


def _measurement_problems(draft: ResidualDraft, dose: Dose) -> Iterator[str]:
    literal, unit = (draft.measured or "").strip(), (draft.measured_unit or "").strip()
    if not literal:
        if unit or draft.loq is not None or (draft.measured_method or "").strip():
            yield "Enter the measured result itself, or leave its unit, method and LOQ empty."
        return
    yield from text_problems("The measured result", literal, longest=60)
    yield from _concentration_problems("The measured result", unit, dose)
    result = Measurement(literal, unit).result
    if result.kind in {ValueKind.TEXT, ValueKind.EMPTY, ValueKind.AMBIGUOUS}:
        yield (
            f"“{literal}” is no result; write a number with a decimal point, “<” and a number, "
            "or “ND”."
        )
    elif (result.unit or "") != unit:
        yield "Write the unit of the measured result in its own field."
    elif result.value is not None and result.value < 0:
        yield "The measured result is negative."


def _concentration_problems(words: str, unit: str, dose: Dose) -> Iterator[str]:
    """Whether amounts a dose follow from concentrations in this unit."""
    problems = [*text_problems(f"{words}: the unit", unit.strip(), longest=40, required=True)]
    yield from problems
    if problems:
        return
    try:
        carried_amount(_ONE, unit.strip(), dose)
    except NotADose as refusal:
        yield f"{words}: {refusal!s}"


def _number_problems(words: str, value: Decimal, *, zero_is_allowed: bool = True) -> Iterator[str]:
    problems = [*_size_problems(words, value)]
    yield from problems
    if problems:
        return
    if value < 0 or (value == 0 and not zero_is_allowed):
        yield f"{words} is a number {'not below' if zero_is_allowed else 'above'} 0."


def _size_problems(words: str, value: Decimal) -> Iterator[str]:
    if not value.is_finite():
        yield f"{words} is not a number."
    elif len(value.as_tuple().digits) > _MOST_DIGITS or abs(value.adjusted()) > _MOST_DIGITS:
        yield f"{words} has more than {_MOST_DIGITS} digits."


def _in_words(field: str) -> str:
    return f"The {field.removesuffix('_ml').replace('_', ' ')}"
