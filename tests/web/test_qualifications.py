"""A qualification through its own pages: proposed by one person, signed by another."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import UseScope
from tests.browser import Browser
from tests.factories import make_item, make_qualification, make_required_papers
from tests.handover import hand_over
from tests.people import PASSWORD

SIGNED = {"reason": "The evidence is complete.", "password": PASSWORD}


def test_a_source_is_proposed_and_approved(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions, name="Lysate, 1 L")
    browser.sign_in("ana").get(f"/items/{item_id}")
    browser.follow("Propose for a use")
    page = browser.submit(
        "Propose qualification", {"use_scope": "phase_1_2", "justification": "Three good lots."}
    )
    assert "Ana Procurement proposes: approve. 8 of 13 requirements are open" in page.text
    make_required_papers(sessions, item_id)
    hand_over(browser, "bea").get(f"/items/{item_id}")
    page = browser.follow("Decide for phase 1/2")
    assert "Three good lots." in page.text
    assert "due again after 12 months" in page.text
    browser.submit("Sign the decision", {"status": "approved", **SIGNED})
    page = browser.get(f"/items/{item_id}")
    assert "Phase 1/2: Approved" in page.text
    assert "By policy for critical materials: 12 months" in page.text
    assert "Fits the record" in page.text


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({**SIGNED}, 422, "Choose the decision."),
        ({"status": "approved", **SIGNED, "reason": ""}, 422, "what the decision rests on"),
        ({"status": "approved", **SIGNED, "password": "wrong"}, 409, "password is not right"),
        ({"status": "conditionally_approved", **SIGNED}, 409, "names its conditions"),
    ],
)
def test_a_decision_that_is_not_whole_signs_nothing(
    browser: Browser,
    sessions: sessionmaker[Session],
    fields: dict[str, str],
    status: int,
    words: str,
) -> None:
    number = make_qualification(sessions, approved=False)
    browser.sign_in("bea").get(f"/qualifications/{number}/decide")
    assert words in browser.submit("Sign the decision", fields, expect=status).text


def test_only_moves_that_are_open_are_offered(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_qualification(sessions, approved=False)
    text = browser.sign_in("bea").get(f"/qualifications/{number}/decide").text
    assert "Put on probation" not in text
    approved = make_qualification(sessions)
    assert "Put on probation" in browser.get(f"/qualifications/{approved}/decide").text


def test_the_earlier_decision_stays_beside_the_new_one(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    number = make_qualification(sessions, item_id)
    browser.sign_in("bea").get(f"/qualifications/{number}/decide")
    browser.submit("Sign the decision", {"status": "suspended", **SIGNED})
    text = browser.get(f"/items/{item_id}").text
    assert "Phase 1/2: Suspended" in text
    assert "none, not in use" in text
    assert "meaning: rejected Fits the record" in text
    assert "meaning: approved An earlier decision" in text


def test_the_second_of_two_deciders_gets_a_conflict(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_qualification(sessions, approved=False)
    browser.sign_in("bea").get(f"/qualifications/{number}/decide")
    stale = browser.page
    browser.submit("Sign the decision", {"status": "approved", **SIGNED})
    browser.page = stale
    page = browser.submit("Sign the decision", {"status": "disqualified", **SIGNED}, expect=409)
    assert "Somebody else changed this record" in page.text


def test_a_use_is_proposed_once(browser: Browser, sessions: sessionmaker[Session]) -> None:
    item_id = make_item(sessions)
    make_qualification(sessions, item_id, use_scope=UseScope.COMMERCIAL)
    browser.sign_in("ana").get(f"/qualifications/new/of-item/{item_id}")
    page = browser.submit(
        "Propose qualification",
        {"use_scope": "commercial", "justification": "Again."},
        expect=409,
    )
    assert "the item is approved already" in page.text


def test_each_right_is_its_own(browser: Browser, sessions: sessionmaker[Session]) -> None:
    number = make_qualification(sessions, approved=False)
    item_id = make_item(sessions)
    browser.sign_in("ana").get(f"/qualifications/{number}/decide", expect=403)
    hand_over(browser, "bea").get(f"/qualifications/new/of-item/{item_id}", expect=403)
    browser.get("/qualifications/99/decide", expect=404)
    hand_over(browser, "ben").get("/qualifications/new/of-item/99", expect=404)
