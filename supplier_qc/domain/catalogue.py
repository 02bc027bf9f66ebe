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
    MATERIAL_STATEMENT = "material_statement"
    QUALIFICATION_LOTS = "qualification_lots"
    COA_VERIFICATION = "coa_verification"
    GRADE_JUSTIFICATION = "grade_justification"


class AuditManner(StrEnum):
    """How an audit was done, the least first; a shared one counts as on site."""

    PAPER = "paper"
    REMOTE = "remote"
    SHARED = "shared"  # another company's audit, with its consent
    ON_SITE = "on_site"


class EvidenceResult(StrEnum):
    """What came of a questionnaire, an audit or a test against the certificate."""

    SATISFACTORY = "satisfactory"
    WITH_FINDINGS = "with_findings"
    UNSATISFACTORY = "unsatisfactory"


class Region(StrEnum):
    """Where a letter of authorisation or a master file is on file."""

    EU = "eu"
    US = "us"
    JAPAN = "japan"
    CANADA = "canada"
    UNITED_KINGDOM = "united_kingdom"
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
    "material_statement": "Statement (allergens, GMO, nitrosamines, elements)",
    "coa_verification": "Full test against the certificate of analysis",
    "grade_justification": "Justification of the grade",
    "grade_for_use": "Grade fit for the use",
    "conditions_in_time": "Conditions fulfilled in time",
    "requalification_in_time": "Requalified in time",
    "recalls_assessed": "Recalls and defects assessed",
    "changes_assessed": "Notices of changes assessed",
    "findings_closed": "Findings and corrective actions",
    "origin_statement": "TSE and origin statements",
    "change_notification": "Notice of changes",
    "eu": "EU",
    "us": "US",
    "protein_serum": "Serum protein",
    "analogy": "By analogy",
    "health_based": "Health-based exposure limit",
    "own": "Own justification",
}


def label(member: StrEnum) -> str:
    """The words for a controlled value on a page or in a table."""
    return _LABELS.get(member.value, member.value.replace("_", " ").capitalize())
