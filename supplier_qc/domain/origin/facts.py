"""What is known of the origin of a material, as plain frozen values.

Every fact may be missing. Missing never helps: a rule treats it at least as badly as the worst
answer. Facts that contradict each other cannot be built.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from supplier_qc.domain.origin.vocabulary import (
    Agent,
    Attestation,
    DerivativeClass,
    DonorAttestation,
    Exposure,
    IndirectOrigin,
    IssuerRole,
    PathogenReductionStage,
    Residue,
    Route,
    SourceClass,
    Species,
    StepKind,
    Stunning,
    TestResult,
    Tissue,
    Use,
    VirusFamily,
    words,
)
from supplier_qc.domain.refusals import Refused

# What a derivative is made of, whoever makes it. None: it may be made of anything.
TISSUES_OF: dict[DerivativeClass, frozenset[Tissue] | None] = {
    DerivativeClass.SERUM_FOETAL: frozenset({Tissue.BLOOD}),
    DerivativeClass.SERUM_NEWBORN: frozenset({Tissue.BLOOD}),
    DerivativeClass.SERUM_CALF: frozenset({Tissue.BLOOD}),
    DerivativeClass.SERUM_DONOR: frozenset({Tissue.BLOOD}),
    DerivativeClass.SERUM_ADULT: frozenset({Tissue.BLOOD}),
    DerivativeClass.ALBUMIN: frozenset({Tissue.BLOOD}),
    DerivativeClass.TRANSFERRIN: frozenset({Tissue.BLOOD}),
    DerivativeClass.THROMBIN: frozenset({Tissue.BLOOD}),
    DerivativeClass.GELATIN: frozenset({Tissue.HIDE, Tissue.BONE}),
    DerivativeClass.COLLAGEN: frozenset({Tissue.HIDE, Tissue.BONE, Tissue.TENDON}),
    DerivativeClass.TALLOW_DERIVATIVE: frozenset({Tissue.TALLOW}),
    DerivativeClass.MILK_DERIVATIVE: frozenset({Tissue.MILK}),
    DerivativeClass.WOOL_DERIVATIVE: frozenset({Tissue.WOOL}),
    DerivativeClass.CHARCOAL: frozenset({Tissue.BONE}),
    DerivativeClass.PEPTONE: None,
    DerivativeClass.HEPARIN: frozenset({Tissue.INTESTINE, Tissue.LUNG}),
    DerivativeClass.TRYPSIN: frozenset({Tissue.PANCREAS}),
    DerivativeClass.OTHER: None,
}


class OriginFactsRefused(Refused):
    """The facts contradict each other or cannot be read; all reasons are named."""


class OpenEnded(Enum):
    """A certificate that states no end of its validity, as opposed to an end nobody noted."""

    OPEN_ENDED = "open_ended"


@dataclass(frozen=True, slots=True)
class Place:
    """`country` is ISO 3166-1 alpha-2; `zone` a part of it with a status of its own."""

    country: str
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class LogReduction:
    """Claimed reduction of a virus family, in log10."""

    family: VirusFamily
    log10: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessStep:
    """One step with its parameters: °C, minutes, bar absolute, kGy, pH units, nm.

    `evidence` names the document on file; without one the step does not count.
    """

    kind: StepKind
    evidence: str | None = None
    temperature_c: Decimal | None = None
    minutes: Decimal | None = None
    pressure_bar: Decimal | None = None
    dose_kgy: Decimal | None = None
    ph: Decimal | None = None
    pore_size_nm: Decimal | None = None
    is_validated_for_tse: bool = False
    log_reductions: tuple[LogReduction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cep:
    """A TSE certificate of suitability; `checked_on` is when its status was looked up at EDQM.

    `valid_to` is the last day of validity.
    """

    number: str
    revision: str | None = None
    valid_from: date | None = None
    valid_to: date | OpenEnded | None = None
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A supplier's statement on origin; None is what it does not say."""

    issued_on: date | None = None
    issuer_role: IssuerRole | None = None
    covers_item: bool | None = None
    covers_site: bool | None = None
    guideline_edition: str | None = None
    is_signed: bool | None = None


@dataclass(frozen=True, slots=True)
class AgentTest:
    agent: Agent
    result: TestResult


