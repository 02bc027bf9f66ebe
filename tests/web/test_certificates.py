"""Uploading certificates and finding them again, through the real form."""

import pytest
from flask import Flask
from sqlalchemy import event

from supplier_qc.domain.certificates import CertificateState
from supplier_qc.jobs.reading import read_waiting_certificates
from supplier_qc.queries.certificates import list_certificates
from supplier_qc.services.certificates import reject_certificate
from supplier_qc.services.installation import Installation
from supplier_qc.services.reading_queue import claim_next, note_page
from tests.browser import Browser
from tests.certificate_pdfs import certificate_pdf
from tests.conftest import NOW
from tests.lot_factories import (
    BEN,
    get_certificate,
    make_proposal,
    make_upload,
    pdf_bytes,
    specified_item,
)


def test_an_empty_list_says_what_to_do_first(browser: Browser) -> None:
    page = browser.sign_in("ana").get("/certificates/")
    assert "No certificates yet" in page.text
    assert "Upload the first PDF" in page.text


def test_one_uploaded_file_opens_its_own_page(browser: Browser) -> None:
    browser.sign_in("ana").get("/certificates/")
    page = browser.submit("Upload", uploads={"files": [("coa.pdf", pdf_bytes())]})
    assert page.path == "/certificates/1"
    assert "waits to be read" in page.text
    assert page.tree.xpath("//*[@id='certificate']/@data-refresh-url") == ["/certificates/1"]


def test_several_files_at_once_come_back_in_the_list(browser: Browser) -> None:
    browser.sign_in("ana").get("/certificates/")
    files = [(f"{name}.pdf", pdf_bytes()) for name in ("one", "two", "three")]
    page = browser.submit("Upload", uploads={"files": files})
    assert page.path == "/certificates/"
    assert "3 files are stored" in page.text
    assert page.text.count("Waiting to be read") >= 3
    assert page.tree.xpath("//*[@id='certificates']/@data-refresh-url")


def test_nothing_chosen_is_said_beside_the_field(browser: Browser) -> None:
    browser.sign_in("ana").get("/certificates/")
    page = browser.submit("Upload", expect=422)
    assert "Choose at least one file." in page.text


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "is empty"), (b"hello", "not a PDF"), (b"MZ\x90", "not a PDF")]
)
def test_what_is_no_pdf_is_refused_by_name(browser: Browser, content: bytes, reason: str) -> None:
    browser.sign_in("ana").get("/certificates/")
    page = browser.submit("Upload", uploads={"files": [("bad.pdf", content)]}, expect=409)
    assert "bad.pdf" in page.text
    assert reason in page.text


def test_a_bad_file_among_good_ones_does_not_keep_them_out(browser: Browser) -> None:
    browser.sign_in("ana").get("/certificates/")
    files = [("good.pdf", pdf_bytes()), ("bad.pdf", b"no")]
    page = browser.submit("Upload", uploads={"files": files}, expect=409)
    assert "good.pdf is stored as certificate 1" in page.text
    states = page.tree.xpath("//table[@id='upload-results']//tbody//td/span[1]")
    assert [" ".join(one.text_content().split()) for one in states] == ["Accepted", "Refused"]
    assert "bad.pdf: the file is not a PDF" in page.text


def test_the_same_file_twice_leads_to_the_first(
    browser: Browser, installation: Installation
) -> None:
    content = pdf_bytes()
    make_upload(installation.sessions, installation.documents, content, filename="first.pdf")
    browser.sign_in("ana").get("/certificates/")
    page = browser.submit("Upload", uploads={"files": [("second.pdf", content)]}, expect=409)
    assert "second.pdf: the same file is here already as certificate 1" in page.text
    assert browser.follow("Open certificate 1").path == "/certificates/1"


def test_a_file_above_the_limit_is_named_too_large(app: Flask, browser: Browser) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 2000
    browser.sign_in("ana").get("/certificates/")
    content = pdf_bytes() + b" " * 4000
    page = browser.submit("Upload", uploads={"files": [("large.pdf", content)]}, expect=413)
    assert "larger" in page.text or "too large" in page.text


def test_who_may_not_upload_sees_no_form_and_reaches_none(browser: Browser) -> None:
    page = browser.sign_in("cyd").get("/certificates/")
    assert not page.tree.xpath("//input[@type='file']")
    token = page.tree.xpath("//input[@name='csrf_token']/@value")[0]
    assert browser.post("/certificates/", {"csrf_token": token}).status_code == 403


