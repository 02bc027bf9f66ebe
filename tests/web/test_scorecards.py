"""Scorecards on their pages: in words where there is no number, one click from each case."""

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.signatures import SignatureMeaning
from tests.browser import Browser
from tests.conftest import TODAY
from tests.factories import make_qualification, make_vendor
from tests.lot_factories import make_lot, specified_item
from tests.queries.test_scorecards import ago, decide, vendor_of
from tests.services.test_deliveries import make_delivery


def rated_item(sessions: sessionmaker[Session]) -> int:
    """Three lots released, three deliveries late: 55 of 100 points of weight are known."""
    item_id = specified_item(sessions)
    for number in range(3):
        lot_id = make_lot(sessions, item_id, manufacturer_lot=f"R-{number}")
        decide(sessions, lot_id, SignatureMeaning.RELEASED, TODAY)
        make_delivery(sessions, item_id, promised_on=ago(1))
    return item_id


def test_a_vendor_without_cases_is_not_rated_in_words(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    vendor_id = make_vendor(sessions, name="Aspen")
    browser.sign_in("eve").get(f"/vendors/{vendor_id}")
    page = browser.follow("The last 12 months")
    assert "There is no score" in page.text
    cells = page.tree.xpath("//table[@id='measures']//tbody/tr/td[2]")
    assert {"Not rated" in cell.text_content() for cell in cells} == {True}
    assert "100" not in "".join(cell.text_content() for cell in cells)


def test_each_number_leads_to_its_cases_and_each_case_to_its_record(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = rated_item(sessions)
    vendor_id, _ = vendor_of(sessions, item_id)
    page = browser.sign_in("ana").get(f"/scorecards/vendor/{vendor_id}")
    assert "81.8 of 100" in page.text
    assert "Rated over 55 of 100 points of weight" in page.text
    page = browser.follow("Lot acceptance")
    assert len(page.tree.xpath("//table[@id='cases']//tbody/tr")) == 3
    assert "43.9 to 100.0" in page.text
    links = page.tree.xpath("//table[@id='cases']//tbody/tr/th/a/@href")
    assert "R-2" in browser.get(links[0]).text


def test_the_list_stands_by_score_with_the_unrated_last(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    make_vendor(sessions, name="Aardvark")
    rated_item(sessions)
    page = browser.sign_in("cyd").get("/scorecards/")
    rows = [row.text_content() for row in page.tree.xpath("//table[@id='scores']//tbody/tr")]
    assert "Band B" in rows[0]
    assert "Aardvark" in rows[-1]
    assert "not rated" in rows[-1]


def test_a_source_leads_to_the_scores_of_its_item_site_and_vendor(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    source = make_qualification(sessions)
    browser.sign_in("ben")
    for words in ("The item", "its site", "the vendor"):
        browser.get(f"/qualifications/{source}")
        assert browser.follow(words).path.startswith("/scorecards/")


def test_what_does_not_exist_is_not_found(browser: Browser) -> None:
    browser.sign_in("ben")
    for path in ("vendor/9", "site/9", "item/9", "moon/1", "vendor/9/delivery"):
        browser.get(f"/scorecards/{path}", expect=404)
