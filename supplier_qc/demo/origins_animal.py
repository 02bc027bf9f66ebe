"""Components of animal origin; what nobody has answered is left out."""

from datetime import date
from decimal import Decimal

from supplier_qc.domain.months import months_after
from supplier_qc.domain.origin.facts import (
    AgentTest,
    OriginComponent,
    Place,
    ProcessStep,
    Statement,
)
from supplier_qc.domain.origin.vocabulary import (
    Agent,
    Attestation,
    DerivativeClass,
    Exposure,
    IndirectOrigin,
    IssuerRole,
    Residue,
    Route,
    SourceClass,
    Species,
    StepKind,
    Stunning,
    TestResult,
    Tissue,
    Use,
)

_AUSTRALIA, _NEW_ZEALAND, _SPAIN = Place("AU"), Place("NZ"), Place("ES")
_DENMARK, _MEXICO, _UNITED_STATES = Place("DK"), Place("MX"), Place("US")


def signed_statement(today: date, months_ago: int) -> Statement:
    """A statement as it should be: of the maker, for this item and site, signed."""
    return Statement(
        issued_on=months_after(today, -months_ago),
        issuer_role=IssuerRole.MANUFACTURER,
        covers_item=True,
        covers_site=True,
        guideline_edition="EMA/410/01 rev. 3",
        is_signed=True,
    )


def heparin(today: date, name: str, exposure: Exposure, paper: str) -> OriginComponent:
    return OriginComponent(
        name=name,
        exposure=exposure,
        source=SourceClass.ANIMAL,
        species=Species.PIG,
        tissue=Tissue.INTESTINE,
        derivative=DerivativeClass.HEPARIN,
        birth=_SPAIN,
        rearing=_SPAIN,
        slaughter=_SPAIN,
        collected_on=months_after(today, -27),
        attested=frozenset({Attestation.RUMINANT_ABSENCE_TESTED}),
        process=(ProcessStep(kind=StepKind.ALKALI_TREATMENT, evidence=paper),),
        statements=(signed_statement(today, 9),),
        use=Use.REAGENT_ROUTINE,
        route=Route.PARENTERAL,
        residue=Residue.QUANTIFIED,
    )


def foetal_serum(today: date) -> OriginComponent:
    not_detected = (Agent.MYCOPLASMA, Agent.BACTERIA_AND_FUNGI, Agent.BVDV_INFECTIVITY)
    return OriginComponent(
        name="Foetal blood",
        exposure=Exposure.PRIMARY,
        source=SourceClass.ANIMAL,
        species=Species.CATTLE,
        tissue=Tissue.BLOOD,
        derivative=DerivativeClass.SERUM_FOETAL,
        birth=_AUSTRALIA,
        rearing=_AUSTRALIA,
        slaughter=_AUSTRALIA,
        collected_on=months_after(today, -23),
        stunning=Stunning.NON_PENETRATIVE,
        attested=frozenset(
            {
                Attestation.CLOSED_COLLECTION,
                Attestation.DEDICATED_COLLECTION_AREA,
                Attestation.DAM_FIT_FOR_CONSUMPTION,
                Attestation.WHOLE_UTERUS_REMOVED,
                Attestation.TRACEABLE_TO_ABATTOIR,
            }
        ),
        process=(
            ProcessStep(kind=StepKind.IRRADIATION, evidence="EW-TSE-12", dose_kgy=Decimal(30)),
        ),
        statements=(signed_statement(today, 11),),
        tests=tuple(AgentTest(agent, TestResult.NOT_DETECTED) for agent in not_detected),
        indirect_origin=IndirectOrigin.NONE_WITH_EVIDENCE,
        use=Use.REAGENT_MASTER_CELL_BANK,
        route=Route.PARENTERAL,
        residue=Residue.UNQUANTIFIED,
    )


