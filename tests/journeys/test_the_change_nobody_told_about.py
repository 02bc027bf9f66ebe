"""Five papers of one morning, an alias taught, and the certificate that comes a week later."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from supplier_qc.jobs import clock
from tests.journeys.catalogue_steps import (
    add_the_manufacturers_item,
    add_the_material,
    add_the_vendor_with_its_site,
    approve_the_specification,
    draft_the_specification,
)
from tests.journeys.certificate_steps import (
    FILES,
    OUR_NAMES,
    READING_MS,
    row_with_the_focus,
)
from tests.journeys.person import Person
from tests.journeys.vendor_papers import Papers, draw_papers
from tests.people import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

TO_READ_MS = 4 * READING_MS  # two of the five are read from their images


def test_a_limit_that_was_widened_without_a_word_is_flagged_and_assessed(
    person: Callable[[str], Person], tmp_path: Path
) -> None:
    ana, bea, ben = person("ana"), person("bea"), person("ben")
    add_the_vendor_with_its_site(ana)
    add_the_material(ana)
    add_the_manufacturers_item(ana)
    draft_the_specification(ana)
    ana.follow("Done, show the draft")
    approve_the_specification(bea)

    papers = draw_papers(tmp_path / "papers", clock.now().date())
    drop_five_papers_at_once(ana, papers)
    see_what_each_paper_is(ben, papers)

    review_by_keyboard(ben, papers.first, assigned=OUR_NAMES)
    teach_the_names(ben)
    hand_over(ben)
    confirm_as_the_second_person(bea, papers.first, "PL-4131")

    upload_the_next_one(ana, papers)
    see_that_the_vendors_names_are_known(ben, papers)
    see_the_limit_that_nobody_told_about(ben)
    review_by_keyboard(ben, papers.next_one, assigned={})
    hand_over(ben)
    confirm_as_the_second_person(bea, papers.next_one, "PL-4132")

    see_that_the_lot_is_held(bea)
    assess_the_change(bea)
    add_our_identity_test(ben)
    release(bea)


def drop_five_papers_at_once(ana: Person, papers: Papers) -> None:
    ana.go_to("Certificates")
    ana.field(FILES).set_input_files(papers.of_one_morning)
    ana.press("Upload")
    for paper in papers.of_one_morning:
        ana.row(paper.name).get_by_text("To review").wait_for(timeout=TO_READ_MS)
    ana.keeps_a_picture("sees five papers read")


def see_what_each_paper_is(ben: Person, papers: Papers) -> None:
    for paper in (papers.scan, papers.garbled):
        open_paper(ben, paper)
        ben.sees("read from its image (OCR): compare every sign")
        ben.keeps_a_picture(f"sees {paper.stem} recognised")
    open_paper(ben, papers.two_lots)
    ben.sees("PL-4301", "PL-4302")
    ben.keeps_a_picture("sees the paper with two lots")
    open_paper(ben, papers.contradicting)
    ben.sees("31.0 mg/dL is outside the supplier's own limit of at most 25 mg/dL")
    ben.keeps_a_picture("sees a pass that is none")


def open_paper(who: Person, paper: Path) -> None:
    who.open("/certificates/")  # a review takes the whole width, so the menu is folded away
    who.follow(paper.name)


def review_by_keyboard(ben: Person, paper: Path, *, assigned: dict[str, str]) -> None:
    """Enter for what is right, A and a name for what the supplier calls otherwise."""
    open_paper(ben, paper)
    ben.page.get_by_role("heading", name="Results", exact=True).wait_for()
    ben.page.wait_for_load_state()  # the keys work once the script is there
    ben.page.keyboard.press("j")
    while ben.page.locator("[data-review-row]:not([data-decided])").count():
        decide(ben, row_with_the_focus(ben), assigned)
    ben.sees("Everything is decided")


def decide(ben: Person, row: Locator, assigned: dict[str, str]) -> None:
    keys, place = ben.page.keyboard, row.get_attribute("id")
    name = next((name for name in assigned if name in row.inner_text().splitlines()), None)
    if name is not None:
        keys.press("a")
        keys.type(assigned[name])
        keys.press("Escape")
    keys.press("Enter")
    ben.page.locator(f"#{place}[data-decided]").wait_for()


def teach_the_names(ben: Person) -> None:
    ben.sees("Teach the reader", "TGF-β1")
    ben.keeps_a_picture("is offered to teach the names")
    ben.page.get_by_role("button", name=re.compile(r"^Teach \d+ names?$")).click()
    ben.sees("Names taught about Larkfen Haematics Ltd")


def hand_over(ben: Person) -> None:
    reason = ben.page.locator("#confirm-reason")
    reason.fill("Compared with the page line by line.")
    ben.press("Hand over to a second person")
    ben.sees("Waits for a second person")


def confirm_as_the_second_person(bea: Person, paper: Path, lot: str) -> None:
    open_paper(bea, paper)
    bea.sees("Check it as the second person")
    bea.page.locator("#confirm-reason").fill("Checked against the page.")
    bea.press(f"Confirm, results to lot {lot}")
    bea.sees("The certificate is confirmed")


def upload_the_next_one(ana: Person, papers: Papers) -> None:
    ana.open("/certificates/")
    ana.field(FILES).set_input_files([papers.next_one])
    ana.press("Upload")
    # A single file opens its own page, which renews itself until it is read.
    ana.page.get_by_role("heading", name="Results", exact=True).wait_for(timeout=TO_READ_MS)


def see_that_the_vendors_names_are_known(ben: Person, papers: Papers) -> None:
    open_paper(ben, papers.next_one)
    ben.sees("“TGF-β1” is known as TGF-b1", "taught by Ben Reviewer")
    ben.keeps_a_picture("profits from what he taught")


def see_the_limit_that_nobody_told_about(ben: Person) -> None:
    ben.sees("What changed since certificate", "of lot PL-4131", "Fibrinogen", "≤ 60", "≤ 50")
    ben.keeps_a_picture("sees the change nobody told about")


def see_that_the_lot_is_held(bea: Person) -> None:
    open_the_lot(bea)
    bea.sees("not assessed")
    bea.keeps_a_picture("sees that the change holds the lot")


def open_the_lot(who: Person) -> None:
    who.open("/lots/")
    who.follow("PL-4132")


def assess_the_change(bea: Person) -> None:
    bea.open("/changes/")
    bea.page.get_by_role("main").get_by_role("link", name=re.compile("Fibrinogen")).first.click()
    bea.keeps_a_picture("compares both certificates")
    for change in bea.page.locator("input[name=notes]").all():
        change.check()
    bea.fill("What follows", "Accepted, with reason")
    main = bea.page.get_by_role("main")
    words = "60 µg/mL is far from what the process can bear; our limit stays 50."
    bea.fill("Assessment", words, within=main)
    bea.fill("Password", PASSWORD)
    bea.press("Sign and keep the assessment")
    bea.sees("Accepted")


def add_our_identity_test(ben: Person) -> None:
    open_the_lot(ben)
    part = ben.unfold("Add a result of our own")
    ben.fill("Test", "Identity, human albumin", within=part)
    ben.fill("Result", "Positive", within=part)
    ben.fill("Where it comes from", "Tested by us", within=part)
    ben.press("Add the result")
    ben.sees("The results allow a release")


def release(bea: Person) -> None:
    open_the_lot(bea)
    bea.fill("Reason", "All results meet our specification.")
    bea.fill("Password", PASSWORD)
    bea.press("Sign and release lot PL-4132")
    bea.sees("Released")
    bea.keeps_a_picture("released the lot")
