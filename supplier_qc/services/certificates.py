"""Certificates as files: taking them in, rejecting them, sending them to the reader again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.arrivals import Arrival
from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.uploads import media_type_of, shown_filename, upload_problems
from supplier_qc.persistence.document_store import DocumentStore, StoredDocument
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.intake import FolderArrival
from supplier_qc.services.transaction import Change, changing, check_version

_IN_HAND = frozenset({CertificateState.PROPOSED, CertificateState.AWAITING_SECOND})


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as its folder names it: its last writing in nanoseconds, its size in bytes."""

    name: str
    size_bytes: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Sender:
    """The way in: a token's number where a program sent it, the file where a folder held it."""

    arrival: Arrival = Arrival.UPLOAD
    api_token_id: int | None = None
    found: FoundFile | None = None


A_PERSON = Sender()


class DuplicateCertificate(Refused):
    """The same bytes are here already; `first_id` is the certificate they belong to."""

    def __init__(self, reason: str, first_id: int) -> None:
        super().__init__(reason)
        self.first_id = first_id


def upload_certificate(
    sessions: sessionmaker[Session],
    documents: DocumentStore,
    filename: str,
    content: bytes,
    *,
    sender: Sender = A_PERSON,
    actor: Actor,
    now: datetime,
) -> int:
    """Keep a certificate's file and queue it for reading; returns the certificate's number.

    The bytes are on disk before the row is saved. Raises DuplicateCertificate when the same bytes
    are under review or confirmed, and Refused when they are neither a PDF nor structured results.
    """
    name = shown_filename(filename)
    Refused.unless_empty(f"{name}: {problem}" for problem in upload_problems(content))
    stored = documents.put(content)
    with changing(sessions, AuditAction.CERTIFICATE_UPLOADED, actor=actor, now=now) as change:
        _require_sender(actor, sender)
        _refuse_duplicate(change.session, name, stored)
        document = _document(change, name, stored, media_type_of(content))
        certificate = Certificate(
            document=document,
            state=CertificateState.QUEUED,
            uploaded_at=now,
            arrival=sender.arrival,
            uploaded_by_id=actor.person_id,
            api_token_id=sender.api_token_id,
        )
        change.session.add(certificate)
        change.session.flush()  # the number is needed for the audit entry's subject
        change.about(certificate, certificate_label(certificate))
        if sender.found is not None:
            change.session.add(_folder_arrival(change, certificate, sender.found))
        return certificate.id


def reject_certificate(
    sessions: sessionmaker[Session],
    certificate_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Set a certificate aside for good: not of this item, unreadable, sent in error."""
    action = AuditAction.CERTIFICATE_REJECTED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        certificate = certificate_in_hand(change, certificate_id)
        check_version(certificate, version)
        certificate.state = CertificateState.REJECTED


def read_again(
    sessions: sessionmaker[Session],
    certificate_id: int,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Queue the file for the reader once more; refused once a person has decided anything."""
    action = AuditAction.CERTIFICATE_READING_REQUEUED
    with changing(sessions, action, actor=actor, now=now) as change:
        certificate = certificate_under_review(change, certificate_id)
        check_version(certificate, version)
        if certificate.lot_part:
            raise Refused("This is one lot of a file that was split; it is not read again.")
        states = {field.state for field in certificate.fields}
        states |= {row.state for row in certificate.rows}
        if states - {ClaimState.PROPOSED}:
            raise Refused("Rows are decided already; reading again would throw them away.")
        certificate.state = CertificateState.QUEUED
        certificate.reading_attempts = 0


def certificate_in_hand(change: Change, certificate_id: int) -> Certificate:
    """The certificate, locked until the change ends, as the subject of the change.

    Raises NotFound, NotPermitted, or Refused when neither of its readers has it in hand.
    """
    if change.actor.person_id is None or not change.actor.may(Permission.REVIEW_CERTIFICATE):
        raise NotPermitted("Your roles do not include the review of certificates.")
    certificate = change.get(Certificate, certificate_id, "Certificate")
    change.session.refresh(certificate, with_for_update=True)
    change.about(certificate, certificate_label(certificate))
    if certificate.state not in _IN_HAND:
        raise Refused(
            f"Certificate {certificate.id} is {certificate.state.value}; "
            "it can be worked on only while it is under review."
        )
    return certificate


def certificate_under_review(change: Change, certificate_id: int) -> Certificate:
    """As `certificate_in_hand`, and refused as well once it was handed to the second person."""
    certificate = certificate_in_hand(change, certificate_id)
    if certificate.state is not CertificateState.PROPOSED:
        raise Refused(
            f"Certificate {certificate.id} waits for its second person; return it to review "
            "to change anything."
        )
    return certificate


def certificate_label(certificate: Certificate) -> str:
    return f"Certificate {certificate.id} ({certificate.document.filename})"


def _refuse_duplicate(session: Session, name: str, stored: StoredDocument) -> None:
    first = session.scalar(
        select(Certificate)
        .join(Document)
        .where(Document.sha256 == stored.sha256, Certificate.state != CertificateState.REJECTED)
    )
    if first is not None:
        raise DuplicateCertificate(
            f"{name}: the same file is here already as certificate {first.id} "
            f"({first.document.filename}, {first.state.value}).",
            first.id,
        )


def _document(change: Change, name: str, stored: StoredDocument, media_type: str) -> Document:
    known = change.session.scalar(select(Document).where(Document.sha256 == stored.sha256))
    if known is not None:
        return known
    return Document(
        sha256=stored.sha256,
        filename=name,
        media_type=media_type,
        size_bytes=stored.size_bytes,
        uploaded_by_id=change.actor.person_id,
        uploaded_at=change.now,
    )


def _folder_arrival(change: Change, certificate: Certificate, found: FoundFile) -> FolderArrival:
    return FolderArrival(
        name=found.name,
        size_bytes=found.size_bytes,
        modified_ns=found.modified_ns,
        certificate_id=certificate.id,
        taken_at=change.now,
    )


def _require_sender(actor: Actor, sender: Sender) -> None:
    if not actor.may(Permission.UPLOAD_CERTIFICATE):
        raise NotPermitted("Your roles do not include the upload of certificates.")
    if (actor.person_id is None) == (sender.arrival is Arrival.UPLOAD):
        raise NotPermitted(
            "A person uploads from a page; the folder and programs send by their own way."
        )
