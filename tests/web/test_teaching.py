"""Teaching from a review through the real forms, and what the next certificate shows of it."""

from dataclasses import replace

import pytest

from supplier_qc.domain.certificates import ClaimState
from supplier_qc.domain.learned_names import NameKind, TaughtName
from supplier_qc.extraction.claims import DocumentReading, HeaderField, RowClaim
from supplier_qc.jobs.reading import read_waiting_certificates
from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.name_offers import get_certificate_names
from supplier_qc.services.installation import Installation
from supplier_qc.services.learned_names import teach_names
from tests.browser import Browser, Page
from tests.certificate_pdfs import certificate_pdf
from tests.conftest import NOW
from tests.factories import make_item, make_site, make_specification, make_vendor
from tests.lot_factories import (
    BEA,
    BEN,
    claim,
    document_reading,
    get_certificate,
    make_proposal,
    make_upload,
    specified_item,
)

TEST = NameKind.TEST_NAME
TEACH = "Teach 3 names"


def strange_reading() -> DocumentReading:
    row = RowClaim(
        name=claim("LAL assay"),
        method=claim("EP 2.6.14"),
        specification=claim("NMT 0.5 EU/mL"),
        result=claim("0.05"),
        unit=claim("EU/ml LAL"),
    )
    return replace(document_reading(), rows=(row,))


@pytest.fixture
def item_id(installation: Installation) -> int:
    return specified_item(installation.sessions)


@pytest.fixture
def certificate_id(installation: Installation, item_id: int) -> int:
    return make_proposal(installation, strange_reading(), item_id=item_id)


def row_place(installation: Installation, certificate_id: int) -> str:
    return f"row-{get_certificate(installation.sessions, certificate_id).rows[0].id}"


def words_of(page: Page, place: str) -> str:
    (found,) = page.tree.xpath(f"//*[@id='{place}']")
    return " ".join(found.text_content().split())


def decide_our_way(browser: Browser, certificate_id: int) -> Page:
    """Key A: the row goes on our line, with our method and unit."""
    page = browser.get(f"/certificates/{certificate_id}")
    (line,) = page.tree.xpath("//option[normalize-space()='Endotoxin']/@value")[:1]
    return browser.submit(
        "Confirm LAL assay", {"line": line, "method": "Ph. Eur. 2.6.14", "unit": "EU/mL"}
    )


def test_names_are_taught_in_one_save_and_the_next_certificate_profits(
    browser: Browser, installation: Installation, certificate_id: int, item_id: int
) -> None:
    page = decide_our_way(browser.sign_in("ben"), certificate_id)
    ticked = page.tree.xpath("//*[@id='teach']//input[@type='checkbox' and @checked]/@value")
    assert [value.partition(":")[0] for value in ticked] == ["test_name", "method", "unit"]
    page = browser.submit(TEACH)
    assert "3 names are taught" in page.text
    assert "Teach the reader" not in page.text
    following = make_proposal(installation, strange_reading(), item_id=item_id)
    page = browser.get(f"/certificates/{following}")
    words = words_of(page, row_place(installation, following))
    for expected in (
        "Test name “LAL assay” is known as Endotoxin at this vendor",
        "Method “EP 2.6.14” is known as Ph. Eur. 2.6.14",
        "Unit “EU/ml LAL” is known as EU/mL",
        f"taught by {BEN.full_name} on",
    ):
        assert expected in words
    browser.submit("Confirm LAL assay")
    row = get_certificate(installation.sessions, following).rows[0]
    assert (row.state, row.unit) == (ClaimState.CONFIRMED, "EU/mL")


def test_what_is_not_ticked_is_not_taught(browser: Browser, certificate_id: int) -> None:
    page = decide_our_way(browser.sign_in("ben"), certificate_id)
    ticked = page.tree.xpath("//*[@id='teach']//input[@type='checkbox']/@value")
    page = browser.submit(TEACH, {"names": [ticked[0]]})
    assert "1 name is taught" in page.text
    assert "Teach 2 names" in page.text


def test_names_may_hold_for_this_item_alone(
    browser: Browser, installation: Installation, certificate_id: int, item_id: int
) -> None:
    decide_our_way(browser.sign_in("ben"), certificate_id)
    browser.submit(TEACH, {"scope": "item"})
    following = make_proposal(installation, strange_reading(), item_id=item_id)
    page = browser.get(f"/certificates/{following}")
    assert "known as Endotoxin for this item" in words_of(page, row_place(installation, following))


