"""The plan, counts of stock, and what items are as sources, as events. All figures are invented."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.domain.supply.sources import Comparability
from supplier_qc.queries.material_costs import list_products
from supplier_qc.services.supply import (
    ItemSupplyDraft,
    PlanDraft,
    StockCountDraft,
    count_stock,
    plan_production,
    record_item_supply,
)

STOCK = (
    ("lysate", "9.5", "L"),
    ("medium", "320", "L"),
    ("protease", "2400", "mL"),
    ("dmso", "350", "mL"),
    ("albumin", "1.2", "L"),
)
SOURCES = (
    ("protease", Comparability.REFERENCE, None, None),
    (
        "protease-second",
        Comparability.PLANNED,
        "PD-031, plan of a comparison over three harvests",
        "Amendment of section 3.2.S.2.3 before use in the trial",
    ),
)


def events(seeding: Seeding) -> Iterator[Event]:
    """Shortly before the story ends, so that the counts still hold."""
    yield Event(seeding.today - timedelta(days=20), partial(_plan, seeding))
    for material, quantity, unit in STOCK:
        count = partial(_count, seeding, material, quantity, unit)
        yield Event(seeding.today - timedelta(days=12), count)
    for source in SOURCES:
        yield Event(seeding.today - timedelta(days=11), partial(_record, seeding, *source))


def _plan(seeding: Seeding, now: datetime) -> None:
    with seeding.installation.reading() as session:
        product_id, _ = list_products(session)[0]
    draft = PlanDraft(Decimal(2), now.date(), "Campaign plan, version 1")
    plan_production(seeding.sessions, product_id, draft, actor=seeding.actor("ana"), now=now)


def _count(seeding: Seeding, material: str, quantity: str, unit: str, now: datetime) -> None:
    draft = StockCountDraft(Decimal(quantity), unit, now.date())
    number = seeding.materials[material]
    count_stock(seeding.sessions, number, draft, actor=seeding.actor("ana"), now=now)


def _record(
    seeding: Seeding,
    item: str,
    comparability: Comparability,
    document: str | None,
    filing: str | None,
    now: datetime,
) -> None:
    draft = ItemSupplyDraft(
        comparability=comparability, comparability_document=document, filing_needed=filing
    )
    record_item_supply(
        seeding.sessions,
        seeding.items[item],
        draft,
        version=0,
        reason="First record of what the item is as a source.",
        actor=seeding.actor("ana"),
        now=now,
    )
