"""Requests for evidence: asked, answered by a paper, withdrawn, and what the letter asks."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import EvidenceKind
from supplier_qc.domain.people import Role
from supplier_qc.domain.qualification.evidence_policy import RequirementKind
from supplier_qc.domain.refusals import ChangedMeanwhile, NotPermitted, Refused
from supplier_qc.domain.reminders import DueSubject
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import ManufacturerItem
from supplier_qc.queries.due import list_due
from supplier_qc.queries.evidence_requests import (
    RequestRow,
    get_evidence_request,
    letter_for,
    list_evidence_requests,
    list_papers_that_answer,
)
from supplier_qc.services.evidence_requests import (
    RequestDraft,
    answer_request,
    request_evidence,
    withdraw_request,
)
from supplier_qc.services.installation import Installation
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_evidence, make_item, make_qualification, make_site, make_vendor

ANA = actor_of(Role.PROCUREMENT)
DUE = TODAY + timedelta(days=30)


def make_request(sessions: sessionmaker[Session], vendor_id: int, **changes: Any) -> int:
    """An audit asked of the vendor; `changes` are fields of RequestDraft."""
    values: dict[str, Any] = {
        "kind": RequirementKind.AUDIT,
        "due_on": DUE,
        "text": "Please send a day for an audit.",
    }
    draft = RequestDraft(**(values | changes))
    return request_evidence(sessions, vendor_id, draft, actor=ANA, now=NOW)


def row(sessions: sessionmaker[Session], number: int) -> RequestRow:
    with reading(sessions) as session:
        found = get_evidence_request(session, number, TODAY)
    assert found is not None
    return found


def vendor_of(sessions: sessionmaker[Session], item_id: int) -> int:
    with reading(sessions) as session:
        return session.get_one(ManufacturerItem, item_id).site.organisation_id


def test_an_open_request_is_due_until_a_paper_answers_it(installation: Installation) -> None:
    sessions = installation.sessions
    vendor_id = make_vendor(sessions)
    number = make_request(sessions, vendor_id)
    with reading(sessions) as session:
        (due,) = list_due(session, TODAY)
    assert (due.subject, due.subject_id, due.due_on) == (DueSubject.EVIDENCE_REQUEST, number, DUE)
    paper = make_evidence(
        sessions,
        installation.documents,
        vendor_id,
        kind=EvidenceKind.AUDIT_REPORT,
        answers_request_id=number,
    )
    found = row(sessions, number)
    assert (found.is_open, found.answered_on, found.evidence_id) == (False, TODAY, paper)
    with reading(sessions) as session:
        assert list_due(session, TODAY) == []


def test_a_paper_of_another_kind_is_refused_and_not_filed(installation: Installation) -> None:
    sessions = installation.sessions
    vendor_id = make_vendor(sessions)
    number = make_request(sessions, vendor_id)
    with pytest.raises(Refused, match="is answered by: audit report; this is: certificate"):
        make_evidence(sessions, installation.documents, vendor_id, answers_request_id=number)
    with reading(sessions) as session:
        assert list_papers_that_answer(session, row(sessions, number)) == []
    assert row(sessions, number).is_open


def test_a_paper_on_file_can_be_named_as_the_answer(installation: Installation) -> None:
    sessions = installation.sessions
    vendor_id = make_vendor(sessions)
    paper = make_evidence(
        sessions, installation.documents, vendor_id, kind=EvidenceKind.AUDIT_REPORT
    )
    number = make_request(sessions, vendor_id)
    with reading(sessions) as session:
        assert [one for one, _ in list_papers_that_answer(session, row(sessions, number))] == [
            paper
        ]
    answer_request(sessions, number, paper, version=1, actor=ANA, now=NOW)
    assert row(sessions, number).evidence_title == "ISO 9001 certificate"
    with pytest.raises(Refused, match="was answered on"):
        answer_request(sessions, number, paper, version=2, actor=ANA, now=NOW)


def test_a_paper_of_another_vendor_answers_nothing(installation: Installation) -> None:
    sessions = installation.sessions
    number = make_request(sessions, make_vendor(sessions))
    paper = make_evidence(sessions, installation.documents, kind=EvidenceKind.AUDIT_REPORT)
    with pytest.raises(Refused, match="of another vendor"):
        answer_request(sessions, number, paper, version=1, actor=ANA, now=NOW)


def test_a_withdrawn_request_is_kept_with_its_reason(sessions: sessionmaker[Session]) -> None:
    number = make_request(sessions, make_vendor(sessions))
    withdraw_request(sessions, number, version=1, reason="Asked twice.", actor=ANA, now=NOW)
    found = row(sessions, number)
    assert (found.is_open, found.withdrawal_reason) == (False, "Asked twice.")
    with reading(sessions) as session:
        assert list_evidence_requests(session, TODAY, open_only=True) == []
    with pytest.raises(Refused, match="was withdrawn on"):
        withdraw_request(sessions, number, version=2, reason="Again.", actor=ANA, now=NOW)


def test_the_second_of_two_persons_gets_a_conflict(sessions: sessionmaker[Session]) -> None:
    number = make_request(sessions, make_vendor(sessions))
    with pytest.raises(ChangedMeanwhile):
        withdraw_request(sessions, number, version=7, reason="Old page.", actor=ANA, now=NOW)


def test_every_problem_of_a_request_is_named_at_once(sessions: sessionmaker[Session]) -> None:
    vendor_id = make_vendor(sessions)
    with pytest.raises(Refused) as refused:
        make_request(
            sessions,
            vendor_id,
            kind=RequirementKind.CONDITIONS_IN_TIME,
            due_on=TODAY - timedelta(days=1),
            text=" ",
            site_id=make_site(sessions),
            item_id=make_item(sessions),
        )
    assert len(refused.value.reasons) == 6


def test_who_may_not_edit_the_catalogue_asks_for_nothing(sessions: sessionmaker[Session]) -> None:
    draft = RequestDraft(RequirementKind.AUDIT, DUE, "Please.")
    vendor_id = make_vendor(sessions)
    eve = actor_of(Role.AUDITOR)
    with pytest.raises(NotPermitted):
        request_evidence(sessions, vendor_id, draft, actor=eve, now=NOW)


def test_the_letter_asks_for_what_the_sources_lack_and_for_what_was_asked(
    sessions: sessionmaker[Session],
) -> None:
    item_id = make_item(sessions, name="Platelet lysate")
    number = make_qualification(sessions, item_id, approved=False, with_papers=False)
    vendor_id = vendor_of(sessions, item_id)
    make_request(sessions, vendor_id, text="Please send the plan of the plant.")
    with reading(sessions) as session:
        letter = letter_for(session, vendor_id, TODAY, "Ana Marsh")
        of_source = letter_for(session, vendor_id, TODAY, "Ana Marsh", number)
    assert letter is not None
    assert letter.count("- our supplier questionnaire") == 1
    assert "- Please send the plan of the plant.\n  About: The company as a whole" in letter
    assert "day for an audit" not in letter  # the request is about the audit
    assert of_source == letter


def test_there_is_no_letter_where_nothing_is_lacking(sessions: sessionmaker[Session]) -> None:
    item_id = make_item(sessions)
    make_qualification(sessions, item_id)
    with reading(sessions) as session:
        assert letter_for(session, vendor_of(sessions, item_id), TODAY, "Ana Marsh") is None
