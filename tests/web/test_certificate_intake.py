"""Re-issues and files with several lots, through the pages a reviewer uses."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.certificates import CertificateState
from supplier_qc.extraction.claims import DocumentKind
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.factories import make_vendor
from tests.handover import hand_over
from tests.lot_factories import (
    decide_everything,
    document_reading,
    get_certificate,
    get_lot,
    make_confirmed_lot,
    make_proposal,
    specified_item,
)
from tests.people import PASSWORD
from tests.services.test_certificate_reissues import CORRECTED, release
from tests.services.test_lot_splitting import two_lots


@pytest.fixture
def item_id(sessions: sessionmaker[Session]) -> int:
    return specified_item(sessions)


@pytest.fixture
def reissue_id(installation: Installation, item_id: int) -> int:
    make_confirmed_lot(installation, item_id=item_id)
    number = make_proposal(installation, document_reading(rows=CORRECTED), item_id=item_id)
    decide_everything(installation.sessions, number)
    return number


def test_a_certificate_of_a_lot_that_has_one_shows_what_it_changes(
    browser: Browser, reissue_id: int
) -> None:
    page = browser.sign_in("ben").get(f"/certificates/{reissue_id}")
    assert "This lot has certificate 1 already: is this a re-issue?" in page.text
    cells = page.tree.xpath("//table[@id='reissue-delta']//tbody/tr/*/text()")
    assert [words.strip() for words in cells if words.strip()] == ["pH: result", "7.3", "7.4"]


def test_a_re_issue_is_stated_signed_and_stands_on_the_lot(
    browser: Browser, sessions: sessionmaker[Session], reissue_id: int
) -> None:
    browser.sign_in("ben").get(f"/certificates/{reissue_id}")
    page = browser.submit("It replaces certificate 1")
    assert "takes the place of certificate 1 once confirmed" in page.text
    button = "Confirm, results to lot L240917"
    refused = browser.submit(button, {"reason": "Corrected.", "password": "no"}, expect=409)
    assert "password is not right" in refused.text
    page = browser.submit(button, {"reason": "Corrected.", "password": PASSWORD})
    assert page.path == "/lots/1"
    assert "Superseded by certificate 2, issue 2." in page.text
    standing = [one.result for one in get_lot(sessions, 1).results if one.withdrawn_at is None]
    assert standing == ["< 0.05", "7.4", "No growth"]
    assert "Certificate 2 took the place of this one" in browser.get("/certificates/1").text
    assert "Issue 2: took the place of certificate 1" in browser.get("/certificates/2").text


def test_a_released_lot_is_named_at_home_and_on_its_page_until_it_is_decided_on_anew(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    release(installation, make_confirmed_lot(installation, item_id=item_id))
    reissue_id = make_proposal(installation, document_reading(rows=CORRECTED), item_id=item_id)
    decide_everything(installation.sessions, reissue_id)
    browser.sign_in("ben").get(f"/certificates/{reissue_id}")
    browser.submit("It replaces certificate 1")
    browser.submit(
        "Confirm, results to lot L240917", {"reason": "Corrected.", "password": PASSWORD}
    )
    hand_over(browser, "bea")
    assert "released lot to look at again" in browser.get("/").text
    page = browser.get("/lots/1")
    assert "A certificate of this released lot was replaced: look at it again" in page.text
    assert page.tree.xpath("//table[@id='reissue-2']//tbody/tr/th")[0].text_content() == (
        "pH: result"
    )
    browser.submit("Sign and put lot L240917 back", {"reason": "pH.", "password": PASSWORD})
    assert "was replaced: look at it again" not in browser.get("/lots/1").text
    assert "to look at again" not in browser.get("/").text


def test_the_password_is_asked_for_beside_its_field(browser: Browser, reissue_id: int) -> None:
    browser.sign_in("ben").get(f"/certificates/{reissue_id}")
    browser.submit("It replaces certificate 1")
    page = browser.submit("Confirm, results to lot L240917", {"reason": "Corrected."}, expect=422)
    assert "Type your password." in page.text


def test_the_statement_can_be_taken_back(browser: Browser, reissue_id: int) -> None:
    browser.sign_in("ben").get(f"/certificates/{reissue_id}")
    browser.submit("It replaces certificate 1")
    assert "is this a re-issue?" in browser.submit("It is no re-issue after all").text


def test_who_may_not_review_sees_the_delta_and_no_button(browser: Browser, reissue_id: int) -> None:
    page = browser.sign_in("eve").get(f"/certificates/{reissue_id}")
    assert "is this a re-issue?" in page.text
    assert not page.tree.xpath("//button[contains(., 'It replaces')]")


@pytest.fixture
def two_lots_id(installation: Installation, item_id: int) -> int:
    return make_proposal(installation, two_lots(), item_id=item_id)


def test_a_file_with_two_lots_is_split_with_one_press(
    browser: Browser, sessions: sessionmaker[Session], two_lots_id: int
) -> None:
    page = browser.sign_in("ben").get(f"/certificates/{two_lots_id}")
    assert "This file names 2 lots" in page.text
    browser.follow("Split it by lot")
    page = browser.submit("Make a certificate for each lot")
    assert page.path == f"/certificates/{two_lots_id}"
    assert "Its other lots: certificate 2, lot L240918" in page.text
    assert [len(get_certificate(sessions, number).rows) for number in (1, 2)] == [3, 3]


def test_a_row_set_to_all_lots_stands_on_each(
    browser: Browser, sessions: sessionmaker[Session], two_lots_id: int
) -> None:
    shared = get_certificate(sessions, two_lots_id).rows[0].id
    browser.sign_in("ben").get(f"/certificates/{two_lots_id}/split")
    browser.submit("Make a certificate for each lot", {f"row_{shared}": "all"})
    assert [len(get_certificate(sessions, number).rows) for number in (1, 2)] == [3, 4]


def test_a_row_without_a_lot_is_named_and_what_was_typed_stays(
    browser: Browser, sessions: sessionmaker[Session], two_lots_id: int
) -> None:
    last = get_certificate(sessions, two_lots_id).rows[-1].id
    browser.sign_in("ben").get(f"/certificates/{two_lots_id}/split")
    typed = {f"row_{last}": "", "lot_1": "L999"}
    page = browser.submit("Make a certificate for each lot", typed, expect=409)
    assert "In no lot: Sterility." in page.text
    assert page.tree.xpath("//input[@name='lot_1']/@value") == ["L999"]


def test_a_certificate_that_is_done_is_not_split(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    make_confirmed_lot(installation, item_id=item_id)
    page = browser.sign_in("ben").get("/certificates/1/split")
    assert "cannot be split" in page.text
    assert get_certificate(installation.sessions, 1).state is CertificateState.CONFIRMED


@pytest.mark.parametrize("path", ["/certificates/99/split", "/certificates/99"])
def test_an_unknown_certificate_is_not_found(browser: Browser, path: str) -> None:
    browser.sign_in("ben").get(path, expect=404)


def test_splitting_is_for_reviewers(browser: Browser, two_lots_id: int) -> None:
    browser.sign_in("ana").get(f"/certificates/{two_lots_id}/split", expect=403)


@pytest.fixture
def origin_id(installation: Installation) -> int:
    found = replace(
        document_reading(rows=()),
        kind=DocumentKind.CERTIFICATE_OF_ORIGIN,
        kind_evidence=("title “Certificate of Origin”",),
    )
    return make_proposal(installation, found)


def test_a_paper_that_is_no_certificate_of_analysis_is_named_and_filed_elsewhere(
    browser: Browser, installation: Installation, origin_id: int
) -> None:
    vendor_id = make_vendor(installation.sessions)
    browser.sign_in("ben")
    assert "looks like a certificate of origin" in browser.get("/certificates/").text
    page = browser.get(f"/certificates/{origin_id}")
    assert "This looks like a certificate of origin, not of analysis" in page.text
    assert "Because of: title “Certificate of Origin”." in page.text
    button = "File it as evidence and set it aside here"
    assert "Choose the vendor." in browser.submit(button, expect=422).text
    page = browser.submit(button, {"vendor": str(vendor_id), "title": "Countries of origin"})
    assert page.path == "/evidence/1"
    assert "filed as evidence" in page.text
    state = get_certificate(installation.sessions, origin_id).state
    assert state is CertificateState.REJECTED


def test_who_may_not_file_evidence_sees_where_it_belongs_and_no_form(
    browser: Browser, origin_id: int
) -> None:
    page = browser.sign_in("bea").get(f"/certificates/{origin_id}")
    assert "It belongs to the evidence of the vendor" in page.text
    assert not page.tree.xpath("//details[@id='file']")
