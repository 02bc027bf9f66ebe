"""What distributors sell and where materials are used, made by the real services."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import OrganisationRole
from supplier_qc.domain.people import Role
from supplier_qc.services.distributor_items import DistributorItemDraft, add_distributor_item
from supplier_qc.services.material_uses import MaterialUseDraft, add_material_use
from supplier_qc.services.residual_drafts import ProductDraft
from supplier_qc.services.residuals import add_product
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_item, make_material, make_vendor

_numbers = count(1)


def make_distributor(sessions: sessionmaker[Session], **changes: Any) -> int:
    name = f"Harbour Supplies {next(_numbers)}"
    roles = frozenset({OrganisationRole.DISTRIBUTOR})
    return make_vendor(sessions, **({"name": name, "roles": roles} | changes))


def make_pack(
    sessions: sessionmaker[Session],
    item_id: int | None = None,
    *,
    now: datetime = NOW,
    **changes: Any,
) -> int:
    """A distributor's number of the item (a new one unless given), 500 mL at 240 EUR."""
    seller = changes.pop("distributor_id", None)
    draft = DistributorItemDraft(
        distributor_id=make_distributor(sessions) if seller is None else seller,
        sku=f"0{next(_numbers):05d}",
        pack_quantity=Decimal(500),
        pack_unit="mL",
        price=Decimal(240),
        currency="EUR",
        priced_on=TODAY,
        lead_time_days=28,
    )
    item = make_item(sessions) if item_id is None else item_id
    actor = actor_of(Role.PROCUREMENT)
    return add_distributor_item(sessions, item, replace(draft, **changes), actor=actor, now=now)


def make_product_of_doses(sessions: sessionmaker[Session], doses: int | None = 10) -> int:
    draft = ProductDraft(
        name=f"MSC {next(_numbers)}",
        route="intravenous",
        dose_volume_ml=Decimal(50),
        cells_per_dose=Decimal(80_000_000),
        lowest_patient_weight_kg=Decimal(40),
        doses_per_batch=doses,
    )
    return add_product(sessions, draft, actor=actor_of(Role.CMC_WRITER), now=NOW)


def make_use(
    sessions: sessionmaker[Session], material_id: int | None = None, **changes: Any
) -> int:
    """750 mL of the material (a new one unless given) in a batch of ten doses."""
    product = changes.pop("product_id", None)
    draft = MaterialUseDraft(
        product_id=make_product_of_doses(sessions) if product is None else product,
        process_step="Expansion, passage 2",
        amount_per_batch=Decimal(750),
        unit="mL",
    )
    material = make_material(sessions) if material_id is None else material_id
    actor = actor_of(Role.PROCUREMENT)
    return add_material_use(sessions, material, replace(draft, **changes), actor=actor, now=NOW)
