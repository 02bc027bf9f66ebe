"""Which table lists a part of a material, and what an item is on the way to animal-free."""

from datetime import date

import pytest

from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.listing import OriginClass, OriginTable, listings, origin_class
from supplier_qc.domain.origin.vocabulary import (
    Exposure,
    IndirectOrigin,
    SourceClass,
    Species,
)
from tests.domain.origin.origin_facts import shipped

ON = date(2026, 11, 24)
CLEAN = IndirectOrigin.NONE_WITH_EVIDENCE


def part(
    name: str, source: SourceClass, species: Species | None = None, **more: object
) -> OriginComponent:
    return OriginComponent(name=name, source=source, species=species, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "species", "indirect", "table", "question"),
    [
        (SourceClass.ANIMAL, Species.CATTLE, CLEAN, OriginTable.A, ""),
        (SourceClass.ANIMAL, Species.SHEEP, CLEAN, OriginTable.A, ""),
        (SourceClass.ANIMAL, Species.DEER, CLEAN, OriginTable.A, ""),
        (SourceClass.ANIMAL, Species.PIG, CLEAN, OriginTable.B, ""),
        (SourceClass.ANIMAL, None, CLEAN, None, "species is not stated"),
        (SourceClass.ANIMAL, Species.OTHER, CLEAN, None, "species is not stated"),
        (SourceClass.HUMAN, None, CLEAN, OriginTable.C, ""),
        (SourceClass.UNANSWERED, None, CLEAN, None, "source is not answered"),
        (SourceClass.PLANT, None, CLEAN, None, ""),
        (SourceClass.MICROBIAL, None, IndirectOrigin.UNANSWERED, None, "is not answered"),
    ],
)
def test_a_part_is_listed_by_its_source_or_says_what_keeps_it_from_it(
    source: SourceClass,
    species: Species | None,
    indirect: IndirectOrigin,
    table: OriginTable | None,
    question: str,
) -> None:
    (found,) = listings([part("Part", source, species, indirect_origin=indirect)], shipped(), ON)
    assert found.table is table
    assert question in found.open_question
    assert bool(found.open_question) is bool(question)


def test_a_part_is_named_by_what_it_is_in() -> None:
    peptone = part("Peptone", SourceClass.ANIMAL, Species.CATTLE)
    cytokine = part("Cytokine", SourceClass.MICROBIAL, components=(peptone,))
    found = list(listings([cytokine], shipped(), ON))
    assert [one.path for one in found] == ["Cytokine", "Cytokine › Peptone"]
    assert found[1].table is OriginTable.A


PEPTONE = part("Peptone", SourceClass.ANIMAL, Species.CATTLE, exposure=Exposure.TERTIARY)
SERUM = part("Serum", SourceClass.ANIMAL, Species.CATTLE, exposure=Exposure.PRIMARY)
UNSURE = part("Enzyme", SourceClass.ANIMAL, Species.PIG)
SALT = part("Salt", SourceClass.SYNTHETIC_OR_MINERAL, indirect_origin=CLEAN)
OPEN = part("Salt", SourceClass.SYNTHETIC_OR_MINERAL)
PLATELETS = part("Platelets", SourceClass.HUMAN)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], OriginClass.NOT_ANSWERED),
        ([SALT], OriginClass.ANIMAL_FREE),
        ([SALT, OPEN], OriginClass.NOT_ANSWERED),
        ([PLATELETS, SALT], OriginClass.HUMAN),
        ([PLATELETS, OPEN], OriginClass.NOT_ANSWERED),
        ([PEPTONE, SALT], OriginClass.ANIMAL_IN_MAKING),
        ([PEPTONE, OPEN], OriginClass.ANIMAL_IN_MAKING),
        ([SERUM, PEPTONE], OriginClass.ANIMAL_IN_MATERIAL),
        # Where nobody said how it comes in, it counts as part of the material.
        ([UNSURE], OriginClass.ANIMAL_IN_MATERIAL),
        ([PLATELETS, SERUM], OriginClass.ANIMAL_IN_MATERIAL),
    ],
)
def test_what_is_not_answered_is_never_free_of_animal_origin(
    parts: list[OriginComponent], expected: OriginClass
) -> None:
    assert origin_class(parts, shipped(), ON) is expected
    assert origin_class(list(reversed(parts)), shipped(), ON) is expected
