"""Who sells an item, through its page: number, pack, price, lead time."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.browser import Browser
from tests.factories import make_item
from tests.identity_factories import make_distributor, make_pack

PACK = {
    "sku": "00410-500",
    "pack_quantity": "500",
    "pack_unit": "mL",
    "price": "240.00",
    "currency": "EUR",
    "priced_on": "2026-11-01",
    "lead_time_days": "28",
}


def test_a_distributors_number_is_added_on_the_page_of_the_item(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id, seller = make_item(sessions), make_distributor(sessions, name="Harbour")
    page = browser.sign_in("ana").get(f"/items/{item_id}")
    assert "neither price nor lead time is known" in page.text
    browser.follow("Add a distributor's number")
    page = browser.submit("Add number", {**PACK, "distributor_id": str(seller)})
    for words in ("00410-500", "500 mL", "240.00 EUR", "as of 2026-11-01", "28 days", "Harbour"):
        assert words in page.text
    assert "distributor" in page.text


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"sku": ""}, 422, "Type the number they list it under"),
        ({"pack_quantity": "half"}, 422, "Write a number with a point"),
        ({"pack_quantity": " "}, 422, "Type how much one pack holds"),
        ({"pack_quantity": "0"}, 409, "more than nothing"),
        ({"pack_quantity": "-1"}, 409, "more than nothing"),
        ({"price": "240,00"}, 422, "Write a number with a point"),
        ({"price": ""}, 409, "all three or none"),
        ({"priced_on": "2999-01-01"}, 409, "still to come"),
        ({"lead_time_days": "-3"}, 422, "Between 0 and 3650 days"),
        ({"distributor_id": ""}, 422, "Choose who sells it"),
    ],
)
def test_a_wrong_entry_is_named(
    browser: Browser,
    sessions: sessionmaker[Session],
    changes: dict[str, str],
    status: int,
    words: str,
) -> None:
    item_id, seller = make_item(sessions), make_distributor(sessions)
    browser.sign_in("ana").get(f"/distributor-items/new/for-item/{item_id}")
    fields = {**PACK, "distributor_id": str(seller), **changes}
    assert words in browser.submit("Add number", fields, expect=status).text


def test_a_price_is_changed_with_a_reason_and_retired(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    make_pack(sessions, item_id, sku="AB-1")
    browser.sign_in("ana").get(f"/items/{item_id}")
    browser.follow("Edit AB-1")
    assert "the audit trail keeps it" in browser.submit("Save number", {}, expect=422).text
    page = browser.submit(
        "Save number", {"price": "250", "is_retired": "y", "reason": "Quotation of May."}
    )
    assert "250.00 EUR" in page.text
    assert "Retired" in page.text
    assert "Quotation of May." in page.text


def test_an_older_page_saves_nothing(browser: Browser, sessions: sessionmaker[Session]) -> None:
    number = make_pack(sessions)
    browser.sign_in("ana").get(f"/distributor-items/{number}")
    old = browser.page
    browser.submit("Save number", {"lead_time_days": "5", "reason": "Quicker."})
    browser.page = old
    page = browser.submit("Save number", {"lead_time_days": "9", "reason": "Slower."}, expect=409)
    assert "Somebody else changed this record" in page.text


def test_a_reader_sees_and_may_not_change(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    number = make_pack(sessions, item_id, pack_quantity=Decimal("0.5"), pack_unit="L")
    page = browser.sign_in("eve").get(f"/items/{item_id}")
    assert "0.5 L" in page.text
    browser.get(f"/distributor-items/{number}", expect=403)


@pytest.mark.parametrize("path", ["/distributor-items/999", "/distributor-items/new/for-item/999"])
def test_what_does_not_exist_is_not_found(browser: Browser, path: str) -> None:
    browser.sign_in("ana").get(path, expect=404)


def test_a_distributors_number_is_found_and_leads_to_the_item(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    make_pack(sessions, make_item(sessions, name="Lysate PL-100"), sku="HS 00-410")
    browser.sign_in("eve").get("/search?q=hs00410")
    assert "Who sells it" in browser.follow("HS 00-410").text
