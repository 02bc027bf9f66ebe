"""Distributors' numbers, uses and culture tests of the story, as events."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from supplier_qc.demo import records
from supplier_qc.demo.packs import CULTURE_TESTS, PACKS, USES
from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.queries.material_costs import list_products
from supplier_qc.services.distributor_items import DistributorItemDraft, add_distributor_item
from supplier_qc.services.material_uses import MaterialUseDraft, add_material_use
from supplier_qc.services.media_suitability import SuitabilityDraft, add_suitability


def events(seeding: Seeding, begun_on: date) -> Iterator[Event]:
    """After the product, whose batches the uses are of."""
    for pack in PACKS:
        yield Event(begun_on + timedelta(days=41), partial(_add_pack, seeding, pack))
    for use in USES:
        yield Event(begun_on + timedelta(days=42), partial(_add_use, seeding, use))
    for test in CULTURE_TESTS:
        yield Event(begun_on + timedelta(days=50), partial(_add_test, seeding, test))


def _add_pack(seeding: Seeding, pack: records.Pack, now: datetime) -> None:
    draft = DistributorItemDraft(
        distributor_id=seeding.organisations[pack.seller],
        sku=pack.sku,
        pack_quantity=Decimal(pack.quantity),
        pack_unit=pack.unit,
        price=Decimal(pack.price) if pack.price else None,
        currency=pack.currency,
        priced_on=now.date() if pack.price else None,
        lead_time_days=pack.lead_time_days,
    )
    item_id = seeding.items[pack.item]
    add_distributor_item(seeding.sessions, item_id, draft, actor=seeding.actor("ana"), now=now)


def _add_use(seeding: Seeding, use: records.MaterialUse, now: datetime) -> None:
    with seeding.installation.reading() as session:
        product_id, _ = list_products(session)[0]
    draft = MaterialUseDraft(product_id, use.process_step, Decimal(use.amount), use.unit)
    material_id = seeding.materials[use.material]
    add_material_use(seeding.sessions, material_id, draft, actor=seeding.actor("ana"), now=now)


def _add_test(seeding: Seeding, test: records.CultureTest, now: datetime) -> None:
    draft = SuitabilityDraft(
        tissue=test.tissue,
        process=test.process,
        result=test.result,
        tested_on=now.date(),
        report=test.report,
        note=test.note,
    )
    item_id = seeding.items[test.item]
    add_suitability(seeding.sessions, item_id, draft, actor=seeding.actor("ben"), now=now)
