"""Two readers on the page: hand over, check or type blind, settle, give back; and all by hand."""

import pytest

from supplier_qc.domain.certificates import CertificateState
from supplier_qc.extraction.claims import DocumentReading, HeaderField, TextLayer
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.lot_factories import (
    HEADER,
    critical_item,
    decide_everything,
    document_reading,
    get_certificate,
    make_handover,
    make_proposal,
    make_upload,
    specified_item,
)


def another(browser: Browser, username: str) -> Browser:
    """The same browser in the hands of another person."""
    browser.submit("Sign out")
    return browser.sign_in(username)


@pytest.fixture
def decided_id(installation: Installation) -> int:
    number = make_proposal(installation, item_id=critical_item(installation.sessions))
    decide_everything(installation.sessions, number)
    return number


@pytest.fixture
def waiting_id(installation: Installation, decided_id: int) -> int:
    make_handover(installation.sessions, decided_id)
    return decided_id


@pytest.fixture
def blind_id(installation: Installation) -> int:
    item_id = critical_item(installation.sessions, is_double_entry=True)
    number = make_proposal(installation, item_id=item_id)
    decide_everything(installation.sessions, number)
    make_handover(installation.sessions, number)
    return number


def typed(installation: Installation, number: int, **results: str) -> dict[str, str]:
    rows = get_certificate(installation.sessions, number).rows
    said = {"Endotoxin": "< 0.05 EU/mL", "pH": "7.3", "Sterility": "No growth"} | results
    return {f"result_{row.id}": said[row.name] for row in rows}


def test_the_first_reader_hands_over_and_the_second_confirms(
    browser: Browser, decided_id: int
) -> None:
    page = browser.sign_in("ben").get(f"/certificates/{decided_id}")
    assert "two persons read a certificate of a critical material" in page.text
    assert "a convention" in page.text
    page = browser.submit("Hand over to a second person")
    assert "Waits for a second person" in page.text
    assert "You read this certificate first" in page.text
    page = another(browser, "bea").get(f"/certificates/{decided_id}")
    assert "Check it as the second person" in page.text
    page = browser.submit("Confirm, results to lot L240917")
    assert page.path.startswith("/lots/")
    page = browser.get(f"/certificates/{decided_id}")
    assert "Confirmed by Ben Reviewer and Bea Approver" in page.text


def test_a_forged_confirmation_of_the_first_reader_is_refused(
    browser: Browser, installation: Installation, waiting_id: int
) -> None:
    page = browser.sign_in("ben").get(f"/certificates/{waiting_id}")
    token = page.tree.xpath("//input[@name='csrf_token']/@value")[0]
    version = get_certificate(installation.sessions, waiting_id).version
    answer = browser.post(
        f"/certificates/{waiting_id}/confirm", {"csrf_token": token, "version": version}
    )
    assert answer.status_code == 409
    state = get_certificate(installation.sessions, waiting_id).state
    assert state is CertificateState.AWAITING_SECOND


def test_it_waits_at_home_for_those_who_may_and_not_for_the_first_reader(
    browser: Browser, waiting_id: int
) -> None:
    assert "waits for a second person" not in browser.sign_in("ben").get("/").text
    page = another(browser, "bea").get("/")
    assert "1 certificate waits for a second person" in page.text
    page = browser.follow("1 certificate waits for a second person")
    assert f"no. {waiting_id}" in page.text


def test_the_second_person_gives_it_back_with_a_reason(browser: Browser, waiting_id: int) -> None:
    browser.sign_in("bea").get(f"/certificates/{waiting_id}")
    page = browser.submit("Return this certificate", expect=422)
    assert "Say why." in page.text
    page = browser.submit("Return this certificate", {"reason": "pH is 7.2 on the page."})
    assert "Everything is decided" in page.text


def test_who_does_not_review_sees_no_form_of_a_waiting_certificate(
    browser: Browser, waiting_id: int
) -> None:
    page = browser.sign_in("eve").get(f"/certificates/{waiting_id}")
    assert "Waits for a second person" in page.text
    assert not page.tree.xpath("//main//form[@method='post']")


def test_a_blind_reader_sees_the_names_and_no_result(browser: Browser, blind_id: int) -> None:
    page = browser.sign_in("bea").get(f"/certificates/{blind_id}")
    assert "Sterility" in page.text
    for secret in ("< 0.05", "7.3", "No growth", "Pass", "Confirm, results"):
        assert secret not in page.text
    assert "7.3" in another(browser, "ben").get(f"/certificates/{blind_id}").text


def test_two_blind_readings_that_agree_confirm_the_certificate(
    browser: Browser, installation: Installation, blind_id: int
) -> None:
    browser.sign_in("bea").get(f"/certificates/{blind_id}")
    page = browser.submit(
        "Compare with the first reading", typed(installation, blind_id, pH="7.30")
    )
    assert page.path.startswith("/lots/")
    assert "Both readings agree" in page.text


