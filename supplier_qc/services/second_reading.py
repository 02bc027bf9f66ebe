"""The second person: handing a certificate over, checking it or typing it blind, giving it back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificates import ClaimState
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.reported_results import typed_result, typing_problems
from supplier_qc.domain.second_person import ReviewStep, state_after, step_refusals
from supplier_qc.persistence.tables.certificates import Certificate, CertificateRow
from supplier_qc.persistence.tables.second_person import CertificateSecondEntry
from supplier_qc.queries.certificate_header import review_header
from supplier_qc.queries.second_reading import review_facts, rows_to_enter_again
from supplier_qc.services.certificate_confirmation import unexplained
from supplier_qc.services.certificates import certificate_in_hand
from supplier_qc.services.transaction import Change, changing, check_version


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second person types for one row; blanks where they find no result."""

    result: str | None
    unit: str | None


class Taken(StrEnum):
    """Which of two readings stands."""

    FIRST = "first"
    SECOND = "second"


def hand_over_certificate(
    sessions: sessionmaker[Session],
    certificate_id: int,
    *,
    version: int,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """End the first reading; the results reach no lot before another person confirms them.

    Refused with every blocker, as a confirmation is; mismatches of the header need a reason.
    """
    action = AuditAction.CERTIFICATE_HANDED_OVER
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        certificate = _seen(change, certificate_id, version)
        facts = review_facts(change.session, certificate, now.date())
        review = review_header(change.session, certificate, now.date())
        Refused.unless_empty(
            [
                *step_refusals(ReviewStep.HAND_OVER, facts, actor.person_id),
                *review.blockers,
                *unexplained(review, change.reason),
            ]
        )
        certificate.first_read_by_id = actor.person_id
        certificate.first_read_at = now
        certificate.is_double_entry = facts.demand.is_double_entry
        certificate.state = state_after(ReviewStep.HAND_OVER)


def return_certificate(
    sessions: sessionmaker[Session],
    certificate_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Give the certificate back to review; what was typed a second time stays in the trail."""
    action = AuditAction.CERTIFICATE_RETURNED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        certificate = _seen(change, certificate_id, version)
        _refuse(change, certificate, ReviewStep.RETURN)
        for entry in _entries(change.session, certificate):
            change.session.delete(entry)  # by name, so that the audit trail keeps what it said
        certificate.first_read_by_id = None
        certificate.first_read_at = None
        certificate.is_double_entry = False
        certificate.state = state_after(ReviewStep.RETURN)


def enter_second_reading(
    sessions: sessionmaker[Session],
    certificate_id: int,
    typed: Mapping[int, SecondReading],
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what the second person typed for every row, by the row's number; all or none."""
    action = AuditAction.CERTIFICATE_ENTERED_AGAIN
    with changing(sessions, action, actor=actor, now=now) as change:
        certificate = _seen(change, certificate_id, version)
        _refuse(change, certificate, ReviewStep.ENTER_AGAIN)
        rows = rows_to_enter_again(certificate)
        Refused.unless_empty(
            problem for row in rows for problem in _problems(row, typed.get(row.id))
        )
        for row in rows:
            change.session.add(_entry(change, row, typed[row.id]))
        certificate.version += 1  # the rows changed alone; an older page is to be refused


def settle_difference(
    sessions: sessionmaker[Session],
    certificate_id: int,
    entry_id: int,
    taken: Taken,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take one of two readings of a row; only their authors may, and they say why."""
    action = AuditAction.CERTIFICATE_DIFFERENCE_SETTLED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        certificate = _seen(change, certificate_id, version)
        _refuse(change, certificate, ReviewStep.SETTLE)
        entry = _entry_of(change.session, certificate, entry_id)
        if entry.taken is not None:
            raise Refused("This difference is settled already.")
        if taken is Taken.SECOND:
            _take_second(certificate, entry)
        entry.taken = taken.value
        entry.settled_by_id = actor.person_id
        entry.settled_at = now
        entry.settlement_reason = change.reason
        certificate.version += 1


def _seen(change: Change, certificate_id: int, version: int) -> Certificate:
    certificate = certificate_in_hand(change, certificate_id)
    check_version(certificate, version)
    return certificate


def _refuse(change: Change, certificate: Certificate, step: ReviewStep) -> None:
    facts = review_facts(change.session, certificate, change.now.date())
    Refused.unless_empty(step_refusals(step, facts, change.actor.person_id))


def _entries(session: Session, certificate: Certificate) -> list[CertificateSecondEntry]:
    rows = [row.id for row in certificate.rows]
    found = select(CertificateSecondEntry).where(CertificateSecondEntry.row_id.in_(rows))
    return list(session.scalars(found))


def _entry_of(session: Session, certificate: Certificate, entry_id: int) -> CertificateSecondEntry:
    for entry in _entries(session, certificate):
        if entry.id == entry_id:
            return entry
    raise NotFound("Second reading", entry_id)


def _problems(row: CertificateRow, typed: SecondReading | None) -> Iterator[str]:
    if typed is None or not (typed.result or "").strip():
        yield f"{row.name}: type the result as it is printed, or return the certificate."
        return
    for problem in typing_problems(typed.result or "", typed.unit):
        yield f"{row.name}: {problem}"


def _entry(change: Change, row: CertificateRow, typed: SecondReading) -> CertificateSecondEntry:
    result = typed_result(typed.result or "", typed.unit)
    return CertificateSecondEntry(
        row_id=row.id,
        result=result.text,
        unit=result.unit,
        entered_by_id=change.actor.person_id,
        entered_at=change.now,
    )


def _take_second(certificate: Certificate, entry: CertificateSecondEntry) -> None:
    """The row says what the second person typed; its first decision stays in the audit trail."""
    row = next(one for one in certificate.rows if one.id == entry.row_id)
    row.result, row.unit = entry.result, entry.unit
    if row.state is not ClaimState.ENTERED:
        row.state = ClaimState.CORRECTED
