"""What waits, by role; and the first steps of a new installation."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.factories import make_evidence, make_qualification, make_specification
from tests.lot_factories import make_confirmed_lot, make_lot, make_proposal

TODAY = datetime.now(UTC).date()  # noqa: TID251 -- pages read the clock; dates here follow it


@pytest.fixture
def work(installation: Installation) -> None:
    """Something for each role."""
    make_proposal(installation)
    make_lot(installation.sessions)
    make_specification(installation.sessions, effective=False)
    make_qualification(installation.sessions, approved=False)
    make_evidence(
        installation.sessions, installation.documents, expires_on=TODAY - timedelta(days=3)
    )


@pytest.fixture
def statements(installation: Installation) -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(installation.engine, "before_cursor_execute", note)
    yield found
    event.remove(installation.engine, "before_cursor_execute", note)


def waiting(browser: Browser, username: str) -> list[str]:
    page = browser.sign_in(username).get("/")
    return [
        " ".join(link.text_content().split())
        for link in page.tree.xpath("//*[@class='waiting-link']")
    ]


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(
    ("username", "waits", "does_not"),
    [
        ("ben", "1 certificate to review", "1 lot in quarantine with results"),
        ("bea", "1 lot in quarantine with results", "none"),
        ("bea", "1 specification draft to approve", "none"),
        ("bea", "1 qualification to decide", "none"),
        ("ana", "1 piece of evidence out of date", "1 certificate to review"),
        ("cyd", "1 date passed", "1 specification draft to approve"),
        ("eve", "1 date passed", "1 qualification to decide"),
    ],
)
def test_each_role_sees_what_it_can_settle(
    browser: Browser, username: str, waits: str, does_not: str
) -> None:
    found = waiting(browser, username)
    assert waits in found
    assert does_not not in found


@pytest.mark.usefixtures("work")
def test_every_card_leads_to_a_page_that_opens(browser: Browser) -> None:
    page = browser.sign_in("bea").get("/")
    addresses = page.tree.xpath("//ul[@class='waiting']//a/@href")
    assert len(addresses) >= 5
    assert {browser.get(address).status for address in addresses} == {200}


@pytest.mark.usefixtures("work")
def test_a_count_of_dates_is_the_number_of_rows_behind_it(
    browser: Browser, installation: Installation
) -> None:
    """Papers that the policy no longer counts are among both."""
    approved_at = datetime.now(UTC) - timedelta(days=366)  # noqa: TID251 -- pages read the clock
    make_qualification(installation.sessions, now=approved_at)
    page = browser.sign_in("bea").get("/")
    links = page.tree.xpath("//*[@class='waiting-link' and contains(@href, '/reminders/?')]")
    counted = {
        link.get("href"): int(link.xpath(".//*[@class='waiting-count']")[0].text_content())
        for link in links
    }
    assert max(counted.values()) > 1
    listed = {
        address: len(browser.get(address).tree.xpath("//table[@id='due']/tbody/tr"))
        for address in counted
    }
    assert listed == counted


def test_a_new_installation_shows_its_first_steps_with_one_to_take(browser: Browser) -> None:
    page = browser.sign_in("ana").get("/")
    assert "First steps of a new installation" in page.text
    assert "Next: vendor" in page.text
    assert browser.follow("Add a vendor").path == "/vendors/new"


def test_who_may_not_take_the_step_is_told_who_does(browser: Browser) -> None:
    page = browser.sign_in("cyd").get("/")
    assert "Procurement or a QA reviewer does this." in page.text


def test_an_installation_under_way_shows_no_first_steps(
    browser: Browser, installation: Installation
) -> None:
    make_confirmed_lot(installation)
    assert "First steps" not in browser.sign_in("ana").get("/").text


@pytest.mark.usefixtures("work")
def test_the_page_takes_the_same_few_statements_however_much_waits(
    browser: Browser, installation: Installation, statements: list[str]
) -> None:
    browser.sign_in("bea")
    statements.clear()
    browser.raw_get("/")
    before = len(statements)
    for _ in range(4):
        make_lot(installation.sessions)
        make_specification(installation.sessions, effective=False)
    statements.clear()
    browser.raw_get("/")
    assert len(statements) == before
    assert before <= 30
