"""Corrective action requests to suppliers: steps with their days, and what closes a request.

The order of the steps and their days are a convention of the field (no legal source); the days are
dated rows of the installation and are fixed on a request when it is issued.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from supplier_qc.domain.dated_rows import DatedRow
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.supplier_findings import FindingSeverity


class CorrectiveActionStep(StrEnum):
    """In the order in which they are done."""

    ACKNOWLEDGEMENT = "acknowledgement"
    CONTAINMENT = "containment"
    ROOT_CAUSE = "root_cause"
    PLAN = "plan"
    IMPLEMENTATION = "implementation"
    EFFECTIVENESS = "effectiveness"

    @property
    def words(self) -> str:
        return _WORDS[self]


_S = CorrectiveActionStep
_WORDS = {
    _S.ACKNOWLEDGEMENT: "Acknowledgement",
    _S.CONTAINMENT: "Containment",
    _S.ROOT_CAUSE: "Root cause",
    _S.PLAN: "Plan of actions",
    _S.IMPLEMENTATION: "Actions carried out",
    _S.EFFECTIVENESS: "Check of effectiveness",
}
ACTIONS = frozenset({_S.PLAN, _S.IMPLEMENTATION})
"""Steps whose authors may judge neither the effect nor the end of a request."""


class StepStanding(StrEnum):
    ON_TIME = "on_time"  # done on its day or before
    LATE = "late"  # done after its day
    WAITING = "waiting"  # not due yet
    DUE = "due"  # due today
    OVERDUE = "overdue"

    @property
    def is_open(self) -> bool:
        return self not in {StepStanding.ON_TIME, StepStanding.LATE}


@dataclass(frozen=True, slots=True)
class StepTerm(DatedRow):
    """Days from the issue of a request to the due day of a step; `mark` is V, V2, K or C."""

    severity: FindingSeverity
    step: CorrectiveActionStep
    days: int
    valid_from: date
    mark: str
    source: str
    valid_to: date | None = None
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A step as it stands; `recorded_by_id` is who recorded that it was done."""

    step: CorrectiveActionStep
    due_on: date
    done_on: date | None = None
    recorded_by_id: int | None = None

    def standing(self, today: date) -> StepStanding:
        if self.done_on is not None:
            late = self.done_on > self.due_on
            return StepStanding.LATE if late else StepStanding.ON_TIME
        if self.due_on < today:
            return StepStanding.OVERDUE
        return StepStanding.DUE if self.due_on == today else StepStanding.WAITING


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """`effectiveness_lots`: how many good lots the check of effectiveness rests on (None: the
    days alone); `lots_since`: lots released that came in after the actions were carried out.
    """

    id: int
    issued_on: date
    steps: tuple[StepFacts, ...]
    closed_on: date | None = None
    effectiveness_lots: int | None = None
    lots_since: int = 0

    @property
    def next_step(self) -> StepFacts | None:
        """The first one that is not done."""
        return next((one for one in in_order(self.steps) if one.done_on is None), None)

    def overdue(self, today: date) -> tuple[StepFacts, ...]:
        if self.closed_on is not None:
            return ()
        return tuple(
            one for one in in_order(self.steps) if one.standing(today) is StepStanding.OVERDUE
        )


def in_order(steps: Iterable[StepFacts]) -> list[StepFacts]:
    order = list(CorrectiveActionStep)
    return sorted(steps, key=lambda one: order.index(one.step))


def clock(
    terms: Iterable[StepTerm], severity: FindingSeverity, issued_on: date
) -> tuple[tuple[StepTerm, date], ...]:
    """Each step's term and due day. Raises Refused where a step has no term in force."""
    in_force = {
        one.step: one for one in terms if one.severity is severity and one.is_in_force(issued_on)
    }
    Refused.unless_empty(_missing_terms(in_force, severity))
    return tuple(
        (in_force[step], issued_on + timedelta(days=in_force[step].days))
        for step in CorrectiveActionStep
    )


def _missing_terms(
    in_force: Iterable[CorrectiveActionStep], severity: FindingSeverity
) -> list[str]:
    known = set(in_force)
    return [
        f"{step.words}: no number of days is in force for {severity.value} findings."
        for step in CorrectiveActionStep
        if step not in known
    ]


