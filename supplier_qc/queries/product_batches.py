"""Batches of products, the lots in them, and the batches that a lot went into."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.product_batches import (
    KnownLot,
    LotInBatch,
    lot_questions,
    lot_words,
    names_asked_for,
)
from supplier_qc.domain.search import search_key
from supplier_qc.persistence.tables import (
    Lot,
    ManufacturerItem,
    MaterialUse,
    Product,
    ProductBatch,
    ProductBatchLot,
    SearchTerm,
)
from supplier_qc.queries.paging import Page, page_of

_LOTS_AT_ONCE = 5_000
"""Parameters of one statement; SQLite takes no more than 32,766 (sqlite.org/limits.html, 9)."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """`doses` are those that a batch of the product gives by its record; None: not recorded."""

    id: int
    version: int
    product_id: int
    product: str
    number: str
    use_scope: UseScope
    manufactured_on: date
    note: str | None
    doses: int | None
    lots: int

    @property
    def words(self) -> str:
        return f"{self.product}, batch {self.number}"


@dataclass(frozen=True, slots=True)
class LotOfBatch:
    """A lot in a batch with everything that speaks against it."""

    lot_id: int
    manufacturer_lot: str
    our_number: str | None
    item_id: int
    item_name: str
    catalogue_number: str
    disposition: Disposition
    expires_on: date | None
    questions: tuple[str, ...]

    @property
    def typed(self) -> str:
        return lot_words(self.catalogue_number, self.manufacturer_lot)


def list_batches(
    session: Session, *, product_id: int | None = None, words: str = "", page: int = 1
) -> Page[BatchRow]:
    """The latest first; two SQL statements."""
    chosen = _batches().order_by(ProductBatch.manufactured_on.desc(), ProductBatch.id.desc())
    if product_id is not None:
        chosen = chosen.where(ProductBatch.product_id == product_id)
    if words:
        chosen = chosen.where(
            or_(
                ProductBatch.number.icontains(words, autoescape=True),
                Product.name.icontains(words, autoescape=True),
            )
        )
    return page_of(session, chosen, lambda row: BatchRow(*row), page, 100)


def get_batch(session: Session, batch_id: int) -> BatchRow | None:
    found = session.execute(_batches().where(ProductBatch.id == batch_id)).one_or_none()
    return None if found is None else BatchRow(*found)


def list_lots_of_batch(session: Session, batch: BatchRow) -> list[LotOfBatch]:
    """By item and lot; two SQL statements."""
    named = set(
        session.scalars(
            select(MaterialUse.material_id).where(MaterialUse.product_id == batch.product_id)
        )
    )
    found = session.execute(
        select(Lot, ManufacturerItem)
        .join(ProductBatchLot, ProductBatchLot.lot_id == Lot.id)
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .where(ProductBatchLot.batch_id == batch.id)
        .order_by(ManufacturerItem.name, Lot.manufacturer_lot, Lot.id)
    )
    return [_lot_row(lot, item, named, batch.manufactured_on) for lot, item in found]


def batches_of_lots(session: Session, lot_ids: Collection[int]) -> Mapping[int, Sequence[BatchRow]]:
    """The batches that each lot went into, the latest first; a statement for 5,000 lots."""
    by_lot: dict[int, list[BatchRow]] = defaultdict(list)
    numbers = sorted(lot_ids)
    for start in range(0, len(numbers), _LOTS_AT_ONCE):
        found = session.execute(
            _batches()
            .add_columns(ProductBatchLot.lot_id)
            .join(ProductBatchLot, ProductBatchLot.batch_id == ProductBatch.id)
            .where(ProductBatchLot.lot_id.in_(numbers[start : start + _LOTS_AT_ONCE]))
            .order_by(ProductBatch.manufactured_on.desc(), ProductBatch.id.desc())
        )
        for *row, lot_id in found:
            by_lot[lot_id].append(BatchRow(*row))
    return by_lot


def batches_with_lots(session: Session, lot_ids: Collection[int]) -> list[BatchRow]:
    """Every batch that one of the lots went into, once, the latest first."""
    by_lot = batches_of_lots(session, lot_ids)
    found = {batch.id: batch for batches in by_lot.values() for batch in batches}
    return sorted(found.values(), key=lambda one: (one.manufactured_on, one.id), reverse=True)


def lot_as_typed(session: Session, lot_id: int) -> str | None:
    """The lot as a line that means it alone."""
    found = session.execute(
        select(ManufacturerItem.catalogue_number, Lot.manufacturer_lot)
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .where(Lot.id == lot_id)
    ).one_or_none()
    return None if found is None else lot_words(*found)


def known_lots(session: Session, typed: Sequence[str]) -> list[KnownLot]:
    """The lots that the lines may mean; spaces, dashes and case set nothing apart."""
    keys = {search_key(name) for name in names_asked_for(typed)}
    named = select(SearchTerm.subject_id).where(
        SearchTerm.subject_type == Lot.__tablename__, SearchTerm.key.in_(sorted(keys))
    )
    found = session.execute(
        select(
            Lot.id,
            Lot.manufacturer_lot,
            Lot.internal_number,
            ManufacturerItem.catalogue_number,
            ManufacturerItem.name,
        )
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .where(Lot.id.in_(named))
        .order_by(Lot.id)
    )
    return [KnownLot(*row) for row in found]


def _batches() -> Select[*tuple[Any, ...]]:
    lots = (
        select(func.count())
        .where(ProductBatchLot.batch_id == ProductBatch.id)
        .correlate(ProductBatch)
        .scalar_subquery()
    )
    return select(
        ProductBatch.id,
        ProductBatch.version,
        Product.id,
        Product.name,
        ProductBatch.number,
        ProductBatch.use_scope,
        ProductBatch.manufactured_on,
        ProductBatch.note,
        Product.doses_per_batch,
        lots,
    ).join(Product, Product.id == ProductBatch.product_id)


def _lot_row(
    lot: Lot, item: ManufacturerItem, named: Collection[int], manufactured_on: date
) -> LotOfBatch:
    facts = LotInBatch(lot.disposition, lot.expires_on, item.material_id in named)
    return LotOfBatch(
        lot_id=lot.id,
        manufacturer_lot=lot.manufacturer_lot,
        our_number=lot.internal_number,
        item_id=item.id,
        item_name=item.name,
        catalogue_number=item.catalogue_number,
        disposition=lot.disposition,
        expires_on=lot.expires_on,
        questions=lot_questions(facts, manufactured_on),
    )
