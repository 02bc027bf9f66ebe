"""Which table of a dossier lists a component: A, B, C, or none because an answer is missing.

Table A lists materials of species relevant for TSE, B those of other animals, C those of human
origin, as the EU forms beside EMA/410/01 do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.nesting import walk
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.vocabulary import (
    Exposure,
    IndirectOrigin,
    SourceClass,
    Species,
    words,
)


class OriginTable(StrEnum):
    A = "a"  # of a species relevant for TSE
    B = "b"  # of another animal
    C = "c"  # of human origin


@dataclass(frozen=True, slots=True)
class Listing:
    """A part, its names from the component downwards, and where it is listed.

    `table` None: it belongs in none of the tables; `open_question` says what keeps it from being
    placed, and is empty where nothing does.
    """

    path: str
    part: OriginComponent
    table: OriginTable | None
    open_question: str


def listings(
    components: Sequence[OriginComponent], lists: ReferenceLists, on: date
) -> Iterator[Listing]:
    """Each component and all beneath it, parents first."""
    for component in components:
        names: dict[tuple[int, ...], str] = {}
        for position, part in walk(component):
            above = f"{names[position[:-1]]} › " if position else ""
            names[position] = above + part.name
            yield _listing(names[position], part, lists, on)


def _listing(path: str, part: OriginComponent, lists: ReferenceLists, on: date) -> Listing:
    if part.source is SourceClass.HUMAN:
        return Listing(path, part, OriginTable.C, "")
    if part.source is SourceClass.UNANSWERED:
        return Listing(path, part, None, "The source is not answered.")
    if part.source is SourceClass.ANIMAL:
        return _animal_listing(path, part, lists, on)
    return Listing(path, part, None, _indirect_question(part))


def _animal_listing(path: str, part: OriginComponent, lists: ReferenceLists, on: date) -> Listing:
    if part.species in (None, Species.OTHER):
        return Listing(path, part, None, "It is of animal origin; the species is not stated.")
    rows = lists.species_rows(part.species, on)
    if not rows:
        question = f"No row says whether {words(part.species)} is relevant for TSE."
        return Listing(path, part, None, question)
    is_relevant = any(row.is_tse_relevant for row in rows)
    return Listing(path, part, OriginTable.A if is_relevant else OriginTable.B, "")


def _indirect_question(part: OriginComponent) -> str:
    if part.indirect_origin is not IndirectOrigin.UNANSWERED:
        return ""
    return "Whether anything of animal or human origin was used in its making is not answered."


class OriginClass(StrEnum):
    """What an item is, for the way to materials that are free of animal origin."""

    ANIMAL_IN_MATERIAL = "animal_in_material"
    ANIMAL_IN_MAKING = "animal_in_making"
    HUMAN = "human"
    NOT_ANSWERED = "not_answered"
    ANIMAL_FREE = "animal_free"


def origin_class(
    components: Sequence[OriginComponent], lists: ReferenceLists, on: date
) -> OriginClass:
    """The item's class by its parts; what is not answered is never free of animal origin.

    Animal origin that is recorded counts before an open answer, since no answer can undo it.
    """
    found = list(listings(components, lists, on))
    animal = [one.part for one in found if one.part.source is SourceClass.ANIMAL]
    if any(part.exposure in (None, Exposure.PRIMARY) for part in animal):
        return OriginClass.ANIMAL_IN_MATERIAL
    if animal:
        return OriginClass.ANIMAL_IN_MAKING
    if not found or any(one.open_question for one in found):
        return OriginClass.NOT_ANSWERED
    if any(one.part.source is SourceClass.HUMAN for one in found):
        return OriginClass.HUMAN
    return OriginClass.ANIMAL_FREE