def test_with_nothing_ticked_the_page_says_so(browser: Browser, certificate_id: int) -> None:
    decide_our_way(browser.sign_in("ben"), certificate_id)
    page = browser.submit(TEACH, {"names": []}, expect=422)
    assert "Tick at least one name" in page.text


def test_a_row_changed_meanwhile_is_not_taught_as_it_was(
    browser: Browser, certificate_id: int
) -> None:
    page = decide_our_way(browser.sign_in("ben"), certificate_id)
    (token,) = page.tree.xpath("(//input[@name='csrf_token'])[1]/@value")
    answer = browser.post(
        f"/certificates/{certificate_id}/names",
        {"csrf_token": token, "scope": "vendor", "names": "test_name: LAL assay → Sterility"},
    )
    assert answer.status_code == 422
    assert "A row was changed meanwhile" in answer.text


def test_a_word_that_another_person_taught_otherwise_is_named_and_not_ticked(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    decide_our_way(browser.sign_in("ben"), certificate_id)
    other = TaughtName(TEST, "LAL assay", "Sterility")
    teach_names(installation.sessions, certificate_id, [other], actor=BEA, now=NOW)
    page = browser.submit(TEACH, expect=409)
    assert f"was taught as Sterility by {BEA.full_name}" in page.text
    page = browser.get(f"/certificates/{certificate_id}")
    assert "taught as Sterility so far" in page.text
    assert page.form("Teach 2 names") is not None


def test_an_open_certificate_is_proposed_again_on_request(
    browser: Browser, installation: Installation, certificate_id: int, item_id: int
) -> None:
    waiting = make_proposal(installation, strange_reading(), item_id=item_id)
    names = [TaughtName(TEST, "LAL assay", "Endotoxin")]
    teach_names(installation.sessions, certificate_id, names, actor=BEN, now=NOW)
    page = browser.sign_in("ben").get(f"/certificates/{waiting}")
    assert "1 open row is known by a name that was taught since" in page.text
    page = browser.submit("Propose again with what was taught meanwhile")
    assert "1 row is proposed anew" in page.text
    assert "known as Endotoxin" in words_of(page, row_place(installation, waiting))
    assert "Propose again" not in page.text


def test_the_label_of_a_value_typed_by_hand_is_asked_for_and_read_next_time(
    browser: Browser, installation: Installation
) -> None:
    site = make_site(installation.sessions, make_vendor(installation.sessions, name="Aspen Mill"))
    item = make_item(installation.sessions, site_id=site, catalogue_number="PL-1000")
    make_specification(installation.sessions, item)

    def upload(mark: str) -> int:
        header = {"Catalogue No.": "PL-1000", "Brew mark": mark, "Expiry date": "2028-09-16"}
        content = certificate_pdf(header=header, issuer="Aspen Mill")
        number = make_upload(installation.sessions, installation.documents, content)
        read_waiting_certificates(installation, NOW)
        return number

    first = upload("B-4711")
    browser.sign_in("ben").get(f"/certificates/{first}")
    browser.submit("Confirm Lot number", {"value": "B-4711"})
    page = browser.submit("Teach what is ticked", {"label_lot_number": "Brew mark"})
    assert "1 name is taught" in page.text
    second = upload("B-4712")
    (lot,) = (
        field
        for field in get_certificate(installation.sessions, second).fields
        if field.field == HeaderField.LOT_NUMBER
    )
    assert (lot.literal, lot.rule, lot.state) == (
        "B-4712",
        "taught: Brew mark",
        ClaimState.PROPOSED,
    )
    assert (lot.confidence or 1) <= 0.9


@pytest.mark.parametrize("username", ["ana", "cyd", "eve"])
def test_who_does_not_review_sees_what_is_known_and_no_form(
    browser: Browser, installation: Installation, certificate_id: int, username: str
) -> None:
    decide_our_way(browser.sign_in("ben"), certificate_id)
    other = Browser(browser._client.application, installation).sign_in(username)
    page = other.get(f"/certificates/{certificate_id}")
    assert "Teach the reader" not in page.text
    assert "Names taught about" in page.text
    other.get(f"/certificates/{certificate_id}/names", expect=403)


def test_the_page_of_names_says_what_to_do_where_there_are_none(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    page = browser.sign_in("ben").get(f"/certificates/{certificate_id}/names")
    assert "Nothing to teach" in page.text
    without_item = make_proposal(installation, strange_reading())
    page = browser.get(f"/certificates/{without_item}/names")
    assert "No item is chosen yet" in page.text
    browser.get("/certificates/999/names", expect=404)
    with reading(installation.sessions) as session:
        assert get_certificate_names(session, 999) is None
