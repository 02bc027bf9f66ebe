"""Batches on the page: recorded from a lot, seen from the notice that hits the lot."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.browser import Browser
from tests.conftest import TODAY
from tests.lot_factories import make_lot, specified_item
from tests.residual_factories import make_product


@pytest.fixture
def lot_id(sessions: sessionmaker[Session]) -> int:
    make_product(sessions, name="MSC product")
    return make_lot(sessions, specified_item(sessions), manufacturer_lot="HL-ONE")


def test_a_batch_is_recorded_from_the_page_of_its_lot(browser: Browser, lot_id: int) -> None:
    browser.sign_in("ben").get(f"/lots/{lot_id}")
    browser.follow("Record a batch")
    values = {
        "product_id": "1",
        "number": "B-77",
        "use_scope": "phase_1_2",
        "manufactured_on": TODAY.isoformat(),
    }
    page = browser.submit("Record batch", values)
    assert "The lot is not released: quarantine." in page.text
    assert "B-77" in browser.get(f"/lots/{lot_id}").text
    assert "B-77" in browser.get("/batches/?q=msc").text


@pytest.mark.usefixtures("lot_id")
def test_a_lot_that_nobody_knows_comes_back_with_the_form(browser: Browser) -> None:
    browser.sign_in("ben").get("/batches/new")
    values = {
        "product_id": "1",
        "number": "B-77",
        "use_scope": "phase_1_2",
        "manufactured_on": TODAY.isoformat(),
        "lots": "HL-NINE",
    }
    text = browser.submit("Record batch", values, expect=409).text
    assert "No lot on file is called “HL-NINE”" in text
    assert browser.submit("Record batch", {"number": ""}, expect=422).text.count("HL-NINE") >= 1


def test_a_correction_without_the_field_of_the_lots_leaves_the_lots_alone(
    browser: Browser, lot_id: int
) -> None:
    browser.sign_in("ben").get(f"/batches/new?lot={lot_id}")
    values = {
        "product_id": "1",
        "number": "B-77",
        "use_scope": "phase_1_2",
        "manufactured_on": TODAY.isoformat(),
    }
    page = browser.submit("Record batch", values)
    form = browser.get(f"{page.path}/edit").form("Save batch")
    sent = dict(form.form_values()) | {"number": "B-78", "reason": "Misread."}
    del sent["lots"]
    assert browser.post(f"{page.path}/edit", sent).status_code == 302
    text = browser.get(page.path).text
    assert "B-78" in text
    assert "HL-ONE" in text


def test_who_only_buys_reads_batches_and_records_none(browser: Browser) -> None:
    page = browser.sign_in("ana").get("/batches/")
    assert "No batches yet" in page.text
    assert "/batches/new" not in page.response.text
    browser.get("/batches/new", expect=403)
    browser.get("/batches/999", expect=404)
