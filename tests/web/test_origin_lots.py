"""A lot that is otherwise than its item: recorded, assessed, changed and withdrawn."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.browser import Browser
from tests.lot_factories import make_lot, specified_item
from tests.origin_factories import SERUM, make_component

WHY = "The certificate of origin of this lot names another country."


@dataclass(frozen=True, slots=True)
class Serum:
    item_id: int
    component_id: int
    lot_id: int
    other_lot_id: int


@pytest.fixture
def serum(sessions: sessionmaker[Session]) -> Serum:
    """Two lots of an item whose serum comes from Australia."""
    item_id = specified_item(sessions)
    component_id = make_component(sessions, item_id, SERUM)
    lots = [make_lot(sessions, item_id, manufacturer_lot=lot) for lot in ("S-1", "S-2")]
    return Serum(item_id, component_id, *lots)


def otherwise(browser: Browser, serum: Serum, **fields: str) -> str:
    """Ben records that the serum of lot S-1 was collected elsewhere; the words of the page."""
    return record_otherwise(browser.sign_in("ben"), serum, **fields)


def record_otherwise(browser: Browser, serum: Serum, **fields: str) -> str:
    browser.get(f"/origin/lots/{serum.lot_id}")
    browser.follow("Otherwise for this lot: Foetal blood")
    page = browser.submit("Save component", {"slaughter_country": "GR", "reason": WHY} | fields)
    return page.text


def level_of(browser: Browser, lot_id: int) -> str:
    page = browser.get(f"/origin/lots/{lot_id}")
    (row,) = page.tree.xpath("//table[@id='authorities']//tr[th='EU']")
    return " ".join(row.text_content().split())


def test_a_lot_is_as_its_item_until_something_is_recorded(browser: Browser, serum: Serum) -> None:
    page = browser.sign_in("eve").get(f"/origin/lots/{serum.lot_id}")
    assert "as its item" in level_of(browser, serum.lot_id)
    assert "This lot alone" not in page.text
    assert "Otherwise for this lot" not in page.text  # she may only look


def test_what_differs_is_assessed_for_that_lot_alone(browser: Browser, serum: Serum) -> None:
    text = otherwise(browser, serum)
    assert "Foetal blood is recorded for lot S-1 alone." in text
    assert "It stands in the place of the item's component of this name." in text
    assert "Greece (GR)" in text
    assert "otherwise than its item" in level_of(browser, serum.lot_id)
    assert "as its item" in level_of(browser, serum.other_lot_id)
    item = browser.get(f"/origin/items/{serum.item_id}")
    assert "Greece" not in item.text
    lot = browser.get(f"/lots/{serum.lot_id}")
    assert "with facts of this lot alone" in lot.text


def test_the_reason_is_asked_for(browser: Browser, serum: Serum) -> None:
    browser.sign_in("ben").get(f"/origin/lots/{serum.lot_id}")
    browser.follow("Otherwise for this lot: Foetal blood")
    page = browser.submit("Save component", {"slaughter_country": "GR"}, expect=422)
    assert "Say why" in page.text
    assert "as its item" in level_of(browser, serum.lot_id)


def test_it_is_changed_and_withdrawn_and_the_item_holds_again(
    browser: Browser, serum: Serum
) -> None:
    otherwise(browser, serum)
    browser.follow("Change Foetal blood")
    page = browser.submit("Save component", {"slaughter_country": "MX", "reason": WHY})
    assert page.path == f"/origin/lots/{serum.lot_id}"
    assert "Mexico (MX)" in page.text
    browser.follow("Withdraw Foetal blood")
    page = browser.submit("Withdraw component", {"reason": WHY})
    assert page.path == f"/origin/lots/{serum.lot_id}"
    assert "as its item" in level_of(browser, serum.lot_id)
    assert "Mexico" not in page.text


def test_a_second_record_of_the_name_is_refused(browser: Browser, serum: Serum) -> None:
    otherwise(browser, serum)
    browser.get(f"/origin/lots/{serum.lot_id}/components/new?component={serum.component_id}")
    page = browser.submit("Save component", {"reason": WHY}, expect=409)
    assert "The lot has a component named Foetal blood already." in page.text


def test_what_only_this_lot_has_is_added_to_the_rest(browser: Browser, serum: Serum) -> None:
    browser.sign_in("ben").get(f"/origin/lots/{serum.lot_id}")
    browser.follow("Add what only this lot has")
    page = browser.submit("Save component", {"name": "Lactose, filler", "reason": WHY})
    assert "Lactose, filler" in page.text
    assert "Foetal blood" in page.text
    assert "Unknown" in level_of(browser, serum.lot_id)  # its source is not answered


@pytest.mark.parametrize("of", ["another item", "another lot", "nothing"])
def test_a_lot_begins_only_from_a_component_of_its_own_item(
    browser: Browser, sessions: sessionmaker[Session], serum: Serum, of: str
) -> None:
    number = 999
    browser.sign_in("ben")
    if of == "another item":
        number = make_component(sessions, specified_item(sessions), SERUM)
    elif of == "another lot":
        record_otherwise(browser, serum)
        number = serum.component_id + 1
    browser.get(f"/origin/lots/{serum.other_lot_id}/components/new?component={number}", expect=404)
