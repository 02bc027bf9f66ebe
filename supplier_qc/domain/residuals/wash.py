"""Clearance by dilution and exchange: the concentration after each step, with its formula.

Mass balances; the worst case is the largest start concentration and residual volume and the
smallest added volume, and the caller hands those in. Reagents that bind to cells leave more
behind than any of these formulae says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.residuals.figures import shown
from supplier_qc.domain.residuals.kinds import StepKind

MOST_WASHES = 100  # beyond it a wash does not reach the target in practice


class StepsRefused(Refused):
    """The steps describe no possible process; `reasons` names every fault."""


@dataclass(frozen=True, slots=True)
class ClearanceStep:
    """One step; volumes in mL, shares from 0 to 1, and only the fields of its kind are used.

    `efficiency` is the share of the diluted amount that really leaves (1 is perfect mixing);
    `feed_concentration` is that of the fresh medium, in the unit of the start concentration.
    """

    name: str
    kind: StepKind
    residual_volume_ml: Decimal | None = None
    added_volume_ml: Decimal | None = None
    efficiency: Decimal = Decimal(1)
    exchanged_fraction: Decimal | None = None
    feed_concentration: Decimal = Decimal(0)
    diavolumes: Decimal | None = None
    sieving: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class TracedStep:
    name: str
    kind: StepKind
    before: Decimal
    after: Decimal
    formula: str  # with the numbers in it, as a page prints it


@dataclass(frozen=True, slots=True)
class ClearanceTrace:
    """Concentrations in `unit`; `log_reduction` is log10(start / end), None where end is 0."""

    unit: str
    start: Decimal
    steps: tuple[TracedStep, ...]
    end: Decimal
    log_reduction: Decimal | None


def batch_wash(
    name: str, residual_ml: Decimal, total_ml: Decimal, efficiency: Decimal = Decimal(1)
) -> ClearanceStep:
    """A wash stated by its total volume instead of the volume added."""
    return ClearanceStep(name, StepKind.BATCH_WASH, residual_ml, total_ml - residual_ml, efficiency)


def parameters_in_words(step: ClearanceStep) -> str:
    """What is known of the step, with units; only what its kind uses."""
    if step.kind is StepKind.BATCH_WASH:
        residual, added = _given(step.residual_volume_ml), _given(step.added_volume_ml)
        words = f"{residual:f} mL left, {added:f} mL added, {residual + added:f} mL in total"
        return words if step.efficiency == 1 else f"{words}; efficiency {step.efficiency:f}"
    if step.kind is StepKind.MEDIUM_EXCHANGE:
        return f"{shown(_given(step.exchanged_fraction) * 100)} % of the medium exchanged"
    return f"{_given(step.diavolumes):f} diavolumes, sieving coefficient {step.sieving:f}"


def step_problems(step: ClearanceStep) -> tuple[str, ...]:
    """Every reason why the step describes no possible process, each naming the step."""
    problems = {
        StepKind.BATCH_WASH: _wash_problems,
        StepKind.MEDIUM_EXCHANGE: _exchange_problems,
        StepKind.DIAFILTRATION: _diafiltration_problems,
    }[step.kind](step)
    return tuple(f"{step.name}: {problem}" for problem in problems)


def _wash_problems(step: ClearanceStep) -> Iterator[str]:
    residual, added = step.residual_volume_ml, step.added_volume_ml
    if residual is None or residual < 0:
        yield "the residual volume is missing or negative."
    if added is None:
        yield "the added volume is missing."
    if added is not None and added < 0:
        yield "the residual volume is above the total volume."
    if residual is not None and added is not None and residual + added == 0:
        yield "the total volume is zero."
    yield from _share_problems(step.efficiency, "efficiency")


def _exchange_problems(step: ClearanceStep) -> Iterator[str]:
    yield from _share_problems(step.exchanged_fraction, "exchanged share")
    if step.feed_concentration < 0:
        yield "the concentration of the feed is negative."


def _diafiltration_problems(step: ClearanceStep) -> Iterator[str]:
    if step.diavolumes is None or step.diavolumes < 0:
        yield "the number of diavolumes is missing or negative."
    yield from _share_problems(step.sieving, "sieving coefficient")


def _share_problems(share: Decimal | None, name: str) -> Iterator[str]:
    if share is None or not 0 <= share <= 1:
        yield f"the {name} is missing or not between 0 and 1."


def trace_clearance(start: Decimal, unit: str, steps: Sequence[ClearanceStep]) -> ClearanceTrace:
    """The concentration after each step, from `start` in `unit`.

    Raises StepsRefused with every fault of every step at once.
    """
    faults = [problem for step in steps for problem in step_problems(step)]
    if start < 0:
        faults.insert(0, "The start concentration is negative.")
    StepsRefused.unless_empty(faults)
    traced = []
    concentration = start
    for step in steps:
        after, formula = _apply(step, concentration)
        formula = f"{formula} = {shown(after)} {unit}"
        traced.append(TracedStep(step.name, step.kind, concentration, after, formula))
        concentration = after
    one = Decimal(1)
    reduction = log_reduction_value(start, one, concentration, one)
    return ClearanceTrace(unit, start, tuple(traced), concentration, reduction)


def _apply(step: ClearanceStep, before: Decimal) -> tuple[Decimal, str]:
    """The concentration after a sound step, and the formula with its numbers."""
    if step.kind is StepKind.BATCH_WASH:
        return _washed(step, before)
    if step.kind is StepKind.MEDIUM_EXCHANGE:
        share, feed = _given(step.exchanged_fraction), step.feed_concentration
        after = before * (1 - share) + feed * share
        formula = f"{shown(before)} × (1 - {shown(share)})"
        return after, f"{formula} + {shown(feed)} × {shown(share)}" if feed else formula
    volumes, sieving = _given(step.diavolumes), step.sieving
    after = before * (-volumes * sieving).exp()
    return after, f"{shown(before)} × exp(-{shown(volumes)} × {shown(sieving)})"


def _washed(step: ClearanceStep, before: Decimal) -> tuple[Decimal, str]:
    residual, added = _given(step.residual_volume_ml), _given(step.added_volume_ml)
    left = residual / (residual + added)
    volumes = f"{shown(residual)} mL / {shown(residual + added)} mL"
    if step.efficiency == 1:
        return before * left, f"{shown(before)} × {volumes}"
    after = before * (1 - step.efficiency * (1 - left))
    return after, f"{shown(before)} × (1 - {shown(step.efficiency)} × (1 - {volumes}))"


def _given(value: Decimal | None) -> Decimal:
    """A value that `step_problems` has found present."""
    return Decimal(0) if value is None else value


def log_reduction_value(
    start: Decimal, start_volume: Decimal, end: Decimal, end_volume: Decimal
) -> Decimal | None:
    """LRV = log10(C0 V0 / Cn Vn); None where an amount is zero and the LRV is not defined."""
    before, after = start * start_volume, end * end_volume
    if before <= 0 or after <= 0:
        return None
    return (before / after).log10()


def washes_needed(start: Decimal, target: Decimal, step: ClearanceStep) -> int | None:
    """How often `step` has to be repeated to reach `target`; None beyond MOST_WASHES."""
    StepsRefused.unless_empty(step_problems(step))
    concentration = start
    for count in range(MOST_WASHES + 1):
        if concentration <= target:
            return count
        concentration, _ = _apply(step, concentration)
    return None
