"""The page of a source: what made it what it is, and the one next step."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.requirements import Condition
from tests.browser import Browser
from tests.conftest import NOW
from tests.factories import (
    decide_made_qualification,
    make_qualification,
    make_required_papers,
)
from tests.handover import hand_over
from tests.people import PASSWORD

SIGNED = {"reason": "Looked at everything.", "password": PASSWORD}
_S = QualificationStatus


def test_a_source_shows_what_is_asked_of_it_and_what_is_on_file(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_qualification(sessions, approved=False, with_papers=False)
    text = browser.sign_in("ana").get(f"/qualifications/{number}").text
    assert "8 of 13 requirements are open" in text
    assert "Nothing is on file." in text
    assert "Policy for critical materials since 2020-01-01, a convention" in text
    assert "A QA approver decides next" in text


def test_blockers_stand_beside_each_decision_before_the_click(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_qualification(sessions, approved=False, with_papers=False)
    text = browser.sign_in("bea").get(f"/qualifications/{number}/decide").text
    assert "8 of 13 requirements are open." in text
    assert "Audit: Nothing is on file." in text
    assert "Disqualify for good Open" in text


def test_an_evaluation_is_begun_and_a_decision_proposed_with_conditions(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_qualification(sessions)
    browser.sign_in("ana").get(f"/qualifications/{number}")
    browser.follow("Propose a decision")
    page = browser.submit(
        "Propose the decision",
        {
            "status": "conditionally_approved",
            "kind": "periodic",
            "justification": "Third lot still in test.",
            "conditions-0-text": "Test the third lot.",
            "conditions-0-due_on": "2099-03-31",
        },
    )
    assert "Test the third lot." in page.text
    assert "State today Approved" in page.text
    hand_over(browser, "bea").get(f"/qualifications/{number}/decide")
    page = browser.submit("Sign the decision", {"status": "conditionally_approved", **SIGNED})
    assert "State today Conditionally approved" in page.text
    hand_over(browser, "ana").get(f"/qualifications/{number}")
    browser.follow("Fulfilled: Test the third lot.")
    page = browser.submit("It is fulfilled", {"fulfilment": "Report TR-7."})
    assert "Report TR-7." in page.text


def test_a_proposal_is_declined_under_signature(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_qualification(sessions, approved=False)
    browser.sign_in("bea").get(f"/qualifications/{number}/decide")
    browser.follow("Decline the proposal")
    refused = browser.submit("Sign the refusal", {"reason": "x"}, expect=422)
    assert "Type your password" in refused.text
    page = browser.submit("Sign the refusal", SIGNED)
    assert "Declined by Bea Approver" in page.text
    assert "State today Proposed" in page.text


def test_a_retired_source_begins_again_with_an_evaluation(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_qualification(sessions)
    decide_made_qualification(sessions, number, _S.RETIRED)
    browser.sign_in("ana").get(f"/qualifications/{number}")
    page = browser.submit("Begin the evaluation")
    assert "State today Under evaluation" in page.text


def test_risk_is_told_factor_by_factor(browser: Browser, sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions)
    text = browser.sign_in("eve").get(f"/qualifications/{number}").text
    assert "Origin: unknown." in text
    assert "Record the origin of the item" in text
    assert "Qualify the item of a second site" in text


def test_a_due_source_says_why(browser: Browser, sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions, now=NOW - timedelta(days=800))
    text = browser.sign_in("ana").get(f"/qualifications/{number}").text
    assert "Due for review" in text
    assert "Requalification was due on" in text


@pytest.mark.parametrize(
    "path",
    [
        "/qualifications/99",
        "/qualifications/99/proposal",
        "/qualifications/conditions/99/fulfilled",
    ],
)
def test_what_is_not_there_is_not_found(browser: Browser, path: str) -> None:
    browser.sign_in("ana").get(path, expect=404)


def test_each_right_is_its_own(browser: Browser, sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions)
    limits = (Condition("Three lots only."),)
    decide_made_qualification(sessions, number, _S.CONDITIONALLY_APPROVED, conditions=limits)
    make_required_papers(sessions, 1)
    browser.sign_in("eve").get(f"/qualifications/{number}")
    for path in (f"{number}/proposal", f"{number}/decline", "conditions/1/fulfilled"):
        browser.get(f"/qualifications/{path}", expect=403)
