"""The page of the watched folder says what waits, what was refused and what is wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from supplier_qc.config import Settings
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.jobs.test_watched_folder import look_twice
from tests.lot_factories import pdf_bytes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "incoming"
    path.mkdir()
    return path


@pytest.fixture
def settings(settings: Settings, folder: Path) -> Settings:
    return replace(settings, watched_folder=folder)


def test_the_page_names_what_waits_what_is_left_and_what_was_refused(
    browser: Browser, installation: Installation, folder: Path
) -> None:
    (folder / "bad.pdf").write_bytes(b"no")
    look_twice(installation, folder)
    (folder / "coa.pdf").write_bytes(pdf_bytes())
    (folder / "october").mkdir()
    page = browser.sign_in("eve").get("/certificates/folder")
    assert str(folder) in page.text
    assert "october is a sub-folder" in page.text
    assert page.tree.xpath("//table[@id='waiting']//th[@scope='row']/text()") == ["coa.pdf"]
    assert "bad.pdf: the file is not a PDF" in page.text


def test_a_folder_that_is_away_is_said_first(browser: Browser, folder: Path) -> None:
    folder.rmdir()
    page = browser.sign_in("ana").get("/certificates/folder")
    assert "The folder cannot be looked into" in page.text


def test_a_certificate_from_the_folder_says_where_it_came_from(
    browser: Browser, installation: Installation, folder: Path
) -> None:
    (folder / "coa.pdf").write_bytes(pdf_bytes())
    look_twice(installation, folder)
    assert "the watched folder" in browser.sign_in("ana").get("/certificates/").text
    assert "Uploaded by the watched folder" in browser.get("/certificates/1").text
