"""A decision is proposed, signed as yes or as no, and its conditions are fulfilled in time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.people import Actor, Role
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.evidence_policy import RequirementKind
from supplier_qc.domain.qualification.records import DecisionKind, DecisionOutcome
from supplier_qc.domain.qualification.requirements import Condition
from supplier_qc.domain.refusals import ChangedMeanwhile, Refused
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import (
    Qualification,
    QualificationCondition,
    QualificationDecision,
    QualificationState,
    Signature,
)
from supplier_qc.queries.source_page import SourcePage, get_source_page
from supplier_qc.services.qualifications import (
    Decision,
    decide_qualification,
    decline_decision,
)
from supplier_qc.services.source_evaluation import (
    begin_evaluation,
    fulfil_condition,
    propose_decision,
)
from supplier_qc.services.source_records import DecisionDraft
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import (
    decide_made_qualification,
    make_qualification,
    make_required_papers,
)
from tests.people import PASSWORD

ANA = actor_of(Role.PROCUREMENT)
BEA = actor_of(Role.QA_APPROVER)
_S = QualificationStatus
LATER = date(2027, 3, 31)
AUDIT = Condition("Answer the questionnaire.", LATER, RequirementKind.QUESTIONNAIRE)


def page(sessions: sessionmaker[Session], number: int, today: date = TODAY) -> SourcePage:
    with reading(sessions) as session:
        found = get_source_page(session, number, today)
    assert found is not None
    return found


def propose(
    sessions: sessionmaker[Session],
    number: int,
    draft: DecisionDraft,
    actor: Actor = ANA,
) -> int:
    version = page(sessions, number).source.version
    return propose_decision(sessions, number, draft, version=version, actor=actor, now=NOW)


def test_the_state_stays_what_it_is_until_the_decision_is_signed(
    sessions: sessionmaker[Session],
) -> None:
    number = make_qualification(sessions)
    propose(sessions, number, DecisionDraft(_S.SUSPENDED, "Two lots failed."))
    found = page(sessions, number)
    assert found.source.facts.status is _S.APPROVED
    assert found.proposal is not None
    assert found.proposal.proposed is _S.SUSPENDED


def test_a_no_is_signed_and_changes_nothing_else(sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions)
    propose(sessions, number, DecisionDraft(_S.DISQUALIFIED, "Too dear."))
    decline_decision(
        sessions,
        number,
        version=page(sessions, number).source.version,
        reason="Price is no ground.",
        password=PASSWORD,
        actor=BEA,
        now=NOW,
    )
    found = page(sessions, number)
    assert (found.source.facts.status, found.proposal) == (_S.APPROVED, None)
    assert found.decisions[0].outcome is DecisionOutcome.DECLINED
    assert found.decisions[0].reason == "Price is no ground."
    with reading(sessions) as session:
        last = session.scalars(select(Signature).order_by(Signature.id.desc())).first()
    assert last is not None
    assert last.meaning is SignatureMeaning.REJECTED


def test_nothing_proposed_is_nothing_to_decline(sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions)
    with pytest.raises(Refused, match="nothing to decline"):
        decline_decision(
            sessions,
            number,
            version=page(sessions, number).source.version,
            reason="No.",
            password=PASSWORD,
            actor=BEA,
            now=NOW,
        )


def test_every_open_requirement_is_named_when_an_approval_is_refused(
    sessions: sessionmaker[Session],
) -> None:
    number = make_qualification(sessions, approved=False, with_papers=False)
    with pytest.raises(Refused) as refused:
        decide_made_qualification(sessions, number)
    assert refused.value.reasons[0] == "8 of 13 requirements are open."
    assert [words.partition(":")[0] for words in refused.value.reasons[1:]] == [
        "Questionnaire",
        "Audit",
        "Quality agreement",
        "Notice of changes",
        "Certificate",
        "TSE and origin statements",
        "Qualification lots",
        "Full test against the certificate of analysis",
    ]
    assert page(sessions, number).source.facts.status is _S.PROPOSED


def test_a_condition_covers_a_requirement_and_is_fulfilled(
    sessions: sessionmaker[Session],
) -> None:
    number = make_qualification(sessions)
    propose(sessions, number, DecisionDraft(_S.CONDITIONALLY_APPROVED, "x", conditions=(AUDIT,)))
    decide_made_qualification(sessions, number, _S.CONDITIONALLY_APPROVED, conditions=(AUDIT,))
    (condition,) = page(sessions, number).open_conditions
    assert (condition.due_on, condition.in_force_on) == (LATER, TODAY)
    assert page(sessions, number, LATER + timedelta(days=1)).open_conditions[0].is_overdue
    fulfil_condition(
        sessions,
        condition.id,
        version=condition.version,
        fulfilment="Answered, SQ-9.",
        actor=ANA,
        now=NOW,
    )
    found = page(sessions, number)
    assert found.open_conditions == ()
    assert found.conditions[0].fulfilled_by_name == ANA.full_name
    with pytest.raises(Refused, match="was fulfilled on 2026-11-24 already"):
        fulfil_condition(
            sessions,
            condition.id,
            version=found.conditions[0].version,
            fulfilment="Again.",
            actor=ANA,
            now=NOW,
        )


def test_the_next_decision_takes_the_place_of_its_conditions(
    sessions: sessionmaker[Session],
) -> None:
    number = make_qualification(sessions)
    limits = (Condition("Three lots only."),)
    decide_made_qualification(sessions, number, _S.CONDITIONALLY_APPROVED, conditions=limits)
    decide_made_qualification(sessions, number, _S.APPROVED)
    found = page(sessions, number)
    assert found.open_conditions == ()
    assert found.conditions[0].lapsed_on == TODAY


def test_what_the_approver_adds_stands_beside_what_was_proposed(
    sessions: sessionmaker[Session],
) -> None:
    number = make_qualification(sessions)
    proposed = Condition("Three lots only.")
    propose(sessions, number, DecisionDraft(_S.CONDITIONALLY_APPROVED, "x", conditions=(proposed,)))
    signed = (Condition("Two lots only."),)
    decide_made_qualification(sessions, number, _S.CONDITIONALLY_APPROVED, conditions=signed)
    found = page(sessions, number)
    assert [one.text for one in found.open_conditions] == ["Two lots only."]
    assert {one.text for one in found.conditions} == {"Two lots only.", "Three lots only."}


def test_a_second_proposal_waits_for_the_first(sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions, approved=False)
    with pytest.raises(Refused, match="is proposed already"):
        propose(sessions, number, DecisionDraft(_S.APPROVED, "Again."))


def test_a_proposal_names_everything_that_is_wrong_with_it(
    sessions: sessionmaker[Session],
) -> None:
    number = make_qualification(sessions)
    covers_without_a_day = Condition(" ", None, RequirementKind.AUDIT)
    draft = DecisionDraft(_S.UNDER_EVALUATION, " ", DecisionKind.PERIODIC, (covers_without_a_day,))
    with pytest.raises(Refused) as refused:
        propose(sessions, number, draft)
    text = " ".join(refused.value.reasons)
    for words in (
        "justification is missing",
        "cannot become under evaluation",
        "A condition is missing",
        "needs a due date",
        "do not go with",
    ):
        assert words in text


def test_who_looked_at_another_proposal_signs_nothing(sessions: sessionmaker[Session]) -> None:
    """The version that was seen counts, although no column of the source itself changed."""
    number = make_qualification(sessions)
    seen = page(sessions, number).source.version
    propose(sessions, number, DecisionDraft(_S.RETIRED, "No longer wanted."))
    signed = Decision(_S.RETIRED, seen, "Agreed.", PASSWORD)
    with pytest.raises(ChangedMeanwhile):
        decide_qualification(sessions, number, signed, actor=BEA, now=NOW)


def test_a_probation_never_puts_off_the_day_that_stood(sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions)
    stood = page(sessions, number).source.facts.requalification_due_on
    later = NOW + timedelta(days=100)
    limits = (Condition("Audit again.", LATER),)
    decide_made_qualification(sessions, number, _S.ON_PROBATION, conditions=limits, now=later)
    found = page(sessions, number)
    assert found.source.facts.status is _S.ON_PROBATION
    assert found.source.facts.requalification_due_on == stood


def test_a_retired_source_begins_again_with_an_evaluation(
    sessions: sessionmaker[Session],
) -> None:
    number = make_qualification(sessions)
    decide_made_qualification(sessions, number, _S.RETIRED)
    with pytest.raises(Refused, match="retired cannot become approved"):
        propose(sessions, number, DecisionDraft(_S.APPROVED, "Wanted again."))
    version = page(sessions, number).source.version
    begin_evaluation(sessions, number, version=version, actor=ANA, now=NOW)
    decide_made_qualification(sessions, number)
    with reading(sessions) as session:
        states = session.scalars(
            select(QualificationState.status).order_by(QualificationState.id)
        ).all()
    assert states == [_S.PROPOSED, _S.APPROVED, _S.RETIRED, _S.UNDER_EVALUATION, _S.APPROVED]


def test_states_are_appended_and_never_altered(sessions: sessionmaker[Session]) -> None:
    make_qualification(sessions)
    with sessions() as session:
        state = session.scalars(select(QualificationState)).first()
        assert state is not None
        state.status = _S.RETIRED
        with pytest.raises(IntegrityError, match="append-only"):
            session.commit()


def test_the_database_itself_refuses_an_approval_by_its_author(
    sessions: sessionmaker[Session],
) -> None:
    number = make_qualification(sessions)
    with sessions() as session:
        decision = session.scalars(
            select(QualificationDecision).where(QualificationDecision.qualification_id == number)
        ).one()
        decision.decided_by_id = decision.proposed_by_id
        with pytest.raises(IntegrityError, match="approver_is_not_the_author"):
            session.commit()


def test_the_database_itself_refuses_a_second_open_proposal(
    sessions: sessionmaker[Session],
) -> None:
    number = make_qualification(sessions, approved=False)
    with sessions() as session:
        session.add(
            QualificationDecision(
                qualification=session.get_one(Qualification, number),
                kind=DecisionKind.PERIODIC,
                proposed=_S.APPROVED,
                justification="x",
                proposed_by_id=ANA.person_id,
                proposed_at=NOW,
                outcome=DecisionOutcome.OPEN,
            )
        )
        with pytest.raises(IntegrityError):
            session.commit()


def test_evidence_that_runs_out_makes_an_approved_source_due(
    sessions: sessionmaker[Session],
) -> None:
    number = make_qualification(sessions)
    assert page(sessions, number).source.due_reasons == ()
    in_two_years = TODAY + timedelta(days=720)
    reasons = page(sessions, number, in_two_years).source.due_reasons
    assert any("Full test" in words for words in reasons)
    assert any("Requalification was due" in words for words in reasons)


def test_a_paper_of_another_item_or_site_counts_for_nothing(
    sessions: sessionmaker[Session],
) -> None:
    bare = make_qualification(sessions, approved=False, with_papers=False)
    other = make_qualification(sessions, approved=False)
    assert page(sessions, bare).source.open_words == "8 of 13 requirements are open"
    assert page(sessions, other).source.open_words == "All 13 requirements are met"
    make_required_papers(sessions, page(sessions, bare).source.identity.item_id)
    assert page(sessions, bare).source.open_words == "All 13 requirements are met"


def test_conditions_of_a_proposal_that_was_never_signed_are_not_in_force(
    sessions: sessionmaker[Session],
) -> None:
    number = make_qualification(sessions)
    propose(sessions, number, DecisionDraft(_S.CONDITIONALLY_APPROVED, "x", conditions=(AUDIT,)))
    with reading(sessions) as session:
        (row,) = session.scalars(select(QualificationCondition)).all()
    assert row.in_force_on is None
    assert page(sessions, number).source.facts.conditions == ()