def test_an_upload_without_the_pages_token_is_refused(browser: Browser) -> None:
    browser.sign_in("ana")
    assert browser.post("/certificates/").status_code == 400


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("", {"alpha.pdf", "coa.pdf"}),
        ("?state=proposed", {"coa.pdf"}),
        ("?state=queued", {"alpha.pdf"}),
        ("?text=ALPHA", {"alpha.pdf"}),
        ("?text=L2409", {"coa.pdf"}),
        ("?text=lysate", {"coa.pdf"}),
        ("?text=nothing+like+it", set()),
        ("?state=no_such_state&page=77", {"alpha.pdf", "coa.pdf"}),
    ],
)
def test_the_list_is_narrowed_by_state_file_lot_and_item(
    browser: Browser, installation: Installation, filters: str, expected: set[str]
) -> None:
    make_proposal(installation, item_id=specified_item(installation.sessions))
    make_upload(installation.sessions, installation.documents, filename="alpha.pdf")
    page = browser.sign_in("eve").get(f"/certificates/{filters}")
    files = {link.text for link in page.tree.xpath("//table//th/a")}
    assert files == expected
    assert bool(expected) != ("No certificate fits the filter" in page.text)


def test_a_rejected_certificate_stays_in_the_list(
    browser: Browser, installation: Installation
) -> None:
    number = make_proposal(installation)
    version = get_certificate(installation.sessions, number).version
    reject_certificate(
        installation.sessions, number, version=version, reason="Twice.", actor=BEN, now=NOW
    )
    page = browser.sign_in("ana").get("/certificates/?state=rejected")
    assert "coa.pdf" in page.text


def test_the_list_takes_the_same_number_of_statements_for_many(
    installation: Installation,
) -> None:
    def statements() -> int:
        seen: list[str] = []

        def note(*event_arguments: object) -> None:
            seen.append(str(event_arguments[2]))

        event.listen(installation.engine, "before_cursor_execute", note)
        with installation.reading() as session:
            list_certificates(session, state=CertificateState.PROPOSED)
        event.remove(installation.engine, "before_cursor_execute", note)
        return len(seen)

    make_proposal(installation)
    one = statements()
    for _ in range(5):
        make_proposal(installation)
    assert statements() == one


def test_a_page_of_the_file_is_an_image_for_who_is_signed_in(
    browser: Browser, installation: Installation
) -> None:
    make_upload(installation.sessions, installation.documents, certificate_pdf())
    read_waiting_certificates(installation, NOW)
    assert browser.raw_get("/certificates/1/pages/1.png").status_code == 302
    browser.sign_in("eve")
    for _ in ("drawn", "from the cache"):
        response = browser.raw_get("/certificates/1/pages/1.png")
        assert response.mimetype == "image/png"
        assert response.data.startswith(b"\x89PNG")
    assert len(list(installation.settings.page_images_folder.rglob("*.png"))) == 1


@pytest.mark.parametrize("path", ["/1/pages/9.png", "/7/pages/1.png", "/7/file", "/7"])
def test_what_is_not_there_is_not_found(
    browser: Browser, installation: Installation, path: str
) -> None:
    make_upload(installation.sessions, installation.documents, certificate_pdf())
    browser.sign_in("eve").get(f"/certificates{path}", expect=404)


def test_a_damaged_file_has_no_image_and_says_so(
    browser: Browser, installation: Installation
) -> None:
    make_upload(installation.sessions, installation.documents, certificate_pdf()[:900])
    read_waiting_certificates(installation, NOW)
    browser.sign_in("ben").get("/certificates/1/pages/1.png", expect=404)
    page = browser.get("/certificates/1")
    assert "No page of this file can be shown" in page.text
    assert "damaged" in page.text
    assert page.form("Add this row") is not None


def test_the_file_comes_back_as_it_was_and_never_runs_in_the_browser(
    browser: Browser, installation: Installation
) -> None:
    content = certificate_pdf()
    make_upload(installation.sessions, installation.documents, content, filename="a b.pdf")
    browser.sign_in("eve")
    response = browser.raw_get("/certificates/1/file")
    assert response.data == content
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_was_changed_in_the_store_is_not_handed_out(
    browser: Browser, installation: Installation
) -> None:
    number = make_upload(installation.sessions, installation.documents)
    sha256 = get_certificate(installation.sessions, number).document.sha256
    installation.documents.path(sha256).write_bytes(b"%PDF-1.7 something else")
    page = browser.sign_in("eve").get(f"/certificates/{number}/file", expect=409)
    assert "was changed after it was stored" in page.text


@pytest.mark.parametrize("path", ["/certificates/", "/certificates/1"])
def test_a_long_file_says_since_when_it_is_read_and_which_page(
    browser: Browser, installation: Installation, path: str
) -> None:
    make_upload(installation.sessions, installation.documents)
    claimed = claim_next(installation.sessions, NOW)
    assert claimed is not None
    since = f"since {NOW:%Y-%m-%d %H:%M}"
    page = browser.sign_in("ana").get(path)
    assert since in page.text
    assert "page 3 of 12" not in page.text
    assert note_page(installation.sessions, claimed, 3, 12, now=NOW)
    assert f"page 3 of 12, {since}" in browser.get(path).text
