"""Every record by its names and numbers: one statement finds, one a kind says what was found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.countries import country_name
from supplier_qc.domain.search import Sought
from supplier_qc.persistence.tables import (
    Certificate,
    DistributorItem,
    Document,
    Evidence,
    Lot,
    ManufacturerItem,
    Material,
    Organisation,
    Product,
    ProductBatch,
    SearchTerm,
    Site,
)

GROUP_SIZE = 6
"""Records of one kind on the page of all kinds."""

KIND_SIZE = 100
"""Records on the page of one kind."""

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class FoundRow:
    """`matched` is the name or number that fits, where the title does not show it already.

    `owner_id` is the vendor of a site or a paper, the item of a distributor's number.
    """

    kind: str
    id: int
    title: str
    detail: str
    matched: str | None
    is_exact: bool
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """`total` counts all records of the kind that fit; `rows` are the nearest of them."""

    kind: str
    name: str
    rows: tuple[FoundRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class _Hit:
    kind: str
    id: int
    literal: str
    is_exact: bool
    total: int


KINDS: Mapping[str, str] = {
    "organisation": "Vendors",
    "site": "Sites",
    "material": "Materials",
    "manufacturer_item": "Items",
    "distributor_item": "Distributors' numbers",
    "lot": "Lots",
    "product_batch": "Product batches",
    "certificate": "Certificates",
    "evidence": "Evidence",
}
"""The kinds in the order of the page, with their names."""


def search(session: Session, wanted: Sought, *, kind: str | None = None) -> list[FoundGroup]:
    """What fits, by kind; whole hits first, then beginnings, then parts. Nothing for too short."""
    if wanted.is_too_short:
        return []
    hits = _hits(session, wanted, kind, KIND_SIZE if kind else GROUP_SIZE)
    return [
        FoundGroup(one, KINDS[one], _rows(session, one, own), own[0].total)
        for one in KINDS
        if (own := [hit for hit in hits if hit.kind == one])
    ]


def _hits(session: Session, wanted: Sought, kind: str | None, most: int) -> list[_Hit]:
    matches = _matches(wanted, kind).subquery()
    kinds, nearness = matches.c.subject_type, (matches.c.rank, matches.c.literal)
    place = func.row_number().over(partition_by=kinds, order_by=(*nearness, matches.c.subject_id))
    total = func.count().over(partition_by=kinds)
    numbered = select(*matches.c, place.label("place"), total.label("total")).subquery()
    chosen = select(*numbered.c).where(numbered.c.place <= most)
    found = session.execute(chosen.order_by(numbered.c.subject_type, numbered.c.place))
    return [
        _Hit(row.subject_type, row.subject_id, row.literal, row.rank == 0, row.total)
        for row in found
    ]


def _matches(wanted: Sought, kind: str | None) -> Select[*tuple[Any, ...]]:
    """One row a record: how near its nearest name is, and that name."""
    key = SearchTerm.key
    words = [key.contains(word, autoescape=True) for word in wanted.words[:MOST_WORDS]]
    rank = case((key == wanted.key, 0), (key.startswith(wanted.key, autoescape=True), 1), else_=2)
    nearest = (
        select(
            SearchTerm.subject_type,
            SearchTerm.subject_id,
            SearchTerm.literal,
            rank.label("rank"),
            func.row_number()
            .over(
                partition_by=(SearchTerm.subject_type, SearchTerm.subject_id),
                order_by=(rank, SearchTerm.literal),
            )
            .label("nearness"),
        )
        .where(or_(key.contains(wanted.key, autoescape=True), and_(*words)))
        .where(SearchTerm.subject_type.in_([kind] if kind else list(KINDS)))
        .subquery()
    )
    return select(*nearest.c).where(nearest.c.nearness == 1)


def _rows(session: Session, kind: str, hits: Sequence[_Hit]) -> tuple[FoundRow, ...]:
    statement, read = _DETAILS[kind]
    own = {hit.id: hit for hit in hits}
    records = {row[0]: row for row in session.execute(statement(list(own)))}
    return tuple(read(records[hit.id], hit) for hit in hits if hit.id in records)


def _row(hit: _Hit, title: str, detail: str, owner_id: int | None = None) -> FoundRow:
    matched = None if hit.literal in title or hit.literal in detail else hit.literal
    return FoundRow(hit.kind, hit.id, title, detail, matched, hit.is_exact, owner_id)


_Statement = Callable[[list[int]], Select[*tuple[Any, ...]]]
_Read = Callable[[Row[*tuple[Any, ...]], _Hit], FoundRow]


def _vendors(numbers: list[int]) -> Select[*tuple[Any, ...]]:
    return select(Organisation.id, Organisation.name).where(Organisation.id.in_(numbers))


def _vendor(row: Row[*tuple[Any, ...]], hit: _Hit) -> FoundRow:
    return _row(hit, row.name, "")


def _sites(numbers: list[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Site.id,
            Site.name,
            Site.country,
            Site.organisation_id,
            Organisation.name.label("vendor"),
        )
        .join(Organisation, Organisation.id == Site.organisation_id)
        .where(Site.id.in_(numbers))
    )


def _site(row: Row[*tuple[Any, ...]], hit: _Hit) -> FoundRow:
    detail = f"{row.vendor}, {country_name(row.country)}"
    return _row(hit, row.name, detail, row.organisation_id)


def _materials(numbers: list[int]) -> Select[*tuple[Any, ...]]:
    chosen = select(Material.id, Material.code, Material.name, Material.category)
    return chosen.where(Material.id.in_(numbers))


def _material(row: Row[*tuple[Any, ...]], hit: _Hit) -> FoundRow:
    return _row(hit, f"{row.code} {row.name}", label(row.category))


def _items(numbers: list[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ManufacturerItem.id,
            ManufacturerItem.name,
            ManufacturerItem.catalogue_number,
            Organisation.name.label("vendor"),
        )
        .join(Site, Site.id == ManufacturerItem.site_id)
        .join(Organisation, Organisation.id == Site.organisation_id)
        .where(ManufacturerItem.id.in_(numbers))
    )


def _item(row: Row[*tuple[Any, ...]], hit: _Hit) -> FoundRow:
    return _row(hit, row.name, f"{row.catalogue_number}, {row.vendor}")


def _packs(numbers: list[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            DistributorItem.id,
            DistributorItem.sku,
            DistributorItem.item_id,
            ManufacturerItem.name.label("item"),
            Organisation.name.label("seller"),
        )
        .join(ManufacturerItem, ManufacturerItem.id == DistributorItem.item_id)
        .join(Organisation, Organisation.id == DistributorItem.distributor_id)
        .where(DistributorItem.id.in_(numbers))
    )


def _pack(row: Row[*tuple[Any, ...]], hit: _Hit) -> FoundRow:
    return _row(hit, row.sku, f"{row.item}, from {row.seller}", row.item_id)


def _lots(numbers: list[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Lot.id,
            Lot.manufacturer_lot,
            Lot.internal_number,
            Lot.disposition,
            ManufacturerItem.name.label("item"),
        )
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .where(Lot.id.in_(numbers))
    )


def _lot(row: Row[*tuple[Any, ...]], hit: _Hit) -> FoundRow:
    parts = [row.item, row.internal_number, label(row.disposition)]
    return _row(hit, row.manufacturer_lot, ", ".join(part for part in parts if part))


def _batches(numbers: list[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ProductBatch.id,
            ProductBatch.number,
            ProductBatch.manufactured_on,
            Product.name.label("product"),
        )
        .join(Product, Product.id == ProductBatch.product_id)
        .where(ProductBatch.id.in_(numbers))
    )


def _batch(row: Row[*tuple[Any, ...]], hit: _Hit) -> FoundRow:
    return _row(hit, row.number, f"{row.product}, made on {row.manufactured_on.isoformat()}")


def _certificates(numbers: list[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(Certificate.id, Certificate.state, Document.filename)
        .join(Document, Document.id == Certificate.document_id)
        .where(Certificate.id.in_(numbers))
    )


def _certificate(row: Row[*tuple[Any, ...]], hit: _Hit) -> FoundRow:
    return _row(hit, row.filename, label(row.state))


def _papers(numbers: list[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Evidence.id,
            Evidence.title,
            Evidence.reference,
            Evidence.organisation_id,
            Organisation.name.label("vendor"),
        )
        .join(Organisation, Organisation.id == Evidence.organisation_id)
        .where(Evidence.id.in_(numbers))
    )


def _paper(row: Row[*tuple[Any, ...]], hit: _Hit) -> FoundRow:
    detail = ", ".join(part for part in (row.reference, row.vendor) if part)
    return _row(hit, row.title, detail, row.organisation_id)


_DETAILS: Mapping[str, tuple[_Statement, _Read]] = {
    "organisation": (_vendors, _vendor),
    "site": (_sites, _site),
    "material": (_materials, _material),
    "manufacturer_item": (_items, _item),
    "distributor_item": (_packs, _pack),
    "lot": (_lots, _lot),
    "product_batch": (_batches, _batch),
    "certificate": (_certificates, _certificate),
    "evidence": (_papers, _paper),
}
