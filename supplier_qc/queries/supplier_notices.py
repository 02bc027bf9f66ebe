"""Notices of suppliers, and who is hit: sources, lots and what was exported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from supplier_qc.domain.supplier_notices import (
    NoticeImpact,
    NoticeOnLot,
    SupplierNoticeKind,
    notice_blockers,
)
from supplier_qc.persistence.tables import (
    Document,
    Lot,
    ManufacturerItem,
    Organisation,
    Person,
    SupplierNotice,
    SupplierNoticeItem,
    SupplierNoticeLot,
)
from supplier_qc.queries.event_effects import EventEffects, effects_on


@dataclass(frozen=True, slots=True)
class SupplierNoticeRow:
    id: int
    version: int
    organisation_id: int
    vendor: str
    kind: SupplierNoticeKind
    title: str
    reference: str | None
    received_on: date
    effective_on: date | None
    details: str | None
    document_id: int | None
    filename: str | None
    impact: NoticeImpact | None
    assessment: str | None
    assessed_by: str | None
    assessed_at: datetime | None
    item_ids: tuple[int, ...]
    lot_ids: tuple[int, ...]

    @property
    def warning_days(self) -> int | None:
        """Days between the notice and the day it takes effect; negative: told afterwards."""
        return None if self.effective_on is None else (self.effective_on - self.received_on).days


def list_supplier_notices(
    session: Session, *, only_open: bool = False, organisation_id: int | None = None
) -> list[SupplierNoticeRow]:
    """The latest first; a constant number of statements."""
    chosen = _notices().order_by(SupplierNotice.received_on.desc(), SupplierNotice.id.desc())
    if only_open:
        chosen = chosen.where(SupplierNotice.impact.is_(None))
    if organisation_id is not None:
        chosen = chosen.where(SupplierNotice.organisation_id == organisation_id)
    return list(_rows(session, chosen))


def get_supplier_notice(session: Session, notice_id: int) -> SupplierNoticeRow | None:
    return next(_rows(session, _notices().where(SupplierNotice.id == notice_id)), None)


def count_open_supplier_notices(session: Session) -> int:
    chosen = select(func.count()).select_from(SupplierNotice).where(SupplierNotice.impact.is_(None))
    return session.scalar(chosen) or 0


def list_lots_of_vendor(session: Session, organisation_id: int) -> list[tuple[int, str]]:
    """Number and words of each lot of the vendor's items, the latest first."""
    found = session.execute(
        select(Lot.id, Lot.manufacturer_lot, ManufacturerItem.name)
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .where(ManufacturerItem.site.has(organisation_id=organisation_id))
        .order_by(Lot.id.desc())
    )
    return [(number, f"{lot}, {item}") for number, lot, item in found]


def supplier_notice_document(session: Session, notice_id: int) -> Document | None:
    return session.scalar(
        select(Document)
        .join(SupplierNotice, SupplierNotice.document_id == Document.id)
        .where(SupplierNotice.id == notice_id)
    )


def lot_notice_blockers(session: Session, lot_id: int) -> tuple[str, ...]:
    """Why notices of the supplier stand against the release of the lot; two statements."""
    lot = session.get(Lot, lot_id)
    if lot is None:
        return ()
    names_it = or_(
        SupplierNotice.items.any(SupplierNoticeItem.item_id == lot.item_id),
        SupplierNotice.lots.any(SupplierNoticeLot.lot_id == lot.id),
    )
    found = session.execute(
        select(
            SupplierNotice.id,
            SupplierNotice.kind,
            SupplierNotice.effective_on,
            SupplierNotice.impact,
        )
        .where(names_it)
        .order_by(SupplierNotice.id)
    )
    return notice_blockers([NoticeOnLot(*row) for row in found], lot.manufactured_on)


def notice_effects(session: Session, notice: SupplierNoticeRow) -> EventEffects:
    """Who is hit: the items named and those of the lots named, their lots and exports."""
    return effects_on(session, notice.item_ids, notice.lot_ids)


def _notices() -> Select[SupplierNotice, str, str]:
    return (
        select(SupplierNotice, Organisation.name, Person.full_name)
        .join(Organisation, Organisation.id == SupplierNotice.organisation_id)
        .outerjoin(Person, Person.id == SupplierNotice.assessed_by_id)
        .options(
            selectinload(SupplierNotice.items),
            selectinload(SupplierNotice.lots),
            selectinload(SupplierNotice.document),
        )
    )


def _rows(
    session: Session, chosen: Select[SupplierNotice, str, str]
) -> Iterator[SupplierNoticeRow]:
    for notice, vendor, assessor in session.execute(chosen):
        yield SupplierNoticeRow(
            id=notice.id,
            version=notice.version,
            organisation_id=notice.organisation_id,
            vendor=vendor,
            kind=notice.kind,
            title=notice.title,
            reference=notice.reference,
            received_on=notice.received_on,
            effective_on=notice.effective_on,
            details=notice.details,
            document_id=notice.document_id,
            filename=notice.document.filename if notice.document else None,
            impact=notice.impact,
            assessment=notice.assessment,
            assessed_by=assessor,
            assessed_at=notice.assessed_at,
            item_ids=tuple(one.item_id for one in notice.items),
            lot_ids=tuple(one.lot_id for one in notice.lots),
        )