def test_agreement_still_asks_for_the_reason_of_what_stands_at_the_head(
    browser: Browser, installation: Installation
) -> None:
    item_id = critical_item(installation.sessions, is_double_entry=True)
    found = document_reading(header={**HEADER, HeaderField.RELEASE_DATE: "2026-09-01"})
    number = make_proposal(installation, found, item_id=item_id)
    decide_everything(installation.sessions, number)
    make_handover(installation.sessions, number)
    browser.sign_in("bea").get(f"/certificates/{number}")
    page = browser.submit("Compare with the first reading", typed(installation, number))
    assert "Confirm the certificate below, with its reason" in page.text
    page = browser.submit("Confirm, results to lot L240917", {"reason": "Their typing error."})
    assert page.path.startswith("/lots/")


def test_readings_that_differ_are_listed_and_settled_with_a_reason(
    browser: Browser, installation: Installation, blind_id: int
) -> None:
    browser.sign_in("bea").get(f"/certificates/{blind_id}")
    page = browser.submit("Compare with the first reading", typed(installation, blind_id, pH="7.2"))
    assert "Two readings differ" in page.text
    assert "1 row was read differently" in page.text
    page = browser.submit("Settle pH", {"taken": "second"}, expect=422)
    assert "Say why." in page.text
    page = browser.submit("Settle pH", {"taken": "second", "reason": "Seen enlarged: 7.2."})
    assert "The second was taken" in page.text
    page = browser.submit("Confirm, results to lot L240917")
    assert "7.2" in page.text


def test_a_blind_reading_with_a_gap_stays_as_typed(
    browser: Browser, installation: Installation, blind_id: int
) -> None:
    browser.sign_in("bea").get(f"/certificates/{blind_id}")
    values = typed(installation, blind_id, pH="")
    page = browser.submit("Compare with the first reading", values, expect=409)
    assert "pH: type the result" in page.text
    assert page.tree.xpath("//input[@value='< 0.05 EU/mL']")


def test_all_rows_are_typed_by_hand_in_one_go(browser: Browser, installation: Installation) -> None:
    number = make_proposal(installation, DocumentReading(TextLayer.SCAN, notes=("An image.",)))
    item_id = specified_item(installation.sessions)
    browser.sign_in("ben").get(f"/certificates/{number}")
    page = browser.submit("Use this item", {"item": str(item_id)})
    names = page.tree.xpath("//input[starts-with(@name, 'result_')]/@name")
    assert len(names) == 3
    wrong = dict(zip(names, ("0,05", "7.3", ""), strict=True))
    page = browser.submit("Keep what is typed", wrong, expect=409)
    assert "Endotoxin: A comma" in page.text
    page = browser.submit("Keep what is typed", wrong | {names[0]: "< 0.05 EU/mL"})
    assert len(get_certificate(installation.sessions, number).rows) == 2
    assert page.tree.xpath("//input[starts-with(@name, 'result_')]/@name") == names[2:]


def test_a_file_that_waits_to_be_read_is_entered_by_hand_instead(
    browser: Browser, installation: Installation
) -> None:
    number = make_upload(installation.sessions, installation.documents)
    browser.sign_in("ben").get(f"/certificates/{number}")
    page = browser.submit("Enter it by hand instead")
    assert "Entered by hand beside the page, without a reading." in page.text


def test_a_certificate_of_conformity_is_said_to_be_one_and_taken_back(
    browser: Browser, installation: Installation
) -> None:
    number = make_proposal(installation, item_id=specified_item(installation.sessions))
    browser.sign_in("ben").get(f"/certificates/{number}")
    page = browser.submit("This is a certificate of conformity: it holds no data")
    assert "a numeric attribute needs a measured result" in page.text
    page = browser.submit("It holds data after all")
    assert "a numeric attribute needs a measured result" not in page.text


def test_clear_header_values_are_confirmed_together_and_doubtful_ones_are_not(
    browser: Browser, installation: Installation
) -> None:
    number = make_proposal(installation, item_id=specified_item(installation.sessions))
    browser.sign_in("ben").get(f"/certificates/{number}")
    page = browser.submit("Confirm the 4 clear ones")
    assert "3 rows to decide" in page.text
    rows = get_certificate(installation.sessions, number).rows
    assert {row.state.value for row in rows} == {"proposed"}


def test_what_was_recognised_on_an_image_is_never_confirmed_together(
    browser: Browser, installation: Installation
) -> None:
    found = document_reading(text_layer=TextLayer.SCAN)
    number = make_proposal(installation, found, item_id=specified_item(installation.sessions))
    page = browser.sign_in("ben").get(f"/certificates/{number}")
    assert "clear ones" not in page.text


def test_a_decided_row_folds_and_opens_again(browser: Browser, installation: Installation) -> None:
    number = make_proposal(installation, item_id=specified_item(installation.sessions))
    page = browser.sign_in("ben").get(f"/certificates/{number}")
    assert not page.tree.xpath("//*[contains(@class, 'is-folded')]")
    page = browser.submit("Confirm pH")
    (folded,) = page.tree.xpath("//*[contains(@class, 'is-folded')]")
    assert "7.3" in folded.text_content()
    page = browser.submit("Change pH", {"result": "7.4"})
    assert "7.4" in page.text


def test_each_value_says_where_it_stands_and_how_it_was_found(
    browser: Browser, installation: Installation
) -> None:
    number = make_proposal(installation, item_id=specified_item(installation.sessions))
    page = browser.sign_in("ben").get(f"/certificates/{number}")
    for words in ("page 1, 100 to 180 × 200 to 212 pt", "found by: ruled table", "confidence 0.97"):
        assert words in page.text
