"""A certificate's file is taken once, as the PDF it is, and never without its bytes."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import ChangedMeanwhile, NotFound, NotPermitted, Refused
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, Certificate, Document
from supplier_qc.services.certificates import (
    DuplicateCertificate,
    read_again,
    reject_certificate,
    upload_certificate,
)
from supplier_qc.services.installation import Installation
from tests.conftest import NOW, actor_of
from tests.lot_factories import (
    ANA,
    BEN,
    decide_everything,
    get_certificate,
    make_proposal,
    make_upload,
    pdf_bytes,
)


def count(sessions: sessionmaker[Session], table: type[Certificate | Document]) -> int:
    with reading(sessions) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_an_uploaded_file_waits_to_be_read_and_its_bytes_are_kept(
    installation: Installation,
) -> None:
    content = pdf_bytes()
    number = make_upload(installation.sessions, installation.documents, content)
    certificate = get_certificate(installation.sessions, number)
    assert certificate.state is CertificateState.QUEUED
    assert installation.documents.get(certificate.document.sha256) == content


def test_an_upload_is_audited_with_the_name_of_the_file(installation: Installation) -> None:
    make_upload(installation.sessions, installation.documents, filename="Aspen L24.pdf")
    with reading(installation.sessions) as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.action is AuditAction.CERTIFICATE_UPLOADED
    assert "Aspen L24.pdf" in entry.subject_label
    assert entry.actor_name == ANA.full_name


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 a spreadsheet", "not a PDF"),
        (b"<html>%PDF", "not a PDF"),
        (b" " * 2000 + b"%PDF-1.4", "not a PDF"),
    ],
)
def test_what_is_no_pdf_leaves_no_trace(
    installation: Installation, content: bytes, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        make_upload(installation.sessions, installation.documents, content)
    assert count(installation.sessions, Certificate) == 0
    assert not list(installation.settings.documents_folder.rglob("*"))


def test_a_pdf_header_after_a_few_stray_bytes_is_still_a_pdf(installation: Installation) -> None:
    content = b"\xef\xbb\xbf\r\n%PDF-1.4 with a stray mark"
    assert make_upload(installation.sessions, installation.documents, content)


@pytest.mark.parametrize(
    ("filename", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\scans\\coa.pdf", "coa.pdf"),
        ("\x00\x1b[31m.pdf", "[31m.pdf"),
        ("", "unnamed.pdf"),
        ("x" * 400, "x" * 255),
    ],
)
def test_a_file_name_is_words_and_never_a_path(
    installation: Installation, filename: str, shown: str
) -> None:
    number = make_upload(installation.sessions, installation.documents, filename=filename)
    assert get_certificate(installation.sessions, number).document.filename == shown


def test_the_same_bytes_again_name_the_first_certificate(installation: Installation) -> None:
    content = pdf_bytes()
    first = make_upload(installation.sessions, installation.documents, content, filename="a.pdf")
    with pytest.raises(
        DuplicateCertificate, match=f"certificate {first} .a.pdf, queued"
    ) as refusal:
        make_upload(installation.sessions, installation.documents, content, filename="b.pdf")
    assert refusal.value.first_id == first
    assert count(installation.sessions, Certificate) == 1


def test_a_rejected_certificate_may_be_uploaded_again_without_a_second_copy(
    installation: Installation,
) -> None:
    first = make_proposal(installation)
    stored = get_certificate(installation.sessions, first)
    content = installation.documents.get(stored.document.sha256)
    reject_certificate(
        installation.sessions,
        first,
        version=stored.version,
        reason="Sent by mistake.",
        actor=BEN,
        now=NOW,
    )
    second = make_upload(installation.sessions, installation.documents, content)
    assert second != first
    assert count(installation.sessions, Document) == 1


def test_who_may_not_upload_stores_nothing(installation: Installation) -> None:
    with pytest.raises(NotPermitted):
        upload_certificate(
            installation.sessions,
            installation.documents,
            "coa.pdf",
            pdf_bytes(),
            actor=actor_of(Role.AUDITOR),
            now=NOW,
        )
    assert count(installation.sessions, Certificate) == 0


def test_a_rejection_says_why(installation: Installation) -> None:
    number = make_proposal(installation)
    version = get_certificate(installation.sessions, number).version
    with pytest.raises(Refused, match="Say why"):
        reject_certificate(
            installation.sessions, number, version=version, reason=" ", actor=BEN, now=NOW
        )
    assert get_certificate(installation.sessions, number).state is CertificateState.PROPOSED


def test_a_rejection_of_an_older_version_is_refused(installation: Installation) -> None:
    number = make_proposal(installation)
    version = get_certificate(installation.sessions, number).version
    with pytest.raises(ChangedMeanwhile):
        reject_certificate(
            installation.sessions, number, version=version - 1, reason="Old.", actor=BEN, now=NOW
        )


def test_a_certificate_that_waits_for_its_reader_cannot_be_rejected(
    installation: Installation,
) -> None:
    number = make_upload(installation.sessions, installation.documents)
    with pytest.raises(Refused, match="only while it is under review"):
        reject_certificate(
            installation.sessions, number, version=1, reason="No.", actor=BEN, now=NOW
        )


def test_an_unknown_certificate_is_named(installation: Installation) -> None:
    with pytest.raises(NotFound, match="Certificate 99 does not exist"):
        read_again(installation.sessions, 99, version=1, actor=BEN, now=NOW)


def test_an_undecided_certificate_can_be_read_again(installation: Installation) -> None:
    number = make_proposal(installation)
    version = get_certificate(installation.sessions, number).version
    read_again(installation.sessions, number, version=version, actor=BEN, now=NOW)
    certificate = get_certificate(installation.sessions, number)
    assert (certificate.state, certificate.reading_attempts) == (CertificateState.QUEUED, 0)


def test_decisions_are_not_thrown_away_by_reading_again(installation: Installation) -> None:
    number = make_proposal(installation)
    decide_everything(installation.sessions, number)
    certificate = get_certificate(installation.sessions, number)
    with pytest.raises(Refused, match="decided already"):
        read_again(installation.sessions, number, version=certificate.version, actor=BEN, now=NOW)
    assert any(
        row.state is not ClaimState.PROPOSED
        for row in get_certificate(installation.sessions, number).rows
    )
