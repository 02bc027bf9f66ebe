"""The reading queue: durable in the certificate's own row, so that a killed reader loses nothing.

Claiming is bookkeeping of the machine and carries no audit entry; what a reading proposes does.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificates import MOST_READING_ATTEMPTS, CertificateState
from supplier_qc.domain.people import SCHEDULER
from supplier_qc.extraction.claims import DocumentReading
from supplier_qc.persistence.sessions import reading as looking
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.services.certificate_proposal import (
    propose_for,
    take_item,
    write_blank_proposal,
    write_proposal,
)
from supplier_qc.services.certificates import certificate_label
from supplier_qc.services.document_origin import keep_origin
from supplier_qc.services.transaction import Change, changing

LEASE = timedelta(minutes=6)
"""Longer than the reader's own limit of wall-clock time; then another reader takes over (C)."""

_LOST = (
    "The file was not read: the reading process ended {attempts} times without an answer. "
    "Enter the values by hand beside the page."
)


@dataclass(frozen=True, slots=True)
class ReadingClaim:
    """The right to read one file; `attempt` tells a late answer from the present one."""

    certificate_id: int
    sha256: str
    attempt: int


class _ClaimRanOut(Exception):
    """Another reader has the file by now."""


def claim_next(
    sessions: sessionmaker[Session],
    now: datetime,
    *,
    lease: timedelta = LEASE,
    only: int | None = None,
) -> ReadingClaim | None:
    """Take the longest waiting file, or None when nothing waits; `only` takes that certificate.

    Waiting are files in the queue and those whose reader did not answer within its lease. Files
    that were tried too often are given back to people first.
    """
    if not _anything_waits(sessions, now):
        return None
    _give_up_lost_readings(sessions, now)
    with sessions() as session:
        certificate = session.scalar(
            select(Certificate)
            .where(
                _waits(now),
                Certificate.reading_attempts < MOST_READING_ATTEMPTS,
                true() if only is None else Certificate.id == only,
            )
            .order_by(Certificate.uploaded_at, Certificate.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=Certificate)
        )
        if certificate is None:
            return None
        return _claim(session, certificate, now, lease)


def note_page(
    sessions: sessionmaker[Session],
    claim: ReadingClaim,
    page: int,
    pages: int,
    *,
    now: datetime,
    lease: timedelta = LEASE,
) -> bool:
    """Say which page is being read now, and hold the file a lease longer.

    False when the claim had run out; the page is then not noted.
    """
    with sessions() as session:
        certificate = session.get(Certificate, claim.certificate_id)
        if certificate is None or not _is_held(certificate, claim):
            return False
        certificate.reading_page, certificate.reading_pages = page, pages
        certificate.reading_lease_until_at = now + lease
        try:
            session.commit()
        except (StaleDataError, OperationalError):
            # Somebody took it out of the queue, or the database is busy: the next page says more.
            return False
    return True


def record_reading(
    sessions: sessionmaker[Session],
    claim: ReadingClaim,
    reading: DocumentReading,
    *,
    now: datetime,
) -> bool:
    """Store what was read as a proposal; False when the claim had run out and was taken over."""
    try:
        with changing(sessions, AuditAction.CERTIFICATE_READ, actor=SCHEDULER, now=now) as change:
            certificate = _held_certificate(change, claim)
            write_proposal(change.session, certificate, reading)
            keep_origin(change.session, certificate.document_id, reading)
            proposal = propose_for(change.session, certificate)
            take_item(change.session, certificate, proposal.item_id)
            _hand_over(certificate, now)
    except _ClaimRanOut:
        return False
    return True


def _held_certificate(change: Change, claim: ReadingClaim) -> Certificate:
    certificate = change.get(Certificate, claim.certificate_id, "Certificate")
    change.session.refresh(certificate, with_for_update=True)
    change.about(certificate, certificate_label(certificate))
    if not _is_held(certificate, claim):
        raise _ClaimRanOut
    return certificate


def _is_held(certificate: Certificate, claim: ReadingClaim) -> bool:
    return (
        certificate.state is CertificateState.READING
        and certificate.reading_attempts == claim.attempt
    )


def _anything_waits(sessions: sessionmaker[Session], now: datetime) -> bool:
    """Asked every few seconds, so without the writer's lock."""
    with looking(sessions) as session:
        return session.scalar(select(Certificate.id).where(_waits(now)).limit(1)) is not None


def _claim(
    session: Session, certificate: Certificate, now: datetime, lease: timedelta
) -> ReadingClaim | None:
    certificate.state = CertificateState.READING
    certificate.reading_attempts += 1
    certificate.reading_lease_until_at = now + lease
    certificate.reading_since_at = now
    certificate.reading_page = certificate.reading_pages = None
    claim = ReadingClaim(certificate.id, certificate.document.sha256, certificate.reading_attempts)
    try:
        session.commit()
    except StaleDataError:  # another reader took it in between; the next call finds the next file
        return None
    return claim


def _give_up_lost_readings(sessions: sessionmaker[Session], now: datetime) -> None:
    with looking(sessions) as session:
        lost = session.scalars(
            select(Certificate.id).where(
                _waits(now), Certificate.reading_attempts >= MOST_READING_ATTEMPTS
            )
        ).all()
    for number in lost:
        with changing(sessions, AuditAction.CERTIFICATE_READ, actor=SCHEDULER, now=now) as change:
            certificate = change.get(Certificate, number, "Certificate")
            note = _LOST.format(attempts=certificate.reading_attempts)
            write_blank_proposal(change.session, certificate, note)
            _hand_over(certificate, now)
            change.about(certificate, certificate_label(certificate))


def _hand_over(certificate: Certificate, now: datetime) -> None:
    certificate.state = CertificateState.PROPOSED
    certificate.reading_lease_until_at = certificate.reading_since_at = None
    certificate.reading_page = certificate.reading_pages = None
    certificate.read_at = now


def _waits(now: datetime) -> ColumnElement[bool]:
    return or_(
        Certificate.state == CertificateState.QUEUED,
        and_(
            Certificate.state == CertificateState.READING,
            Certificate.reading_lease_until_at < now,
        ),
    )