@dataclass(frozen=True, slots=True)
class PathogenReduction:
    stage: PathogenReductionStage
    method: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanOrigin:
    """Donor facts of a material of human origin.

    `licence` names the marketing authorisation where the material is itself a medicine;
    `serology` and `nat` are what every donation was tested for; `pool_donors` counts donors.
    """

    licence: str | None = None
    attested: frozenset[DonorAttestation] = frozenset()
    serology: frozenset[Agent] = frozenset()
    nat: frozenset[Agent] = frozenset()
    pool_donors: int | None = None
    pathogen_reduction: PathogenReduction | None = None
    donor_countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginComponent:
    """One component of an item, with what is in it or was used to make it beneath.

    For gelatin and collagen `tissue` is the raw material (hide, bone). `slaughter` is the place
    of slaughter or collection, `collected_on` its date. The birth and rearing of a foetus are
    those of its dam.
    """

    name: str
    exposure: Exposure | None = None
    source: SourceClass = SourceClass.UNANSWERED
    species: Species | None = None
    tissue: Tissue | None = None
    derivative: DerivativeClass | None = None
    birth: Place | None = None
    rearing: Place | None = None
    slaughter: Place | None = None
    collected_on: date | None = None
    age_months: Decimal | None = None
    stunning: Stunning | None = None
    attested: frozenset[Attestation] = frozenset()
    process: tuple[ProcessStep, ...] = ()
    cep: Cep | None = None
    statements: tuple[Statement, ...] = ()
    tests: tuple[AgentTest, ...] = ()
    indirect_origin: IndirectOrigin = IndirectOrigin.UNANSWERED
    use: Use | None = None
    route: Route | None = None
    residue: Residue | None = None
    human: HumanOrigin | None = None
    components: tuple["OriginComponent", ...] = ()

    def __post_init__(self) -> None:
        OriginFactsRefused.unless_empty(contradictions(self))


def contradictions(component: OriginComponent) -> Iterator[str]:
    """Why these facts cannot all be true of one component."""
    name = component.name.strip() or "A component"
    if not component.name.strip():
        yield "A component has no name."
    yield from (f"{name}: {reason}" for reason in _source_contradictions(component))
    yield from (f"{name}: {reason}" for reason in _tissue_contradictions(component))
    yield from (f"{name}: {reason}" for reason in _number_contradictions(component))
    yield from (f"{name}: {reason}" for reason in _place_contradictions(component))


def _source_contradictions(component: OriginComponent) -> Iterator[str]:
    source = component.source
    if source not in (SourceClass.HUMAN, SourceClass.UNANSWERED) and component.human is not None:
        yield f"donor facts belong to human origin, not to {words(source)} origin."
    if source in (SourceClass.ANIMAL, SourceClass.UNANSWERED):
        return
    if component.species is not None:
        yield f"{words(source)} origin has no animal species."


def _tissue_contradictions(component: OriginComponent) -> Iterator[str]:
    if component.derivative is None or component.tissue is None:
        return
    tissues = TISSUES_OF[component.derivative]
    if tissues is not None and component.tissue not in tissues:
        yield f"{words(component.derivative)} is not made of {words(component.tissue)}."


def _number_contradictions(component: OriginComponent) -> Iterator[str]:
    if component.age_months is not None and component.age_months < 0:
        yield "the age of the animals is negative."
    cep = component.cep
    if (
        cep is not None
        and cep.valid_from is not None
        and isinstance(cep.valid_to, date)
        and cep.valid_to < cep.valid_from
    ):
        yield f"CEP {cep.number} ends before it begins."
    pool = component.human.pool_donors if component.human else None
    if pool is not None and pool < 1:
        yield "a pool has at least one donor."


def _place_contradictions(component: OriginComponent) -> Iterator[str]:
    countries = {
        place.country
        for place in (component.birth, component.rearing, component.slaughter)
        if place is not None
    }
    if component.human is not None:
        countries |= component.human.donor_countries
    for country in sorted(countries):
        if not re.fullmatch(r"[A-Z]{2}", country):
            yield f"“{country}” is not a country code of two capital letters (ISO 3166-1)."


def possible_tissues(component: OriginComponent) -> frozenset[Tissue]:
    """What the component may be made of; empty when nothing narrows it down."""
    if component.tissue is not None:
        return frozenset({component.tissue})
    if component.derivative is None:
        return frozenset()
    return TISSUES_OF[component.derivative] or frozenset()


def possible_derivatives(component: OriginComponent) -> frozenset[DerivativeClass]:
    """The named class, or every class made of the named tissue where none is named."""
    if component.derivative not in (None, DerivativeClass.OTHER):
        return frozenset({component.derivative})
    return frozenset(
        derivative
        for derivative, tissues in TISSUES_OF.items()
        if tissues is not None and component.tissue in tissues
    )
