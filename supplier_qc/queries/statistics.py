"""Lot statistics as pages show them: series, baseline, limits and what the run rules say."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from supplier_qc.domain.specification.operator import Operator
from supplier_qc.domain.statistics.amount_of_data import AmountOfData, amount_of_data
from supplier_qc.domain.statistics.cv import CoefficientOfVariation, coefficient_of_variation
from supplier_qc.domain.statistics.individuals import IndividualsLimits, individuals_limits
from supplier_qc.domain.statistics.run_rules import NelsonRule, RuleFinding, run_rules
from supplier_qc.exports.individuals_chart import ChartPoint, IndividualsChart
from supplier_qc.persistence.tables import (
    ControlBaseline,
    Lot,
    ManufacturerItem,
    Material,
    Organisation,
    Person,
    Site,
)
from supplier_qc.queries.lot_series import LotSeries, get_series, list_series

DEFAULT_RULES = (
    NelsonRule.BEYOND_THREE_SIGMA,
    NelsonRule.NINE_ON_ONE_SIDE,
    NelsonRule.SIX_IN_A_TREND,
)
"""Convention: the three with the fewest false alarms; the page offers all eight."""


@dataclass(frozen=True, slots=True)
class ChartedItemRow:
    item_id: int
    item_name: str
    catalogue_number: str
    material_name: str
    manufacturer: str
    lots: int
    baselines: int


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """Frozen values in order, in `unit`."""

    number: int
    unit: str | None
    frozen_by: str
    frozen_at: datetime
    reason: str
    lot_ids: tuple[int, ...]
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class PointRow:
    number: int
    lot_id: int
    lot_number: str
    manufactured_on: str
    disposition: str
    literal: str
    value: Decimal | None
    why_no_value: str
    is_baseline: bool
    is_new: bool
    signals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AttributeStatistics:
    """Everything the page of one attribute shows.

    `limits` come from the frozen baseline where there is one (`baseline`), else from all values
    so far, and are then provisional.
    """

    series: LotSeries
    baseline: BaselineRow | None
    limits: IndividualsLimits
    amount: AmountOfData
    cv: CoefficientOfVariation
    points: tuple[PointRow, ...]
    findings: tuple[RuleFinding, ...]
    no_findings_because: str

    @property
    def signals(self) -> int:
        return sum(bool(point.signals) for point in self.points)


def list_charted_items(session: Session) -> list[ChartedItemRow]:
    """Items with at least one lot, most lots first; one statement."""
    baselines = (
        select(ControlBaseline.item_id, func.count(ControlBaseline.id).label("count"))
        .group_by(ControlBaseline.item_id)
        .subquery()
    )
    lots = select(Lot.item_id, func.count(Lot.id).label("count")).group_by(Lot.item_id).subquery()
    rows = session.execute(
        select(
            ManufacturerItem.id,
            ManufacturerItem.name,
            ManufacturerItem.catalogue_number,
            Material.name,
            Organisation.name,
            lots.c.count,
            func.coalesce(baselines.c.count, 0),
        )
        .join(Material, Material.id == ManufacturerItem.material_id)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .join(Organisation, Organisation.id == Site.organisation_id)
        .join(lots, lots.c.item_id == ManufacturerItem.id)
        .outerjoin(baselines, baselines.c.item_id == ManufacturerItem.id)
        .order_by(lots.c.count.desc(), ManufacturerItem.name)
    )
    return [ChartedItemRow(*row) for row in rows]


def list_attribute_statistics(
    session: Session, item_id: int, *, rules: Collection[NelsonRule] = DEFAULT_RULES
) -> list[AttributeStatistics]:
    baselines = _baselines_in_force(session, item_id)
    return [
        _statistics(series, baselines.get(series.attribute), rules, new_lot_id=None)
        for series in list_series(session, item_id)
    ]


def get_attribute_statistics(
    session: Session,
    item_id: int,
    attribute: str,
    *,
    rules: Collection[NelsonRule] = DEFAULT_RULES,
    new_lot_id: int | None = None,
) -> AttributeStatistics | None:
    """The statistics of one attribute; `new_lot_id` marks a lot, by default the newest."""
    series = get_series(session, item_id, attribute)
    if series is None:
        return None
    baseline = _baselines_in_force(session, item_id).get(series.attribute)
    return _statistics(series, baseline, rules, new_lot_id=new_lot_id)


def chart_of(statistics: AttributeStatistics) -> IndividualsChart:
    """The picture's data; floats begin here."""
    line, limits = statistics.series.line, statistics.limits
    return IndividualsChart(
        title=statistics.series.attribute,
        unit=statistics.series.unit or "",
        points=[
            ChartPoint(
                label=point.lot_number,
                value=None if point.value is None else float(point.value),
                is_baseline=point.is_baseline,
                is_new=point.is_new,
                signal=", ".join(map(str, point.signals)) or None,
            )
            for point in statistics.points
        ],
        centre=limits.centre,
        lower_control=limits.lcl,
        upper_control=limits.ucl,
        lower_specification=_float(line.low) if line and line.operator in _LOWER else None,
        upper_specification=_float(line.high) if line and line.operator in _UPPER else None,
    )


