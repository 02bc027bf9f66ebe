"""Risk score of a source: points factor by factor, each with what would lower it.

The points are dated weight rows of the installation; the shipped ones are conventions (mark C).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from supplier_qc.domain.catalogue import Grade, UseScope, label
from supplier_qc.domain.countries import COUNTRIES
from supplier_qc.domain.dated_rows import DatedRow
from supplier_qc.domain.origin.vocabulary import Level
from supplier_qc.domain.qualification.requirements import Requirement, RequirementState
from supplier_qc.domain.qualification.sources import SourceMark


class RiskFactor(StrEnum):
    ORIGIN = "origin"
    GRADE = "grade"
    SOURCES = "sources"
    EVIDENCE = "evidence"
    COUNTRY = "country"
    USE = "use"
    FINDINGS = "findings"
    BAND = "band"  # the points from which a score counts as medium, and as high


class RiskBand(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RiskWeight(DatedRow):
    """Points of one level of a factor, in force until the day before `valid_to`."""

    factor: RiskFactor
    level: str
    points: int
    valid_from: date
    mark: str
    source: str
    valid_to: date | None = None
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """What a score rests on; `findings` are sentences, `country` an ISO 3166 code."""

    origin: Level
    grade: Grade
    sources: SourceMark
    requirements: tuple[Requirement, ...]
    country: str
    use_scope: UseScope
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactorScore:
    """`points` is None where no weight row in force knows the level."""

    factor: RiskFactor
    level: str
    points: int | None
    words: str
    lowered_by: str
    weight: RiskWeight | None

    @property
    def name(self) -> str:
        return _NAMES[self.factor]


@dataclass(frozen=True, slots=True)
class RiskScore:
    """`points` is None, and the band unknown, where a factor could not be rated."""

    points: int | None
    band: RiskBand
    factors: tuple[FactorScore, ...]


def risk_score(facts: RiskFacts, weights: Iterable[RiskWeight], on: date) -> RiskScore:
    """The score with every factor, the heaviest first."""
    in_force = [one for one in weights if one.is_in_force(on)]
    factors = tuple(
        _rated(factor, level, words, lower, in_force)
        for factor, level, words, lower in _levels(facts)
    )
    rated = sorted(factors, key=lambda one: -(one.points if one.points is not None else 10**6))
    known = [one.points for one in factors if one.points is not None]
    points = sum(known) if len(known) == len(factors) else None
    return RiskScore(points, _band(points, in_force), tuple(rated))


def weight_problems(
    weight: RiskWeight, standing: Sequence[RiskWeight], today: date
) -> tuple[str, ...]:
    """Every reason why points cannot take the place of those that stand.

    A level is one that the rules know, that is one with a row already, or a country's code.
    """
    problems = []
    same = [one for one in standing if one.factor is weight.factor and one.level == weight.level]
    is_country = weight.factor is RiskFactor.COUNTRY and weight.level in COUNTRIES
    if not same and not is_country:
        problems.append(f"“{weight.level}” is no level of this factor.")
    if not 0 <= weight.points <= MOST_POINTS:
        problems.append(f"Points lie between 0 and {MOST_POINTS}.")
    if weight.valid_from < today:
        problems.append("The points cannot be changed for days that have passed.")
    if any(weight.valid_from <= one.valid_from for one in same):
        problems.append("Points for the same begin on that day or later; choose a later day.")
    return tuple(problems)


def with_weight(weights: Iterable[RiskWeight], weight: RiskWeight) -> tuple[RiskWeight, ...]:
    """The weights once the row has taken its place; what it supersedes ends the day before."""
    ended = (
        replace(one, valid_to=weight.valid_from)
        if (one.factor, one.level) == (weight.factor, weight.level) and one.valid_to is None
        else one
        for one in weights
    )
    return (*ended, weight)


def _rated(
    factor: RiskFactor, level: str, words: str, lower: str, weights: Sequence[RiskWeight]
) -> FactorScore:
    weight = _weight(factor, level, weights)
    if weight is None:
        words = f"{words} No weight in force knows “{level}”; add a row for it."
    return FactorScore(factor, level, weight.points if weight else None, words, lower, weight)


def _weight(factor: RiskFactor, level: str, weights: Sequence[RiskWeight]) -> RiskWeight | None:
    """The newest row of the level; a country nobody rated takes the row for such countries."""
    names = (level, NOT_RATED) if factor is RiskFactor.COUNTRY else (level,)
    for name in names:
        fitting = [one for one in weights if one.factor is factor and one.level == name]
        if fitting:
            return max(fitting, key=lambda one: (one.valid_from, one.row_id or 0))
    return None


def _band(points: int | None, weights: Sequence[RiskWeight]) -> RiskBand:
    medium = _weight(RiskFactor.BAND, RiskBand.MEDIUM.value, weights)
    high = _weight(RiskFactor.BAND, RiskBand.HIGH.value, weights)
    if points is None or medium is None or high is None:
        return RiskBand.UNKNOWN
    if points >= high.points:
        return RiskBand.HIGH
    return RiskBand.MEDIUM if points >= medium.points else RiskBand.LOW


NOT_RATED = "not_rated"
MOST_POINTS = 1_000
_NAMES = {
    RiskFactor.ORIGIN: "Animal and human origin",
    RiskFactor.GRADE: "Grade",
    RiskFactor.SOURCES: "Other sources",
    RiskFactor.EVIDENCE: "Evidence",
    RiskFactor.COUNTRY: "Country of the site",
    RiskFactor.USE: "Use",
    RiskFactor.FINDINGS: "Findings",
    RiskFactor.BAND: "Band",
}
_Level = tuple[RiskFactor, str, str, str]


def _levels(facts: RiskFacts) -> tuple[_Level, ...]:
    return (
        _origin(facts),
        _grade(facts),
        _sources(facts),
        _evidence(facts),
        _country(facts),
        _use(facts),
        _findings(facts),
    )


def _origin(facts: RiskFacts) -> _Level:
    lower = {
        Level.NOT_APPLICABLE: "",
        Level.LOW: "",
        Level.UNKNOWN: "Record the origin of the item, and the facts the rules ask for.",
    }.get(facts.origin, "An item without animal origin, or evidence that settles the open rules.")
    return RiskFactor.ORIGIN, facts.origin.value, f"Origin: {label(facts.origin).lower()}.", lower


def grade_level(grade: Grade, use_scope: UseScope) -> str:
    """What is sold for research, or of unknown grade, weighs by the phase it is used in."""
    if grade in {Grade.RUO, Grade.UNKNOWN}:
        return f"{grade.value}_in_{use_scope.value}"
    return grade.value


def _grade(facts: RiskFacts) -> _Level:
    level = grade_level(facts.grade, facts.use_scope)
    for_research = facts.grade in {Grade.RUO, Grade.UNKNOWN}
    lower = "An item of a grade for further manufacture." if for_research else ""
    return RiskFactor.GRADE, level, f"Grade: {label(facts.grade)}.", lower


def _sources(facts: RiskFacts) -> _Level:
    lower = (
        ""
        if facts.sources is SourceMark.SEVERAL_APPROVED
        else "Qualify the item of a second site for this material."
    )
    words = f"{label(facts.sources)} of the material."
    return RiskFactor.SOURCES, facts.sources.value, words, lower


_WORST_FIRST = (
    RequirementState.OPEN,
    RequirementState.EXPIRED,
    RequirementState.EXPIRING,
    RequirementState.MET,
)
NOT_ASKED = "not_asked"


def _evidence(facts: RiskFacts) -> _Level:
    """By the worst of what is required."""
    required = [one for one in facts.requirements if one.is_asked and one.is_required]
    for state in _WORST_FIRST:
        named = [one.name.lower() for one in required if one.state is state]
        if named:
            words = f"{label(state)}: {', '.join(named)}."
            lower = "" if state is RequirementState.MET else f"Bring up to date: {named[0]}."
            return RiskFactor.EVIDENCE, state.value, words, lower
    return RiskFactor.EVIDENCE, NOT_ASKED, "No evidence is asked for.", ""


def _country(facts: RiskFacts) -> _Level:
    return (
        RiskFactor.COUNTRY,
        facts.country,
        f"The site stands in {facts.country}.",
        "Rate the country by a row of your own.",
    )


def _use(facts: RiskFacts) -> _Level:
    words = f"Used for {label(facts.use_scope).lower()}."
    return RiskFactor.USE, facts.use_scope.value, words, ""


def _findings(facts: RiskFacts) -> _Level:
    count = len(facts.findings)
    level = {0: "none", 1: "one"}.get(count, "several")
    words = " ".join(facts.findings) or "No open finding."
    return RiskFactor.FINDINGS, level, words, "Close the findings." if count else ""
