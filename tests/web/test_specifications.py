"""A specification through its own pages: drafted, edited, pasted, compared, signed, discarded."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.browser import Browser
from tests.factories import make_item, make_specification
from tests.handover import hand_over
from tests.people import PASSWORD

ENDOTOXIN = {
    "attribute": "Endotoxin",
    "operator": "at_most",
    "high": "0.50",
    "unit": "EU/mL",
    "method": "Ph. Eur. 2.6.14",
    "loq": "0.05",
}


def test_a_specification_goes_from_draft_to_signature(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    browser.sign_in("ana").get(f"/items/{item_id}")
    browser.submit("Begin a draft")
    browser.submit("Add line", ENDOTOXIN)
    browser.submit(
        "Add pasted lines",
        {"rows": "pH\t7.0 - 7.6\tpH\nSterility\tNo growth | Sterile\t\tPh. Eur. 2.6.1"},
    )
    page = browser.follow("Done, show the draft")
    assert "at most 0.50 EU/mL" in page.text
    assert "“No growth” or “Sterile”" in page.text
    assert "Waits for a QA approver" in page.text

    draft = page.path
    hand_over(browser, "bea").get(draft)
    browser.follow("Approve and sign")
    button = "Sign and approve version 1"
    wrong = browser.submit(button, {"reason": "Agreed.", "password": "not mine"}, expect=409)
    assert "The password is not right" in wrong.text
    page = browser.submit(button, {"reason": "Agreed.", "password": PASSWORD})
    assert "Signed: version 1 is in force from today." in page.text
    assert "Bea Approver" in page.text
    assert "Fits the record" in page.text
    assert "3 lines" in browser.get(f"/items/{item_id}").text


def test_a_new_version_is_compared_with_the_one_in_force(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    make_specification(sessions, item_id)
    browser.sign_in("ben").get(f"/items/{item_id}")
    browser.submit("Draft a new version")
    browser.submit("Remove")
    browser.follow("Edit pH")
    browser.submit("Save line", {"high": "7.4"})
    assert "between 7.0 pH and 7.4 pH" in browser.follow("Done, show the draft").text
    comparison = browser.follow("Comparison alone, to print").text
    assert "pH Changed between 7.0 pH and 7.6 pH between 7.0 pH and 7.4 pH" in comparison
    assert "Endotoxin Removed at most 0.5 EU/mL –" in comparison


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"attribute": ""}, 422, "Name what is tested."),
        ({"operator": ""}, 422, "Choose one."),
        ({"high": "0,5"}, 422, "Write a number with a point"),
        ({"high": "NaN"}, 422, "Write a number with a point"),
        ({"high": ""}, 409, "The upper bound is missing; a blank bound is not zero."),
        ({"low": "0.1"}, 422, "“At most” does not use this"),
        ({"allowed_texts": "none"}, 422, "“At most” does not use this"),
        ({"high": "1e99"}, 409, "that can be written out"),
        ({"attribute": "  ph "}, 409, "has a line of this name already"),
        ({"lod": "0.1"}, 409, "limit of detection is above"),
        ({"unit": "x" * 41}, 422, "longer than 40"),
    ],
)
def test_a_line_that_cannot_be_judged_is_refused_where_it_is_typed(
    browser: Browser,
    sessions: sessionmaker[Session],
    changes: dict[str, str],
    status: int,
    words: str,
) -> None:
    number = make_specification(sessions, effective=False)
    browser.sign_in("ana").get(f"/specifications/{number}/edit")
    fields = {**ENDOTOXIN, "attribute": "Residual endotoxin", **changes}
    page = browser.submit("Add line", fields, expect=status)
    assert words in page.text
    assert page.form("Add line").fields["method"] == "Ph. Eur. 2.6.14"


def test_pasted_lines_are_taken_all_or_none(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_specification(sessions, effective=False)
    browser.sign_in("ana").get(f"/specifications/{number}/edit")
    page = browser.submit("Add pasted lines", {"rows": "Purity\t≥ 95\t%\nColour\t42"}, expect=409)
    assert "Row 2: “42” is no limit." in page.text
    assert "Purity" not in browser.get(f"/specifications/{number}").text


def test_an_older_page_of_the_draft_changes_nothing(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_specification(sessions, effective=False)
    browser.sign_in("ana").get(f"/specifications/{number}/edit")
    stale = browser.page
    browser.submit("Add pasted lines", {"rows": "Purity\t≥ 95\t%"})
    browser.page = stale
    page = browser.submit("Add pasted lines", {"rows": "Colour\tReport"}, expect=409)
    assert "Somebody else changed this record" in page.text


def test_a_draft_is_discarded_with_its_reason_and_stays_readable(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_specification(sessions, effective=False)
    browser.sign_in("ana").get(f"/specifications/{number}")
    browser.follow("Discard draft")
    assert "Say why" in browser.submit("Discard draft", {"reason": ""}, expect=422).text
    browser.submit("Discard draft", {"reason": "Wrong item."})
    assert "Discarded" in browser.get(f"/specifications/{number}").text
    page = browser.get(f"/specifications/{number}/edit", expect=409)
    assert "is discarded and no longer a draft" in page.text


def test_an_approver_is_told_before_signing_that_there_is_no_line(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    browser.sign_in("ana").get(f"/items/{item_id}")
    page = browser.submit("Begin a draft")
    hand_over(browser, "bea").get(page.path.replace("/edit", "/approve"))
    page = browser.submit(
        "Sign and approve version 1", {"reason": "x", "password": PASSWORD}, expect=409
    )
    assert "has no line" in page.text


def test_who_drafts_does_not_approve_and_who_reads_does_neither(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_specification(sessions, effective=False)
    browser.sign_in("ana").get(f"/specifications/{number}/approve", expect=403)
    hand_over(browser, "bea").get(f"/specifications/{number}/edit", expect=403)
    hand_over(browser, "cyd").get(f"/specifications/{number}/edit", expect=403)
    browser.get("/specifications/99", expect=404)


def test_a_get_begins_no_draft(browser: Browser, sessions: sessionmaker[Session]) -> None:
    item_id = make_item(sessions)
    answer = browser.sign_in("ana").raw_get(f"/specifications/new/of-item/{item_id}")
    assert answer.status_code == 405
