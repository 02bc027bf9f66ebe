"""Loading, looking at, signing and withdrawing an edition, and the queue of rows to verify."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.persistence.reference_files import shipped_content
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.factories import make_item, make_qualification
from tests.lot_factories import make_lot
from tests.origin_factories import SERUM, make_component
from tests.people import PASSWORD
from tests.reference_factories import (
    AUSTRALIA_UNDETERMINED,
    STATUSES,
    edition,
    make_proposal,
    sign_proposal,
)

EDITIONS = "/reference/country_status/editions"
HEADER = shipped_content(STATUSES).decode().splitlines()[0]
ROW = "eu,AU,,negligible,Decision,,2027,2021-08-10,,V,eur-lex,"
SIGNED = {"reason": "Read in the decision.", "password": PASSWORD}


def load(browser: Browser, content: bytes, *, expect: int = 200) -> str:
    browser.get(EDITIONS)
    page = browser.submit(
        "Load as a proposal",
        {"label": "EU, May 2027"},
        uploads={"file": [("list.csv", content)]},
        expect=expect,
    )
    return page.text


def second(app: Flask, installation: Installation, username: str) -> Browser:
    return Browser(app, installation).sign_in(username)


def test_two_people_bring_an_edition_into_force(
    browser: Browser, app: Flask, installation: Installation, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions, name="Foetal serum 500")
    make_component(sessions, item, SERUM)
    lot = make_lot(sessions, item)
    make_qualification(sessions, item)
    text = load(browser.sign_in("ben"), AUSTRALIA_UNDETERMINED)
    assert "EU, Australia (AU) Changed Status: negligible → undetermined" in text
    assert "1 item concluded otherwise, 1 of them worse; 1 lot and 1 dossier row concerned" in text
    assert "1 requalification for cause would be opened" in text
    assert "A QA approver signs this edition" in text
    bea = second(app, installation, "bea")
    assert "1 edition of a list to sign" in bea.get("/").text
    bea.get("/reference/")
    bea.follow("Look at it")
    bea.follow("Go to the signature")
    page = bea.submit("Sign and put in force", SIGNED)
    assert "What it changed" in page.text
    assert "Foetal serum 500" in page.text
    assert "Requalifications for cause" in page.text
    assert f"/lots/{lot}" in page.response.text
    page = bea.get(f"/items/{item}")
    assert "Requalification for cause: " in page.text
    assert "For cause since" in page.text
    assert "origin list “EU, May 2027”" in bea.get("/reminders/").text
    home = bea.get("/").text
    assert "1 requalification for cause" in home
    assert "to sign" not in home


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the columns are not"),
        (f"{HEADER}\n".encode(), "holds no row"),
        (f"{HEADER.replace('zone', 'area')}\n{ROW}".encode(), "the columns are not"),
        (f"{HEADER}\n{ROW.replace('2021-08-10', 'May')}".encode(), "Line 2, valid_from: “May”"),
        (f"{HEADER}\n{ROW.replace('AU', 'ZZ')}".encode(), "“ZZ” is not a country"),
        (f"{HEADER}\n{ROW}\n{ROW}".encode(), "Line 3: repeats line 2."),
        (f"{HEADER}\nälter".encode("latin-1"), "cannot be read"),
        (shipped_content(STATUSES), "nothing to load"),
    ],
    ids=["empty", "no row", "column", "date", "country", "duplicate", "not UTF-8", "no change"],
)
def test_a_file_that_is_no_new_list_is_refused_on_the_page(
    browser: Browser, content: bytes, problem: str
) -> None:
    assert problem in load(browser.sign_in("ben"), content, expect=409)


def test_label_and_file_are_asked_for_beside_their_fields(browser: Browser) -> None:
    browser.sign_in("ben").get(EDITIONS)
    page = browser.submit("Load as a proposal", {"label": " "}, expect=422)
    assert "Say which edition it is." in page.text
    assert "Choose the file." in page.text


def test_a_wrong_password_and_a_missing_reason_sign_nothing(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_proposal(sessions)
    browser.sign_in("bea").get(f"{EDITIONS}/{number}/sign")
    page = browser.submit("Sign and put in force", {**SIGNED, "password": "no"}, expect=409)
    assert "The password is not right" in page.text
    page = browser.submit("Sign and put in force", {**SIGNED, "reason": " "}, expect=422)
    assert "Say what the approval rests on." in page.text
    assert edition(sessions, number).signatures == ()


def test_a_page_that_is_older_than_the_edition_in_force_signs_nothing(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_proposal(sessions)
    browser.sign_in("bea").get(f"{EDITIONS}/{number}/sign")
    page = browser.submit("Sign and put in force", {**SIGNED, "replaces": "999"}, expect=409)
    assert "after you opened it" in page.text


def test_a_reviewer_sees_no_signature_and_an_approver_loads_nothing(
    browser: Browser, app: Flask, installation: Installation, sessions: sessionmaker[Session]
) -> None:
    number = make_proposal(sessions)
    browser.sign_in("ben").get(f"{EDITIONS}/{number}/sign", expect=403)
    bea = second(app, installation, "bea")
    assert "Load as a proposal" not in bea.get(EDITIONS).text
    bea.get(f"{EDITIONS}/{number}/withdraw", expect=403)


def test_a_proposal_is_withdrawn_with_its_reason(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_proposal(sessions)
    browser.sign_in("ben").get(f"{EDITIONS}/{number}")
    browser.follow("Withdraw")
    page = browser.submit("Withdraw the proposal", {"reason": "The wrong file."})
    assert "Withdrawn" in page.text
    browser.get(f"{EDITIONS}/{number}/withdraw", expect=409)


def test_the_shipped_edition_is_shown_as_unsigned_until_somebody_signs_it(browser: Browser) -> None:
    browser.sign_in("bea").get("/reference/")
    assert browser.page is not None
    assert browser.page.text.count("Not signed") == 9
    browser.follow("Country statuses")
    browser.follow("Editions")
    browser.follow("As shipped with the product")
    browser.follow("Go to the signature")
    page = browser.submit("Sign the edition in force", SIGNED)
    assert "Not signed" not in page.text
    assert "Bea Approver" in page.text


def test_an_edition_stands_under_its_own_list_alone(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_proposal(sessions)
    browser.sign_in("cyd").get(f"{EDITIONS}/{number}")
    browser.get(f"/reference/species_scope/editions/{number}", expect=404)
    browser.get(f"/reference/none/editions/{number}", expect=404)
    browser.get(f"{EDITIONS}/999999", expect=404)


def test_a_superseded_edition_says_when_and_what_replaced_it(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    sign_proposal(sessions, make_proposal(sessions))
    page = browser.sign_in("eve").get(EDITIONS)
    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//tbody/tr")]
    assert [("In force" in row, "Superseded" in row) for row in rows] == [
        (True, False), (False, True),
    ]  # fmt: skip


# --- verifying -----------------------------------------------------------------------------------


def test_a_row_is_read_in_its_source_and_verified(browser: Browser) -> None:
    browser.sign_in("ben").get("/reference/")
    browser.follow("Rows to verify")
    browser.submit("Filter", {"kind": "country_status", "mark": "K", "q": "Australia"})
    assert browser.page is not None
    (button,) = [
        " ".join(one.text_content().split())
        for one in browser.page.tree.xpath("//button")
        if one.text_content().strip().startswith("Verify row")
    ]
    page = browser.submit(button, {"note": " "}, expect=422)
    assert "Say what you read, and where." in page.text
    page = browser.submit(button, {"note": "Read at aphis.usda.gov, table of regions."})
    assert "No row waits" in page.text
    page = browser.get("/reference/country_status?q=Australia&authority=usda")
    assert "Verified here by Ben Reviewer" in page.text


def test_who_only_reads_sees_the_queue_without_forms(browser: Browser) -> None:
    page = browser.sign_in("eve").get("/reference/verify/?page=2&kind=none&row_id=7&_external=1")
    assert "rows wait" in page.text
    assert page.tree.xpath("//main//form[@method='post']") == []


def test_the_queue_and_the_download_ignore_what_else_stands_in_the_address(
    browser: Browser,
) -> None:
    browser.sign_in("ben").get("/reference/verify/?row_id=7&_external=1")
    browser.get("/reference/country_status?kind=x&_external=1")
