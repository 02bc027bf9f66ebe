"""What the policy asks of a source, ticked against the papers and dates on file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from supplier_qc.domain.catalogue import (
    Grade,
    MaterialCategory,
    RiskClass,
    UseScope,
    label,
)
from supplier_qc.domain.due_dates.states import DUE_SOON_DAYS
from supplier_qc.domain.qualification.events import NO_EVENTS, SourceEvents
from supplier_qc.domain.qualification.evidence_policy import (
    ANSWERED_BY,
    BY_EVENTS,
    Demand,
    Effect,
    EvidencePolicy,
    RequirementKind,
    Step,
    policies_for,
)
from supplier_qc.domain.qualification.full_tests import (
    FullTestDue,
    full_test_due,
    lot_words,
    lots_since,
)
from supplier_qc.domain.qualification.papers import Paper, faults_of, last_day, standing_refusal
from supplier_qc.domain.qualification.states import APPROVALS, QualificationStatus


class RequirementState(StrEnum):
    MET = "met"
    EXPIRING = "expiring"  # met, and not for long
    EXPIRED = "expired"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"


LACKING = frozenset({RequirementState.OPEN, RequirementState.EXPIRED})


@dataclass(frozen=True, slots=True)
class Condition:
    """A limit (no due date), or something to do by a day; `covers` a requirement until then."""

    text: str
    due_on: date | None = None
    covers: RequirementKind | None = None
    id: int | None = None

    def is_overdue(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today

    def takes_the_place_of(self, kind: RequirementKind, today: date) -> bool:
        """For a while: without a day, or after it, a condition stands in for nothing."""
        return self.covers is kind and self.due_on is not None and not self.is_overdue(today)


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """All that the rules know about a source; `conditions` are those not fulfilled yet."""

    status: QualificationStatus
    use_scope: UseScope
    risk_class: RiskClass
    category: MaterialCategory
    grade: Grade
    requalification_due_on: date | None = None
    papers: tuple[Paper, ...] = ()
    conditions: tuple[Condition, ...] = ()
    open_causes: tuple[str, ...] = ()
    events: SourceEvents = NO_EVENTS
    lots_received: tuple[date | None, ...] = ()  # of the item; None where no day is recorded

    @property
    def is_in_use(self) -> bool:
        return self.status in APPROVALS


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement today. `valid_until` is the last day it is met, None: no end is known.

    `covered_until` is the due date of a condition that stands in for it.
    """

    kind: RequirementKind
    state: RequirementState
    reason: str
    policy: EvidencePolicy | None = None
    paper_id: int | None = None
    valid_until: date | None = None
    days_left: int | None = None
    covered_until: date | None = None

    @property
    def name(self) -> str:
        return label(self.kind)

    @property
    def is_asked(self) -> bool:
        return self.state is not RequirementState.NOT_APPLICABLE

    @property
    def is_required(self) -> bool:
        return self.policy is not None and self.policy.demand is not Demand.OPTIONAL

    @property
    def is_lacking(self) -> bool:
        return self.state in LACKING

    def at(self, step: Step) -> Effect:
        """What it does at the step today: nothing while it is met."""
        if self.policy is None or not self.is_lacking:
            return Effect.NONE
        return self.policy.at(step)


def requirements(
    facts: SourceFacts, policies: Iterable[EvidencePolicy], today: date
) -> tuple[Requirement, ...]:
    """Every kind of requirement with its state and the sentence that says why."""
    asked = policies_for(policies, facts.risk_class, facts.category, facts.use_scope, today)
    return tuple(_requirement(facts, kind, asked.get(kind), today) for kind in RequirementKind)


def open_words(found: Iterable[Requirement]) -> str:
    """Such as "3 of 9 requirements are open", counted over what is required."""
    required = [one for one in found if one.is_asked and one.is_required]
    lacking = sum(one.is_lacking for one in required)
    if not required:
        return "Nothing is required by policy"
    if not lacking:
        return f"All {len(required)} requirements are met"
    verb = "is" if lacking == 1 else "are"
    return f"{lacking} of {len(required)} requirements {verb} open"


