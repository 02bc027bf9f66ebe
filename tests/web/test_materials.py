"""Materials through their own pages: the list with its marks, the sources, the next step."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import MaterialCategory, RiskClass, UseScope
from tests.browser import Browser
from tests.conftest import NOW
from tests.factories import make_item, make_material, make_qualification

LYSATE = {
    "code": "0042",
    "name": "Platelet lysate",
    "category": "ancillary",
    "risk_class": "critical",
    "function": "Growth supplement",
    "stage_of_use": "Expansion",
}


def test_a_material_is_added_and_asks_for_its_source(browser: Browser) -> None:
    browser.sign_in("ana").get("/materials/")
    browser.follow("Add material")
    page = browser.submit("Add material", LYSATE)
    assert "0042 Platelet lysate" in page.text
    assert "Add the item that supplies it" in page.text
    assert "No source, critical" in page.text


def test_nothing_is_chosen_before_a_person_chooses(browser: Browser) -> None:
    browser.sign_in("ana").get("/materials/new")
    fields = {key: LYSATE[key] for key in ("code", "name", "function", "stage_of_use")}
    page = browser.submit("Add material", fields, expect=422)
    assert page.text.count("Risk class: Choose one.") == 1
    assert page.text.count("Category: Choose one.") == 1


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"code": ""}, 422, "Type your own number."),
        ({"code": "x" * 41}, 422, "longer than 40"),
        ({"stage_of_use": "\n"}, 422, "Say where in the process"),
    ],
)
def test_a_wrong_entry_is_named(
    browser: Browser, changes: dict[str, str], status: int, words: str
) -> None:
    browser.sign_in("ana").get("/materials/new")
    assert words in browser.submit("Add material", {**LYSATE, **changes}, expect=status).text


def test_a_code_that_is_taken_names_its_material(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    make_material(sessions, code="0042", name="Trypsin")
    browser.sign_in("ana").get("/materials/new")
    page = browser.submit("Add material", LYSATE, expect=409)
    assert "The code 0042 belongs to Trypsin already" in page.text


def test_a_change_is_kept_with_its_reason(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_material(sessions, code="RM-1")
    browser.sign_in("ana").get(f"/materials/{number}/edit")
    page = browser.submit("Save material", {"risk_class": "major", "reason": "Reviewed."})
    assert "Risk class: critical → major" in page.text


def test_the_list_marks_what_hangs_on_one_source(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    single = make_material(sessions, name="Lysate")
    make_qualification(sessions, make_item(sessions, material_id=single))
    double = make_material(sessions, name="Medium", risk_class=RiskClass.MINOR)
    for _ in range(2):
        make_qualification(sessions, make_item(sessions, material_id=double))
    text = browser.sign_in("eve").get("/materials/").text
    assert "1 Single source, critical Approved" in text
    assert "2 Several approved sources Approved × 2" in text


def test_the_list_filters_by_category_risk_class_and_text(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    make_material(sessions, code="RM-A", name="Lysate")
    make_material(
        sessions,
        code="RM-B",
        name="Cryobag",
        category=MaterialCategory.PRIMARY_CONTAINER,
        risk_class=RiskClass.MAJOR,
    )
    browser.sign_in("eve")
    for query in ("q=cryo", "q=rm-b", "category=primary_container", "risk_class=major"):
        text = browser.get(f"/materials/?{query}").text
        assert "Cryobag" in text
        assert "Lysate" not in text
    assert "No material fits" in browser.get("/materials/?q=_").text


def test_each_use_of_a_source_stands_with_its_next_date(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    material_id = make_material(sessions)
    item_id = make_item(sessions, material_id=material_id)
    long_ago: datetime = NOW - timedelta(days=2000)
    make_qualification(sessions, item_id, now=long_ago)
    make_qualification(sessions, item_id, use_scope=UseScope.PHASE_3, approved=False)
    text = browser.sign_in("ana").get(f"/materials/{material_id}").text
    assert "Phase 1/2 Approved" in text
    assert "Overdue by" in text
    assert "Phase 3 Proposed" in text


def test_a_source_that_is_not_qualified_is_the_next_step(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    material_id = make_material(sessions)
    item_id = make_item(sessions, material_id=material_id)
    page = browser.sign_in("ana").get(f"/materials/{material_id}")
    assert page.link("Propose it") == f"/qualifications/new/of-item/{item_id}"


def test_a_material_that_is_not_there_is_a_page_that_says_so(browser: Browser) -> None:
    assert (
        "Material 99 does not exist" in browser.sign_in("ana").get("/materials/99", expect=404).text
    )


def test_who_may_only_read_cannot_add_a_material(browser: Browser) -> None:
    browser.sign_in("cyd").get("/materials/new", expect=403)
