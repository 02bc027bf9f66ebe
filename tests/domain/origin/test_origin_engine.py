"""Who is asked, what is put together, what disagrees and what changed."""

from dataclasses import replace
from datetime import date

from supplier_qc.domain.origin.engine import assess, assess_all, assess_item, status_changes
from supplier_qc.domain.origin.facts import HumanOrigin, OriginComponent, Place, ProcessStep
from supplier_qc.domain.origin.findings import FiredRule, HumanVerdict
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.vocabulary import (
    Attestation,
    Authority,
    BseStatus,
    DerivativeClass,
    DonorAttestation,
    IndirectOrigin,
    InfectivityCategory,
    Level,
    ListAuthority,
    Residue,
    Route,
    SourceClass,
    Species,
    StepKind,
    Stunning,
    Tissue,
)
from tests.domain.origin.origin_facts import GOOD_CEP, ON, shipped

MEXICO = Place("MX")
SERUM = OriginComponent(
    name="Foetal serum",
    source=SourceClass.ANIMAL,
    species=Species.CATTLE,
    derivative=DerivativeClass.SERUM_FOETAL,
    birth=MEXICO,
    rearing=MEXICO,
    slaughter=MEXICO,
    collected_on=date(2024, 5, 1),
    stunning=Stunning.NON_PENETRATIVE,
    attested=frozenset({Attestation.CLOSED_COLLECTION}),
    indirect_origin=IndirectOrigin.NONE_WITH_EVIDENCE,
    route=Route.PARENTERAL,
    residue=Residue.QUANTIFIED,
)
AUSTRALIAN = replace(SERUM, birth=Place("AU"), rearing=Place("AU"), slaughter=Place("AU"))
LYSATE = OriginComponent(
    name="Lysate",
    source=SourceClass.HUMAN,
    indirect_origin=IndirectOrigin.NONE_WITH_EVIDENCE,
    human=HumanOrigin(
        licence="EU/1/00/0000",
        attested=frozenset({
            DonorAttestation.LOOK_BACK_AGREED, DonorAttestation.TRACEABLE_DONOR_TO_LOT,
        }),
    ),
)  # fmt: skip


def rule(fired: tuple[FiredRule, ...], rule_id: str) -> FiredRule:
    return next(one for one in fired if one.rule_id == rule_id)


def test_an_item_without_components_is_unknown_and_blocks() -> None:
    assessment = assess_item((), Authority.EU, shipped(), ON)

    assert (assessment.level, assessment.blocks) == (Level.UNKNOWN, True)
    assert assessment.gaps == ("No component with its origin is recorded.",)


def test_an_authority_without_a_list_is_unknown_and_blocks() -> None:
    assessment = assess(SERUM, Authority.EU, replace(shipped(), targets=()), ON)

    assert (assessment.level, assessment.blocks) == (Level.UNKNOWN, True)
    assert assessment.gaps == ("No row says which country list EU goes by.",)


def test_a_list_that_is_not_loaded_leaves_the_status_unknown() -> None:
    assessment = assess(SERUM, Authority.EU, replace(shipped(), country_lists=()), ON)

    assert assessment.level is Level.UNKNOWN
    assert assessment.list_edition == "no EU list loaded"
    assert (
        "Foetal serum: No edition of the EU list that answers for 2024-05-01 is loaded."
        in assessment.gaps
    )


def test_the_assessment_names_the_edition_of_the_list_it_used() -> None:
    assessment = assess(SERUM, Authority.EU, shipped(), ON)

    assert assessment.list_edition == "EU: Decision 2007/453/EC consolidated 10 Aug 2021 Annex"


def test_a_rule_tells_facts_source_and_what_would_lower_it() -> None:
    fired = rule(assess(SERUM, Authority.EU, shipped(), ON).fired, "T06")

    assert fired.facts == (
        "tissue: blood, category B",
        "country of birth: MX, controlled",
        "country of rearing: MX, controlled",
        "country of slaughter or collection: MX, controlled",
    )
    assert [citation.words() for citation in fired.citations] == [
        "Decision 2007/453/EC consolidated 10 Aug 2021 Annex",
        "WHO tables on tissue infectivity 2010 (unverified)",
        "EMA/410/01 rev. 3 section 3 (unverified)",
    ]
    assert [(counter.sentence, counter.level) for counter in fired.counter_facts] == [
        ("A valid TSE CEP, its status checked at EDQM, would lower this to medium.", Level.MEDIUM),
        ("A step validated for TSE, with evidence on file, would lower this to medium.",
         Level.MEDIUM),
    ]  # fmt: skip


def test_a_derivative_says_which_evidence_would_make_it_low() -> None:
    glycerol = replace(SERUM, derivative=DerivativeClass.TALLOW_DERIVATIVE)
    fired = rule(assess(glycerol, Authority.EU, shipped(), ON).fired, "T07")

    assert (
        "Evidence of distillation, temperature >= 200 °C (EMA/410/01 rev. 3 section 6.4 "
        "(unverified)) would lower this to low."
    ) in [counter.sentence for counter in fired.counter_facts]


