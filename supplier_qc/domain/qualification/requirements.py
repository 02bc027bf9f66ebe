"""What the policy asks of a source, ticked against the papers and dates on file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from supplier_qc.domain.catalogue import (
    AuditManner,
    EvidenceKind,
    EvidenceResult,
    Grade,
    MaterialCategory,
    Region,
    RiskClass,
    UseScope,
    label,
)
from supplier_qc.domain.due_dates.states import DUE_SOON_DAYS
from supplier_qc.domain.entered_text import compared
from supplier_qc.domain.months import months_after
from supplier_qc.domain.qualification.events import NO_EVENTS, SourceEvents
from supplier_qc.domain.qualification.evidence_policy import (
    ANSWERED_BY,
    BY_EVENTS,
    NEEDS_STATED_END,
    WITH_RESULT,
    Demand,
    Effect,
    EvidencePolicy,
    RequirementKind,
    Step,
    policies_for,
)
from supplier_qc.domain.qualification.states import APPROVALS, QualificationStatus


class RequirementState(StrEnum):
    MET = "met"
    EXPIRING = "expiring"  # met, and not for long
    EXPIRED = "expired"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"


LACKING = frozenset({RequirementState.OPEN, RequirementState.EXPIRED})


@dataclass(frozen=True, slots=True)
class Paper:
    """A piece of evidence as the rules take it."""

    id: int
    kind: EvidenceKind
    title: str
    issued_on: date | None = None
    expires_on: date | None = None
    result: EvidenceResult | None = None
    manner: AuditManner | None = None
    lots: int | None = None
    change_notice_months: int | None = None
    region: Region | None = None


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
    found = find(facts, policy, today)
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
    return _until(kind, policy, facts.requalification_due_on, today, "The last decision holds")


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
    faults = {one.id: _faults(one, policy, today) for one in papers}
    sound = [one for one in papers if not faults[one.id]]
    if not sound:
        newest = max(papers, key=lambda one: (one.issued_on or date.min, one.id))
        reason = f"“{newest.title}”: {'; '.join(faults[newest.id])}."
        return Requirement(kind, RequirementState.OPEN, reason, policy, newest.id)
    refused = _standing_refusal(papers, sound)
    if refused is not None:
        reason = f"“{refused.title}”: its result was unsatisfactory, and no later one is better."
        return Requirement(kind, RequirementState.OPEN, reason, policy, refused.id)
    best = max(sound, key=lambda one: (last_day(one, policy) or date.max, one.id))
    return _until(kind, policy, last_day(best, policy), today, f"“{best.title}”", best.id)


def _standing_refusal(papers: Iterable[Paper], sound: Iterable[Paper]) -> Paper | None:
    """An unsatisfactory paper that no later sound one outweighs: an older good one does not.

    A questionnaire is outweighed by one of its own title alone: another one asks something else.
    """
    for one in papers:
        if one.result is EvidenceResult.UNSATISFACTORY and not any(
            _outweighs(later, one) for later in sound
        ):
            return one
    return None


def _outweighs(later: Paper, one: Paper) -> bool:
    is_alike = one.kind is not EvidenceKind.QUESTIONNAIRE or compared(later.title) == compared(
        one.title
    )
    return is_alike and (later.issued_on or date.min, later.id) > (
        one.issued_on or date.min,
        one.id,
    )


def last_day(paper: Paper, policy: EvidencePolicy) -> date | None:
    """The last day a paper counts: its own, or the policy's if that is sooner."""
    ends = [] if paper.expires_on is None else [paper.expires_on]
    if policy.validity_months is not None and paper.issued_on is not None:
        ends.append(months_after(paper.issued_on, policy.validity_months) - timedelta(days=1))
    return min(ends, default=None)


_MANNERS = tuple(AuditManner)


def _faults(paper: Paper, policy: EvidencePolicy, today: date) -> list[str]:
    """Every reason why a paper does not count; its age is judged apart."""
    faults = []
    if paper.issued_on is None and policy.validity_months is not None:
        faults.append("its day of issue is not recorded")
    if paper.issued_on is not None and paper.issued_on > today:
        faults.append(f"it is dated {paper.issued_on.isoformat()}, which is still to come")
    if policy.kind in NEEDS_STATED_END and last_day(paper, policy) is None:
        faults.append("it does not say until when it holds")
    if paper.kind in WITH_RESULT and paper.result is None:
        faults.append("its result is not recorded")
    if paper.result is EvidenceResult.UNSATISFACTORY:
        faults.append("its result was unsatisfactory")
    return faults + _shortfalls(paper, policy)


def _shortfalls(paper: Paper, policy: EvidencePolicy) -> list[str]:
    faults = []
    if policy.manner is not None and paper.kind is EvidenceKind.AUDIT_REPORT:
        asked = label(policy.manner).lower()
        if paper.manner is None:
            faults.append(f"how it was done is not recorded ({asked} is asked for)")
        elif _manner_rank(paper.manner) < _manner_rank(policy.manner):
            faults.append(f"it was done {_done(paper.manner)}, {asked} is asked for")
    if policy.minimum is not None and policy.kind is RequirementKind.QUALIFICATION_LOTS:
        faults += _too_few(paper.lots, policy.minimum, "lots")
    if policy.minimum is not None and policy.kind is RequirementKind.CHANGE_NOTIFICATION:
        faults += _too_few(paper.change_notice_months, policy.minimum, "months of notice")
    return faults


def _manner_rank(manner: AuditManner) -> int:
    return _MANNERS.index(AuditManner.ON_SITE if manner is AuditManner.SHARED else manner)


def _done(manner: AuditManner) -> str:
    return "on paper" if manner is AuditManner.PAPER else "remotely"


def _too_few(found: int | None, asked: int, what: str) -> list[str]:
    if found is None:
        return [f"the number of {what} is not recorded ({asked} are asked for)"]
    return [f"{found} {what}, {asked} are asked for"] if found < asked else []
