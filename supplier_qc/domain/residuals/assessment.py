"""One reagent of one product, from its start concentration to the judgement that counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from supplier_qc.domain.measurement.units import convert, parse_unit
from supplier_qc.domain.measurement.values import read_value
from supplier_qc.domain.residuals.dose import (
    Basis,
    Bound,
    DoseJudgement,
    Retention,
    judge_measured,
    judge_theoretical,
    retention,
)
from supplier_qc.domain.residuals.limits import Dose, DoseLimit
from supplier_qc.domain.residuals.wash import (
    ClearanceStep,
    ClearanceTrace,
    StepsRefused,
    trace_clearance,
)
from supplier_qc.domain.specification.results import Result, result_from_reading
from supplier_qc.domain.specification.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Measurement:
    """A result as reported for the final product; `loq` is in `unit`."""

    literal: str
    unit: str
    loq: Decimal | None = None

    @property
    def result(self) -> Result:
        return result_from_reading(read_value(self.literal, decimal_comma=False), self.unit)


@dataclass(frozen=True, slots=True)
class Reagent:
    """What is known of a reagent; `start` is its highest concentration, in `unit`."""

    reagent_class: str
    start: Decimal
    unit: str
    measurement: Measurement | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """`trace` is None where the steps describe no possible process."""

    trace: ClearanceTrace | None
    theoretical: DoseJudgement
    measured: DoseJudgement | None
    retention: Retention | None

    @property
    def decisive(self) -> DoseJudgement:
        """The measurement where there is one, for it knows what the calculation assumes."""
        return self.theoretical if self.measured is None else self.measured


def assess(
    reagent: Reagent, steps: Sequence[ClearanceStep], dose: Dose, limit: DoseLimit | None
) -> Assessment:
    """Trace the reagent through `steps` and judge what a dose carries, calculated and measured."""
    try:
        trace = trace_clearance(reagent.start, reagent.unit, steps)
    except StepsRefused as refusal:
        return Assessment(None, _not_calculated(refusal), _measured(reagent, dose, limit), None)
    theoretical = judge_theoretical(
        trace.end, reagent.unit, dose, limit, reagent_class=reagent.reagent_class
    )
    measured = _measured(reagent, dose, limit)
    return Assessment(trace, theoretical, measured, _retention(reagent.measurement, trace))


def _measured(reagent: Reagent, dose: Dose, limit: DoseLimit | None) -> DoseJudgement | None:
    found = reagent.measurement
    return None if found is None else judge_measured(found.result, dose, limit, loq=found.loq)


def _retention(found: Measurement | None, trace: ClearanceTrace) -> Retention | None:
    if found is None:
        return None
    calculated, measured = parse_unit(trace.unit), parse_unit(found.result.unit)
    if calculated is None or measured is None or calculated.dimension != measured.dimension:
        reason = f"{trace.unit} calculated and {found.result.unit} measured cannot be compared."
        return Retention(None, None, reason)
    return retention(found.result, convert(trace.end, calculated, measured), found.loq)


def _not_calculated(refusal: StepsRefused) -> DoseJudgement:
    return DoseJudgement(
        Verdict.NOT_EVALUABLE,
        Basis.THEORETICAL,
        None,
        None,
        Bound.EXACT,
        None,
        "not calculated",
        refusal.reasons,
    )
