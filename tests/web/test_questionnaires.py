"""Questionnaires in the browser: library, sending, answers by section, workbook, review."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.questionnaires.rounds import RoundState
from supplier_qc.queries.questionnaire_rounds import list_rounds
from supplier_qc.services.installation import Installation
from tests.browser import Browser, Page
from tests.conftest import TODAY
from tests.factories import make_qualification, make_vendor
from tests.people import PASSWORD
from tests.questionnaire_factories import (
    GOOD_QUALITY,
    hand_over,
    make_round,
    round_page,
    type_answers,
)

Sessions = sessionmaker[Session]


@pytest.fixture
def ana(browser: Browser) -> Browser:
    return browser.sign_in("ana")


@pytest.fixture
def ben(browser: Browser) -> Browser:
    return browser.sign_in("ben")


def answered_round(sessions: Sessions) -> int:
    round_id = make_round(sessions)
    type_answers(sessions, round_id, GOOD_QUALITY)
    hand_over(sessions, round_id)
    return round_id


def test_every_question_of_the_library_says_why_it_is_asked(ana: Browser) -> None:
    ana.get("/questionnaires/")
    ana.follow("Library of questions")
    page = ana.follow("Human blood origin, version 1")
    assert "HB-15 From how many donors is one lot made, at most?" in page.text
    assert "No legal maximum is known to this product." in page.text
    assert "Asked when HB-02 is no" in page.text
    assert "Convention" in page.text


def test_a_round_is_sent_from_the_vendor_and_its_workbook_goes_out(
    ana: Browser, sessions: Sessions
) -> None:
    ana.get(f"/vendors/{make_vendor(sessions)}")
    ana.follow("Send a questionnaire")
    page = ana.submit("Record the round", {"questionnaire_id": "2", "sent_to": "Quality, by mail"})
    assert "Type the answers, or take in the filled workbook" in page.text
    ana.follow("Workbook for the supplier")
    assert ana.page is not None
    book = load_workbook(BytesIO(ana.page.response.data))
    assert book["Answers"]["A2"].value is not None


def test_a_round_due_before_it_is_sent_is_refused_with_what_was_typed(
    ana: Browser, sessions: Sessions
) -> None:
    ana.get(f"/questionnaires/new/of-vendor/{make_vendor(sessions)}")
    fields = {"questionnaire_id": "2", "due_on": "2020-01-01", "sent_to": "By mail"}
    page = ana.submit("Record the round", fields, expect=409)
    assert "It is due on 2020-01-01, which is not after the day it was sent." in page.text
    assert page.form("Record the round").fields["sent_to"] == "By mail"
    page = ana.submit("Record the round", {"questionnaire_id": ""}, expect=422)
    assert "Choose the questionnaire." in page.text


def save(browser: Browser, expect: int = 200, **answers: str) -> Page:
    """`QS_01="…"` types the answer to QS-01."""
    fields = {f"{key.replace('_', '-')}-answer": text for key, text in answers.items()}
    return browser.submit("Save answers", fields, expect=expect)


def test_a_follow_up_appears_on_the_same_page_when_an_answer_calls_for_it(
    ana: Browser, sessions: Sessions
) -> None:
    round_id = make_round(sessions)
    ana.get(f"/questionnaires/{round_id}/answers/1")
    page = save(ana, QS_04="yes", QS_05="yes", QS_07="yes")
    assert page.path == f"/questionnaires/{round_id}/answers/1"
    assert "The answers call for more: QS-06." in page.response.text
    page = save(ana, QS_01="Mill Lane", QS_06="2025, no critical finding")
    assert page.path == f"/questionnaires/{round_id}/answers/2"
    assert round_page(sessions, round_id).answers["QS-06"].answer.value is not None


def test_an_answer_that_cannot_be_read_stands_beside_its_question(
    ana: Browser, sessions: Sessions
) -> None:
    ana.get(f"/questionnaires/{make_round(sessions)}/answers/4")
    page = save(ana, QS_23="three weeks", expect=422)
    assert "“three weeks” is no number in days" in page.text
    assert page.form("Save answers").fields["QS-23-answer"] == "three weeks"


def test_a_remark_without_an_answer_is_refused(ana: Browser, sessions: Sessions) -> None:
    ana.get(f"/questionnaires/{make_round(sessions)}/answers/4")
    page = ana.submit("Save answers", {"QS-23-remark": "See letter"}, expect=409)
    assert "QS-23: there is a remark and no answer." in page.text


def test_a_blank_answer_takes_the_old_one_away(ana: Browser, sessions: Sessions) -> None:
    round_id = make_round(sessions)
    type_answers(sessions, round_id, {"QS-23": "20", "QS-02": "ISO 9001; EXCiPACT"})
    ana.get(f"/questionnaires/{round_id}/answers/1")
    save(ana)
    ana.get(f"/questionnaires/{round_id}/answers/4")
    save(ana, QS_23="")
    assert list(round_page(sessions, round_id).answers) == ["QS-02"]


def test_what_another_person_saved_meanwhile_is_not_written_over(
    ana: Browser, sessions: Sessions
) -> None:
    round_id = make_round(sessions)
    ana.get(f"/questionnaires/{round_id}/answers/4")
    type_answers(sessions, round_id, {"QS-23": "20"})
    page = save(ana, QS_23="40", expect=409)
    assert "Somebody else changed this record" in page.text


def test_the_filled_workbook_is_taken_in_and_kept(ana: Browser, sessions: Sessions) -> None:
    round_id = make_round(sessions)
    ana.get(f"/questionnaires/{round_id}/to-fill-in.xlsx")
    assert ana.page is not None
    book = load_workbook(BytesIO(ana.page.response.data))
    book["Answers"]["G2"] = "Mill Lane"
    content = BytesIO()
    book.save(content)
    ana.get(f"/questionnaires/{round_id}/file")
    files = {"file": [("answers.xlsx", content.getvalue())]}
    page = ana.submit("Take in answers", uploads=files)
    assert "1 answers are taken from the workbook." in page.response.text
    page = ana.follow("answers.xlsx")
    assert page.response.data == content.getvalue()
    ana.get(f"/questionnaires/{round_id}/file")
    page = ana.submit("Take in answers", uploads={"file": [("a.csv", b"a,b\n")]}, expect=409)
    assert "Send the workbook (.xlsx)" in page.text


def test_open_questions_are_named_when_the_answers_are_handed_over(
    ana: Browser, sessions: Sessions
) -> None:
    round_id = make_round(sessions)
    type_answers(sessions, round_id, GOOD_QUALITY | {"QS-28": ""})
    ana.get(f"/questionnaires/{round_id}/hand-over")
    page = ana.submit("Hand over for review", {"answered_on": TODAY.isoformat()}, expect=409)
    assert "QS-28: It has no answer." in page.text


def test_the_review_shows_findings_and_changes_and_becomes_evidence(
    ben: Browser, sessions: Sessions
) -> None:
    vendor_id = make_vendor(sessions)
    for answers in (GOOD_QUALITY, GOOD_QUALITY | {"QS-16": "3"}):
        round_id = make_round(sessions, vendor_id)
        type_answers(sessions, round_id, answers)
        hand_over(sessions, round_id)
    ben.get(f"/questionnaires/{round_id}")
    page = ben.follow("Review")
    assert "Changes are announced less than 6 months before" in page.text
    assert "12 months 3 months" in page.text
    form = {"reason": "Agreement to follow.", "password": PASSWORD}
    page = ben.submit("Sign review", form | {"result": "satisfactory"}, expect=409)
    assert "a round with findings is not satisfactory" in page.text
    page = ben.submit("Sign review", form | {"result": "with_findings"})
    assert "Ben Reviewer" in page.text
    assert "Questionnaire: Quality system" in ben.get(f"/vendors/{vendor_id}").text
    page = ben.get(f"/questionnaires/{round_id}/changes?show=all")
    assert "As before" in page.text


def test_what_waits_for_review_stands_on_the_start_page(ben: Browser, sessions: Sessions) -> None:
    round_id = answered_round(sessions)
    assert "1 questionnaire to review" in ben.get("/").text
    page = ben.get(f"/questionnaires/{round_id}/answers/1")
    assert page.path == f"/questionnaires/{round_id}"
    assert "The answers are closed" in page.response.text


def test_answers_are_returned_with_a_reason(ben: Browser, sessions: Sessions) -> None:
    round_id = answered_round(sessions)
    ben.get(f"/questionnaires/{round_id}/return")
    ben.submit("Return answers", {"reason": "QS-01 is not clear."})
    assert round_page(sessions, round_id).row.state is RoundState.SENT


def test_a_withdrawn_round_leaves_the_list_of_what_is_open(
    ana: Browser, sessions: Sessions
) -> None:
    ana.get(f"/questionnaires/{make_round(sessions)}")
    ana.follow("Withdraw")
    ana.submit("Withdraw round", {"reason": "Sent twice."})
    assert "No questionnaire is out" in ana.get("/questionnaires/").text
    assert "Withdrawn" in ana.get("/questionnaires/?state=all").text


def test_an_own_version_is_published_from_its_table(ben: Browser) -> None:
    ben.get("/questionnaire-library/4/table.xlsx")
    assert ben.page is not None
    table = ben.page.response.data
    ben.get("/questionnaire-library/4/next")
    fields = {"reason": "Ours.", "source": "Own", "valid_from": "2999-01-01"}
    page = ben.submit("Publish version", fields, uploads={"file": [("t.xlsx", table)]})
    assert "To come" in page.text
    assert "published by" in ben.get("/questionnaire-library/").text


@pytest.mark.parametrize(
    "path",
    [
        "/questionnaires/99",
        "/questionnaires/99/changes",
        "/questionnaires/99/as-received",
        "/questionnaire-library/99",
        "/questionnaires/new/of-vendor/99",
    ],
)
def test_an_unknown_number_is_not_found(ana: Browser, path: str) -> None:
    assert ana.get(path, expect=404).status == 404


def test_who_may_not_is_shown_the_answers_and_no_form(browser: Browser, sessions: Sessions) -> None:
    round_id = answered_round(sessions)
    browser.sign_in("eve")
    assert "Mill Lane" in browser.get(f"/questionnaires/{round_id}").text
    for path in ("answers/1", "review", "withdrawal", "return"):
        browser.get(f"/questionnaires/{round_id}/{path}", expect=403)
    assert browser.get("/questionnaire-library/1/next", expect=403).status == 403


def test_the_requirement_of_a_source_leads_to_sending_one(ana: Browser, sessions: Sessions) -> None:
    ana.get(f"/qualifications/{make_qualification(sessions, approved=False, with_papers=False)}")
    page = ana.follow("Send one about this item")
    assert page.form("Record the round").fields["item_id"] != ""


def test_an_awaited_answer_is_among_the_reminders(ana: Browser, sessions: Sessions) -> None:
    make_round(sessions)
    assert "Quality system, version 1" in ana.get("/reminders/").text


def test_the_list_takes_as_many_statements_for_one_round_as_for_many(
    installation: Installation,
) -> None:
    counts = []
    for _ in range(2):
        make_round(installation.sessions)
        statements: list[str] = []

        def listen(*given: object, kept: list[str] = statements) -> None:
            kept.append(str(given[2]))

        with installation.reading() as session:
            event.listen(installation.engine, "before_cursor_execute", listen)
            list_rounds(session, TODAY)
            event.remove(installation.engine, "before_cursor_execute", listen)
        counts.append(len(statements))
    assert counts == [2, 2]
