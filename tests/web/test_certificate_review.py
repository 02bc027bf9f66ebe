"""The review page: what was read beside the page, one decision a form, blockers before the end."""

import pytest

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.extraction.claims import DocumentReading, HeaderField, TextLayer
from supplier_qc.jobs.reading import read_waiting_certificates
from supplier_qc.services.certificate_review import decide_row
from supplier_qc.services.certificates import reject_certificate
from supplier_qc.services.installation import Installation
from tests.browser import Browser, Page
from tests.certificate_pdfs import HEADER as PRINTED_HEADER
from tests.certificate_pdfs import certificate_pdf
from tests.conftest import NOW
from tests.factories import (
    LINES,
    make_item,
    make_material,
    make_site,
    make_specification,
    make_vendor,
)
from tests.lot_factories import (
    BEA,
    HEADER,
    decide_everything,
    decision_of,
    document_reading,
    get_certificate,
    make_proposal,
    make_upload,
    specified_item,
)


@pytest.fixture
def certificate_id(installation: Installation) -> int:
    return make_proposal(installation, item_id=specified_item(installation.sessions))


def claim(page: Page, place: str) -> str:
    """The words of one field or row."""
    (found,) = page.tree.xpath(f"//*[@id='{place}']")
    return " ".join(found.text_content().split())


def row_place(installation: Installation, certificate_id: int, position: int) -> str:
    rows = get_certificate(installation.sessions, certificate_id).rows
    return f"row-{rows[position - 1].id}"


def test_a_real_file_comes_from_upload_to_a_lot(
    browser: Browser, installation: Installation
) -> None:
    site = make_site(
        installation.sessions, make_vendor(installation.sessions, name="Aspen Reagents")
    )
    major = make_material(installation.sessions, risk_class=RiskClass.MAJOR)
    item_id = make_item(
        installation.sessions, material_id=major, site_id=site, catalogue_number="PL-1000"
    )
    make_specification(installation.sessions, item_id)
    browser.sign_in("ben").get("/certificates/")
    browser.submit("Upload", uploads={"files": [("coa.pdf", certificate_pdf())]})
    read_waiting_certificates(installation, NOW)
    page = browser.get("/certificates/1")
    assert page.tree.xpath("//*[local-name()='rect'][@data-box-for]")
    for field in ("Issuer", "Product", "Catalogue number", "Lot number", "Manufactured on"):
        page = browser.submit(f"Confirm {field}")
    for name in ("Expires on", "Storage", "Endotoxin", "pH", "Sterility"):
        page = browser.submit(f"Confirm {name}")
    assert "Everything is decided" in page.text
    page = browser.submit("Confirm, results to lot L240917")
    assert page.path.startswith("/lots/")
    assert "The results allow a release" in page.text
    assert PRINTED_HEADER["Lot No."] in page.text


