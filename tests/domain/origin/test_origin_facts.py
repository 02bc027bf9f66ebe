"""Facts that contradict each other, and facts read from JSON and written back."""

import json
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given, settings

from supplier_qc.domain.origin.as_json import facts_to_json, to_json
from supplier_qc.domain.origin.facts import (
    Cep,
    HumanOrigin,
    OpenEnded,
    OriginComponent,
    OriginFactsRefused,
    Place,
)
from supplier_qc.domain.origin.facts_json import component_from_json, components_from_json
from supplier_qc.domain.origin.vocabulary import (
    Agent,
    Attestation,
    DerivativeClass,
    SourceClass,
    Species,
    Tissue,
    VirusFamily,
)
from tests.domain.origin.origin_facts import components


def not_known(what: str, kind: type[StrEnum]) -> str:
    return f"{what} is not known; choose one of {', '.join(kind)}."


def reasons(data: object) -> tuple[str, ...]:
    with pytest.raises(OriginFactsRefused) as refused:
        component_from_json(data)
    return refused.value.reasons


def test_facts_that_contradict_each_other_are_refused_all_at_once() -> None:
    with pytest.raises(OriginFactsRefused) as refused:
        OriginComponent(
            name=" ",
            source=SourceClass.PLANT,
            species=Species.CATTLE,
            tissue=Tissue.BRAIN,
            derivative=DerivativeClass.GELATIN,
            age_months=Decimal(-1),
            birth=Place("Australia"),
            cep=Cep(number="R1", valid_from=date(2026, 1, 1), valid_to=date(2025, 1, 1)),
            human=HumanOrigin(pool_donors=0, donor_countries=frozenset({"de"})),
        )

    assert refused.value.reasons == (
        "A component has no name.",
        "A component: donor facts belong to human origin, not to plant origin.",
        "A component: plant origin has no animal species.",
        "A component: gelatin is not made of brain.",
        "A component: the age of the animals is negative.",
        "A component: CEP R1 ends before it begins.",
        "A component: a pool has at least one donor.",
        "A component: “Australia” is not a country code of two capital letters (ISO 3166-1).",
        "A component: “de” is not a country code of two capital letters (ISO 3166-1).",
    )


@settings(max_examples=40, deadline=None)
@given(components(depth=1))
def test_facts_written_as_json_are_read_back_as_they_were(component: OriginComponent) -> None:
    written = json.loads(json.dumps(facts_to_json(component)))

    assert component_from_json(written) == component


def test_everything_that_can_be_recorded_is_read() -> None:
    component = component_from_json({
        "name": "Foetal serum",
        "exposure": "primary",
        "source": "animal",
        "species": "cattle",
        "derivative": "serum_foetal",
        "slaughter": {"country": "GB", "zone": "Scotland"},
        "collected_on": "2025-03-31",
        "age_months": 12.5,
        "process": [{
            "kind": "irradiation", "evidence": "report 7", "dose_kgy": "30", "ph": "7.0",
            "pore_size_nm": "20", "is_validated_for_tse": True,
            "log_reductions": [{"family": "flavivirus", "log10": "5.5"}],
        }],
        "cep": {"number": "R1-CEP", "revision": "00", "valid_to": "open_ended"},
        "statements": [{"issued_on": "2026-01-01", "is_signed": True, "covers_item": False}],
        "tests": [{"agent": "bluetongue", "result": "not_detected"}],
        "use": "reagent_master_cell_bank",
    })  # fmt: skip

    assert component.slaughter == Place("GB", "Scotland")
    assert component.age_months == Decimal("12.5")
    assert component.process[0].log_reductions[0].family is VirusFamily.FLAVIVIRUS
    assert component.process[0].is_validated_for_tse
    assert component.cep is not None
    assert component.cep.valid_to is OpenEnded.OPEN_ENDED
    assert component.statements[0].covers_item is False


def test_every_problem_in_the_json_is_named_with_its_path() -> None:
    assert reasons({
        "source": "cow",
        "species": ["cattle"],
        "collected_on": "31.03.2025",
        "age_months": "old",
        "attested": "srm_removed",
        "process": [{"evidence": 7}],
        "cep": {"valid_from": True},
        "statements": [{"is_signed": "yes"}],
        "tests": [{"agent": "flu", "result": "not_detected"}],
        "human": {"pool_donors": 1.5, "pathogen_reduction": {}},
        "slaughter": "AU",
        "colour": "red",
        "components": [{"name": "peptone", "age_months": True, "attested": ["good_will"]}, 4],
    }) == (
        "name: is missing.",
        not_known("source: “cow”", SourceClass),
        not_known("species: “['cattle']”", Species),
        "slaughter: is not an object with named facts.",
        "slaughter.country: is missing.",
        "collected_on: “31.03.2025” is not a date such as 2026-03-31.",
        "age_months: “old” is not a number.",
        "attested: is not a list.",
        "process[0].kind: is missing.",
        "process[0].evidence: is not a text.",
        "cep.number: is missing.",
        "cep.valid_from: “True” is not a date such as 2026-03-31.",
        "statements[0].is_signed: is not true or false.",
        not_known("tests[0].agent: “flu”", Agent),
        "human.pool_donors: “1.5” is not a whole number.",
        "human.pathogen_reduction.stage: is missing.",
        "components[0].age_months: “True” is not a number.",
        not_known("components[0].attested: “good_will”", Attestation),
        "components[1]: is not an object with named facts.",
        "components[1].name: is missing.",
        "colour: is not a fact that can be recorded.",
    )  # fmt: skip


def test_a_claimed_reduction_needs_its_family_and_its_number() -> None:
    step = {"kind": "heat", "log_reductions": [{}, {"family": "parvovirus", "log10": "many"}]}

    assert reasons({"name": "serum", "process": [step]}) == (
        "process[0].log_reductions[0].family: is missing.",
        "process[0].log_reductions[0].log10: is missing.",
        "process[0].log_reductions[1].log10: “many” is not a number.",
    )


def test_contradictions_are_found_while_reading_too() -> None:
    assert reasons({"name": "gelatin", "derivative": "gelatin", "tissue": "brain"}) == (
        "gelatin: gelatin is not made of brain.",
    )


def test_facts_that_are_no_object_are_refused() -> None:
    assert reasons("serum") == (
        "facts: is not an object with named facts.",
        "name: is missing.",
    )


def test_an_item_is_read_from_a_list_or_from_a_single_component() -> None:
    assert [c.name for c in components_from_json([{"name": "one"}, {"name": "two"}])] == [
        "one",
        "two",
    ]
    assert [c.name for c in components_from_json({"name": "one"})] == ["one"]

    with pytest.raises(OriginFactsRefused) as refused:
        components_from_json([{"name": "one"}, {"name": "two", "zone": "x"}, {}])

    assert refused.value.reasons == (
        "[1].zone: is not a fact that can be recorded.",
        "[2].name: is missing.",
    )


def test_conclusions_are_written_with_every_field() -> None:
    written = to_json(HumanOrigin(donor_countries=frozenset({"US", "DE"})))

    assert written == {
        "licence": None,
        "attested": [],
        "serology": [],
        "nat": [],
        "pool_donors": None,
        "pathogen_reduction": None,
        "donor_countries": ["DE", "US"],
    }
    assert to_json((Decimal("1.50"), date(2026, 1, 2), True)) == ["1.50", "2026-01-02", True]
