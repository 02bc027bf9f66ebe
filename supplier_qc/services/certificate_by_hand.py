"""A certificate entered by hand: all rows beside the image at once, as fast as one read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificates import DECIDED, CertificateState, ClaimState
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.reported_results import typed_result, typing_problems
from supplier_qc.persistence.tables.certificates import Certificate, CertificateRow
from supplier_qc.persistence.tables.specifications import SpecificationLine
from supplier_qc.services.certificate_proposal import write_blank_proposal
from supplier_qc.services.certificates import certificate_label, certificate_under_review
from supplier_qc.services.transaction import Change, changing, check_version

_BY_HAND = "Entered by hand beside the page, without a reading."
_UNREAD = frozenset({CertificateState.QUEUED, CertificateState.READING})


@dataclass(frozen=True, slots=True)
class HandEntry:
    """The result of one of our lines as printed; a blank result leaves the line without a row."""

    line_id: int
    result: str | None
    unit: str | None

    @property
    def is_blank(self) -> bool:
        return not (self.result or "").strip()


def take_by_hand(
    sessions: sessionmaker[Session], certificate_id: int, *, actor: Actor, now: datetime
) -> None:
    """Take a file out of the reading queue; a late answer of the reader is not taken any more."""
    action = AuditAction.CERTIFICATE_TAKEN_BY_HAND
    with changing(sessions, action, actor=actor, now=now) as change:
        if not actor.may(Permission.REVIEW_CERTIFICATE):
            raise NotPermitted("Your roles do not include the review of certificates.")
        certificate = change.get(Certificate, certificate_id, "Certificate")
        change.session.refresh(certificate, with_for_update=True)
        change.about(certificate, certificate_label(certificate))
        if certificate.state not in _UNREAD:
            raise Refused(f"Certificate {certificate.id} no longer waits to be read.")
        write_blank_proposal(change.session, certificate, _BY_HAND)
        certificate.state = CertificateState.PROPOSED
        certificate.reading_lease_until_at = certificate.reading_since_at = None
        certificate.reading_page = certificate.reading_pages = None


def enter_rows(
    sessions: sessionmaker[Session],
    certificate_id: int,
    entries: Sequence[HandEntry],
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> int:
    """Keep the results typed for our lines, all or none; returns how many rows were made.

    Every problem of every row is named at once. A line that a decided row answers is refused; a
    reading of the same line that nobody decided on is left for a decision of its own.
    """
    action = AuditAction.CERTIFICATE_ROWS_ENTERED
    with changing(sessions, action, actor=actor, now=now) as change:
        certificate = certificate_under_review(change, certificate_id)
        check_version(certificate, version)
        lines = _lines(change.session, certificate)
        typed = [entry for entry in entries if not entry.is_blank]
        Refused.unless_empty(_problems(certificate, lines, typed))
        first = _next_position(change.session, certificate)
        for position, entry in enumerate(typed, start=first):
            certificate.rows.append(_row(change, position, lines[entry.line_id], entry))
        certificate.version += 1  # a second press of the button is refused
        return len(typed)


def _problems(
    certificate: Certificate, lines: dict[int, SpecificationLine], typed: Sequence[HandEntry]
) -> Iterator[str]:
    if not typed:
        yield "Type at least one result."
    answered = {row.line_id for row in certificate.rows if row.state in DECIDED}
    for entry in typed:
        line = lines.get(entry.line_id)
        if line is None:
            yield "A line is not one of the specification this certificate is judged by."
            continue
        if entry.line_id in answered:
            yield f"{line.attribute} has a row already; change that one."
        for problem in typing_problems(entry.result or "", entry.unit):
            yield f"{line.attribute}: {problem}"


def _lines(session: Session, certificate: Certificate) -> dict[int, SpecificationLine]:
    found = select(SpecificationLine).where(
        SpecificationLine.specification_id == certificate.specification_id
    )
    return {line.id: line for line in session.scalars(found)}


def _next_position(session: Session, certificate: Certificate) -> int:
    last = session.scalar(
        select(func.max(CertificateRow.position)).where(
            CertificateRow.certificate_id == certificate.id
        )
    )
    return (last or 0) + 1


def _row(
    change: Change, position: int, line: SpecificationLine, entry: HandEntry
) -> CertificateRow:
    typed = typed_result(entry.result or "", entry.unit)
    return CertificateRow(
        position=position,
        literals={},
        name=line.attribute,
        result=typed.text,
        unit=typed.unit,
        line_id=line.id,
        state=ClaimState.ENTERED,
        decided_by_id=change.actor.person_id,
        decided_at=change.now,
    )
