"""What a row must satisfy beyond its cells: the same rules as its form, by heading."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from supplier_qc.domain.catalogue import MAKERS, OrganisationRole
from supplier_qc.domain.evidence_details import EvidenceDetails, detail_problems
from supplier_qc.domain.imports.sheets import SHEETS, SheetKind
from supplier_qc.services.distributor_items import SELLERS, DistributorItemDraft, pack_problems
from supplier_qc.services.import_records import Entity, OnFile

Problem = tuple[str, str]
"""Heading of the column, and the sentence."""

MOST_MONTHS = 600


def row_problems(entity: Entity, on_file: OnFile, today: date) -> Iterator[Problem]:
    for field, value in entity.values.items():
        if isinstance(value, Entity) and value.is_retired:
            heading = SHEETS[entity.kind].column(field).heading
            yield heading, "It names a record that is retired; bring it back first."
    check = _CHECKS.get(entity.kind)
    if check is not None:
        yield from check(entity, on_file, today)


def _vendor(entity: Entity, _on_file: OnFile, _today: date) -> Iterator[Problem]:
    website = entity.values.get("website")
    if website and not website.startswith(("https://", "http://")):
        yield "Website", "The website begins with https:// or http://."


def _item(entity: Entity, on_file: OnFile, _today: date) -> Iterator[Problem]:
    months = entity.values.get("shelf_life_months")
    if months is not None and not 1 <= months <= MOST_MONTHS:
        yield "Shelf life in months", f"The shelf life is between 1 and {MOST_MONTHS} months."
    site = _parent(entity, "site_id", SheetKind.SITES, on_file)
    vendor = _parent(site, "organisation_id", SheetKind.VENDORS, on_file) if site else None
    if vendor is not None and not MAKERS & _roles(vendor):
        yield (
            "Site code",
            "The vendor of the site is neither a manufacturer nor a blood establishment.",
        )


def _pack(entity: Entity, on_file: OnFile, today: date) -> Iterator[Problem]:
    draft = DistributorItemDraft(
        distributor_id=0,
        sku=_kept(entity, "sku"),
        pack_quantity=_kept(entity, "pack_quantity"),
        pack_unit=_kept(entity, "pack_unit"),
        price=_kept(entity, "price"),
        currency=_kept(entity, "currency"),
        priced_on=_kept(entity, "priced_on"),
        lead_time_days=_kept(entity, "lead_time_days"),
    )
    for reason in pack_problems(draft, today):
        yield "", reason
    seller = _parent(entity, "distributor_id", SheetKind.VENDORS, on_file)
    if seller is not None and not SELLERS & _roles(seller):
        yield "Vendor code", "The vendor sells nothing: it holds no role that does."


def _paper(entity: Entity, on_file: OnFile, _today: date) -> Iterator[Problem]:
    issued, expires = _kept(entity, "issued_on"), _kept(entity, "expires_on")
    if issued and expires and expires < issued:
        yield "Expires on", f"It expires before it was issued on {issued.isoformat()}."
    for reason in detail_problems(_kept(entity, "kind"), _details(entity)):
        yield "", reason
    yield from _coverage(entity, on_file)


def _details(entity: Entity) -> EvidenceDetails:
    return EvidenceDetails(**{one.name: _kept(entity, one.name) for one in fields(EvidenceDetails)})


def _coverage(entity: Entity, on_file: OnFile) -> Iterator[Problem]:
    item = _parent(entity, "item_id", SheetKind.ITEMS, on_file)
    named = _parent(entity, "site_id", SheetKind.SITES, on_file)
    if item is not None and named is not None:
        yield "Site code", "A paper covers an item or a site, not both; an item has one site."
    vendor = _parent(entity, "organisation_id", SheetKind.VENDORS, on_file)
    site = _parent(item, "site_id", SheetKind.SITES, on_file) if item else None
    if not _is_of(site, vendor, on_file):
        yield "Item code", "The item is not made by this vendor."
    if not _is_of(named, vendor, on_file):
        yield "Site code", "The site is not one of this vendor."


def _is_of(site: Entity | None, vendor: Entity | None, on_file: OnFile) -> bool:
    """Where either is not named there is nothing to contradict."""
    owner = _parent(site, "organisation_id", SheetKind.VENDORS, on_file) if site else None
    return owner is None or vendor is None or _is_one(owner, vendor)


def _kept(entity: Entity, field: str) -> Any:
    """What stands after the import: the file's value, or else the record's."""
    value = entity.values.get(field)
    return getattr(entity.record, field, None) if value is None else value


def _parent(entity: Entity, field: str, kind: SheetKind, on_file: OnFile) -> Entity | None:
    value = _kept(entity, field)
    return on_file.of_id(kind, value) if isinstance(value, int) else value


def _roles(vendor: Entity) -> frozenset[OrganisationRole]:
    held = frozenset(held.role for held in vendor.record.roles) if vendor.record else frozenset()
    return held | frozenset(vendor.values.get("roles", ()))


def _is_one(one: Entity, other: Entity) -> bool:
    return one is other or (one.record is not None and one.record is other.record)


_CHECKS: Mapping[SheetKind, Callable[[Entity, OnFile, date], Iterator[Problem]]] = {
    SheetKind.VENDORS: _vendor,
    SheetKind.ITEMS: _item,
    SheetKind.DISTRIBUTOR_NUMBERS: _pack,
    SheetKind.EVIDENCE: _paper,
}
