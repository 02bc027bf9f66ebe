"""A supplier's notice: recorded, who is hit, held lots, the signed assessment."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.people import Role
from supplier_qc.domain.supplier_notices import SupplierNoticeKind
from supplier_qc.persistence.document_store import DocumentStore
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import ManufacturerItem, Signature, SupplierNotice
from supplier_qc.services.supplier_notices import SupplierNoticeDraft, record_supplier_notice
from tests.browser import Browser
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_qualification
from tests.lot_factories import make_lot, specified_item
from tests.people import PASSWORD

PDF = b"%PDF-1.4\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class Lysate:
    vendor_id: int
    item_id: int
    lot_id: int
    other_lot_id: int


@pytest.fixture
def lysate(sessions: sessionmaker[Session]) -> Lysate:
    item_id = specified_item(sessions)
    make_qualification(sessions, item_id)
    lots = [make_lot(sessions, item_id, manufacturer_lot=lot) for lot in ("HL-ONE", "HL-TWO")]
    with reading(sessions) as session:
        vendor_id = session.get_one(ManufacturerItem, item_id).site.organisation_id
    return Lysate(vendor_id, item_id, *lots)


def record(browser: Browser, lysate: Lysate, *, expect: int = 200, **fields: object) -> str:
    """Ana records post-donation information on lot HL-ONE; the words of the page that follows."""
    browser.get(f"/vendors/{lysate.vendor_id}")
    browser.follow("Record a notice")
    values = {
        "kind": "post_donation",
        "title": "Donor found positive after the donation",
        "lots": [str(lysate.lot_id)],
    }
    return browser.submit("Record notice", values | fields, expect=expect).text


def assess(browser: Browser, impact: str, *, expect: int = 200, **fields: str) -> str:
    values = {"impact": impact, "reason": "The pool was treated.", "password": PASSWORD}
    return browser.submit("Sign assessment", values | fields, expect=expect).text


def test_one_click_leads_to_lots_sources_and_dossier(browser: Browser, lysate: Lysate) -> None:
    text = record(browser.sign_in("ana"), lysate)
    assert "Post-donation information" in text
    assert "HL-ONE" in text
    assert "named in the notice" in text
    assert "yes, a row of 3.2.S.2.3" in text
    assert "HL-TWO" not in text


HELD = "Supplier notice 1 (post-donation information) is not assessed yet."


def test_the_named_lot_waits_for_the_assessment_and_the_other_does_not(
    browser: Browser, lysate: Lysate
) -> None:
    record(browser.sign_in("ana"), lysate)
    assert HELD in browser.get(f"/lots/{lysate.lot_id}").text
    assert HELD not in browser.get(f"/lots/{lysate.other_lot_id}").text


def test_a_signed_assessment_lets_the_lot_go_and_reopening_holds_it_again(
    bea: Browser, sessions: sessionmaker[Session], lysate: Lysate
) -> None:
    record_recall(sessions, lysate)
    bea.get("/supplier-notices/")
    bea.follow("Recall")
    text = assess(bea, "accepted")
    assert "It concerns us and is accepted" in text
    assert "Bea Approver" in text
    assert "is not assessed yet" not in bea.get(f"/lots/{lysate.lot_id}").text
    bea.get("/supplier-notices/1")
    bea.follow("Reopen")
    bea.submit("Reopen notice", {"reason": "A second letter came."})
    assert "is not assessed yet" in bea.get(f"/lots/{lysate.lot_id}").text
    with reading(sessions) as session:
        assert len(session.scalars(select(Signature)).all()) >= 1  # it stays readable


def test_stopped_lots_stay_stopped(
    bea: Browser, sessions: sessionmaker[Session], lysate: Lysate
) -> None:
    record_recall(sessions, lysate)
    bea.get("/supplier-notices/1")
    assess(bea, "lots_stopped")
    assert "its lots are not to be released" in bea.get(f"/lots/{lysate.other_lot_id}").text


def test_a_notice_that_comes_while_the_page_is_open_holds_the_release(
    bea: Browser, sessions: sessionmaker[Session], lysate: Lysate
) -> None:
    bea.get(f"/lots/{lysate.lot_id}")
    record_recall(sessions, lysate)
    signed = {"reason": "All in order.", "password": PASSWORD}
    page = bea.submit("Sign and release lot HL-ONE", signed, expect=409)
    assert "Supplier notice 1 (recall) is not assessed yet." in page.text


def test_a_wrong_password_assesses_nothing(
    bea: Browser, sessions: sessionmaker[Session], lysate: Lysate
) -> None:
    record_recall(sessions, lysate)
    bea.get("/supplier-notices/1")
    values = {"impact": "none", "reason": "Not ours.", "password": "guess"}
    bea.submit("Sign assessment", values, expect=409)
    with reading(sessions) as session:
        assert session.get_one(SupplierNotice, 1).impact is None


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"lots": []}, 409, "Name the items or the lots"),
        ({"received_on": "2099-01-01"}, 409, "a day to come"),
        ({"title": "  "}, 422, "Say what it is about"),
        ({"kind": ""}, 422, "Choose one"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    browser: Browser,
    sessions: sessionmaker[Session],
    lysate: Lysate,
    fields: dict[str, object],
    status: int,
    words: str,
) -> None:
    assert words in record(browser.sign_in("ana"), lysate, expect=status, **fields)
    with reading(sessions) as session:
        assert session.scalars(select(SupplierNotice)).all() == []


def test_the_letter_is_filed_and_the_notice_edited_until_it_is_assessed(
    browser: Browser, lysate: Lysate
) -> None:
    browser.sign_in("ana").get(f"/supplier-notices/new/of-vendor/{lysate.vendor_id}")
    browser.submit(
        "Record notice",
        {"kind": "change", "title": "New plant", "items": [str(lysate.item_id)]},
        uploads={"file": [("letter.pdf", PDF)]},
    )
    assert browser.raw_get("/supplier-notices/1/file").data == PDF
    browser.follow("Edit")
    page = browser.submit(
        "Save notice", {"effective_on": "2027-01-01", "reason": "The letter says so."}
    )
    assert "days after we were told" in page.text


def test_lots_named_from_an_old_page_are_refused(
    browser: Browser, sessions: sessionmaker[Session], lysate: Lysate
) -> None:
    record_recall(sessions, lysate)
    browser.sign_in("ana").get("/supplier-notices/1/edit")
    change = {"lots": [str(lysate.other_lot_id)], "reason": "The letter names the other lot."}
    browser.submit("Save notice", change)
    browser.get("/supplier-notices/1/edit")
    stale = {"version": "1", "lots": [str(lysate.lot_id)], "reason": "An older page."}
    browser.submit("Save notice", stale, expect=409)


def test_a_stranger_to_the_assessment_is_not_offered_it(
    browser: Browser, sessions: sessionmaker[Session], lysate: Lysate
) -> None:
    record_recall(sessions, lysate)
    page = browser.sign_in("cyd").get("/supplier-notices/1")
    assert "Sign assessment" not in page.text
    assert "Quality assurance assesses it" in page.text


@pytest.fixture
def bea(browser: Browser) -> Browser:
    return browser.sign_in("bea")


def record_recall(sessions: sessionmaker[Session], lysate: Lysate) -> None:
    """Procurement records a recall of the item with all its lots."""
    with TemporaryDirectory() as folder:
        record_supplier_notice(
            sessions,
            DocumentStore(Path(folder)),
            lysate.vendor_id,
            SupplierNoticeDraft(
                SupplierNoticeKind.RECALL, "Recall", TODAY, item_ids=[lysate.item_id]
            ),
            actor=actor_of(Role.PROCUREMENT),
            now=NOW,
        )
