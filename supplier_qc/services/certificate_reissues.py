"""Re-issues: a person states that a certificate replaces another; its confirmation does it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.persistence.tables.certificates import Certificate, CertificateRow
from supplier_qc.persistence.tables.intake import CertificateReissue
from supplier_qc.persistence.tables.lots import Lot, LotResult
from supplier_qc.queries.certificate_reissues import delta_of, find_candidate, signed_reissue
from supplier_qc.services.certificates import certificate_under_review
from supplier_qc.services.signing import sign
from supplier_qc.services.transaction import Change, changing, check_version

FIRST_ISSUE = 1


def state_reissue(
    sessions: sessionmaker[Session],
    certificate_id: int,
    replaces_id: int | None,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Say which certificate this one takes the place of once it is confirmed; None takes it back.

    Refused unless that is the newest confirmed certificate of the same item and lot.
    """
    action = AuditAction.CERTIFICATE_REISSUE_STATED
    with changing(sessions, action, actor=actor, now=now) as change:
        certificate = certificate_under_review(change, certificate_id)
        check_version(certificate, version)
        if replaces_id is None:
            certificate.replaces_id, certificate.issue = None, FIRST_ISSUE
            return
        candidate = find_candidate(change.session, certificate)
        if candidate is None or candidate.id != replaces_id:
            raise Refused(
                f"Certificate {replaces_id} is not the newest confirmed certificate of this item "
                "and lot; only that one can be replaced."
            )
        certificate.replaces_id, certificate.issue = candidate.id, candidate.issue + 1


def supersede_replaced(change: Change, certificate: Certificate, lot: Lot, password: str) -> None:
    """As part of a confirmation: the results of the replaced certificate stand no more.

    They stay readable beside who took them back and why. The reviewer signs what changes.
    """
    if certificate.replaces_id is None:
        return
    if not password:
        raise Refused("Type your password: taking the place of a certificate is signed.")
    replaced = change.get(Certificate, certificate.replaces_id, "Certificate")
    rows = delta_of(change.session, replaced, certificate, change.now.date())
    signature = sign(
        change,
        signed_reissue(certificate, replaced.id, rows),
        meaning=SignatureMeaning.REVIEWED,
        password=password,
        permission=Permission.REVIEW_CERTIFICATE,
    )
    for result in _results_of(change.session, replaced, lot):
        result.withdrawn_at = change.now
        result.withdrawn_by_id = change.actor.person_id
        result.withdrawal_reason = (
            f"Superseded by certificate {certificate.id}, issue {certificate.issue}."
        )
    change.session.flush()  # the record needs the number of the signature
    change.session.add(
        CertificateReissue(
            certificate_id=certificate.id,
            replaced_id=replaced.id,
            lot_id=lot.id,
            delta=[row.to_json() for row in rows],
            signature_id=signature.id,
            recorded_at=change.now,
        )
    )


def _results_of(session: Session, certificate: Certificate, lot: Lot) -> list[LotResult]:
    rows = select(CertificateRow.id).where(CertificateRow.certificate_id == certificate.id)
    found = session.scalars(
        select(LotResult).where(
            LotResult.lot_id == lot.id,
            LotResult.certificate_row_id.in_(rows),
            LotResult.withdrawn_at.is_(None),
        )
    )
    return list(found)
