"""Things that are free of animal origin at first sight: an animal hides in their making."""

from datetime import date
from decimal import Decimal

from supplier_qc.demo.origins_animal import milk, signed_statement
from supplier_qc.domain.months import months_after
from supplier_qc.domain.origin.facts import (
    OriginComponent,
    Place,
    ProcessStep,
)
from supplier_qc.domain.origin.vocabulary import (
    DerivativeClass,
    Exposure,
    IndirectOrigin,
    Residue,
    Route,
    SourceClass,
    Species,
    StepKind,
    Tissue,
    Use,
)

_UNITED_STATES = Place("US")


def protease(today: date) -> OriginComponent:
    """Animal-free at first sight; the yeast grew on casein peptone."""
    return OriginComponent(
        name="Recombinant protease",
        exposure=Exposure.PRIMARY,
        source=SourceClass.MICROBIAL,
        indirect_origin=IndirectOrigin.SOME,
        use=Use.REAGENT_ROUTINE,
        route=Route.PARENTERAL,
        residue=Residue.QUANTIFIED,
        components=(milk(today, "Casein peptone of the fermentation", Exposure.SECONDARY),),
    )


def film(today: date) -> OriginComponent:
    stearate = OriginComponent(
        name="Calcium stearate, slip agent of the film",
        exposure=Exposure.PRIMARY,
        source=SourceClass.ANIMAL,
        species=Species.CATTLE,
        tissue=Tissue.TALLOW,
        derivative=DerivativeClass.TALLOW_DERIVATIVE,
        birth=_UNITED_STATES,
        rearing=_UNITED_STATES,
        slaughter=_UNITED_STATES,
        collected_on=months_after(today, -40),
        process=(
            ProcessStep(
                kind=StepKind.SAPONIFICATION_CONTINUOUS,
                evidence="AC-TSE-5",
                temperature_c=Decimal(145),
                minutes=Decimal(10),
                pressure_bar=Decimal(2),
            ),
        ),
        statements=(signed_statement(today, 13),),
        route=Route.PARENTERAL,
        residue=Residue.NONE,
    )
    return OriginComponent(
        name="Film",
        exposure=Exposure.PRIMARY,
        source=SourceClass.SYNTHETIC_OR_MINERAL,
        indirect_origin=IndirectOrigin.SOME,
        use=Use.OTHER,
        route=Route.PARENTERAL,
        residue=Residue.NONE,
        components=(stearate,),
    )


def gentamicin() -> OriginComponent:
    peptone = OriginComponent(
        name="Peptone of the fermentation",
        exposure=Exposure.SECONDARY,
        source=SourceClass.ANIMAL,
        derivative=DerivativeClass.PEPTONE,
    )
    return OriginComponent(
        name="Gentamicin",
        exposure=Exposure.PRIMARY,
        source=SourceClass.MICROBIAL,
        indirect_origin=IndirectOrigin.SOME,
        use=Use.REAGENT_ROUTINE,
        route=Route.PARENTERAL,
        residue=Residue.QUANTIFIED,
        components=(peptone,),
    )
