"""Products, steps, reagents and limits for tests, made by the real services."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.people import Role
from supplier_qc.domain.residuals.kinds import LimitBasis, ReagentClass, StepKind
from supplier_qc.services.residual_drafts import (
    LimitDraft,
    ProductDraft,
    ResidualDraft,
    StepDraft,
)
from supplier_qc.services.residuals import add_product, add_residual, add_step, set_limit
from tests.conftest import NOW, TODAY, actor_of

CYD = actor_of(Role.CMC_WRITER)
_numbers = count(1)
"""Makes names that do not repeat within a run of the tests."""

PRODUCT = ProductDraft(
    name="MSC suspension",
    route="intravenous",
    dose_volume_ml=Decimal(40),
    cells_per_dose=Decimal(80_000_000),
    lowest_patient_weight_kg=Decimal(10),
)
WASH = StepDraft(
    name="Wash",
    kind=StepKind.BATCH_WASH,
    residual_volume_ml=Decimal(20),
    added_volume_ml=Decimal(480),
)
EXCHANGE = StepDraft(
    name="Exchange", kind=StepKind.MEDIUM_EXCHANGE, exchanged_fraction=Decimal("0.8")
)
FILTRATION = StepDraft(
    name="Diafiltration",
    kind=StepKind.DIAFILTRATION,
    diavolumes=Decimal(5),
    sieving=Decimal(1),
)
REAGENT = ResidualDraft(
    name="Gentamicin",
    reagent_class=ReagentClass.ANTIBIOTIC,
    material_id=None,
    start_concentration=Decimal(50),
    start_unit="µg/mL",
    from_position=1,
)
LIMIT = LimitDraft(
    amount=Decimal(50),
    unit="ng/dose",
    basis=LimitBasis.ANALOGY,
    source="A vaccine standard, by analogy",
    mark="V",
    valid_from=TODAY,
)


def make_product(sessions: sessionmaker[Session], *, now: datetime = NOW, **changes: Any) -> int:
    """A product without steps and reagents; `changes` are fields of ProductDraft."""
    draft = replace(PRODUCT, name=f"MSC suspension {next(_numbers)}")
    return add_product(sessions, replace(draft, **changes), actor=CYD, now=now)


def make_step(
    sessions: sessionmaker[Session],
    product_id: int,
    draft: StepDraft = WASH,
    *,
    now: datetime = NOW,
    **changes: Any,
) -> int:
    """A wash of 20 mL with 480 mL unless another draft is given."""
    return add_step(sessions, product_id, replace(draft, **changes), actor=CYD, now=now)


def make_washed_product(sessions: sessionmaker[Session], **changes: Any) -> int:
    """A product whose process is three washes of 20 mL with 480 mL."""
    product_id = make_product(sessions, **changes)
    for number in (1, 2, 3):
        make_step(sessions, product_id, name=f"Wash {number}")
    return product_id


def make_residual(
    sessions: sessionmaker[Session], product_id: int, *, now: datetime = NOW, **changes: Any
) -> int:
    """Gentamicin from 50 µg/mL, not measured; `changes` are fields of ResidualDraft."""
    return add_residual(sessions, product_id, replace(REAGENT, **changes), actor=CYD, now=now)


def make_limit(
    sessions: sessionmaker[Session],
    residual_id: int,
    *,
    valid_from: date = TODAY,
    now: datetime = NOW,
    **changes: Any,
) -> int:
    """50 ng a dose from today on; `changes` are fields of LimitDraft."""
    draft = replace(LIMIT, valid_from=valid_from, **changes)
    return set_limit(sessions, residual_id, draft, reason="Set.", actor=CYD, now=now)
