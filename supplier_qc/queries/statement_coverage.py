"""What a statement of origin covers of our catalogue, and what still stops its confirmation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from supplier_qc.domain.certificates import DECIDED, ClaimState
from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.origin.statement_papers import DATES, StatementFact, fact_label
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.origin_statements import (
    OriginStatement,
    OriginStatementField,
)
from supplier_qc.persistence.tables.parties import Organisation, Site


@dataclass(frozen=True, slots=True)
class CoverageProposal:
    """The vendor, and its items that the paper names; for each whether it names the site."""

    vendor_id: int | None
    items: Mapping[int, bool | None]


def standing_values(
    fields: Sequence[OriginStatementField], *, with_proposed: bool = False
) -> list[tuple[StatementFact, str]]:
    """The values that people decided on; before the decision those proposed, where asked for."""
    wanted = DECIDED | {ClaimState.PROPOSED} if with_proposed else DECIDED
    return [(one.fact, one.value) for one in fields if one.state in wanted and one.value]


def is_open(field: OriginStatementField) -> bool:
    """Whether a person still has to decide on what was read."""
    return field.state is ClaimState.PROPOSED and field.literal is not None


def blockers_of(statement: OriginStatement) -> Iterator[str]:
    """What has to be done before the paper can stand as evidence."""
    unread = [one for one in statement.fields if is_open(one)]
    if unread:
        names = ", ".join(dict.fromkeys(fact_label(one.fact).lower() for one in unread))
        count = f"{len(unread)} value" + ("" if len(unread) == 1 else "s")
        yield f"Decide on {count} that {'was' if len(unread) == 1 else 'were'} read: {names}."
    if statement.organisation_id is None:
        yield "Choose the vendor whose paper it is."
    values = standing_values(statement.fields)
    covers_all = any(fact is StatementFact.ALL_PRODUCTS for fact, _ in values)
    if not statement.items and not covers_all:
        yield "Choose the items that it covers, or enter that it covers all products."
    yield from _days_in_order(dict(values))


def _days_in_order(said: Mapping[StatementFact, str]) -> Iterator[str]:
    days = {fact: date.fromisoformat(said[fact]) for fact in DATES if fact in said}
    for first, last in (
        (StatementFact.ISSUED_ON, StatementFact.VALID_UNTIL),
        (StatementFact.CEP_VALID_FROM, StatementFact.CEP_VALID_UNTIL),
    ):
        if first in days and last in days and days[last] < days[first]:
            yield (
                f"{fact_label(last)} {days[last].isoformat()} lies before "
                f"{fact_label(first).lower()} {days[first].isoformat()}."
            )


def proposed_coverage(
    session: Session, fields: Sequence[OriginStatementField], item_id: int | None
) -> CoverageProposal:
    """By catalogue numbers, else by the issuer's name; `item_id` is what the reader proposed."""
    values = standing_values(fields, with_proposed=True)
    number = StatementFact.CATALOGUE_NUMBER
    numbers = {number_key(value) for fact, value in values if fact is number}
    items = session.scalars(
        select(ManufacturerItem).options(
            joinedload(ManufacturerItem.site).joinedload(Site.organisation)
        )
    ).all()
    named = [item for item in items if number_key(item.catalogue_number) in numbers]
    vendors = {item.site.organisation_id for item in named}
    if len(vendors) > 1:
        return CoverageProposal(None, {})
    if not vendors:
        vendors = _vendors_named(session, values)
        vendors |= {item.site.organisation_id for item in items if item.id == item_id}
    vendor_id = vendors.pop() if len(vendors) == 1 else None
    return CoverageProposal(vendor_id, {item.id: names_site(item.site, values) for item in named})


def _vendors_named(session: Session, values: Sequence[tuple[StatementFact, str]]) -> set[int]:
    issuers = [folded(value) for fact, value in values if fact is StatementFact.ISSUER]
    found = session.execute(select(Organisation.id, Organisation.name))
    return {
        number
        for number, name in found
        if any(folded(name) in issuer or issuer in folded(name) for issuer in issuers)
    }


def names_site(site: Site, values: Sequence[tuple[StatementFact, str]]) -> bool | None:
    """True where the paper's sites hold our site's name or the place; None for a person."""
    said = [folded(value) for fact, value in values if fact is StatementFact.SITE]
    places = [folded(site.name), *(folded(part) for part in re.split(r"[,\n]", site.address))]
    telling = [place for place in places if len(place) > 3 and not place[:1].isdigit()]  # noqa: PLR2004 -- shorter ones name no place
    return True if any(place in value for place in telling for value in said) else None


def number_key(number: str) -> str:
    """The number without signs that are left out as often as not."""
    return re.sub(r"[^0-9a-z]", "", number.casefold())
