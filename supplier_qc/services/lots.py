"""Lots and results that do not come from a certificate's review: by hand, by import, own tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.lots import FROM_A_FILE, Disposition, ResultSource
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotFound, NotPermitted, Refused
from supplier_qc.domain.reported_results import proposed_result, recorded_value, typing_problems
from supplier_qc.domain.specification.matching import normalised_name
from supplier_qc.persistence.tables.lots import Lot, LotResult
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.specifications import Specification
from supplier_qc.queries.limit_lines import effective_specification
from supplier_qc.services.transaction import Change, changing, check_version

LONGEST_NUMBER = 80


@dataclass(frozen=True, slots=True)
class ResultDraft:
    """`literal` as printed or typed, comparator included ("< 0.5").

    `decimal_comma` is the notation of the paper it was copied from.
    """

    attribute: str
    literal: str
    unit: str | None = None
    method: str | None = None
    tested_on: date | None = None
    source: ResultSource = ResultSource.BY_HAND
    decimal_comma: bool = False


@dataclass(frozen=True, slots=True)
class LotDraft:
    """`covariates` is what may explain a lot's values, such as {"donor_count": "120"}."""

    item_id: int
    manufacturer_lot: str
    expires_on: date | None
    manufactured_on: date | None = None
    received_on: date | None = None
    internal_number: str | None = None
    covariates: Mapping[str, str] = field(default_factory=dict)


