"""The pages of animal and human origin: flags, reasons and signed assessments."""

from html import unescape

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.browser import Browser
from tests.factories import make_item
from tests.origin_factories import PLATELETS, SALTS, SERUM, make_component
from tests.people import PASSWORD

GREEK_SERUM = {**SERUM, "name": "Greek serum", "slaughter": {"country": "GR"}}


def row_of(browser: Browser, item_name: str) -> str:
    """The words of an item's row in the index."""
    assert browser.page is not None
    for row in browser.page.tree.xpath("//table[@id='items']/tbody/tr"):
        if item_name in row.text_content():
            return " ".join(row.text_content().split())
    raise AssertionError(f"{item_name} has no row.")


def names(browser: Browser) -> list[str]:
    assert browser.page is not None
    links = browser.page.tree.xpath("//table[@id='items']/tbody/tr/th/a")
    return [unescape(link.text_content()) for link in links]


@pytest.fixture
def three_items(sessions: sessionmaker[Session]) -> dict[str, int]:
    found = {name: make_item(sessions, name=name) for name in ("Salt mix", "Mystery", "Serum A")}
    make_component(sessions, found["Salt mix"], SALTS)
    make_component(sessions, found["Serum A"])
    return found


def test_an_item_without_facts_is_unknown_and_never_low(
    browser: Browser, three_items: dict[str, int]
) -> None:
    browser.sign_in("eve").get("/origin/")
    row = row_of(browser, "Mystery")
    assert "Unknown – blocks" in row
    assert "No origin facts recorded" in row
    assert "Low" not in row
    page = browser.follow("Mystery")
    assert "No origin facts are recorded: the item is unknown, and that blocks" in page.text
    assert page.text.count("Unknown – blocks") == 6  # the heading and five authorities
    assert "Low" not in page.text
    assert three_items["Mystery"] > 0


@pytest.mark.parametrize("missing", ["source", "species", "birth", "collected_on"])
def test_a_fact_that_is_not_stated_is_never_low_on_the_page(
    browser: Browser, sessions: sessionmaker[Session], missing: str
) -> None:
    item = make_item(sessions, name="Serum B")
    changes = {missing: None}
    if missing == "source":
        changes |= {"species": None}
    make_component(sessions, item, SERUM, **changes)
    page = browser.sign_in("eve").get(f"/origin/items/{item}")
    heading = page.tree.xpath("//div[@class='page-status']")[0].text_content()
    assert "Unknown – blocks" in heading or "Critical" in heading
    assert "gap" in page.text


def test_the_worst_comes_first(browser: Browser, three_items: dict[str, int]) -> None:
    browser.sign_in("eve").get("/origin/")
    assert names(browser) == ["Mystery", "Serum A", "Salt mix"]
    assert three_items


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"level": "unknown"}, ["Mystery"]),
        ({"level": "blocks"}, ["Mystery"]),
        ({"level": "not_applicable", "authority": "us"}, ["Salt mix"]),
        ({"q": "bovine foetal"}, ["Serum A"]),
        ({"q": "no such thing"}, []),
    ],
)
def test_the_index_is_filtered(
    browser: Browser,
    three_items: dict[str, int],
    fields: dict[str, str],
    expected: list[str],
) -> None:
    browser.sign_in("cyd").get("/origin/")
    page = browser.submit("Filter", fields)
    assert names(browser) == expected
    if not expected:
        assert "No item matches" in page.text
    assert three_items


def test_each_rule_says_what_it_rests_on_and_what_would_change_it(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions)
    make_component(sessions, item, GREEK_SERUM, residue=None)
    page = browser.sign_in("cyd").get(f"/origin/items/{item}")
    assert "Facts used:" in page.text
    assert "country of slaughter or collection: GR, controlled" in page.text
    assert "Decision 2007/453/EC" in page.text
    assert "Unverified" in page.text
    assert "A residue quantified within its limit would lower this to" in page.text
    assert "What is left of it in the product is not stated." in page.text


