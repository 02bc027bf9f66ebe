"""May I buy: the page and its JSON give the same answer, with every reason."""

import json
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.requirements import Condition
from tests.browser import Browser
from tests.conftest import NOW
from tests.factories import (
    decide_made_qualification,
    make_item,
    make_material,
    make_qualification,
)

_S = QualificationStatus
ASK = "/may-buy/?item=PL-ASK&use=phase_1_2"


def test_an_approved_source_may_be_bought_until_something_runs_out(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    make_qualification(sessions, make_item(sessions, catalogue_number="PL-ASK"))
    browser.sign_in("ana").get("/")
    page = browser.follow("May I buy?")
    assert "Name an item and what it is for" in page.text
    text = browser.get(ASK).text
    assert "Yes, it may be bought for phase 1/2" in text
    assert "Holds until 2027-11-2" in text
    assert "Approved for phase 1/2. All 14 requirements are met." in text


def test_conditions_and_refusals_are_told_with_every_reason(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_qualification(sessions, make_item(sessions, catalogue_number="PL-ASK"))
    limits = (Condition("Three lots only."),)
    decide_made_qualification(sessions, number, _S.CONDITIONALLY_APPROVED, conditions=limits)
    text = browser.sign_in("ana").get(ASK).text
    assert "Yes, with conditions for phase 1/2" in text
    assert "Condition: Three lots only." in text
    decide_made_qualification(sessions, number, _S.SUSPENDED)
    text = browser.get(ASK).text
    assert "No, nothing of this may be bought for phase 1/2" in text
    assert "For phase 1/2 the source is suspended, not approved." in text


def test_another_use_is_another_question(browser: Browser, sessions: sessionmaker[Session]) -> None:
    make_qualification(sessions, make_item(sessions, catalogue_number="PL-ASK"))
    text = browser.sign_in("ana").get(ASK.replace("phase_1_2", "phase_3")).text
    assert "It was never proposed for phase 3." in text
    assert "It is approved for phase 1/2, which is another use." in text


def test_a_code_of_ours_asks_for_every_site_and_the_best_answer_stands_first(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    material_id = make_material(sessions, code="RM-ASK")
    make_item(sessions, material_id=material_id, catalogue_number="A-1")
    make_qualification(
        sessions, make_item(sessions, material_id=material_id, catalogue_number="B-2")
    )
    page = browser.sign_in("ana").get("/may-buy/answer.json?item=rm-ask&use=phase_1_2")
    answer = json.loads(page.response.get_data(as_text=True))
    assert answer["verdict"] == "yes"
    assert [(one["catalogue_number"], one["verdict"]) for one in answer["answers"]] == [
        ("B-2", "yes"),
        ("A-1", "no"),
    ]
    assert answer["answers"][0]["holds_until"].startswith("2027-11")
    assert answer["answers"][1]["reasons"] == ["It was never proposed for phase 1/2."]


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("item=&use=phase_1_2", 422, "Name the item."),
        ("item=PL-ASK&use=", 422, "Choose one."),
        ("item=PL-ASK&use=nonsense", 422, "Invalid Choice"),
        ("item=PL-ASK&use=phase_1_2&on=2020-01-01", 409, "a day to come"),
        ("item=nothing+such&use=phase_1_2", 409, "is called “nothing such”"),
        ("item=PL-ASK&vendor=nobody&use=phase_1_2", 409, "No item of “nobody”"),
        ("item=%25&use=phase_1_2", 409, "is called “%”"),
    ],
)
def test_a_question_without_an_answer_says_why(
    browser: Browser, sessions: sessionmaker[Session], query: str, status: int, words: str
) -> None:
    make_item(sessions, catalogue_number="PL-ASK")
    browser.sign_in("ana")
    assert words in browser.get(f"/may-buy/?{query}", expect=status).text
    page = browser.get(f"/may-buy/answer.json?{query}", expect=status)
    assert words in " ".join(json.loads(page.response.get_data(as_text=True))["problems"])


def test_a_day_to_come_is_answered_for_that_day(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    make_qualification(sessions, make_item(sessions, catalogue_number="PL-ASK"))
    later = (NOW + timedelta(days=800)).date().isoformat()
    text = browser.sign_in("ana").get(f"{ASK}&on={later}").text
    assert "No, nothing of this may be bought" in text
    assert "Requalified in time: The term of the last decision, ended on" in text


def test_the_json_address_says_how_to_ask(browser: Browser) -> None:
    page = browser.sign_in("eve").get("/may-buy/answer.json")
    parameters = json.loads(page.response.get_data(as_text=True))["parameters"]
    assert set(parameters) == {"item", "use", "vendor", "on", "step"}
    assert "phase_1_2" in parameters["use"]


def test_everybody_who_reads_records_may_ask(browser: Browser) -> None:
    assert "Sign in to see this page" in browser.get("/may-buy/").text
    assert browser.sign_in("eve").get("/may-buy/").status == 200
