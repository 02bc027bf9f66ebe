"""Vendors, sites and items that are no longer used: kept, shown as retired, never deleted."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import label
from supplier_qc.domain.people import Actor
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.tables import (
    DistributorItem,
    ManufacturerItem,
    Organisation,
    Qualification,
    Site,
)
from supplier_qc.services.materials import item_label
from supplier_qc.services.transaction import Change, changing, check_version
from supplier_qc.services.vendors import VENDOR


def retire_organisation(
    sessions: sessionmaker[Session],
    organisation_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Refused while items of its sites are in use or packs of it are bought; all are named."""
    action = AuditAction.ORGANISATION_RETIRED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        organisation = change.get(Organisation, organisation_id, VENDOR)
        check_version(organisation, version)
        Refused.unless_empty(_vendor_blockers(change, organisation))
        organisation.retired_on = now.date()
        change.about(organisation, organisation.name)


def reinstate_organisation(
    sessions: sessionmaker[Session],
    organisation_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    action = AuditAction.ORGANISATION_REINSTATED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        organisation = change.get(Organisation, organisation_id, VENDOR)
        check_version(organisation, version)
        if organisation.merged_into_id is not None:
            raise Refused("It was merged: its records are with the organisation that took over.")
        organisation.retired_on = None
        change.about(organisation, organisation.name)


def retire_site(
    sessions: sessionmaker[Session],
    site_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Refused while an item made there is in use."""
    action = AuditAction.SITE_RETIRED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        site = change.get(Site, site_id, "Site")
        check_version(site, version)
        Refused.unless_empty(_still_made(change, ManufacturerItem.site_id == site.id))
        site.retired_on = now.date()
        change.about(site, f"{site.name}, {site.organisation.name}")


def reinstate_site(
    sessions: sessionmaker[Session],
    site_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    action = AuditAction.SITE_REINSTATED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        site = change.get(Site, site_id, "Site")
        check_version(site, version)
        if site.organisation.retired_on is not None:
            raise Refused(f"{site.organisation.name} is retired; bring it back first.")
        site.retired_on = None
        change.about(site, f"{site.name}, {site.organisation.name}")


def retire_item(
    sessions: sessionmaker[Session],
    item_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Refused while it is approved for a use: that decision is a QA approver's to end."""
    action = AuditAction.ITEM_RETIRED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        item = change.get(ManufacturerItem, item_id, "Item")
        check_version(item, version)
        Refused.unless_empty(_approvals(change, item))
        item.retired_on = now.date()
        change.about(item, item_label(item))


def reinstate_item(
    sessions: sessionmaker[Session],
    item_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    action = AuditAction.ITEM_REINSTATED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        item = change.get(ManufacturerItem, item_id, "Item")
        check_version(item, version)
        if item.site.retired_on is not None:
            raise Refused(f"The site {item.site.name} is retired; bring it back first.")
        item.retired_on = None
        change.about(item, item_label(item))


def _vendor_blockers(change: Change, organisation: Organisation) -> Iterator[str]:
    yield from _still_made(
        change, ManufacturerItem.site.has(Site.organisation_id == organisation.id)
    )
    sold = select(func.count(DistributorItem.id)).where(
        DistributorItem.distributor_id == organisation.id, DistributorItem.retired_on.is_(None)
    )
    count = change.session.scalar(sold) or 0
    if count:
        numbers = "1 of its numbers is" if count == 1 else f"{count} of its numbers are"
        yield f"{numbers} still bought; retire them on the pages of their items first."


def _still_made(change: Change, made_there: ColumnElement[bool]) -> Iterator[str]:
    names = change.session.scalars(
        select(ManufacturerItem.name)
        .where(made_there, ManufacturerItem.retired_on.is_(None))
        .order_by(ManufacturerItem.name)
    ).all()
    if names:
        shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")  # noqa: PLR2004 -- a sentence holds five names
        yield f"Items made there are in use: {shown}. Retire them first."


def _approvals(change: Change, item: ManufacturerItem) -> Iterator[str]:
    uses = change.session.scalars(
        select(Qualification.use_scope).where(
            Qualification.item_id == item.id, Qualification.status.in_(APPROVALS)
        )
    )
    for use in uses:
        yield f"It is approved for {label(use).lower()}; a QA approver has to end that first."