def test_another_authority_shows_its_own_rules(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions)
    make_component(sessions, item, GREEK_SERUM)
    browser.sign_in("cyd").get(f"/origin/items/{item}")
    page = browser.follow("US")
    assert "Rules that fired: US" in page.text
    assert "country of slaughter or collection: GR, undetermined" in page.text
    browser.get(f"/origin/items/{item}?authority=mars", expect=404)


def test_human_origin_is_shown_apart_with_the_parts_beneath_it(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions)
    make_component(sessions, item, PLATELETS)
    page = browser.sign_in("eve").get(f"/origin/items/{item}")
    depths = [part.get("class") for part in page.tree.xpath("//li[contains(@class, 'part')]")]
    assert depths == ["part part-depth-0", "part part-depth-1"]
    assert "Denmark (DK), Germany (DE)" in page.text
    assert "Human origin is judged by the human-origin rules; it has no BSE level." in page.text


def test_unknown_numbers_are_not_found(browser: Browser) -> None:
    browser.sign_in("ben")
    for path in ("/origin/items/99", "/origin/assessments/99", "/origin/components/99"):
        browser.get(path, expect=404)


def signed(browser: Browser, item: int, **fields: str) -> None:
    browser.get(f"/origin/items/{item}?authority=us")
    browser.submit("Sign assessment", {"reason": "Fine for culture.", **fields})


def test_an_assessment_is_signed_and_marked_outdated_by_a_change(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions)
    make_component(sessions, item, SALTS)
    browser.sign_in("ben")
    signed(browser, item, password=PASSWORD)
    assert browser.page is not None
    assert "The assessment is signed: US." in browser.page.text
    assert "Fine for culture. Current" in browser.page.text
    browser.get("/origin/")
    assert "Current" in row_of(browser, "Platelet lysate, 500 mL")
    make_component(sessions, item)
    page = browser.get(f"/origin/items/{item}")
    assert "Outdated The recorded facts were changed." in page.text
    link = page.tree.xpath("//table[@id='recorded']//a/@href")[0]
    page = browser.get(link)
    assert "Assessment 1 for US" in page.text
    assert "Outdated: assess the item again" in page.text
    index = browser.get("/origin/?recorded=outdated")
    assert "1 signed assessment is outdated" in index.text
    assert "No item matches" not in index.text
    assert "No item matches" in browser.get("/origin/?recorded=current").text
    assert "T01" in page.text
    assert "Foetal blood" not in page.text  # as it was signed


def test_a_wrong_password_is_refused_with_the_text_kept(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions)
    make_component(sessions, item, SALTS)
    browser.sign_in("ben").get(f"/origin/items/{item}")
    page = browser.submit("Sign assessment", {"reason": "Mine.", "password": "no"}, expect=409)
    assert "The password is not right." in page.text
    assert page.form("Sign assessment").fields["reason"].strip() == "Mine."
    page = browser.submit("Sign assessment", {"reason": "", "password": PASSWORD}, expect=422)
    assert "Write the conclusion." in page.text


def test_facts_that_changed_while_the_page_was_open_are_not_signed(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions)
    make_component(sessions, item, SALTS)
    browser.sign_in("ben").get(f"/origin/items/{item}")
    make_component(sessions, item)
    fields = {"reason": "Mine.", "password": PASSWORD}
    page = browser.submit("Sign assessment", fields, expect=409)
    assert "Somebody else changed this record" in page.text
    # The page that refuses shows the facts as they stand, so the next signature is informed.
    assert "Foetal blood" in page.text
    browser.submit("Sign assessment", fields)


def test_who_may_only_read_is_offered_no_change(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions)
    component = make_component(sessions, item, SALTS)
    page = browser.sign_in("eve").get(f"/origin/items/{item}")
    assert "Sign an assessment" not in page.text
    assert "Add component" not in page.text
    for path in (
        f"/origin/components/{component}",
        f"/origin/items/{item}/components/new",
        f"/origin/components/{component}/withdrawal",
    ):
        browser.get(path, expect=403)
