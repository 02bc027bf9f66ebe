"""Counts of stock, plans of production, and what an item is worth as a source beside others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import (
    one_line,
    optional_line,
    optional_paragraphs,
    paragraphs,
    text_problems,
)
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import ChangedMeanwhile, Refused
from supplier_qc.domain.supply.sources import Comparability
from supplier_qc.persistence.tables import (
    ItemSupply,
    Lot,
    ManufacturerItem,
    Material,
    Product,
    ProductionPlanRow,
    Site,
    StockCountRow,
)
from supplier_qc.services.materials import item_label, material_label
from supplier_qc.services.transaction import Change, changing

MOST_QUANTITY = Decimal(1_000_000_000)
MOST_BATCHES_A_MONTH = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class StockCountDraft:
    """What was found on `counted_on`; without `lot_id` it is the material as a whole."""

    quantity: Decimal
    unit: str
    counted_on: date
    lot_id: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """Batches a month from `valid_from` on; `basis` names the plan they stand in."""

    batches_a_month: Decimal
    valid_from: date
    basis: str


@dataclass(frozen=True, slots=True)
class ItemSupplyDraft:
    """`upstream_site_id` is the plant that makes the item, where the label names another site."""

    upstream_site_id: int | None = None
    comparability: Comparability | None = None
    comparability_document: str | None = None
    filing_needed: str | None = None


def count_stock(
    sessions: sessionmaker[Session],
    material_id: int,
    draft: StockCountDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Add a count; returns its number. A wrong one is put right by counting again."""
    with changing(sessions, AuditAction.STOCK_COUNTED, actor=actor, now=now) as change:
        material = change.get(Material, material_id, "Material")
        unit, note = one_line(draft.unit), optional_paragraphs(draft.note)
        Refused.unless_empty(
            [
                *_quantity_problems(draft.quantity),
                *text_problems("The unit", unit, longest=40, required=True),
                *text_problems("The note", note, longest=2_000),
                *_day_problems(draft.counted_on, now.date()),
                *_foreign_lot(change, material_id, draft.lot_id),
            ]
        )
        added = StockCountRow(
            material=material,
            lot_id=draft.lot_id,
            quantity=draft.quantity,
            unit=unit,
            counted_on=draft.counted_on,
            note=note,
            recorded_by_id=actor.person_id,
            recorded_at=now,
        )
        change.session.add(added)
        change.session.flush()  # the number is the audit entry's subject
        change.about(added, f"{material_label(material)}, counted on {draft.counted_on}")
        return added.id


def plan_production(
    sessions: sessionmaker[Session],
    product_id: int,
    draft: PlanDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Add a plan, which takes over from the one before on its first day; returns its number."""
    with changing(sessions, AuditAction.PRODUCTION_PLANNED, actor=actor, now=now) as change:
        product = change.get(Product, product_id, "Product")
        basis = paragraphs(draft.basis)
        Refused.unless_empty(
            [
                *_batch_problems(draft.batches_a_month),
                *text_problems("The basis", basis, longest=2_000, required=True),
                *(
                    ["A plan cannot begin on a day that has passed."]
                    if draft.valid_from < now.date()
                    else []
                ),
            ]
        )
        added = ProductionPlanRow(
            product=product,
            batches_a_month=draft.batches_a_month,
            valid_from=draft.valid_from,
            basis=basis,
            recorded_by_id=actor.person_id,
            recorded_at=now,
        )
        change.session.add(added)
        change.session.flush()  # the number is the audit entry's subject
        change.about(added, f"{product.name} from {draft.valid_from}")
        return added.id


def record_item_supply(
    sessions: sessionmaker[Session],
    item_id: int,
    draft: ItemSupplyDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Record or change what an item is as a source; `version` 0 where nothing was on file."""
    action = AuditAction.ITEM_SUPPLY_RECORDED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        item = change.get(ManufacturerItem, item_id, "Item")
        record = change.session.scalar(select(ItemSupply).where(ItemSupply.item_id == item_id))
        if (record.version if record else 0) != version:
            raise ChangedMeanwhile
        document = optional_line(draft.comparability_document)
        filing = optional_paragraphs(draft.filing_needed)
        Refused.unless_empty(
            [
                *_upstream_problems(change, item, draft.upstream_site_id),
                *text_problems("The document", document, longest=300),
                *text_problems("What has to be filed", filing, longest=2_000),
                *(
                    ["Name the report that shows the comparability."]
                    if draft.comparability is Comparability.DONE and document is None
                    else []
                ),
            ]
        )
        record = record or ItemSupply(item_id=item_id)
        record.upstream_site_id = draft.upstream_site_id
        record.comparability, record.comparability_document = draft.comparability, document
        record.filing_needed = filing
        change.session.add(record)
        change.session.flush()  # the number is the audit entry's subject
        change.about(record, item_label(item))
        return record.id


def _quantity_problems(quantity: Decimal) -> Iterator[str]:
    if not 0 <= quantity <= MOST_QUANTITY:
        yield f"The quantity lies between 0 and {MOST_QUANTITY}."


def _batch_problems(batches: Decimal) -> Iterator[str]:
    if not 0 <= batches <= MOST_BATCHES_A_MONTH:
        yield f"The batches a month lie between 0 and {MOST_BATCHES_A_MONTH}."


def _day_problems(counted_on: date, today: date) -> Iterator[str]:
    if counted_on > today:
        yield "Stock cannot be counted on a day that is still to come."


def _foreign_lot(change: Change, material_id: int, lot_id: int | None) -> Iterator[str]:
    if lot_id is None:
        return
    lot = change.session.get(Lot, lot_id)
    if lot is None or lot.item.material_id != material_id:
        yield "The lot is none of this material."


def _upstream_problems(
    change: Change, item: ManufacturerItem, site_id: int | None
) -> Iterator[str]:
    if site_id is None:
        return
    if change.session.get(Site, site_id) is None:
        yield "Choose the plant from the list."
    if site_id == item.site_id:
        yield "That is the site on the label already; leave the plant blank."
