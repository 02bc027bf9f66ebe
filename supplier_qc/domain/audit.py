"""The closed list of audited actions and the hash that chains their entries."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

from supplier_qc.domain.signatures import canonical_json

GENESIS = "0" * 64
"""The previous hash of the first entry."""


class AuditAction(StrEnum):
    """`subject:part:verb`; a change that is not in this list cannot be made."""

    PERSON_ADDED = "person:record:added"
    PERSON_CHANGED = "person:record:changed"
    PERSON_PASSWORD_CHANGED = "person:password:changed"  # noqa: S105 -- an action, not a password
    PERSON_SIGNED_IN = "person:session:signed_in"
    PERSON_SIGN_IN_FAILED = "person:session:refused"
    PERSON_PASSWORD_REFUSED = "person:password:refused"  # noqa: S105 -- an action, not a password
    PERSON_SIGNED_OUT = "person:session:signed_out"
    ORGANISATION_ADDED = "organisation:record:added"
    ORGANISATION_CHANGED = "organisation:record:changed"
    SITE_ADDED = "site:record:added"
    SITE_CHANGED = "site:record:changed"
    CONTACT_ADDED = "contact:record:added"
    CONTACT_CHANGED = "contact:record:changed"
    MATERIAL_ADDED = "material:record:added"
    MATERIAL_CHANGED = "material:record:changed"
    ITEM_ADDED = "item:record:added"
    ITEM_CHANGED = "item:record:changed"
    EVIDENCE_ADDED = "evidence:record:added"
    EVIDENCE_CHANGED = "evidence:record:changed"
    SPECIFICATION_DRAFTED = "specification:draft:added"
    SPECIFICATION_LINES_CHANGED = "specification:lines:changed"
    SPECIFICATION_APPROVED = "specification:status:approved"
    SPECIFICATION_DRAFT_DISCARDED = "specification:draft:discarded"
    CERTIFICATE_UPLOADED = "certificate:document:uploaded"
    CERTIFICATE_READ = "certificate:reading:proposed"
    CERTIFICATE_READING_REQUEUED = "certificate:reading:requeued"
    CERTIFICATE_MATCHED = "certificate:item:matched"
    CERTIFICATE_FIELD_DECIDED = "certificate:field:decided"
    CERTIFICATE_ROW_DECIDED = "certificate:row:decided"
    CERTIFICATE_ROW_ADDED = "certificate:row:added"
    CERTIFICATE_CONFIRMED = "certificate:status:confirmed"
    CERTIFICATE_REJECTED = "certificate:status:rejected"
    LOT_ADDED = "lot:record:added"
    LOT_CHANGED = "lot:record:changed"
    LOT_RESULT_ADDED = "lot:result:added"
    LOT_RESULT_WITHDRAWN = "lot:result:withdrawn"
    LOT_RELEASED = "lot:disposition:released"
    LOT_REJECTED = "lot:disposition:rejected"
    LOT_QUARANTINED = "lot:disposition:quarantined"
    ORIGIN_COMPONENT_ADDED = "origin:component:added"
    ORIGIN_COMPONENT_CHANGED = "origin:component:changed"
    ORIGIN_COMPONENT_WITHDRAWN = "origin:component:withdrawn"
    ORIGIN_ASSESSED = "origin:assessment:recorded"
    REFERENCE_LIST_SHIPPED = "reference_list:edition:shipped"
    REFERENCE_LIST_PROPOSED = "reference_list:edition:proposed"
    REFERENCE_LIST_WITHDRAWN = "reference_list:edition:withdrawn"
    REFERENCE_LIST_PUT_IN_FORCE = "reference_list:edition:put_in_force"
    REFERENCE_LIST_SIGNED = "reference_list:edition:signed"
    REFERENCE_ROW_VERIFIED = "reference_list:row:verified"
    QUALIFICATION_PROPOSED = "qualification:record:proposed"
    QUALIFICATION_DECIDED = "qualification:status:decided"
    BASELINE_FROZEN = "baseline:limits:frozen"
    PRODUCT_ADDED = "product:record:added"
    PRODUCT_CHANGED = "product:record:changed"
    PROCESS_STEP_ADDED = "process:step:added"
    PROCESS_STEP_CHANGED = "process:step:changed"
    RESIDUAL_ADDED = "residual:record:added"
    RESIDUAL_CHANGED = "residual:record:changed"
    NOTICE_MADE = "notice:record:made"
    NOTICE_ACKNOWLEDGED = "notice:status:acknowledged"
    MESSAGE_SENT = "message:status:sent"
    MESSAGE_FAILED = "message:status:failed"
    MESSAGE_KEPT = "message:status:kept"
    MESSAGE_REQUEUED = "message:status:requeued"
    DOSSIER_EXPORTED = "dossier:table:exported"
    CERTIFICATE_ROWS_ENTERED = "certificate:row:entered"
    CERTIFICATE_TAKEN_BY_HAND = "certificate:reading:skipped"
    CERTIFICATE_HANDED_OVER = "certificate:status:handed_over"
    CERTIFICATE_RETURNED = "certificate:status:returned"
    CERTIFICATE_ENTERED_AGAIN = "certificate:second_reading:entered"
    CERTIFICATE_DIFFERENCE_SETTLED = "certificate:second_reading:settled"
    SPECIFICATION_FILED = "specification:filing:recorded"
    CHANGE_ASSESSED = "change_note:status:assessed"
    READING_POLICY_SUPERSEDED = "reading_policy:record:superseded"
    SUPPLIER_NOTICE_RECORDED = "supplier_notice:record:added"
    SUPPLIER_NOTICE_CHANGED = "supplier_notice:record:changed"
    SUPPLIER_NOTICE_ASSESSED = "supplier_notice:status:assessed"
    SUPPLIER_NOTICE_REOPENED = "supplier_notice:status:reopened"
    CERTIFICATE_KIND_STATED = "certificate:kind:stated"
    CERTIFICATE_PROPOSED_AGAIN = "certificate:reading:proposed_again"
    NAMES_TAUGHT = "learned_name:record:taught"
    NAME_WITHDRAWN = "learned_name:record:withdrawn"
    NAMES_IMPORTED = "learned_name:pack:imported"
    QUALIFICATION_EVALUATION_BEGUN = "qualification:evaluation:begun"
    QUALIFICATION_DECISION_PROPOSED = "qualification:decision:proposed"
    QUALIFICATION_DECISION_DECLINED = "qualification:decision:declined"
    QUALIFICATION_CONDITION_FULFILLED = "qualification:condition:fulfilled"
    EVIDENCE_POLICY_SUPERSEDED = "evidence_policy:record:superseded"
    RISK_WEIGHT_SUPERSEDED = "risk_weight:record:superseded"
    SKU_ADDED = "sku:record:added"
    SKU_CHANGED = "sku:record:changed"
    MATERIAL_USE_ADDED = "material:use:added"
    MATERIAL_USE_CHANGED = "material:use:changed"
    MATERIAL_USE_REMOVED = "material:use:removed"
    CERTIFICATE_SPLIT = "certificate:document:split"
    CERTIFICATE_REISSUE_STATED = "certificate:reissue:stated"
    CERTIFICATE_FILED_AS_EVIDENCE = "certificate:status:filed_as_evidence"
    API_TOKEN_CREATED = "api_token:record:created"  # noqa: S105 -- an action, not a token
    API_TOKEN_REVOKED = "api_token:record:revoked"  # noqa: S105 -- an action, not a token
    EXPECTED_CERTIFICATE_RECORDED = "expected_certificate:record:added"
    EXPECTED_CERTIFICATE_CHANGED = "expected_certificate:record:changed"
    EXPECTED_CERTIFICATE_WITHDRAWN = "expected_certificate:record:withdrawn"
    ORGANISATION_ALIAS_ADDED = "organisation:alias:added"
    ORGANISATION_ALIAS_REMOVED = "organisation:alias:removed"
    ORGANISATION_MERGED = "organisation:record:merged"
    ORGANISATION_RETIRED = "organisation:status:retired"
    ORGANISATION_REINSTATED = "organisation:status:reinstated"
    SITE_RETIRED = "site:status:retired"
    SITE_REINSTATED = "site:status:reinstated"
    ITEM_RETIRED = "item:status:retired"
    ITEM_REINSTATED = "item:status:reinstated"
    IMPORT_APPLIED = "import:run:applied"
    SUITABILITY_ADDED = "suitability:record:added"
    SUITABILITY_CHANGED = "suitability:record:changed"

    PRODUCT_BATCH_RECORDED = "product_batch:record:added"
    PRODUCT_BATCH_CHANGED = "product_batch:record:changed"
    REPLACEMENT_PLANNED = "replacement_plan:record:added"
    REPLACEMENT_CHANGED = "replacement_plan:record:changed"
    REPLACEMENT_WITHDRAWN = "replacement_plan:record:withdrawn"
    QUESTIONNAIRE_PUBLISHED = "questionnaire:version:published"
    QUESTIONNAIRE_SENT = "questionnaire:round:sent"
    QUESTIONNAIRE_WITHDRAWN = "questionnaire:round:withdrawn"
    QUESTIONNAIRE_ANSWERS_ENTERED = "questionnaire:answer:entered"
    QUESTIONNAIRE_FILE_READ = "questionnaire:answer:imported"
    QUESTIONNAIRE_HANDED_OVER = "questionnaire:status:answered"
    QUESTIONNAIRE_RETURNED = "questionnaire:status:returned"
    QUESTIONNAIRE_REVIEWED = "questionnaire:status:reviewed"
    EVIDENCE_REQUESTED = "evidence_request:record:added"
    EVIDENCE_REQUEST_ANSWERED = "evidence_request:status:answered"
    EVIDENCE_REQUEST_WITHDRAWN = "evidence_request:status:withdrawn"
    DELIVERY_ORDERED = "delivery:record:added"
    DELIVERY_RECEIVED = "delivery:status:received"
    DELIVERY_WITHDRAWN = "delivery:status:withdrawn"
    SCORECARD_MEASURE_SUPERSEDED = "scorecard_measure:record:superseded"
    SCORECARD_BAND_SUPERSEDED = "scorecard_band:record:superseded"
    STOCK_COUNTED = "stock:count:recorded"
    ITEM_SUPPLY_RECORDED = "item:supply:recorded"
    PRODUCTION_PLANNED = "product:plan:recorded"
    SUPPLY_POLICY_SUPERSEDED = "supply_policy:record:superseded"
    CO_MATERIAL_RULE_SUPERSEDED = "co_material_rule:record:superseded"

    STATEMENT_TAKEN = "origin_statement:record:taken"
    STATEMENT_FIELD_DECIDED = "origin_statement:field:decided"
    STATEMENT_FIELD_ADDED = "origin_statement:field:added"
    STATEMENT_COVERAGE_STATED = "origin_statement:coverage:stated"
    STATEMENT_CONFIRMED = "origin_statement:status:confirmed"
    STATEMENT_REJECTED = "origin_statement:status:rejected"
    SUPPLIER_FINDING_ADDED = "supplier_finding:record:added"
    SUPPLIER_FINDING_CHANGED = "supplier_finding:record:changed"
    SUPPLIER_FINDING_CLOSED = "supplier_finding:status:closed"
    CORRECTIVE_ACTION_ISSUED = "corrective_action:record:issued"
    CORRECTIVE_ACTION_STEP_RECORDED = "corrective_action:step:recorded"
    CORRECTIVE_ACTION_STEP_TAKEN_BACK = "corrective_action:step:taken_back"
    CORRECTIVE_ACTION_CLOSED = "corrective_action:status:closed"
    CORRECTIVE_ACTION_POLICY_SUPERSEDED = "action_policy:record:superseded"

    @property
    def words(self) -> str:
        """site:record:added is "Site record added"."""
        return self.value.replace(":", " ").replace("_", " ").capitalize()

    @property
    def needs_reason(self) -> bool:
        """A change to what already stood, or a decision, names its reason (Annex 11 (2011) 9)."""
        return self in _NEED_REASON


_NEED_REASON = frozenset(
    {
        AuditAction.PERSON_CHANGED,
        AuditAction.ORGANISATION_CHANGED,
        AuditAction.SITE_CHANGED,
        AuditAction.CONTACT_CHANGED,
        AuditAction.MATERIAL_CHANGED,
        AuditAction.ITEM_CHANGED,
        AuditAction.SKU_CHANGED,
        AuditAction.MATERIAL_USE_CHANGED,
        AuditAction.MATERIAL_USE_REMOVED,
        AuditAction.ORGANISATION_ALIAS_REMOVED,
        AuditAction.ORGANISATION_MERGED,
        AuditAction.ORGANISATION_RETIRED,
        AuditAction.ORGANISATION_REINSTATED,
        AuditAction.SITE_RETIRED,
        AuditAction.SITE_REINSTATED,
        AuditAction.ITEM_RETIRED,
        AuditAction.ITEM_REINSTATED,
        AuditAction.SUITABILITY_CHANGED,
        AuditAction.EVIDENCE_CHANGED,
        AuditAction.SPECIFICATION_APPROVED,
        AuditAction.SPECIFICATION_DRAFT_DISCARDED,
        AuditAction.SPECIFICATION_FILED,
        AuditAction.CERTIFICATE_RETURNED,
        AuditAction.CERTIFICATE_DIFFERENCE_SETTLED,
        AuditAction.CERTIFICATE_REJECTED,
        AuditAction.CERTIFICATE_FILED_AS_EVIDENCE,
        AuditAction.API_TOKEN_REVOKED,
        AuditAction.EXPECTED_CERTIFICATE_CHANGED,
        AuditAction.EXPECTED_CERTIFICATE_WITHDRAWN,
        AuditAction.CHANGE_ASSESSED,
        AuditAction.READING_POLICY_SUPERSEDED,
        AuditAction.SUPPLIER_NOTICE_CHANGED,
        AuditAction.SUPPLIER_NOTICE_ASSESSED,
        AuditAction.SUPPLIER_NOTICE_REOPENED,
        AuditAction.NAME_WITHDRAWN,
        AuditAction.LOT_CHANGED,
        AuditAction.LOT_RESULT_WITHDRAWN,
        AuditAction.LOT_RELEASED,
        AuditAction.LOT_REJECTED,
        AuditAction.LOT_QUARANTINED,
        AuditAction.ORIGIN_COMPONENT_CHANGED,
        AuditAction.STATEMENT_REJECTED,
        AuditAction.ORIGIN_COMPONENT_WITHDRAWN,
        AuditAction.REFERENCE_LIST_WITHDRAWN,
        AuditAction.REFERENCE_LIST_PUT_IN_FORCE,
        AuditAction.REFERENCE_LIST_SIGNED,
        AuditAction.REFERENCE_ROW_VERIFIED,
        AuditAction.QUALIFICATION_DECIDED,
        AuditAction.QUALIFICATION_DECISION_DECLINED,
        AuditAction.QUALIFICATION_CONDITION_FULFILLED,
        AuditAction.QUESTIONNAIRE_PUBLISHED,
        AuditAction.QUESTIONNAIRE_WITHDRAWN,
        AuditAction.QUESTIONNAIRE_RETURNED,
        AuditAction.QUESTIONNAIRE_REVIEWED,
        AuditAction.EVIDENCE_POLICY_SUPERSEDED,
        AuditAction.RISK_WEIGHT_SUPERSEDED,
        AuditAction.BASELINE_FROZEN,
        AuditAction.PRODUCT_CHANGED,
        AuditAction.PROCESS_STEP_CHANGED,
        AuditAction.PRODUCT_BATCH_CHANGED,
        AuditAction.REPLACEMENT_CHANGED,
        AuditAction.REPLACEMENT_WITHDRAWN,
        AuditAction.RESIDUAL_CHANGED,
        AuditAction.EVIDENCE_REQUEST_WITHDRAWN,
        AuditAction.DELIVERY_WITHDRAWN,
        AuditAction.SCORECARD_MEASURE_SUPERSEDED,
        AuditAction.SCORECARD_BAND_SUPERSEDED,
        AuditAction.ITEM_SUPPLY_RECORDED,
        AuditAction.SUPPLY_POLICY_SUPERSEDED,
        AuditAction.CO_MATERIAL_RULE_SUPERSEDED,
        AuditAction.SUPPLIER_FINDING_CHANGED,
        AuditAction.SUPPLIER_FINDING_CLOSED,
        AuditAction.CORRECTIVE_ACTION_STEP_TAKEN_BACK,
        AuditAction.CORRECTIVE_ACTION_CLOSED,
        AuditAction.CORRECTIVE_ACTION_POLICY_SUPERSEDED,
    }
)


class Chained(Protocol):
    """The parts of an entry that its hash covers."""

    @property
    def at(self) -> datetime: ...
    @property
    def actor_id(self) -> int | None: ...
    @property
    def actor_name(self) -> str: ...
    @property
    def action(self) -> AuditAction: ...
    @property
    def subject_type(self) -> str: ...
    @property
    def subject_id(self) -> int: ...
    @property
    def subject_label(self) -> str: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def changes(self) -> Sequence[Mapping[str, Any]]: ...


def chained_content(entry: Chained) -> dict[str, object]:
    """What the hash of an entry covers; moments as UTC, so that both databases say the same."""
    return {
        "at": entry.at.astimezone(UTC).isoformat(),
        "actor_id": entry.actor_id,
        "actor_name": entry.actor_name,
        "action": entry.action.value,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "subject_label": entry.subject_label,
        "reason": entry.reason,
        "changes": entry.changes,
    }


def entry_hash(previous_hash: str, entry: Mapping[str, object]) -> str:
    """SHA-256, hex, of the previous entry's hash and the canonical JSON of this entry."""
    return hashlib.sha256((previous_hash + canonical_json(entry)).encode()).hexdigest()
