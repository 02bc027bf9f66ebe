"""The search in the header: from any page to any record."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.browser import Browser
from tests.factories import make_item, make_material, make_site, make_vendor


def test_a_number_typed_on_any_page_leads_to_its_record(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    make_item(sessions, catalogue_number="00410-500", name="Lysate PL-100")
    browser.sign_in("ana").get("/reminders/")
    page = browser.submit("Search", {"q": "00410 500"})
    assert "Exact" in page.text
    assert "00410-500" in browser.follow("Lysate PL-100").text


def test_what_was_typed_stands_in_the_box_and_in_the_address(browser: Browser) -> None:
    browser.sign_in("eve").get("/")
    page = browser.submit("Search", {"q": "no such <thing>"})
    assert page.path == "/search?q=no+such+<thing>"
    assert page.form("Search").fields["q"] == "no such <thing>"
    assert "Nothing has this name or number" in page.text


@pytest.mark.parametrize("text", ["", " ", "x", "-"])
def test_too_little_to_look_for_says_what_to_type(browser: Browser, text: str) -> None:
    browser.sign_in("eve")
    assert "at least two letters or digits" in browser.get(f"/search?q={text}").text


def test_one_kind_is_listed_in_full(browser: Browser, sessions: sessionmaker[Session]) -> None:
    for number in range(8):
        make_material(sessions, name=f"Trypsin {number}")
    browser.sign_in("eve").get("/search?q=trypsin")
    page = browser.follow("All 8 materials")
    assert page.text.count("Trypsin") >= 8
    assert "Search everything" in page.text


def test_a_reader_gets_from_a_site_to_its_vendor(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    make_site(sessions, make_vendor(sessions, name="Larkfen"), name="Marsh works")
    browser.sign_in("eve").get("/search?q=marsh+works")
    assert "/vendors/" in browser.follow("Marsh works").path


def test_an_unknown_kind_searches_everything(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    make_vendor(sessions, name="Larkfen")
    assert "Vendors" in browser.sign_in("eve").get("/search?q=larkfen&kind=person").text


def test_a_stranger_has_no_search(browser: Browser) -> None:
    page = browser.get("/search?q=larkfen")
    assert page.path.startswith("/account/sign-in")
    assert "Search" not in [button.text_content() for button in page.tree.xpath("//button")]
