"""Requirements ticked against the papers and dates on file."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.catalogue import (
    AuditManner,
    EvidenceKind,
    EvidenceResult,
    Grade,
    RiskClass,
    UseScope,
)
from supplier_qc.domain.months import months_after
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.evidence_policy import (
    Demand,
    EvidencePolicy,
    RequirementKind,
    policies_for,
)
from supplier_qc.domain.qualification.papers import Paper
from supplier_qc.domain.qualification.requirements import (
    Condition,
    Requirement,
    RequirementState,
    SourceFacts,
    due_reasons,
    open_words,
    requirements,
)
from tests.domain.qualification.sources_for_tests import (
    GOOD,
    ISSUED,
    PAPERS,
    POLICIES,
    TODAY,
    E,
    K,
    policy,
    source,
    without,
)

_MET, _EXPIRING, _EXPIRED, _OPEN, _NOT = RequirementState


def one(
    kind: RequirementKind,
    facts: SourceFacts,
    policies: tuple[EvidencePolicy, ...] = POLICIES,
    today: date = TODAY,
) -> Requirement:
    return next(found for found in requirements(facts, policies, today) if found.kind is kind)


def test_a_source_with_every_paper_meets_all_that_is_required() -> None:
    found = requirements(source(), POLICIES, TODAY)
    assert open_words(found) == "All 9 requirements are met"
    assert {entry.state for entry in found if entry.is_required and entry.is_asked} == {_MET}


@pytest.mark.parametrize(
    ("kind", "paper", "state", "words"),
    [
        (K.QUESTIONNAIRE, {"issued_on": date(2024, 11, 25)}, _EXPIRING, "until 2026-11-24"),
        (K.QUESTIONNAIRE, {"issued_on": date(2024, 11, 24)}, _EXPIRED, "ended on 2026-11-23"),
        (K.QUESTIONNAIRE, {"expires_on": TODAY}, _EXPIRING, "until 2026-11-24"),
        (K.QUESTIONNAIRE, {"issued_on": None}, _OPEN, "day of issue is not recorded"),
        (K.QUESTIONNAIRE, {"issued_on": date(2026, 11, 25)}, _OPEN, "still to come"),
        (K.QUESTIONNAIRE, {"result": None}, _OPEN, "result is not recorded"),
        (K.QUESTIONNAIRE, {"result": EvidenceResult.UNSATISFACTORY}, _OPEN, "unsatisfactory"),
        (K.QUESTIONNAIRE, {"result": EvidenceResult.WITH_FINDINGS}, _MET, "until 2028-05-31"),
        (K.AUDIT, {"manner": AuditManner.REMOTE}, _OPEN, "done remotely, on site is asked for"),
        (K.AUDIT, {"manner": AuditManner.PAPER}, _OPEN, "done on paper, on site is asked for"),
        (K.AUDIT, {"manner": AuditManner.SHARED}, _MET, "until 2029-05-31"),
        (K.AUDIT, {"manner": None}, _OPEN, "how it was done is not recorded"),
        (K.CHANGE_NOTIFICATION, {"change_notice_months": 5}, _OPEN, "5 months of notice, 6 are"),
        (K.CHANGE_NOTIFICATION, {"change_notice_months": None}, _OPEN, "not recorded (6 are"),
        (K.QUALITY_AGREEMENT, {"change_notice_months": None}, _MET, "until 2029-05-31"),
        (K.CERTIFICATE, {"expires_on": None}, _OPEN, "does not say until when it holds"),
        (K.CERTIFICATE, {"expires_on": TODAY - timedelta(days=1)}, _EXPIRED, "ended on 2026-11-23"),
        (K.QUALIFICATION_LOTS, {"lots": 2}, _OPEN, "2 lots, 3 are asked for"),
        (K.QUALIFICATION_LOTS, {"lots": None}, _OPEN, "number of lots is not recorded"),
        (K.QUALIFICATION_LOTS, {"lots": 3}, _MET, "no end stated"),
    ],
)
def test_a_paper_counts_only_with_all_that_the_policy_asks(
    kind: RequirementKind, paper: dict[str, Any], state: RequirementState, words: str
) -> None:
    answered = {
        K.QUESTIONNAIRE: E.QUESTIONNAIRE,
        K.AUDIT: E.AUDIT_REPORT,
        K.CHANGE_NOTIFICATION: E.QUALITY_AGREEMENT,
        K.QUALITY_AGREEMENT: E.QUALITY_AGREEMENT,
        K.CERTIFICATE: E.CERTIFICATE,
        K.QUALIFICATION_LOTS: E.QUALIFICATION_LOTS,
    }[kind]
    papers = tuple(replace(this, **paper) if this.kind is answered else this for this in PAPERS)
    found = one(kind, source(papers=papers))
    assert found.state is state, found.reason
    assert words in found.reason


FINE, BAD = EvidenceResult.SATISFACTORY, EvidenceResult.UNSATISFACTORY


@pytest.mark.parametrize(
    ("papers", "state"),
    [
        ([("Viral safety", 2, FINE), ("Viral safety", 1, BAD)], _OPEN),
        ([("Viral safety", 2, BAD), ("Viral safety", 1, FINE)], _MET),
        ([("Viral safety", 2, BAD), ("viral  safety", 1, FINE)], _MET),
        ([("Viral safety", 2, BAD), ("Quality system", 1, FINE)], _OPEN),
        ([("Viral safety", 2, FINE), ("Quality system", 1, BAD)], _OPEN),
    ],
)
def test_an_older_good_questionnaire_does_not_outweigh_an_unsatisfactory_one(
    papers: list[tuple[str, int, EvidenceResult]], state: RequirementState
) -> None:
    """Title, age in months and result; of one title the later one stands."""
    told = tuple(
        Paper(100 + place, E.QUESTIONNAIRE, title, months_after(TODAY, -age), result=result)
        for place, (title, age, result) in enumerate(papers)
    )
    assert one(K.QUESTIONNAIRE, source(papers=(*without(E.QUESTIONNAIRE), *told))).state is state


def test_an_unsatisfactory_audit_stands_until_a_later_one_of_any_title() -> None:
    audit = next(paper for paper in PAPERS if paper.kind is E.AUDIT_REPORT)
    bad = replace(audit, id=99, title="For cause", issued_on=TODAY, result=BAD)
    assert one(K.AUDIT, source(papers=(*PAPERS, bad))).state is _OPEN
    later = replace(audit, id=100, title="Again", issued_on=TODAY)
    assert one(K.AUDIT, source(papers=(*PAPERS, bad, later))).state is _MET


@pytest.mark.parametrize("kind", [entry.kind for entry in PAPERS])
def test_nothing_on_file_is_open(kind: EvidenceKind) -> None:
    found = requirements(source(papers=without(kind)), POLICIES, TODAY)
    assert "Nothing is on file." in {entry.reason for entry in found if entry.state is _OPEN}


def test_all_faults_of_a_paper_are_named_at_once() -> None:
    audit = Paper(9, E.AUDIT_REPORT, "Visit")
    found = one(K.AUDIT, source(papers=(audit,)))
    for words in ("day of issue", "result is not recorded", "how it was done"):
        assert words in found.reason


def test_the_paper_that_holds_longest_counts() -> None:
    older = Paper(8, E.QUESTIONNAIRE, "Last round", date(2022, 1, 1), result=GOOD)
    found = one(K.QUESTIONNAIRE, source(papers=(older, *PAPERS)))
    assert (found.state, found.paper_id) == (_MET, 1)


@pytest.mark.parametrize(
    ("grade", "use", "state"),
    [
        (Grade.RUO, UseScope.RESEARCH, _MET),
        (Grade.RUO, UseScope.PHASE_1_2, _OPEN),
        (Grade.UNKNOWN, UseScope.PHASE_1_2, _OPEN),
        (Grade.IVD, UseScope.PHASE_1_2, _MET),
        (Grade.GMP_FOR_FURTHER_MANUFACTURE, UseScope.COMMERCIAL, _MET),
    ],
)
def test_a_research_grade_fits_research_alone(
    grade: Grade, use: UseScope, state: RequirementState
) -> None:
    assert one(K.GRADE_FOR_USE, source(grade=grade, use_scope=use)).state is state


def test_a_justification_helps_a_research_grade_only_where_the_policy_takes_one() -> None:
    paper = Paper(7, E.GRADE_JUSTIFICATION, "Why this grade", ISSUED)
    facts = source(grade=Grade.RUO, papers=(*PAPERS, paper))
    assert one(K.GRADE_FOR_USE, facts).state is _MET
    firm = policy(
        K.GRADE_FOR_USE,
        demand=Demand.REQUIRED_BEFORE_APPROVAL,
        use_scope=UseScope.PHASE_3,
    )
    late = one(K.GRADE_FOR_USE, replace(facts, use_scope=UseScope.PHASE_3), (*POLICIES, firm))
    assert late.state is _OPEN
    assert "only another grade helps" in late.reason


def test_a_condition_stands_in_for_a_requirement_until_its_day_and_no_longer() -> None:
    condition = Condition("Answer the questionnaire", TODAY, K.QUESTIONNAIRE)
    facts = source(papers=without(E.QUESTIONNAIRE), conditions=(condition,))
    assert one(K.QUESTIONNAIRE, facts).covered_until == TODAY
    tomorrow = TODAY + timedelta(days=1)
    assert one(K.QUESTIONNAIRE, facts, today=tomorrow).covered_until is None
    overdue = one(K.CONDITIONS_IN_TIME, facts, today=tomorrow)
    assert (overdue.state, overdue.days_left) == (_EXPIRED, -1)
    assert "Answer the questionnaire" in overdue.reason


@pytest.mark.parametrize(
    ("due_on", "state"),
    [
        (None, _OPEN),
        (TODAY - timedelta(days=1), _EXPIRED),
        (TODAY, _EXPIRING),
        (date(2027, 11, 24), _MET),
    ],
)
def test_a_source_in_use_without_a_day_of_requalification_is_not_in_order(
    due_on: date | None, state: RequirementState
) -> None:
    found = one(K.REQUALIFICATION_IN_TIME, source(requalification_due_on=due_on))
    assert found.state is state


def test_a_source_is_due_when_its_day_is_reached_or_a_paper_has_run_out() -> None:
    facts = source(requalification_due_on=TODAY, open_causes=("Origin list of May.",))
    papers = tuple(
        replace(this, expires_on=date(2026, 11, 1)) if this.kind is E.CERTIFICATE else this
        for this in PAPERS
    )
    facts = replace(facts, papers=papers)
    reasons = due_reasons(facts, requirements(facts, POLICIES, TODAY), TODAY)
    assert len(reasons) == 3
    assert "was due on 2026-11-24" in reasons[0]
    assert "Certificate" in reasons[1]
    proposed = replace(facts, status=QualificationStatus.PROPOSED)
    assert due_reasons(proposed, requirements(proposed, POLICIES, TODAY), TODAY) == ()


def test_the_most_specific_row_counts_and_of_those_the_newest() -> None:
    general = policy(K.AUDIT, row_id=1)
    newer = policy(K.AUDIT, row_id=2, valid_from=date(2025, 1, 1))
    for_use = policy(K.AUDIT, row_id=3, use_scope=UseScope.PHASE_1_2)
    ended = policy(K.AUDIT, row_id=4, valid_from=date(2025, 6, 1), valid_to=TODAY)
    facts = source()

    def chosen(*rows: EvidencePolicy) -> int | None:
        found = policies_for(rows, facts.risk_class, facts.category, facts.use_scope, TODAY)
        return found[K.AUDIT].row_id

    assert chosen(general, newer, ended) == 2
    assert chosen(for_use, general, newer, ended) == 3


def test_what_no_row_asks_for_is_not_applicable_and_says_so() -> None:
    found = requirements(source(risk_class=RiskClass.MINOR), POLICIES, TODAY)
    assert {entry.state for entry in found} == {_NOT}
    assert "No policy row asks for it of minor materials" in found[0].reason


@given(days=st.integers(-4000, 4000), age=st.integers(0, 4000))
def test_no_paper_counts_a_day_longer_than_it_says_or_the_policy_allows(
    days: int, age: int
) -> None:
    issued_on = TODAY - timedelta(days=age)
    expires_on = TODAY + timedelta(days=days)
    paper = Paper(1, E.QUESTIONNAIRE, "Round", issued_on, expires_on, GOOD)
    found = one(K.QUESTIONNAIRE, source(papers=(paper,)))
    if found.state in {_MET, _EXPIRING}:
        assert expires_on >= TODAY
        assert age <= 24 * 31
    else:
        assert found.state is _EXPIRED
