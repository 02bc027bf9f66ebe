"""An item's own page: where it stands today, and what made it so."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.browser import Browser
from tests.conftest import NOW
from tests.factories import (
    make_item,
    make_material,
    make_qualification,
    make_site,
    make_specification,
    make_vendor,
)


def test_an_item_is_added_under_its_material(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    material_id = make_material(sessions)
    vendor_id = make_vendor(sessions, name="Birch Biologics")
    site_id = make_site(sessions, vendor_id, name="Plant", country="DK")
    browser.sign_in("ana").get(f"/materials/{material_id}")
    browser.follow("Add item")
    page = browser.submit(
        "Add item",
        {
            "site_id": site_id,
            "name": "Lysate, 500 mL",
            "catalogue_number": "007",
            "grade": "gmp_for_further_manufacture",
            "shelf_life_months": "24",
        },
    )
    for words in ("007", "Birch Biologics", "Plant, Denmark (DK)", "24 months"):
        assert words in page.text
    assert "Not qualified for any use" in page.text
    assert page.tree.xpath("//nav[@class='side']//a[@aria-current]/text()") == ["Materials"]
    assert "Draft our specification" in page.text


def test_without_a_site_that_makes_anything_the_form_says_so(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    material_id = make_material(sessions)
    page = browser.sign_in("ana").get(f"/items/new/for-material/{material_id}")
    assert "Add the vendor first" in page.text


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"site_id": ""}, 422, "Choose the site that makes the item."),
        ({"grade": ""}, 422, "Choose one."),
        ({"shelf_life_months": "soon"}, 422, "Not a valid integer"),
        ({"shelf_life_months": "0"}, 422, "Between 1 and 600 months."),
        ({"catalogue_number": " ", "reason": "x"}, 422, "Type the catalogue number."),
    ],
)
def test_a_wrong_entry_is_named(
    browser: Browser,
    sessions: sessionmaker[Session],
    fields: dict[str, str],
    status: int,
    words: str,
) -> None:
    item_id = make_item(sessions)
    browser.sign_in("ana").get(f"/items/{item_id}/edit")
    assert words in browser.submit("Save item", {"reason": "x", **fields}, expect=status).text


def test_a_catalogue_number_that_is_taken_is_refused(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    site_id = make_site(sessions)
    make_item(sessions, site_id=site_id, catalogue_number="PL-1", name="Lysate")
    other = make_item(sessions, site_id=site_id, catalogue_number="PL-2")
    browser.sign_in("ana").get(f"/items/{other}/edit")
    page = browser.submit(
        "Save item", {"catalogue_number": "pl-1", "reason": "Typing error."}, expect=409
    )
    assert "number PL-1 is Lysate already" in page.text


def test_the_page_says_what_made_the_item_approved(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    make_specification(sessions, item_id)
    make_qualification(sessions, item_id)
    text = browser.sign_in("eve").get(f"/items/{item_id}").text
    for words in (
        "Phase 1/2: Approved",
        "2027-11-24",
        "By policy for critical materials: 12 months",
        "Convention",
        "Bea Approver, 2026-11-24 09:30 UTC, meaning: approved Fits the record",
        "Version 1, in force since 2026-11-24, 3 lines.",
        "at most 0.5 EU/mL",
    ):
        assert words in text


def test_an_overdue_requalification_is_the_next_step(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    make_specification(sessions, item_id)
    make_qualification(sessions, item_id, now=NOW - timedelta(days=2000))
    page = browser.sign_in("bea").get(f"/items/{item_id}")
    assert "Requalification is overdue for phase 1/2" in page.text
    assert page.link("Decide again").startswith("/qualifications/")


def test_a_person_who_may_only_read_is_offered_nothing_to_change(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    page = browser.sign_in("eve").get(f"/items/{item_id}")
    for words in ("Edit item", "Begin a draft", "Propose for a use", "Add evidence"):
        assert words not in page.text


@pytest.mark.parametrize("path", ["/items/99", "/items/99/edit", "/items/new/for-material/99"])
def test_what_is_not_there_is_a_page_that_says_so(browser: Browser, path: str) -> None:
    assert "99 does not exist" in browser.sign_in("ana").get(path, expect=404).text
