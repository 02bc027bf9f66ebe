"""Statements, virus safety, donors and the age of evidence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from supplier_qc.domain.months import months_after
from supplier_qc.domain.origin.engine import assess
from supplier_qc.domain.origin.evidence_age import age_problem
from supplier_qc.domain.origin.facts import (
    AgentTest,
    HumanOrigin,
    LogReduction,
    OriginComponent,
    PathogenReduction,
    ProcessStep,
    Statement,
)
from supplier_qc.domain.origin.findings import HumanVerdict
from supplier_qc.domain.origin.human import judge_human
from supplier_qc.domain.origin.statements import lint, statement_problems
from supplier_qc.domain.origin.virus import ReductionClaim, reduction_claims
from supplier_qc.domain.origin.vocabulary import (
    Agent,
    Attestation,
    Authority,
    DerivativeClass,
    DonorAttestation,
    IssuerRole,
    PathogenReductionStage,
    SourceClass,
    Species,
    StepKind,
    TestResult,
    Tissue,
    VirusFamily,
)
from tests.domain.origin.origin_facts import ON, shipped

GOOD = Statement(
    issued_on=date(2025, 1, 15),
    issuer_role=IssuerRole.MANUFACTURER,
    covers_item=True,
    covers_site=True,
    guideline_edition="EMA/410/01 Rev. 3",
    is_signed=True,
)


TOO_OLD = (
    "of 2024-05-31 is older than the 24 months of our policy (Site policy default (convention))"
)


def problems(statement: Statement) -> list[str]:
    return list(statement_problems(statement, shipped(), ON))


def test_a_statement_without_flaws_is_left_alone() -> None:
    assert problems(GOOD) == []
    assert lint(OriginComponent(name="x", statements=(GOOD,)), "x", shipped(), ON).fired == ()


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (replace(GOOD, issued_on=None), "carries no date"),
        (replace(GOOD, issued_on=date(2026, 6, 2)), "is dated 2026-06-02, after the assessment"),
        (
            replace(GOOD, issued_on=date(2024, 5, 31)),
            TOO_OLD,
        ),
        (replace(GOOD, issuer_role=IssuerRole.BROKER), "was issued by a broker"),
        (replace(GOOD, issuer_role=None), "does not say who issued it"),
        (replace(GOOD, covers_item=False), "does not name our item"),
        (replace(GOOD, covers_item=None), "does not name our item"),
        (replace(GOOD, covers_site=False), "does not name the site"),
        (replace(GOOD, is_signed=None), "is not shown to be signed"),
        (replace(GOOD, guideline_edition=None), "cites no edition of the guideline"),
        (
            replace(GOOD, guideline_edition="EMEA/410/01 Rev. 2 - October 2003"),
            "cites “EMEA/410/01 Rev. 2 - October 2003”, while EMA/410/01 rev. 3 is in force",
        ),
        (
            replace(GOOD, guideline_edition="the TSE guideline"),
            "cites “the TSE guideline”, while EMA/410/01 rev. 3 is in force",
        ),
    ],
)
def test_each_flaw_of_a_statement_is_named(statement: Statement, problem: str) -> None:
    assert problems(statement) == [problem]


def test_a_statement_is_fresh_up_to_the_last_day_of_the_policy() -> None:
    assert problems(replace(GOOD, issued_on=date(2024, 6, 1))) == []


def test_a_statement_with_flaws_is_a_finding_and_a_gap() -> None:
    undated = Statement(issuer_role=IssuerRole.BROKER)
    found = lint(OriginComponent(name="x", statements=(undated,)), "x", shipped(), ON)

    assert [rule.rule_id for rule in found.fired] == ["T15"]
    assert [fact for fact in found.fired[0].facts if fact.startswith("problem")] == [
        "problem: it carries no date",
        "problem: it was issued by a broker",
        "problem: it does not name our item",
        "problem: it does not name the site",
        "problem: it is not shown to be signed",
        "problem: it cites no edition of the guideline",
    ]
    assert found.gaps == (found.fired[0].sentence,)


def test_without_a_loaded_policy_or_guideline_nothing_counts_as_current() -> None:
    lists = replace(shipped(), policies=(), bases=())

    assert list(statement_problems(GOOD, lists, ON)) == [
        "cannot be judged for its age, because no policy is loaded",
        "cannot be judged for its guideline, because no edition is loaded",
    ]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 6, 1), 24, date(2026, 6, 1)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def test_a_policy_that_is_out_of_force_does_not_count() -> None:
    lists = replace(
        shipped(),
        policies=tuple(replace(row, valid_to=ON) for row in shipped().policies),
    )

    assert age_problem("tse_statement", date(2026, 5, 1), lists, ON) is not None
    assert age_problem("tse_statement", date(2026, 5, 1), shipped(), ON) is None


PORCINE = OriginComponent(
    name="x", source=SourceClass.ANIMAL, species=Species.PIG, derivative=DerivativeClass.TRYPSIN
)


def virus_rules(component: OriginComponent, authority: Authority = Authority.EU) -> dict[str, str]:
    fired = assess(component, authority, shipped(), ON).fired
    return {rule.rule_id: rule.sentence for rule in fired if rule.rule_id.startswith("V")}


def test_porcine_trypsin_is_asked_for_circovirus_and_parvovirus_and_not_for_the_panel() -> None:
    assert virus_rules(PORCINE) == {
        "V01": "No result on file for bacteria and fungi, mycoplasma.",
        "V04": "No result on file for PCV1, PCV2.",
        "V05": "No result on file for porcine parvovirus.",
    }


def test_other_porcine_material_is_asked_for_the_panel() -> None:
    gelatin = replace(PORCINE, derivative=DerivativeClass.GELATIN, tissue=Tissue.HIDE)

    assert "TGEV" in virus_rules(gelatin)["V01"]


def test_a_result_on_file_answers_and_a_detection_is_told() -> None:
    tests = (
        AgentTest(Agent.PCV1, TestResult.NOT_DETECTED),
        AgentTest(Agent.PCV2, TestResult.NOT_DETECTED),
        AgentTest(Agent.PORCINE_PARVOVIRUS, TestResult.DETECTED),
    )
    rules = virus_rules(replace(PORCINE, tests=tests))

    assert "V04" not in rules
    assert "V05" not in rules
    assert rules["V07"].startswith("Detected: porcine parvovirus.")


def test_porcine_heparin_tested_for_material_of_ruminants_is_left_alone() -> None:
    heparin = replace(PORCINE, derivative=DerivativeClass.HEPARIN)
    tested = replace(heparin, attested=frozenset({Attestation.RUMINANT_ABSENCE_TESTED}))

    assert "V06" in virus_rules(heparin)
    assert "V06" not in virus_rules(tested)


def test_serum_irradiated_with_the_quoted_dose_is_left_alone() -> None:
    serum = OriginComponent(
        name="x",
        source=SourceClass.ANIMAL,
        species=Species.CATTLE,
        derivative=DerivativeClass.SERUM_FOETAL,
    )
    step = ProcessStep(kind=StepKind.IRRADIATION, evidence="dose map", dose_kgy=Decimal(35))

    assert virus_rules(serum)["V03"] == "No evidence of irradiation, dose >= 30 kGy."
    assert "V03" not in virus_rules(replace(serum, process=(step,)))


def test_a_list_that_calls_cattle_irrelevant_still_leaves_the_us_question_open() -> None:
    lists = replace(
        shipped(),
        species=tuple(replace(row, is_tse_relevant=False) for row in shipped().species),
    )
    cattle = OriginComponent(name="x", source=SourceClass.ANIMAL, species=Species.CATTLE)
    fired = assess(cattle, Authority.US, lists, ON).fired

    assert {"T03", "V08"} <= {rule.rule_id for rule in fired}


def test_claims_add_up_by_family_and_repeated_steps_are_named() -> None:
    flavi = (LogReduction(VirusFamily.FLAVIVIRUS, Decimal("4.5")),)
    parvo = LogReduction(VirusFamily.PARVOVIRUS, Decimal("1.5"))
    process = (
        ProcessStep(kind=StepKind.LOW_PH, evidence="a", log_reductions=flavi),
        ProcessStep(kind=StepKind.LOW_PH, evidence="b", log_reductions=(*flavi, parvo)),
        ProcessStep(kind=StepKind.HEAT, evidence=None, log_reductions=flavi),
    )

    assert reduction_claims(process) == (
        ReductionClaim(VirusFamily.FLAVIVIRUS, Decimal("9.0"), ("low ph",)),
        ReductionClaim(VirusFamily.PARVOVIRUS, Decimal("1.5"), ()),
    )


COMPLETE = HumanOrigin(
    attested=frozenset(DonorAttestation),
    serology=frozenset({Agent.HIV, Agent.HBV, Agent.HCV, Agent.HTLV, Agent.SYPHILIS}),
    nat=frozenset({Agent.HIV, Agent.HBV, Agent.HCV}),
    pool_donors=120,
    pathogen_reduction=PathogenReduction(PathogenReductionStage.POOL, "gamma irradiation"),
    donor_countries=frozenset({"DE"}),
)


def test_complete_donor_facts_have_no_gap() -> None:
    result = judge_human(COMPLETE, "x", shipped(), ON)

    assert result.verdict is HumanVerdict.COMPLETE
    assert result.findings.gaps == ()


@pytest.mark.parametrize(
    ("human", "rule_id", "gap"),
    [
        (replace(COMPLETE, attested=COMPLETE.attested - {DonorAttestation.DONORS_ELIGIBLE}),
         "H01", "Not shown: eligibility of the donors."),
        (replace(COMPLETE, serology=COMPLETE.serology - {Agent.HTLV}),
         "H02", "Donors are not shown to be tested by serology for HTLV."),
        (replace(COMPLETE, nat=frozenset()),
         "H03", "Donors are not shown to be tested by nucleic-acid testing for HBV, HCV, HIV-1/2."),
        (replace(COMPLETE, pool_donors=None),
         "H04", "The number of donors in the pool is not stated."),
        (replace(COMPLETE, pathogen_reduction=None),
         "H05", "Whether pathogens are reduced, and at which stage, is not stated."),
        (replace(COMPLETE, pathogen_reduction=PathogenReduction(PathogenReductionStage.UNITS)),
         "H05", "The method of pathogen reduction is not stated."),
        (replace(COMPLETE, pathogen_reduction=PathogenReduction(PathogenReductionStage.NONE)),
         "H05", "A pool without pathogen reduction: one infected unit would reach all of it."),
        (replace(COMPLETE, attested=COMPLETE.attested - {DonorAttestation.LOOK_BACK_AGREED}),
         "H06", "Not shown: an agreement on look-back and recall notices."),
        (replace(COMPLETE, attested=COMPLETE.attested - {DonorAttestation.TRACEABLE_DONOR_TO_LOT}),
         "H07", "Not shown: traceability from donor to lot."),
        (replace(COMPLETE, donor_countries=frozenset()),
         "H09", "The countries of the donors are not stated; some authorities ask for them."),
    ],
)  # fmt: skip
def test_each_missing_donor_fact_is_a_gap(human: HumanOrigin, rule_id: str, gap: str) -> None:
    result = judge_human(human, "x", shipped(), ON)

    assert result.verdict is HumanVerdict.GAPS
    assert result.findings.gaps == (gap,)
    assert rule_id in {rule.rule_id for rule in result.findings.fired}


def test_a_single_donor_may_go_without_pathogen_reduction() -> None:
    single = replace(
        COMPLETE,
        pool_donors=1,
        pathogen_reduction=PathogenReduction(PathogenReductionStage.NONE),
    )

    assert judge_human(single, "x", shipped(), ON).verdict is HumanVerdict.COMPLETE


def test_donor_tests_without_a_list_of_agents_are_a_gap() -> None:
    gaps = judge_human(COMPLETE, "x", replace(shipped(), agents=()), ON).findings.gaps

    assert gaps == (
        "No list of agents to test donors for by serology is loaded.",
        "No list of agents to test donors for by nucleic-acid testing is loaded.",
    )
