"""The list of lots, each with its standing against our specification."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import Session

from supplier_qc.domain.lot_standing import LotStanding
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.specification.verdicts import Verdict
from supplier_qc.persistence.tables.lots import Lot, LotResult
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.queries.limit_lines import lines_by_specification
from supplier_qc.queries.lot_review import standing_of
from supplier_qc.queries.paging import Page, page_of

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class LotFilter:
    """What a list of lots is narrowed to; `text` is part of a lot, item or catalogue number."""

    item_id: int | None = None
    vendor_id: int | None = None
    disposition: Disposition | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return self == LotFilter()


@dataclass(frozen=True, slots=True)
class ListedLot:
    """`verdict` is the worst of its lines; `open_points` says what keeps it from passing."""

    id: int
    manufacturer_lot: str
    internal_number: str | None
    item_id: int
    item_name: str
    catalogue_number: str
    vendor: str
    disposition: Disposition
    expires_on: date | None
    days_left: int | None
    results: int
    verdict: Verdict
    open_points: str


def list_lots(session: Session, wanted: LotFilter, today: date, page: int = 1) -> Page[ListedLot]:
    """Lots, the newest first; four statements whatever the number of lots."""
    found = page_of(session, _filtered(wanted), _same, page, PAGE_SIZE)
    results = _results(session, [row.id for row in found.rows])
    lines = lines_by_specification(session, [row.specification_id for row in found.rows])
    rows = tuple(
        _listed(
            row,
            results[row.id],
            standing_of(lines.get(row.specification_id or 0, ()), results[row.id]),
            today,
        )
        for row in found.rows
    )
    return Page(rows, found.page, found.pages, found.total)


def list_lot_items(session: Session) -> list[tuple[int, str]]:
    """Items that have lots, with their catalogue number, for a filter."""
    items = session.execute(
        select(ManufacturerItem.id, ManufacturerItem.name, ManufacturerItem.catalogue_number)
        .where(ManufacturerItem.id.in_(select(Lot.item_id)))
        .order_by(ManufacturerItem.name, ManufacturerItem.catalogue_number)
    )
    return [(number, f"{name} · {catalogue_number}") for number, name, catalogue_number in items]


def list_lot_vendors(session: Session) -> list[tuple[int, str]]:
    """Manufacturers of items that have lots, for a filter."""
    vendors = session.execute(
        select(Organisation.id, Organisation.name)
        .where(
            Organisation.id.in_(
                select(Site.organisation_id)
                .join(ManufacturerItem)
                .where(ManufacturerItem.id.in_(select(Lot.item_id)))
            )
        )
        .order_by(Organisation.name)
    )
    return [(number, name) for number, name in vendors]


def _filtered(wanted: LotFilter) -> Select[*tuple[Any, ...]]:
    lots: Select[*tuple[Any, ...]] = (
        select(
            Lot.id,
            Lot.manufacturer_lot,
            Lot.internal_number,
            Lot.item_id,
            Lot.disposition,
            Lot.expires_on,
            Lot.specification_id,
            ManufacturerItem.name.label("item_name"),
            ManufacturerItem.catalogue_number,
            Organisation.name.label("vendor"),
        )
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .join(Organisation, Organisation.id == Site.organisation_id)
        .order_by(Lot.id.desc())
    )
    if wanted.item_id is not None:
        lots = lots.where(Lot.item_id == wanted.item_id)
    if wanted.vendor_id is not None:
        lots = lots.where(Organisation.id == wanted.vendor_id)
    if wanted.disposition is not None:
        lots = lots.where(Lot.disposition == wanted.disposition)
    if wanted.text.strip():
        lots = lots.where(_mentions(f"%{wanted.text.strip()}%"))
    return lots


def _mentions(like: str) -> Any:
    return or_(
        Lot.manufacturer_lot.ilike(like),
        Lot.internal_number.ilike(like),
        ManufacturerItem.name.ilike(like),
        ManufacturerItem.catalogue_number.ilike(like),
        Organisation.name.ilike(like),
    )


def _results(session: Session, lots: list[int]) -> dict[int, list[LotResult]]:
    found: dict[int, list[LotResult]] = defaultdict(list)
    for result in session.scalars(
        select(LotResult).where(LotResult.lot_id.in_(lots)).order_by(LotResult.id)
    ):
        found[result.lot_id].append(result)
    return found


def _same(row: Row[Any]) -> Row[Any]:
    return row


def _listed(
    row: Row[Any], results: list[LotResult], standing: LotStanding, today: date
) -> ListedLot:
    return ListedLot(
        id=row.id,
        manufacturer_lot=row.manufacturer_lot,
        internal_number=row.internal_number,
        item_id=row.item_id,
        item_name=row.item_name,
        catalogue_number=row.catalogue_number,
        vendor=row.vendor,
        disposition=row.disposition,
        expires_on=row.expires_on,
        days_left=(row.expires_on - today).days if row.expires_on else None,
        results=sum(result.withdrawn_at is None for result in results),
        verdict=standing.verdict,
        open_points=_open_points(row.specification_id, standing),
    )


def _open_points(specification_id: int | None, standing: LotStanding) -> str:
    if specification_id is None:
        return "no specification"
    counted = (
        (len(standing.failed), "failing"),
        (len(standing.not_evaluable), "not evaluable"),
        (len(standing.missing), "missing"),
    )
    return ", ".join(f"{number} {words}" for number, words in counted if number)
