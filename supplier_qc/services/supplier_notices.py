"""Notices of suppliers: recorded with what they name, assessed under a signature, reopened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import (
    one_line,
    optional_line,
    optional_paragraphs,
    paragraphs,
    text_problems,
)
from supplier_qc.domain.evidence_files import EvidenceFile
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.qualification.records import CauseKind
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.signatures import SignatureMeaning, SignedRecord
from supplier_qc.domain.supplier_notices import NoticeImpact, SupplierNoticeKind
from supplier_qc.persistence.document_store import DocumentStore
from supplier_qc.persistence.tables import (
    Lot,
    ManufacturerItem,
    Organisation,
    RequalificationCause,
    SupplierNotice,
    SupplierNoticeItem,
    SupplierNoticeLot,
)
from supplier_qc.queries.event_effects import effects_on
from supplier_qc.services.filed_documents import document_of, store_file
from supplier_qc.services.signing import sign
from supplier_qc.services.transaction import Change, changing, check_version

_LONGEST_TEXT = 8_000


@dataclass(frozen=True, slots=True)
class SupplierNoticeDraft:
    """`item_ids` are meant with all their lots, `lot_ids` name single ones."""

    kind: SupplierNoticeKind
    title: str
    received_on: date
    item_ids: Sequence[int] = ()
    lot_ids: Sequence[int] = ()
    effective_on: date | None = None
    reference: str | None = None
    details: str | None = None
    file: EvidenceFile | None = None


@dataclass(frozen=True, slots=True)
class NoticeAssessment:
    """`requalify` opens a requalification for cause of every source in use that is concerned."""

    impact: NoticeImpact
    assessment: str
    version: int
    password: str
    requalify: bool = False


def record_supplier_notice(
    sessions: sessionmaker[Session],
    documents: DocumentStore,
    organisation_id: int,
    draft: SupplierNoticeDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Record what a supplier told us; returns the notice's number."""
    _check_permission(actor)
    stored = store_file(documents, draft.file)
    action = AuditAction.SUPPLIER_NOTICE_RECORDED
    with changing(sessions, action, actor=actor, now=now) as change:
        organisation = change.get(Organisation, organisation_id, "Vendor")
        notice = SupplierNotice(
            organisation=organisation, recorded_by_id=_person_id(actor), recorded_at=now
        )
        _fill(change, notice, draft)
        if draft.file is not None and stored is not None:
            notice.document = document_of(change, draft.file, stored)
        change.session.add(notice)
        change.session.flush()  # the number is the audit entry's subject
        change.about(notice, _label(notice))
        return notice.id


