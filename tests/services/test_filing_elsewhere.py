"""A paper that is no certificate is filed with its vendor, in one change with its rejection."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import EvidenceKind
from supplier_qc.domain.certificates import CertificateState
from supplier_qc.domain.refusals import NotFound, NotPermitted, Refused
from supplier_qc.extraction.claims import DocumentKind
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import Evidence
from supplier_qc.services.filing_elsewhere import FilingDraft, file_as_evidence
from supplier_qc.services.installation import Installation
from tests.conftest import NOW
from tests.factories import make_vendor
from tests.lot_factories import BEA, BEN, document_reading, get_certificate, make_proposal


@pytest.fixture
def certificate_id(installation: Installation) -> int:
    found = replace(
        document_reading(rows=()),
        kind=DocumentKind.CERTIFICATE_OF_ORIGIN,
        kind_evidence=("title “Certificate of Origin”", "no table of results"),
    )
    return make_proposal(installation, found)


def draft(sessions: sessionmaker[Session], title: str = "Donor countries") -> FilingDraft:
    return FilingDraft(make_vendor(sessions), EvidenceKind.CERTIFICATE_OF_ORIGIN, title)


def test_what_the_paper_seems_to_be_is_kept_with_what_says_so(
    installation: Installation, certificate_id: int
) -> None:
    certificate = get_certificate(installation.sessions, certificate_id)
    assert certificate.document_kind == "certificate_of_origin"
    assert certificate.kind_evidence == "title “Certificate of Origin”; no table of results"


def test_the_same_document_becomes_evidence_and_the_certificate_is_set_aside(
    installation: Installation, certificate_id: int
) -> None:
    sessions = installation.sessions
    number = file_as_evidence(
        sessions,
        certificate_id,
        draft(sessions),
        version=get_certificate(sessions, certificate_id).version,
        reason="x",
        actor=BEN,
        now=NOW,
    )
    certificate = get_certificate(sessions, certificate_id)
    with reading(sessions) as session:
        evidence = session.get_one(Evidence, number)
        assert (evidence.kind, evidence.title) == (
            EvidenceKind.CERTIFICATE_OF_ORIGIN,
            "Donor countries",
        )
        assert evidence.document_id == certificate.document_id
    assert certificate.state is CertificateState.REJECTED


def test_what_cannot_be_filed_changes_nothing(
    installation: Installation, certificate_id: int
) -> None:
    sessions = installation.sessions
    version = get_certificate(sessions, certificate_id).version

    def file(filing: FilingDraft, actor: object = BEN) -> None:
        file_as_evidence(
            sessions,
            certificate_id,
            filing,
            version=version,
            reason="x",
            actor=actor,  # type: ignore[arg-type]  # two people of the tests
            now=NOW,
        )

    with pytest.raises(Refused, match="title is missing"):
        file(draft(sessions, " "))
    with pytest.raises(NotFound):
        file(FilingDraft(999, EvidenceKind.OTHER, "x"))
    with pytest.raises(NotPermitted):
        file(draft(sessions), BEA)
    assert get_certificate(sessions, certificate_id).state is CertificateState.PROPOSED
