"""All tables. Importing this package makes every table known to the metadata."""

from supplier_qc.persistence.tables.accountability import AuditEntry, Signature
from supplier_qc.persistence.tables.certificate_changes import CertificateFinding, ChangeNote
from supplier_qc.persistence.tables.certificates import (
    Certificate,
    CertificateField,
    CertificateRow,
)
from supplier_qc.persistence.tables.deliveries import Delivery, DeliveryLot
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.dossier import DossierExport
from supplier_qc.persistence.tables.evidence_requests import EvidenceRequest
from supplier_qc.persistence.tables.filings import SpecificationFiling
from supplier_qc.persistence.tables.identities import (
    CoMaterialRuleRow,
    DistributorItem,
    MaterialUse,
)
from supplier_qc.persistence.tables.imports import ImportRun, OwnNumber
from supplier_qc.persistence.tables.intake import (
    ApiToken,
    CertificateReissue,
    ExpectedCertificate,
    FolderArrival,
)
from supplier_qc.persistence.tables.learned_names import LearnedName, LearnedNameUse
from supplier_qc.persistence.tables.lots import ControlBaseline, ControlBaselineLot, Lot, LotResult
from supplier_qc.persistence.tables.materials import ManufacturerItem, Material
from supplier_qc.persistence.tables.notices import JobRun, Message, Notice
from supplier_qc.persistence.tables.origin import OriginAssessment, OriginComponent
from supplier_qc.persistence.tables.origin_statements import (
    DocumentOrigin,
    OriginStatement,
    OriginStatementField,
    OriginStatementItem,
)
from supplier_qc.persistence.tables.parties import (
    Contact,
    Organisation,
    OrganisationAlias,
    OrganisationRoleHeld,
    Site,
)
from supplier_qc.persistence.tables.people import Person, PersonRole
from supplier_qc.persistence.tables.product_batches import ProductBatch, ProductBatchLot
from supplier_qc.persistence.tables.qualification import (
    Evidence,
    Qualification,
    RequalificationPolicyRow,
)
from supplier_qc.persistence.tables.questionnaires import (
    QuestionnaireAnswer,
    QuestionnaireRound,
    QuestionnaireVersion,
)
from supplier_qc.persistence.tables.reference import (
    ListEdition,
    OriginReassessment,
    ReferenceRow,
    ReferenceVerification,
    RequalificationCause,
)
from supplier_qc.persistence.tables.replacement_plans import ReplacementPlan
from supplier_qc.persistence.tables.residuals import (
    ProcessStep,
    Product,
    ResidualLimit,
    ResidualReagent,
)
from supplier_qc.persistence.tables.scorecards import ScorecardBandRow, ScorecardMeasureRow
from supplier_qc.persistence.tables.search import SearchTerm
from supplier_qc.persistence.tables.second_person import CertificateSecondEntry, ReadingPolicyRow
from supplier_qc.persistence.tables.source_qualification import (
    EvidencePolicyRow,
    QualificationCondition,
    QualificationDecision,
    QualificationState,
    RiskWeightRow,
)
from supplier_qc.persistence.tables.specifications import Specification, SpecificationLine
from supplier_qc.persistence.tables.suitability import MediaSuitability
from supplier_qc.persistence.tables.supplier_findings import (
    CorrectiveActionPolicyRow,
    CorrectiveActionRequest,
    CorrectiveActionStepRow,
    SupplierFinding,
    SupplierFindingLot,
)
from supplier_qc.persistence.tables.supplier_notices import (
    SupplierNotice,
    SupplierNoticeItem,
    SupplierNoticeLot,
)
from supplier_qc.persistence.tables.supply import (
    ItemSupply,
    ProductionPlanRow,
    StockCountRow,
    SupplyPolicyRow,
)

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Certificate",
    "CertificateField",
    "CertificateFinding",
    "CertificateReissue",
    "CertificateRow",
    "CertificateSecondEntry",
    "ChangeNote",
    "CoMaterialRuleRow",
    "Contact",
    "ControlBaseline",
    "ControlBaselineLot",
    "CorrectiveActionPolicyRow",
    "CorrectiveActionRequest",
    "CorrectiveActionStepRow",
    "Delivery",
    "DeliveryLot",
    "DistributorItem",
    "Document",
    "DocumentOrigin",
    "DossierExport",
    "Evidence",
    "EvidencePolicyRow",
    "EvidenceRequest",
    "ExpectedCertificate",
    "FolderArrival",
    "ImportRun",
    "ItemSupply",
    "JobRun",
    "LearnedName",
    "LearnedNameUse",
    "ListEdition",
    "Lot",
    "LotResult",
    "ManufacturerItem",
    "Material",
    "MaterialUse",
    "MediaSuitability",
    "Message",
    "Notice",
    "Organisation",
    "OrganisationAlias",
    "OrganisationRoleHeld",
    "OriginAssessment",
    "OriginComponent",
    "OriginReassessment",
    "OriginStatement",
    "OriginStatementField",
    "OriginStatementItem",
    "OwnNumber",
    "Person",
    "PersonRole",
    "ProcessStep",
    "Product",
    "ProductBatch",
    "ProductBatchLot",
    "ProductionPlanRow",
    "Qualification",
    "QualificationCondition",
    "QualificationDecision",
    "QualificationState",
    "QuestionnaireAnswer",
    "QuestionnaireRound",
    "QuestionnaireVersion",
    "ReadingPolicyRow",
    "ReferenceRow",
    "ReferenceVerification",
    "ReplacementPlan",
    "RequalificationCause",
    "RequalificationPolicyRow",
    "ResidualLimit",
    "ResidualReagent",
    "RiskWeightRow",
    "ScorecardBandRow",
    "ScorecardMeasureRow",
    "SearchTerm",
    "Signature",
    "Site",
    "Specification",
    "SpecificationFiling",
    "SpecificationLine",
    "StockCountRow",
    "SupplierFinding",
    "SupplierFindingLot",
    "SupplierNotice",
    "SupplierNoticeItem",
    "SupplierNoticeLot",
    "SupplyPolicyRow",
]
