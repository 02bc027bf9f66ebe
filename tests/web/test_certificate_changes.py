"""The change nobody told about: on the review page, its own page, the list, lot and item."""

import pytest

from supplier_qc.domain.supplier_notices import SupplierNoticeKind
from supplier_qc.extraction.claims import HeaderField
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import ManufacturerItem
from supplier_qc.services.installation import Installation
from supplier_qc.services.supplier_notices import SupplierNoticeDraft, record_supplier_notice
from tests.browser import Browser
from tests.conftest import NOW, TODAY
from tests.lot_factories import (
    ANA,
    HEADER,
    PASSING,
    critical_item,
    decide_everything,
    document_reading,
    finish_review,
    get_certificate,
    make_handover,
    make_proposal,
    specified_item,
)
from tests.people import PASSWORD

WIDER = (("Endotoxin", "NMT 1.0 EU/mL", "< 0.05 EU/mL"), *PASSING[1:])
TIGHTER = (("Endotoxin", "NMT 0.25 EU/mL", "< 0.05 EU/mL"), *PASSING[1:])
WIDER_WORDS = "Endotoxin: the supplier's limit is wider than before: “NMT 1.0 EU/mL” instead of"


def propose(
    installation: Installation, item_id: int, lot: str, rows: tuple[tuple[str, str, str], ...]
) -> int:
    found = document_reading(rows, {**HEADER, HeaderField.LOT_NUMBER: lot})
    number = make_proposal(installation, found, item_id=item_id)
    decide_everything(installation.sessions, number)
    return number


@pytest.fixture
def item_id(installation: Installation) -> int:
    """An item with one confirmed certificate of lot A1."""
    item = specified_item(installation.sessions)
    number = propose(installation, item, "A1", PASSING)
    finish_review(installation, number)
    return item


def confirmed(
    installation: Installation, item_id: int, rows: tuple[tuple[str, str, str], ...]
) -> int:
    number = propose(installation, item_id, "A2", rows)
    finish_review(installation, number)
    return number


