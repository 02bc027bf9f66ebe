"""Asking for evidence from the page of a source, answering it, and the letter to copy."""

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import EvidenceKind
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import EvidenceRequest
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.factories import make_evidence, make_item, make_qualification, make_vendor
from tests.services.test_evidence_requests import make_request, vendor_of


def asked(sessions: sessionmaker[Session]) -> EvidenceRequest:
    with reading(sessions) as session:
        return session.scalars(select(EvidenceRequest)).one()


def test_a_lacking_requirement_is_asked_for_in_one_click_and_answered_by_its_paper(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions, name="Lysate")
    source = make_qualification(sessions, item_id, approved=False, with_papers=False)
    browser.sign_in("ben").get(f"/qualifications/{source}")
    page = browser.follow("Ask for this evidence: Audit")
    assert "On file: Nothing is on file." in page.text
    page = browser.submit("Record the request")
    assert "Nothing is sent by itself" in page.text
    request = asked(sessions)
    assert (request.kind.value, request.item_id) == ("audit", item_id)
    assert "Audit: Lysate" in browser.get(f"/qualifications/{source}").text

    browser.get(f"/evidence-requests/{request.id}")
    page = browser.follow("Add the evidence")
    chosen = page.tree.xpath("//select[@name='answers']/option[@selected]/@value")
    kind = page.tree.xpath("//select[@name='kind']/option[@selected]/@value")
    assert (chosen, kind) == ([str(request.id)], ["audit_report"])
    browser.submit("Add evidence", {"title": "Audit of the plant"})
    page = browser.get(f"/evidence-requests/{request.id}")
    assert "Answered" in page.text
    assert "Audit of the plant" in page.text


def test_what_a_supplier_cannot_send_is_not_offered(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    source = make_qualification(sessions, approved=False, with_papers=False)
    page = browser.sign_in("ben").get(f"/qualifications/{source}")
    links = page.tree.xpath("//a[starts-with(normalize-space(), 'Ask for this evidence')]/@href")
    assert links
    assert not [link for link in links if "coa_verification" in link or "grade" in link]


def test_a_request_in_the_past_is_refused_with_what_was_typed(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    vendor_id = make_vendor(sessions)
    browser.sign_in("ana").get(f"/evidence-requests/new/of-vendor/{vendor_id}")
    browser.submit("Record the request", {"text": "x"}, expect=422)
    typed = {"kind": "audit", "text": "A day, please.", "due_on": "2020-01-01"}
    page = browser.submit("Record the request", typed, expect=409)
    assert "before the day of the request" in page.text
    assert "A day, please." in page.text


def test_a_paper_on_file_answers_from_the_page_of_the_request(
    browser: Browser, installation: Installation
) -> None:
    vendor_id = make_vendor(installation.sessions)
    paper = make_evidence(
        installation.sessions,
        installation.documents,
        vendor_id,
        kind=EvidenceKind.AUDIT_REPORT,
        title="Old audit",
    )
    number = make_request(installation.sessions, vendor_id)
    browser.sign_in("ana").get(f"/evidence-requests/{number}")
    browser.submit("Take this paper as the answer", expect=422)
    page = browser.submit("Take this paper as the answer", {"evidence_id": str(paper)})
    assert "The request is answered." in page.text


def test_a_request_is_withdrawn_with_a_reason(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_request(sessions, make_vendor(sessions))
    browser.sign_in("ana").get(f"/evidence-requests/{number}/withdraw")
    browser.submit("Withdraw the request", expect=422)
    page = browser.submit("Withdraw the request", {"reason": "Asked twice."})
    assert "Withdrawn" in page.text


def test_the_letter_is_a_text_to_copy_and_a_file(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    make_qualification(sessions, item_id, approved=False, with_papers=False)
    vendor_id = vendor_of(sessions, item_id)
    page = browser.sign_in("eve").get(f"/evidence-requests/letter/of-vendor/{vendor_id}")
    (text,) = page.tree.xpath("//blockquote[@id='letter']/text()")
    assert "- our supplier questionnaire, filled in and signed" in text
    found = browser.get(f"/evidence-requests/letter/of-vendor/{vendor_id}.txt")
    assert found.text.split() == text.split()
    other = make_vendor(sessions)
    page = browser.get(f"/evidence-requests/letter/of-vendor/{other}")
    assert "There is nothing to ask for" in page.text
    browser.get(f"/evidence-requests/letter/of-vendor/{other}.txt", expect=404)


def test_lists_and_reminders_name_open_requests(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    page = browser.sign_in("eve").get("/evidence-requests/")
    assert "No vendor owes us a paper" in page.text
    vendor_id = make_vendor(sessions, name="Aspen")
    number = make_request(sessions, vendor_id)
    for path in ("/evidence-requests/", "/reminders/?state=all", f"/vendors/{vendor_id}"):
        page = browser.get(path)
        assert page.tree.xpath(f"//main//a[@href='/evidence-requests/{number}']"), path
    browser.get("/evidence-requests/99", expect=404)
    browser.get(f"/evidence-requests/new/of-vendor/{vendor_id}", expect=403)
