"""Origin facts in words: what is not stated is said, never left out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from supplier_qc.domain.origin.description import fact_pairs, origin_words
from supplier_qc.domain.origin.facts import (
    Cep,
    HumanOrigin,
    OpenEnded,
    OriginComponent,
    Place,
    ProcessStep,
)
from supplier_qc.domain.origin.vocabulary import (
    DerivativeClass,
    SourceClass,
    Species,
    StepKind,
    Tissue,
)

AU, MX = Place("AU"), Place("MX", "North")
SERUM = OriginComponent(
    name="Blood",
    source=SourceClass.ANIMAL,
    species=Species.CATTLE,
    derivative=DerivativeClass.SERUM_FOETAL,
    birth=AU,
    rearing=AU,
    slaughter=AU,
)


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        (SERUM, "bovine foetal serum, born/reared/slaughtered or collected AU"),
        (
            replace(SERUM, birth=MX, slaughter=None),
            (
                "bovine foetal serum, born MX (North), reared AU, "
                "slaughtered or collected in a country not stated"
            ),
        ),
        (
            replace(SERUM, derivative=DerivativeClass.GELATIN, tissue=Tissue.HIDE),
            "bovine gelatin of hide, born/reared/slaughtered or collected AU",
        ),
        (
            replace(SERUM, derivative=None, species=None),
            (
                "animal (species not stated) material, tissue not stated, "
                "born/reared/slaughtered or collected AU"
            ),
        ),
        (
            OriginComponent(name="Blood", source=SourceClass.HUMAN, tissue=Tissue.BLOOD),
            "human blood, countries of the donors not stated",
        ),
        (
            OriginComponent(
                name="Blood",
                source=SourceClass.HUMAN,
                tissue=Tissue.BLOOD,
                human=HumanOrigin(donor_countries=frozenset({"DK", "DE"})),
            ),
            "human blood, donors of DE, DK",
        ),
        (OriginComponent(name="Blood"), "source not answered"),
        (
            OriginComponent(name="Blood", source=SourceClass.PLANT),
            "plant, indirect origin not answered",
        ),
    ],
)
def test_a_component_in_one_line(component: OriginComponent, expected: str) -> None:
    assert origin_words([component]) == f"Blood: {expected}"


def test_what_is_beneath_a_component_follows_it() -> None:
    milk = replace(SERUM, name="Milk", derivative=DerivativeClass.MILK_DERIVATIVE)
    root = OriginComponent(name="Yeast", source=SourceClass.MICROBIAL, components=(milk,))
    assert origin_words([root]).startswith("Yeast: microbial")
    assert "; Milk: bovine milk or derivative of milk" in origin_words([root])


def test_an_item_without_components_says_so() -> None:
    assert origin_words([]) == "no origin facts recorded"


def test_facts_of_an_animal_that_are_not_stated_stand_there_empty() -> None:
    pairs = dict(fact_pairs(OriginComponent(name="x", source=SourceClass.ANIMAL)))
    assert pairs["Country of birth"] is None
    assert pairs["Stunning"] is None
    assert pairs["Anything else of animal or human origin in the making"] is None


def test_steps_and_certificates_are_told_with_their_parameters() -> None:
    step = ProcessStep(kind=StepKind.IRRADIATION, dose_kgy=Decimal("25.0"))
    cep = Cep(number="R1", valid_from=date(2022, 1, 1), valid_to=OpenEnded.OPEN_ENDED)
    pairs = dict(fact_pairs(replace(SERUM, process=(step,), cep=cep)))
    assert pairs["Process step"] == "irradiation, 25.0 kGy, no evidence: does not count"
    assert pairs["TSE certificate of suitability"] == (
        "R1, valid from 2022-01-01 without an end, status checked on a day not stated"
    )