def test_the_review_page_shows_what_changed_since_which_certificate(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    number = propose(installation, item_id, "A2", WIDER)
    page = browser.sign_in("ben").get(f"/certificates/{number}")
    assert "What changed since certificate 1 of lot A1 (2026-11-24)" in page.text
    assert WIDER_WORDS in page.text
    assert "Supplier limit changed" in page.text
    assert len(page.tree.xpath("//section[@id='review-changes']//svg[@class='claim-clip']")) == 2
    browser.follow("Compare everything")
    assert browser.page is not None
    assert "Not confirmed yet" in browser.page.text
    assert "NMT 0.5 EU/mL" in browser.page.text


def test_the_first_certificate_says_that_there_is_none_before_it(
    browser: Browser, installation: Installation
) -> None:
    number = propose(installation, specified_item(installation.sessions), "A1", PASSING)
    page = browser.sign_in("ben").get(f"/certificates/{number}")
    assert "This is the first certificate of the item" in page.text
    page = browser.get(f"/certificates/{number}/changes")
    assert "There is none before it to compare it with." in page.text


def test_an_unchanged_certificate_says_so(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    number = propose(installation, item_id, "A2", PASSING)
    page = browser.sign_in("ben").get(f"/certificates/{number}")
    assert "Limits, methods, units, tests, header and paper are as they were." in page.text
    assert "Nothing changed" in browser.get(f"/certificates/{number}/changes").text


def test_an_approver_assesses_a_critical_change_and_the_lot_is_free(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    number = confirmed(installation, item_id, WIDER)
    lot_id = get_certificate(installation.sessions, number).lot_id
    browser.sign_in("bea")
    assert "1 change of a supplier to assess" in browser.get("/").text
    blocker = f"1 change not assessed: {WIDER_WORDS}"
    assert blocker in browser.get(f"/lots/{lot_id}").text
    browser.follow("Those on its certificates")
    assert browser.page is not None
    browser.get(browser.page.tree.xpath("//td/following-sibling::th//a/@href")[0])
    page = browser.submit(
        "Sign and keep the assessment",
        {
            "decision": "accepted",
            "text": "Our own limit stays at 0.5 EU/mL.",
            "touches_dossier": True,
            "supplier_reference": "CN-14",
            "supplier_notice_on": "2026-10-01",
            "password": PASSWORD,
        },
    )
    assert "Every change is assessed" in page.text
    assert "Our own limit stays at 0.5 EU/mL." in page.text
    assert "Touches: dossier. Supplier's notice: CN-14 of 2026-10-01" in page.text
    assert "Bea Approver" in page.text
    assert blocker not in browser.get(f"/lots/{lot_id}").text
    assert "No change waits for an assessment" in browser.get("/changes/").text
    assert "Accepted, with reason" in browser.get("/changes/?state=assessed").text


def test_what_the_vendor_announced_stands_beside_the_question_whether_it_did(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    number = confirmed(installation, item_id, WIDER)
    browser.sign_in("bea").get(f"/certificates/{number}/changes")
    assert browser.page is not None
    assert "No notice of this vendor is on file." in browser.page.text
    with reading(installation.sessions) as session:
        vendor_id = session.get_one(ManufacturerItem, item_id).site.organisation_id
    draft = SupplierNoticeDraft(
        SupplierNoticeKind.CHANGE, "New endotoxin limit", TODAY, (item_id,), reference="CN-14"
    )
    record_supplier_notice(
        installation.sessions, installation.documents, vendor_id, draft, actor=ANA, now=NOW
    )
    page = browser.get(f"/certificates/{number}/changes")
    assert (
        "On file from this vendor: New endotoxin limit (CN-14), received 2026-11-24." in page.text
    )


def test_what_is_missing_in_an_assessment_is_named_beside_its_field(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    number = confirmed(installation, item_id, WIDER)
    browser.sign_in("bea").get(f"/certificates/{number}/changes")
    page = browser.submit("Sign and keep the assessment", {"text": ""}, expect=422)
    assert "Choose what follows from the change." in page.text
    assert "Say why: it is kept with the change." in page.text
    page = browser.submit(
        "Sign and keep the assessment",
        {"decision": "accepted", "text": "Fine.", "password": "wrong"},
        expect=422,
    )
    assert "The password is not right" in page.text
    page = browser.submit(
        "Sign and keep the assessment",
        {
            "decision": "accepted",
            "text": "Fine.",
            "supplier_notice_on": "2026-10-01",
            "password": PASSWORD,
        },
        expect=409,
    )
    assert "Name the supplier's notice by its reference or title." in page.text
    assert "1 change to assess" in browser.get(f"/certificates/{number}/changes").text


def test_a_reviewer_assesses_a_major_change_without_a_signature(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    number = confirmed(installation, item_id, TIGHTER)
    browser.sign_in("ben").get(f"/certificates/{number}/changes")
    page = browser.submit("Keep the assessment", {"decision": "no_impact", "text": "Tighter."})
    assert "Every change is assessed" in page.text


def test_a_reviewer_is_told_that_a_critical_change_is_an_approvers(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    number = confirmed(installation, item_id, WIDER)
    page = browser.sign_in("ben").get(f"/certificates/{number}/changes")
    assert "A critical change is assessed and signed by a QA approver." in page.text
    assert "Sign and keep the assessment" not in page.text


@pytest.mark.parametrize("person", ["ana", "cyd", "dan", "eve"])
def test_others_read_the_changes_and_assess_none(
    browser: Browser, installation: Installation, item_id: int, person: str
) -> None:
    number = confirmed(installation, item_id, WIDER)
    page = browser.sign_in(person).get(f"/certificates/{number}/changes")
    assert WIDER_WORDS in page.text
    assert "Keep the assessment" not in page.response.text
    assert browser.post(f"/certificates/{number}/changes").status_code in (400, 403)


def test_the_list_is_filtered_by_vendor_item_and_state(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    confirmed(installation, item_id, WIDER)
    browser.sign_in("eve")
    assert WIDER_WORDS in browser.get(f"/changes/?item={item_id}").text
    assert WIDER_WORDS in browser.get("/changes/?state=nonsense&vendor=1").text
    assert "No change fits the filter" in browser.get("/changes/?item=99").text
    assert "No change fits the filter" in browser.get("/changes/?state=assessed").text


def test_the_items_page_leads_to_its_history_of_changes(
    browser: Browser, installation: Installation, item_id: int
) -> None:
    browser.sign_in("ana").get(f"/items/{item_id}/changes")
    assert browser.page is not None
    assert "No change so far" in browser.page.text
    number = confirmed(installation, item_id, WIDER)
    browser.get(f"/items/{item_id}")
    page = browser.follow("History of changes")
    assert f"Certificate {number}, lot A2" in page.text
    assert WIDER_WORDS in page.text


def test_a_blind_second_reader_sees_no_value_of_the_first(
    browser: Browser, installation: Installation
) -> None:
    item = critical_item(installation.sessions, is_double_entry=True)
    first = propose(installation, item, "A1", PASSING)
    make_handover(installation.sessions, first)
    page = browser.sign_in("bea").get(f"/certificates/{first}")
    assert "What changed" not in page.text
    assert "Shown after the second reading" in browser.get(f"/certificates/{first}/changes").text
    assert "0.05" not in browser.get(f"/certificates/{first}/changes").text


@pytest.mark.parametrize("path", ["/certificates/999/changes", "/items/999/changes"])
def test_an_unknown_record_is_not_found(browser: Browser, path: str) -> None:
    browser.sign_in("ben").get(path, expect=404)
