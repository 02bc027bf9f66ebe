"""Findings and corrective actions on their pages, and where else they are seen."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.corrective_actions import CorrectiveActionStep
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.supplier_findings import FindingSeverity
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import RequalificationCause, SupplierFinding
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.conftest import TODAY
from tests.factories import decide_made_qualification, make_evidence, make_qualification
from tests.finding_factories import STEPS, do_steps, make_finding, make_request, vendor_of
from tests.lot_factories import item_number, make_lot, specified_item
from tests.people import PASSWORD

FAILING = (
    ("Endotoxin", "0.9", "EU/mL"),
    ("pH", "7.3", None),
    ("Sterility", "No growth", None),
)


@pytest.fixture
def item(sessions: sessionmaker[Session]) -> int:
    return specified_item(sessions)


def test_a_failed_lot_drafts_its_finding_and_a_person_says_how_grave_it_is(
    browser: Browser, sessions: sessionmaker[Session], item: int
) -> None:
    lot = make_lot(sessions, item, FAILING, manufacturer_lot="HL-BAD")
    browser.sign_in("ben").get(f"/lots/{lot}")
    form = browser.follow("Raise a finding")
    assert "Lot HL-BAD: Endotoxin out of our limits" in form.response.text
    assert "Endotoxin: 0.9 EU/mL, our limit" in form.response.text
    refused = browser.submit("Record finding", {}, expect=422)
    assert "Choose one." in refused.text
    page = browser.submit("Record finding", {"severity": "critical"})
    assert "Ask the supplier for corrective action" in page.text
    assert "Lot HL-BAD: Endotoxin out of our limits" in browser.get(f"/lots/{lot}").text
    assert "HL-BAD" in browser.get("/findings/").text
    assert "No finding is open" in browser.get("/findings/?severity=minor").text


def test_a_corrective_action_goes_from_its_issue_to_its_end(
    browser: Browser, installation: Installation, item: int
) -> None:
    sessions = installation.sessions
    finding = make_finding(sessions, item, severity=FindingSeverity.CRITICAL)
    browser.sign_in("ben").get(f"/findings/{finding}")
    page = browser.follow("Issue a corrective action request")
    assert (TODAY + timedelta(days=120)).isoformat() in page.text
    page = browser.submit("Issue the request", {"request": "Correct the alarm."})
    assert "Acknowledgement comes next" in page.text
    refused = browser.submit(
        "Record acknowledgement",
        {"done_on": (TODAY + timedelta(days=1)).isoformat(), "done": "Letter of today."},
        expect=409,
    )
    assert "a day to come" in refused.text
    assert "Letter of today." in refused.response.text
    page = browser.submit(
        "Record acknowledgement",
        {"done_on": TODAY.isoformat()},
        uploads={"file": [("letter.pdf", b"%PDF-1.4\n%%EOF\n")]},
    )
    assert "On time" in page.text
    assert "letter.pdf" in page.text
    assert "Containment comes next" in page.text
    browser.follow("Take the last step back")
    page = browser.submit("Take the step back", {"reason": "It was the letter of another request."})
    assert "Acknowledgement comes next" in page.text
    assert "The supplier corrects it" in browser.get(f"/findings/{finding}").text
    assert "Acknowledgement by" in browser.get("/findings/").text


def become(browser: Browser, username: str) -> Browser:
    browser.submit("Sign out")
    return browser.sign_in(username)


def close_it(browser: Browser, request: int, outcome: str) -> str:
    browser.get(f"/corrective-actions/{request}")
    browser.follow("Close the request")
    values = {"outcome": outcome, "reason": "Seen on site.", "password": PASSWORD}
    return browser.submit("Sign the conclusion", values).text


def test_effective_closes_the_finding_and_not_effective_leads_on(
    browser: Browser, installation: Installation, item: int
) -> None:
    sessions = installation.sessions
    make_qualification(sessions, item)
    first = make_request(sessions, make_finding(sessions, item))
    second = make_request(sessions, make_finding(sessions, item, title="No second check"))
    do_steps(installation, first)
    do_steps(installation, second)
    browser.sign_in("bea")
    text = close_it(browser, first, "yes")
    assert "the finding is closed" in text
    assert "Effective" in text
    text = close_it(browser, second, "no")
    assert "which was not effective" in text
    assert "Acknowledgement comes next" in text
    assert "was closed as not effective" in browser.get("/reminders/").text


def test_the_author_of_the_actions_is_told_that_another_closes(
    browser: Browser, installation: Installation, item: int
) -> None:
    request = make_request(installation.sessions, make_finding(installation.sessions, item))
    do_steps(installation, request, STEPS[:5])
    text = browser.sign_in("ben").get(f"/corrective-actions/{request}").text
    assert "whoever recorded them does not" in text
    step = CorrectiveActionStep.EFFECTIVENESS.value
    browser.get(f"/corrective-actions/{request}/steps/{step}", expect=405)
    browser.get("/corrective-actions/999", expect=404)
    browser.get("/findings/999", expect=404)


def test_a_minor_finding_is_closed_under_a_signature(
    browser: Browser, sessions: sessionmaker[Session], item: int
) -> None:
    finding = make_finding(sessions, item, severity=FindingSeverity.MINOR)
    browser.sign_in("bea").get(f"/findings/{finding}")
    browser.follow("Close the finding")
    values = {"reason": "A typing error of the auditor.", "password": "wrong"}
    refused = browser.submit("Sign and close the finding", values, expect=409)
    assert "The password is not right" in refused.text
    page = browser.submit("Sign and close the finding", {"password": PASSWORD})
    assert "A typing error of the auditor." in page.text
    with reading(sessions) as session:
        assert session.get_one(SupplierFinding, finding).closed_on == TODAY


def test_an_audit_report_and_a_vendor_start_a_finding_each(
    browser: Browser, installation: Installation, item: int
) -> None:
    sessions = installation.sessions
    vendor = vendor_of(sessions, item)
    paper = make_evidence(sessions, installation.documents, vendor, title="Audit of spring")
    page = browser.sign_in("ben").get(f"/findings/new/on-evidence/{paper}")
    assert "Audit of spring" in page.text
    browser.get(f"/vendors/{vendor}")
    browser.follow("Record a finding")
    values = {
        "title": "No deputy of the responsible person",
        "severity": "major",
        "origin": "complaint",
    }
    assert "the vendor as a whole" in browser.submit("Record finding", values).text


def test_closing_a_source_shows_who_is_hit_before_and_after(
    browser: Browser, sessions: sessionmaker[Session], item: int
) -> None:
    source = make_qualification(sessions, item)
    lot = make_lot(sessions, item, manufacturer_lot="HL-ONE")
    before = browser.sign_in("bea").get(f"/qualifications/{source}/decide").text
    assert "Who is hit if it is suspended or disqualified" in before
    assert "No lot of it is released. 1 lot in quarantine is not released." in before
    assert "No other source of the material is known for this use." in before
    decide_made_qualification(sessions, source, QualificationStatus.SUSPENDED)
    assert "HL-ONE" in browser.get(f"/qualifications/{source}").text
    held = browser.get(f"/lots/{lot}").text
    assert "Its source is suspended for phase 1/2; its lots are not released." in held


def test_a_notice_asks_for_the_sources_to_be_qualified_again(
    browser: Browser, sessions: sessionmaker[Session], item: int
) -> None:
    source = make_qualification(sessions, item)
    browser.sign_in("ana").get(f"/supplier-notices/new/of-vendor/{vendor_of(sessions, item)}")
    browser.submit(
        "Record notice", {"kind": "recall", "title": "Wrong filter", "items": [str(item)]}
    )
    ask = f"/may-buy/?item={item_number(sessions, item)}&use=phase_1_2"
    assert "The supplier's recall of" in browser.get(ask).text
    become(browser, "ben").get("/supplier-notices/1")
    values = {
        "impact": "accepted",
        "reason": "Filter replaced.",
        "requalify": "y",
        "password": PASSWORD,
    }
    browser.submit("Sign assessment", values)
    assert "is not assessed yet" not in browser.get(ask).text
    assert "asks for it." in browser.get(f"/qualifications/{source}").text
    with reading(sessions) as session:
        assert session.get_one(RequalificationCause, 1).notice_id == 1


def test_days_are_superseded_by_who_closes_findings(browser: Browser) -> None:
    assert "Supersede a row" not in browser.sign_in("ana").get("/corrective-actions/policy").text
    become(browser, "bea").get("/corrective-actions/policy")
    values = {
        "severity": "minor",
        "step": "containment",
        "days": "40",
        "source": "SOP-QA-17",
        "reason": "Ours.",
    }
    refused = browser.submit("Put this row in force", values, expect=409)
    assert "Root cause has 30 days and comes after it." in refused.text
    assert "SOP-QA-17" in browser.submit("Put this row in force", {"days": "5"}).text
