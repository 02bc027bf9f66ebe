"""A signed qualification, and the reminders that the clock makes of due dates."""

import time

from playwright.sync_api import expect

from supplier_qc.domain.months import months_after
from supplier_qc.jobs import clock
from supplier_qc.queries.job_runs import list_last_runs
from supplier_qc.services.installation import Installation
from tests.journeys.catalogue_steps import open_the_item
from tests.journeys.person import Person, days_from_now
from tests.journeys.server import RunningServer
from tests.people import PASSWORD

PAPER = "ISO 13485 certificate"
PAPERS_ASKED_FOR: tuple[tuple[str, dict[str, str]], ...] = (
    ("Questionnaire", {"Result": "Satisfactory"}),
    ("Audit report", {"Result": "Satisfactory", "Manner of the audit": "On site"}),
    ("Quality agreement", {"Notice of changes, months": "6"}),
    ("Certificate", {}),
    ("TSE statement", {}),
    ("Qualification lots", {"Lots tested": "3"}),
    ("Full test against the certificate of analysis", {"Result": "Satisfactory"}),
)
SECONDS_FOR_THE_CLOCK = 60


def propose_the_qualification(ana: Person) -> None:
    open_the_item(ana)
    ana.follow("Propose it")
    ana.fill("Use", "Phase 1/2")
    ana.fill("Justification", "Questionnaire and thirteen lots are in order; audit planned.")
    ana.keeps_a_picture("proposes the qualification")
    ana.press("Propose qualification")
    ana.sees("The proposal waits for a QA approver's decision.")


def add_the_papers_that_the_policy_asks_for(ana: Person) -> None:
    """Each with what goes with its kind; the source says before that they are missing."""
    ana.sees("8 of 13 requirements are open")
    for kind, details in PAPERS_ASKED_FOR:
        open_the_item(ana)
        ana.follow("Add evidence")
        ana.fill("Kind", kind)
        ana.fill("Title", f"{kind} of the lysate")
        ana.fill("Issued on", days_from_now(-10))
        for label, value in details.items():
            ana.fill(label, value)
        ana.press("Add evidence")
        ana.sees(f"{kind} of the lysate")


def approve_the_qualification(bea: Person) -> None:
    open_the_item(bea)
    bea.follow("Decide")
    bea.sees("Audit report of the lysate")
    bea.tick("Approve")
    bea.fill("Reason", "Evidence and lots are in order.")
    bea.fill("Password", PASSWORD)
    bea.keeps_a_picture("signs the qualification")
    bea.press("Sign the decision")
    bea.sees("All 14 requirements are met")
    open_the_item(bea)
    bea.sees("Approved", "By policy for critical materials: 12 months")
    bea.sees(months_after(clock.now().date(), 12).isoformat())
    bea.keeps_a_picture("sees when it is to be qualified again")


def add_evidence_that_expires_in_twenty_days(ana: Person) -> None:
    ana.go_to("Vendors")
    ana.follow("Larkfen Haematics Ltd")
    ana.follow("Add evidence")
    ana.fill("Kind", "Certificate")
    ana.fill("Title", PAPER)
    ana.fill("Issued on", days_from_now(-1075))
    ana.fill("Expires on", days_from_now(20))
    ana.keeps_a_picture("adds evidence")
    ana.press("Add evidence")
    ana.sees(PAPER)
    ana.keeps_a_picture("sees that evidence expires soon")


def let_the_clock_look_at_due_dates(server: RunningServer, installation: Installation) -> None:
    """The job runs when the server starts, and every quarter of an hour from then on."""
    begun = clock.now()
    server.restart()
    latest = time.monotonic() + SECONDS_FOR_THE_CLOCK
    while time.monotonic() < latest:
        with installation.reading() as session:
            run = list_last_runs(session).get("due notices")
        if run is not None and run.started_at > begun:
            return
        time.sleep(0.1)
    raise AssertionError(f"The job has not run since {begun}; last run: {run}")


def see_one_reminder(bea: Person) -> None:
    bea.go_to("Reminders")
    notices = bea.page.get_by_role("table", name="Reminders made")
    expect(notices.get_by_role("row").filter(has_text=PAPER)).to_have_count(1)
    bea.keeps_a_picture("sees the reminder")


def see_one_message_for_each_recipient(bea: Person) -> None:
    bea.go_to("Outbox")
    messages = bea.page.get_by_role("table", name="Messages")
    shown = messages.get_by_role("row").filter(has_text=PAPER)
    expect(shown).to_have_count(2)
    for recipient in ("Ana Procurement", "Ben Reviewer"):
        expect(shown.filter(has_text=recipient)).to_have_count(1)
