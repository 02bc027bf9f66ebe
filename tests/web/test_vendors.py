"""Vendors through their own pages: added, looked for, changed, refused."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import OrganisationRole
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.conftest import TODAY
from tests.factories import make_contact, make_evidence, make_item, make_site, make_vendor
from tests.handover import hand_over

BIRCH = {"name": "Birch Biologics", "roles": ["manufacturer"], "website": "https://birch.example"}


def test_an_empty_list_says_what_to_do(browser: Browser) -> None:
    page = browser.sign_in("ana").get("/vendors/")
    assert "Begin with a manufacturer" in page.text
    assert hand_over(browser, "eve").get("/vendors/").text.count("Add vendor") == 0


def test_a_vendor_is_added_with_its_first_site_and_contact(browser: Browser) -> None:
    browser.sign_in("ana").get("/vendors/")
    browser.follow("Add vendor")
    assert "Add the first site" in browser.submit("Add vendor", BIRCH).text
    browser.follow("Add site")
    browser.submit("Add site", {"name": "Plant", "address": "1 Mill Lane", "country": "CI"})
    browser.follow("Add contact")
    page = browser.submit(
        "Add contact", {"full_name": "Robin Vale", "function": "quality", "email": "r@b.example"}
    )
    assert "Côte d'Ivoire (CI)" in page.text
    assert "Robin Vale" in page.text
    assert "Contact record added: Robin Vale, Birch Biologics" in page.text


def test_a_name_that_is_there_links_to_the_vendor_that_holds_it(browser: Browser) -> None:
    browser.sign_in("ana").get("/vendors/new")
    first = browser.submit("Add vendor", BIRCH).path
    browser.get("/vendors/new")
    page = browser.submit("Add vendor", {**BIRCH, "name": "BIRCH  biologics"}, expect=409)
    assert page.link("Open the existing vendor") == first
    assert page.form("Add vendor").fields["name"] == "BIRCH  biologics"


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"name": ""}, 422, "Type the name."),
        ({"name": "x" * 201}, 422, "longer than 200"),
        ({"roles": []}, 422, "Choose at least one role"),
        ({"website": "birch.example"}, 409, "begins with https://"),
    ],
)
def test_a_wrong_entry_is_named(
    browser: Browser, changes: dict[str, object], status: int, words: str
) -> None:
    browser.sign_in("ana").get("/vendors/new")
    assert words in browser.submit("Add vendor", {**BIRCH, **changes}, expect=status).text


def test_a_change_needs_a_reason_and_is_kept_in_the_latest_changes(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_vendor(sessions, name="Birch Biologics")
    browser.sign_in("ben").get(f"/vendors/{number}")
    browser.follow("Edit vendor")
    assert "Say why" in browser.submit("Save vendor", {"name": "Birch Bio"}, expect=422).text
    page = browser.submit("Save vendor", {"name": "Birch Bio", "reason": "It was renamed."})
    assert "Birch Biologics → Birch Bio" in page.text
    assert "It was renamed." in page.text


def test_another_persons_change_meanwhile_is_not_overwritten(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_vendor(sessions, name="Birch Biologics")
    browser.sign_in("ana").get(f"/vendors/{number}/edit")
    stale = browser.page
    browser.submit("Save vendor", {"name": "Birch One", "reason": "First."})
    browser.page = stale
    page = browser.submit("Save vendor", {"name": "Birch Two", "reason": "Second."}, expect=409)
    assert "Somebody else changed this record" in page.text
    assert "Birch One" in browser.get(f"/vendors/{number}").text


def test_a_site_is_changed_and_its_version_is_guarded(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_site(sessions, name="Plant")
    browser.sign_in("ana").get(f"/vendors/sites/{number}")
    page = browser.submit("Save site", {"country": "FR", "reason": "It moved."})
    assert "France (FR)" in page.text


def test_a_contact_needs_a_way_to_be_reached(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_contact(sessions, make_vendor(sessions))
    browser.sign_in("ana").get(f"/vendors/contacts/{number}")
    page = browser.submit("Save contact", {"email": "", "reason": "Left."}, expect=409)
    assert "a mail address or a phone number" in page.text


def test_the_list_finds_by_name_country_and_role(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    make_site(sessions, make_vendor(sessions, name="Birch Biologics"), country="NO")
    roles = frozenset({OrganisationRole.DISTRIBUTOR})
    make_site(sessions, make_vendor(sessions, name="Cedar Trading", roles=roles), country="CH")
    browser.sign_in("eve")
    for query, found, missed in [
        ("q=birch", "Birch", "Cedar"),
        ("q=norw", "Birch", "Cedar"),
        ("role=distributor", "Cedar", "Birch"),
        ("country=CH", "Cedar", "Birch"),
    ]:
        text = browser.get(f"/vendors/?{query}").text
        assert found in text
        assert f"{missed} " not in text
    assert "No vendor fits" in browser.get("/vendors/?q=%25").text
    assert "2 vendors" in browser.get("/vendors/?role=nonsense&page=99").text


def test_expired_evidence_is_shown_first_and_said_aloud(
    browser: Browser, installation: Installation
) -> None:
    number = make_vendor(installation.sessions)
    make_site(installation.sessions, number)
    past = TODAY - timedelta(days=4000)
    make_evidence(installation.sessions, installation.documents, number, expires_on=past)
    page = browser.sign_in("ana").get(f"/vendors/{number}")
    assert "Evidence has expired" in page.text
    assert "Expired" in browser.get("/vendors/").text


def test_the_items_of_a_vendor_stand_on_its_page(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_vendor(sessions)
    make_item(sessions, site_id=make_site(sessions, number), name="Lysate, 1 L")
    assert "Lysate, 1 L" in browser.sign_in("cyd").get(f"/vendors/{number}").text


@pytest.mark.parametrize("path", ["/vendors/99", "/vendors/99/edit", "/vendors/sites/99"])
def test_a_vendor_that_is_not_there_is_a_page_that_says_so(browser: Browser, path: str) -> None:
    assert "99 does not exist" in browser.sign_in("ana").get(path, expect=404).text


@pytest.mark.parametrize("username", ["bea", "cyd", "dan", "eve"])
def test_who_may_only_read_cannot_add_a_vendor(browser: Browser, username: str) -> None:
    browser.sign_in(username).get("/vendors/new", expect=403)
