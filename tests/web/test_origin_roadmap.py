"""The animal-free roadmap on the page: classes, free items on file, plans and overdue ones."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.people import Role
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import ManufacturerItem
from supplier_qc.services.replacement_plans import ReplacementDraft, plan_replacement
from tests.browser import Browser
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_item, make_qualification
from tests.identity_factories import make_product_of_doses, make_use

BEN = actor_of(Role.QA_REVIEWER)
SOON = TODAY + timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Serum:
    product_id: int
    material_id: int
    item_id: int


@pytest.fixture
def serum(sessions: sessionmaker[Session]) -> Serum:
    """A material with one approved item, whose origin nobody has recorded."""
    item_id = make_item(sessions, name="Serum S-1")
    make_qualification(sessions, item_id)
    with reading(sessions) as session:
        material_id = session.get_one(ManufacturerItem, item_id).material_id
    product_id = make_product_of_doses(sessions)
    make_use(sessions, material_id, product_id=product_id)
    return Serum(product_id, material_id, item_id)


def test_what_nobody_has_answered_is_never_free(browser: Browser, serum: Serum) -> None:
    page = browser.sign_in("ben").get(f"/origin/roadmap/?product={serum.product_id}")
    assert "1 material has an open answer" in page.text
    assert "no origin facts recorded" in page.text
    assert "Free of animal origin" not in page.text


def test_a_plan_is_made_changed_and_given_up(browser: Browser, serum: Serum) -> None:
    browser.sign_in("ben").get("/origin/roadmap/")
    address = f"/origin/roadmap/{serum.product_id}/{serum.material_id}"
    browser.get(address)
    values = {"planned_on": SOON.isoformat(), "replaced_by": "A serum-free medium."}
    assert "A serum-free medium." in browser.submit("Save plan", values).text
    assert "Free by plan" in browser.get("/origin/roadmap/").text
    browser.get(address)
    browser.submit("Save plan", {"replaced_by": "Medium M-2."}, expect=422)
    browser.submit("Save plan", {"reason": "The first one failed."})
    stale = {"version": "1", "reason": "An older page."}
    browser.get(address)
    browser.submit("Save plan", stale, expect=409)
    browser.get(address)
    browser.follow("Give this plan up")
    assert "Medium M-2." not in browser.submit("Give the plan up", {"reason": "Dropped."}).text


def test_a_plan_whose_day_has_come_is_told(
    browser: Browser, sessions: sessionmaker[Session], serum: Serum
) -> None:
    draft = ReplacementDraft(TODAY - timedelta(days=1), "Medium M-2")
    plan_replacement(sessions, serum.product_id, serum.material_id, draft, actor=BEN, now=NOW)
    page = browser.sign_in("eve").get("/origin/roadmap/")
    assert "1 plan is overdue" in page.text
    assert "Overdue" in page.text


def test_a_stranger_to_the_process_is_not_planned(browser: Browser, serum: Serum) -> None:
    browser.sign_in("ben").get(f"/origin/roadmap/{serum.product_id}/999", expect=404)
    browser.get(f"/origin/roadmap/999/{serum.material_id}", expect=404)


def test_who_only_buys_plans_nothing(browser: Browser, serum: Serum) -> None:
    address = f"/origin/roadmap/{serum.product_id}/{serum.material_id}"
    browser.sign_in("ana").get(address, expect=403)


def test_the_chart_is_a_picture_of_the_table(browser: Browser, serum: Serum) -> None:
    response = browser.sign_in("eve").raw_get(f"/origin/roadmap/{serum.product_id}/chart.svg")
    assert response.mimetype == "image/svg+xml"
    assert b"<svg" in response.data
    browser.get("/origin/roadmap/999/chart.svg", expect=404)


def test_without_a_product_the_page_says_what_comes_first(browser: Browser) -> None:
    assert "No product yet" in browser.sign_in("eve").get("/origin/roadmap/").text