def add_lot_with_results(
    sessions: sessionmaker[Session],
    draft: LotDraft,
    results: Sequence[ResultDraft] = (),
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Add a lot in quarantine with its results in one transaction; returns its number.

    The lot is judged against the item's specification in force. Results by certificate come
    through a review only, so `source` is own test or by hand.
    """
    with changing(sessions, AuditAction.LOT_ADDED, actor=actor, now=now) as change:
        _require_reviewer(change)
        item = change.get(ManufacturerItem, draft.item_id, "Item")
        problems = [*_draft_problems(change.session, draft, None)]
        problems += [problem for one in results for problem in _result_problems(one)]
        Refused.unless_empty(problems)
        specification = effective_specification(change.session, item.id)
        lot = Lot(
            item_id=item.id,
            disposition=Disposition.QUARANTINE,
            specification_id=specification.id if specification else None,
        )
        _fill(lot, draft)
        lot.results.extend(_result(change, one, specification) for one in results)
        change.session.add(lot)
        change.session.flush()  # the number is the audit entry's subject
        change.about(lot, lot_label(lot, item))
        return lot.id


def change_lot(
    sessions: sessionmaker[Session],
    lot_id: int,
    draft: LotDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Correct dates, numbers or covariates; a signature given before no longer fits then."""
    with changing(sessions, AuditAction.LOT_CHANGED, actor=actor, now=now, reason=reason) as change:
        _require_reviewer(change)
        lot = _locked_lot(change, lot_id)
        check_version(lot, version)
        Refused.unless_empty(_draft_problems(change.session, draft, lot))
        _fill(lot, draft)


def judge_by_version_in_force(
    sessions: sessionmaker[Session],
    lot_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Judge a lot in quarantine against the version of our specification now in force."""
    with changing(sessions, AuditAction.LOT_CHANGED, actor=actor, now=now, reason=reason) as change:
        _require_reviewer(change)
        lot = _locked_lot(change, lot_id)
        check_version(lot, version)
        specification = effective_specification(change.session, lot.item_id)
        problems = []
        if lot.disposition is not Disposition.QUARANTINE:
            problems.append("Only a lot in quarantine is judged anew; put it back first.")
        if specification is None:
            problems.append("The item has no approved specification.")
        Refused.unless_empty(problems)
        lot.specification_id = specification.id if specification else None


def add_lot_result(
    sessions: sessionmaker[Session],
    lot_id: int,
    draft: ResultDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Add a result of our own, or one copied from paper; returns its number."""
    with changing(sessions, AuditAction.LOT_RESULT_ADDED, actor=actor, now=now) as change:
        _require_reviewer(change)
        lot = _locked_lot(change, lot_id)
        Refused.unless_empty(_result_problems(draft, today=now.date()))
        specification = (
            change.session.get(Specification, lot.specification_id)
            if lot.specification_id
            else None
        )
        result = _result(change, draft, specification)
        lot.results.append(result)
        count_version(lot)
        change.session.flush()  # the number is the answer
        return result.id


def withdraw_lot_result(
    sessions: sessionmaker[Session],
    lot_id: int,
    result_id: int,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take back a result that was recorded by mistake; it stays readable and counts no more."""
    action = AuditAction.LOT_RESULT_WITHDRAWN
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        _require_reviewer(change)
        lot = _locked_lot(change, lot_id)
        result = next((one for one in lot.results if one.id == result_id), None)
        if result is None:
            raise NotFound("Result", result_id)
        if result.withdrawn_at is not None:
            raise Refused("This result is withdrawn already.")
        result.withdrawn_at = now
        result.withdrawn_by_id = actor.person_id
        result.withdrawal_reason = change.reason
        count_version(lot)


def lot_label(lot: Lot, item: ManufacturerItem) -> str:
    return f"Lot {lot.manufacturer_lot} of {item.name} ({item.catalogue_number})"


def count_version(lot: Lot) -> None:
    """Only the results changed; the count makes a page opened before refuse to sign the lot."""
    lot.version += 1


def _locked_lot(change: Change, lot_id: int) -> Lot:
    lot = change.get(Lot, lot_id, "Lot")
    change.session.refresh(lot, with_for_update=True)
    change.about(lot, lot_label(lot, lot.item))
    return lot


def _fill(lot: Lot, draft: LotDraft) -> None:
    lot.manufacturer_lot = " ".join(draft.manufacturer_lot.split())
    lot.internal_number = " ".join((draft.internal_number or "").split()) or None
    lot.manufactured_on = draft.manufactured_on
    lot.expires_on = draft.expires_on
    lot.received_on = draft.received_on
    lot.covariates = {name.strip(): value for name, value in draft.covariates.items()}


def _draft_problems(session: Session, draft: LotDraft, lot: Lot | None) -> list[str]:
    problems = []
    number = " ".join(draft.manufacturer_lot.split())
    if not number:
        problems.append("A lot needs the manufacturer's lot number.")
    if max(len(number), len(draft.internal_number or "")) > LONGEST_NUMBER:
        problems.append(f"A lot number has at most {LONGEST_NUMBER} characters.")
    if draft.expires_on is None:
        problems.append("A lot needs its expiry or retest date.")
    problems += _date_problems(draft)
    problems += _taken_numbers(session, draft, number, lot.id if lot else None)
    return problems


def _date_problems(draft: LotDraft) -> list[str]:
    problems = []
    made, expires, received = draft.manufactured_on, draft.expires_on, draft.received_on
    if made and expires and expires < made:
        problems.append("The expiry lies before the manufacture.")
    if made and received and received < made:
        problems.append("The receipt lies before the manufacture.")
    return problems


def _taken_numbers(session: Session, draft: LotDraft, number: str, own_id: int | None) -> list[str]:
    problems = []
    same_lot = select(Lot.id).where(
        Lot.item_id == draft.item_id, Lot.manufacturer_lot == number, Lot.id != (own_id or 0)
    )
    if session.scalar(same_lot) is not None:
        problems.append(f"Lot {number} of this item is recorded already.")
    internal = " ".join((draft.internal_number or "").split())
    same_number = select(Lot.id).where(Lot.internal_number == internal, Lot.id != (own_id or 0))
    if internal and session.scalar(same_number) is not None:
        problems.append(f"Our number {internal} belongs to another lot.")
    return problems


def _result_problems(draft: ResultDraft, today: date | None = None) -> list[str]:
    problems = []
    if not draft.attribute.strip():
        problems.append("A result needs the name of its test.")
    if draft.source in FROM_A_FILE:
        problems.append("A result of a certificate comes through the review of its file.")
    if draft.tested_on and today and draft.tested_on > today:
        problems.append("The test lies in the future.")
    if draft.decimal_comma:
        if proposed_result(draft.literal, draft.unit, decimal_comma=True).text is None:
            problems.append(f"{draft.attribute}: “{draft.literal}” can be read in several ways.")
        return problems
    prefix = f"{draft.attribute.strip()}: " if draft.attribute.strip() else ""
    problems += [prefix + problem for problem in typing_problems(draft.literal, draft.unit)]
    return problems


def _result(change: Change, draft: ResultDraft, specification: Specification | None) -> LotResult:
    read = proposed_result(
        draft.literal, (draft.unit or "").strip() or None, decimal_comma=draft.decimal_comma
    )
    text = read.text or ""
    value = recorded_value(text, read.unit)
    lines = specification.lines if specification else ()
    wanted = normalised_name(draft.attribute)
    line = next((one for one in lines if normalised_name(one.attribute) == wanted), None)
    return LotResult(
        source=draft.source,
        attribute=line.attribute if line else " ".join(draft.attribute.split())[:200],
        line_id=line.id if line else None,
        literal=draft.literal,
        result=text,
        comparator=value.comparator,
        value=value.value,
        unit=value.unit,
        method=(draft.method or "").strip() or None,
        tested_on=draft.tested_on,
        recorded_by_id=change.actor.person_id,
        recorded_at=change.now,
    )


def _require_reviewer(change: Change) -> None:
    actor = change.actor
    if actor.person_id is None or not actor.may(Permission.REVIEW_CERTIFICATE):
        raise NotPermitted("Your roles do not include the recording of lots and results.")
