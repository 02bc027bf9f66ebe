"""Weights, targets and bands of the scorecard: superseded from a day on, never edited."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import one_line, text_problems
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.scorecard.policy import (
    MeasureTarget,
    ScoreBand,
    band_problems,
    target_problems,
)
from supplier_qc.persistence.tables.scorecards import ScorecardBandRow, ScorecardMeasureRow
from supplier_qc.queries.scorecard_policy import list_measure_targets, list_score_bands
from supplier_qc.services.transaction import changing

OWN_RULE = "C"
"""A rule of the user's own is a convention of theirs, whatever it rests on."""
LONGEST_SOURCE = 300


def supersede_target(
    sessions: sessionmaker[Session],
    target: MeasureTarget,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Put weight and target in the place of those of the measure; returns the row's number."""
    action = AuditAction.SCORECARD_MEASURE_SUPERSEDED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        _require_right(actor)
        source = one_line(target.source)
        Refused.unless_empty(
            [
                *target_problems(target, list_measure_targets(change.session), now.date()),
                *text_problems("The source", source, longest=LONGEST_SOURCE, required=True),
            ]
        )
        standing = select(ScorecardMeasureRow).where(
            ScorecardMeasureRow.measure == target.measure, ScorecardMeasureRow.valid_to.is_(None)
        )
        for one in change.session.scalars(standing):
            one.valid_to = target.valid_from
        added = ScorecardMeasureRow(
            measure=target.measure,
            weight=target.weight,
            target=target.target,
            worst=target.worst,
            valid_from=target.valid_from,
            mark=OWN_RULE,
            source=source,
        )
        change.session.add(added)
        change.session.flush()  # the number is the audit entry's subject
        change.about(added, target.measure.words)
        return added.id


def supersede_band(
    sessions: sessionmaker[Session],
    band: ScoreBand,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Put a band in the place of the one of its letter; returns the row's number."""
    action = AuditAction.SCORECARD_BAND_SUPERSEDED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        _require_right(actor)
        source = one_line(band.source)
        Refused.unless_empty(
            [
                *band_problems(band, list_score_bands(change.session), now.date()),
                *text_problems("The source", source, longest=LONGEST_SOURCE, required=True),
            ]
        )
        standing = select(ScorecardBandRow).where(
            ScorecardBandRow.band == band.band, ScorecardBandRow.valid_to.is_(None)
        )
        for one in change.session.scalars(standing):
            one.valid_to = band.valid_from
        added = ScorecardBandRow(
            band=band.band,
            least_score=band.least_score,
            interval_factor=band.interval_factor,
            valid_from=band.valid_from,
            mark=OWN_RULE,
            source=source,
        )
        change.session.add(added)
        change.session.flush()  # the number is the audit entry's subject
        change.about(added, f"Band {band.band.value.upper()}")
        return added.id


def _require_right(actor: Actor) -> None:
    if not actor.may(Permission.DECIDE_QUALIFICATION):
        raise NotPermitted("Your roles do not include the rows of the scorecard.")
