"""Corrective actions: days by dated rows, steps in their order, and what closes a request."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.corrective_actions import (
    CorrectiveActionStep,
    RequestFacts,
    StepFacts,
    StepStanding,
    StepTerm,
    clock,
    closing_problems,
    overdue_reasons,
    step_problems,
    term_problems,
)
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.supplier_findings import FindingSeverity

S = CorrectiveActionStep
ISSUED = date(2026, 3, 2)
DAYS = dict(zip(S, (2, 3, 30, 40, 60, 120), strict=True))
REVIEWER, CHECKER = 2, 3
TERMS = tuple(
    StepTerm(FindingSeverity.CRITICAL, step, days, date(2020, 1, 1), "C", "for tests")
    for step, days in DAYS.items()
)


def day(number: int) -> date:
    return ISSUED + timedelta(days=number)


def request(done: Sequence[int] = (), **changes: Any) -> RequestFacts:
    """With the first steps done on these days after the issue, by the reviewer."""
    steps = tuple(
        StepFacts(step, day(DAYS[step]), day(done[place]), REVIEWER)
        if place < len(done)
        else StepFacts(step, day(DAYS[step]))
        for place, step in enumerate(S)
    )
    return replace(RequestFacts(7, ISSUED, steps), **changes)


ALL_DONE = (1, 2, 20, 30, 50, 115)


def test_days_run_from_the_issue_by_the_rows_in_force_on_that_day() -> None:
    later = tuple(replace(one, days=one.days * 2, valid_from=day(1)) for one in TERMS)
    earlier = tuple(replace(one, valid_to=day(1)) for one in TERMS)
    found = clock((*later, *earlier), FindingSeverity.CRITICAL, ISSUED)
    assert [due_on for _, due_on in found] == [day(number) for number in DAYS.values()]


def test_a_step_without_days_is_named_and_nothing_is_issued() -> None:
    with pytest.raises(Refused) as refused:
        clock(TERMS[1:-1], FindingSeverity.CRITICAL, ISSUED)
    assert refused.value.reasons == (
        "Acknowledgement: no number of days is in force for critical findings.",
        "Check of effectiveness: no number of days is in force for critical findings.",
    )


@pytest.mark.parametrize(
    ("done_on", "today", "standing"),
    [
        (day(2), day(9), StepStanding.ON_TIME),
        (day(3), day(9), StepStanding.LATE),
        (None, day(1), StepStanding.WAITING),
        (None, day(2), StepStanding.DUE),
        (None, day(3), StepStanding.OVERDUE),
    ],
    ids=["on its day", "a day late", "before its day", "its day has come", "its day has passed"],
)
def test_a_step_stands_by_its_day(
    done_on: date | None, today: date, standing: StepStanding
) -> None:
    assert StepFacts(S.ACKNOWLEDGEMENT, day(2), done_on).standing(today) is standing


@given(st.integers(-400, 400), st.integers(0, 400))
def test_an_overdue_step_is_never_on_time(due: int, late: int) -> None:
    open_step = StepFacts(S.PLAN, day(due))
    assert open_step.standing(day(due + late + 1)) is StepStanding.OVERDUE
    assert replace(open_step, done_on=day(due + late + 1)).standing(day(due)) is StepStanding.LATE


STEP_CASES = [
    ("the next step", request((1,)), S.CONTAINMENT, 2, REVIEWER, ()),
    (
        "a step before its turn names each open one",
        request((1,)),
        S.PLAN,
        5,
        REVIEWER,
        (
            "Containment is still open; the steps are done in their order.",
            "Root cause is still open; the steps are done in their order.",
        ),
    ),
    ("twice", request((1,)), S.ACKNOWLEDGEMENT, 2, REVIEWER, ("Acknowledgement is done already.",)),
    (
        "a day to come",
        request(),
        S.ACKNOWLEDGEMENT,
        201,
        REVIEWER,
        ("It cannot have been done on 2026-09-19, a day to come.",),
    ),
    (
        "before the issue",
        request(),
        S.ACKNOWLEDGEMENT,
        -1,
        REVIEWER,
        ("The request was issued on 2026-03-02, after that day.",),
    ),
    (
        "before the step that it follows",
        request((4,)),
        S.CONTAINMENT,
        3,
        REVIEWER,
        ("The step before it was done on 2026-03-06, after that day.",),
    ),
    (
        "the author checks the effect",
        request(ALL_DONE[:5]),
        S.EFFECTIVENESS,
        110,
        REVIEWER,
        ("You recorded the actions; another person has to check whether they had an effect.",),
    ),
    ("another checks the effect", request(ALL_DONE[:5]), S.EFFECTIVENESS, 110, CHECKER, ()),
    (
        "too few lots for the check",
        request(ALL_DONE[:5], effectiveness_lots=3, lots_since=2),
        S.EFFECTIVENESS,
        110,
        CHECKER,
        (
            (
                "The check rests on 3 released lots received after the actions were carried out; "
                "2 came so far."
            ),
        ),
    ),
    (
        "closed",
        request(ALL_DONE, closed_on=day(130)),
        S.EFFECTIVENESS,
        120,
        CHECKER,
        (
            "The request was closed on 2026-07-10.",
            "Check of effectiveness is done already.",
        ),
    ),
]


@pytest.mark.parametrize(
    ("asked", "step", "done", "actor", "problems"),
    [case[1:] for case in STEP_CASES],
    ids=[case[0] for case in STEP_CASES],
)
def test_a_step_is_recorded_in_its_turn_by_who_may(
    asked: RequestFacts,
    step: CorrectiveActionStep,
    done: int,
    actor: int,
    problems: tuple[str, ...],
) -> None:
    assert step_problems(asked, step, day(done), actor, day(200)) == problems


@given(st.sets(st.sampled_from(list(S))), st.integers(1, 5))
def test_nothing_is_closed_with_a_step_open_or_by_the_author_of_the_actions(
    done: set[CorrectiveActionStep], actor: int
) -> None:
    steps = tuple(
        StepFacts(
            step, day(9), day(1) if step in done else None, REVIEWER if step in done else None
        )
        for step in S
    )
    problems = closing_problems(RequestFacts(7, ISSUED, steps), actor)
    is_author = actor == REVIEWER and bool(done & {S.PLAN, S.IMPLEMENTATION})
    assert bool(problems) == (len(done) < len(S) or is_author)
    assert all(any(step.words in one for one in problems) for step in set(S) - done)


def test_a_request_without_rows_for_its_steps_cannot_be_closed() -> None:
    assert len(closing_problems(RequestFacts(7, ISSUED, ()), CHECKER)) == len(S)


def test_each_overdue_step_calls_for_a_review_until_it_is_done() -> None:
    assert overdue_reasons(request((1, 2)), day(41)) == (
        "Corrective action request 7 is overdue: root cause was due on 2026-04-01.",
        "Corrective action request 7 is overdue: plan of actions was due on 2026-04-11.",
    )
    assert overdue_reasons(request((1, 2)), day(30)) == ()
    assert overdue_reasons(request(ALL_DONE), day(400)) == ()


@pytest.mark.parametrize(
    ("days", "begins", "problem"),
    [
        (25, 1, None),
        (0, 1, "The days lie between 1 and 730."),
        (25, -1, "The days cannot be changed for days that have passed."),
        (2, 1, "Containment has 3 days and comes before it."),
        (41, 1, "Plan of actions has 40 days and comes after it."),
    ],
)
def test_days_are_superseded_in_the_order_of_the_steps(
    days: int, begins: int, problem: str | None
) -> None:
    term = replace(TERMS[2], days=days, valid_from=day(begins))
    found = term_problems(term, TERMS, ISSUED)
    assert (found == ()) if problem is None else (problem in found)


def test_days_for_the_same_step_begin_after_those_that_stand() -> None:
    standing = (*TERMS, replace(TERMS[2], valid_from=day(10)))
    found = term_problems(replace(TERMS[2], valid_from=day(10)), standing, ISSUED)
    assert found == ("A row for the same begins on that day or later; choose a later day.",)