def due_reasons(facts: SourceFacts, found: Iterable[Requirement], today: date) -> tuple[str, ...]:
    """Why a source in use is due for review; empty while it is not."""
    if not facts.is_in_use:
        return ()
    reasons = []
    if facts.requalification_due_on is not None and facts.requalification_due_on <= today:
        reasons.append(f"Requalification was due on {facts.requalification_due_on.isoformat()}.")
    reasons += [
        f"{one.name}: {one.reason}"
        for one in found
        if one.state is RequirementState.EXPIRED
        and one.is_required
        and one.kind is not RequirementKind.REQUALIFICATION_IN_TIME
    ]
    return (*reasons, *facts.open_causes, *facts.events.overdue(today))


def _requirement(
    facts: SourceFacts, kind: RequirementKind, policy: EvidencePolicy | None, today: date
) -> Requirement:
    if policy is None:
        reason = (
            f"No policy row asks for it of {facts.risk_class.value} materials "
            f"for {label(facts.use_scope).lower()}."
        )
        return Requirement(kind, RequirementState.NOT_APPLICABLE, reason)
    if kind is RequirementKind.CONDITIONS_IN_TIME:
        return _conditions(facts, policy, today)
    if kind is RequirementKind.REQUALIFICATION_IN_TIME:
        return _requalification(facts, policy, today)
    if kind is RequirementKind.GRADE_FOR_USE and _grade_fits(facts):
        reason = f"{label(facts.grade)} is used for {label(facts.use_scope).lower()}."
        return Requirement(kind, RequirementState.MET, reason, policy)
    find = _by_events if kind in BY_EVENTS else _by_papers
    found = _by_lots(facts, find(facts, policy, today))
    covers = [one for one in facts.conditions if one.takes_the_place_of(kind, today)]
    if not found.is_lacking or not covers:
        return found
    return _covered(found, covers)


def _covered(found: Requirement, covers: list[Condition]) -> Requirement:
    return Requirement(
        found.kind,
        found.state,
        found.reason,
        found.policy,
        found.paper_id,
        found.valid_until,
        found.days_left,
        covered_until=max(one.due_on for one in covers if one.due_on),
    )


def _until(
    kind: RequirementKind,
    policy: EvidencePolicy,
    last: date | None,
    today: date,
    words: str,
    paper_id: int | None = None,
) -> Requirement:
    """Met until the last day, or expired since; `words` name what it is about."""
    if last is None:
        return Requirement(kind, RequirementState.MET, f"{words}, no end stated.", policy, paper_id)
    days = (last - today).days
    if days < 0:
        state, end = RequirementState.EXPIRED, f"ended on {last.isoformat()}"
    elif days <= DUE_SOON_DAYS:
        state, end = RequirementState.EXPIRING, f"until {last.isoformat()}"
    else:
        state, end = RequirementState.MET, f"until {last.isoformat()}"
    return Requirement(kind, state, f"{words}, {end}.", policy, paper_id, last, days)


def _conditions(facts: SourceFacts, policy: EvidencePolicy, today: date) -> Requirement:
    kind = RequirementKind.CONDITIONS_IN_TIME
    dated = [one for one in facts.conditions if one.due_on is not None]
    if not dated:
        return Requirement(kind, RequirementState.MET, "No condition waits for its day.", policy)
    overdue = [one for one in dated if one.is_overdue(today)]
    named = "; ".join(one.text.rstrip(".") for one in overdue or dated)
    first = min(one.due_on for one in dated if one.due_on)
    return _until(kind, policy, first, today, named)


