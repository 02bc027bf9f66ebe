"""Vendors as pages show them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, selectinload

from supplier_qc.domain.catalogue import MAKERS, ContactFunction, Grade, OrganisationRole
from supplier_qc.domain.countries import COUNTRIES, country_name
from supplier_qc.domain.due_dates.expiry import Expiry, expiry
from supplier_qc.domain.learned_names import NameKind
from supplier_qc.persistence.tables.learned_names import LearnedName
from supplier_qc.persistence.tables.materials import ManufacturerItem, Material
from supplier_qc.persistence.tables.parties import (
    Contact,
    Organisation,
    OrganisationAlias,
    OrganisationRoleHeld,
    Site,
)
from supplier_qc.persistence.tables.qualification import Evidence
from supplier_qc.queries.evidence import next_expiries
from supplier_qc.queries.record_history import EntryRow, list_entries_about

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class VendorFilter:
    """`text` is looked for in names, other names and the names of countries."""

    text: str = ""
    role: OrganisationRole | None = None
    country: str | None = None
    with_retired: bool = False


@dataclass(frozen=True, slots=True)
class VendorListRow:
    """`next_expiry` is the earliest date of its evidence, passed or to come."""

    id: int
    name: str
    roles: tuple[OrganisationRole, ...]
    countries: tuple[str, ...]
    item_count: int
    retired_on: date | None
    next_expiry_on: date | None
    next_expiry: Expiry | None


@dataclass(frozen=True, slots=True)
class VendorPage:
    rows: tuple[VendorListRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class SiteRow:
    id: int
    version: int
    organisation_id: int
    organisation_name: str
    name: str
    address: str
    country: str
    retired_on: date | None

    @property
    def country_name(self) -> str:
        return country_name(self.country)


@dataclass(frozen=True, slots=True)
class ContactRow:
    id: int
    version: int
    organisation_id: int
    organisation_name: str
    full_name: str
    function: ContactFunction
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class AliasRow:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class VendorItemRow:
    id: int
    name: str
    catalogue_number: str
    grade: Grade
    site_name: str
    material_id: int
    material_code: str
    material_name: str


@dataclass(frozen=True, slots=True)
class VendorRow:
    id: int
    version: int
    name: str
    roles: tuple[OrganisationRole, ...]
    website: str | None
    note: str | None
    retired_on: date | None
    merged_into_id: int | None
    aliases: tuple[AliasRow, ...]
    letterheads: tuple[str, ...]
    sites: tuple[SiteRow, ...]
    contacts: tuple[ContactRow, ...]

    @property
    def makes_items(self) -> bool:
        return bool(MAKERS & set(self.roles))


def list_vendors(
    session: Session, wanted: VendorFilter, today: date, *, page: int = 1
) -> VendorPage:
    """One page of vendors by name, with what a buyer asks first."""
    conditions = list(_conditions(wanted))
    total = session.scalar(select(func.count(Organisation.id)).where(*conditions)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    found = session.scalars(
        select(Organisation)
        .options(selectinload(Organisation.roles), selectinload(Organisation.sites))
        .where(*conditions)
        .order_by(func.lower(Organisation.name), Organisation.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    numbers = [vendor.id for vendor in found]
    items, expiries = _item_counts(session, numbers), next_expiries(session, numbers)
    rows = tuple(
        _list_row(vendor, items.get(vendor.id, 0), expiries.get(vendor.id), today)
        for vendor in found
    )
    return VendorPage(rows, total, page, pages)


def get_vendor(session: Session, organisation_id: int) -> VendorRow | None:
    found = session.get(
        Organisation,
        organisation_id,
        options=[
            selectinload(Organisation.roles),
            selectinload(Organisation.sites),
            selectinload(Organisation.contacts),
            selectinload(Organisation.aliases),
        ],
    )
    if found is None:
        return None
    return VendorRow(
        id=found.id,
        version=found.version,
        name=found.name,
        roles=tuple(held.role for held in found.roles),
        website=found.website,
        note=found.note,
        retired_on=found.retired_on,
        merged_into_id=found.merged_into_id,
        letterheads=tuple(letterheads(session, [found.id]).get(found.id, ())),
        aliases=tuple(AliasRow(alias.id, alias.name) for alias in found.aliases),
        sites=tuple(_site_row(site, found.name) for site in found.sites),
        contacts=tuple(_contact_row(contact, found.name) for contact in found.contacts),
    )


def letterheads(
    session: Session, organisation_ids: Sequence[int] | None = None
) -> Mapping[int, list[str]]:
    """Names printed on certificates that a person taught, by vendor; of all without numbers."""
    chosen = select(LearnedName.organisation_id, LearnedName.printed).where(
        LearnedName.kind == NameKind.LETTERHEAD, LearnedName.withdrawn_at.is_(None)
    )
    if organisation_ids is not None:
        chosen = chosen.where(LearnedName.organisation_id.in_(organisation_ids))
    found: dict[int, list[str]] = defaultdict(list)
    for organisation_id, printed in session.execute(chosen.order_by(LearnedName.printed)):
        found[organisation_id].append(printed)
    return found


def list_items_of_vendor(session: Session, organisation_id: int) -> list[VendorItemRow]:
    found = session.execute(
        select(ManufacturerItem, Site.name, Material)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .join(Material, Material.id == ManufacturerItem.material_id)
        .where(Site.organisation_id == organisation_id)
        .order_by(Material.code, ManufacturerItem.catalogue_number)
    )
    return [
        VendorItemRow(
            id=item.id,
            name=item.name,
            catalogue_number=item.catalogue_number,
            grade=item.grade,
            site_name=site_name,
            material_id=material.id,
            material_code=material.code,
            material_name=material.name,
        )
        for item, site_name, material in found
    ]


def list_entries_about_vendor(session: Session, vendor: VendorRow) -> list[EntryRow]:
    """The latest entries about the vendor, its sites, contacts and evidence."""
    evidence = session.scalars(select(Evidence.id).where(Evidence.organisation_id == vendor.id))
    return list_entries_about(
        session,
        {
            Organisation.__tablename__: [vendor.id],
            Site.__tablename__: [site.id for site in vendor.sites],
            Contact.__tablename__: [contact.id for contact in vendor.contacts],
            Evidence.__tablename__: list(evidence),
        },
    )


def get_site(session: Session, site_id: int) -> SiteRow | None:
    found = session.get(Site, site_id, options=[selectinload(Site.organisation)])
    return None if found is None else _site_row(found, found.organisation.name)


def get_contact(session: Session, contact_id: int) -> ContactRow | None:
    found = session.get(Contact, contact_id, options=[selectinload(Contact.organisation)])
    return None if found is None else _contact_row(found, found.organisation.name)


def list_manufacturing_sites(session: Session) -> list[SiteRow]:
    """The sites that may make an item: those of manufacturers and blood establishments."""
    found = session.execute(
        select(Site, Organisation.name)
        .join(Organisation, Organisation.id == Site.organisation_id)
        .where(_holds(MAKERS), Site.retired_on.is_(None))
        .order_by(func.lower(Organisation.name), Site.name)
    )
    return [_site_row(site, vendor_name) for site, vendor_name in found]


def list_countries_with_sites(session: Session) -> list[tuple[str, str]]:
    """Code and name of the countries that stand in some site, by name."""
    codes = session.scalars(select(Site.country).distinct())
    return sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1])


def _conditions(wanted: VendorFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.text:
        codes = [
            code for code, name in COUNTRIES.items() if wanted.text.casefold() in name.casefold()
        ]
        name = Organisation.name.icontains(wanted.text, autoescape=True)
        alias = OrganisationAlias.name.icontains(wanted.text, autoescape=True)
        in_country = Organisation.sites.any(Site.country.in_(codes))
        yield or_(name, Organisation.aliases.any(alias), in_country)
    if not wanted.with_retired:
        yield Organisation.retired_on.is_(None)
    else:
        yield Organisation.merged_into_id.is_(None)
    if wanted.role:
        yield _holds({wanted.role})
    if wanted.country:
        yield Organisation.sites.any(Site.country == wanted.country)


def _holds(roles: Iterable[OrganisationRole]) -> ColumnElement[bool]:
    return Organisation.roles.any(OrganisationRoleHeld.role.in_(list(roles)))


def _item_counts(session: Session, organisation_ids: list[int]) -> dict[int, int]:
    counted = session.execute(
        select(Site.organisation_id, func.count(ManufacturerItem.id))
        .join(ManufacturerItem, ManufacturerItem.site_id == Site.id)
        .where(Site.organisation_id.in_(organisation_ids))
        .group_by(Site.organisation_id)
    )
    return {number: count for number, count in counted}  # noqa: C416 -- typed rows


def _list_row(
    vendor: Organisation, item_count: int, expires_on: date | None, today: date
) -> VendorListRow:
    return VendorListRow(
        id=vendor.id,
        name=vendor.name,
        roles=tuple(held.role for held in vendor.roles),
        countries=tuple(sorted({country_name(site.country) for site in vendor.sites})),
        item_count=item_count,
        retired_on=vendor.retired_on,
        next_expiry_on=expires_on,
        next_expiry=expiry(expires_on, today) if expires_on else None,
    )


def _site_row(site: Site, organisation_name: str) -> SiteRow:
    return SiteRow(
        id=site.id,
        version=site.version,
        organisation_id=site.organisation_id,
        organisation_name=organisation_name,
        name=site.name,
        address=site.address,
        country=site.country,
        retired_on=site.retired_on,
    )


def _contact_row(contact: Contact, organisation_name: str) -> ContactRow:
    return ContactRow(
        id=contact.id,
        version=contact.version,
        organisation_id=contact.organisation_id,
        organisation_name=organisation_name,
        full_name=contact.full_name,
        function=contact.function,
        email=contact.email,
        phone=contact.phone,
    )