def step_problems(
    request: RequestFacts,
    step: CorrectiveActionStep,
    done_on: date,
    actor_id: int | None,
    today: date,
) -> tuple[str, ...]:
    """Every reason why a step cannot be recorded as done on a day by this person."""
    return tuple(_step_problems(request, step, done_on, actor_id, today))


def _step_problems(
    request: RequestFacts,
    step: CorrectiveActionStep,
    done_on: date,
    actor_id: int | None,
    today: date,
) -> Iterator[str]:
    order = list(CorrectiveActionStep)
    before = [one for one in request.steps if order.index(one.step) < order.index(step)]
    if request.closed_on is not None:
        yield f"The request was closed on {request.closed_on.isoformat()}."
    if any(one.step is step and one.done_on is not None for one in request.steps):
        yield f"{step.words} is done already."
    for one in in_order(before):
        if one.done_on is None:
            yield f"{one.step.words} is still open; the steps are done in their order."
    yield from _day_problems(request, before, done_on, today)
    if step is CorrectiveActionStep.EFFECTIVENESS:
        yield from _author_problems(request, actor_id, "check whether they had an effect")
        yield from _lot_problems(request)


def _day_problems(
    request: RequestFacts, before: Sequence[StepFacts], done_on: date, today: date
) -> Iterator[str]:
    if done_on > today:
        yield f"It cannot have been done on {done_on.isoformat()}, a day to come."
    if done_on < request.issued_on:
        yield f"The request was issued on {request.issued_on.isoformat()}, after that day."
    latest = max((one.done_on for one in before if one.done_on), default=None)
    if latest is not None and done_on < latest:
        yield f"The step before it was done on {latest.isoformat()}, after that day."


def _author_problems(request: RequestFacts, actor_id: int | None, what: str) -> Iterator[str]:
    """The four-eyes rule (house): nobody judges their own actions."""
    authors = {one.recorded_by_id for one in request.steps if one.step in ACTIONS}
    if actor_id is not None and actor_id in authors:
        yield f"You recorded the actions; another person has to {what}."


def _lot_problems(request: RequestFacts) -> Iterator[str]:
    asked = request.effectiveness_lots
    if asked is not None and request.lots_since < asked:
        yield (
            f"The check rests on {asked} released lots received after the actions were carried "
            f"out; {request.lots_since} came so far."
        )


def closing_problems(request: RequestFacts, actor_id: int | None) -> tuple[str, ...]:
    """Every reason why this person cannot close a request, whatever the conclusion."""
    problems = []
    if request.closed_on is not None:
        problems.append(f"The request was closed on {request.closed_on.isoformat()}.")
    done = {one.step for one in request.steps if one.done_on is not None}
    problems += [
        f"{step.words} is still open." for step in CorrectiveActionStep if step not in done
    ]
    problems += _author_problems(request, actor_id, "close the request")
    return tuple(problems)


def overdue_reasons(request: RequestFacts, today: date) -> tuple[str, ...]:
    """What calls for a review of the sources: each step that is past its day and not done."""
    return tuple(
        f"Corrective action request {request.id} is overdue: {one.step.words.lower()} was due on "
        f"{one.due_on.isoformat()}."
        for one in request.overdue(today)
    )


def term_problems(term: StepTerm, standing: Iterable[StepTerm], today: date) -> tuple[str, ...]:
    """Every reason why a number of days cannot take the place of the one that stands."""
    rows = list(standing)
    problems = []
    if not 1 <= term.days <= MOST_DAYS:
        problems.append(f"The days lie between 1 and {MOST_DAYS}.")
    if term.valid_from < today:
        problems.append("The days cannot be changed for days that have passed.")
    same = [one for one in rows if one.severity is term.severity and one.step is term.step]
    if any(term.valid_from <= one.valid_from for one in same):
        problems.append("A row for the same begins on that day or later; choose a later day.")
    return (*problems, *_order_problems(term, rows))


def _order_problems(term: StepTerm, rows: Iterable[StepTerm]) -> Iterator[str]:
    """No step may fall due before the one that it follows."""
    order = list(CorrectiveActionStep)
    for one in rows:
        if one.severity is not term.severity or not one.is_in_force(term.valid_from):
            continue
        places = order.index(one.step) - order.index(term.step)
        if places < 0 and one.days > term.days:
            yield f"{one.step.words} has {one.days} days and comes before it."
        if places > 0 and one.days < term.days:
            yield f"{one.step.words} has {one.days} days and comes after it."


MOST_DAYS = 730
