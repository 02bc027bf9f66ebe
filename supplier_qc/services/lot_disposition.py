"""Release, rejection and return to quarantine of a lot, each signed."""

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.lots import (
    Disposition,
    quarantine_blockers,
    reject_blockers,
    release_blockers,
)
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotFound, NotPermitted, Refused
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.queries.change_notes import lot_change_blockers
from supplier_qc.queries.closed_sources import lot_source_blockers
from supplier_qc.queries.lot_review import LotReview, get_lot_review
from supplier_qc.queries.supplier_notices import lot_notice_blockers
from supplier_qc.services.signing import sign
from supplier_qc.services.transaction import Change, changing, check_version


def release_lot(
    sessions: sessionmaker[Session],
    lot_id: int,
    *,
    version: int,
    reason: str,
    password: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Release a lot for use. Refused with every blocker at once."""
    action = AuditAction.LOT_RELEASED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        lot, review = _seen_lot(change, lot_id, version)
        Refused.unless_empty(
            [
                *release_blockers(review.facts, now.date()),
                *lot_source_blockers(change.session, lot_id),
                *lot_notice_blockers(change.session, lot_id),
                *lot_change_blockers(change.session, lot_id),
                *separation_blockers(review, actor),
            ]
        )
        _sign(change, review, SignatureMeaning.RELEASED, password)
        lot.disposition = Disposition.RELEASED


def reject_lot(
    sessions: sessionmaker[Session],
    lot_id: int,
    *,
    version: int,
    reason: str,
    password: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Reject a lot for good."""
    action = AuditAction.LOT_REJECTED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        lot, review = _seen_lot(change, lot_id, version)
        Refused.unless_empty(reject_blockers(review.facts))
        _sign(change, review, SignatureMeaning.REJECTED, password)
        lot.disposition = Disposition.REJECTED


def return_lot_to_quarantine(
    sessions: sessionmaker[Session],
    lot_id: int,
    *,
    version: int,
    reason: str,
    password: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a release back; the earlier signature stays readable."""
    action = AuditAction.LOT_QUARANTINED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        lot, review = _seen_lot(change, lot_id, version)
        Refused.unless_empty(quarantine_blockers(review.facts))
        _sign(change, review, SignatureMeaning.QUARANTINED, password)
        lot.disposition = Disposition.QUARANTINE


def separation_blockers(review: LotReview, actor: Actor) -> tuple[str, ...]:
    """Whoever confirmed a certificate of the lot does not release it (product policy)."""
    if actor.person_id in review.confirmed_by:
        return ("You confirmed a certificate of this lot; another person has to release it.",)
    return ()


def _seen_lot(change: Change, lot_id: int, version: int) -> tuple[Lot, LotReview]:
    if not change.actor.may(Permission.DISPOSE_LOT):
        raise NotPermitted("Your roles do not include the disposition of lots.")
    lot = change.get(Lot, lot_id, "Lot")
    change.session.refresh(lot, with_for_update=True)
    check_version(lot, version)
    review = get_lot_review(change.session, lot_id)
    if review is None:
        raise NotFound("Lot", lot_id)
    change.about(lot, review.label)
    return lot, review


def _sign(change: Change, review: LotReview, meaning: SignatureMeaning, password: str) -> None:
    sign(
        change,
        review.signed_record,
        meaning=meaning,
        password=password,
        permission=Permission.DISPOSE_LOT,
    )
