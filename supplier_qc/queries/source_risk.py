"""The risk score of a source, from the facts on file and the weights in force."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from supplier_qc.domain.origin.engine import assess_all
from supplier_qc.domain.origin.vocabulary import Level
from supplier_qc.domain.qualification.evidence_policy import BY_EVENTS, RequirementKind
from supplier_qc.domain.qualification.risk import (
    RiskFacts,
    RiskScore,
    RiskWeight,
    risk_score,
    with_weight,
)
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.persistence.tables import Qualification
from supplier_qc.queries.evidence_policy import list_risk_weights
from supplier_qc.queries.origin import DOSSIER_AUTHORITIES
from supplier_qc.queries.origin_facts import facts_of, stored_components
from supplier_qc.queries.reference_lists import reference_lists
from supplier_qc.queries.source_facts import SourceRow, list_source_rows
from supplier_qc.queries.source_marks import SourceCount, source_counts


@dataclass(frozen=True, slots=True)
class RatedSource:
    """A source in use with what its score rests on."""

    source: SourceRow
    facts: RiskFacts


def get_risk_score(session: Session, source: SourceRow, today: date) -> RiskScore:
    [rated] = rate_sources(session, [source], today)
    return risk_score(rated.facts, list_risk_weights(session), today)


def rate_sources(session: Session, sources: Sequence[SourceRow], today: date) -> list[RatedSource]:
    """The facts of each; the same number of statements however many there are."""
    levels = _origin_levels(session, {one.identity.item_id for one in sources}, today)
    counts = source_counts(session, {one.identity.material_id for one in sources})
    return [
        RatedSource(
            one,
            RiskFacts(
                origin=levels[one.identity.item_id],
                grade=one.facts.grade,
                sources=counts.get(one.identity.material_id, SourceCount()).mark,
                requirements=one.requirements,
                country=one.identity.country,
                use_scope=one.facts.use_scope,
                findings=_findings(one),
            ),
        )
        for one in sources
    ]


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A source in use whose score or band a new weight would change."""

    source: SourceRow
    before: RiskScore
    after: RiskScore


@dataclass(frozen=True, slots=True)
class WeightPreview:
    """`looked_at` counts the sources in use, judged on the day `on`."""

    on: date
    looked_at: int
    changes: tuple[ScoreChange, ...]


def preview_weight(session: Session, weight: RiskWeight, today: date) -> WeightPreview:
    """Every source in use, rated on the weight's first day without it and with it."""
    weights = list_risk_weights(session)
    changed = with_weight(weights, weight)
    on = max(weight.valid_from, today)
    in_use = list_source_rows(session, today, Qualification.status.in_(sorted(APPROVALS)))
    scores = [
        ScoreChange(
            one.source, risk_score(one.facts, weights, on), risk_score(one.facts, changed, on)
        )
        for one in rate_sources(session, in_use, today)
    ]
    differing = tuple(
        one
        for one in scores
        if (one.before.points, one.before.band) != (one.after.points, one.after.band)
    )
    return WeightPreview(on, len(in_use), differing)


def _origin_levels(session: Session, item_ids: Collection[int], today: date) -> Mapping[int, Level]:
    """The worst level for all authorities; unknown where nothing is recorded."""
    stored = stored_components(session, sorted(item_ids))
    lists = reference_lists(session)
    return {
        number: assess_all(
            facts_of(stored.get(number, ())), DOSSIER_AUTHORITIES, lists, today
        ).level
        for number in item_ids
    }


def _findings(source: SourceRow) -> tuple[str, ...]:
    """Open causes, conditions past their day, events that nobody settled, and a research grade in
    trials.
    """
    named = list(source.facts.open_causes)
    for one in source.requirements:
        if one.kind in BY_EVENTS and one.is_lacking:
            named.append(f"{one.name}: {one.reason}")
        if one.kind is RequirementKind.CONDITIONS_IN_TIME and one.is_lacking:
            named.append(f"Conditions are overdue: {one.reason}")
        if one.kind is RequirementKind.GRADE_FOR_USE and one.is_asked and one.paper_id is not None:
            named.append(f"A grade that needed a justification: {one.reason}")
    return tuple(named)
