"""A draft is shown with what it would make of the lots on file; an approved version is filed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import Specification
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.factories import LINES, make_specification
from tests.lot_factories import get_lot, make_lot, make_proposal, specified_item
from tests.people import PASSWORD

STRICTER = (replace(LINES[0], high=Decimal("0.01")), *LINES[1:])


@pytest.fixture
def draft_id(installation: Installation) -> int:
    """A stricter draft of an item with one lot on file."""
    item_id = specified_item(installation.sessions)
    make_lot(
        installation.sessions,
        item_id,
        [("Endotoxin", "0.05", "EU/mL"), ("pH", "7.3", None), ("Sterility", "No growth", None)],
        manufacturer_lot="L1",
    )
    return make_specification(installation.sessions, item_id, lines=STRICTER, effective=False)


@pytest.mark.parametrize("page", ["", "/approve"])
def test_a_draft_shows_which_lots_would_read_otherwise_before_it_is_signed(
    browser: Browser, draft_id: int, page: str
) -> None:
    found = browser.sign_in("bea").get(f"/specifications/{draft_id}{page}")
    assert "1 of 1 lots on file would read otherwise" in found.text
    assert "Endotoxin, 0.05 EU/mL: Pass → Fail" in found.text


def test_an_approval_leaves_the_stored_verdicts_as_they_were(
    browser: Browser, installation: Installation, draft_id: int
) -> None:
    before = get_lot(installation.sessions, 1).specification_id
    browser.sign_in("bea").get(f"/specifications/{draft_id}/approve")
    browser.submit("Sign and approve version 2", {"reason": "Process data.", "password": PASSWORD})
    assert get_lot(installation.sessions, 1).specification_id == before


def test_a_filed_limit_stands_beside_ours_in_the_review(
    browser: Browser, installation: Installation
) -> None:
    item_id = specified_item(installation.sessions, lines=STRICTER)
    with reading(installation.sessions) as session:
        (filed_id,) = [one.id for one in session.scalars(select(Specification))]
    number = make_proposal(installation, item_id=item_id)
    assert "none filed" in browser.sign_in("bea").get(f"/certificates/{number}").text
    browser.get(f"/specifications/{filed_id}")
    browser.follow("Mark version 1 as filed")
    values = {"authority": "eu", "use_scope": "phase_1_2", "reference": "IMPD v3"}
    values |= {"filed_on": "2026-11-01", "reason": "Sent.", "password": PASSWORD}
    page = browser.submit("Sign and mark version 1 as filed", values)
    assert "IMPD v3" in page.text
    page = browser.get(f"/certificates/{number}")
    assert "EU, phase 1/2: IMPD v3" in page.text
    assert "none filed" not in page.text


def test_a_filing_names_what_is_missing(browser: Browser, installation: Installation) -> None:
    number = make_specification(installation.sessions)
    browser.sign_in("bea").get(f"/specifications/{number}/file")
    page = browser.submit("Sign and mark version 1 as filed", expect=422)
    for words in ("Name the submission.", "Choose the day.", "Say what the mark rests on."):
        assert words in page.text


def test_the_policy_is_read_by_all_and_superseded_by_an_approver(browser: Browser) -> None:
    page = browser.sign_in("bea").get("/certificates/readers/")
    assert "Convention" in page.text
    values = {"risk_class": "critical", "persons": "1", "source": "SOP-QA-17", "reason": "One QA."}
    page = browser.submit("Put this row in force", values | {"source": ""}, expect=422)
    assert "Name the procedure" in page.text
    page = browser.submit("Put this row in force", values)
    assert "SOP-QA-17" in page.text
    page = browser.submit("Put this row in force", values, expect=409)
    assert "choose a later day" in page.text


def test_who_does_not_approve_reads_the_policy_without_a_form(browser: Browser) -> None:
    page = browser.sign_in("eve").get("/certificates/readers/")
    assert not page.tree.xpath("//main//form")
