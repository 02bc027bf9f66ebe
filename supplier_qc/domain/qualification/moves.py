"""Which decisions on a source are open to a person, and everything that stands in the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.qualification.evidence_policy import Demand, Effect, Step
from supplier_qc.domain.qualification.requirements import (
    Condition,
    Requirement,
    SourceFacts,
    open_words,
)
from supplier_qc.domain.qualification.states import (
    DECISIONS,
    LIMITING,
    MOVES,
    OPENING,
    QualificationStatus,
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision that waits for a signature; `author_id` may not sign it."""

    target: QualificationStatus
    author_id: int
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A decision with all its blockers, and the findings that it is taken in spite of."""

    target: QualificationStatus
    blockers: tuple[str, ...]
    findings: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.blockers


def moves(
    facts: SourceFacts,
    found: Sequence[Requirement],
    proposal: Proposal | None,
    actor_id: int,
    today: date,
) -> tuple[Move, ...]:
    """Every decision, each with all its blockers before any condition is typed.

    The conditions are those proposed, for the decisions that name some; that a decision still has
    to name them is told with it and is no blocker.
    """
    proposed = proposal.conditions if proposal else ()
    judged = []
    for target in DECISIONS:
        conditions = proposed if target in LIMITING else ()
        move = decision(facts, found, proposal, actor_id, target, conditions, today)
        unnamed = condition_problems(target, (), today) if not conditions else ()
        blockers = tuple(one for one in move.blockers if one not in unnamed)
        judged.append(Move(target, blockers, (*unnamed, *move.findings)))
    return tuple(judged)


def decision(
    facts: SourceFacts,
    found: Sequence[Requirement],
    proposal: Proposal | None,
    actor_id: int,
    target: QualificationStatus,
    conditions: Sequence[Condition],
    today: date,
) -> Move:
    """One decision as this person would sign it today, with these conditions."""
    blockers = [
        *move_blockers(facts.status, target),
        *condition_problems(target, conditions, today),
    ]
    if target in OPENING:
        blockers += [
            *_author_blockers(proposal, actor_id),
            *requirement_blockers(target, found, conditions, today),
        ]
    return Move(target, tuple(blockers), _findings(target, found))


def move_blockers(status: QualificationStatus, target: QualificationStatus) -> tuple[str, ...]:
    if target in MOVES[status]:
        return ()
    return (f"A source that is {_words(status)} cannot become {_words(target)}.",)


def condition_problems(
    target: QualificationStatus, conditions: Sequence[Condition], today: date
) -> tuple[str, ...]:
    problems = []
    if target is QualificationStatus.CONDITIONALLY_APPROVED and not conditions:
        problems.append("A conditional approval names its conditions.")
    if target is QualificationStatus.ON_PROBATION and not conditions:
        problems.append("A probation names what has to be done to end it.")
    if target not in LIMITING and conditions:
        problems.append(f"Conditions do not go with “{_words(target)}”; take them out.")
    problems += [
        f"The condition “{one.text}” was due on {one.due_on.isoformat()}, before today."
        for one in conditions
        if one.due_on is not None and one.is_overdue(today)
    ]
    return tuple(problems)


def requirement_blockers(
    target: QualificationStatus,
    found: Sequence[Requirement],
    conditions: Iterable[Condition],
    today: date,
) -> tuple[str, ...]:
    """Each open requirement that blocks an approval; the first sentence counts them.

    A condition with a due date takes the place of one that is "required", for as long as it runs;
    nothing takes the place of one that is "required before approval".
    """
    lacking = [one for one in found if one.at(Step.APPROVAL) is Effect.BLOCK]
    named = []
    for one in lacking:
        is_firm = one.policy is not None and one.policy.demand is Demand.REQUIRED_BEFORE_APPROVAL
        if target is QualificationStatus.APPROVED or is_firm:
            named.append(f"{one.name}: {one.reason}")
        elif not any(entry.takes_the_place_of(one.kind, today) for entry in conditions):
            named.append(f"{one.name}: {one.reason} Cover it by a condition with a due date.")
    return (f"{open_words(found)}.", *named) if named else ()


def _findings(target: QualificationStatus, found: Sequence[Requirement]) -> tuple[str, ...]:
    if target not in OPENING:
        return ()
    return tuple(
        f"{one.name}: {one.reason}" for one in found if one.at(Step.APPROVAL) is Effect.WARN
    )


def _author_blockers(proposal: Proposal | None, actor_id: int) -> tuple[str, ...]:
    """An approval answers a proposal that somebody else wrote (the four-eyes rule, house)."""
    if proposal is None or proposal.target not in OPENING:
        return ("Nobody has proposed to approve it; an approval answers a proposal.",)
    if proposal.author_id == actor_id:
        return (
            "You wrote this proposal; another person with the right to approve has to sign it.",
        )
    return ()


def _words(status: QualificationStatus) -> str:
    return status.value.replace("_", " ")
