"""What is due, who takes it up, and whether the clock runs."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from supplier_qc.jobs import clock
from supplier_qc.jobs.due_notices import make_due_notices
from supplier_qc.jobs.schedule import JOBS
from supplier_qc.persistence.tables import AuditEntry
from supplier_qc.services.installation import Installation
from supplier_qc.services.job_runs import record_job_run
from tests.browser import Browser
from tests.factories import make_evidence, make_vendor

ACTUAL_NOW = datetime.now(UTC)  # noqa: TID251 -- pages read the clock; dates here follow it
TODAY = ACTUAL_NOW.date()


@pytest.fixture
def papers(installation: Installation) -> None:
    """One paper that expired, one that expires soon, one much later."""
    vendor = make_vendor(installation.sessions, name="Aspen Reagents")
    for title, days in (("Old paper", -5), ("Near paper", 20), ("Far paper", 700)):
        make_evidence(
            installation.sessions,
            installation.documents,
            vendor,
            title=title,
            expires_on=TODAY + timedelta(days=days),
        )


def test_an_empty_installation_says_where_dates_come_from(browser: Browser) -> None:
    page = browser.sign_in("cyd").get("/reminders/")
    assert "Nothing has a due date yet" in page.text


@pytest.mark.usefixtures("papers")
def test_what_is_far_away_stays_out_of_the_way_until_it_is_asked_for(browser: Browser) -> None:
    page = browser.sign_in("ana").get("/reminders/")
    assert "Old paper" in page.text
    assert "5 days ago" in page.text
    assert "in 20 days" in page.text
    assert "Far paper" not in page.text
    assert "Far paper" in browser.follow("1 more date further away").text


@pytest.mark.usefixtures("papers")
def test_a_filter_shows_its_state_alone(browser: Browser) -> None:
    browser.sign_in("ana").get("/reminders/")
    page = browser.submit("Filter", {"state": "overdue"})
    assert "Old paper" in page.text
    assert "Near paper" not in page.text
    page = browser.submit("Filter", {"state": "all", "subject": "lot"})
    assert "Nothing in this state" in page.text


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize("query", ["state=none&subject=none", "page=none", "page=-3", "page=99"])
def test_an_address_typed_by_hand_is_no_crash(browser: Browser, query: str) -> None:
    assert browser.sign_in("ana").get(f"/reminders/?{query}").status == 200


@pytest.mark.usefixtures("papers")
def test_a_due_record_is_one_click_away(browser: Browser) -> None:
    browser.sign_in("ana").get("/reminders/")
    assert browser.follow("Old paper, Aspen Reagents").path.startswith("/vendors/")


@pytest.mark.usefixtures("papers")
def test_a_reminder_is_taken_up_by_name_and_once(
    browser: Browser, installation: Installation
) -> None:
    make_due_notices(installation, ACTUAL_NOW)
    browser.sign_in("ana").get("/reminders/1")
    page = browser.submit("Acknowledge")
    assert "acknowledged under your name" in page.response.text
    assert "Ana Procurement, " in page.text
    with installation.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action.value, entry.actor_name) == (
        "notice:status:acknowledged",
        "Ana Procurement",
    )
    assert "Acknowledge" not in browser.get("/reminders/1").text


@pytest.mark.usefixtures("papers")
def test_two_people_who_acknowledge_at_once_are_told(
    browser: Browser, installation: Installation
) -> None:
    make_due_notices(installation, ACTUAL_NOW)
    browser.sign_in("ana").get("/reminders/1")
    second = Browser(browser._client.application, installation).sign_in("ben")
    second.get("/reminders/1")
    second.submit("Acknowledge")
    page = browser.submit("Acknowledge", expect=409)
    assert "was acknowledged before; nothing was changed" in page.text


@pytest.mark.usefixtures("papers")
def test_who_may_not_handle_reminders_sees_them_without_the_button(
    browser: Browser, installation: Installation
) -> None:
    make_due_notices(installation, ACTUAL_NOW)
    page = browser.sign_in("cyd").get("/reminders/made")
    assert "Old paper" in page.text
    assert "Acknowledge" not in page.text


@pytest.mark.usefixtures("papers")
def test_a_reminder_of_a_renewed_paper_says_that_its_date_no_longer_stands(
    browser: Browser, installation: Installation
) -> None:
    make_due_notices(installation, ACTUAL_NOW)
    make_evidence(
        installation.sessions,
        installation.documents,
        1,
        title="Old paper",
        expires_on=TODAY + timedelta(days=900),
    )
    page = browser.sign_in("ana").get("/reminders/1")
    assert "This date no longer stands" in page.text


def test_the_list_of_open_reminders_is_empty_when_all_are_taken_up(browser: Browser) -> None:
    page = browser.sign_in("ana").get("/reminders/made?show=open")
    assert "Every reminder is taken up" in page.text


@pytest.mark.parametrize("path", ["/reminders/77", "/outbox/77", "/audit-trail/7777", "/people/77"])
def test_what_does_not_exist_is_not_found(browser: Browser, path: str) -> None:
    username = "eve" if path.startswith(("/audit", "/outbox")) else "dan"
    assert browser.sign_in(username).get(path, expect=404).status == 404


def test_a_clock_that_never_ran_is_not_shown_as_running(browser: Browser) -> None:
    page = browser.sign_in("dan").get("/reminders/")
    assert page.text.count("Has not run yet") == len(JOBS)


def test_a_clock_that_stopped_says_for_how_long(
    browser: Browser, installation: Installation
) -> None:
    record(installation, minutes_ago=95, is_failure=False)
    page = browser.sign_in("dan").get("/reminders/")
    # The page reads its own clock, and a slow machine may be a minute further by then.
    assert re.search(r"Has not run for 9[56] minutes", page.text)


def test_a_job_that_failed_shows_its_failure(browser: Browser, installation: Installation) -> None:
    record(installation, minutes_ago=0, is_failure=True)
    page = browser.sign_in("dan").get("/reminders/")
    assert "Failed" in page.text
    assert "what it said" in page.text


def record(installation: Installation, *, minutes_ago: int, is_failure: bool) -> None:
    moment = clock.now() - timedelta(minutes=minutes_ago)
    record_job_run(
        installation.sessions,
        "due notices",
        started_at=moment,
        ended_at=moment,
        outcome="what it said",
        is_failure=is_failure,
    )
