"""Organisations with the roles they hold, their sites and their contacts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import MAKERS, ContactFunction, OrganisationRole
from supplier_qc.domain.countries import COUNTRIES
from supplier_qc.domain.entered_text import (
    compared,
    one_line,
    optional_line,
    optional_paragraphs,
    paragraphs,
    text_problems,
)
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import (
    Contact,
    Organisation,
    OrganisationRoleHeld,
    Site,
)
from supplier_qc.services.transaction import Change, changing, check_version

VENDOR = "Vendor"


class VendorNameTaken(Refused):
    """There is a vendor of this name already; `vendor_id` is its number."""

    def __init__(self, vendor_id: int, name: str) -> None:
        super().__init__(
            f"There is already a vendor called {name}. Open that one instead of adding it twice."
        )
        self.vendor_id = vendor_id


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    name: str
    roles: frozenset[OrganisationRole]
    website: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SiteDraft:
    """`country` is ISO 3166-1 alpha-2."""

    name: str
    address: str
    country: str


@dataclass(frozen=True, slots=True)
class ContactDraft:
    full_name: str
    function: ContactFunction
    email: str | None = None
    phone: str | None = None


def add_organisation(
    sessions: sessionmaker[Session], draft: OrganisationDraft, *, actor: Actor, now: datetime
) -> int:
    """Add a vendor; returns its number. Raises VendorNameTaken for a name already there."""
    with changing(sessions, AuditAction.ORGANISATION_ADDED, actor=actor, now=now) as change:
        organisation = Organisation()
        _fill_organisation(change, organisation, draft)
        change.session.add(organisation)
        change.session.flush()  # the number is the audit entry's subject
        change.about(organisation, organisation.name)
        return organisation.id


def change_organisation(
    sessions: sessionmaker[Session],
    organisation_id: int,
    draft: OrganisationDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    action = AuditAction.ORGANISATION_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        organisation = change.get(Organisation, organisation_id, VENDOR)
        check_version(organisation, version)
        _refuse_losing_the_maker(change, organisation, draft.roles)
        _fill_organisation(change, organisation, draft)
        organisation.version += 1  # the roles are rows of their own and would not count it
        change.about(organisation, organisation.name)


def add_site(
    sessions: sessionmaker[Session],
    organisation_id: int,
    draft: SiteDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    with changing(sessions, AuditAction.SITE_ADDED, actor=actor, now=now) as change:
        organisation = change.get(Organisation, organisation_id, VENDOR)
        site = Site(organisation=organisation)
        _fill_site(change, site, draft)
        change.session.add(site)
        change.session.flush()  # the number is the audit entry's subject
        change.about(site, f"{site.name}, {organisation.name}")
        return site.id


def change_site(
    sessions: sessionmaker[Session],
    site_id: int,
    draft: SiteDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    action = AuditAction.SITE_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        site = change.get(Site, site_id, "Site")
        check_version(site, version)
        _fill_site(change, site, draft)
        change.about(site, f"{site.name}, {site.organisation.name}")


def add_contact(
    sessions: sessionmaker[Session],
    organisation_id: int,
    draft: ContactDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    with changing(sessions, AuditAction.CONTACT_ADDED, actor=actor, now=now) as change:
        organisation = change.get(Organisation, organisation_id, VENDOR)
        contact = Contact(organisation=organisation)
        _fill_contact(contact, draft)
        change.session.add(contact)
        change.session.flush()  # the number is the audit entry's subject
        change.about(contact, f"{contact.full_name}, {organisation.name}")
        return contact.id


def change_contact(
    sessions: sessionmaker[Session],
    contact_id: int,
    draft: ContactDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    action = AuditAction.CONTACT_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        contact = change.get(Contact, contact_id, "Contact")
        check_version(contact, version)
        _fill_contact(contact, draft)
        change.about(contact, f"{contact.full_name}, {contact.organisation.name}")


def _fill_organisation(
    change: Change, organisation: Organisation, draft: OrganisationDraft
) -> None:
    name, website = one_line(draft.name), optional_line(draft.website)
    note = optional_paragraphs(draft.note)
    Refused.unless_empty(_organisation_problems(name, website, note, draft.roles))
    _refuse_taken_name(change, name, organisation.id)
    organisation.name, organisation.website, organisation.note = name, website, note
    _fill_roles(change, organisation, draft.roles)


def _fill_roles(
    change: Change, organisation: Organisation, roles: frozenset[OrganisationRole]
) -> None:
    for held in list(organisation.roles):
        if held.role not in roles:
            organisation.roles.remove(held)
            change.session.delete(held)  # by name, so that the audit trail keeps it
    standing = {held.role for held in organisation.roles}
    organisation.roles += [OrganisationRoleHeld(role=role) for role in sorted(roles - standing)]


def _organisation_problems(
    name: str, website: str | None, note: str | None, roles: frozenset[OrganisationRole]
) -> Iterator[str]:
    yield from text_problems("The name", name, longest=200, required=True)
    yield from text_problems("The website", website, longest=200)
    yield from text_problems("The note", note, longest=10_000)
    if website is not None and not website.startswith(("https://", "http://")):
        yield "The website begins with https:// or http://."
    if not roles:
        yield "Choose at least one role: what this vendor does for you decides where it appears."


def _refuse_taken_name(change: Change, name: str, own_id: int | None) -> None:
    """Names are one when they differ in case and spaces alone."""
    with change.session.no_autoflush:
        known = change.session.execute(select(Organisation.id, Organisation.name)).all()
    for other_id, other_name in known:
        if other_id != own_id and compared(other_name) == compared(name):
            raise VendorNameTaken(other_id, other_name)


def _refuse_losing_the_maker(
    change: Change, organisation: Organisation, roles: frozenset[OrganisationRole]
) -> None:
    if roles & MAKERS or not roles:
        return
    items = select(func.count(ManufacturerItem.id)).join(Site)
    made = change.session.scalar(items.where(Site.organisation_id == organisation.id)) or 0
    if made:
        counted = "1 item is" if made == 1 else f"{made} items are"
        raise Refused(
            f"{counted} made at its sites, so it keeps the role manufacturer or blood "
            "establishment."
        )


def _fill_site(change: Change, site: Site, draft: SiteDraft) -> None:
    site.name, site.address = one_line(draft.name), paragraphs(draft.address)
    site.country = draft.country.strip().upper()
    with change.session.no_autoflush:
        Refused.unless_empty(_site_problems(site))


def _site_problems(site: Site) -> Iterator[str]:
    yield from text_problems("The site's name", site.name, longest=200, required=True)
    yield from text_problems("The address", site.address, longest=1_000, required=True)
    if site.country not in COUNTRIES:
        yield f"“{site.country}” is not a country of ISO 3166."
    for other in site.organisation.sites:
        if other is not site and compared(other.name) == compared(site.name):
            yield f"This vendor has a site called {other.name} already."


def _fill_contact(contact: Contact, draft: ContactDraft) -> None:
    contact.full_name, contact.function = one_line(draft.full_name), draft.function
    contact.email, contact.phone = optional_line(draft.email), optional_line(draft.phone)
    Refused.unless_empty(_contact_problems(contact))


def _contact_problems(contact: Contact) -> Iterator[str]:
    yield from text_problems("The name", contact.full_name, longest=200, required=True)
    yield from text_problems("The mail address", contact.email, longest=254)
    yield from text_problems("The phone number", contact.phone, longest=60)
    if contact.email is not None and "@" not in contact.email:
        yield "The mail address has no @."
    if contact.email is None and contact.phone is None:
        yield "A contact needs a mail address or a phone number."
