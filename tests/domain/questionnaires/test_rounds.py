"""Where a round stands, when it may be handed over, and who may give which result."""

from datetime import date, timedelta

import pytest

from supplier_qc.domain.catalogue import EvidenceResult
from supplier_qc.domain.questionnaires.judging import (
    Finding,
    FindingKind,
    Judgement,
    OpenQuestion,
)
from supplier_qc.domain.questionnaires.questions import FindingLevel
from supplier_qc.domain.questionnaires.rounds import (
    RoundDates,
    RoundState,
    answering_problems,
    review_problems,
    sending_problems,
)

TODAY = date(2026, 11, 24)
SENT, DUE = TODAY - timedelta(days=30), TODAY - timedelta(days=1)
OPEN = Judgement(("A-01",), (OpenQuestion("A-01", True, "It has no answer."),), ())
CLEAN = Judgement(("A-01",), (), ())
FOUND = Judgement(
    ("A-01",), (), (Finding("A-01", FindingKind.NAMED_ANSWER, FindingLevel.MINOR, "Bad."),)
)
S, F, U = (
    EvidenceResult.SATISFACTORY,
    EvidenceResult.WITH_FINDINGS,
    EvidenceResult.UNSATISFACTORY,
)


@pytest.mark.parametrize(
    ("dates", "state", "is_overdue"),
    [
        (RoundDates(SENT, DUE), RoundState.SENT, True),
        (RoundDates(SENT, TODAY), RoundState.SENT, False),
        (RoundDates(SENT, DUE, TODAY), RoundState.ANSWERED, False),
        (RoundDates(SENT, DUE, TODAY, is_reviewed=True), RoundState.REVIEWED, False),
        (RoundDates(SENT, DUE, withdrawn_on=TODAY), RoundState.WITHDRAWN, False),
    ],
)
def test_a_round_stands(dates: RoundDates, state: RoundState, *, is_overdue: bool) -> None:
    assert dates.state is state
    assert dates.is_overdue(TODAY) is is_overdue


@pytest.mark.parametrize(
    ("sent_on", "due_on", "count"),
    [
        (TODAY, TODAY + timedelta(days=30), 0),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=30), 1),
        (TODAY, TODAY, 1),
        (TODAY + timedelta(days=1), TODAY, 2),
    ],
)
def test_a_round_is_sent_before_it_is_due_and_not_in_the_future(
    sent_on: date, due_on: date, count: int
) -> None:
    assert len(list(sending_problems(sent_on, due_on, TODAY))) == count


@pytest.mark.parametrize(
    ("judgement", "answered_on", "named"),
    [
        (CLEAN, TODAY, []),
        (FOUND, SENT, []),
        (OPEN, TODAY, ["A-01: It has no answer."]),
        (CLEAN, SENT - timedelta(days=1), ["The day of the answer"]),
        (OPEN, TODAY + timedelta(days=1), ["The day of the answer", "A-01"]),
    ],
)
def test_an_incomplete_round_is_not_handed_over(
    judgement: Judgement, answered_on: date, named: list[str]
) -> None:
    found = list(answering_problems(judgement, answered_on, RoundDates(SENT, DUE), TODAY))
    assert len(found) == len(named)
    assert all(one.startswith(words) for one, words in zip(found, named, strict=True))


@pytest.mark.parametrize(
    ("judgement", "result", "reviewer", "count"),
    [
        (CLEAN, S, 2, 0),
        (CLEAN, U, 2, 0),
        (FOUND, F, 2, 0),
        (FOUND, S, 2, 1),
        (OPEN, F, 2, 1),
        (OPEN, U, 2, 0),
        (CLEAN, S, 1, 1),
        (FOUND, S, 1, 2),
    ],
)
def test_who_typed_does_not_review_and_findings_are_not_satisfactory(
    judgement: Judgement, result: EvidenceResult, reviewer: int, count: int
) -> None:
    assert len(list(review_problems(judgement, result, reviewer, {1}))) == count
