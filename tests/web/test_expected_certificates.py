"""Awaited certificates on their pages, in the reminders and in the mail."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.jobs.due_notices import make_due_notices
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import Message
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.conftest import NOW, TODAY
from tests.lot_factories import make_proposal, specified_item
from tests.services.test_expected_certificates import make_expected


@pytest.fixture
def item_id(sessions: sessionmaker[Session]) -> int:
    return specified_item(sessions)


def test_an_empty_list_says_what_to_do_first(browser: Browser) -> None:
    page = browser.sign_in("ana").get("/expected-certificates/")
    assert "Record one when you order a lot" in page.text


def test_a_certificate_is_expected_and_listed(browser: Browser, item_id: int) -> None:
    browser.sign_in("ana").get("/expected-certificates/new")
    page = browser.submit(
        "Expect this certificate",
        {"item": str(item_id), "lot": "L240917", "expected_on": "2026-11-20"},
    )
    assert page.path == "/expected-certificates/"
    row = page.tree.xpath("//table[@id='expected']//tbody/tr")[0].text_content()
    assert "Lot L240917" in row
    assert "Late" in row


def test_what_is_missing_is_said_beside_its_field(browser: Browser) -> None:
    browser.sign_in("ana").get("/expected-certificates/new")
    page = browser.submit("Expect this certificate", {"lot": "L1"}, expect=422)
    assert "Choose the item." in page.text
    assert "Say by which day." in page.text
    assert page.tree.xpath("//input[@name='lot']/@value") == ["L1"]


def test_neither_lot_nor_order_is_refused(browser: Browser, item_id: int) -> None:
    browser.sign_in("ana").get("/expected-certificates/new")
    typed = {"item": str(item_id), "expected_on": "2026-11-30"}
    page = browser.submit("Expect this certificate", typed, expect=409)
    assert "Name the lot or the order" in page.text


def test_a_late_one_comes_with_a_text_to_send(
    browser: Browser, sessions: sessionmaker[Session], item_id: int
) -> None:
    number = make_expected(sessions, item_id, days=-6)
    page = browser.sign_in("eve").get(f"/expected-certificates/{number}")
    assert "Please send us the certificate of analysis of lot L240917" in page.text
    assert "No history" in page.text
    assert not page.tree.xpath("//main//form")


def test_an_arrived_one_leads_to_its_certificate(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    number = make_expected(installation.sessions, item_id)
    make_proposal(installation, item_id=item_id)
    browser.sign_in("ana").get(f"/expected-certificates/{number}")
    assert browser.follow("Open certificate 1").path == "/certificates/1"
    assert "None in this state" in browser.get("/expected-certificates/").text
    assert "Certificate 1" in browser.get("/expected-certificates/?state=arrived").text


def test_it_is_changed_and_withdrawn_with_a_reason(
    browser: Browser, sessions: sessionmaker[Session], item_id: int
) -> None:
    number = make_expected(sessions, item_id)
    browser.sign_in("ben").get(f"/expected-certificates/{number}")
    browser.submit("Save the change", {"expected_on": "2027-01-05", "reason": "Moved."})
    assert "2027-01-05" in browser.get("/expected-certificates/").text
    browser.get(f"/expected-certificates/{number}")
    assert "Say why" in browser.submit("Expect it no longer", expect=409).text
    browser.submit("Expect it no longer", {"reason": "Cancelled."})
    assert "Cancelled." in browser.get("/expected-certificates/?state=withdrawn").text


def test_what_is_late_stands_among_the_reminders(
    browser: Browser, sessions: sessionmaker[Session], item_id: int
) -> None:
    number = make_expected(sessions, item_id, days=-6)
    page = browser.sign_in("ana").get("/reminders/")
    assert "Awaited certificate" in page.text
    words = page.tree.xpath("//main//th/a[contains(., 'lot L240917')]/@href")
    assert words == [f"/expected-certificates/{number}"]


def test_the_mail_of_a_late_one_tells_what_is_known_of_the_vendor(
    installation: Installation, browser: Browser, item_id: int
) -> None:
    make_expected(installation.sessions, item_id, days=0)
    assert make_due_notices(installation, NOW) is None
    assert make_due_notices(installation, NOW + timedelta(days=1)) == "1 made"
    assert make_due_notices(installation, NOW + timedelta(days=2)) is None
    with reading(installation.sessions) as session:
        message = session.scalars(select(Message)).first()
    assert message is not None
    assert message.subject.startswith(f"Certificate was expected on {TODAY.isoformat()}: lot L24")
    assert "No history" in message.body
    assert make_due_notices(installation, NOW + timedelta(days=14)) == "1 made"
    assert "1 day after" in browser.sign_in("ana").get("/reminders/1").text


@pytest.mark.parametrize("path", ["/expected-certificates/99"])
def test_an_unknown_one_is_not_found(browser: Browser, path: str) -> None:
    browser.sign_in("ana").get(path, expect=404)


def test_recording_is_for_those_who_upload(browser: Browser) -> None:
    browser.sign_in("cyd").get("/expected-certificates/new", expect=403)
