"""Freezing the lots that set the control limits of an attribute."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.statistics.amount_of_data import LEAST_FOR_LIMITS
from supplier_qc.persistence.tables import ControlBaseline, ControlBaselineLot, ManufacturerItem
from supplier_qc.queries.lot_series import LotSeries, SeriesPoint, get_series
from supplier_qc.services.transaction import changing


def freeze_baseline(
    sessions: sessionmaker[Session],
    item_id: int,
    attribute: str,
    lot_ids: Collection[int],
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Freeze the values of these lots as the next baseline of the attribute; returns its number.

    The values are copied, so that a later correction of a lot does not move limits that were in
    use; earlier baselines stay readable.
    """
    action = AuditAction.BASELINE_FROZEN
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        item = change.get(ManufacturerItem, item_id, "Item")
        series = get_series(change.session, item_id, attribute)
        if series is None:
            raise NotFound("A lot with a number for", attribute)
        points = _chosen_points(series, lot_ids)
        number = 1 + (_last_number(change.session, item_id, series.attribute) or 0)
        baseline = ControlBaseline(
            item_id=item.id,
            attribute=series.attribute,
            number=number,
            unit=series.unit,
            frozen_by_id=actor.person_id,
            frozen_at=now,
            reason=change.reason,
            lots=[
                ControlBaselineLot(lot_id=point.lot_id, position=position, value=point.value)
                for position, point in enumerate(points, start=1)
            ],
        )
        change.session.add(baseline)
        change.session.flush()  # the number goes into the audit entry
        change.about(baseline, f"{item.name}: {series.attribute}, baseline {number}")
        return number


def _chosen_points(series: LotSeries, lot_ids: Collection[int]) -> list[SeriesPoint]:
    """The chosen lots in order of manufacture, or a refusal that names every reason."""
    wanted = set(lot_ids)
    chosen = [point for point in series.points if point.lot_id in wanted]
    problems = [
        f"Lot {point.lot_number} has no value to freeze: {point.why_no_value}."
        for point in chosen
        if point.value is None
    ]
    if len(chosen) < len(wanted):
        problems.append("A chosen lot does not belong to this item.")
    if len(chosen) < LEAST_FOR_LIMITS:
        problems.append(f"A baseline needs at least {LEAST_FOR_LIMITS} lots.")
    Refused.unless_empty(problems)
    return chosen


def _last_number(session: Session, item_id: int, attribute: str) -> int | None:
    return session.scalar(
        select(func.max(ControlBaseline.number)).where(
            ControlBaseline.item_id == item_id, ControlBaseline.attribute == attribute
        )
    )
