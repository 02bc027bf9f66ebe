"""The rows of the scorecard as the rules take them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.scorecard.policy import MeasureTarget, ScoreBand
from supplier_qc.persistence.tables.scorecards import ScorecardBandRow, ScorecardMeasureRow


def list_measure_targets(session: Session) -> list[MeasureTarget]:
    """All rows, superseded ones included; the rule asks for those in force on a day."""
    rows = session.scalars(
        select(ScorecardMeasureRow).order_by(ScorecardMeasureRow.valid_from, ScorecardMeasureRow.id)
    )
    return [
        MeasureTarget(
            measure=row.measure,
            weight=row.weight,
            target=row.target,
            worst=row.worst,
            valid_from=row.valid_from,
            mark=row.mark,
            source=row.source,
            valid_to=row.valid_to,
            row_id=row.id,
        )
        for row in rows
    ]


def list_score_bands(session: Session) -> list[ScoreBand]:
    """All rows, superseded ones included."""
    rows = session.scalars(
        select(ScorecardBandRow).order_by(ScorecardBandRow.valid_from, ScorecardBandRow.id)
    )
    return [
        ScoreBand(
            band=row.band,
            least_score=row.least_score,
            interval_factor=row.interval_factor,
            valid_from=row.valid_from,
            mark=row.mark,
            source=row.source,
            valid_to=row.valid_to,
            row_id=row.id,
        )
        for row in rows
    ]
