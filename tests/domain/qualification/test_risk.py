"""The risk score: explained factor by factor, and never low for want of knowledge."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from supplier_qc.domain.catalogue import Grade, UseScope
from supplier_qc.domain.origin.vocabulary import Level
from supplier_qc.domain.qualification.requirements import requirements
from supplier_qc.domain.qualification.risk import (
    RiskBand,
    RiskFactor,
    RiskFacts,
    RiskWeight,
    grade_level,
    risk_score,
)
from supplier_qc.domain.qualification.sources import SourceMark
from tests.domain.qualification.sources_for_tests import POLICIES, TODAY, source

_F = RiskFactor
_POINTS: dict[tuple[RiskFactor, str], int] = {
    (_F.ORIGIN, "low"): 5,
    (_F.ORIGIN, "unknown"): 30,
    (_F.GRADE, "gmp_for_further_manufacture"): 3,
    (_F.GRADE, "ruo_in_research"): 0,
    (_F.GRADE, "ruo_in_phase_1_2"): 15,
    (_F.GRADE, "ruo_in_phase_3"): 25,
    (_F.SOURCES, "several_approved"): 0,
    (_F.SOURCES, "single_source"): 12,
    (_F.EVIDENCE, "met"): 0,
    (_F.EVIDENCE, "open"): 15,
    (_F.COUNTRY, "not_rated"): 3,
    (_F.COUNTRY, "DE"): 1,
    (_F.USE, "research"): 0,
    (_F.USE, "phase_1_2"): 4,
    (_F.USE, "phase_3"): 8,
    (_F.FINDINGS, "none"): 0,
    (_F.FINDINGS, "one"): 6,
    (_F.FINDINGS, "several"): 12,
    (_F.BAND, "medium"): 25,
    (_F.BAND, "high"): 50,
}
WEIGHTS = tuple(
    RiskWeight(factor, level, points, date(2020, 1, 1), "C", "a table for tests")
    for (factor, level), points in _POINTS.items()
)
FACTS = RiskFacts(
    origin=Level.LOW,
    grade=Grade.GMP_FOR_FURTHER_MANUFACTURE,
    sources=SourceMark.SEVERAL_APPROVED,
    requirements=requirements(source(), POLICIES, TODAY),
    country="DE",
    use_scope=UseScope.PHASE_1_2,
)
LACKING = requirements(source(papers=()), POLICIES, TODAY)


@pytest.mark.parametrize(
    ("changes", "points", "band"),
    [
        ({}, 5 + 3 + 1 + 4, RiskBand.LOW),
        ({"country": "NZ"}, 5 + 3 + 3 + 4, RiskBand.LOW),
        ({"origin": Level.UNKNOWN}, 30 + 3 + 1 + 4, RiskBand.MEDIUM),
        ({"grade": Grade.RUO}, 5 + 15 + 1 + 4, RiskBand.MEDIUM),
        ({"grade": Grade.RUO, "use_scope": UseScope.RESEARCH}, 5 + 0 + 1 + 0, RiskBand.LOW),
        ({"grade": Grade.RUO, "use_scope": UseScope.PHASE_3}, 5 + 25 + 1 + 8, RiskBand.MEDIUM),
        ({"sources": SourceMark.SINGLE_SOURCE}, 13 + 12, RiskBand.MEDIUM),
        ({"requirements": LACKING}, 13 + 15, RiskBand.MEDIUM),
        ({"findings": ("A.",)}, 13 + 6, RiskBand.LOW),
        ({"findings": ("A.", "B.")}, 13 + 12, RiskBand.MEDIUM),
        (
            {"origin": Level.UNKNOWN, "requirements": LACKING, "findings": ("A.", "B.")},
            30 + 3 + 1 + 4 + 15 + 12,
            RiskBand.HIGH,
        ),
    ],
)
def test_points_add_up_to_a_band(changes: dict[str, Any], points: int, band: RiskBand) -> None:
    score = risk_score(replace(FACTS, **changes), WEIGHTS, TODAY)
    assert (score.points, score.band) == (points, band)
    assert sum(one.points or 0 for one in score.factors) == points


def test_what_no_weight_knows_is_never_low() -> None:
    score = risk_score(replace(FACTS, origin=Level.HIGH), WEIGHTS, TODAY)
    assert (score.points, score.band) == (None, RiskBand.UNKNOWN)
    assert score.factors[0].factor is RiskFactor.ORIGIN
    assert "No weight in force knows “high”" in score.factors[0].words
    assert risk_score(FACTS, (), TODAY).band is RiskBand.UNKNOWN


def test_every_factor_that_weighs_says_what_would_lower_it() -> None:
    facts = replace(
        FACTS,
        origin=Level.UNKNOWN,
        grade=Grade.RUO,
        sources=SourceMark.SINGLE_SOURCE,
        requirements=LACKING,
        findings=("A.",),
    )
    factors = {one.factor: one for one in risk_score(facts, WEIGHTS, TODAY).factors}
    for factor in (_F.ORIGIN, _F.GRADE, _F.SOURCES, _F.EVIDENCE, _F.COUNTRY, _F.FINDINGS):
        assert factors[factor].lowered_by


def test_the_heaviest_factor_stands_first() -> None:
    score = risk_score(replace(FACTS, findings=("A.", "B.")), WEIGHTS, TODAY)
    assert score.factors[0].factor is RiskFactor.FINDINGS


def test_a_row_is_superseded_from_its_day_on() -> None:
    begins = date(2026, 12, 1)
    row = RiskWeight(_F.USE, "phase_1_2", 9, begins, "C", "ours")
    assert risk_score(FACTS, (*WEIGHTS, row), TODAY).points == 13
    assert risk_score(FACTS, (*WEIGHTS, row), begins).points == 18


@pytest.mark.parametrize("use", list(UseScope))
@pytest.mark.parametrize("grade", list(Grade))
def test_a_research_grade_weighs_by_its_use(grade: Grade, use: UseScope) -> None:
    by_use = grade in {Grade.RUO, Grade.UNKNOWN}
    assert grade_level(grade, use).endswith(f"_in_{use.value}") is by_use
