"""The approved supplier list, the heat map and the evidence policy as pages."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.qualification import QualificationStatus
from tests.browser import Browser, Page
from tests.conftest import NOW, TODAY
from tests.factories import (
    decide_made_qualification,
    make_item,
    make_material,
    make_qualification,
)
from tests.handover import hand_over

_S = QualificationStatus


def body(page: Page) -> bytes:
    return page.response.get_data()


def test_the_list_is_by_item_and_site_and_shows_the_only_source(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    make_qualification(sessions, make_item(sessions, name="Lysate one"))
    text = browser.sign_in("ana").get("/approved-suppliers/").text
    assert "Lysate one" in text
    assert "Only source" in text
    assert "1 source" in text


def test_a_past_day_is_replayed(browser: Browser, sessions: sessionmaker[Session]) -> None:
    number = make_qualification(
        sessions, make_item(sessions, name="Lysate one"), now=NOW - timedelta(days=100)
    )
    decide_made_qualification(sessions, number, _S.RETIRED, now=NOW - timedelta(days=10))
    browser.sign_in("ana")
    assert "No source fits" in browser.get("/approved-suppliers/").text
    day = (TODAY - timedelta(days=50)).isoformat()
    text = browser.get(f"/approved-suppliers/?on={day}").text
    assert f"As it stood at the end of {day}" in text
    assert "Lysate one" in text
    assert "Retired" in browser.get("/approved-suppliers/?status=all").text


def test_a_day_to_come_is_refused(browser: Browser) -> None:
    text = browser.sign_in("ana").get("/approved-suppliers/?on=2099-01-01", expect=422).text
    assert "known up to today" in text
    browser.get("/approved-suppliers/approved-suppliers.csv?on=2099-01-01", expect=422)
    browser.get("/approved-suppliers/approved-suppliers.exe", expect=404)


def test_the_files_hold_what_the_page_shows(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    material = make_material(sessions, code="=0042", name="Lysate")
    make_qualification(sessions, make_item(sessions, material_id=material, catalogue_number="007"))
    browser.sign_in("ana")
    path = "/approved-suppliers/approved-suppliers"
    sheet = load_workbook(BytesIO(body(browser.get(f"{path}.xlsx"))))["Approved suppliers"]
    cells = [cell.value for cell in sheet[2]]
    assert cells[:3] == ["=0042", "Lysate", "007"]
    assert sheet["A2"].data_type == "s"
    csv = body(browser.get(f"{path}.csv")).decode("utf-8-sig")
    assert csv.splitlines()[1].startswith("'=0042,Lysate,007,")
    answer = json.loads(body(browser.get(f"{path}.json")))
    (source,) = answer["sources"]
    assert (answer["as_of"], source["state"], source["only_source"]) == (
        TODAY.isoformat(),
        "approved",
        True,
    )


@pytest.mark.parametrize("query", ["?status=nonsense", "?page=999", "?risk_class=x&use=y"])
def test_a_filter_that_nobody_offered_filters_nothing(
    browser: Browser, sessions: sessionmaker[Session], query: str
) -> None:
    make_qualification(sessions, make_item(sessions, name="Lysate one"))
    assert "Lysate one" in browser.sign_in("eve").get(f"/approved-suppliers/{query}").text
    assert "Lysate one" in browser.get(f"/requirements/{query}").text


def test_the_heat_map_says_the_days_in_words_and_leads_to_the_requirement(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_qualification(sessions)
    bare = make_qualification(sessions, approved=False, with_papers=False)
    page = browser.sign_in("ana").get("/requirements/")
    links = page.tree.xpath("//td[contains(@class, 'heat-good')]/a/@href")
    assert f"/qualifications/{number}#requirement-questionnaire" in links
    assert "730 d: Questionnaire, met" in page.text
    assert "none, optional: Letter of authorisation, open" in page.text
    waiting = browser.get("/requirements/?state=waiting")
    assert f"/qualifications/{bare}#requirement-audit" in waiting.tree.xpath(
        "//td[contains(@class, 'heat-bad')]/a/@href"
    )


def test_the_policy_shows_that_its_rows_are_conventions(browser: Browser) -> None:
    page = browser.sign_in("eve").get("/evidence-policy/")
    assert "Convention" in page.text
    assert "must" not in page.text.lower()
    assert "New row" not in page.text
    browser.get("/evidence-policy/new", expect=403)


def test_a_row_is_previewed_and_then_put_in_force(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    make_qualification(sessions, now=NOW - timedelta(days=200))
    browser.sign_in("bea").get("/evidence-policy/")
    browser.follow("Supersede: Questionnaire, critical, every use")
    fields = {"validity_months": "6", "source": "SOP-QA-21", "valid_from": "2099-01-01"}
    page = browser.submit("Show what it would reopen", fields)
    assert "What it would reopen on 2099-01-01" in page.text
    page = browser.submit("Put in force", {**fields, "reason": ""}, expect=409)
    assert "Say why" in page.text
    page = browser.submit("Put in force", {**fields, "reason": "Finding 7."})
    assert "2020-01-01 until 2099-01-01" in page.text
    assert "SOP-QA-21" in page.text


def test_a_row_that_cannot_stand_says_why(browser: Browser) -> None:
    browser.sign_in("bea").get("/evidence-policy/new")
    page = browser.submit("Show what it would reopen", {}, expect=422)
    assert "Choose one." in page.text
    hand_over(browser, "ana").get("/evidence-policy/new", expect=403)
