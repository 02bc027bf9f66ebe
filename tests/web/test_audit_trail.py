"""The audit trail as an auditor uses it."""

import csv
import io

import pytest
from sqlalchemy import text

from supplier_qc.exports.audit_trail_csv import COLUMNS
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.factories import make_vendor


@pytest.fixture
def vendors(installation: Installation) -> None:
    make_vendor(installation.sessions, name="Aspen Reagents")
    make_vendor(installation.sessions, name='=HYPERLINK("http://elsewhere.example")')


@pytest.mark.usefixtures("vendors")
def test_an_entry_is_found_and_tells_before_and_after(browser: Browser) -> None:
    browser.sign_in("eve").get("/audit-trail/")
    page = browser.submit("Filter", {"q": "aspen", "action": "organisation:record:added"})
    assert "1 entry" in page.text
    page = browser.get(page.tree.xpath("//table//th[@scope='row']/a/@href")[0])
    assert "Organisation record added" in page.text
    assert "Ana Procurement" in page.text
    assert "https://aspen.example" in page.text


@pytest.mark.usefixtures("vendors")
def test_a_filter_by_person_and_days_that_fits_nothing_says_so(browser: Browser) -> None:
    browser.sign_in("eve").get("/audit-trail/")
    page = browser.submit("Filter", {"person": "Ana Procurement", "until_on": "2020-01-01"})
    assert "No entry fits" in page.text


def test_a_date_that_is_none_is_named(browser: Browser) -> None:
    page = browser.sign_in("eve").get("/audit-trail/?from_on=yesterday", expect=422)
    assert "From (UTC)" in page.text


@pytest.mark.parametrize("query", ["action=none", "person=Nobody", "subject_type=none", "page=0"])
def test_an_address_typed_by_hand_is_no_crash(browser: Browser, query: str) -> None:
    assert browser.sign_in("eve").get(f"/audit-trail/?{query}").status == 200


@pytest.mark.usefixtures("vendors")
def test_the_download_holds_what_the_filter_shows_and_runs_no_formula(browser: Browser) -> None:
    browser.sign_in("eve").get("/audit-trail/?subject_type=organisation")
    answer = browser.raw_get(browser.page.link("Download as CSV"))  # type: ignore[union-attr]
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS
    labels = [row[COLUMNS.index("record")] for row in rows[1:]]
    assert labels == ["Aspen Reagents", '\'=HYPERLINK("http://elsewhere.example")']


@pytest.mark.usefixtures("vendors")
def test_a_whole_chain_is_said_to_be_whole(browser: Browser) -> None:
    browser.sign_in("eve").get("/audit-trail/")
    assert "The chain is whole" in browser.follow("Check the chain").text


@pytest.mark.usefixtures("vendors")
def test_a_broken_chain_names_the_entry_and_leads_to_it(
    browser: Browser, installation: Installation
) -> None:
    with installation.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_no_update"))
        connection.execute(text("UPDATE audit_entry SET actor_name = 'Somebody' WHERE id = 7"))
    page = browser.sign_in("eve").get("/audit-trail/check")
    assert "The chain breaks at entry 7" in page.text
    assert "Somebody" in browser.follow("Open entry 7").text


def test_passwords_stand_nowhere_in_the_trail(browser: Browser) -> None:
    page = browser.sign_in("eve").get("/audit-trail/1")
    assert "(not shown)" in page.text
    assert "argon2" not in page.response.text


@pytest.mark.parametrize("bounds", ["until_on=9999-12-31", "from_on=0001-01-01"])
def test_the_outermost_days_of_the_calendar_filter_nothing(browser: Browser, bounds: str) -> None:
    page = browser.sign_in("eve").get(f"/audit-trail/?{bounds}")
    assert "No entry fits" not in page.text


@pytest.mark.usefixtures("vendors")
def test_others_can_write_while_the_trail_is_downloaded_and_after_it_was_broken_off(
    browser: Browser, installation: Installation
) -> None:
    browser.sign_in("eve")
    answer = browser.raw_get("/audit-trail/audit-trail.csv")
    chunks = iter(answer.iter_encoded())
    assert next(chunks).startswith(b"\xef\xbb\xbfentry,")
    assert next(chunks).startswith(b"1,")
    make_vendor(installation.sessions, name="Birch Reagents")
    answer.close()
    make_vendor(installation.sessions, name="Cedar Reagents")
    assert installation.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # of QueuePool


@pytest.mark.usefixtures("vendors")
def test_a_date_that_is_none_downloads_nothing(browser: Browser) -> None:
    page = browser.sign_in("eve").get(
        "/audit-trail/audit-trail.csv?from_on=yesterday&until_on=x", expect=422
    )
    assert page.status == 422