def _requalification(facts: SourceFacts, policy: EvidencePolicy, today: date) -> Requirement:
    kind = RequirementKind.REQUALIFICATION_IN_TIME
    if not facts.is_in_use:
        return Requirement(
            kind, RequirementState.NOT_APPLICABLE, "The source is not in use.", policy
        )
    if facts.requalification_due_on is None:
        reason = "No day is known on which it is qualified again."
        return Requirement(kind, RequirementState.OPEN, reason, policy)
    return _until(
        kind, policy, facts.requalification_due_on, today, "The term of the last decision"
    )


_NOTHING_OPEN = {
    RequirementKind.RECALLS_ASSESSED: "No recall or defect waits for its assessment.",
    RequirementKind.CHANGES_ASSESSED: "No notice of a change waits for its assessment.",
    RequirementKind.FINDINGS_CLOSED: "No critical finding is open.",
}


def _by_events(facts: SourceFacts, policy: EvidencePolicy, today: date) -> Requirement:
    kind = policy.kind
    lacking = facts.events.lacking(kind, today)
    if lacking:
        return Requirement(kind, RequirementState.OPEN, " ".join(lacking), policy)
    last = facts.events.met_until(kind)
    if last is None:
        return Requirement(kind, RequirementState.MET, _NOTHING_OPEN[kind], policy)
    return _until(kind, policy, last, today, "The next step of a corrective action is in time")


_NOT_FOR_PATIENTS = frozenset({Grade.RUO, Grade.UNKNOWN})


def _grade_fits(facts: SourceFacts) -> bool:
    """What is sold for research, or of unknown grade, fits research alone."""
    return facts.use_scope is UseScope.RESEARCH or facts.grade not in _NOT_FOR_PATIENTS


def _by_papers(facts: SourceFacts, policy: EvidencePolicy, today: date) -> Requirement:
    kind = policy.kind
    papers = [one for one in facts.papers if one.kind in ANSWERED_BY[kind]]
    if kind is RequirementKind.GRADE_FOR_USE:
        words = f"{label(facts.grade)} for {label(facts.use_scope).lower()}"
        if policy.demand is Demand.REQUIRED_BEFORE_APPROVAL:
            return Requirement(
                kind, RequirementState.OPEN, f"{words}: only another grade helps.", policy
            )
        if not papers:
            reason = f"{words} needs a justification on file."
            return Requirement(kind, RequirementState.OPEN, reason, policy)
    if not papers:
        return Requirement(kind, RequirementState.OPEN, "Nothing is on file.", policy)
    faults = {one.id: faults_of(one, policy, today) for one in papers}
    sound = [one for one in papers if not faults[one.id]]
    if not sound:
        newest = max(papers, key=lambda one: (one.issued_on or date.min, one.id))
        reason = f"“{newest.title}”: {'; '.join(faults[newest.id])}."
        return Requirement(kind, RequirementState.OPEN, reason, policy, newest.id)
    refused = standing_refusal(papers, sound)
    if refused is not None:
        reason = f"“{refused.title}”: its result was unsatisfactory, and no later one is better."
        return Requirement(kind, RequirementState.OPEN, reason, policy, refused.id)
    best = max(sound, key=lambda one: (last_day(one, policy) or date.max, one.id))
    return _until(kind, policy, last_day(best, policy), today, f"“{best.title}”", best.id)


def _by_lots(facts: SourceFacts, found: Requirement) -> Requirement:
    """A full test that counts by its day may be over by the lots that came since."""
    every = found.policy.every_lots if found.policy else None
    if every is None or found.is_lacking:
        return found
    tested_on = next(one.issued_on for one in facts.papers if one.id == found.paper_id)
    count = lots_since(tested_on, facts.lots_received)
    reason = f"{found.reason} {lot_words(count, every)}"
    due = full_test_due(count, every)
    if due is FullTestDue.OVERDUE:
        return replace(
            found, state=RequirementState.EXPIRED, reason=reason, valid_until=None, days_left=None
        )
    state = RequirementState.EXPIRING if due is FullTestDue.NEXT_LOT else found.state
    return replace(found, state=state, reason=reason)