def change_supplier_notice(
    sessions: sessionmaker[Session],
    notice_id: int,
    draft: SupplierNoticeDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Change a notice that nobody has assessed yet; its paper stays as it was filed."""
    _check_permission(actor)
    action = AuditAction.SUPPLIER_NOTICE_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        notice = change.get(SupplierNotice, notice_id, "Supplier notice")
        check_version(notice, version)
        if notice.impact is not None:
            raise Refused("The notice is assessed; reopen it before you change what it says.")
        _fill(change, notice, draft)
        notice.version += 1  # items and lots are rows of their own and would not count it
        change.about(notice, _label(notice))


def assess_supplier_notice(
    sessions: sessionmaker[Session],
    notice_id: int,
    assessed: NoticeAssessment,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Sign what the notice means for us. Raises Refused, NotPermitted or WrongPassword."""
    text = paragraphs(assessed.assessment)
    action = AuditAction.SUPPLIER_NOTICE_ASSESSED
    with changing(sessions, action, actor=actor, now=now, reason=text) as change:
        notice = change.get(SupplierNotice, notice_id, "Supplier notice")
        check_version(notice, assessed.version)
        Refused.unless_empty(_assessment_problems(notice, assessed.impact, text))
        notice.impact, notice.assessment = assessed.impact, text
        notice.assessed_by_id, notice.assessed_at = actor.person_id, now
        reopened = _requalify(change, notice) if assessed.requalify else []
        change.session.flush()  # the signature is bound to the version that results
        change.about(notice, _label(notice))
        content = signed_content(notice) | {"requalified": reopened}
        sign(
            change,
            SignedRecord(notice.__tablename__, notice.id, notice.version, content),
            meaning=SignatureMeaning.REVIEWED,
            password=assessed.password,
            permission=Permission.ASSESS_SUPPLIER_NOTICE,
        )


def reopen_supplier_notice(
    sessions: sessionmaker[Session],
    notice_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take an assessment back; the signature and the text stay in the audit trail."""
    if not actor.may(Permission.ASSESS_SUPPLIER_NOTICE):
        raise NotPermitted("Your roles do not include the assessment of supplier notices.")
    action = AuditAction.SUPPLIER_NOTICE_REOPENED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        notice = change.get(SupplierNotice, notice_id, "Supplier notice")
        check_version(notice, version)
        if notice.impact is None:
            raise Refused("The notice is open already.")
        notice.impact = notice.assessment = None
        notice.assessed_by_id = notice.assessed_at = None
        change.about(notice, _label(notice))


def _requalify(change: Change, notice: SupplierNotice) -> list[int]:
    """Open a cause for each source in use, or open the one of an earlier assessment again."""
    effects = effects_on(
        change.session,
        [one.item_id for one in notice.items],
        [one.lot_id for one in notice.lots],
    )
    numbers = [one.qualification_id for one in effects.sources if one.is_in_dossier]
    sources = [number for number in numbers if number is not None]
    if not sources:
        raise Refused("No source in use is concerned, so there is none to qualify again.")
    known = {
        one.qualification_id: one
        for one in change.session.scalars(
            select(RequalificationCause).where(RequalificationCause.notice_id == notice.id)
        )
    }
    cause = f"The supplier's {notice.kind.words} “{notice.title}” asks for it."
    for number in sources:
        row = known.get(number) or RequalificationCause(
            qualification_id=number, kind=CauseKind.SUPPLIER_NOTICE, notice_id=notice.id
        )
        row.cause, row.opened_on, row.closed_on = cause, change.now.date(), None
        change.session.add(row)
    return sources


def signed_content(notice: SupplierNotice) -> dict[str, object]:
    """All that the assessor saw and concluded."""
    return {
        "organisation_id": notice.organisation_id,
        "kind": notice.kind.value,
        "title": notice.title,
        "reference": notice.reference,
        "received_on": notice.received_on,
        "effective_on": notice.effective_on,
        "details": notice.details,
        "items": [one.item_id for one in notice.items],
        "lots": [one.lot_id for one in notice.lots],
        "impact": notice.impact.value if notice.impact else None,
        "assessment": notice.assessment,
    }


def _check_permission(actor: Actor) -> None:
    if not actor.may(Permission.EDIT_CATALOGUE):
        raise NotPermitted("Your roles do not include the notices of suppliers.")


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotPermitted("A person records a supplier's notice, not the scheduler.")
    return actor.person_id


def _fill(change: Change, notice: SupplierNotice, draft: SupplierNoticeDraft) -> None:
    with change.session.no_autoflush:
        problems = list(_problems(change, notice.organisation, draft))
    Refused.unless_empty(problems)
    notice.kind, notice.title = draft.kind, one_line(draft.title)
    notice.reference, notice.details = (
        optional_line(draft.reference),
        optional_paragraphs(draft.details),
    )
    notice.received_on, notice.effective_on = draft.received_on, draft.effective_on
    with change.session.no_autoflush:
        _name(notice, draft)


def _name(notice: SupplierNotice, draft: SupplierNoticeDraft) -> None:
    items, lots = set(draft.item_ids), set(draft.lot_ids)
    notice.items = [one for one in notice.items if one.item_id in items]
    notice.lots = [one for one in notice.lots if one.lot_id in lots]
    new_items = items - {one.item_id for one in notice.items}
    new_lots = lots - {one.lot_id for one in notice.lots}
    notice.items += [SupplierNoticeItem(item_id=number) for number in sorted(new_items)]
    notice.lots += [SupplierNoticeLot(lot_id=number) for number in sorted(new_lots)]


def _problems(
    change: Change, organisation: Organisation, draft: SupplierNoticeDraft
) -> Iterator[str]:
    yield from text_problems("The title", one_line(draft.title), longest=200, required=True)
    yield from text_problems("The reference", optional_line(draft.reference), longest=120)
    yield from text_problems("The text", draft.details, longest=_LONGEST_TEXT)
    if draft.received_on > change.now.date():
        yield f"It cannot have been received on {draft.received_on.isoformat()}, a day to come."
    if not draft.item_ids and not draft.lot_ids:
        yield "Name the items or the lots that it is about."
    yield from _strangers(change, organisation, draft)


def _strangers(
    change: Change, organisation: Organisation, draft: SupplierNoticeDraft
) -> Iterator[str]:
    """Items and lots that are not of this vendor."""
    own = set(
        change.session.scalars(
            select(ManufacturerItem.id).where(
                ManufacturerItem.site.has(organisation_id=organisation.id)
            )
        )
    )
    if set(draft.item_ids) - own:
        yield "An item is not made by this vendor."
    lots = change.session.execute(
        select(Lot.id, Lot.item_id).where(Lot.id.in_(list(draft.lot_ids)))
    ).all()
    if len(lots) < len(set(draft.lot_ids)) or any(item not in own for _, item in lots):
        yield "A lot is not of an item of this vendor."


def _assessment_problems(notice: SupplierNotice, impact: NoticeImpact, text: str) -> Iterator[str]:
    yield from text_problems("The assessment", text, longest=_LONGEST_TEXT, required=True)
    if notice.impact is not None:
        yield "The notice is assessed already; reopen it first."
    if impact is NoticeImpact.LOTS_STOPPED and not notice.lots and not notice.items:
        yield "There is no lot that could be stopped."


def _label(notice: SupplierNotice) -> str:
    return f"{notice.title}, {notice.organisation.name} ({notice.kind.words})"
