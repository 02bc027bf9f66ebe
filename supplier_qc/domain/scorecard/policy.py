"""Weights, targets and bands of the scorecard: dated rows that are superseded, never edited.

Every shipped row is a convention (mark C) and no requirement of law.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from supplier_qc.domain.dated_rows import DatedRow, newest

MOST_WEIGHT = 100
MOST_SCORE = 100
MOST_FACTOR = Decimal(3)


class Measure(StrEnum):
    LOT_ACCEPTANCE = "lot_acceptance"
    COA_RIGHT_FIRST_TIME = "coa_right_first_time"
    FINDINGS = "findings"
    CHANGE_NOTIFIED = "change_notified"
    CORRECTIVE_ACTION = "corrective_action"
    DELIVERY = "delivery"
    RESPONSIVENESS = "responsiveness"

    @property
    def words(self) -> str:
        return _WORDS[self].name

    @property
    def unit(self) -> str:
        return _WORDS[self].unit

    @property
    def counts(self) -> str:
        """What one case of it is, and when it is good."""
        return _WORDS[self].counts


@dataclass(frozen=True, slots=True)
class _Words:
    name: str
    unit: str
    counts: str


_WORDS = {
    Measure.LOT_ACCEPTANCE: _Words(
        "Lot acceptance",
        "%",
        "Lots whose last signed disposition is a release or a rejection; released ones are good.",
    ),
    Measure.COA_RIGHT_FIRST_TIME: _Words(
        "Certificates right first time",
        "%",
        "First issues that were confirmed; good without a corrected value, a re-issue or a "
        "question on the certificate. A correction counts whether the paper or its reading was "
        "wrong.",
    ),
    Measure.FINDINGS: _Words(
        "Deviations and complaints",
        "per 100 lots",
        "Findings recorded against the lots decided on in the same time, without those of audits "
        "and questionnaires.",
    ),
    Measure.CHANGE_NOTIFIED: _Words(
        "Changes notified in time",
        "%",
        "Notices of changes against the months of notice of the quality agreement in force; a "
        "change found on a certificate that no notice stands behind was not notified.",
    ),
    Measure.CORRECTIVE_ACTION: _Words(
        "Corrective actions on time and effective",
        "%",
        "Corrective action requests that were closed, or are overdue; good when no step was late "
        "and the action was effective.",
    ),
    Measure.DELIVERY: _Words(
        "Deliveries on time and undamaged",
        "%",
        "Deliveries received, or promised and not here; good when in time, without a "
        "temperature excursion and without damage.",
    ),
    Measure.RESPONSIVENESS: _Words(
        "Answer to requests for evidence",
        "days",
        "Median days from asking to the paper; a request past its day counts with the days so far.",
    ),
}


class Band(StrEnum):
    A = "a"
    B = "b"
    C = "c"
    D = "d"


@dataclass(frozen=True, slots=True)
class MeasureTarget(DatedRow):
    """Weight of a measure; full points at `target`, none at `worst`, in the measure's unit."""

    measure: Measure
    weight: int
    target: Decimal
    worst: Decimal
    valid_from: date
    mark: str
    source: str
    valid_to: date | None = None
    row_id: int | None = None

    def share_of_points(self, value: Decimal) -> Decimal:
        """Between 0 and 1, in a straight line from the worst to the target."""
        share = (value - self.worst) / (self.target - self.worst)
        return min(max(share, Decimal(0)), Decimal(1))


@dataclass(frozen=True, slots=True)
class ScoreBand(DatedRow):
    """The band holds from `least_score`; `interval_factor` multiplies a requalification interval
    as a proposal.
    """

    band: Band
    least_score: int
    interval_factor: Decimal
    valid_from: date
    mark: str
    source: str
    valid_to: date | None = None
    row_id: int | None = None


def targets_in_force(rows: Iterable[MeasureTarget], on: date) -> dict[Measure, MeasureTarget]:
    """The newest row of each measure; two that began on one day decide nothing."""
    standing = [row for row in rows if row.is_in_force(on)]
    by_measure = {one: newest(row for row in standing if row.measure is one) for one in Measure}
    return {one: found[0] for one, found in by_measure.items() if len(found) == 1}


def bands_in_force(rows: Iterable[ScoreBand], on: date) -> tuple[ScoreBand, ...]:
    """The newest row of each band, the best band first."""
    standing = [row for row in rows if row.is_in_force(on)]
    by_band = [newest(row for row in standing if row.band is one) for one in Band]
    found = [rows[0] for rows in by_band if len(rows) == 1]
    return tuple(sorted(found, key=lambda row: -row.least_score))


def target_problems(
    row: MeasureTarget, standing: Iterable[MeasureTarget], today: date
) -> tuple[str, ...]:
    """Every reason why a row cannot take its place."""
    same = [one for one in standing if one.measure is row.measure]
    return (*_target_problems(row), *_day_problems(row, same, today))


def _target_problems(row: MeasureTarget) -> Iterator[str]:
    if not 0 <= row.weight <= MOST_WEIGHT:
        yield f"The weight lies between 0 and {MOST_WEIGHT}."
    if row.target == row.worst:
        yield "The target and the value without points are the same; nothing lies between them."
    is_share = row.measure.unit == "%"
    for what, value in (("The target", row.target), ("The value without points", row.worst)):
        if value < 0 or (is_share and value > MOST_SCORE):
            most = f" and {MOST_SCORE}" if is_share else " and above"
            yield f"{what} lies between 0{most}."
    if is_share and row.target < row.worst:
        yield "More is better here: the target lies above the value without points."
    if not is_share and row.target > row.worst:
        yield "Less is better here: the target lies below the value without points."


def band_problems(row: ScoreBand, standing: Iterable[ScoreBand], today: date) -> tuple[str, ...]:
    """Every reason why a row cannot take its place among the bands."""
    rows = list(standing)
    same = [one for one in rows if one.band is row.band]
    others = [one for one in bands_in_force(rows, row.valid_from) if one.band is not row.band]
    return (*_band_problems(row, others), *_day_problems(row, same, today))


def _band_problems(row: ScoreBand, others: Iterable[ScoreBand]) -> Iterator[str]:
    if not 0 <= row.least_score <= MOST_SCORE:
        yield f"A band begins between 0 and {MOST_SCORE} points."
    if not 0 < row.interval_factor <= MOST_FACTOR:
        yield f"The factor lies above 0 and at most at {MOST_FACTOR}."
    order = tuple(Band).index
    for one in others:
        is_better = order(one.band) < order(row.band)
        if is_better and one.least_score <= row.least_score:
            yield f"Band {one.band.value.upper()} is better and begins at {one.least_score}."
        if not is_better and one.least_score >= row.least_score:
            yield f"Band {one.band.value.upper()} is worse and begins at {one.least_score}."


def _day_problems(
    row: MeasureTarget | ScoreBand, same: Iterable[MeasureTarget | ScoreBand], today: date
) -> Iterator[str]:
    if row.valid_from < today:
        yield "The scorecard cannot be changed for days that have passed."
    if any(row.valid_from <= one.valid_from for one in same):
        yield "A row for the same begins on that day or later; choose a later day."