def test_a_row_shows_literal_limits_verdict_and_confidence(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    words = claim(
        browser.sign_in("ben").get(f"/certificates/{certificate_id}"),
        row_place(installation, certificate_id, 1),
    )
    for expected in (
        "< 0.05 EU/mL",
        "NMT 0.5 EU/mL",
        "at most 0.5 EU/mL",
        "Pass",
        "Clear 0.97",
    ):
        assert expected in words


def test_a_verdict_against_ours_is_shown_whatever_the_supplier_says(
    browser: Browser, installation: Installation
) -> None:
    rows = (("Endotoxin", "NMT 5 EU/mL", "2 EU/mL"), ("pH", "6 - 9", "< 8"))
    number = make_proposal(
        installation, document_reading(rows=rows), item_id=specified_item(installation.sessions)
    )
    page = browser.sign_in("ben").get(f"/certificates/{number}")
    endotoxin = claim(page, row_place(installation, number, 1))
    assert "Fail" in endotoxin
    assert "wider than ours" in endotoxin
    assert "Not evaluable" in claim(page, row_place(installation, number, 2))
    assert "Tests of ours without a row" in page.text
    assert "Sterility" in page.text


def test_a_correction_shows_the_new_verdict_and_keeps_the_literal(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    browser.sign_in("ben").get(f"/certificates/{certificate_id}")
    page = browser.submit("Confirm Endotoxin", {"result": "0.9", "unit": "EU/mL"})
    words = claim(page, row_place(installation, certificate_id, 1))
    assert "< 0.05 EU/mL" in words
    assert "Corrected" in words
    assert "Fail" in words


def test_a_wrong_decision_stays_as_typed_with_its_reason_beside_it(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    browser.sign_in("ben").get(f"/certificates/{certificate_id}")
    page = browser.submit("Confirm Endotoxin", {"result": "0,9"}, expect=409)
    place = row_place(installation, certificate_id, 1)
    assert "comma" in claim(page, place)
    assert page.tree.xpath(f"//*[@id='{place}-result']/@value") == ["0,9"]
    assert get_certificate(installation.sessions, certificate_id).rows[0].result == "< 0.05"


def test_two_reviewers_on_one_row_are_told(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    browser.sign_in("ben").get(f"/certificates/{certificate_id}")
    row = get_certificate(installation.sessions, certificate_id).rows[0]
    decide_row(
        installation.sessions,
        certificate_id,
        row.id,
        decision_of(row, result="0.2"),
        version=row.version,
        actor=BEA,
        now=NOW,
    )
    page = browser.submit("Confirm Endotoxin", expect=409)
    assert "Somebody else changed this record" in claim(page, f"row-{row.id}")
    assert get_certificate(installation.sessions, certificate_id).rows[0].result == "0.2"


def test_a_form_of_an_old_tab_says_why_it_changes_nothing_though_it_is_gone(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    browser.sign_in("ben").get(f"/certificates/{certificate_id}")
    version = get_certificate(installation.sessions, certificate_id).version
    reject_certificate(
        installation.sessions,
        certificate_id,
        version=version,
        reason="Of another plant.",
        actor=BEA,
        now=NOW,
    )
    page = browser.submit("Confirm Endotoxin", expect=409)
    assert "it can be worked on only while it is under review" in page.text


def test_a_rejected_row_needs_a_note_and_keeps_it(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    browser.sign_in("ben").get(f"/certificates/{certificate_id}")
    page = browser.submit("Reject pH", expect=409)
    assert "Say why this row is no result" in page.text
    page = browser.submit("Reject pH", {"note": "A heading."})
    words = claim(page, row_place(installation, certificate_id, 2))
    assert "Not a result" in words
    assert "A heading." in words
    assert "pH (between 7.0 pH and 7.6 pH)" in page.text


def test_a_row_with_a_reason_against_it_is_not_confirmed(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    """Enter in the reason presses the form's first button, where no script runs."""
    browser.sign_in("ben").get(f"/certificates/{certificate_id}")
    page = browser.submit("Confirm pH", {"note": "A heading."}, expect=422)
    assert "press Reject" in claim(page, row_place(installation, certificate_id, 2))
    rows = get_certificate(installation.sessions, certificate_id).rows
    assert rows[1].state is ClaimState.PROPOSED


def test_a_row_is_added_by_hand_through_the_same_page(
    browser: Browser, installation: Installation
) -> None:
    found = DocumentReading(TextLayer.SCAN, notes=("Pages are images.",))
    item_id = specified_item(installation.sessions)
    number = make_proposal(installation, found)
    browser.sign_in("ben").get(f"/certificates/{number}")
    browser.submit("Use this item", {"item": str(item_id)})
    line = next(
        option.get("value")
        for option in browser.get(f"/certificates/{number}").tree.xpath(
            "//*[@id='new-row-line']/option"
        )
        if option.text == "Endotoxin"
    )
    fields = {"name": "Endotoxins", "line": line, "result": "< 0.05 EU/mL", "unit": ""}
    page = browser.submit("Add this row", fields)
    words = claim(page, row_place(installation, number, 1))
    for expected in ("Endotoxins", "Entered by hand", "Pass"):
        assert expected in words


def test_a_row_by_hand_names_all_that_is_missing(browser: Browser, certificate_id: int) -> None:
    browser.sign_in("ben").get(f"/certificates/{certificate_id}")
    page = browser.submit("Add this row", expect=409)
    assert "Type the result" in page.text
    assert "name of its test" in page.text


def test_an_ambiguous_date_asks_which_day_is_meant(
    browser: Browser, installation: Installation
) -> None:
    header = {**HEADER, HeaderField.MANUFACTURE_DATE: "03/04/2026"}
    number = make_proposal(installation, document_reading(header=header))
    page = browser.sign_in("ben").get(f"/certificates/{number}")
    assert "may be 2026-03-04 or 2026-04-03" in page.text
    page = browser.submit("Confirm Manufactured on", {"value": "03/04/2026"}, expect=409)
    assert "is not one day" in page.text
    page = browser.submit("Confirm Manufactured on", {"value": "2026-04-03"})
    assert "may be 2026-03-04" not in page.text


def test_header_mismatches_stand_at_the_head(browser: Browser, installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    first = make_proposal(installation, item_id=item_id)
    header = {
        **HEADER,
        HeaderField.CATALOG_NUMBER: "ZZ-77",
        HeaderField.ISSUER: "Birch Trading",
        HeaderField.EXPIRY_DATE: "2026-01-01",
    }
    number = make_proposal(installation, document_reading(header=header))
    browser.sign_in("ben").get(f"/certificates/{number}")
    assert "No item of ours is chosen" in browser.get(f"/certificates/{number}").text
    page = browser.submit("Use this item", {"item": str(item_id)})
    for expected in (
        "is for catalogue number ZZ-77",
        "issued by Birch Trading",
        f"already has certificate {first}",
        "lies before the manufacture",
        "expired on 2026-01-01",
    ):
        assert expected in page.text


def test_a_mismatch_needs_a_reason_at_the_end(browser: Browser, installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    make_proposal(installation, item_id=item_id)
    number = make_proposal(installation, item_id=item_id)
    decide_everything(installation.sessions, number)
    browser.sign_in("ben").get(f"/certificates/{number}")
    page = browser.submit("Confirm, results to lot L240917", expect=409)
    assert "Say why the certificate is right" in page.text
    page = browser.submit("Confirm, results to lot L240917", {"reason": "A re-issue."})
    assert page.path.startswith("/lots/")


def test_all_blockers_are_shown_before_the_click(
    browser: Browser, installation: Installation
) -> None:
    number = make_proposal(installation, document_reading(header={HeaderField.STORAGE: "Cold"}))
    page = browser.sign_in("ben").get(f"/certificates/{number}")
    for expected in (
        "No item is chosen.",
        "3 rows are not decided yet.",
        "There is no lot number.",
    ):
        assert expected in page.text
    assert "Confirm, results to lot" not in page.text


def test_without_an_item_no_row_is_called_extra_or_judged(
    browser: Browser, installation: Installation
) -> None:
    number = make_proposal(installation)
    words = claim(
        browser.sign_in("ben").get(f"/certificates/{number}"),
        row_place(installation, number, 1),
    )
    assert "Not judged" in words
    assert "No item is chosen yet." in words


def test_a_newer_version_of_our_specification_is_offered(
    browser: Browser, installation: Installation
) -> None:
    item_id = specified_item(installation.sessions)
    number = make_proposal(installation, item_id=item_id)
    make_specification(installation.sessions, item_id, lines=LINES[:2])
    page = browser.sign_in("ben").get(f"/certificates/{number}")
    assert "version 2 is in force now" in page.text
    page = browser.submit("Use this item")
    assert "Judged against version 2" in page.text


def test_a_certificate_is_rejected_with_its_reason(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    browser.sign_in("ben").get(f"/certificates/{certificate_id}")
    page = browser.submit("Reject this certificate", expect=422)
    assert "Say why." in page.text
    browser.submit("Reject this certificate", {"reason": "Of another plant."})
    certificate = get_certificate(installation.sessions, certificate_id)
    assert certificate.state is CertificateState.REJECTED
    page = browser.get(f"/certificates/{certificate_id}")
    assert "is rejected and is not used" in page.text


def test_a_file_can_be_read_again_while_nothing_is_decided(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    browser.sign_in("ben").get(f"/certificates/{certificate_id}")
    page = browser.submit("Read the file again")
    assert "waits to be read" in page.text
    state = get_certificate(installation.sessions, certificate_id).state
    assert state is CertificateState.QUEUED


@pytest.mark.parametrize("username", ["ana", "cyd", "dan", "eve"])
def test_who_does_not_review_reads_without_forms(
    browser: Browser, certificate_id: int, username: str
) -> None:
    page = browser.sign_in(username).get(f"/certificates/{certificate_id}")
    assert "< 0.05 EU/mL" in page.text
    assert len(page.tree.xpath("//main//form[@method='post']")) == 0


@pytest.mark.parametrize(
    "path", ["item", "fields/1", "rows/1", "rows", "confirm", "reject", "read-again"]
)
def test_only_reviewers_reach_the_decisions(
    browser: Browser, certificate_id: int, path: str
) -> None:
    page = browser.sign_in("ana").get("/certificates/")
    token = page.tree.xpath("//input[@name='csrf_token']/@value")[0]
    response = browser.post(f"/certificates/{certificate_id}/{path}", {"csrf_token": token})
    assert response.status_code == 403


@pytest.mark.parametrize("path", ["item", "rows/1", "rows", "confirm", "reject", "fields/1"])
def test_decisions_on_an_unknown_certificate_are_not_found(browser: Browser, path: str) -> None:
    page = browser.sign_in("ben").get("/certificates/")
    token = page.tree.xpath("//input[@name='csrf_token']/@value")[0]
    response = browser.post(f"/certificates/99/{path}", {"csrf_token": token})
    assert response.status_code == 404


def test_a_long_value_is_refused_beside_its_field(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    browser.sign_in("ben").get(f"/certificates/{certificate_id}")
    page = browser.submit("Confirm Lot number", {"value": "L" * 301}, expect=422)
    assert "longer than 300" in page.text
    fields = get_certificate(installation.sessions, certificate_id).fields
    assert {field.state for field in fields} == {ClaimState.PROPOSED}


def test_a_confirmed_certificate_shows_what_was_decided_and_no_forms(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    decide_everything(installation.sessions, certificate_id)
    browser.sign_in("ben").get(f"/certificates/{certificate_id}")
    browser.submit("Confirm, results to lot L240917", {"reason": "Checked."})
    page = browser.get(f"/certificates/{certificate_id}")
    assert "Confirmed by Ben Reviewer" in page.text
    assert not page.tree.xpath("//main//form[@method='post']")
    assert browser.follow("Open lot L240917").path.startswith("/lots/")


def test_the_unfinished_upload_of_another_person_is_no_review(
    browser: Browser, installation: Installation
) -> None:
    number = make_upload(installation.sessions, installation.documents)
    page = browser.sign_in("ben").get(f"/certificates/{number}")
    token = page.tree.xpath("//input[@name='csrf_token']/@value")[0]
    data = {"csrf_token": token, "version": "1", "reason": "x"}
    assert browser.post(f"/certificates/{number}/confirm", data).status_code == 409
