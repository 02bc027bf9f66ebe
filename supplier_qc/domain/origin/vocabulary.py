"""Controlled values of origin facts and of the reference lists.

Members whose order matters (levels, statuses, categories, stunning) are declared from harmless
to worst; `worst` and the comparisons in the rules rely on it.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

Member = TypeVar("Member", bound=StrEnum)


class Level(StrEnum):
    """What is concluded of a material; unknown is the worst because nothing can be built on it."""

    NOT_APPLICABLE = "not_applicable"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"
    UNKNOWN = "unknown"


class BseStatus(StrEnum):
    NEGLIGIBLE = "negligible"
    CONTROLLED = "controlled"
    UNDETERMINED = "undetermined"


class InfectivityCategory(StrEnum):
    """Tissue categories C, B, A: none detected, lower, high infectivity (WHO tables 2010)."""

    C = "C"
    B = "B"
    A = "A"


class Stunning(StrEnum):
    NOT_STUNNED = "not_stunned"  # bled alive, as donor animals are
    NON_PENETRATIVE = "non_penetrative"
    PENETRATIVE = "penetrative"
    GAS_OR_AIR_INJECTION = "gas_or_air_injection"
    PITHING = "pithing"


def severity(member: StrEnum) -> int:
    """Place of the member in its declaration, harmless first."""
    return list(type(member)).index(member)


def worst(members: Iterable[Member]) -> Member:
    """The worst of at least one member of one ordered enum."""
    return max(members, key=severity)


class ListAuthority(StrEnum):
    """Who keeps a list of country statuses."""

    EU = "eu"
    WOAH = "woah"
    USDA = "usda"


class Authority(StrEnum):
    """Who the dossier is meant for; `WOAH` is the bare list, for comparison."""

    EU = "eu"
    US = "us"
    JAPAN = "japan"
    CANADA = "canada"
    BRAZIL = "brazil"
    WOAH = "woah"


class Mark(StrEnum):
    """How well a regulatory datum was checked."""

    V = "V"  # read in the primary text
    V2 = "V2"  # read in a secondary source
    K = "K"  # general knowledge; the clause was not opened
    C = "C"  # convention, no legal limit


class Exposure(StrEnum):
    """How near the material comes to the product."""

    PRIMARY = "primary"  # it is the material, or a part of it
    SECONDARY = "secondary"  # used by the manufacturer to make the material
    TERTIARY = "tertiary"  # used to make what the manufacturer uses
    VENDOR_PROCESS_AID = "vendor_process_aid"


class SourceClass(StrEnum):
    ANIMAL = "animal"
    HUMAN = "human"
    SYNTHETIC_OR_MINERAL = "synthetic_or_mineral"
    PLANT = "plant"
    MICROBIAL = "microbial"
    UNANSWERED = "unanswered"


class Species(StrEnum):
    CATTLE = "cattle"
    BUFFALO = "buffalo"
    SHEEP = "sheep"
    GOAT = "goat"
    DEER = "deer"
    PIG = "pig"
    HORSE = "horse"
    RABBIT = "rabbit"
    RODENT = "rodent"
    BIRD = "bird"
    FISH = "fish"
    PRIMATE = "primate"
    OTHER = "other"


class Tissue(StrEnum):
    BRAIN = "brain"
    SPINAL_CORD = "spinal_cord"
    RETINA = "retina"
    OPTIC_NERVE = "optic_nerve"
    SPINAL_GANGLIA = "spinal_ganglia"
    TRIGEMINAL_GANGLIA = "trigeminal_ganglia"
    PITUITARY = "pituitary"
    DURA_MATER = "dura_mater"
    PERIPHERAL_NERVES = "peripheral_nerves"
    ENTERIC_PLEXUS = "enteric_plexus"
    SPLEEN = "spleen"
    LYMPH_NODES = "lymph_nodes"
    TONSIL = "tonsil"
    THYMUS = "thymus"
    NICTITATING_MEMBRANE = "nictitating_membrane"
    OESOPHAGUS = "oesophagus"
    STOMACH = "stomach"
    INTESTINE = "intestine"
    ILEUM = "ileum"
    LUNG = "lung"
    LIVER = "liver"
    KIDNEY = "kidney"
    ADRENAL = "adrenal"
    PANCREAS = "pancreas"
    BONE_MARROW = "bone_marrow"
    BLOOD_VESSELS = "blood_vessels"
    TONGUE = "tongue"
    SALIVARY_GLAND = "salivary_gland"
    CORNEA = "cornea"
    PLACENTA = "placenta"
    CEREBROSPINAL_FLUID = "cerebrospinal_fluid"
    BLOOD = "blood"
    OVARY = "ovary"
    UTERUS = "uterus"
    MAMMARY_GLAND = "mammary_gland"
    SKIN = "skin"
    ADIPOSE = "adipose"
    HEART = "heart"
    MILK = "milk"
    SALIVA = "saliva"
    URINE = "urine"
    FAECES = "faeces"
    SKELETAL_MUSCLE = "skeletal_muscle"
    BONE = "bone"
    CARTILAGE = "cartilage"
    TENDON = "tendon"
    HAIR = "hair"
    TEETH = "teeth"
    THYROID = "thyroid"
    PROSTATE = "prostate"
    TESTIS = "testis"
    SEMEN = "semen"
    BILE = "bile"
    COLOSTRUM = "colostrum"
    CORD_BLOOD = "cord_blood"
    EMBRYO = "embryo"
    NASAL_MUCUS = "nasal_mucus"
    SWEAT = "sweat"
    TEARS = "tears"
    HIDE = "hide"
    WOOL = "wool"
    TALLOW = "tallow"


class DerivativeClass(StrEnum):
    SERUM_FOETAL = "serum_foetal"
    SERUM_NEWBORN = "serum_newborn"
    SERUM_CALF = "serum_calf"
    SERUM_DONOR = "serum_donor"
    SERUM_ADULT = "serum_adult"
    ALBUMIN = "albumin"
    TRANSFERRIN = "transferrin"
    THROMBIN = "thrombin"
    GELATIN = "gelatin"
    COLLAGEN = "collagen"
    TALLOW_DERIVATIVE = "tallow_derivative"
    MILK_DERIVATIVE = "milk_derivative"
    WOOL_DERIVATIVE = "wool_derivative"
    CHARCOAL = "charcoal"
    PEPTONE = "peptone"
    HEPARIN = "heparin"
    TRYPSIN = "trypsin"
    OTHER = "other"


class Attestation(StrEnum):
    """What evidence on file shows; what is not listed was not shown, whatever the reason."""

    CLOSED_COLLECTION = "closed_collection"
    DEDICATED_COLLECTION_AREA = "dedicated_collection_area"
    SRM_REMOVED = "srm_removed"
    CROSS_CONTAMINATION_CONTROLLED = "cross_contamination_controlled"
    DAM_FIT_FOR_CONSUMPTION = "dam_fit_for_consumption"
    WHOLE_UTERUS_REMOVED = "whole_uterus_removed"
    TRACEABLE_TO_ABATTOIR = "traceable_to_abattoir"
    CONTROLLED_DONOR_HERD = "controlled_donor_herd"
    CLOSED_NEGLIGIBLE_RISK_HERD = "closed_negligible_risk_herd"
    HEALTHY_ANIMALS_FOOD_CONDITIONS = "healthy_animals_food_conditions"
    NO_OTHER_RUMINANT_ENZYME = "no_other_ruminant_enzyme"
    LIVE_HEALTHY_ANIMALS = "live_healthy_animals"
    RUMINANT_ABSENCE_TESTED = "ruminant_absence_tested"


class StepKind(StrEnum):
    """Steps of the making that remove or inactivate agents."""

    HYDROLYSIS = "hydrolysis"
    TRANSESTERIFICATION = "transesterification"
    SAPONIFICATION_BATCH = "saponification_batch"
    SAPONIFICATION_CONTINUOUS = "saponification_continuous"
    DISTILLATION = "distillation"
    CARBONISATION = "carbonisation"
    ALKALI_TREATMENT = "alkali_treatment"
    ACID_TREATMENT = "acid_treatment"
    HEAT = "heat"
    LOW_PH = "low_ph"
    IRRADIATION = "irradiation"
    NANOFILTRATION = "nanofiltration"
    SOLVENT_DETERGENT = "solvent_detergent"
    CHROMATOGRAPHY = "chromatography"


class VirusFamily(StrEnum):
    RETROVIRUS = "retrovirus"
    FLAVIVIRUS = "flavivirus"
    HERPESVIRUS = "herpesvirus"
    PICORNAVIRUS = "picornavirus"
    PARVOVIRUS = "parvovirus"
    CIRCOVIRUS = "circovirus"
    REOVIRUS = "reovirus"


class Agent(StrEnum):
    """What a material or its donors are tested for."""

    MYCOPLASMA = "mycoplasma"
    BACTERIA_AND_FUNGI = "bacteria_and_fungi"
    CYTOPATHIC_AND_HAEMADSORBING = "cytopathic_and_haemadsorbing"
    BVDV_INFECTIVITY = "bvdv_infectivity"
    BVDV_ANTIBODIES = "bvdv_antibodies"
    BLUETONGUE = "bluetongue"
    BOVINE_ADENOVIRUS = "bovine_adenovirus"
    BOVINE_PARVOVIRUS = "bovine_parvovirus"
    BRSV = "brsv"
    RABIES = "rabies"
    REOVIRUS = "reovirus"
    PORCINE_PARVOVIRUS = "porcine_parvovirus"
    PORCINE_ADENOVIRUS = "porcine_adenovirus"
    TGEV = "tgev"
    PORCINE_HEV = "porcine_hev"
    PCV1 = "pcv1"
    PCV2 = "pcv2"
    HIV = "hiv"
    HBV = "hbv"
    HCV = "hcv"
    HTLV = "htlv"
    SYPHILIS = "syphilis"


class TestResult(StrEnum):
    __test__ = False  # a value of the domain, not a test case

    NOT_DETECTED = "not_detected"
    DETECTED = "detected"


class IssuerRole(StrEnum):
    MANUFACTURER = "manufacturer"
    BROKER = "broker"


class IndirectOrigin(StrEnum):
    """Was anything of animal or human origin used in the making, beyond the named components?"""

    NONE_WITH_EVIDENCE = "none_with_evidence"
    SOME = "some"
    UNANSWERED = "unanswered"


class Use(StrEnum):
    """The use rows of the EU Table A."""

    ACTIVE_SUBSTANCE = "active_substance"
    EXCIPIENT = "excipient"
    REAGENT_ROUTINE = "reagent_routine"
    REAGENT_MASTER_CELL_BANK = "reagent_master_cell_bank"
    REAGENT_WORKING_CELL_BANK = "reagent_working_cell_bank"
    STARTING_MATERIAL_ACTIVE = "starting_material_active"
    STARTING_MATERIAL_EXCIPIENT = "starting_material_excipient"
    OTHER = "other"


class Route(StrEnum):
    PARENTERAL = "parenteral"
    NOT_PARENTERAL = "not_parenteral"


class Residue(StrEnum):
    """What of the material is left in the product that the patient receives."""

    NONE = "none"
    QUANTIFIED = "quantified"  # measured or calculated, within its justified limit
    UNQUANTIFIED = "unquantified"
    IN_PRODUCT = "in_product"  # an excipient or the active substance itself


class DonorAttestation(StrEnum):
    DONORS_ELIGIBLE = "donors_eligible"
    LOOK_BACK_AGREED = "look_back_agreed"
    TRACEABLE_DONOR_TO_LOT = "traceable_donor_to_lot"


class PathogenReductionStage(StrEnum):
    UNITS = "units"  # the single donations
    POOL = "pool"
    NONE = "none"  # answered: there is none


def words(member: StrEnum) -> str:
    """The value as it reads in a sentence."""
    return _WORDS.get(member, member.value.replace("_", " "))


_WORDS: dict[StrEnum, str] = {
    Authority.EU: "EU",
    Authority.US: "US",
    Authority.JAPAN: "Japan",
    Authority.CANADA: "Canada",
    Authority.BRAZIL: "Brazil",
    Authority.WOAH: "WOAH",
    ListAuthority.EU: "EU",
    ListAuthority.WOAH: "WOAH",
    ListAuthority.USDA: "USDA",
    Attestation.CLOSED_COLLECTION: "collection into a closed system",
    Attestation.DEDICATED_COLLECTION_AREA: "a collection area of its own",
    Attestation.SRM_REMOVED: "removal of specified risk material",
    Attestation.CROSS_CONTAMINATION_CONTROLLED: "control of cross-contamination",
    Attestation.DAM_FIT_FOR_CONSUMPTION: "a dam fit for consumption",
    Attestation.WHOLE_UTERUS_REMOVED: "removal of the whole uterus",
    Attestation.TRACEABLE_TO_ABATTOIR: "traceability to the abattoir",
    Attestation.CONTROLLED_DONOR_HERD: "a controlled donor herd",
    Attestation.HEALTHY_ANIMALS_FOOD_CONDITIONS: "healthy animals under the conditions of food",
    Attestation.NO_OTHER_RUMINANT_ENZYME: "no other ruminant enzyme",
    Attestation.LIVE_HEALTHY_ANIMALS: "live healthy animals",
    Attestation.RUMINANT_ABSENCE_TESTED: "a test for material of ruminants",
    DerivativeClass.SERUM_FOETAL: "foetal serum",
    DerivativeClass.SERUM_NEWBORN: "newborn serum",
    DerivativeClass.SERUM_CALF: "calf serum",
    DerivativeClass.SERUM_DONOR: "donor serum",
    DerivativeClass.SERUM_ADULT: "adult serum",
    Agent.BACTERIA_AND_FUNGI: "bacteria and fungi",
    Agent.CYTOPATHIC_AND_HAEMADSORBING: "cytopathic and haemadsorbing agents",
    Agent.BVDV_INFECTIVITY: "infectious BVDV",
    Agent.BVDV_ANTIBODIES: "antibodies against BVDV",
    Agent.BRSV: "BRSV",
    Agent.TGEV: "TGEV",
    Agent.PORCINE_HEV: "porcine haemagglutinating encephalomyelitis virus",
    Agent.PCV1: "PCV1",
    Agent.PCV2: "PCV2",
    Agent.HIV: "HIV-1/2",
    Agent.HBV: "HBV",
    Agent.HCV: "HCV",
    Agent.HTLV: "HTLV",
    DonorAttestation.DONORS_ELIGIBLE: "eligibility of the donors",
    DonorAttestation.LOOK_BACK_AGREED: "an agreement on look-back and recall notices",
    DonorAttestation.TRACEABLE_DONOR_TO_LOT: "traceability from donor to lot",
}
