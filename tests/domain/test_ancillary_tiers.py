"""The tier of an ancillary material: grade, intended use and source, and what is not known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.ancillary_tiers import HIGHEST, TierFacts, assign_tier
from supplier_qc.domain.catalogue import Grade, MaterialCategory
from supplier_qc.domain.material_identity import IntendedUse, Toxicity
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.vocabulary import DerivativeClass, Exposure, SourceClass

RECOMBINANT = OriginComponent(name="Cytokine", source=SourceClass.MICROBIAL)
HUMAN = OriginComponent(name="Platelets", source=SourceClass.HUMAN)
SERUM = OriginComponent(
    name="Serum", source=SourceClass.ANIMAL, derivative=DerivativeClass.SERUM_FOETAL
)
HEPARIN = OriginComponent(
    name="Heparin", source=SourceClass.ANIMAL, derivative=DerivativeClass.HEPARIN
)
MATRIX = OriginComponent(name="Matrix", source=SourceClass.ANIMAL, derivative=DerivativeClass.OTHER)
UNNAMED = OriginComponent(name="Extract", source=SourceClass.ANIMAL)
OPEN = OriginComponent(name="Buffer")
FED_WITH_SERUM = OriginComponent(
    name="Cytokine",
    source=SourceClass.MICROBIAL,
    components=(replace(SERUM, exposure=Exposure.SECONDARY),),
)
HOLDS_SERUM = replace(RECOMBINANT, components=(SERUM,))

DRUG, DEVICE = Grade.LICENSED_DRUG, Grade.DEVICE
GMP, IVD, RUO, UNKNOWN = Grade.GMP_FOR_FURTHER_MANUFACTURE, Grade.IVD, Grade.RUO, Grade.UNKNOWN
MADE_FOR, LICENSED = IntendedUse.FOR_FURTHER_MANUFACTURE, IntendedUse.AS_LICENSED
DIAGNOSTIC, RESEARCH = IntendedUse.DIAGNOSTIC, IntendedUse.RESEARCH
SILENT = IntendedUse.NOT_STATED


def facts(
    grade: Grade,
    use: IntendedUse,
    *components: OriginComponent,
    toxicity: Toxicity = Toxicity.NOT_TOXIC,
) -> TierFacts:
    return TierFacts(MaterialCategory.ANCILLARY, False, toxicity, grade, use, components)


@pytest.mark.parametrize(
    ("case", "grade", "use", "components", "tier"),
    [
        ("heparin for injection", DRUG, LICENSED, (HEPARIN,), 1),
        ("albumin for injection, origin not recorded", DRUG, LICENSED, (), 1),
        ("cleared cell-selection kit", DEVICE, SILENT, (), 1),
        ("a licensed drug bought as bulk for manufacture", DRUG, MADE_FOR, (HEPARIN,), 2),
        ("GMP cytokine", GMP, MADE_FOR, (RECOMBINANT,), 2),
        ("GMP platelet lysate with heparin", GMP, MADE_FOR, (HUMAN, HEPARIN), 2),
        ("GMP cytokine fed with serum long ago", GMP, MADE_FOR, (FED_WITH_SERUM,), 2),
        ("diagnostic-grade antibody", IVD, DIAGNOSTIC, (RECOMBINANT,), 3),
        ("GMP on the label, diagnostics in the statement", GMP, DIAGNOSTIC, (RECOMBINANT,), 3),
        ("foetal bovine serum, even under GMP", GMP, MADE_FOR, (SERUM,), 4),
        ("a component that holds serum", GMP, MADE_FOR, (HOLDS_SERUM,), 4),
        ("basement-membrane matrix", IVD, DIAGNOSTIC, (MATRIX,), 4),
        ("research-grade cytokine", RUO, RESEARCH, (RECOMBINANT,), 4),
        ("GMP on the label, research in the statement", GMP, RESEARCH, (RECOMBINANT,), 4),
        ("research grade, nothing else known", RUO, SILENT, (), 4),
        ("grade not known", UNKNOWN, MADE_FOR, (RECOMBINANT,), None),
        ("GMP, the statement not on file", GMP, SILENT, (RECOMBINANT,), None),
        ("GMP, origin not recorded", GMP, MADE_FOR, (), None),
        ("GMP, origin not answered", GMP, MADE_FOR, (OPEN,), None),
        ("GMP, of an animal, not said what", GMP, MADE_FOR, (UNNAMED,), None),
        ("diagnostic grade, origin not recorded", IVD, DIAGNOSTIC, (), None),
    ],
)
def test_a_tier_follows_grade_intended_use_and_source(
    case: str,
    grade: Grade,
    use: IntendedUse,
    components: tuple[OriginComponent, ...],
    tier: int | None,
) -> None:
    assignment = assign_tier(facts(grade, use, *components))
    assert assignment.tier == tier, case
    assert assignment.reasons


@pytest.mark.parametrize("grade", Grade)
def test_a_toxin_is_tier_4_whatever_its_grade(grade: Grade) -> None:
    toxin = facts(grade, LICENSED, RECOMBINANT, toxicity=Toxicity.TOXIC)
    assert assign_tier(toxin).tier == 4


def test_every_gap_is_named_at_once() -> None:
    nothing = facts(UNKNOWN, SILENT, toxicity=Toxicity.NOT_RECORDED)
    assignment = assign_tier(nothing)
    assert assignment.words == "Tier cannot be assigned"
    assert len(assignment.reasons) == 4


@pytest.mark.parametrize(
    ("category", "in_product", "words"),
    [
        (MaterialCategory.STARTING, False, "recorded as starting"),
        (MaterialCategory.PRIMARY_CONTAINER, False, "recorded as primary container"),
        (MaterialCategory.ANCILLARY, True, "not meant to be in the final product"),
    ],
)
def test_what_the_chapter_does_not_speak_of_has_no_tier(
    category: MaterialCategory,
    in_product: bool,  # noqa: FBT001 -- a table of cases
    words: str,
) -> None:
    found = replace(
        facts(DRUG, LICENSED, RECOMBINANT), category=category, in_final_product=in_product
    )
    assert assign_tier(found).tier is None
    assert words in " ".join(assign_tier(found).reasons)


COMPONENTS = st.lists(
    st.sampled_from([RECOMBINANT, HUMAN, SERUM, HEPARIN, MATRIX, UNNAMED, OPEN, HOLDS_SERUM]),
    max_size=3,
).map(tuple)


@given(st.sampled_from(Grade), st.sampled_from(IntendedUse), st.sampled_from(Toxicity), COMPONENTS)
def test_a_gap_never_lowers_a_tier(
    grade: Grade,
    use: IntendedUse,
    toxicity: Toxicity,
    components: tuple[OriginComponent, ...],
) -> None:
    known = assign_tier(facts(grade, use, *components, toxicity=toxicity)).tier
    for blurred in (
        facts(Grade.UNKNOWN, use, *components, toxicity=toxicity),
        facts(grade, use, *components, toxicity=Toxicity.NOT_RECORDED),
        facts(grade, use, *components, OPEN, toxicity=toxicity),
    ):
        tier = assign_tier(blurred).tier
        assert tier is None or tier == HIGHEST or (known is not None and tier >= known)
        assert tier != 1 or known == 1
