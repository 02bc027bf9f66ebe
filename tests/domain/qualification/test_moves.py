"""Which decisions are open, with every blocker; none leads past an open one or one's own pen."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.catalogue import Grade, UseScope
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.evidence_policy import Demand, Effect, Step
from supplier_qc.domain.qualification.moves import (
    Move,
    Proposal,
    condition_problems,
    decision,
    move_blockers,
    moves,
)
from supplier_qc.domain.qualification.papers import Paper
from supplier_qc.domain.qualification.requirements import (
    Condition,
    SourceFacts,
    requirements,
)
from supplier_qc.domain.qualification.states import DECISIONS, OPENING
from tests.domain.qualification.sources_for_tests import (
    PAPERS,
    POLICIES,
    TODAY,
    E,
    K,
    policy,
    source,
    without,
)

_S = QualificationStatus
ANA, BEA = 1, 2
BY_ANA = Proposal(_S.APPROVED, ANA)
LATER = date(2027, 3, 31)
_STATES = (
    "proposed",
    "under_evaluation",
    "conditionally_approved",
    "approved",
    "on_probation",
    "suspended",
    "disqualified",
    "retired",
)
# A row is where a source stands, a column where it may go; + open, . closed.
_TABLE = """
proposed                . + + + . . + +
under_evaluation        . . + + . . + +
conditionally_approved  . . + + + + + +
approved                . . + + + + + +
on_probation            . . + + + + + +
suspended               . . + + + . + +
disqualified            . . . . . . . .
retired                 . + . . . . . .
"""
TRANSITIONS = [
    (_S(line.split()[0]), _S(target), sign == "+")
    for line in _TABLE.strip().splitlines()
    for target, sign in zip(_STATES, line.split()[1:], strict=True)
]


@pytest.mark.parametrize(("status", "target", "is_open"), TRANSITIONS)
def test_a_source_moves_only_along_the_table(
    status: QualificationStatus, target: QualificationStatus, *, is_open: bool
) -> None:
    assert (move_blockers(status, target) == ()) is is_open


def test_the_table_names_every_state_twice() -> None:
    assert {_S(name) for name in _STATES} == set(_S)
    assert len(TRANSITIONS) == len(_S) ** 2


def decide(
    facts: SourceFacts,
    target: QualificationStatus = _S.APPROVED,
    *conditions: Condition,
    proposal: Proposal | None = BY_ANA,
    actor: int = BEA,
) -> Move:
    found = requirements(facts, POLICIES, TODAY)
    return decision(facts, found, proposal, actor, target, conditions, TODAY)


def test_a_complete_source_is_approved_by_another_person() -> None:
    assert decide(source(status=_S.PROPOSED)).is_open


@pytest.mark.parametrize("target", sorted(OPENING))
def test_nobody_approves_what_they_proposed(target: QualificationStatus) -> None:
    condition = Condition("Three lots only.")
    named = () if target is _S.APPROVED else (condition,)
    move = decide(source(), target, *named, actor=ANA)
    assert move.blockers == (
        "You wrote this proposal; another person with the right to approve has to sign it.",
    )


@pytest.mark.parametrize("proposal", [None, Proposal(_S.SUSPENDED, ANA)])
def test_an_approval_answers_a_proposal_to_approve(proposal: Proposal | None) -> None:
    assert decide(source(), proposal=proposal).blockers == (
        "Nobody has proposed to approve it; an approval answers a proposal.",
    )


@pytest.mark.parametrize(
    ("target", "conditions"),
    [
        (_S.SUSPENDED, ()),
        (_S.RETIRED, ()),
        (_S.DISQUALIFIED, ()),
        (_S.ON_PROBATION, (Condition("Until the next audit.", LATER),)),
    ],
)
def test_a_source_is_closed_without_a_proposal_and_with_requirements_open(
    target: QualificationStatus, conditions: tuple[Condition, ...]
) -> None:
    assert decide(source(papers=()), target, *conditions, proposal=None).is_open


def test_all_blockers_are_named_at_once_and_counted() -> None:
    facts = source(
        status=_S.PROPOSED,
        papers=tuple(one for one in PAPERS if one.kind in {E.AUDIT_REPORT, E.CERTIFICATE}),
    )
    blockers = decide(facts, actor=ANA).blockers
    assert blockers[1] == "4 of 8 requirements are open."
    assert [words.partition(":")[0] for words in blockers[2:]] == [
        "Questionnaire",
        "Quality agreement",
        "Notice of changes",
        "Qualification lots",
    ]
    assert "You wrote this proposal" in blockers[0]


def test_a_condition_with_a_day_takes_the_place_of_a_required_paper() -> None:
    facts = source(status=_S.PROPOSED, papers=without(E.QUESTIONNAIRE))
    covered = Condition("Answer it.", LATER, K.QUESTIONNAIRE)
    other = Condition("Three lots only.")
    assert decide(facts, _S.CONDITIONALLY_APPROVED, covered).is_open
    blocked = decide(facts, _S.CONDITIONALLY_APPROVED, other).blockers
    assert "Cover it by a condition with a due date." in blocked[1]
    assert not decide(facts, _S.APPROVED).is_open


def test_nothing_takes_the_place_of_what_is_required_before_approval() -> None:
    facts = source(status=_S.PROPOSED, papers=without(E.AUDIT_REPORT))
    covered = Condition("Audit them.", LATER, K.AUDIT)
    assert decide(facts, _S.CONDITIONALLY_APPROVED, covered).blockers == (
        "1 of 8 requirements is open.",
        "Audit: Nothing is on file.",
    )


def test_an_overdue_condition_blocks_the_next_full_approval() -> None:
    overdue = Condition("Third lot.", TODAY - timedelta(days=1))
    facts = source(status=_S.CONDITIONALLY_APPROVED, conditions=(overdue,))
    assert "Conditions fulfilled in time" in decide(facts).blockers[1]


@pytest.mark.parametrize(
    ("use", "demand", "is_open"),
    [
        (UseScope.PHASE_1_2, Demand.REQUIRED, True),
        (UseScope.PHASE_3, Demand.REQUIRED_BEFORE_APPROVAL, False),
    ],
)
def test_a_research_grade_may_wait_in_phase_1_and_never_in_phase_3(
    use: UseScope, demand: Demand, *, is_open: bool
) -> None:
    facts = source(status=_S.PROPOSED, grade=Grade.RUO, use_scope=use)
    rows = (*POLICIES, policy(K.GRADE_FOR_USE, use_scope=use, demand=demand))
    covered = Condition("Justify the grade.", LATER, K.GRADE_FOR_USE)
    found = requirements(facts, rows, TODAY)
    move = decision(
        facts,
        found,
        BY_ANA,
        BEA,
        _S.CONDITIONALLY_APPROVED,
        (covered,),
        TODAY,
    )
    assert move.is_open is is_open


def test_what_only_warns_is_a_finding_and_no_blocker() -> None:
    facts = source(status=_S.PROPOSED, papers=without(E.CERTIFICATE))
    rows = (*POLICIES, policy(K.CERTIFICATE, use_scope=facts.use_scope, at_approval=Effect.WARN))
    found = requirements(facts, rows, TODAY)
    move = decision(facts, found, BY_ANA, BEA, _S.APPROVED, (), TODAY)
    assert (move.blockers, move.findings) == ((), ("Certificate: Nothing is on file.",))


@pytest.mark.parametrize(
    ("target", "conditions", "words"),
    [
        (_S.CONDITIONALLY_APPROVED, (), "names its conditions"),
        (_S.ON_PROBATION, (), "names what has to be done"),
        (_S.APPROVED, (Condition("x"),), "do not go with “approved”"),
        (_S.CONDITIONALLY_APPROVED, (Condition("x", date(2026, 11, 23)),), "before today"),
    ],
)
def test_conditions_fit_the_decision(
    target: QualificationStatus, conditions: tuple[Condition, ...], words: str
) -> None:
    (problem,) = condition_problems(target, conditions, TODAY)
    assert words in problem


_conditions = st.lists(
    st.builds(
        Condition,
        text=st.just("Something to do."),
        due_on=st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
        covers=st.none() | st.sampled_from(list(K)),
    ),
    max_size=4,
).map(tuple)


@given(
    status=st.sampled_from(list(_S)),
    papers=st.lists(st.sampled_from(PAPERS), unique=True).map(tuple),
    grade=st.sampled_from(list(Grade)),
    use=st.sampled_from(list(UseScope)),
    conditions=_conditions,
    proposal=st.none()
    | st.builds(
        Proposal,
        target=st.sampled_from(DECISIONS),
        author_id=st.integers(1, 2),
        conditions=_conditions,
    ),
    actor=st.integers(1, 2),
)
def test_no_path_reaches_approved_with_an_open_blocker_or_by_its_author(
    status: QualificationStatus,
    papers: tuple[Paper, ...],
    grade: Grade,
    use: UseScope,
    conditions: tuple[Condition, ...],
    proposal: Proposal | None,
    actor: int,
) -> None:
    facts = source(status=status, papers=papers, grade=grade, use_scope=use, conditions=conditions)
    found = requirements(facts, POLICIES, TODAY)
    blocking = [one for one in found if one.at(Step.APPROVAL) is Effect.BLOCK]
    firm = [one for one in blocking if one.policy and one.policy.demand is not Demand.REQUIRED]
    for move in moves(facts, found, proposal, actor, TODAY):
        if move.target in OPENING and move.is_open:
            assert proposal is not None
            assert proposal.author_id != actor
            assert not firm
            assert move.target is not _S.APPROVED or not blocking
            covered = {one.covers for one in proposal.conditions}
            assert {one.kind for one in blocking} <= covered
