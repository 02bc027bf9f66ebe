"""Certificates from upload through the review by keyboard to the released lot."""

from http import HTTPStatus
from pathlib import Path

from playwright.sync_api import Locator, expect

from supplier_qc.demo.certificates import draw_certificates
from supplier_qc.demo.certificates_contents import Layout
from supplier_qc.jobs import clock
from tests.journeys.person import Person
from tests.people import PASSWORD

READING_MS = 60_000
FILES = "Certificates as PDF, or results as JSON, XML or CSV"


OUR_NAMES = {
    "pH (25 °C)": "pH",
    "Bacterial endotoxins": "Endotoxin",
    "TGF-β1": "TGF-b1",
    "Growth promotion, % of reference lot": "Growth promotion",
}
"""The supplier's names that are too unlike ours to be matched without a person."""


def upload_two_certificates_at_once(ana: Person, folder: Path) -> None:
    drawn = draw_certificates(folder, today=clock.now().date())
    lysate = next(one.path for one in drawn if one.lot_number == "PL-4131")
    scan = next(one.path for one in drawn if one.layout is Layout.SCAN)
    ana.go_to("Certificates")
    ana.keeps_a_picture("finds no certificate yet")
    ana.field(FILES).set_input_files([lysate, scan])
    ana.press("Upload")
    # The clock of the server reads them; the list renews itself until it is done.
    ana.row(lysate.name).get_by_text("To review").wait_for(timeout=READING_MS)
    ana.row(scan.name).get_by_text("To review").wait_for(timeout=READING_MS)
    ana.keeps_a_picture("sees both files read")


def see_that_the_scan_is_read_from_its_image(ben: Person) -> None:
    ben.go_to("Certificates")
    ben.row("scan").get_by_role("link").first.click()
    ben.sees("was read from its image (OCR): compare every sign")
    ben.does_not_see("clear ones")  # nothing that was recognised is confirmed in one go
    the_page_is_shown(ben)
    ben.keeps_a_picture("sees the scan beside what was recognised")


def review_the_certificate_by_keyboard(ben: Person) -> None:
    ben.open("/")
    ben.keeps_a_picture("sees what waits for him")
    ben.go_to("Certificates")
    ben.follow("larkfen-PL-4131.pdf")
    the_page_is_shown(ben)
    expect(ben.page.locator("rect.page-box")).not_to_have_count(0)
    ben.sees("Identity, human albumin", "bFGF, VEGF")
    ben.keeps_a_picture("begins the review")
    ben.page.keyboard.press("j")
    while ben.page.locator("[data-review-row]:not([data-decided])").count():
        decide(ben, row_with_the_focus(ben))
    ben.sees("Everything is decided", "Corrected", "Not a result")


def the_page_is_shown(who: Person) -> None:
    """The picture of the first page has arrived and is as wide as a page."""
    picture = who.page.get_by_role("img", name="Page 1 of the certificate")
    picture.wait_for()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 500


def row_with_the_focus(ben: Person) -> Locator:
    """The row that the keys work on: the focus goes to the next open one by itself."""
    row = ben.page.locator("[data-review-row]:focus:not([data-decided])")
    expect(row).to_have_count(1)
    return row


def decide(ben: Person, row: Locator) -> None:
    keys, place = ben.page.keyboard, row.get_attribute("id")
    printed = row.inner_text().splitlines()[0]
    if printed in OUR_NAMES:
        keys.press("a")
        keys.type(OUR_NAMES[printed])  # picks our line in the list of the row
        ben.keeps_a_picture(f"assigns {OUR_NAMES[printed]}")
        keys.press("Escape")
    elif printed == "Haemoglobin":
        keys.press("e")
        keys.type("5.80")
    elif printed == "VEGF":
        keys.press("x")
        keys.type("Reported for information; not agreed with the supplier.")
        ben.keeps_a_picture("says why a row is no result")
    keys.press("Enter")
    ben.page.locator(f"#{place}[data-decided]").wait_for()


def hand_the_certificate_over(ben: Person) -> None:
    ben.sees("Tests of ours without a row", "Tests beyond our specification", "bFGF. They are kept")
    ben.keeps_a_picture("has decided every row")
    ben.press("Hand over to a second person")
    ben.sees("Waits for a second person", "You read this certificate first")
    ben.keeps_a_picture("handed the certificate over")


def confirm_as_the_second_person(bea: Person) -> None:
    bea.open("/")
    bea.follow("1 certificate waits for a second person")
    bea.follow("larkfen-PL-4131.pdf")
    bea.sees("Check it as the second person")
    bea.keeps_a_picture("checks the certificate as the second person")
    bea.press("Confirm, results to lot PL-4131")
    bea.sees("The certificate is confirmed", "Quarantine", "Identity, human albumin: no result.")
    bea.keeps_a_picture("sees the new lot")


def record_an_identity_test_of_our_own(ben: Person) -> None:
    ben.open("/lots/")  # a review takes the whole width, so the menu is folded away
    ben.follow("PL-4131")
    part = ben.unfold("Add a result of our own")
    ben.fill("Test", "Identity, human albumin", within=part)
    ben.fill("Result", "Positive", within=part)
    ben.fill("Where it comes from", "Tested by us", within=part)
    ben.press("Add the result")
    ben.sees("The result of Identity, human albumin is recorded.", "Tested by us")
    ben.sees("The results allow a release")
    ben.keeps_a_picture("added a result of our own")


def release_the_lot(bea: Person) -> None:
    bea.go_to("Lots")
    bea.keeps_a_picture("sees the lots")
    bea.follow("PL-4131")
    bea.fill("Reason", "All results meet our specification.")
    bea.fill("Password", "not my password")
    bea.press("Sign and release lot PL-4131", refused=HTTPStatus.UNPROCESSABLE_ENTITY)
    bea.keeps_a_picture("is refused with a wrong password")
    bea.go_to("Lots")
    expect(bea.row("PL-4131")).to_contain_text("Quarantine")
    bea.follow("PL-4131")
    bea.fill("Reason", "All results meet our specification.")
    bea.fill("Password", PASSWORD)
    bea.press("Sign and release lot PL-4131")
    bea.sees("Released", "Bea Approver", "Fits")
    bea.keeps_a_picture("released the lot")
