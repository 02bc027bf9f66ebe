"""The product of the story, its process and its residual reagents, as events."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from supplier_qc.demo import records
from supplier_qc.demo.packs import DOSES_PER_BATCH
from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.domain.residuals.kinds import ReagentClass
from supplier_qc.services.residual_drafts import (
    LimitDraft,
    ProductDraft,
    ResidualDraft,
    StepDraft,
)
from supplier_qc.services.residuals import add_product, add_residual, add_step, set_limit


def events(seeding: Seeding, story: records.Story, begun_on: date) -> Iterator[Event]:
    yield Event(begun_on + timedelta(days=40), partial(_add_product, seeding, story.product))


def _add_product(seeding: Seeding, product: records.Product, now: datetime) -> None:
    cyd = seeding.actor("cyd")
    draft = ProductDraft(
        name=product.name,
        route=product.route,
        dose_volume_ml=Decimal(product.dose_volume_ml),
        cells_per_dose=Decimal(product.cells_per_dose),
        lowest_patient_weight_kg=Decimal(product.lowest_patient_weight_kg),
        doses_per_batch=DOSES_PER_BATCH,
    )
    number = add_product(seeding.sessions, draft, actor=cyd, now=now)
    for step in product.steps:
        add_step(seeding.sessions, number, _step(step), actor=cyd, now=now)
    for residual in product.residuals:
        _add_residual(seeding, number, residual, now)


def _step(step: records.ProcessStep) -> StepDraft:
    return StepDraft(
        name=step.name,
        kind=step.kind,
        residual_volume_ml=_decimal(step.residual_volume_ml),
        added_volume_ml=_decimal(step.added_volume_ml),
        exchanged_fraction=_decimal(step.exchanged_fraction),
    )


def _add_residual(
    seeding: Seeding, product_id: int, residual: records.ResidualReagent, now: datetime
) -> None:
    cyd, measured, limit = seeding.actor("cyd"), residual.measured, residual.limit
    draft = ResidualDraft(
        name=residual.name,
        reagent_class=ReagentClass(residual.reagent_class),
        material_id=seeding.materials[residual.material],
        start_concentration=Decimal(residual.start_concentration),
        start_unit=residual.start_unit,
        from_position=residual.from_position,
        measured=measured.raw if measured else None,
        measured_unit=measured.unit if measured else None,
        measured_method=measured.method if measured else None,
        loq=Decimal(measured.loq) if measured else None,
    )
    number = add_residual(seeding.sessions, product_id, draft, actor=cyd, now=now)
    if limit is not None:
        limit_draft = LimitDraft(
            amount=Decimal(limit.amount),
            unit=limit.unit,
            basis=limit.basis,
            source=limit.source,
            mark=limit.mark,
            valid_from=now.date(),
        )
        reason = "First limit; its basis is stated beside it."
        set_limit(seeding.sessions, number, limit_draft, reason=reason, actor=cyd, now=now)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
