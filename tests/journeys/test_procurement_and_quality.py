"""Procurement proposes, QA asks for evidence, evidence runs out, QA requalifies with conditions.

After each step procurement asks the same question, and the answer is another one.
"""

from collections.abc import Callable

import pytest

from supplier_qc.domain.catalogue import EvidenceKind, label
from supplier_qc.domain.people import Role
from supplier_qc.jobs import clock
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import ManufacturerItem
from supplier_qc.services.evidence import EvidenceDraft, add_evidence
from supplier_qc.services.installation import Installation
from tests.conftest import actor_of
from tests.factories import REQUIRED_PAPERS, make_item
from tests.journeys.person import Person, days_from_now
from tests.people import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

ANSWERS = "Questionnaire of the lysate plant"


def test_the_answer_to_procurement_changes_with_each_step(
    installation: Installation, person: Callable[[str], Person]
) -> None:
    make_item(installation.sessions, catalogue_number="PL-STORY", name="Lysate PL-STORY")
    ana, ben, bea = person("ana"), person("ben"), person("bea")

    asks(ana, "No, nothing of this may be bought", "It was never proposed for phase 1/2.")
    proposes(ana)
    asks(ana, "No, nothing of this may be bought", "the source is proposed, not approved")

    asks_for_the_questionnaire(ben)
    add_all_papers_but_the_questionnaire(installation)
    cannot_approve_without_it(bea)
    brings_the_questionnaire(ana)
    asks(ana, "No, nothing of this may be bought", "the source is proposed, not approved")

    approves(bea)
    asks(ana, "Yes, it may be bought", "Approved for phase 1/2.", f"Holds until {days_from_now(0)}")
    asks(ana, "Yes, with conditions", f"ended on {days_from_now(0)}", on=days_from_now(1))

    finds_that_the_questionnaire_has_run_out(ben)
    asks(ana, "Yes, with conditions", f"ended on {days_from_now(-1)}")

    proposes_to_requalify_with_a_condition(ana)
    requalifies_with_the_condition(bea)
    asks(
        ana,
        "Yes, with conditions",
        "Have the questionnaire answered again.",
        f"Holds until {days_from_now(60)}",
    )

    suspends(bea)
    asks(ana, "No, nothing of this may be bought", "the source is suspended, not approved")
    ana.keeps_a_picture("is told that the source is suspended")


def asks(ana: Person, answer: str, *reasons: str, on: str = "") -> None:
    ana.go_to("May I buy?")
    ana.fill("Item", "PL-STORY")
    ana.fill("Use", "Phase 1/2")
    if on:
        ana.fill("Day of the order", on)
    ana.press("Ask")
    ana.sees(answer, *reasons)


def open_the_source(who: Person) -> None:
    who.open("/qualifications/1")


def proposes(ana: Person) -> None:
    ana.open("/items/1")
    ana.follow("Propose for a use")
    ana.fill("Use", "Phase 1/2")
    ana.fill("Justification", "Three lots supported expansion.")
    ana.press("Propose qualification")
    ana.sees("The proposal waits for a QA approver's decision.")


def asks_for_the_questionnaire(ben: Person) -> None:
    open_the_source(ben)
    ben.row("Questionnaire").first.get_by_role("link", name="Ask for this evidence").click()
    ben.fill("By", days_from_now(14))
    ben.keeps_a_picture("asks for the questionnaire")
    ben.press("Record the request")
    ben.sees("Add the paper when it comes")


def add_all_papers_but_the_questionnaire(installation: Installation) -> None:
    """By the service of the form; one paper is enough to see typed."""
    with reading(installation.sessions) as session:
        vendor_id = session.get_one(ManufacturerItem, 1).site.organisation_id
    for kind, details in REQUIRED_PAPERS:
        if kind is not EvidenceKind.QUESTIONNAIRE:
            draft = EvidenceDraft(
                kind, label(kind), 1, issued_on=clock.now().date(), details=details
            )
            add_evidence(
                installation.sessions,
                installation.documents,
                vendor_id,
                draft,
                actor=actor_of(Role.PROCUREMENT),
                now=clock.now(),
            )


def cannot_approve_without_it(bea: Person) -> None:
    open_the_source(bea)
    bea.sees("1 of 13 requirements is open")
    bea.follow("Decide")
    bea.tick("Approve")
    bea.fill("Reason", "The lots were good.")
    bea.fill("Password", PASSWORD)
    bea.press("Sign the decision", refused=409)
    bea.sees("Questionnaire")
    bea.keeps_a_picture("is refused the approval")


def brings_the_questionnaire(ana: Person) -> None:
    ana.go_to("Requests for evidence")
    ana.follow("Questionnaire")
    ana.follow("Add the evidence")
    ana.fill("Title", ANSWERS)
    ana.fill("Issued on", days_from_now(-300))
    ana.fill("Expires on", days_from_now(0))
    ana.fill("Result", "Satisfactory")
    ana.press("Add evidence")
    ana.go_to("Requests for evidence")
    ana.does_not_see("Lysate PL-STORY")


def approves(bea: Person) -> None:
    open_the_source(bea)
    bea.follow("Decide")
    bea.tick("Approve")
    bea.fill("Reason", "Evidence and lots are in order.")
    bea.fill("Password", PASSWORD)
    bea.press("Sign the decision")
    bea.sees("Approved")


def finds_that_the_questionnaire_has_run_out(ben: Person) -> None:
    """The questionnaire turns out to hold until yesterday; time need not be waited for."""
    open_the_source(ben)
    ben.row("Questionnaire").get_by_role("link", name=ANSWERS).click()
    ben.fill("Expires on", days_from_now(-1))
    ben.fill("Reason for the change", "It was answered for 299 days.")
    ben.press("Save evidence")
    open_the_source(ben)
    ben.sees("Due for review", "This source is due for review")
    ben.keeps_a_picture("sees that the source is due")


def proposes_to_requalify_with_a_condition(ana: Person) -> None:
    open_the_source(ana)
    ana.follow("Propose a decision")
    ana.tick("Approve with conditions")
    ana.fill("Occasion", "For cause")
    ana.fill("Justification", "The questionnaire is answered again in January.")
    ana.fill("Condition 1", "Have the questionnaire answered again.")
    first = ana.page.locator(".condition-line").first
    ana.fill("To be fulfilled by", days_from_now(60), within=first)
    ana.fill("Stands in for", "Questionnaire", within=first)
    ana.press("Propose the decision")
    ana.sees("A QA approver decides next")


def requalifies_with_the_condition(bea: Person) -> None:
    open_the_source(bea)
    bea.follow("Decide")
    bea.tick("Approve with conditions")
    bea.fill("Reason", "The last answers were satisfactory; nothing was reported since.")
    bea.fill("Password", PASSWORD)
    bea.keeps_a_picture("requalifies with a condition")
    bea.press("Sign the decision")
    bea.sees("Conditionally approved", "A condition stands in for it until")


def suspends(bea: Person) -> None:
    open_the_source(bea)
    bea.follow("Decide")
    bea.tick("Suspend")
    bea.fill("Reason", "The plant does not answer.")
    bea.fill("Password", PASSWORD)
    bea.press("Sign the decision")
    bea.sees("Suspended")