def test_a_step_up_says_what_would_take_it_back() -> None:
    serum = replace(AUSTRALIAN, stunning=None, residue=Residue.IN_PRODUCT)
    fired = assess(serum, Authority.EU, shipped(), ON).fired

    assert [counter.level for counter in rule(fired, "T12").counter_facts] == [Level.HIGH]
    assert [counter.level for counter in rule(fired, "T13").counter_facts] == [Level.HIGH]


def test_a_step_up_of_what_is_unknown_anyway_promises_nothing() -> None:
    serum = replace(AUSTRALIAN, stunning=None, collected_on=None)
    fired = assess(serum, Authority.EU, shipped(), ON).fired

    assert rule(fired, "T12").counter_facts == ()


def test_a_material_that_is_not_given_parenterally_gets_no_step_for_its_residue() -> None:
    serum = replace(AUSTRALIAN, route=Route.NOT_PARENTERAL, residue=None)
    assessment = assess(serum, Authority.EU, shipped(), ON)

    assert assessment.level is Level.MEDIUM
    assert "Foetal serum: What is left of it in the product is not stated." in assessment.gaps


def test_what_is_not_stated_of_the_use_is_taken_as_the_worst_and_said() -> None:
    assessment = assess(replace(AUSTRALIAN, route=None, residue=None), Authority.EU, shipped(), ON)

    assert assessment.level is Level.HIGH
    assert rule(assessment.fired, "T13").facts == (
        "route: not stated, taken as parenteral",
        "residue in the product: not stated, taken as unquantified",
    )
    assert "Foetal serum: The route by which the product is given is not stated." in assessment.gaps


def test_a_collection_in_the_future_cannot_be_judged() -> None:
    assessment = assess(
        replace(AUSTRALIAN, collected_on=date(2026, 6, 2)), Authority.EU, shipped(), ON
    )

    assert assessment.level is Level.UNKNOWN
    assert "lies after the assessment" in " ".join(assessment.gaps)


def test_a_certificate_that_does_not_count_says_every_reason() -> None:
    cep = replace(GOOD_CEP, valid_from=None, valid_to=None, checked_on=None)
    assessment = assess(replace(AUSTRALIAN, cep=cep), Authority.EU, shipped(), ON)

    assert (
        "Foetal serum: CEP R1-CEP 2010-001 does not count: the beginning of its validity is not "
        "stated; the end of its validity is not stated; the check of its status in the EDQM "
        "database carries no date."
    ) in assessment.gaps


def test_a_certificate_that_begins_later_does_not_count_yet() -> None:
    cep = replace(GOOD_CEP, valid_from=date(2026, 6, 2))
    assessment = assess(replace(AUSTRALIAN, cep=cep), Authority.EU, shipped(), ON)

    assert assessment.level is Level.MEDIUM
    assert "it is valid only from 2026-06-02" in " ".join(assessment.gaps)


def test_a_certificate_counts_on_its_last_day() -> None:
    cep = replace(GOOD_CEP, valid_to=ON)

    assert assess(replace(AUSTRALIAN, cep=cep), Authority.EU, shipped(), ON).level is Level.LOW


def test_a_certificate_lowers_nothing_that_is_low() -> None:
    tallow = replace(AUSTRALIAN, derivative=DerivativeClass.TALLOW_DERIVATIVE, cep=GOOD_CEP)
    assessment = assess(tallow, Authority.EU, shipped(), ON)

    assert assessment.level is Level.LOW
    assert "T14" not in {fired.rule_id for fired in assessment.fired}


def test_lists_that_disagree_are_shown_side_by_side_and_the_worst_is_the_flag() -> None:
    overall = assess_all([SERUM], [Authority.WOAH, Authority.EU, Authority.EU], shipped(), ON)

    assert [(a.authority, a.level) for a in overall.by_authority] == [
        (Authority.EU, Level.HIGH),
        (Authority.WOAH, Level.MEDIUM),
    ]
    assert (overall.level, overall.blocks) == (Level.HIGH, False)
    assert {fired.rule_id for fired in overall.disagreements} == {"T16"}
    assert overall.disagreements[0].facts == (
        "EU: country of birth: MX, controlled",
        "WOAH: country of birth: MX, negligible",
    )


def test_a_place_that_is_not_stated_is_no_disagreement() -> None:
    overall = assess_all(
        [replace(AUSTRALIAN, birth=None)], [Authority.EU, Authority.WOAH], shipped(), ON
    )

    assert overall.disagreements == ()


