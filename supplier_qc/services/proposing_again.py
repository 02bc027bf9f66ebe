"""An open certificate proposed once more, with what was taught since it was read."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificates import ClaimState
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.tables.certificates import Certificate, CertificateRow
from supplier_qc.persistence.tables.specifications import SpecificationLine
from supplier_qc.services.certificate_proposal import propose_for, propose_for_rows, take_item
from supplier_qc.services.certificates import certificate_under_review
from supplier_qc.services.transaction import changing, check_version


def propose_again(
    sessions: sessionmaker[Session],
    certificate_id: int,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> int:
    """Propose the undecided rows anew; returns how many changed.

    What a person has decided stays as it is, the item as well; without an item one is proposed
    while nothing is decided. Refused when there is nothing to propose or nothing changes.
    """
    action = AuditAction.CERTIFICATE_PROPOSED_AGAIN
    with changing(sessions, action, actor=actor, now=now) as change:
        certificate = certificate_under_review(change, certificate_id)
        check_version(certificate, version)
        rows = [row for row in certificate.rows if _is_open(row)]
        if not rows:
            raise Refused("Every row is decided already; what is decided stays as it is.")
        before = {row.id: _proposed(row) for row in rows}
        _propose(change.session, certificate, rows)
        changed = sum(_proposed(row) != before[row.id] for row in rows)
        if not changed:
            raise Refused("What was taught meanwhile changes no open row of this certificate.")
        certificate.version += 1  # the rows changed alone; an older page is to be refused
        return changed


def _propose(session: Session, certificate: Certificate, rows: list[CertificateRow]) -> None:
    deciders = [field.decided_by_id for field in certificate.fields]
    deciders += [row.decided_by_id for row in certificate.rows]
    is_untouched = not any(deciders)
    if certificate.item_id is None and is_untouched:
        take_item(session, certificate, propose_for(session, certificate).item_id)
        return
    answered = {row.line_id for row in certificate.rows if not _is_open(row)}
    lines = session.execute(
        select(SpecificationLine.attribute, SpecificationLine.id)
        .where(SpecificationLine.specification_id == certificate.specification_id)
        .order_by(SpecificationLine.position)
    )
    free = {attribute: number for attribute, number in lines if number not in answered}
    propose_for_rows(session, certificate, rows, free)


def _is_open(row: CertificateRow) -> bool:
    """Read and untouched: what a person typed or decided is never proposed anew."""
    return row.state is ClaimState.PROPOSED and row.decided_by_id is None


def _proposed(row: CertificateRow) -> tuple[object, ...]:
    return row.line_id, row.method, row.unit
