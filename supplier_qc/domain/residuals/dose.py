"""What a dose carries against its limit: a margin, a verdict and the sentences for both."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from supplier_qc.domain.measurement.comparators import Comparator
from supplier_qc.domain.measurement.values import ValueKind
from supplier_qc.domain.residuals.figures import as_decimal, shown
from supplier_qc.domain.residuals.kinds import ReagentClass
from supplier_qc.domain.residuals.limits import (
    Amount,
    Dose,
    DoseLimit,
    NotADose,
    allowed_a_dose,
    allowed_amount,
    allowed_concentration,
    amount_unit,
    carried_amount,
    dose_faults,
    in_unit,
    limit_faults,
)
from supplier_qc.domain.specification.results import Result
from supplier_qc.domain.specification.verdicts import Verdict

THEORETICAL_MARGIN = Decimal(10)  # C: dilution alone has to leave a tenfold margin
BINDING_MARGIN = Decimal(100)  # C: a hundredfold one where the reagent binds to cells
MEASURED_MARGIN = Decimal(1)
FIT_LOQ_SHARE = Decimal("0.5")  # C: a method quantifies at half the allowed concentration

# Serum proteins enter MSC, and beads and antibodies stay on them, so dilution under-predicts
# (Viau et al., PLoS One 2017, introduction, on serum proteins; convention for the others).
BINDING_CLASSES: frozenset[str] = frozenset(
    {
        ReagentClass.PROTEIN_SERUM,
        ReagentClass.ANTIBODY,
        ReagentClass.BEAD,
        ReagentClass.NUCLEASE,
    }
)


class Basis(StrEnum):
    THEORETICAL = "theoretical"
    MEASURED = "measured"


class Bound(StrEnum):
    """Whether the amount is known, or only from one side."""

    EXACT = "="
    BELOW = "<"
    ABOVE = ">"


@dataclass(frozen=True, slots=True)
class DoseJudgement:
    """`printed` is the amount as tables show it ("< 20 ng/dose"), never zero for a non-detect.

    `margin` is limit / amount; for an amount known only from above it is the least margin.
    """

    verdict: Verdict
    basis: Basis
    amount: Decimal | None
    amount_unit: str | None
    bound: Bound
    margin: Decimal | None
    printed: str
    reasons: tuple[str, ...]
    formulae: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Concentration:
    value: Decimal
    unit: str | None
    bound: Bound
    note: str = ""


def judge_theoretical(
    concentration: Decimal,
    unit: str,
    dose: Dose,
    limit: DoseLimit | None,
    *,
    reagent_class: str,
    required_margin: Decimal | None = None,
) -> DoseJudgement:
    """Judge a calculated concentration: pass from the required margin up, fail below 1.

    Between the two the calculation alone proves nothing. `required_margin` replaces the
    conventions THEORETICAL_MARGIN and BINDING_MARGIN.
    """
    required = required_margin or (
        BINDING_MARGIN if reagent_class in BINDING_CLASSES else THEORETICAL_MARGIN
    )
    warnings = theoretical_only_warnings(reagent_class)
    found = _Concentration(concentration, unit, Bound.EXACT)
    return _judge(found, dose, limit, Basis.THEORETICAL, required, warnings)


def judge_measured(
    result: Result,
    dose: Dose,
    limit: DoseLimit | None,
    *,
    lod: Decimal | None = None,
    loq: Decimal | None = None,
) -> DoseJudgement:
    """Judge a measured concentration; `lod` and `loq` are in the unit of the result.

    A non-detect counts with its limit (worst case); where that limit alone breaks the limit of
    the dose the method is not fit, and the result is no pass.
    """
    found = _measured(result, lod, loq)
    if found is None:
        reason = f"{result.words} gives no concentration, and no limit of quantitation stands in."
        return _not_evaluable(Basis.MEASURED, result.words, reason)
    warnings = _fitness_warnings(loq, found.unit, dose, limit)
    return _judge(found, dose, limit, Basis.MEASURED, MEASURED_MARGIN, warnings)


def theoretical_only_warnings(reagent_class: str) -> tuple[str, ...]:
    if reagent_class not in BINDING_CLASSES:
        return ()
    warning = (
        "Calculated only: this class of reagent binds to cells, so that a wash removes less than "
        "dilution predicts. Measure it."
    )
    return (warning,)


@dataclass(frozen=True, slots=True)
class Retention:
    """R = measured / theoretical; above 1 something is retained and theory is not accepted."""

    ratio: Decimal | None
    theory_is_accepted: bool | None  # None where the measurement cannot tell
    reason: str


def retention(result: Result, theoretical: Decimal, loq: Decimal | None = None) -> Retention:
    """Compare a measured with a calculated concentration in the same unit."""
    found = _measured(result, None, loq)
    if found is None or theoretical <= 0:
        return Retention(None, None, "Measured and calculated values cannot be compared.")
    ratio = found.value / theoretical
    numbers = f"R = {shown(found.value)} / {shown(theoretical)} = {shown(ratio)}"
    if found.bound is Bound.BELOW and ratio > 1:
        reason = f"{numbers} at most: the method cannot tell whether the calculation holds."
        return Retention(ratio, None, reason)
    if ratio > 1 or found.bound is Bound.ABOVE:
        if ratio < 1:
            return Retention(ratio, None, f"{numbers} at least: the calculation may not hold.")
        reason = f"{numbers}: more is left than calculated (retention or binding)."
        return Retention(ratio, False, f"{reason} The calculation is not accepted.")
    return Retention(ratio, True, f"{numbers}: no more is left than calculated.")


def _measured(result: Result, lod: Decimal | None, loq: Decimal | None) -> _Concentration | None:
    if result.kind in {ValueKind.NOT_DETECTED, ValueKind.BELOW_LOQ}:
        return _non_detect(result, lod, loq)
    if result.value is None or result.comparator is Comparator.ABOUT:
        return None
    if result.kind is ValueKind.CENSORED_LOW:
        return _Concentration(result.value, result.unit, Bound.BELOW)
    if result.kind is ValueKind.CENSORED_HIGH:
        return _Concentration(result.value, result.unit, Bound.ABOVE)
    worst = result.value if result.high is None else result.high
    if loq is not None and worst < loq:
        note = f"{result.words} lies below the LOQ: detected, counted as the LOQ {loq:f}."
        return _Concentration(loq, result.unit, Bound.BELOW, note)
    return _Concentration(worst, result.unit, Bound.EXACT)


def _non_detect(result: Result, lod: Decimal | None, loq: Decimal | None) -> _Concentration | None:
    limit, name = loq, "LOQ"
    if result.kind is ValueKind.NOT_DETECTED and lod is not None:
        limit, name = lod, "LOD"
    if limit is None:
        return None
    note = f"{result.words} is counted as the {name} {limit:f} (worst case)."
    return _Concentration(limit, result.unit, Bound.BELOW, note)


def _judge(
    found: _Concentration,
    dose: Dose,
    limit: DoseLimit | None,
    basis: Basis,
    required: Decimal,
    warnings: tuple[str, ...],
) -> DoseJudgement:
    printed = _printed(found.bound, found.value, found.unit or "")
    faults = (*dose_faults(dose), *limit_faults(limit))
    if limit is None and not dose_faults(dose):
        return _without_limit(found, dose, basis, faults, warnings)
    if limit is None or faults:
        return _not_evaluable(basis, printed, *faults, warnings=warnings)
    try:
        amount, allowed = _amounts(found, dose, limit)
        symbol, unit = amount_unit(limit.unit)
    except NotADose as refusal:
        return _not_evaluable(basis, printed, str(refusal), warnings=warnings)
    carried = in_unit(amount, unit)
    printed = _printed(found.bound, carried, f"{symbol}/dose")
    margin = as_decimal(allowed.base / amount.base) if amount.base else None
    verdict, reason = _verdict(margin, found.bound, required, limit, printed)
    return DoseJudgement(
        verdict, basis, carried, f"{symbol}/dose", found.bound, margin, printed,
        reasons=tuple(note for note in (found.note, reason) if note),
        formulae=_formulae(found, dose, limit, carried, margin, symbol),
        warnings=warnings,
    )  # fmt: skip


def _without_limit(
    found: _Concentration,
    dose: Dose,
    basis: Basis,
    faults: tuple[str, ...],
    warnings: tuple[str, ...],
) -> DoseJudgement:
    """What the dose carries is known without a limit; whether that is too much is not."""
    printed = _printed(found.bound, found.value, found.unit or "")
    try:
        amount = carried_amount(found.value, found.unit, dose)
        symbol, unit = amount_unit(found.unit)
    except NotADose as refusal:
        return _not_evaluable(basis, printed, *faults, str(refusal), warnings=warnings)
    carried = in_unit(amount, unit)
    return DoseJudgement(
        Verdict.NOT_EVALUABLE, basis, carried, f"{symbol}/dose", found.bound, None,
        _printed(found.bound, carried, f"{symbol}/dose"),
        reasons=tuple(note for note in (found.note, *faults) if note),
        formulae=(_mass_formula(found, dose, carried, symbol),),
        warnings=warnings,
    )  # fmt: skip


def _printed(bound: Bound, value: Decimal, unit: str) -> str:
    sign = "" if bound is Bound.EXACT else f"{bound} "
    return f"{sign}{shown(value)} {unit}".strip()


def _amounts(found: _Concentration, dose: Dose, limit: DoseLimit) -> tuple[Amount, Amount]:
    amount = carried_amount(found.value, found.unit, dose)
    allowed = allowed_amount(limit, dose)
    if amount.dimension != allowed.dimension:
        raise NotADose(f"{found.unit} and the limit in {limit.unit} do not measure the same thing.")
    return amount, allowed


def _verdict(
    margin: Decimal | None, bound: Bound, required: Decimal, limit: DoseLimit, printed: str
) -> tuple[Verdict, str]:
    words = f"{printed} against the limit of {limit.words}"
    if margin is None:
        return _zero_verdict(bound, words)
    least = {Bound.EXACT: "", Bound.BELOW: "at least ", Bound.ABOVE: "at most "}[bound]
    words = f"{words}: a margin of {least}{shown(margin)}"
    if bound is Bound.BELOW and margin < 1:
        return Verdict.NOT_EVALUABLE, (
            f"{words}. The method is not fit: what it cannot see may be more than the limit."
        )
    if margin < 1:
        return Verdict.FAIL, f"{words}, which is below 1: the dose carries more than the limit."
    if bound is Bound.ABOVE:
        return Verdict.NOT_EVALUABLE, f"{words}. The amount is known only from below."
    if margin < required:
        return Verdict.NOT_EVALUABLE, (
            f"{words}. A calculation alone is accepted from {shown(required)} up (convention); "
            "measure it."
        )
    return Verdict.PASS, f"{words}, where {shown(required)} is asked for."


def _zero_verdict(bound: Bound, words: str) -> tuple[Verdict, str]:
    if bound is Bound.ABOVE:
        return Verdict.NOT_EVALUABLE, f"{words}: the amount is known only from below."
    return Verdict.NOT_EVALUABLE, (
        f"{words}: zero is no amount that can be known; state a limit of quantitation."
    )


def _formulae(
    found: _Concentration,
    dose: Dose,
    limit: DoseLimit,
    carried: Decimal,
    margin: Decimal | None,
    symbol: str,
) -> tuple[str, ...]:
    mass, allowed = _mass_formula(found, dose, carried, symbol), allowed_a_dose(limit, dose)
    if margin is None:
        return (mass,)
    last = f"margin = limit / M = {shown(allowed.amount)} / {shown(carried)} = {shown(margin)}"
    return (mass, allowed.formula, last) if allowed.is_computed else (mass, last)


def _mass_formula(found: _Concentration, dose: Dose, carried: Decimal, symbol: str) -> str:
    quantity = f"{shown(dose.volume_ml)} mL"
    if found.unit and found.unit.rstrip().lower().endswith(("cells", "cell")):
        quantity = f"{shown(dose.cells or Decimal(0))} cells"
    return (
        f"M = C × dose = {shown(found.value)} {found.unit} × {quantity} "
        f"= {shown(carried)} {symbol}/dose"
    )


def _fitness_warnings(
    loq: Decimal | None, unit: str | None, dose: Dose, limit: DoseLimit | None
) -> tuple[str, ...]:
    if loq is None or limit is None or unit is None:
        return ()
    try:
        allowed = allowed_concentration(limit, unit, dose)
    except NotADose:
        return ()  # the judgement itself names what is wrong
    if loq <= FIT_LOQ_SHARE * allowed:
        return ()
    warning = (
        f"The LOQ of {loq:f} {unit} is above half of the allowed concentration of "
        f"{shown(allowed)} {unit} (convention): the method sees the limit barely or not at all."
    )
    return (warning,)


def _not_evaluable(
    basis: Basis, printed: str, *reasons: str, warnings: tuple[str, ...] = ()
) -> DoseJudgement:
    return DoseJudgement(
        Verdict.NOT_EVALUABLE, basis, None, None, Bound.EXACT, None, printed, reasons,
        warnings=warnings,
    )  # fmt: skip
