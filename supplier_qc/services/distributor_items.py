"""What distributors sell: their number, the pack, its price and its lead time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import OrganisationRole
from supplier_qc.domain.currencies import CURRENCIES
from supplier_qc.domain.entered_text import compared, one_line, text_problems
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.tables import DistributorItem, ManufacturerItem, Organisation
from supplier_qc.services.transaction import Change, changing, check_version

LONGEST_LEAD_TIME_DAYS = 3_650
MOST = Decimal(1_000_000_000)
"""Above this an amount or a price is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class DistributorItemDraft:
    """`sku` is the distributor's number; price, currency and day stand together or not at all."""

    distributor_id: int
    sku: str
    pack_quantity: Decimal
    pack_unit: str
    price: Decimal | None = None
    currency: str | None = None
    priced_on: date | None = None
    lead_time_days: int | None = None


def add_distributor_item(
    sessions: sessionmaker[Session],
    item_id: int,
    draft: DistributorItemDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    with changing(sessions, AuditAction.SKU_ADDED, actor=actor, now=now) as change:
        record = DistributorItem(item=change.get(ManufacturerItem, item_id, "Item"))
        with change.session.no_autoflush:
            _fill(change, record, draft)
        change.session.add(record)
        change.session.flush()  # the number is the audit entry's subject
        change.about(record, _label(record))
        return record.id


def change_distributor_item(
    sessions: sessionmaker[Session],
    distributor_item_id: int,
    draft: DistributorItemDraft,
    *,
    is_retired: bool,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Change a pack, its price or its lead time; a retired one stays readable."""
    with changing(sessions, AuditAction.SKU_CHANGED, actor=actor, now=now, reason=reason) as change:
        record = change.get(DistributorItem, distributor_item_id, "Distributor's number")
        check_version(record, version)
        with change.session.no_autoflush:
            _fill(change, record, draft)
        if is_retired != (record.retired_on is not None):
            record.retired_on = now.date() if is_retired else None
        change.about(record, _label(record))


def pack_problems(draft: DistributorItemDraft, today: date) -> Iterator[str]:
    """Why the pack, the price or the lead time cannot be kept."""
    yield from text_problems(
        "The distributor's number", one_line(draft.sku), longest=60, required=True
    )
    yield from text_problems("The unit", one_line(draft.pack_unit), longest=40, required=True)
    if not 0 < draft.pack_quantity <= MOST:
        yield "The pack holds more than nothing, and at most 1,000,000,000 of its unit."
    yield from _price_problems(draft, today)
    lead_time = draft.lead_time_days
    if lead_time is not None and not 0 <= lead_time <= LONGEST_LEAD_TIME_DAYS:
        yield f"The lead time is between 0 and {LONGEST_LEAD_TIME_DAYS} days."


def _price_problems(draft: DistributorItemDraft, today: date) -> Iterator[str]:
    given = (draft.price is not None, bool(draft.currency), draft.priced_on is not None)
    if any(given) and not all(given):
        yield "A price needs its currency and its day; give all three or none."
    if draft.price is not None and not 0 <= draft.price <= MOST:
        yield "The price is between 0 and 1,000,000,000."
    if draft.currency and draft.currency not in CURRENCIES:
        yield f"“{draft.currency}” is not a currency of ISO 4217, such as EUR, USD or SEK."
    if draft.priced_on is not None and draft.priced_on > today:
        yield f"The day of the price, {draft.priced_on.isoformat()}, is still to come."


def _fill(change: Change, record: DistributorItem, draft: DistributorItemDraft) -> None:
    distributor = change.session.get(Organisation, draft.distributor_id)
    problems = [
        *_distributor_problems(distributor),
        *pack_problems(draft, change.now.date()),
        *_taken_number(change, record.id, draft),
    ]
    Refused.unless_empty(problems)
    if distributor is not None:  # refused above
        record.distributor = distributor
    record.sku = one_line(draft.sku)
    record.pack_quantity, record.pack_unit = draft.pack_quantity, one_line(draft.pack_unit)
    record.price, record.currency = draft.price, draft.currency or None
    record.priced_on, record.lead_time_days = draft.priced_on, draft.lead_time_days


def _distributor_problems(distributor: Organisation | None) -> Iterator[str]:
    if distributor is None:
        yield "Choose who sells it."
    elif not SELLERS & {held.role for held in distributor.roles}:
        yield (
            f"{distributor.name} sells nothing: it holds neither the role distributor nor "
            "manufacturer nor blood establishment. Change its roles first."
        )


SELLERS = frozenset(
    {
        OrganisationRole.DISTRIBUTOR,
        OrganisationRole.MANUFACTURER,
        OrganisationRole.BLOOD_ESTABLISHMENT,
    }
)
"""Makers sell their own items too, under a number of their own or the catalogue number."""


def _taken_number(change: Change, own_id: int | None, draft: DistributorItemDraft) -> Iterator[str]:
    """Numbers of one distributor are one when they differ in case and spaces alone."""
    known = select(DistributorItem).where(DistributorItem.distributor_id == draft.distributor_id)
    for other in change.session.scalars(known):
        if other.id != own_id and compared(other.sku) == compared(draft.sku):
            yield f"This distributor's number {other.sku} is {other.item.name} already."


def _label(record: DistributorItem) -> str:
    return f"{record.sku} of {record.distributor.name}, {record.item.name}"
