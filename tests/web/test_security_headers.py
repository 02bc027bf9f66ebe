"""What every answer carries, pages, files and downloads alike."""

import pytest
from flask import Flask

from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.certificate_pdfs import certificate_pdf
from tests.lot_factories import make_upload


@pytest.fixture
def certificate_id(installation: Installation) -> int:
    return make_upload(installation.sessions, installation.documents, certificate_pdf())


@pytest.mark.parametrize("path", ["file", "pages/1.png"])
def test_a_stored_file_is_kept_by_the_readers_own_browser_alone(
    browser: Browser, certificate_id: int, path: str
) -> None:
    browser.sign_in("ben")
    with browser.raw_get(f"/certificates/{certificate_id}/{path}") as answer:
        assert answer.status_code == 200
        assert answer.cache_control.private
        assert not answer.cache_control.public


@pytest.mark.parametrize(
    ("person", "path"),
    [("eve", "/audit-trail/audit-trail.csv"), ("eve", "/audit-trail/"), ("eve", "/nowhere")],
)
def test_pages_and_downloads_are_kept_by_nobody(browser: Browser, person: str, path: str) -> None:
    browser.sign_in(person)
    with browser.raw_get(path) as answer:
        assert answer.cache_control.no_store


def test_the_look_of_the_pages_is_kept_by_everybody(app: Flask) -> None:
    with app.test_client().get("/static/css/pages/lots.css") as answer:
        assert answer.status_code == 200
        assert answer.cache_control.public
        assert answer.cache_control.max_age == 3600