def test_two_components_of_one_name_are_no_disagreement_among_lists() -> None:
    early, late = (
        replace(AUSTRALIAN, birth=Place("GB"), collected_on=day)
        for day in (date(2025, 6, 1), date(2025, 7, 1))
    )
    overall = assess_all([early, late], [Authority.WOAH, Authority.CANADA], shipped(), ON)

    assert overall.disagreements == ()


def test_no_authority_asked_is_unknown_and_blocks() -> None:
    overall = assess_all([SERUM], [], shipped(), ON)

    assert (overall.level, overall.blocks) == (Level.UNKNOWN, True)


def test_a_changed_status_is_told_with_before_and_after() -> None:
    before = assess(AUSTRALIAN, Authority.EU, shipped(), ON)
    suspended = replace(
        shipped(),
        countries=tuple(
            replace(row, status=BseStatus.CONTROLLED)
            if (row.authority, row.country) == (ListAuthority.EU, "AU")
            else row
            for row in shipped().countries
        ),
    )
    after = assess(AUSTRALIAN, Authority.EU, suspended, ON)

    changes = status_changes(before, after, suspended)

    assert [change.rule_id for change in changes] == ["T17"] * 3
    assert changes[0].level is Level.HIGH
    assert changes[0].facts == (
        "before: country of birth: AU, negligible",
        "now: country of birth: AU, controlled",
    )
    assert status_changes(before, before, shipped()) == ()


def test_a_place_that_is_new_is_no_change_of_status() -> None:
    before = assess(AUSTRALIAN, Authority.EU, shipped(), ON)

    assert status_changes(before, assess(SERUM, Authority.EU, shipped(), ON), shipped()) == ()


def test_human_material_has_a_verdict_of_its_own_and_no_bse_level() -> None:
    assessment = assess(LYSATE, Authority.EU, shipped(), ON)

    assert assessment.level is Level.NOT_APPLICABLE
    assert assessment.human_verdict is HumanVerdict.COMPLETE
    assert not assessment.blocks


def test_human_material_with_gaps_blocks_although_no_level_does() -> None:
    assessment = assess_item(
        [LYSATE, replace(LYSATE, name="Albumin", human=None)], Authority.EU, shipped(), ON
    )

    assert assessment.level is Level.NOT_APPLICABLE
    assert assessment.human_verdict is HumanVerdict.GAPS
    assert assessment.blocks


def test_risk_is_inherited_from_beneath_with_the_path_to_it() -> None:
    film = OriginComponent(
        name="Film",
        source=SourceClass.SYNTHETIC_OR_MINERAL,
        indirect_origin=IndirectOrigin.SOME,
        components=(replace(SERUM, name="Slip agent"),),
    )
    assessment = assess(film, Authority.EU, shipped(), ON)

    assert assessment.level is Level.HIGH
    assert rule(assessment.fired, "T06").component == "Film › Slip agent"
    assert {(one.component, one.level) for one in assessment.component_levels} == {
        ("Film", Level.NOT_APPLICABLE),
        ("Film › Slip agent", Level.HIGH),
    }


def test_nothing_loaded_at_all_never_looks_good() -> None:
    for component in (SERUM, LYSATE, AUSTRALIAN):
        assessment = assess(component, Authority.EU, ReferenceLists(), ON)

        assert (assessment.level, assessment.blocks) == (Level.UNKNOWN, True)


def test_a_tissue_that_no_row_names_is_unknown() -> None:
    assessment = assess(AUSTRALIAN, Authority.EU, replace(shipped(), tissues=()), ON)

    assert assessment.level is Level.UNKNOWN
    assert "The tissue table has no row for blood of cattle." in " ".join(assessment.gaps)


def test_sheep_and_an_unstated_tissue_are_told_as_gaps() -> None:
    heparin = replace(AUSTRALIAN, species=Species.SHEEP, derivative=DerivativeClass.HEPARIN)
    gaps = " ".join(assess(heparin, Authority.EU, shipped(), ON).gaps)

    assert "the scrapie status of the flock is not on them" in gaps
    assert "the worst of intestine, lung is taken" in gaps


def test_a_certificate_takes_back_one_of_several_steps_up() -> None:
    serum = replace(SERUM, stunning=None, residue=Residue.IN_PRODUCT, cep=GOOD_CEP)

    assert assess(serum, Authority.EU, shipped(), ON).level is Level.CRITICAL


def test_a_validated_process_does_not_stand_in_for_the_removal_of_risk_material() -> None:
    heat = ProcessStep(kind=StepKind.HEAT, evidence="study", is_validated_for_tse=True)
    gelatin = replace(
        SERUM, derivative=DerivativeClass.GELATIN, tissue=Tissue.BONE, process=(heat,)
    )
    bones_as_b = replace(
        shipped(),
        tissues=tuple(replace(row, category=InfectivityCategory.B) for row in shipped().tissues),
    )

    for lists in (shipped(), bones_as_b):
        assert assess(gelatin, Authority.EU, lists, ON).level is Level.HIGH
