"""Components of human origin, with what is known of their donors."""

from datetime import date
from decimal import Decimal

from supplier_qc.demo.origins_animal import heparin, signed_statement
from supplier_qc.domain.months import months_after
from supplier_qc.domain.origin.facts import (
    HumanOrigin,
    OriginComponent,
    PathogenReduction,
    Place,
    ProcessStep,
)
from supplier_qc.domain.origin.vocabulary import (
    Agent,
    DonorAttestation,
    Exposure,
    IndirectOrigin,
    PathogenReductionStage,
    Residue,
    Route,
    SourceClass,
    StepKind,
    Tissue,
    Use,
)

_DONATION_TESTS = frozenset({Agent.HIV, Agent.HBV, Agent.HCV, Agent.SYPHILIS})
_NAT = frozenset({Agent.HIV, Agent.HBV, Agent.HCV})
_DENMARK = Place("DK")


def platelets(today: date) -> OriginComponent:
    """Expired platelet units of two countries, no pathogen reduction, porcine heparin within."""
    return OriginComponent(
        name="Platelets",
        exposure=Exposure.PRIMARY,
        source=SourceClass.HUMAN,
        tissue=Tissue.BLOOD,
        slaughter=_DENMARK,
        collected_on=months_after(today, -14),
        statements=(signed_statement(today, 9),),
        indirect_origin=IndirectOrigin.SOME,
        use=Use.REAGENT_ROUTINE,
        route=Route.PARENTERAL,
        residue=Residue.UNQUANTIFIED,
        human=HumanOrigin(
            attested=frozenset(
                {DonorAttestation.DONORS_ELIGIBLE, DonorAttestation.TRACEABLE_DONOR_TO_LOT}
            ),
            serology=_DONATION_TESTS,
            nat=_NAT,
            pool_donors=240,
            pathogen_reduction=PathogenReduction(PathogenReductionStage.NONE),
            donor_countries=frozenset({"DK", "DE"}),
        ),
        components=(heparin(today, "Heparin of the lysate", Exposure.PRIMARY, "LH-TSE-7"),),
    )


def bone_marrow(today: date) -> OriginComponent:
    return OriginComponent(
        name="Bone marrow",
        exposure=Exposure.PRIMARY,
        source=SourceClass.HUMAN,
        tissue=Tissue.BONE_MARROW,
        slaughter=_DENMARK,
        collected_on=months_after(today, -3),
        indirect_origin=IndirectOrigin.NONE_WITH_EVIDENCE,
        use=Use.STARTING_MATERIAL_ACTIVE,
        route=Route.PARENTERAL,
        residue=Residue.IN_PRODUCT,
        human=HumanOrigin(
            attested=frozenset(DonorAttestation),
            serology=_DONATION_TESTS | {Agent.HTLV},
            nat=_NAT,
            pool_donors=1,
            pathogen_reduction=PathogenReduction(PathogenReductionStage.NONE),
            donor_countries=frozenset({"DK"}),
        ),
    )


def human_albumin(today: date) -> OriginComponent:
    return OriginComponent(
        name="Plasma",
        exposure=Exposure.PRIMARY,
        source=SourceClass.HUMAN,
        tissue=Tissue.BLOOD,
        slaughter=Place("AT"),
        collected_on=months_after(today, -22),
        process=(
            ProcessStep(
                kind=StepKind.HEAT,
                evidence="SP-GMP-5",
                temperature_c=Decimal(60),
                minutes=Decimal(600),
            ),
        ),
        use=Use.EXCIPIENT,
        route=Route.PARENTERAL,
        residue=Residue.IN_PRODUCT,
        human=HumanOrigin(
            licence="Marketing authorisation of the demo story",
            attested=frozenset(DonorAttestation),
            serology=_DONATION_TESTS,
            nat=_NAT,
            pathogen_reduction=PathogenReduction(PathogenReductionStage.POOL, "pasteurisation"),
            donor_countries=frozenset({"AT", "DE"}),
        ),
    )
