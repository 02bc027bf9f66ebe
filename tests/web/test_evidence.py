"""Evidence through its own form: the dates, the file, and getting the file back."""

import pytest

from supplier_qc.domain.evidence_files import EvidenceFile
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.factories import make_evidence, make_item, make_site, make_vendor

PDF = b"%PDF-1.7 a certificate"
ISO = {"kind": "certificate", "title": "ISO 9001", "expires_on": "2031-01-31"}


@pytest.fixture
def vendor_id(installation: Installation) -> int:
    return make_vendor(installation.sessions)


def test_a_paper_is_added_with_its_file_and_comes_back_as_it_was(
    browser: Browser, vendor_id: int
) -> None:
    browser.sign_in("ana").get(f"/vendors/{vendor_id}")
    browser.follow("Add evidence")
    page = browser.submit("Add evidence", ISO, uploads={"file": [("ISO 9001 é.pdf", PDF)]})
    assert "2031-01-31" in page.text
    assert "Valid" in page.text
    answer = browser.raw_get(page.link("ISO 9001 é.pdf"))
    assert answer.data == PDF
    assert answer.mimetype == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"title": " "}, 422, "Type what the paper is."),
        ({"kind": ""}, 422, "Choose one."),
        ({"expires_on": "31.01.2031"}, 422, "Not a valid date"),
        ({"issued_on": "2032-01-01"}, 409, "before it was issued on 2032-01-01"),
    ],
)
def test_a_wrong_entry_is_named(
    browser: Browser, vendor_id: int, changes: dict[str, str], status: int, words: str
) -> None:
    browser.sign_in("ana").get(f"/evidence/new/of-vendor/{vendor_id}")
    assert words in browser.submit("Add evidence", {**ISO, **changes}, expect=status).text


def test_a_page_dressed_as_a_pdf_is_refused(browser: Browser, vendor_id: int) -> None:
    browser.sign_in("ana").get(f"/evidence/new/of-vendor/{vendor_id}")
    page = browser.submit(
        "Add evidence", ISO, uploads={"file": [("iso.pdf", b"<script>")]}, expect=409
    )
    assert "iso.pdf is neither a PDF nor" in page.text


def test_a_paper_of_one_item_is_added_from_its_page(
    browser: Browser, installation: Installation, vendor_id: int
) -> None:
    sessions = installation.sessions
    item_id = make_item(sessions, site_id=make_site(sessions, vendor_id), name="Lysate, 1 L")
    browser.sign_in("ana").get(f"/items/{item_id}")
    browser.follow("Add evidence")
    page = browser.submit("Add evidence", ISO)
    assert page.path == f"/items/{item_id}"
    assert "ISO 9001" in page.text


def test_new_dates_are_saved_with_their_reason_and_keep_the_file(
    browser: Browser, installation: Installation
) -> None:
    file = EvidenceFile("iso.pdf", PDF)
    number = make_evidence(installation.sessions, installation.documents, file=file)
    browser.sign_in("ana").get(f"/evidence/{number}")
    page = browser.submit("Save evidence", {"expires_on": "2032-02-29", "reason": "Renewed."})
    assert "2032-02-29" in page.text
    assert "iso.pdf" in page.text


def test_evidence_without_a_file_has_none_to_download(
    browser: Browser, installation: Installation
) -> None:
    number = make_evidence(installation.sessions, installation.documents)
    browser.sign_in("eve").get(f"/evidence/{number}/file", expect=404)
    browser.get("/evidence/99/file", expect=404)
    browser.get(f"/evidence/{number}", expect=403)
