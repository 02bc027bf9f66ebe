"""From cases to measures, points and a score; too few cases are not rated, never good.

A measure below LEAST_CASES cases is not rated, and a score whose rated measures hold less than half
of the weight is none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from supplier_qc.domain.scorecard.cases import Judged, Outcome
from supplier_qc.domain.scorecard.policy import Measure, MeasureTarget, ScoreBand
from supplier_qc.domain.statistics.counts_and_shares import (
    Interval,
    median_interval,
    poisson_interval,
    wilson_interval,
)

LEAST_CASES = 3
_TENTH = Decimal("0.1")
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class MeasureRating:
    """One measure; `value`, `lower` and `upper` are in its unit, `points` of its weight.

    `points` is None where it is not rated, and `reason` says why. `n` counts the judged cases.
    """

    measure: Measure
    n: int
    good: int
    not_judged: int
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    points: Decimal | None
    target: MeasureTarget | None
    reason: str

    @property
    def is_rated(self) -> bool:
        return self.points is not None

    @property
    def interval_words(self) -> str:
        if self.lower is None or self.upper is None:
            return "no interval below 6 cases" if self.value is not None else ""
        return f"{self.lower} to {self.upper}"


@dataclass(frozen=True, slots=True)
class Scorecard:
    """`score` is of 100 over the rated measures alone, whose weights then count as the whole."""

    ratings: tuple[MeasureRating, ...]
    rated_weight: int
    total_weight: int
    score: Decimal | None
    band: ScoreBand | None
    reason: str

    @property
    def letter(self) -> str:
        return self.band.band.value.upper() if self.band else "not rated"

    def weight_of(self, rating: MeasureRating) -> Decimal | None:
        """What the measure counts for of 100, once measures without a rating are left out."""
        if rating.target is None or not rating.is_rated or not self.rated_weight:
            return None
        return _rounded(Decimal(_HUNDRED * rating.target.weight) / self.rated_weight)


def scorecard(
    cases: Mapping[Measure, Sequence[Judged]],
    targets: Mapping[Measure, MeasureTarget],
    bands: Iterable[ScoreBand],
) -> Scorecard:
    """The score with all that it rests on; `targets` and `bands` are those in force."""
    ratings = tuple(rate(one, cases.get(one, ()), targets.get(one)) for one in Measure)
    total = sum(target.weight for target in targets.values())
    rated = sum(one.target.weight for one in ratings if one.is_rated and one.target)
    points = sum((one.points for one in ratings if one.points is not None), start=Decimal(0))
    if not rated or 2 * rated < total:
        reason = (
            f"The measures with {LEAST_CASES} cases or more hold {rated} of {total} "
            "points of weight, and a score takes at least half."
        )
        return Scorecard(ratings, rated, total, None, None, reason)
    score = _rounded(_HUNDRED * points / rated)
    band = next((one for one in bands if score >= one.least_score), None)
    return Scorecard(ratings, rated, total, score, band, _score_words(rated, total))


def _score_words(rated: int, total: int) -> str:
    if rated == total:
        return "All measures are rated."
    return (
        f"Rated over {rated} of {total} points of weight; the rated measures count as the whole, "
        "and what is not rated neither helps nor harms."
    )


def rate(measure: Measure, cases: Sequence[Judged], target: MeasureTarget | None) -> MeasureRating:
    """One measure over its cases; without a target in force it has a value and no points."""
    not_judged = sum(one.outcome is Outcome.NOT_JUDGED for one in cases)
    if measure is Measure.FINDINGS:
        found = _rate_of_findings(cases)
    elif measure is Measure.RESPONSIVENESS:
        found = _days(cases)
    else:
        found = _share(cases)
    reason = _why_not_rated(found.n, not_judged, target)
    if reason:
        return MeasureRating(
            measure, found.n, found.good, not_judged, None, None, None, None, target, reason
        )
    return MeasureRating(
        measure,
        found.n,
        found.good,
        not_judged,
        value=_rounded(found.value),
        lower=_end(found.interval.lower) if found.interval else None,
        upper=_end(found.interval.upper) if found.interval else None,
        points=_points(found.value, target),
        target=target,
        reason="",
    )


@dataclass(frozen=True, slots=True)
class _Found:
    n: int
    good: int
    value: Decimal
    interval: Interval | None


_NOTHING = Decimal(0)


def _share(cases: Sequence[Judged]) -> _Found:
    good = sum(one.outcome is Outcome.GOOD for one in cases)
    n = good + sum(one.outcome is Outcome.NOT_GOOD for one in cases)
    if not n:
        return _Found(0, 0, _NOTHING, None)
    interval = wilson_interval(good, n)
    in_percent = Interval(_HUNDRED * interval.lower, _HUNDRED * interval.upper)
    return _Found(n, good, Decimal(_HUNDRED * good) / n, in_percent)


def _rate_of_findings(cases: Sequence[Judged]) -> _Found:
    """Findings per 100 lots; the lots are the counted cases, the findings those not good."""
    findings = sum(one.outcome is Outcome.NOT_GOOD for one in cases)
    lots = sum(one.outcome is Outcome.COUNTED for one in cases)
    if not lots:
        return _Found(0, 0, _NOTHING, None)
    interval = poisson_interval(findings)
    per_100 = Interval(_HUNDRED * interval.lower / lots, _HUNDRED * interval.upper / lots)
    return _Found(lots, lots, Decimal(_HUNDRED * findings) / lots, per_100)


def _days(cases: Sequence[Judged]) -> _Found:
    days = [one.days for one in cases if one.days is not None]
    if not days:
        return _Found(0, 0, _NOTHING, None)
    middle = Decimal(str(median(days)))
    return _Found(len(days), len(days), middle, median_interval(days))


def _why_not_rated(n: int, not_judged: int, target: MeasureTarget | None) -> str:
    if n < LEAST_CASES:
        cases = "No case" if n == 0 else f"{n} case" if n == 1 else f"{n} cases"
        beside = f" and {not_judged} that could not be judged" if not_judged else ""
        return f"{cases}{beside}; {LEAST_CASES} are needed."
    if target is None:
        return "No weight and target of this measure is in force."
    return ""


def _points(value: Decimal, target: MeasureTarget | None) -> Decimal | None:
    return None if target is None else _rounded(target.weight * target.share_of_points(value))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, rounding=ROUND_HALF_UP)


def _end(end: float) -> Decimal:
    return _rounded(Decimal(repr(end)))


def proposed_months(months: int, band: ScoreBand | None) -> int | None:
    """A requalification interval by the band, in whole months and never below one; a proposal."""
    return None if band is None else max(1, int(months * band.interval_factor))


def rank_key(card: Scorecard) -> tuple[bool, Decimal]:
    """The best score first, what is not rated last."""
    return (card.score is None, -(card.score or Decimal(0)))
