"""Origin facts in words: one line for a table, and pairs of label and value for a record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from supplier_qc.domain.countries import country_name
from supplier_qc.domain.origin.facts import (
    TISSUES_OF,
    Cep,
    HumanOrigin,
    OpenEnded,
    OriginComponent,
    Place,
    ProcessStep,
    Statement,
)
from supplier_qc.domain.origin.nesting import walk
from supplier_qc.domain.origin.vocabulary import (
    Agent,
    DerivativeClass,
    Exposure,
    IndirectOrigin,
    Residue,
    Route,
    SourceClass,
    Species,
    StepKind,
    TestResult,
    Use,
    words,
)

Pair = tuple[str, str | None]
"""A label and its value; None where the fact is not stated."""

_ADJECTIVES = {
    Species.CATTLE: "bovine",
    Species.SHEEP: "ovine",
    Species.GOAT: "caprine",
    Species.DEER: "cervine",
    Species.PIG: "porcine",
    Species.HORSE: "equine",
    Species.BIRD: "avian",
    Species.OTHER: "other animal",
}
_PHRASES: dict[StrEnum, str] = {
    DerivativeClass.SERUM_FOETAL: "foetal serum",
    DerivativeClass.SERUM_NEWBORN: "newborn calf serum",
    DerivativeClass.SERUM_CALF: "calf serum",
    DerivativeClass.SERUM_DONOR: "donor serum",
    DerivativeClass.SERUM_ADULT: "adult serum",
    DerivativeClass.TALLOW_DERIVATIVE: "derivative of tallow",
    DerivativeClass.MILK_DERIVATIVE: "milk or derivative of milk",
    DerivativeClass.WOOL_DERIVATIVE: "derivative of wool",
    DerivativeClass.OTHER: "none of these classes",
    Exposure.PRIMARY: "primary: the material itself or a part of it",
    Exposure.SECONDARY: "secondary: used to make the material",
    Exposure.TERTIARY: "tertiary: used to make what the manufacturer uses",
    Exposure.VENDOR_PROCESS_AID: "process aid of the vendor",
    SourceClass.SYNTHETIC_OR_MINERAL: "synthetic or mineral",
    SourceClass.UNANSWERED: "not answered",
    IndirectOrigin.NONE_WITH_EVIDENCE: "nothing, and evidence is on file",
    IndirectOrigin.SOME: "something: it is recorded beneath this component",
    IndirectOrigin.UNANSWERED: "not answered",
    Use.REAGENT_ROUTINE: "culture reagent, routine production",
    Use.REAGENT_MASTER_CELL_BANK: "culture reagent, master cell bank",
    Use.REAGENT_WORKING_CELL_BANK: "culture reagent, working cell bank",
    Use.STARTING_MATERIAL_ACTIVE: "starting material of the active substance",
    Use.STARTING_MATERIAL_EXCIPIENT: "starting material of an excipient",
    Route.NOT_PARENTERAL: "not parenteral",
    Residue.NONE: "none",
    Residue.QUANTIFIED: "quantified, within its justified limit",
    Residue.UNQUANTIFIED: "not quantified",
    Residue.IN_PRODUCT: "it is part of the product",
    StepKind.LOW_PH: "low pH",
    StepKind.SOLVENT_DETERGENT: "solvent and detergent",
}


def phrase(member: StrEnum) -> str:
    """A controlled value as it reads on a form or in a record."""
    return _PHRASES.get(member, words(member))


def origin_words(components: Iterable[OriginComponent]) -> str:
    """All components on one line: `Foetal blood: bovine foetal serum, born/reared/slaughtered AU`.

    Parts follow the component that they are in; nothing recorded says so.
    """
    parts = (part for component in components for _, part in walk(component))
    return "; ".join(f"{part.name}: {_source_words(part)}" for part in parts) or (
        "no origin facts recorded"
    )


def _source_words(part: OriginComponent) -> str:
    if part.source is SourceClass.ANIMAL:
        return f"{_animal(part)} {_what(part)}, {_places(part)}"
    if part.source is SourceClass.HUMAN:
        return f"human {_what(part)}{_donors(part.human)}"
    if part.source is SourceClass.UNANSWERED:
        return "source not answered"
    return f"{phrase(part.source)}{_indirect(part)}"


def _animal(part: OriginComponent) -> str:
    if part.species is None:
        return "animal (species not stated)"
    return species_adjective(part.species)


def species_adjective(species: Species) -> str:
    """As in "porcine"; the plain name where the language has no adjective."""
    return _ADJECTIVES.get(species, words(species))


def _what(part: OriginComponent) -> str:
    derivative, tissue = part.derivative, part.tissue
    if derivative is None or derivative is DerivativeClass.OTHER:
        return words(tissue) if tissue else "material, tissue not stated"
    tissues = TISSUES_OF[derivative]
    if tissue and (tissues is None or len(tissues) > 1):
        return f"{phrase(derivative)} of {words(tissue)}"
    return phrase(derivative)


def _places(part: OriginComponent) -> str:
    verbs: dict[str, list[str]] = defaultdict(list)
    for verb, place in (
        ("born", part.birth),
        ("reared", part.rearing),
        ("slaughtered or collected", part.slaughter),
    ):
        where = "in a country not stated" if place is None else _place_code(place)
        verbs[where].append(verb)
    return ", ".join(f"{'/'.join(names)} {where}" for where, names in verbs.items())


def _place_code(place: Place) -> str:
    return f"{place.country} ({place.zone})" if place.zone else place.country


def _donors(human: HumanOrigin | None) -> str:
    if human is None or not human.donor_countries:
        return ", countries of the donors not stated"
    return f", donors of {', '.join(sorted(human.donor_countries))}"


def _indirect(part: OriginComponent) -> str:
    unanswered = part.indirect_origin is IndirectOrigin.UNANSWERED
    return ", indirect origin not answered" if unanswered else ""


def fact_pairs(part: OriginComponent) -> tuple[Pair, ...]:
    """The facts of one component without those beneath it.

    What the rules ask of this kind of source stands there even when it is not stated.
    """
    return (
        ("Source", None if part.source is SourceClass.UNANSWERED else phrase(part.source)),
        ("Exposure", _phrase(part.exposure)),
        *(_animal_pairs(part) if part.source is SourceClass.ANIMAL else ()),
        *(_human_pairs(part) if part.source is SourceClass.HUMAN else ()),
        *_evidence_pairs(part),
        ("Anything else of animal or human origin in the making", _indirect_answer(part)),
        ("Use", _phrase(part.use)),
        ("Route of the product", _phrase(part.route)),
        ("Left in the product", _phrase(part.residue)),
    )


def _animal_pairs(part: OriginComponent) -> tuple[Pair, ...]:
    return (
        ("Species", _phrase(part.species)),
        ("Tissue or fluid", _phrase(part.tissue)),
        ("Material class", _phrase(part.derivative)),
        ("Country of birth", _place_name(part.birth)),
        ("Country of rearing", _place_name(part.rearing)),
        ("Country of slaughter or collection", _place_name(part.slaughter)),
        ("Slaughtered or collected on", _day(part.collected_on)),
        ("Age of the animals", _number(part.age_months, "months")),
        ("Stunning", _phrase(part.stunning)),
        ("Shown by evidence", _joined(part.attested)),
        ("Tested, not detected", _joined(_agents(part, TestResult.NOT_DETECTED))),
        ("Detected", _joined(_agents(part, TestResult.DETECTED)) or "nothing recorded"),
    )


def _human_pairs(part: OriginComponent) -> tuple[Pair, ...]:
    human = part.human or HumanOrigin()
    reduction = human.pathogen_reduction
    count = human.pool_donors
    pool = None if count is None else f"{count} donor{'' if count == 1 else 's'}"
    return (
        ("Tissue or fluid", _phrase(part.tissue)),
        ("Collected on", _day(part.collected_on)),
        ("Countries of the donors", _joined_text(country_words(c) for c in human.donor_countries)),
        ("Licence", human.licence),
        ("Shown by evidence", _joined(human.attested)),
        ("Donors tested by serology", _joined(human.serology)),
        ("Donors tested by nucleic-acid testing", _joined(human.nat)),
        ("Pool", pool),
        (
            "Pathogen reduction",
            None if reduction is None else f"{phrase(reduction.stage)} {reduction.method or ''}",
        ),
    )


def _evidence_pairs(part: OriginComponent) -> Iterator[Pair]:
    for step in part.process:
        yield "Process step", step_words(step)
    if part.cep is not None:
        yield "TSE certificate of suitability", cep_words(part.cep)
    for statement in part.statements:
        yield "Statement of origin", statement_words(statement)


def step_words(step: ProcessStep) -> str:
    """As in `irradiation, 30 kGy, evidence EW-TSE-12`."""
    numbers = (
        _number(step.temperature_c, "°C"),
        _number(step.minutes, "min"),
        _number(step.pressure_bar, "bar"),
        _number(step.dose_kgy, "kGy"),
        None if step.ph is None else f"pH {step.ph}",
        _number(step.pore_size_nm, "nm"),
    )
    claims = (f"{words(claim.family)} {claim.log10} log10" for claim in step.log_reductions)
    said = [phrase(step.kind), *(number for number in numbers if number), *claims]
    if step.is_validated_for_tse:
        said.append("validated for TSE")
    said.append(f"evidence {step.evidence}" if step.evidence else "no evidence: does not count")
    return ", ".join(said)


def cep_words(cep: Cep) -> str:
    named = f"{cep.number} {cep.revision or ''}".strip()
    open_ended = cep.valid_to is OpenEnded.OPEN_ENDED
    end = "without an end" if open_ended else f"to {_day_or_absent(cep.valid_to)}"
    return (
        f"{named}, valid from {_day_or_absent(cep.valid_from)} {end}, status checked on "
        f"{_day_or_absent(cep.checked_on)}"
    )


def statement_words(statement: Statement) -> str:
    role = "issuer not stated" if statement.issuer_role is None else phrase(statement.issuer_role)
    answers = (
        ("names our item", statement.covers_item),
        ("names the site", statement.covers_site),
        ("signed", statement.is_signed),
    )
    said = [f"of {_day_or_absent(statement.issued_on)}", role]
    said += [f"{what}: {_yes_or_no(answer)}" for what, answer in answers]
    said.append(statement.guideline_edition or "cites no guideline edition")
    return ", ".join(said)


def country_words(code: str) -> str:
    """As in `Australia (AU)`."""
    return f"{country_name(code)} ({code})"


def _place_name(place: Place | None) -> str | None:
    if place is None:
        return None
    return country_words(place.country) + (f", zone {place.zone}" if place.zone else "")


def _indirect_answer(part: OriginComponent) -> str | None:
    answer = part.indirect_origin
    return None if answer is IndirectOrigin.UNANSWERED else phrase(answer)


def _agents(part: OriginComponent, result: TestResult) -> list[Agent]:
    return [test.agent for test in part.tests if test.result is result]


def _phrase(member: StrEnum | None) -> str | None:
    return None if member is None else phrase(member)


def _joined(members: Iterable[StrEnum]) -> str | None:
    return _joined_text(phrase(member) for member in members)


def _joined_text(texts: Iterable[str]) -> str | None:
    return ", ".join(sorted(texts)) or None


def _number(number: Decimal | None, unit: str) -> str | None:
    return None if number is None else f"{number:f} {unit}"


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_or_absent(day: object) -> str:
    return day.isoformat() if isinstance(day, date) else "a day not stated"


def _yes_or_no(answer: bool | None) -> str:  # noqa: FBT001 -- the answer is the subject
    return "not stated" if answer is None else ("yes" if answer else "no")
