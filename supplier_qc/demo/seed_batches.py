"""Two batches of the story's product with the lots that went into them, as events."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from supplier_qc.demo import records
from supplier_qc.demo.packs import USES
from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.lots import Disposition
from supplier_qc.queries.material_costs import list_products
from supplier_qc.queries.product_batches import lot_as_typed
from supplier_qc.services.product_batches import BatchDraft, record_batch

DAYS_AGO = (47, 12)
_DAYS_TO_RELEASE = 5


def events(seeding: Seeding, told: records.Story) -> Iterator[Event]:
    for number, days in enumerate(DAYS_AGO, start=14):
        made_on = seeding.today - timedelta(days=days)
        act = partial(_record, seeding, told, made_on, f"MSC-26-{number:03d}")
        yield Event(made_on, act, hour=15)


def _record(
    seeding: Seeding, told: records.Story, made_on: date, number: str, now: datetime
) -> None:
    """With the latest lot, released by then, of each item that the process names."""
    used = {use.material for use in USES}
    items = {item.key for item in told.items if item.material in used}
    latest: dict[str, records.Lot] = {}
    for lot in sorted(told.lots, key=lambda one: one.received_on):
        by_then = lot.received_on + timedelta(days=_DAYS_TO_RELEASE) <= made_on
        if lot.item in items and lot.disposition is Disposition.RELEASED and by_then:
            latest[lot.item] = lot
    with seeding.installation.reading() as session:
        product_id, _ = list_products(session)[0]
        numbers = [seeding.lots[item, lot.lot_number] for item, lot in sorted(latest.items())]
        lines = [lot_as_typed(session, lot_id) or "" for lot_id in numbers]
    draft = BatchDraft(product_id, number, UseScope.PHASE_1_2, made_on, "\n".join(lines))
    record_batch(seeding.sessions, draft, actor=seeding.actor("ben"), now=now)
