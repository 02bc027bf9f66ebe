"""Procurement's answer follows each step: proposed, approved, run out, due, limited, suspended."""

from datetime import date, timedelta

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.buying import BuyAnswer, BuyVerdict
from supplier_qc.domain.qualification.evidence_policy import RequirementKind
from supplier_qc.domain.qualification.requirements import Condition
from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.buying import BuyQuestion, ask_may_buy
from supplier_qc.queries.source_facts import get_source_row
from tests.conftest import NOW, TODAY
from tests.factories import (
    decide_made_qualification,
    make_item,
    make_qualification,
    make_required_papers,
)

_S = QualificationStatus


def answer(sessions: sessionmaker[Session], on: date) -> BuyAnswer:
    question = BuyQuestion("PL-STORY", UseScope.PHASE_1_2, on)
    with reading(sessions) as session:
        (row,) = ask_may_buy(session, question, on)
    return row.answer


def is_due(sessions: sessionmaker[Session], number: int, on: date) -> bool:
    with reading(sessions) as session:
        row = get_source_row(session, number, on)
    assert row is not None
    return row.is_due


def test_the_answer_of_procurement_changes_on_each_step(sessions: sessionmaker[Session]) -> None:
    item_id = make_item(sessions, catalogue_number="PL-STORY")
    number = make_qualification(sessions, item_id, approved=False, with_papers=False)
    assert answer(sessions, TODAY).verdict is BuyVerdict.NO

    make_required_papers(sessions, item_id)
    assert answer(sessions, TODAY).verdict is BuyVerdict.NO  # evidence alone decides nothing
    decide_made_qualification(sessions, number)
    approved = answer(sessions, TODAY)
    assert approved.verdict is BuyVerdict.YES
    assert approved.holds_until is not None

    paper_gone = approved.holds_until + timedelta(days=1)
    assert not is_due(sessions, number, approved.holds_until)
    assert is_due(sessions, number, paper_gone)
    assert answer(sessions, paper_gone).verdict is BuyVerdict.WITH_CONDITIONS
    overdue = paper_gone + timedelta(days=30)
    assert answer(sessions, overdue).verdict is BuyVerdict.NO  # a critical material

    then = NOW + (overdue - TODAY)
    until = overdue + timedelta(days=60)
    test = Condition("Test one lot in full.", until, RequirementKind.COA_VERIFICATION)
    limited = _S.CONDITIONALLY_APPROVED
    decide_made_qualification(sessions, number, limited, conditions=(test,), now=then)
    found = answer(sessions, overdue)
    assert (found.verdict, found.holds_until) == (BuyVerdict.WITH_CONDITIONS, until)
    assert answer(sessions, until + timedelta(days=1)).verdict is BuyVerdict.NO

    decide_made_qualification(sessions, number, _S.SUSPENDED, now=then)
    assert answer(sessions, overdue).reasons[0] == (
        "For phase 1/2 the source is suspended, not approved."
    )
