"""Orders and receipts on their pages."""

from sqlalchemy.orm import Session, sessionmaker

from tests.browser import Browser
from tests.conftest import TODAY
from tests.factories import make_item, make_qualification
from tests.identity_factories import make_pack
from tests.services.test_deliveries import make_delivery

ORDER = {
    "use_scope": "phase_1_2",
    "quantity": "4",
    "unit": "bottles",
    "ordered_on": "2026-10-01",
    "promised_on": "2026-11-01",
}


def test_an_order_is_recorded_from_the_item_and_received(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions, name="Lysate")
    make_qualification(sessions, item_id)
    pack = make_pack(sessions, item_id)
    browser.sign_in("ana").get(f"/items/{item_id}")
    browser.follow("Record an order")
    page = browser.submit("Record the order", ORDER | {"distributor_item_id": str(pack)})
    assert "Record the receipt when it comes" in page.text
    browser.follow("Record the receipt")
    page = browser.submit(
        "Record the receipt",
        {"lots": "0012\n0013", "excursion": "no", "damage": "no", "standing": "received"},
    )
    assert "0012" in page.text
    assert "What the policy said at receipt" in page.text
    page = browser.get(f"/items/{item_id}")
    assert "Received" in page.tree.xpath("//table[@id='deliveries']")[0].text_content()


def test_what_the_policy_stops_is_refused_until_it_goes_into_quarantine(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_delivery(sessions, make_item(sessions))
    page = browser.sign_in("ana").get(f"/deliveries/{number}/receipt")
    assert "It may only be received into quarantine" in page.text
    typed = {"lots": "0012", "standing": "received"}
    page = browser.submit("Record the receipt", typed, expect=409)
    assert "The policy stops it at receipt" in page.text
    page = browser.submit("Record the receipt", typed | {"standing": "quarantined"})
    assert "In quarantine" in page.text
    assert "It was never proposed for phase 1/2." in page.text


def test_what_came_too_warm_says_so_in_the_list(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_delivery(sessions, make_item(sessions))
    browser.sign_in("ana").get(f"/deliveries/{number}/receipt")
    typed = {"lots": "1", "standing": "quarantined", "damage": "no"}
    browser.submit(
        "Record the receipt", typed | {"excursion": "yes", "excursion_note": "Logger above 8 °C."}
    )
    row = browser.get("/deliveries/").tree.xpath("//table[@id='deliveries']//tbody/tr")[0]
    assert "temperature excursion" in row.text_content()


def test_who_may_not_record_a_receipt_is_told_who_does(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    make_qualification(sessions, item_id)
    number = make_delivery(sessions, item_id)
    text = browser.sign_in("eve").get(f"/deliveries/{number}").text
    assert "Procurement or a QA reviewer records the receipt" in text


def test_an_excursion_without_a_text_is_refused(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_delivery(sessions, make_item(sessions))
    browser.sign_in("ana").get(f"/deliveries/{number}/receipt")
    typed = {"lots": "1", "standing": "quarantined", "excursion": "yes"}
    page = browser.submit("Record the receipt", typed | {"received_on": "2020-01-01"}, expect=409)
    assert "Describe the temperature excursion." in page.text
    assert "before it was ordered" in page.text


def test_what_is_missing_from_an_order_is_said_beside_its_field(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    browser.sign_in("ana").get(f"/deliveries/new/for-item/{item_id}")
    page = browser.submit("Record the order", {"quantity": "4,5"}, expect=422)
    assert "Write a number with a point" in page.text
    assert "Type the unit." in page.text
    page = browser.submit("Record the order", ORDER | {"promised_on": "2026-09-01"}, expect=409)
    assert "before it was ordered on 2026-10-01" in page.text


def test_a_delivery_is_withdrawn_with_a_reason(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_delivery(sessions, make_item(sessions))
    browser.sign_in("ana").get(f"/deliveries/{number}/withdraw")
    browser.submit("Withdraw the delivery", expect=422)
    page = browser.submit("Withdraw the delivery", {"reason": "Cancelled."})
    assert "Cancelled." in page.text
    browser.get(f"/deliveries/{number}/receipt")
    typed = {"lots": "1", "standing": "quarantined", "received_on": TODAY.isoformat()}
    assert "is withdrawn" in browser.submit("Record the receipt", typed, expect=409).text


def test_the_list_and_the_pages_are_closed_and_found(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    page = browser.sign_in("eve").get("/deliveries/")
    assert "No delivery yet" in page.text
    assert "Nothing is on the way" in browser.get("/deliveries/?state=open").text
    number = make_delivery(sessions, make_item(sessions, name="Lysate"))
    assert "Lysate" in browser.get("/deliveries/?state=open").text
    browser.get(f"/deliveries/{number}/receipt", expect=403)
    browser.get("/deliveries/99", expect=404)
    browser.get("/deliveries/new/for-item/99", expect=403)
