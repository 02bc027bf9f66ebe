"""Vendors that may be one and the same, and what a merger would move."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supplier_qc.domain.duplicate_parties import (
    Likeness,
    NamedParty,
    possible_duplicates,
    similar_to,
)
from supplier_qc.domain.entered_text import compared
from supplier_qc.persistence.tables import (
    Contact,
    DistributorItem,
    Evidence,
    ManufacturerItem,
    Organisation,
    OrganisationAlias,
    Site,
)
from supplier_qc.queries.vendors import letterheads


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A vendor whose name, or another name of it, is like the one that was typed."""

    id: int
    name: str
    alike: str
    percent: int


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    left_id: int
    left_name: str
    right_id: int
    right_name: str
    one: str
    other: str
    percent: int


@dataclass(frozen=True, slots=True)
class SiteClash:
    """A site of the merged vendor whose name the kept one has too."""

    site_id: int
    name: str
    address: str
    country: str
    kept_address: str
    kept_country: str


@dataclass(frozen=True, slots=True)
class Moving:
    """What a merger moves: counts by kind, and the sites that need a choice."""

    counts: tuple[tuple[str, int], ...]
    clashes: tuple[SiteClash, ...]


def list_similar(session: Session, name: str, *, except_id: int | None = None) -> list[SimilarRow]:
    parties = [party for party in _parties(session) if party.id != except_id]
    names = {party.id: party.names[0] for party in parties}
    return [
        SimilarRow(near.right_id, names[near.right_id], near.other, round(near.percent))
        for near in similar_to(name, parties)
    ]


def list_duplicates(session: Session) -> list[DuplicateRow]:
    parties = _parties(session)
    names = {party.id: party.names[0] for party in parties}
    return [_duplicate(near, names) for near in possible_duplicates(parties)]


def list_merge_targets(session: Session, organisation_id: int) -> list[tuple[int, str]]:
    """Number and name of every other vendor that is in use, by name."""
    found = session.execute(
        select(Organisation.id, Organisation.name)
        .where(Organisation.id != organisation_id, Organisation.retired_on.is_(None))
        .order_by(func.lower(Organisation.name))
    )
    return [(number, name) for number, name in found]


def what_moves(session: Session, merged_id: int, kept_id: int) -> Moving:
    sites = session.scalars(
        select(Site).where(Site.organisation_id.in_([merged_id, kept_id]))
    ).all()
    kept = {compared(site.name): site for site in sites if site.organisation_id == kept_id}
    clashes = tuple(
        SiteClash(
            site.id, site.name, site.address, site.country, namesake.address, namesake.country
        )
        for site in sites
        if site.organisation_id == merged_id
        and (namesake := kept.get(compared(site.name))) is not None
    )
    return Moving(_counts(session, merged_id), clashes)


def _counts(session: Session, organisation_id: int) -> tuple[tuple[str, int], ...]:
    made_there = ManufacturerItem.site.has(Site.organisation_id == organisation_id)
    counted = {
        "Sites": select(func.count(Site.id)).where(Site.organisation_id == organisation_id),
        "Items made there": select(func.count(ManufacturerItem.id)).where(made_there),
        "Numbers sold under": select(func.count(DistributorItem.id)).where(
            DistributorItem.distributor_id == organisation_id
        ),
        "Contacts": select(func.count(Contact.id)).where(
            Contact.organisation_id == organisation_id
        ),
        "Papers": select(func.count(Evidence.id)).where(
            Evidence.organisation_id == organisation_id
        ),
    }
    found = session.execute(
        select(*(query.scalar_subquery().label(name) for name, query in counted.items()))
    ).one()
    return tuple(zip(counted, found, strict=True))


def _parties(session: Session) -> list[NamedParty]:
    """Every vendor that is not merged away, with all its names; the first is its own."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for number, alias in session.execute(
        select(OrganisationAlias.organisation_id, OrganisationAlias.name).order_by(
            OrganisationAlias.name
        )
    ):
        aliases[number].append(alias)
    found = session.execute(
        select(Organisation.id, Organisation.name)
        .where(Organisation.merged_into_id.is_(None))
        .order_by(Organisation.id)
    )
    printed = letterheads(session)
    return [
        NamedParty(number, (name, *aliases[number], *printed.get(number, ())))
        for number, name in found
    ]


def _duplicate(near: Likeness, names: dict[int, str]) -> DuplicateRow:
    return DuplicateRow(
        near.left_id,
        names[near.left_id],
        near.right_id,
        names[near.right_id],
        near.one,
        near.other,
        round(near.percent),
    )
