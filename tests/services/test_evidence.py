"""Evidence keeps its dates in order and its file by content."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import EvidenceKind
from supplier_qc.domain.evidence_files import EvidenceFile
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import ChangedMeanwhile, Refused
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import Document, Evidence
from supplier_qc.services.evidence import EvidenceDraft, change_evidence, read_document
from supplier_qc.services.installation import Installation
from tests.conftest import NOW, actor_of
from tests.factories import make_evidence, make_item, make_site, make_vendor

ANA = actor_of(Role.PROCUREMENT)
PDF = EvidenceFile("folder/iso-9001.pdf", b"%PDF-1.7 the certificate")


def read(sessions: sessionmaker[Session], number: int) -> Evidence:
    with reading(sessions) as session:
        found = session.get_one(Evidence, number)
        found.document  # noqa: B018 -- loaded before the session closes
        return found


def test_the_file_is_stored_under_its_content(installation: Installation) -> None:
    number = make_evidence(installation.sessions, installation.documents, file=PDF)
    document = read(installation.sessions, number).document
    assert document is not None
    assert (document.filename, document.media_type) == ("iso-9001.pdf", "application/pdf")
    assert read_document(installation.documents, document.sha256) == PDF.content


def test_the_same_bytes_twice_are_one_document(installation: Installation) -> None:
    sessions, documents = installation.sessions, installation.documents
    make_evidence(sessions, documents, file=PDF)
    make_evidence(sessions, documents, file=PDF)
    with reading(sessions) as session:
        assert len(session.scalars(select(Document)).all()) == 1


def test_a_file_that_is_gone_is_a_refusal_that_says_what_to_do(installation: Installation) -> None:
    with pytest.raises(Refused, match="Restore the documents folder"):
        read_document(installation.documents, "0" * 64)


def test_a_refused_file_leaves_no_evidence(installation: Installation) -> None:
    page = EvidenceFile("certificate.pdf", b"<html>")
    with pytest.raises(Refused, match="neither a PDF nor"):
        make_evidence(installation.sessions, installation.documents, file=page)
    with reading(installation.sessions) as session:
        assert session.scalars(select(Evidence)).all() == []


def test_it_does_not_expire_before_it_was_issued(installation: Installation) -> None:
    days: dict[str, Any] = {"issued_on": date(2026, 5, 1), "expires_on": date(2026, 4, 30)}
    with pytest.raises(Refused, match="expires on 2026-04-30, before it was issued"):
        make_evidence(installation.sessions, installation.documents, **days)


def test_it_may_expire_on_the_day_it_was_issued(installation: Installation) -> None:
    days: dict[str, Any] = {"issued_on": date(2026, 5, 1), "expires_on": date(2026, 5, 1)}
    assert make_evidence(installation.sessions, installation.documents, **days) > 0


def test_it_covers_an_item_of_its_own_vendor_alone(installation: Installation) -> None:
    sessions, documents = installation.sessions, installation.documents
    vendor_id = make_vendor(sessions)
    own = make_item(sessions, site_id=make_site(sessions, vendor_id))
    assert make_evidence(sessions, documents, vendor_id, item_id=own) > 0
    with pytest.raises(Refused, match="not made by this vendor"):
        make_evidence(sessions, documents, vendor_id, item_id=make_item(sessions))


def test_a_refusal_names_all_reasons(installation: Installation) -> None:
    with pytest.raises(Refused) as refusal:
        make_evidence(
            installation.sessions,
            installation.documents,
            title=" ",
            reference="x" * 121,
            issued_by="x" * 201,
        )
    assert len(refusal.value.reasons) == 3


def test_a_change_keeps_the_file_unless_a_new_one_comes(installation: Installation) -> None:
    sessions, documents = installation.sessions, installation.documents
    number = make_evidence(sessions, documents, file=PDF)
    draft = EvidenceDraft(EvidenceKind.CERTIFICATE, "ISO 9001", expires_on=date(2027, 1, 1))
    change_evidence(
        sessions, documents, number, draft, version=1, reason="Renewed.", actor=ANA, now=NOW
    )
    found = read(sessions, number)
    assert (found.title, found.document is not None) == ("ISO 9001", True)
    with pytest.raises(ChangedMeanwhile):
        change_evidence(
            sessions, documents, number, draft, version=1, reason="Late.", actor=ANA, now=NOW
        )
