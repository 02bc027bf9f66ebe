"""Tests of a medium for cells and process, where the medium and the material are looked at."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.factories import make_evidence, make_item, make_material, make_site, make_vendor

TEST = {
    "tissue": "bone_marrow",
    "culture": "microcarrier",
    "result": "with_limits",
    "tested_on": "2026-05-04",
    "report": "R-0077",
}


def test_a_test_is_recorded_and_everything_else_stays_untested(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    material_id = make_material(sessions)
    item_id = make_item(sessions, material_id=material_id, name="Medium 5")
    page = browser.sign_in("ana").get(f"/items/{item_id}")
    assert "Not tested for any cells or culture process" in page.text
    browser.follow("Record a test")
    page = browser.submit("Record test", TEST)
    assert "With limits" in page.text
    assert "Tested on 2026-05-04." in page.text
    assert page.text.count("Not tested") == 15
    assert "R-0077" in page.text
    assert "What Medium 5 was tested for" in browser.get(f"/materials/{material_id}").text
    browser.follow("Add use")
    assert browser.page is not None
    assert "What Medium 5 was tested for" in browser.page.text


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"tissue": ""}, 422, "Choose one"),
        ({"culture": ""}, 422, "Choose one"),
        ({"result": ""}, 422, "Choose one"),
        ({"tested_on": ""}, 422, "Type the day"),
        ({"tested_on": "2999-01-01"}, 409, "still to come"),
        ({"report": " "}, 422, "Name the report"),
        ({"report": "x" * 201}, 422, "longer than 200"),
    ],
)
def test_a_wrong_entry_is_named(
    browser: Browser,
    sessions: sessionmaker[Session],
    changes: dict[str, str],
    status: int,
    words: str,
) -> None:
    item_id = make_item(sessions)
    browser.sign_in("ana").get(f"/media-suitability/new/for-item/{item_id}")
    assert words in browser.submit("Record test", {**TEST, **changes}, expect=status).text


def test_a_test_is_changed_with_a_reason_and_names_its_paper(
    browser: Browser, installation: Installation
) -> None:
    sessions = installation.sessions
    vendor_id = make_vendor(sessions)
    item_id = make_item(sessions, site_id=make_site(sessions, vendor_id))
    paper = make_evidence(sessions, installation.documents, vendor_id, title="Growth report")
    browser.sign_in("ana").get(f"/media-suitability/new/for-item/{item_id}")
    browser.submit("Record test", TEST)
    browser.follow("Edit R-0077")
    assert "Say why" in browser.submit("Save test", {}, expect=422).text
    looked_at = browser.page
    change = {"result": "suitable", "evidence_id": str(paper), "reason": "Second run."}
    page = browser.submit("Save test", change)
    assert "R-0077, Growth report" in page.text
    assert "Second run." in page.text
    browser.page = looked_at
    page = browser.submit("Save test", {"reason": "Mine."}, expect=409)
    assert "Somebody else changed this record" in page.text


@pytest.mark.parametrize("path", ["/media-suitability/9", "/media-suitability/new/for-item/9"])
def test_what_does_not_exist_is_not_found(browser: Browser, path: str) -> None:
    browser.sign_in("ana").get(path, expect=404)


def test_a_reader_sees_the_tests_and_records_none(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    page = browser.sign_in("eve").get(f"/items/{item_id}")
    assert "Record a test" not in page.text
    browser.get(f"/media-suitability/new/for-item/{item_id}", expect=403)
