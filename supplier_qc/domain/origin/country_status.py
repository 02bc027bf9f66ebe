"""The BSE status of the places an animal lived at, on the day of slaughter or collection."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from supplier_qc.domain.origin.facts import OriginComponent, Place
from supplier_qc.domain.origin.reference import (
    Citation,
    CountryListRow,
    CountryStatusRow,
    ReferenceLists,
    citations,
)
from supplier_qc.domain.origin.vocabulary import BseStatus, ListAuthority, words, worst


class PlaceRole(StrEnum):
    BIRTH = "birth"
    REARING = "rearing"
    SLAUGHTER = "slaughter"


_ROLE_WORDS = {
    PlaceRole.BIRTH: "birth",
    PlaceRole.REARING: "rearing",
    PlaceRole.SLAUGHTER: "slaughter or collection",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceStatus:
    """The status of one place; None where it is not known, `reason` then says why."""

    component: str
    role: PlaceRole
    place: Place | None
    status: BseStatus | None
    reason: str
    citations: tuple[Citation, ...] = ()

    def words(self) -> str:
        """As in `country of birth: AU, negligible`."""
        where = "not stated" if self.place is None else place_words(self.place)
        status = "status not known" if self.status is None else self.status.value
        return f"country of {_ROLE_WORDS[self.role]}: {where}, {status}"


def place_words(place: Place) -> str:
    return place.country if place.zone is None else f"{place.country} ({place.zone})"


def place_statuses(
    component: OriginComponent,
    path: str,
    list_authority: ListAuthority,
    lists: ReferenceLists,
    on: date,
) -> tuple[PlaceStatus, ...]:
    """Birth, rearing and slaughter or collection, each judged on the day of the latter."""
    places = (
        (PlaceRole.BIRTH, component.birth),
        (PlaceRole.REARING, component.rearing),
        (PlaceRole.SLAUGHTER, component.slaughter),
    )
    return tuple(
        _place_status(path, role, place, component.collected_on, list_authority, lists, on)
        for role, place in places
    )


def _place_status(
    path: str,
    role: PlaceRole,
    place: Place | None,
    collected_on: date | None,
    list_authority: ListAuthority,
    lists: ReferenceLists,
    on: date,
) -> PlaceStatus:
    def unknown(reason: str) -> PlaceStatus:
        return PlaceStatus(component=path, role=role, place=place, status=None, reason=reason)

    if place is None:
        return unknown(f"The country of {_ROLE_WORDS[role]} is not stated.")
    if collected_on is None:
        return unknown(
            "The date of slaughter or collection is not stated, so the status on that day is not "
            "known."
        )
    if collected_on > on:
        return unknown(
            f"The date of slaughter or collection, {collected_on.isoformat()}, lies after the "
            f"assessment on {on.isoformat()}."
        )
    edition = lists.list_edition(list_authority, collected_on)
    if edition is None:
        return unknown(
            f"No edition of the {words(list_authority)} list that answers for "
            f"{collected_on.isoformat()} is loaded."
        )
    return _listed(path, role, place, edition, lists.country_rows(
        list_authority, place.country, collected_on))  # fmt: skip


def _listed(
    path: str,
    role: PlaceRole,
    place: Place,
    edition: CountryListRow,
    rows: tuple[CountryStatusRow, ...],
) -> PlaceStatus:
    status, deciding = _status_in(place, rows)
    basis = citations(deciding) or (edition.citation,)
    if not deciding:
        whole = " as a whole" if rows else ""
        reason = f"{place_words(place)} is not named{whole} on the {words(edition.authority)} list."
    elif len({row.status for row in rows}) > 1 and place.zone is None:
        reason = (
            f"Rows for {place.country} or its zones differ and no zone is stated; the worst, "
            f"{status.value}, is taken."
        )
    else:
        reason = f"{place_words(place)} is {status.value} on the {words(edition.authority)} list."
    return PlaceStatus(
        component=path, role=role, place=place, status=status, reason=reason, citations=basis
    )


def _status_in(
    place: Place, rows: tuple[CountryStatusRow, ...]
) -> tuple[BseStatus, tuple[CountryStatusRow, ...]]:
    """The worst status that the place may have, and the rows that say so.

    A zone that no row names, or none stated, may be any part of the country: its named zones or
    the rest, which is undetermined where no row names the whole country.
    """
    zone = (place.zone or "").strip().casefold()
    of_zone = tuple(row for row in rows if row.zone and row.zone.casefold() == zone)
    if of_zone:
        return _worst_rows(of_zone)
    if all(row.zone for row in rows):
        return BseStatus.UNDETERMINED, ()
    return _worst_rows(rows)


def _worst_rows(
    rows: tuple[CountryStatusRow, ...],
) -> tuple[BseStatus, tuple[CountryStatusRow, ...]]:
    status = worst(row.status for row in rows)
    return status, tuple(row for row in rows if row.status is status)


def worst_status(places: Iterable[PlaceStatus]) -> BseStatus | None:
    """The worst status; None as soon as one is not known, and where there is no place."""
    statuses = [place.status for place in places]
    known = [status for status in statuses if status is not None]
    return worst(known) if known and len(known) == len(statuses) else None
