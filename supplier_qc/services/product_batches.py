"""Batches of a product, recorded with the lots that went into them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.entered_text import (
    compared,
    one_line,
    optional_paragraphs,
    text_problems,
)
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.product_batches import lots_meant, typed_lots
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.persistence.tables import Product, ProductBatch, ProductBatchLot
from supplier_qc.queries.product_batches import known_lots
from supplier_qc.services.transaction import Change, changing, check_version

MOST_LOTS = 300
"""A batch record names some dozens of lots."""


@dataclass(frozen=True, slots=True)
class BatchDraft:
    """`lots` as they are typed: one a line, the manufacturer's lot or our number."""

    product_id: int
    number: str
    use_scope: UseScope
    manufactured_on: date
    lots: str = ""
    note: str | None = None


def record_batch(
    sessions: sessionmaker[Session], draft: BatchDraft, *, actor: Actor, now: datetime
) -> int:
    """Record a batch; returns its number in the database."""
    _check_permission(actor)
    action = AuditAction.PRODUCT_BATCH_RECORDED
    with changing(sessions, action, actor=actor, now=now) as change:
        batch = ProductBatch(recorded_by_id=actor.person_id, recorded_at=now)
        _fill(change, batch, draft)
        change.session.add(batch)
        change.session.flush()  # the number is the audit entry's subject
        change.about(batch, _label(batch))
        return batch.id


def change_batch(
    sessions: sessionmaker[Session],
    batch_id: int,
    draft: BatchDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Correct what is recorded; the audit trail keeps what stood before."""
    _check_permission(actor)
    action = AuditAction.PRODUCT_BATCH_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        batch = change.get(ProductBatch, batch_id, "Batch")
        check_version(batch, version)
        _fill(change, batch, draft)
        batch.version += 1  # the lots are rows of their own and would not count it
        change.about(batch, _label(batch))


def _check_permission(actor: Actor) -> None:
    if actor.person_id is None or not actor.may(Permission.REVIEW_CERTIFICATE):
        raise NotPermitted("Your roles do not include the records of lots and batches.")


def _fill(change: Change, batch: ProductBatch, draft: BatchDraft) -> None:
    typed = typed_lots(draft.lots)
    with change.session.no_autoflush:
        product = change.session.get(Product, draft.product_id)
        lots, unknown = lots_meant(typed, known_lots(change.session, typed))
        problems = [
            *([] if product else ["Choose the product."]),
            *_problems(draft, change.now.date()),
            *_taken(change, batch, draft),
            *unknown,
        ]
    Refused.unless_empty(problems)
    if product is not None:  # refused above
        batch.product = product
    batch.number, batch.use_scope = one_line(draft.number), draft.use_scope
    batch.manufactured_on, batch.note = draft.manufactured_on, optional_paragraphs(draft.note)
    with change.session.no_autoflush:
        kept = [one for one in batch.lots if one.lot_id in lots]
        new = sorted(lots - {one.lot_id for one in kept})
        batch.lots = [*kept, *(ProductBatchLot(lot_id=number) for number in new)]


def _problems(draft: BatchDraft, today: date) -> Iterator[str]:
    yield from text_problems("The number", one_line(draft.number), longest=80, required=True)
    yield from text_problems("The note", draft.note, longest=4_000)
    if len(typed_lots(draft.lots)) > MOST_LOTS:
        yield f"At most {MOST_LOTS} lots are kept with a batch."
    if draft.manufactured_on > today:
        yield f"It cannot have been made on {draft.manufactured_on.isoformat()}, a day to come."


def _taken(change: Change, batch: ProductBatch, draft: BatchDraft) -> Iterator[str]:
    known = select(ProductBatch.id, ProductBatch.number).where(
        ProductBatch.product_id == draft.product_id
    )
    for number, name in change.session.execute(known):
        if number != batch.id and compared(name) == compared(draft.number):
            yield f"Batch {name} of this product is recorded already; change it."


def _label(batch: ProductBatch) -> str:
    return f"{batch.product.name}, batch {batch.number}"
