"""Every message can be read, and one that was not sent can be tried again."""

from datetime import date, timedelta

import pytest

from supplier_qc.app import create_app
from supplier_qc.domain.reminders import DueSubject, NoticeFacts
from supplier_qc.mail.senders import RecordingSender
from supplier_qc.services.installation import Installation, open_installation
from supplier_qc.services.notices import NoticeDraft, make_notice
from supplier_qc.services.outbox import send_waiting_messages
from tests.browser import Browser
from tests.conftest import NOW

SUBJECT = "Requalification is due on 2026-12-24: Lysate <b>, Aspen Reagents"


@pytest.fixture
def notice(installation: Installation) -> None:
    facts = NoticeFacts(
        DueSubject.QUALIFICATION, "Lysate <b>, Aspen Reagents", date(2026, 12, 24), 30
    )
    draft = NoticeDraft("qualification:1:due:2026-12-24:30", 1, 30, facts)
    make_notice(installation.sessions, draft, base_url="http://here", now=NOW)


def test_an_empty_outbox_says_what_fills_it(browser: Browser) -> None:
    assert "No message yet" in browser.sign_in("dan").get("/outbox/").text


@pytest.mark.usefixtures("notice")
def test_a_message_is_read_as_it_leaves(browser: Browser) -> None:
    browser.sign_in("eve").get("/outbox/")
    page = browser.get("/outbox/1")
    assert SUBJECT in page.text
    assert "Open the reminder, and acknowledge it there" in page.text
    assert "http://here/reminders/1" in page.text
    assert "Ana Procurement <ana@example.invalid>" in page.text


@pytest.mark.usefixtures("notice")
def test_the_address_in_the_message_opens_the_reminder(browser: Browser) -> None:
    page = browser.sign_in("ana").get("/reminders/1")
    assert "Lysate <b>, Aspen Reagents" in page.text


@pytest.mark.usefixtures("notice")
def test_what_the_mail_server_said_stands_in_the_list(
    browser: Browser, installation: Installation, outbox: RecordingSender
) -> None:
    outbox.refusal = "550 no such user"
    send_waiting_messages(installation.sessions, outbox, now=NOW)
    page = browser.sign_in("ana").get("/outbox/")
    assert "2 messages were not taken" in page.text
    assert "550 no such user" in page.text
    assert "Failed" in browser.submit("Filter", {"state": "failed"}).text
    assert "No message in this state" in browser.submit("Filter", {"state": "sent"}).text


@pytest.mark.usefixtures("notice")
def test_a_message_that_is_given_up_can_be_tried_again(
    browser: Browser, installation: Installation, outbox: RecordingSender
) -> None:
    outbox.refusal = "550 no such user"
    for day in range(20):
        send_waiting_messages(installation.sessions, outbox, now=NOW + timedelta(days=day))
    browser.sign_in("ana").get("/outbox/1")
    page = browser.submit("Try again")
    assert "waits again" in page.response.text
    assert "Waiting" in page.text


@pytest.mark.usefixtures("notice")
def test_who_only_reads_sees_no_button(
    browser: Browser, installation: Installation, outbox: RecordingSender
) -> None:
    send_waiting_messages(installation.sessions, None, now=NOW)
    assert outbox.sent == []
    assert "Kept in the product" in browser.sign_in("eve").get("/outbox/1").text
    assert "Try again" not in browser.get("/outbox/1").text


def test_without_a_mail_server_the_page_says_that_nothing_leaves(
    installation: Installation,
) -> None:
    without = open_installation(installation.settings)
    browser = Browser(create_app(without), without).sign_in("dan")
    assert "No mail server is set" in browser.get("/outbox/").text
    without.engine.dispose()
