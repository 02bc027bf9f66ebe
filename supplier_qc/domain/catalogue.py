"""Controlled lists of vendors, materials and manufacturers' items."""

from enum import StrEnum


class OrganisationRole(StrEnum):
    MANUFACTURER = "manufacturer"
    DISTRIBUTOR = "distributor"
    CONTRACT_LABORATORY = "contract_laboratory"
    BLOOD_ESTABLISHMENT = "blood_establishment"


MAKERS = frozenset({OrganisationRole.MANUFACTURER, OrganisationRole.BLOOD_ESTABLISHMENT})
"""Roles whose sites make an item; a distributor's address is never a manufacturing site."""


class ContactFunction(StrEnum):
    QUALITY = "quality"
    CHANGE_NOTICES = "change_notices"
    CERTIFICATES = "certificates"
    SALES = "sales"
    OTHER = "other"


class MaterialCategory(StrEnum):
    STARTING = "starting"
    RAW = "raw"
    ANCILLARY = "ancillary"
    EXCIPIENT = "excipient"
    CONSUMABLE = "consumable"
    PRIMARY_CONTAINER = "primary_container"


class RiskClass(StrEnum):
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class Grade(StrEnum):
    """No legal "GMP grade" exists, so free text is not offered (STEMCELL bulletin 27066, 2019)."""

    LICENSED_DRUG = "licensed_drug"
    DEVICE = "device"
    GMP_FOR_FURTHER_MANUFACTURE = "gmp_for_further_manufacture"
    IVD = "ivd"
    RUO = "ruo"
    UNKNOWN = "unknown"


class UseScope(StrEnum):
    RESEARCH = "research"
    PHASE_1_2 = "phase_1_2"
    PHASE_3 = "phase_3"
    COMMERCIAL = "commercial"


class SpecificationStatus(StrEnum):
    DRAFT = "draft"
    EFFECTIVE = "effective"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"  # a draft that was given up; kept with its reason


class EvidenceKind(StrEnum):
    CERTIFICATE = "certificate"
    QUALITY_AGREEMENT = "quality_agreement"
    QUESTIONNAIRE = "questionnaire"
    AUDIT_REPORT = "audit_report"
    TSE_STATEMENT = "tse_statement"
    CERTIFICATE_OF_ORIGIN = "certificate_of_origin"
    LETTER_OF_AUTHORISATION = "letter_of_authorisation"
    OTHER = "other"


_LABELS = {
    "gmp_for_further_manufacture": "GMP, for further manufacture",
    "ivd": "IVD",
    "ruo": "Research use only",
    "licensed_drug": "Licensed drug",
    "device": "Medical device",
    "phase_1_2": "Phase 1/2",
    "phase_3": "Phase 3",
    "tse_statement": "TSE statement",
    "protein_serum": "Serum protein",
    "analogy": "By analogy",
    "health_based": "Health-based exposure limit",
    "own": "Own justification",
}


def label(member: StrEnum) -> str:
    """The words for a controlled value on a page or in a table."""
    return _LABELS.get(member.value, member.value.replace("_", " ").capitalize())
