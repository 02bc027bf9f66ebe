"""Statements of origin in the browser: from the paper to evidence, and where findings show."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from supplier_qc.domain.origin.statement_papers import StatementFact as F
from supplier_qc.extraction.claims import DocumentKind
from supplier_qc.persistence.tables import ManufacturerItem
from supplier_qc.queries import statements
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.factories import make_item
from tests.lot_factories import (
    document_reading,
    item_number,
    make_confirmed_lot,
    make_proposal,
    specified_item,
)
from tests.origin_factories import SALTS, make_component
from tests.statement_factories import (
    decide_all,
    make_confirmed_statement,
    make_statement,
    mention,
    statement_reading,
)


@contextmanager
def counted(installation: Installation) -> Iterator[list[str]]:
    """The SQL statements that are carried out within the block."""
    seen: list[str] = []

    def note(*arguments: Any) -> None:
        seen.append(arguments[2])

    event.listen(installation.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(installation.engine, "before_cursor_execute", note)


@pytest.fixture
def item_id(installation: Installation) -> int:
    return make_item(installation.sessions)


def named(installation: Installation, item_id: int) -> tuple[F, str, str]:
    number = item_number(installation.sessions, item_id)
    return F.CATALOGUE_NUMBER, number, number


def test_a_paper_is_reviewed_from_its_certificate_to_its_evidence(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    certificate_id = make_proposal(installation, statement_reading(named(installation, item_id)))
    browser.sign_in("ben")
    assert "Papers that look like a statement" in browser.get("/statements/").text
    browser.get(f"/certificates/{certificate_id}")
    page = browser.submit("Review it as a statement of origin")
    assert "This statement cannot be confirmed yet" in page.text
    assert "Decide on 10 values" in page.text
    page = browser.submit("Confirm Species, bovine", {"value": "cattle"})
    assert "Decide on 9 values" in page.text
    decide_all(installation.sessions, 1)
    browser.get("/statements/1")
    page = browser.submit("Confirm this statement")
    assert "evidence 1" in page.text
    evidence = browser.follow("evidence 1")
    assert evidence.tree.xpath("//input[@value='2026-04-01']")
    assert "decided in statement 1" in evidence.text
    assert (
        "This paper is statement of origin 1" in browser.get(f"/certificates/{certificate_id}").text
    )
    assert "To review" not in browser.get("/statements/").text


def test_what_is_typed_wrong_stands_beside_its_field(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    make_statement(
        installation, named(installation, item_id), (F.CEP_VALID_UNTIL, "", "03/04/2027")
    )
    browser.sign_in("ben")
    page = browser.get("/statements/1").text
    assert "“03/04/2027” may be 2027-03-04 or 2027-04-03. Type the right one." in page
    button = "Confirm CEP valid until"
    page = browser.submit(button, {"value": "April 2027"}, expect=409).text
    assert "CEP valid until is one day, written year-month-day." in page
    page = browser.submit("Add this", {"fact": "", "value": ""}, expect=422).text
    assert "Choose what it is." in page
    birth = {"fact": "country_of_birth", "value": "new zealand (nz)"}
    assert "entered by hand" in browser.submit("Add this", birth).text
    page = browser.submit("Reject this paper", {"reason": " "}, expect=422).text
    assert "Say why." in page


def test_another_vendor_brings_its_own_items(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    other = make_item(installation.sessions)
    make_statement(installation, named(installation, item_id))
    with installation.reading() as session:
        vendor_id = session.get_one(ManufacturerItem, other).site.organisation_id
    browser.sign_in("ben")
    browser.get("/statements/1")
    page = browser.submit("Save what it covers", {"vendor": str(vendor_id)})
    number = item_number(installation.sessions, other)
    assert f"({number})" in page.text
    assert item_number(installation.sessions, item_id) not in page.text.split("What it says")[0]
    page = browser.submit("Save what it covers", {f"item_{other}": "no"})
    assert "does not name the site" in page.text
    assert "The paper does not name our item" in page.text


def test_findings_stand_on_the_item_and_the_lot(
    browser: Browser, installation: Installation
) -> None:
    item_id = specified_item(installation.sessions)
    make_component(installation.sessions, item_id, SALTS)
    browser.sign_in("ben")
    page = browser.get(f"/origin/items/{item_id}").text
    assert "No certificate is confirmed yet" in page
    assert "No confirmed statement of origin covers this item." in page
    found = document_reading(mentions=(mention("pig", "Contains porcine heparin."),))
    lot_id = make_confirmed_lot(installation, found, item_id=item_id)
    make_confirmed_statement(installation, named(installation, item_id))
    page = browser.get(f"/origin/items/{item_id}").text
    assert "T18 Certificate 1, page 1 names porcine origin" in page
    assert "Contradicts what is on file" in page
    assert "W-09" in page
    page = browser.get(f"/lots/{lot_id}").text
    assert "Its certificates and the recorded origin disagree" in page
    assert "T18" in page


def test_who_may_not_edit_origin_reads_and_decides_nothing(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    make_statement(installation, named(installation, item_id))
    browser.sign_in("eve")
    page = browser.get("/statements/1")
    assert "Confirm Species" not in page.text
    assert "bovine" in page.text
    token = {"csrf_token": page.tree.xpath("//input[@name='csrf_token']/@value")[0]}
    for path in ("/1/confirm", "/1/values", "/1/coverage", "/1/reject", "/1/values/1"):
        assert browser.post(f"/statements{path}", token).status_code == 403
    assert browser.post("/statements/of-certificate/1", token).status_code == 403


def test_who_may_not_open_evidence_is_told_its_number_without_a_link(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    make_confirmed_statement(installation, named(installation, item_id))
    evidence = "//a[starts-with(@href, '/evidence/')]"
    assert browser.sign_in("ben").get("/statements/1").tree.xpath(evidence)
    browser.submit("Sign out")
    page = browser.sign_in("bea").get("/statements/1")
    assert "(evidence " in page.text
    assert not page.tree.xpath(evidence)


def test_a_statement_to_review_is_listed_however_many_are_newer(
    browser: Browser,
    installation: Installation,
    item_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(statements, "MOST_LISTED", 1)
    make_statement(installation, named(installation, item_id))
    make_confirmed_statement(installation, named(installation, item_id))
    rows = browser.sign_in("ben").get("/statements/").tree.xpath("//table[@id='statements']//th/a")
    assert [row.get("href") for row in rows] == ["/statements/1"]


def test_a_statement_to_review_waits_on_the_start_page(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    make_statement(installation, named(installation, item_id))
    assert "statement of origin to review" in browser.sign_in("ben").get("/").text
    browser.submit("Sign out")
    assert "statement of origin to review" not in browser.sign_in("eve").get("/").text


def test_what_is_not_there_is_not_found(browser: Browser) -> None:
    browser.sign_in("ben")
    for path in ("/statements/99", "/statements/99/file", "/statements/99/pages/1.png"):
        browser.get(path, expect=404)
    assert "No statement of origin yet" in browser.get("/statements/").text


def test_the_list_takes_the_same_number_of_statements_whatever_its_length(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    browser.sign_in("ben")
    counts = []
    for _ in range(2):
        make_statement(installation, named(installation, item_id))
        with counted(installation) as seen:
            browser.get("/statements/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_paper_of_an_unknown_kind_can_be_taken_up(
    browser: Browser, installation: Installation
) -> None:
    found = document_reading((), {}, kind=DocumentKind.UNKNOWN)
    number = make_proposal(installation, found)
    browser.sign_in("ben")
    browser.get(f"/certificates/{number}")
    page = browser.submit("It is a statement of origin").text
    assert "Choose the vendor whose paper it is." in page
    assert "not read" in page
