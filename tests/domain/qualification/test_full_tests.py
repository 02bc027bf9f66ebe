"""A full test of one lot in so many: counted, and due where nobody knows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from supplier_qc.domain.catalogue import (
    EvidenceKind,
    EvidenceResult,
    Grade,
    MaterialCategory,
    RiskClass,
    UseScope,
)
from supplier_qc.domain.qualification.evidence_policy import (
    Demand,
    Effect,
    EvidencePolicy,
    RequirementKind,
    superseding_problems,
)
from supplier_qc.domain.qualification.gaps import has_gap, worst
from supplier_qc.domain.qualification.papers import Paper
from supplier_qc.domain.qualification.requirements import (
    Requirement,
    RequirementState,
    SourceFacts,
    due_reasons,
    requirements,
)
from supplier_qc.domain.qualification.states import QualificationStatus

TODAY = date(2026, 11, 24)
TESTED_ON = TODAY - timedelta(days=200)
BEFORE, AFTER = TESTED_ON - timedelta(days=1), TESTED_ON + timedelta(days=1)
POLICY = EvidencePolicy(
    RequirementKind.COA_VERIFICATION,
    RiskClass.CRITICAL,
    Demand.REQUIRED,
    Effect.WARN,
    Effect.WARN,
    Effect.WARN,
    date(2020, 1, 1),
    "C",
    "House",
    validity_months=24,
    every_lots=3,
)


def found(received: tuple[date | None, ...], policy: EvidencePolicy = POLICY) -> Requirement:
    asked = requirements(facts(received), [policy], TODAY)
    return next(one for one in asked if one.kind is RequirementKind.COA_VERIFICATION)


def facts(received: tuple[date | None, ...]) -> SourceFacts:
    return SourceFacts(
        QualificationStatus.APPROVED,
        UseScope.PHASE_3,
        RiskClass.CRITICAL,
        MaterialCategory.ANCILLARY,
        Grade.GMP_FOR_FURTHER_MANUFACTURE,
        papers=(
            Paper(
                1,
                EvidenceKind.COA_VERIFICATION,
                "Full test of lot 7",
                TESTED_ON,
                result=EvidenceResult.SATISFACTORY,
            ),
        ),
        lots_received=received,
    )


_MET, _SOON, _OVER = RequirementState.MET, RequirementState.EXPIRING, RequirementState.EXPIRED


@pytest.mark.parametrize(
    ("received", "state", "said"),
    [
        ((), _MET, "0 lots since"),
        ((BEFORE, BEFORE, BEFORE), _MET, "0 lots since"),
        ((AFTER,), _MET, "1 lot since"),
        ((AFTER, AFTER), _SOON, "the next lot takes one"),
        ((AFTER, AFTER, AFTER), _OVER, "one is due now"),
        # a lot whose day of receipt nobody recorded may have come after
        ((None, None, None), _OVER, "3 lots since"),
    ],
)
def test_a_full_test_is_asked_of_one_lot_in_so_many(
    received: tuple[date | None, ...], state: RequirementState, said: str
) -> None:
    one = found(received)
    assert one.state is state
    assert said in one.reason
    assert bool(due_reasons(facts(received), [one], TODAY)) is (state is _OVER)


def test_without_a_number_of_lots_time_alone_decides() -> None:
    one = found((AFTER,) * 9, replace(POLICY, every_lots=None))
    assert one.state is _MET
    assert "lots" not in one.reason


def test_only_a_full_test_is_counted_in_lots() -> None:
    audit = replace(POLICY, kind=RequirementKind.AUDIT, valid_from=TODAY)
    assert "Only a full test" in " ".join(superseding_problems(audit, [], TODAY))
    none = replace(POLICY, every_lots=0, valid_from=TODAY)
    assert superseding_problems(none, [], TODAY)


def cell(state: RequirementState, demand: Demand = Demand.REQUIRED) -> Requirement:
    return Requirement(POLICY.kind, state, "", replace(POLICY, demand=demand))


def test_a_material_shows_the_worst_of_its_sources() -> None:
    met, over, open_ = cell(_MET), cell(_OVER), cell(RequirementState.OPEN)
    optional = cell(RequirementState.OPEN, Demand.OPTIONAL)
    nothing = cell(RequirementState.NOT_APPLICABLE)
    assert worst([met, open_, over]) is open_
    assert worst([met, over]) is over
    assert worst([optional, over]) is over
    assert worst([nothing, met]) is met
    assert has_gap([met, over])
    assert not has_gap([met, optional, nothing])
