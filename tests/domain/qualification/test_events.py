"""Open notices, critical findings and late corrective actions, as requirements of a source."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.corrective_actions import CorrectiveActionStep, RequestFacts, StepFacts
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.buying import BuyVerdict, may_buy
from supplier_qc.domain.qualification.closed_sources import closed_source_blockers
from supplier_qc.domain.qualification.events import SourceEvents
from supplier_qc.domain.qualification.evidence_policy import Effect, RequirementKind
from supplier_qc.domain.qualification.requirements import (
    Condition,
    Requirement,
    RequirementState,
    SourceFacts,
    due_reasons,
    requirements,
)
from tests.domain.qualification.sources_for_tests import POLICIES, TODAY, policy, source

K = RequirementKind
ROWS = (
    *POLICIES,
    policy(K.RECALLS_ASSESSED, at_order=Effect.BLOCK),
    policy(K.CHANGES_ASSESSED, at_approval=Effect.WARN),
    policy(K.FINDINGS_CLOSED, at_order=Effect.BLOCK),
)
RECALL, CHANGE, FINDING = "Recall 1 is open.", "Change 2 is open.", "Critical finding 3 is open."


def running(due_in_days: int) -> SourceEvents:
    step = StepFacts(CorrectiveActionStep.ROOT_CAUSE, TODAY + timedelta(days=due_in_days))
    return SourceEvents(requests=(RequestFacts(5, TODAY - timedelta(days=40), (step,)),))


def with_events(events: SourceEvents) -> SourceFacts:
    return replace(source(), events=events)


def one(kind: RequirementKind, events: SourceEvents, today: date = TODAY) -> Requirement:
    found = requirements(with_events(events), ROWS, today)
    return next(row for row in found if row.kind is kind)


@pytest.mark.parametrize(
    ("kind", "events", "state", "reason"),
    [
        (K.RECALLS_ASSESSED, SourceEvents(recalls=(RECALL,)), RequirementState.OPEN, RECALL),
        (K.CHANGES_ASSESSED, SourceEvents(changes=(CHANGE,)), RequirementState.OPEN, CHANGE),
        (K.FINDINGS_CLOSED, SourceEvents(findings=(FINDING,)), RequirementState.OPEN, FINDING),
        (
            K.RECALLS_ASSESSED,
            SourceEvents(changes=(CHANGE,), findings=(FINDING,)),
            RequirementState.MET,
            "No recall or defect waits for its assessment.",
        ),
        (
            K.FINDINGS_CLOSED,
            running(-1),
            RequirementState.OPEN,
            "Corrective action request 5 is overdue: root cause was due on 2026-11-23.",
        ),
        (
            K.FINDINGS_CLOSED,
            running(0),
            RequirementState.EXPIRING,
            "The next step of a corrective action is in time, until 2026-11-24.",
        ),
    ],
)
def test_what_is_open_opens_its_own_requirement(
    kind: RequirementKind, events: SourceEvents, state: RequirementState, reason: str
) -> None:
    found = one(kind, events)
    assert (found.state, found.reason) == (state, reason)


def test_an_unassessed_recall_stops_the_order_and_a_change_warns() -> None:
    answer = may_buy(with_events(SourceEvents((RECALL,), (CHANGE,))), ROWS, TODAY)
    assert answer.verdict is BuyVerdict.NO
    assert answer.reasons == (
        f"Recalls and defects assessed: {RECALL}",
        f"Notices of changes assessed: {CHANGE}",
    )
    warned = may_buy(with_events(SourceEvents(changes=(CHANGE,))), ROWS, TODAY)
    assert warned.verdict is BuyVerdict.WITH_CONDITIONS


def test_the_answer_holds_until_the_next_day_of_a_corrective_action() -> None:
    facts = with_events(running(12))
    assert may_buy(facts, ROWS, TODAY).holds_until == TODAY + timedelta(days=12)
    assert may_buy(facts, ROWS, TODAY + timedelta(days=13)).verdict is BuyVerdict.NO


def test_a_condition_with_a_day_stands_in_for_an_open_finding() -> None:
    until = TODAY + timedelta(days=30)
    condition = Condition("Answer the finding.", until, K.FINDINGS_CLOSED)
    facts = replace(with_events(SourceEvents(findings=(FINDING,))), conditions=(condition,))
    assert may_buy(facts, ROWS, TODAY).verdict is BuyVerdict.WITH_CONDITIONS


def test_an_overdue_step_makes_a_source_in_use_due_for_review() -> None:
    facts = with_events(running(-1))
    reasons = due_reasons(facts, requirements(facts, ROWS, TODAY), TODAY)
    assert reasons == ("Corrective action request 5 is overdue: root cause was due on 2026-11-23.",)
    retired = replace(facts, status=QualificationStatus.RETIRED)
    assert due_reasons(retired, requirements(retired, ROWS, TODAY), TODAY) == ()


def test_lots_of_a_closed_source_are_not_released_and_the_reason_names_the_use() -> None:
    uses = [(UseScope.PHASE_1_2, status) for status in QualificationStatus]
    assert closed_source_blockers(uses) == (
        "Its source is suspended for phase 1/2; its lots are not released.",
        "Its source is disqualified for phase 1/2; its lots are not released.",
    )
