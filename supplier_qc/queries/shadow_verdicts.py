"""Lots on file as they would stand under another version of their item's specification."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.lot_standing import StandingResult
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.shadow_verdicts import ShadowVerdict, shadow_verdict
from supplier_qc.persistence.tables.lots import Lot, LotResult
from supplier_qc.queries.limit_lines import lines_by_specification


@dataclass(frozen=True, slots=True)
class ShadowRow:
    """A lot that would read otherwise; its stored results and its disposition stay."""

    lot_id: int
    lot_number: str
    disposition: Disposition
    verdict: ShadowVerdict


@dataclass(frozen=True, slots=True)
class ShadowReport:
    lots: int
    rows: tuple[ShadowRow, ...]

    @property
    def unchanged(self) -> int:
        return self.lots - len(self.rows)

    @property
    def released(self) -> int:
        """Released lots that would read otherwise."""
        return sum(row.disposition is Disposition.RELEASED for row in self.rows)


def get_shadow_report(session: Session, specification_id: int, item_id: int) -> ShadowReport:
    """Every lot of the item by its own version and by this one; four statements."""
    lots = session.scalars(
        select(Lot).where(Lot.item_id == item_id).order_by(Lot.manufactured_on, Lot.id)
    ).all()
    results = _results(session, item_id)
    lines = lines_by_specification(
        session, [specification_id, *(lot.specification_id for lot in lots)]
    )
    after = lines[specification_id]
    rows = []
    for lot in lots:
        before = lines.get(lot.specification_id or 0, ())
        verdict = shadow_verdict(before, after, results[lot.id])
        if verdict.changes:
            rows.append(ShadowRow(lot.id, lot.manufacturer_lot, lot.disposition, verdict))
    return ShadowReport(len(lots), tuple(rows))


def _results(session: Session, item_id: int) -> dict[int, list[StandingResult]]:
    found: dict[int, list[StandingResult]] = defaultdict(list)
    for one in session.scalars(
        select(LotResult)
        .join(Lot, Lot.id == LotResult.lot_id)
        .where(Lot.item_id == item_id, LotResult.withdrawn_at.is_(None))
        .order_by(LotResult.id)
    ):
        standing = StandingResult(one.id, one.attribute, one.source, one.result, one.unit)
        found[one.lot_id].append(standing)
    return found
