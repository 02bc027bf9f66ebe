"""Two records of one organisation become one; nothing that either held is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import compared, one_line, text_problems
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.base import Base
from supplier_qc.persistence.tables import (
    DistributorItem,
    ManufacturerItem,
    Organisation,
    OrganisationAlias,
    OrganisationRoleHeld,
    OwnNumber,
    Site,
)
from supplier_qc.services.learned_names import clashes, withdraw_repeated_names
from supplier_qc.services.transaction import Change, changing, check_version
from supplier_qc.services.vendors import VENDOR


@dataclass(frozen=True, slots=True)
class SiteChoice:
    """What becomes of a site whose name both have: the same site, or another under a new name."""

    is_same: bool
    new_name: str = ""


@dataclass(frozen=True, slots=True)
class Merger:
    """`merged_id` goes into `kept_id`; the versions are those that the person saw.

    `sites` says for each site of the merged one whose name the kept one has too what it is.
    """

    merged_id: int
    merged_version: int
    kept_id: int
    kept_version: int
    sites: Mapping[int, SiteChoice]


def merge_organisations(
    sessions: sessionmaker[Session], merger: Merger, *, reason: str, actor: Actor, now: datetime
) -> None:
    """Move all that one organisation holds to another, and keep the first as retired.

    Raises Refused with every clash: sites of one name without a choice, catalogue numbers and
    distributor's numbers that both hold.
    """
    action = AuditAction.ORGANISATION_MERGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        merged = change.get(Organisation, merger.merged_id, VENDOR)
        kept = change.get(Organisation, merger.kept_id, VENDOR)
        check_version(merged, merger.merged_version)
        check_version(kept, merger.kept_version)
        Refused.unless_empty(_problems(change, merged, kept, merger))
        _take_over_names(change, merged, kept)
        withdraw_repeated_names(change, merged.id, kept)
        _take_over_sites(change, merged, kept, merger)
        _move(change, Organisation.__tablename__, merged.id, kept.id)
        _take_over_own_numbers(change, merged, kept)
        merged.merged_into_id, merged.retired_on = kept.id, merged.retired_on or now.date()
        kept.version += 1  # what moved are rows of their own and would not count it
        change.about(kept, f"{merged.name} merged into {kept.name}")


def _problems(
    change: Change, merged: Organisation, kept: Organisation, merger: Merger
) -> Iterator[str]:
    if merged is kept:
        yield "An organisation is not merged into itself; choose the other record."
        return
    for one in (merged, kept):
        if one.merged_into_id is not None:
            yield f"{one.name} was merged already; use the record that took over."
    if kept.retired_on is not None:
        yield f"{kept.name} is retired; bring it back first, or merge the other way."
    yield from _site_problems(change, merged, kept, merger)
    yield from _number_problems(change, merged, kept)
    yield from clashes(change.session, merged.id, kept.id)


def _site_problems(
    change: Change, merged: Organisation, kept: Organisation, merger: Merger
) -> Iterator[str]:
    names = {compared(site.name): site for site in kept.sites}
    for site in merged.sites:
        namesake = names.get(compared(site.name))
        if namesake is None:
            continue
        choice = merger.sites.get(site.id)
        if choice is None:
            yield f"Both have a site called {site.name}: choose whether it is the same site."
        elif choice.is_same:
            yield from _item_problems(change, site, namesake)
        else:
            taken = {*names, *(compared(other.name) for other in merged.sites)}
            yield from _new_name_problems(site, choice.new_name, taken)


def _new_name_problems(site: Site, new_name: str, taken: set[str]) -> Iterator[str]:
    what = f"The new name of {site.name}"
    yield from text_problems(what, one_line(new_name), longest=200, required=True)
    if compared(new_name) in taken:
        yield f"{what} is taken by another site."


def _item_problems(change: Change, site: Site, namesake: Site) -> Iterator[str]:
    numbers = select(ManufacturerItem.catalogue_number)
    held = {
        compared(number)
        for number in change.session.scalars(numbers.where(ManufacturerItem.site_id == namesake.id))
    }
    for number in change.session.scalars(numbers.where(ManufacturerItem.site_id == site.id)):
        if compared(number) in held:
            yield (
                f"Catalogue number {number} stands at both sites {site.name}: change the number "
                "of the item that is not to be kept first."
            )


def _number_problems(change: Change, merged: Organisation, kept: Organisation) -> Iterator[str]:
    numbers = select(DistributorItem.sku)
    held = {
        compared(sku)
        for sku in change.session.scalars(numbers.where(DistributorItem.distributor_id == kept.id))
    }
    for sku in change.session.scalars(numbers.where(DistributorItem.distributor_id == merged.id)):
        if compared(sku) in held:
            yield f"Both sell under the number {sku}: change one of the two first."


def _take_over_names(change: Change, merged: Organisation, kept: Organisation) -> None:
    """The merged name and its other names become other names; roles are added up."""
    held = {compared(kept.name), *(compared(alias.name) for alias in kept.aliases)}
    for name in [merged.name, *(alias.name for alias in merged.aliases)]:
        if compared(name) not in held:
            held.add(compared(name))
            change.session.add(OrganisationAlias(organisation_id=kept.id, name=name))
    for alias in list(merged.aliases):
        change.session.delete(alias)
    roles = {role.role for role in kept.roles}
    kept.roles += [
        OrganisationRoleHeld(role=role.role) for role in merged.roles if role.role not in roles
    ]


def _take_over_sites(
    change: Change, merged: Organisation, kept: Organisation, merger: Merger
) -> None:
    """A site that is the same one stays with the merged record, retired and empty."""
    names = {compared(site.name): site for site in kept.sites}
    for site in list(merged.sites):
        choice = merger.sites.get(site.id)
        namesake = names.get(compared(site.name))
        if namesake is not None and choice is not None and choice.is_same:
            _move(change, Site.__tablename__, site.id, namesake.id)
            site.retired_on = site.retired_on or change.now.date()
            continue
        if namesake is not None and choice is not None:
            site.name = one_line(choice.new_name)
        site.organisation_id = kept.id


def _take_over_own_numbers(change: Change, merged: Organisation, kept: Organisation) -> None:
    own = select(OwnNumber).where(
        OwnNumber.subject_type == Organisation.__tablename__, OwnNumber.subject_id == merged.id
    )
    for number in change.session.scalars(own):
        number.subject_id = kept.id


_STAYS = frozenset({Organisation, OrganisationAlias, OrganisationRoleHeld, Site})
"""What is taken over by rules of its own, or stays with the merged record."""


def _move(change: Change, table: str, old: int, new: int) -> None:
    """Point every record that names the old one at the new one, whatever table it is in."""
    change.session.flush()  # names and sites first, so that what follows sees them
    for kind, attribute in _pointing_at(table):
        for record in change.session.scalars(select(kind).where(attribute == old)):
            setattr(record, attribute.key, new)


def _pointing_at(table: str) -> Iterator[tuple[type[Any], InstrumentedAttribute[Any]]]:
    for mapper in Base.registry.mappers:
        if mapper.class_ in _STAYS:
            continue
        for column in mapper.local_table.columns:
            if any(key.column.table.name == table for key in column.foreign_keys):
                yield mapper.class_, mapper.attrs[column.key].class_attribute
