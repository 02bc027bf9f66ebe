"""Possible duplicates, other names, mergers and retirement through their pages."""

import re

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.browser import Browser
from tests.factories import make_item, make_site, make_vendor

NEW = {"name": "Larkfen Hematics, Inc.", "roles": ["manufacturer"]}


def test_a_similar_name_is_shown_before_a_vendor_is_added_twice(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    make_vendor(sessions, name="Larkfen Haematics Ltd")
    browser.sign_in("ana").get("/vendors/new")
    page = browser.submit("Add vendor", NEW, expect=409)
    assert "A vendor of a similar name is there already" in page.text
    assert "Larkfen Haematics Ltd" in page.text
    page = browser.submit("Add vendor", {"is_another": "y"})
    assert "The vendor is added" in page.text
    assert "Possible duplicate Larkfen Haematics Ltd" in page.text


def test_two_records_are_found_compared_and_merged(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    kept = make_vendor(sessions, name="Larkfen Haematics Ltd")
    merged = make_vendor(sessions, name="LARKFEN HAEMATICS")
    make_site(sessions, kept, name="Marsh")
    make_item(sessions, site_id=make_site(sessions, merged, name="Marsh"), name="PL-100")
    browser.sign_in("ana").get("/vendors/")
    browser.follow("Possible duplicates")
    page = browser.follow("Look at a merger of LARKFEN HAEMATICS into Larkfen Haematics Ltd")
    assert "Items made there" in page.text
    answer = {"reason": "One company."}
    page = browser.submit("Merge the two records", answer, expect=422)
    assert "Choose what it is" in page.text
    fields = page.form("Merge the two records").fields
    (site,) = [name for name in fields if re.fullmatch(r"site_\d+", name)]
    page = browser.submit("Merge the two records", {**answer, site: "other"}, expect=409)
    assert "The new name of Marsh is missing" in page.text
    page = browser.submit("Merge the two records", {**answer, site: "same"})
    assert "is merged into Larkfen Haematics Ltd" in page.text
    assert "PL-100" in page.text
    page = browser.get(f"/vendors/{merged}")
    assert page.path == f"/vendors/{kept}"
    assert "LARKFEN HAEMATICS was merged into this vendor" in page.text
    assert "No two vendors have names that are alike" in browser.get("/vendors/duplicates").text


def test_another_name_is_added_found_and_taken_away(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    vendor_id = make_vendor(sessions, name="Larkfen")
    browser.sign_in("ana").get(f"/vendors/{vendor_id}")
    browser.follow("Other names")
    assert "Type the other name" in browser.submit("Add name", {}, expect=422).text
    browser.submit("Add name", {"name": "LH Lysates"})
    assert "known by this name" in browser.submit("Add name", {"name": "larkfen"}, expect=409).text
    assert "LH Lysates" in browser.get("/search?q=lh-lysates").text
    assert "LH Lysates" in browser.get(f"/vendors/{vendor_id}").text
    browser.get(f"/vendors/{vendor_id}/names")
    browser.follow("Take away LH Lysates")
    page = browser.submit("Take name away", {"reason": "Typed wrong."})
    assert "No other name yet" in page.text


def test_an_item_a_site_and_a_vendor_are_retired_and_brought_back(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    vendor_id = make_vendor(sessions, name="Larkfen")
    site_id = make_site(sessions, vendor_id, name="Marsh")
    item_id = make_item(sessions, site_id=site_id, name="PL-100")
    browser.sign_in("ana").get(f"/retirement/vendors/{vendor_id}")
    page = browser.submit("Retire vendor", {"reason": "Closed."}, expect=409)
    assert "PL-100. Retire them first." in page.text
    browser.get(f"/items/{item_id}")
    browser.follow("Retire")
    page = browser.submit("Retire item", {"reason": "No longer bought."})
    assert "Retired since" in page.text
    browser.get(f"/vendors/{vendor_id}")
    browser.follow("Retire Marsh")
    browser.submit("Retire site", {"reason": "Closed."})
    browser.follow("Retire")
    assert "Retired since" in browser.submit("Retire vendor", {"reason": "Closed."}).text
    assert "Larkfen" not in browser.get("/vendors/").text
    assert "Larkfen" in browser.submit("Filter", {"with_retired": "y"}).text
    browser.get(f"/vendors/{vendor_id}")
    browser.follow("Bring back into use")
    assert "in use again" in browser.submit("Bring vendor back", {"reason": "Reopened."}).text


@pytest.mark.parametrize(
    "path",
    [
        "/retirement/vendors/999",
        "/retirement/sites/999",
        "/retirement/items/999",
        "/vendors/999/names",
        "/vendors/999/merge",
    ],
)
def test_what_does_not_exist_is_not_found(browser: Browser, path: str) -> None:
    browser.sign_in("ana").get(path, expect=404)


@pytest.mark.parametrize("path", ["/retirement/items/1", "/vendors/1/names", "/vendors/1/merge"])
def test_a_reader_changes_nothing(
    browser: Browser, sessions: sessionmaker[Session], path: str
) -> None:
    make_item(sessions)
    browser.sign_in("eve").get(path, expect=403)
    browser.get("/vendors/duplicates")
