"""Results sent as data go the way of every certificate; and a file can be checked before."""

import pytest
from sqlalchemy import func, select

from supplier_qc.config import ROOT
from supplier_qc.jobs.reading import read_waiting_certificates
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import Document
from supplier_qc.services.certificate_review import choose_item, reject_row
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.conftest import NOW
from tests.lot_factories import (
    BEN,
    decide_everything,
    finish_review,
    get_certificate,
    get_lot,
    specified_item,
)

EXAMPLES = ROOT / "docs" / "structured-results"


@pytest.fixture
def structured_id(browser: Browser, installation: Installation) -> int:
    """The example of the documentation, sent from the page and read."""
    specified_item(installation.sessions)
    browser.sign_in("ben").get("/certificates/")
    content = (EXAMPLES / "example.json").read_bytes()
    browser.submit("Upload", uploads={"files": [("lot.json", content)]})
    read_waiting_certificates(installation, NOW)
    return 1


def test_each_value_stands_beside_its_line_of_the_file(
    browser: Browser, structured_id: int
) -> None:
    page = browser.get(f"/certificates/{structured_id}")
    assert "Results sent as data: there is no page." in page.text
    assert '"lot_number": "L240917",' in page.tree.xpath("//*[@id='line-8']")[0].text_content()
    assert "line 8; found by: structured, line 8" in page.response.text
    assert not page.tree.xpath("//img[contains(@src, '/pages/')]")


def test_what_was_sent_as_data_is_decided_and_confirmed_as_any_other(
    installation: Installation, structured_id: int
) -> None:
    sessions = installation.sessions
    certificate = get_certificate(sessions, structured_id)
    assert {row.state.value for row in certificate.rows} == {"proposed"}
    choose_item(sessions, structured_id, 1, version=certificate.version, actor=BEN, now=NOW)
    sterility = get_certificate(sessions, structured_id).rows[2]
    reject_row(
        sessions,
        structured_id,
        sterility.id,
        "Not tested yet.",
        version=sterility.version,
        actor=BEN,
        now=NOW,
    )
    decide_everything(sessions, structured_id)
    lot = get_lot(sessions, finish_review(installation, structured_id))
    assert [(one.attribute, one.literal, one.unit) for one in lot.results] == [
        ("Endotoxin", "< 0.05", "EU/mL"),
        ("pH", "7.3", None),
    ]


def test_the_file_comes_back_as_it_was_sent(browser: Browser, structured_id: int) -> None:
    answer = browser.raw_get(f"/certificates/{structured_id}/file")
    assert answer.mimetype == "application/json"
    assert answer.data == (EXAMPLES / "example.json").read_bytes()
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"format": 1', "cannot be taken apart"),
        (b"%PDF-1.7", "neither JSON, XML nor CSV"),
        (b"lot_number,test_name,result_text\nL1,pH,7.3\n", "manufacturer is missing."),
    ],
)
def test_a_file_is_checked_line_by_line_and_not_kept(
    browser: Browser, installation: Installation, content: bytes, words: str
) -> None:
    browser.sign_in("eve").get("/certificates/check")
    page = browser.submit("Check the file", uploads={"file": [("lot.csv", content)]})
    assert words in page.text
    with reading(installation.sessions) as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 0


@pytest.mark.parametrize("name", ["example.json", "example.xml", "example.csv"])
def test_a_good_file_is_told_so(browser: Browser, name: str) -> None:
    browser.sign_in("cyd").get("/certificates/check")
    content = (EXAMPLES / name).read_bytes()
    page = browser.submit("Check the file", uploads={"file": [(name, content)]})
    assert f"{name} can be sent" in page.text


def test_without_a_file_the_page_says_so_beside_the_field(browser: Browser) -> None:
    browser.sign_in("cyd").get("/certificates/check")
    assert "Choose a file." in browser.submit("Check the file", expect=422).text
