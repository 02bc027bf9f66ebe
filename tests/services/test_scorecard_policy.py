"""Rows of the scorecard are superseded by a QA approver, and the shipped ones are conventions."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.scorecard.policy import (
    Band,
    Measure,
    MeasureTarget,
    ScoreBand,
    bands_in_force,
    targets_in_force,
)
from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.scorecard_policy import list_measure_targets, list_score_bands
from supplier_qc.services.scorecard_policy import supersede_band, supersede_target
from tests.conftest import NOW, TODAY, actor_of

BEA = actor_of(Role.QA_APPROVER)
ROW = MeasureTarget(Measure.DELIVERY, 20, Decimal(98), Decimal(80), TODAY, "C", "SOP-QA-30")
BAND = ScoreBand(Band.A, 95, Decimal("1.5"), TODAY, "C", "SOP-QA-30")
REASON = "Agreed in the review of suppliers."


def test_the_shipped_weights_make_100_and_are_marked_as_conventions(
    sessions: sessionmaker[Session],
) -> None:
    with reading(sessions) as session:
        targets = targets_in_force(list_measure_targets(session), TODAY)
        bands = bands_in_force(list_score_bands(session), TODAY)
    assert set(targets) == set(Measure)
    assert sum(row.weight for row in targets.values()) == 100
    assert [row.band for row in bands] == list(Band)
    assert bands[-1].least_score == 0
    assert {row.mark for row in targets.values()} | {row.mark for row in bands} == {"C"}


def test_a_new_row_ends_the_one_before_on_its_first_day(sessions: sessionmaker[Session]) -> None:
    supersede_target(sessions, ROW, reason=REASON, actor=BEA, now=NOW)
    supersede_band(sessions, BAND, reason=REASON, actor=BEA, now=NOW)
    with reading(sessions) as session:
        targets, bands = list_measure_targets(session), list_score_bands(session)
    assert targets_in_force(targets, TODAY)[Measure.DELIVERY].weight == 20
    yesterday = TODAY - timedelta(days=1)
    assert targets_in_force(targets, yesterday)[Measure.DELIVERY].weight == 10
    assert bands_in_force(bands, TODAY)[0].least_score == 95
    assert bands_in_force(bands, yesterday)[0].least_score == 90


def test_every_problem_is_named_and_nothing_is_kept(sessions: sessionmaker[Session]) -> None:
    row = replace(ROW, weight=200, worst=Decimal(99), source=" ")
    with pytest.raises(Refused) as refused:
        supersede_target(sessions, row, reason=REASON, actor=BEA, now=NOW)
    assert len(refused.value.reasons) == 3
    with pytest.raises(Refused, match="Band B is worse"):
        supersede_band(sessions, replace(BAND, least_score=70), reason=REASON, actor=BEA, now=NOW)
    with reading(sessions) as session:
        assert len(list_measure_targets(session)) == len(Measure)


@pytest.mark.parametrize("role", [Role.QA_REVIEWER, Role.PROCUREMENT])
def test_only_who_decides_on_qualifications_changes_the_scorecard(
    sessions: sessionmaker[Session], role: Role
) -> None:
    with pytest.raises(NotPermitted):
        supersede_target(sessions, ROW, reason=REASON, actor=actor_of(role), now=NOW)
    with pytest.raises(NotPermitted):
        supersede_band(sessions, BAND, reason=REASON, actor=actor_of(role), now=NOW)


@pytest.mark.parametrize("table", ["scorecard_measure", "scorecard_band"])
def test_a_row_is_never_deleted(sessions: sessionmaker[Session], table: str) -> None:
    with sessions() as session, pytest.raises(IntegrityError, match="never deleted"):
        session.execute(text(f"DELETE FROM {table}"))
