"""Rows of the policy and of the risk weights are superseded, never edited."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import AuditManner, RiskClass, UseScope
from supplier_qc.domain.people import Role
from supplier_qc.domain.qualification.evidence_policy import (
    Demand,
    Effect,
    EvidencePolicy,
    RequirementKind,
)
from supplier_qc.domain.qualification.risk import RiskFactor, RiskWeight
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import EvidencePolicyRow
from supplier_qc.queries.evidence_policy import list_evidence_policies, list_risk_weights
from supplier_qc.queries.policy_preview import preview_policy
from supplier_qc.services.evidence_policy import supersede_evidence_policy, supersede_risk_weight
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_qualification

BEA = actor_of(Role.QA_APPROVER)
ROW = EvidencePolicy(
    kind=RequirementKind.QUESTIONNAIRE,
    risk_class=RiskClass.CRITICAL,
    demand=Demand.REQUIRED,
    at_approval=Effect.BLOCK,
    at_order=Effect.BLOCK,
    at_receipt=Effect.WARN,
    valid_from=TODAY + timedelta(days=10),
    mark="C",
    source="SOP-QA-21",
    validity_months=12,
)
WEIGHT = RiskWeight(RiskFactor.COUNTRY, "DE", 0, TODAY, "C", "SOP-QA-22")


def supersede(sessions: sessionmaker[Session], row: EvidencePolicy = ROW) -> int:
    return supersede_evidence_policy(sessions, row, reason="Audit finding 7.", actor=BEA, now=NOW)


def same_cell(sessions: sessionmaker[Session]) -> list[tuple[date, date | None, int | None]]:
    with reading(sessions) as session:
        return [
            (one.valid_from, one.valid_to, one.validity_months)
            for one in list_evidence_policies(session)
            if one.key == ROW.key
        ]


def test_a_new_row_ends_the_one_before_and_both_stay(sessions: sessionmaker[Session]) -> None:
    supersede(sessions)
    assert same_cell(sessions) == [
        (date(2020, 1, 1), ROW.valid_from, 24),
        (ROW.valid_from, None, 12),
    ]


def test_a_row_for_one_use_leaves_the_general_one_in_force(
    sessions: sessionmaker[Session],
) -> None:
    supersede(sessions, replace(ROW, use_scope=UseScope.PHASE_3))
    assert same_cell(sessions) == [(date(2020, 1, 1), None, 24)]


def test_all_that_is_wrong_with_a_row_is_named_at_once(sessions: sessionmaker[Session]) -> None:
    wrong = replace(
        ROW,
        valid_from=date(2019, 1, 1),
        validity_months=0,
        minimum=3,
        manner=AuditManner.PAPER,
        source=" ",
    )
    with pytest.raises(Refused) as refused:
        supersede(sessions, wrong)
    text = " ".join(refused.value.reasons)
    for words in (
        "days that have passed",
        "begins on that day or later",
        "The validity lies between",
        "have a minimum",
        "Only an audit has a manner",
        "source is missing",
    ):
        assert words in text
    assert len(same_cell(sessions)) == 1


def test_only_who_decides_on_sources_changes_the_policy(sessions: sessionmaker[Session]) -> None:
    for role in (Role.PROCUREMENT, Role.QA_REVIEWER, Role.ADMINISTRATOR):
        with pytest.raises(NotPermitted):
            supersede_evidence_policy(sessions, ROW, reason="x", actor=actor_of(role), now=NOW)
        with pytest.raises(NotPermitted):
            supersede_risk_weight(sessions, WEIGHT, reason="x", actor=actor_of(role), now=NOW)


def test_a_change_says_why(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(Refused, match="Say why"):
        supersede_evidence_policy(sessions, ROW, reason=" ", actor=BEA, now=NOW)


def test_no_row_is_ever_deleted(sessions: sessionmaker[Session]) -> None:
    with sessions() as session:
        session.delete(session.scalars(select(EvidencePolicyRow)).first())
        with pytest.raises(IntegrityError, match="never deleted"):
            session.commit()


def test_the_preview_names_what_a_stricter_row_would_reopen(
    sessions: sessionmaker[Session],
) -> None:
    held = make_qualification(sessions, now=NOW - timedelta(days=200))
    make_qualification(sessions)
    strict = replace(ROW, validity_months=6)
    with reading(sessions) as session:
        preview = preview_policy(session, strict, TODAY)
    assert preview.looked_at == 2
    assert [one.source.id for one in preview.rows] == [held]
    (row,) = preview.rows
    assert row.becomes_due
    assert (row.verdict_before.value, row.verdict_after.value) == ("yes", "no")
    assert row.now_lacking is not None
    assert "ended on" in row.now_lacking


def test_the_preview_agrees_with_what_happens(sessions: sessionmaker[Session]) -> None:
    """Put in force, the same row gives what the preview said, and a second preview is empty."""
    make_qualification(sessions, now=NOW - timedelta(days=200))
    strict = replace(ROW, validity_months=6, valid_from=TODAY)
    with reading(sessions) as session:
        assert len(preview_policy(session, strict, TODAY).rows) == 1
    supersede(sessions, strict)
    again = replace(strict, valid_from=TODAY + timedelta(days=1))
    with reading(sessions) as session:
        assert preview_policy(session, again, TODAY).rows == ()


def test_a_country_gets_points_of_its_own(sessions: sessionmaker[Session]) -> None:
    supersede_risk_weight(sessions, WEIGHT, reason="Inspected.", actor=BEA, now=NOW)
    with reading(sessions) as session:
        weights = {
            (one.level, one.points)
            for one in list_risk_weights(session)
            if one.factor is RiskFactor.COUNTRY
        }
    assert weights == {("not_rated", 3), ("DE", 0)}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"level": "XX"}, "is no level of this factor"),
        ({"factor": RiskFactor.USE}, "is no level of this factor"),
        ({"points": -1}, "Points lie between"),
        ({"valid_from": TODAY - timedelta(days=1)}, "days that have passed"),
        ({"source": ""}, "source is missing"),
        (
            {"level": "not_rated", "valid_from": date(2020, 1, 1)},
            "begin on that day or later",
        ),
    ],
)
def test_points_that_cannot_stand_are_refused(
    sessions: sessionmaker[Session], changes: dict[str, object], words: str
) -> None:
    weight = replace(WEIGHT, **changes)  # type: ignore[arg-type]  # a table of wrong values
    with pytest.raises(Refused, match=words):
        supersede_risk_weight(sessions, weight, reason="x", actor=BEA, now=NOW)