def pancreas(today: date) -> OriginComponent:
    not_detected = (Agent.PORCINE_PARVOVIRUS, Agent.PCV1, Agent.PCV2)
    return OriginComponent(
        name="Pancreas",
        exposure=Exposure.PRIMARY,
        source=SourceClass.ANIMAL,
        species=Species.PIG,
        tissue=Tissue.PANCREAS,
        derivative=DerivativeClass.TRYPSIN,
        birth=_DENMARK,
        rearing=_DENMARK,
        slaughter=_DENMARK,
        collected_on=months_after(today, -20),
        process=(
            ProcessStep(kind=StepKind.LOW_PH, evidence="ZE-TSE-2", ph=Decimal("2.5")),
            ProcessStep(kind=StepKind.IRRADIATION, evidence="ZE-TSE-2", dose_kgy=Decimal(28)),
        ),
        statements=(signed_statement(today, 28),),  # older than two years
        tests=tuple(AgentTest(agent, TestResult.NOT_DETECTED) for agent in not_detected),
        use=Use.REAGENT_MASTER_CELL_BANK,
        route=Route.PARENTERAL,
        residue=Residue.UNQUANTIFIED,
    )


def milk(today: date, name: str, exposure: Exposure) -> OriginComponent:
    return OriginComponent(
        name=name,
        exposure=exposure,
        source=SourceClass.ANIMAL,
        species=Species.CATTLE,
        tissue=Tissue.MILK,
        derivative=DerivativeClass.MILK_DERIVATIVE,
        birth=_NEW_ZEALAND,
        rearing=_NEW_ZEALAND,
        slaughter=_NEW_ZEALAND,
        collected_on=months_after(today, -26),
        attested=frozenset(
            {Attestation.HEALTHY_ANIMALS_FOOD_CONDITIONS, Attestation.NO_OTHER_RUMINANT_ENZYME}
        ),
        route=Route.PARENTERAL,
        residue=Residue.UNQUANTIFIED,
    )


def lactose(today: date) -> OriginComponent:
    return milk(today, "Lactose, filler", Exposure.PRIMARY)


def bovine_albumin(today: date) -> OriginComponent:
    return OriginComponent(
        name="Plasma",
        exposure=Exposure.PRIMARY,
        source=SourceClass.ANIMAL,
        species=Species.CATTLE,
        tissue=Tissue.BLOOD,
        derivative=DerivativeClass.ALBUMIN,
        birth=_AUSTRALIA,
        rearing=_AUSTRALIA,
        slaughter=_AUSTRALIA,
        collected_on=months_after(today, -31),
        age_months=Decimal(28),
        stunning=Stunning.NON_PENETRATIVE,
        attested=frozenset({Attestation.TRACEABLE_TO_ABATTOIR}),
        process=(
            ProcessStep(
                kind=StepKind.HEAT,
                evidence="EW-TSE-33",
                temperature_c=Decimal(65),
                minutes=Decimal(180),
            ),
        ),
        statements=(signed_statement(today, 15),),
        indirect_origin=IndirectOrigin.NONE_WITH_EVIDENCE,
        use=Use.REAGENT_ROUTINE,
        route=Route.PARENTERAL,
        residue=Residue.QUANTIFIED,
    )


def transferrin() -> OriginComponent:
    """The trader could not say where the animals came from."""
    return OriginComponent(
        name="Plasma",
        exposure=Exposure.PRIMARY,
        source=SourceClass.ANIMAL,
        species=Species.CATTLE,
        tissue=Tissue.BLOOD,
        derivative=DerivativeClass.TRANSFERRIN,
        use=Use.REAGENT_ROUTINE,
        route=Route.PARENTERAL,
    )


def gelatin(today: date) -> OriginComponent:
    """From Mexico, of which the lists of the EU and of WOAH say different things."""
    return OriginComponent(
        name="Gelatin coating",
        exposure=Exposure.PRIMARY,
        source=SourceClass.ANIMAL,
        species=Species.CATTLE,
        tissue=Tissue.HIDE,
        derivative=DerivativeClass.GELATIN,
        birth=_MEXICO,
        rearing=_MEXICO,
        slaughter=_MEXICO,
        collected_on=months_after(today, -25),
        attested=frozenset({Attestation.CROSS_CONTAMINATION_CONTROLLED}),
        process=(ProcessStep(kind=StepKind.ALKALI_TREATMENT, evidence="CB-EET-4"),),
        statements=(signed_statement(today, 20),),
        use=Use.REAGENT_ROUTINE,
        route=Route.PARENTERAL,
        residue=Residue.UNQUANTIFIED,
    )