_LOWER = frozenset({Operator.AT_LEAST, Operator.GREATER_THAN, Operator.BETWEEN})
_UPPER = frozenset({Operator.AT_MOST, Operator.LESS_THAN, Operator.BETWEEN})


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _statistics(
    series: LotSeries,
    baseline: BaselineRow | None,
    rules: Collection[NelsonRule],
    *,
    new_lot_id: int | None,
) -> AttributeStatistics:
    values = [_float(point.value) for point in series.points]
    frozen = [float(value) for value in baseline.values] if baseline else values
    limits = individuals_limits(frozen)
    report = run_rules(values, limits, rules)
    return AttributeStatistics(
        series=series,
        baseline=baseline,
        limits=limits,
        amount=amount_of_data(limits.n, frozen=baseline is not None),
        cv=_cv(series, values),
        points=_points(series, baseline, report.findings, new_lot_id),
        findings=report.findings,
        no_findings_because=report.reason,
    )


def _cv(series: LotSeries, values: Sequence[float | None]) -> CoefficientOfVariation:
    """Mean and CV of all lots; not of the known values alone where others are censored."""
    if series.number_censored == 0:
        return coefficient_of_variation(values)
    return CoefficientOfVariation(
        n=series.number_of_values,
        mean=None,
        reason=(
            f'{series.number_censored} further lots are censored ("<" or ">"), so the mean '
            "and the CV of the known values alone would mislead."
        ),
    )


def _points(
    series: LotSeries,
    baseline: BaselineRow | None,
    findings: Collection[RuleFinding],
    new_lot_id: int | None,
) -> tuple[PointRow, ...]:
    in_baseline = set(baseline.lot_ids) if baseline else set()
    newest = new_lot_id or _newest(series)
    return tuple(
        PointRow(
            number=number,
            lot_id=point.lot_id,
            lot_number=point.lot_number,
            manufactured_on=point.manufactured_on.isoformat() if point.manufactured_on else "",
            disposition=point.disposition.value,
            literal=point.literal,
            value=point.value,
            why_no_value=point.why_no_value,
            is_baseline=point.lot_id in in_baseline,
            is_new=point.lot_id == newest,
            signals=tuple(f.rule.number for f in findings if number in f.points),
        )
        for number, point in enumerate(series.points, start=1)
    )


def _newest(series: LotSeries) -> int | None:
    with_value = [point.lot_id for point in series.points if point.value is not None]
    return with_value[-1] if with_value else None


def _baselines_in_force(session: Session, item_id: int) -> dict[str, BaselineRow]:
    """The newest baseline of each attribute of the item."""
    rows = session.execute(
        select(ControlBaseline, Person.full_name)
        .join(Person, Person.id == ControlBaseline.frozen_by_id)
        .where(ControlBaseline.item_id == item_id)
        .options(selectinload(ControlBaseline.lots))
        .order_by(ControlBaseline.number)
    )
    return {
        baseline.attribute: BaselineRow(
            number=baseline.number,
            unit=baseline.unit,
            frozen_by=frozen_by,
            frozen_at=baseline.frozen_at,
            reason=baseline.reason,
            lot_ids=tuple(lot.lot_id for lot in baseline.lots),
            values=tuple(lot.value for lot in baseline.lots),
        )
        for baseline, frozen_by in rows
    }
