"""The end of a review: the certificate's results stand on their lot, all or none."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificate_checks import HeaderFacts
from supplier_qc.domain.certificates import DECIDED
from supplier_qc.domain.lots import Disposition, ResultSource
from supplier_qc.domain.measurement.dates import read_date
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.reported_results import recorded_value
from supplier_qc.domain.second_person import ReviewStep, state_after, step_refusals
from supplier_qc.persistence.tables.certificates import Certificate, CertificateRow
from supplier_qc.persistence.tables.lots import Lot, LotResult
from supplier_qc.queries.certificate_header import HeaderReview, header_values, review_header
from supplier_qc.queries.second_reading import review_facts
from supplier_qc.services.certificate_changes import record_findings
from supplier_qc.services.certificate_reissues import supersede_replaced
from supplier_qc.services.certificates import certificate_in_hand
from supplier_qc.services.lots import count_version
from supplier_qc.services.transaction import Change, changing, check_version


def confirm_certificate(
    sessions: sessionmaker[Session],
    certificate_id: int,
    *,
    version: int,
    reason: str = "",
    password: str = "",
    actor: Actor,
    now: datetime,
) -> int:
    """End the review: find or make the lot and put the confirmed results on it.

    Returns the lot's number. One that takes the place of another certificate is signed with
    `password`, and the results of that one stand no more. Refused with every blocker at once, and
    where two persons read the certificate unless the first has handed it over and `actor` is
    another. Mismatches of the header and contradictions do not stop it, but then `reason` says
    why the certificate is right.
    """
    action = AuditAction.CERTIFICATE_CONFIRMED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        certificate = certificate_in_hand(change, certificate_id)
        check_version(certificate, version)
        facts = review_facts(change.session, certificate, now.date())
        review = review_header(change.session, certificate, now.date())
        Refused.unless_empty(
            [
                *step_refusals(ReviewStep.CONFIRM, facts, actor.person_id),
                *review.blockers,
                *unexplained(review, change.reason),
            ]
        )
        lot = _lot(change, certificate, review.facts)
        for row in certificate.rows:
            if row.state in DECIDED:
                lot.results.append(_lot_result(change, certificate, row))
        change.session.flush()  # the certificate's check needs the number of a new lot
        supersede_replaced(change, certificate, lot, password)
        certificate.lot_id = lot.id
        certificate.state = state_after(ReviewStep.CONFIRM)
        certificate.confirmed_by_id = actor.person_id
        certificate.confirmed_at = now
        record_findings(change, certificate)
        return lot.id


def unexplained(review: HeaderReview, reason: str | None) -> list[str]:
    """What is noted at the head of the certificate while no reason answers it."""
    found = [*(finding.words for finding in review.findings), *review.contradictions]
    if reason or not found:
        return []
    return ["Say why the certificate is right in spite of what is noted at its head.", *found]


def _lot(change: Change, certificate: Certificate, facts: HeaderFacts) -> Lot:
    lot = change.session.scalar(
        select(Lot).where(
            Lot.item_id == certificate.item_id, Lot.manufacturer_lot == facts.lot_number
        )
    )
    if lot is None:
        lot = Lot(
            item_id=certificate.item_id,
            manufacturer_lot=facts.lot_number,
            disposition=Disposition.QUARANTINE,
            covariates={},
        )
        change.session.add(lot)
    else:
        count_version(lot)
    lot.manufactured_on = lot.manufactured_on or facts.manufactured_on
    lot.expires_on = lot.expires_on or facts.expires_on
    if lot.disposition is Disposition.QUARANTINE:
        lot.specification_id = certificate.specification_id
    return lot


def _lot_result(change: Change, certificate: Certificate, row: CertificateRow) -> LotResult:
    text = row.result or ""
    value = recorded_value(text, row.unit)
    tested = header_values(certificate).get("test_date")
    return LotResult(
        source=ResultSource.CONFORMITY
        if certificate.is_conformity_statement
        else ResultSource.CERTIFICATE,
        certificate_row_id=row.id,
        attribute=(row.line.attribute if row.line else row.name)[:200],
        line_id=row.line_id,
        literal=row.literals["result"]["literal"] if row.literals.get("result") else text,
        result=text,
        comparator=value.comparator,
        value=value.value,
        unit=value.unit,
        method=row.method,
        tested_on=read_date(tested).day if tested else None,
        recorded_by_id=change.actor.person_id,
        recorded_at=change.now,
    )
