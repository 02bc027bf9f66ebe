"""What happened with a vendor: decisions, papers, notices, findings and rejected lots, by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, joinedload

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.persistence.tables import (
    Evidence,
    Lot,
    ManufacturerItem,
    Qualification,
    QualificationDecision,
    Signature,
    Site,
    SupplierFinding,
    SupplierNotice,
)


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """`record_type` and `record_id` name the table and the row behind it, for a link."""

    on: date
    kind: str
    words: str
    record_type: str
    record_id: int


def vendor_timeline(session: Session, organisation_id: int) -> list[TimelineEvent]:
    """The latest first; five SQL statements, however much there is."""
    found = [
        *_decisions(session, organisation_id),
        *_papers(session, organisation_id),
        *_notices(session, organisation_id),
        *_findings(session, organisation_id),
        *_rejections(session, organisation_id),
    ]
    return sorted(found, key=lambda one: (one.on, one.record_type, one.record_id), reverse=True)


def _of_vendor(organisation_id: int) -> ColumnElement[bool]:
    return ManufacturerItem.site_id.in_(
        select(Site.id).where(Site.organisation_id == organisation_id)
    )


def _decisions(session: Session, organisation_id: int) -> Iterator[TimelineEvent]:
    """Those that were signed, also as no."""
    decision, source, item = QualificationDecision, Qualification, ManufacturerItem
    found = session.execute(
        select(decision, source.use_scope, item.name)
        .join(source, source.id == decision.qualification_id)
        .join(item, item.id == source.item_id)
        .where(_of_vendor(organisation_id))
    )
    for one, use_scope, name in found:
        if one.decided_at is None:
            continue
        said = f"{label(one.decided)}" if one.decided else f"{label(one.proposed)} declined"
        words = f"{name}, for {label(use_scope).lower()}: {said.lower()}"
        yield TimelineEvent(
            one.decided_at.date(), "Decision", words, "qualification", one.qualification_id
        )


def _papers(session: Session, organisation_id: int) -> Iterator[TimelineEvent]:
    for one in session.scalars(select(Evidence).where(Evidence.organisation_id == organisation_id)):
        if one.issued_on is None:
            continue
        result = f": {label(one.result).lower()}" if one.result else ""
        words = f"{one.title}{result}"
        yield TimelineEvent(one.issued_on, label(one.kind), words, "evidence", one.id)


def _notices(session: Session, organisation_id: int) -> Iterator[TimelineEvent]:
    found = session.scalars(
        select(SupplierNotice).where(SupplierNotice.organisation_id == organisation_id)
    )
    for one in found:
        kind = one.kind.words.capitalize()
        yield TimelineEvent(one.received_on, kind, one.title, "supplier_notice", one.id)


def _findings(session: Session, organisation_id: int) -> Iterator[TimelineEvent]:
    found = session.scalars(
        select(SupplierFinding)
        .where(SupplierFinding.organisation_id == organisation_id)
        .options(joinedload(SupplierFinding.item))
    )
    for one in found:
        about = f", {one.item.name}" if one.item else ""
        kind = f"Finding, {label(one.severity).lower()}"
        words = f"{one.title}{about}"
        yield TimelineEvent(one.found_on, kind, words, "supplier_finding", one.id)
        if one.closed_on is not None:
            yield TimelineEvent(one.closed_on, "Finding closed", words, "supplier_finding", one.id)


def _rejections(session: Session, organisation_id: int) -> Iterator[TimelineEvent]:
    """On the day of the signature under the rejection."""
    found = session.execute(
        select(Lot.id, Lot.manufacturer_lot, ManufacturerItem.name, Signature.signed_at)
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .join(
            Signature,
            and_(Signature.subject_type == Lot.__tablename__, Signature.subject_id == Lot.id),
        )
        .where(_of_vendor(organisation_id), Signature.meaning == SignatureMeaning.REJECTED)
    )
    for number, lot, item, signed_at in found:
        yield TimelineEvent(signed_at.date(), "Lot rejected", f"Lot {lot} of {item}", "lot", number)
