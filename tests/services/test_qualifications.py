"""A source is proposed by one person and decided under signature by another."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import RiskClass, UseScope
from supplier_qc.domain.people import Actor, Role
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.requirements import Condition
from supplier_qc.domain.refusals import ChangedMeanwhile, NotPermitted, Refused, WrongPassword
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import Qualification, RequalificationPolicyRow, Signature
from supplier_qc.services.qualifications import (
    Decision,
    decide_qualification,
    propose_qualification,
)
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import (
    decide_made_qualification,
    make_item,
    make_material,
    make_qualification,
)
from tests.people import PASSWORD

ANA = actor_of(Role.PROCUREMENT)
BEN = actor_of(Role.QA_REVIEWER)
BEA = actor_of(Role.QA_APPROVER)
_S = QualificationStatus


def read(sessions: sessionmaker[Session], number: int) -> Qualification:
    with reading(sessions) as session:
        return session.get_one(Qualification, number)


def decision(
    sessions: sessionmaker[Session],
    number: int,
    status: QualificationStatus = _S.APPROVED,
    password: str = PASSWORD,
) -> Decision:
    return Decision(status, read(sessions, number).version, "Evidence reviewed.", password)


@pytest.mark.parametrize(
    ("risk_class", "due"),
    [
        (RiskClass.CRITICAL, date(2027, 11, 24)),
        (RiskClass.MAJOR, date(2028, 11, 24)),
        (RiskClass.MINOR, date(2029, 11, 24)),
    ],
)
def test_an_approval_sets_the_next_date_by_the_policy_of_the_risk_class(
    sessions: sessionmaker[Session], risk_class: RiskClass, due: date
) -> None:
    item_id = make_item(sessions, material_id=make_material(sessions, risk_class=risk_class))
    found = read(sessions, make_qualification(sessions, item_id))
    assert (found.status, found.decided_on, found.requalification_due_on) == (
        _S.APPROVED,
        TODAY,
        due,
    )
    with reading(sessions) as session:
        row = session.get_one(RequalificationPolicyRow, found.policy_row_id)
    assert (row.risk_class, row.mark) == (risk_class, "C")


def test_where_no_policy_row_fits_nothing_is_approved(sessions: sessionmaker[Session]) -> None:
    before_the_policy = datetime(2019, 6, 1, tzinfo=UTC)
    number = make_qualification(sessions, approved=False)
    with pytest.raises(Refused, match="No requalification policy is in force"):
        decide_made_qualification(sessions, number, now=before_the_policy)


def test_a_decision_is_signed_with_its_meaning(sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions)
    decide_made_qualification(sessions, number, _S.SUSPENDED)
    with reading(sessions) as session:
        signatures = session.scalars(select(Signature).order_by(Signature.id)).all()
    assert [(one.meaning, one.printed_name) for one in signatures] == [
        (SignatureMeaning.APPROVED, BEA.full_name),
        (SignatureMeaning.REJECTED, BEA.full_name),
    ]


def test_a_suspended_source_has_no_date_until_it_is_approved_again(
    sessions: sessionmaker[Session],
) -> None:
    number = make_qualification(sessions)
    decide_made_qualification(sessions, number, _S.SUSPENDED)
    assert (read(sessions, number).requalification_due_on, read(sessions, number).decided_on) == (
        None,
        TODAY,
    )
    decide_made_qualification(sessions, number)
    assert read(sessions, number).requalification_due_on == date(2027, 11, 24)


def test_a_conditional_approval_names_its_conditions(sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions, approved=False)
    with pytest.raises(Refused, match="names its conditions"):
        decide_made_qualification(sessions, number, _S.CONDITIONALLY_APPROVED)
    decide_made_qualification(
        sessions, number, _S.CONDITIONALLY_APPROVED, conditions=(Condition("Three lots only."),)
    )
    assert read(sessions, number).conditions == "Three lots only."


def test_a_disqualified_source_is_disqualified_for_good(sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions)
    decide_made_qualification(sessions, number, _S.DISQUALIFIED)
    with pytest.raises(Refused, match="disqualified cannot become approved"):
        decide_made_qualification(sessions, number)


def test_the_proposer_does_not_decide(sessions: sessionmaker[Session]) -> None:
    both = Actor(BEA.person_id, BEA.full_name, frozenset({Role.PROCUREMENT, Role.QA_APPROVER}))
    number = propose_qualification(
        sessions, make_item(sessions), UseScope.PHASE_3, "Good lots.", actor=both, now=NOW
    )
    with pytest.raises(Refused, match="You wrote this proposal"):
        decide_qualification(sessions, number, decision(sessions, number), actor=both, now=NOW)


def test_only_an_approver_decides(sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions, approved=False)
    with pytest.raises(NotPermitted):
        decide_qualification(sessions, number, decision(sessions, number), actor=BEN, now=NOW)


def test_a_wrong_password_decides_nothing(sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions, approved=False)
    wrong = decision(sessions, number, password="not the password")
    with pytest.raises(WrongPassword):
        decide_qualification(sessions, number, wrong, actor=BEA, now=NOW)
    assert read(sessions, number).status is _S.PROPOSED


def test_the_second_of_two_deciders_gets_a_conflict(sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions, approved=False)
    seen = decision(sessions, number, _S.DISQUALIFIED)
    decide_made_qualification(sessions, number)
    with pytest.raises(ChangedMeanwhile):
        decide_qualification(sessions, number, seen, actor=BEA, now=NOW)
    assert read(sessions, number).status is _S.APPROVED


def test_an_item_is_proposed_once_a_use(sessions: sessionmaker[Session]) -> None:
    item_id = make_item(sessions)
    make_qualification(sessions, item_id)
    make_qualification(sessions, item_id, use_scope=UseScope.COMMERCIAL, approved=False)
    with pytest.raises(Refused, match="For phase 1/2 the item is approved already"):
        make_qualification(sessions, item_id)


def test_a_proposal_says_why(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(Refused, match="The justification is missing"):
        propose_qualification(
            sessions, make_item(sessions), UseScope.RESEARCH, " \n", actor=ANA, now=NOW
        )
