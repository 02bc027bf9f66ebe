"""Recording which certificates are expected; that one came is never typed, it is seen."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.expected_certificates import LONGEST_NOTE, expected_problems
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.persistence.tables.intake import ExpectedCertificate
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.services.transaction import Change, changing, check_version


@dataclass(frozen=True, slots=True)
class ExpectedDraft:
    """`purchase_order` names the order and its line as the vendor prints them."""

    item_id: int
    expected_on: date | None
    lot: str | None = None
    purchase_order: str | None = None
    note: str | None = None


def record_expected(
    sessions: sessionmaker[Session], draft: ExpectedDraft, *, actor: Actor, now: datetime
) -> int:
    """Say that a certificate is expected by a day; returns the record's number."""
    action = AuditAction.EXPECTED_CERTIFICATE_RECORDED
    with changing(sessions, action, actor=actor, now=now) as change:
        person_id = _require_right(change)
        record = ExpectedCertificate(recorded_at=now, recorded_by_id=person_id)
        _fill(change, record, draft)
        change.session.add(record)
        change.session.flush()  # the number is the audit entry's subject
        change.about(record, _label(change, record))
        return record.id


def change_expected(
    sessions: sessionmaker[Session],
    expected_id: int,
    draft: ExpectedDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Move the day, or correct what is expected."""
    action = AuditAction.EXPECTED_CERTIFICATE_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        record = _open_record(change, expected_id, version)
        _fill(change, record, draft)
        change.about(record, _label(change, record))


def withdraw_expected(
    sessions: sessionmaker[Session],
    expected_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Expect it no more: the order was cancelled, the lot is not bought."""
    action = AuditAction.EXPECTED_CERTIFICATE_WITHDRAWN
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        record = _open_record(change, expected_id, version)
        record.withdrawn_at = now
        record.withdrawn_by_id = actor.person_id
        record.withdrawal_reason = change.reason


def _open_record(change: Change, expected_id: int, version: int) -> ExpectedCertificate:
    _require_right(change)
    record = change.get(ExpectedCertificate, expected_id, "Expected certificate")
    change.session.refresh(record, with_for_update=True)
    change.about(record, _label(change, record))
    check_version(record, version)
    if record.withdrawn_at is not None:
        raise Refused("This certificate is no longer expected; record it anew if it is.")
    return record


def _fill(change: Change, record: ExpectedCertificate, draft: ExpectedDraft) -> None:
    lot, order = _line(draft.lot), _line(draft.purchase_order)
    note = (draft.note or "").strip() or None
    problems = list(expected_problems(lot, order))
    if draft.expected_on is None:
        problems.append("Say by which day it is expected.")
    if note and len(note) > LONGEST_NOTE:
        problems.append(f"The note has at most {LONGEST_NOTE} characters.")
    if _is_expected_already(change.session, draft.item_id, lot, order, record.id):
        problems.append("A certificate of this item, lot and order is expected already.")
    Refused.unless_empty(problems)
    change.get(ManufacturerItem, draft.item_id, "Item")
    record.item_id = draft.item_id
    record.manufacturer_lot, record.purchase_order = lot, order
    if draft.expected_on is not None:
        record.expected_on = draft.expected_on
    record.note = note


def _is_expected_already(
    session: Session, item_id: int, lot: str | None, order: str | None, own_id: int | None
) -> bool:
    with session.no_autoflush:
        found = session.scalar(
            select(ExpectedCertificate.id).where(
                ExpectedCertificate.item_id == item_id,
                func.coalesce(ExpectedCertificate.manufacturer_lot, "") == (lot or ""),
                func.coalesce(ExpectedCertificate.purchase_order, "") == (order or ""),
                ExpectedCertificate.withdrawn_at.is_(None),
                ExpectedCertificate.id != (own_id or 0),
            )
        )
    return found is not None


def _require_right(change: Change) -> int:
    actor = change.actor
    if actor.person_id is None or not actor.may(Permission.UPLOAD_CERTIFICATE):
        raise NotPermitted("Your roles do not include saying which certificates are expected.")
    return actor.person_id


def _label(change: Change, record: ExpectedCertificate) -> str:
    item = change.get(ManufacturerItem, record.item_id, "Item")
    what = record.manufacturer_lot or f"order {record.purchase_order}"
    return f"Certificate of {what}, {item.name} ({item.catalogue_number})"


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None
