"""One attribute over the lots of an item: the series that charts and baselines rest on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.lots import Disposition, ResultSource
from supplier_qc.domain.measurement.units import UnitsDiffer, convert, parse_unit
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.matching import normalised_name
from supplier_qc.persistence.tables import Lot, LotResult
from supplier_qc.queries.limit_lines import effective_specification, lines_by_specification


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One lot. `value` is in the series' unit; None where there is none, with the reason."""

    lot_id: int
    lot_number: str
    manufactured_on: date | None
    disposition: Disposition
    literal: str
    value: Decimal | None
    why_no_value: str
    is_censored: bool = False


@dataclass(frozen=True, slots=True)
class LotSeries:
    """Lots in the order of manufacture; `line` is our specification line in force, if any."""

    item_id: int
    attribute: str
    unit: str | None
    line: LimitLine | None
    points: tuple[SeriesPoint, ...]

    @property
    def number_of_values(self) -> int:
        return sum(point.value is not None for point in self.points)

    @property
    def number_censored(self) -> int:
        return sum(point.is_censored for point in self.points)


def list_series(session: Session, item_id: int) -> list[LotSeries]:
    """A series for each attribute with at least one number, by our specification's order."""
    specification = effective_specification(session, item_id)
    lines: tuple[LimitLine, ...] = ()
    if specification is not None:
        lines = lines_by_specification(session, [specification.id])[specification.id]
    lots = _lots(session, item_id)
    results = _results(session, item_id)
    names = {normalised_name(line.attribute): line for line in lines}
    attributes = dict.fromkeys([*names, *results])
    series = [_series(item_id, lots, results.get(name, {}), names.get(name)) for name in attributes]
    return [one for one in series if one.number_of_values]


def get_series(session: Session, item_id: int, attribute: str) -> LotSeries | None:
    """The series of one attribute, or None when no lot has a number for it."""
    wanted = normalised_name(attribute)
    for series in list_series(session, item_id):
        if normalised_name(series.attribute) == wanted:
            return series
    return None


def _lots(session: Session, item_id: int) -> Sequence[Lot]:
    return session.scalars(
        select(Lot)
        .where(Lot.item_id == item_id)
        .order_by(Lot.manufactured_on.nulls_last(), Lot.manufacturer_lot)
    ).all()


def _results(session: Session, item_id: int) -> dict[str, dict[int, list[LotResult]]]:
    """Results that count, by attribute name and lot number."""
    found: dict[str, dict[int, list[LotResult]]] = defaultdict(lambda: defaultdict(list))
    results = session.scalars(
        select(LotResult)
        .join(Lot, Lot.id == LotResult.lot_id)
        .where(
            Lot.item_id == item_id,
            LotResult.withdrawn_at.is_(None),
            LotResult.source != ResultSource.CONFORMITY,  # a statement is no measured value
        )
        .order_by(LotResult.id)
    )
    for result in results:
        found[normalised_name(result.attribute)][result.lot_id].append(result)
    return found


def _series(
    item_id: int,
    lots: Sequence[Lot],
    results: dict[int, list[LotResult]],
    line: LimitLine | None,
) -> LotSeries:
    first = next((r for of_lot in results.values() for r in of_lot if r.value is not None), None)
    unit = (line.unit if line else None) or (first.unit if first else None)
    name = line.attribute if line else (first.attribute if first else "")
    points = tuple(_point(lot, results.get(lot.id, []), unit) for lot in lots)
    return LotSeries(item_id, name, unit, line, points)


def _point(lot: Lot, results: Sequence[LotResult], unit: str | None) -> SeriesPoint:
    result = _chosen(results)
    value, reason = _value_of(result, unit)
    return SeriesPoint(
        lot_id=lot.id,
        lot_number=lot.manufacturer_lot,
        manufactured_on=lot.manufactured_on,
        disposition=lot.disposition,
        literal="" if result is None else f"{result.result} {result.unit or ''}".strip(),
        value=value,
        why_no_value=reason,
        is_censored=result is not None and result.comparator is not None,
    )


def _chosen(results: Sequence[LotResult]) -> LotResult | None:
    """The manufacturer's newest result; our own test only where the manufacturer reports none."""
    from_maker = [result for result in results if result.source is not ResultSource.OWN_TEST]
    return next(reversed(from_maker or list(results)), None)


def _value_of(result: LotResult | None, unit: str | None) -> tuple[Decimal | None, str]:
    """The result as a number in `unit`, or None with the reason."""
    if result is None:
        return None, "no result"
    if result.value is None:
        return None, "not a single number"
    if result.comparator is not None:
        return None, "censored: the value itself is not known"
    return _in_unit(result.value, result.unit, unit)


def _in_unit(value: Decimal, unit: str | None, wanted: str | None) -> tuple[Decimal | None, str]:
    """The value in the wanted unit, or None with the reason."""
    if unit == wanted:
        return value, ""
    source, target = parse_unit(unit), parse_unit(wanted)
    if source is None or target is None:
        return None, f"its unit {unit or '(none)'} cannot be compared with {wanted or '(none)'}"
    try:
        return convert(value, source, target), ""
    except UnitsDiffer as differ:
        return None, str(differ)
