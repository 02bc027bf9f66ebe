"""audited actions of findings, questionnaires, deliveries, scorecards and statements

Revision ID: 0013
Revises: 0012
"""

from collections.abc import Sequence

from alembic import op

from supplier_qc.persistence.table_changes import allow_values

revision: str = "0013"
down_revision: str | Sequence[str] | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ACTIONS_BEFORE = (
    "person:record:added",
    "person:record:changed",
    "person:password:changed",
    "person:session:signed_in",
    "person:session:refused",
    "person:password:refused",
    "person:session:signed_out",
    "organisation:record:added",
    "organisation:record:changed",
    "site:record:added",
    "site:record:changed",
    "contact:record:added",
    "contact:record:changed",
    "material:record:added",
    "material:record:changed",
    "item:record:added",
    "item:record:changed",
    "evidence:record:added",
    "evidence:record:changed",
    "specification:draft:added",
    "specification:lines:changed",
    "specification:status:approved",
    "specification:draft:discarded",
    "certificate:document:uploaded",
    "certificate:reading:proposed",
    "certificate:reading:requeued",
    "certificate:item:matched",
    "certificate:field:decided",
    "certificate:row:decided",
    "certificate:row:added",
    "certificate:status:confirmed",
    "certificate:status:rejected",
    "lot:record:added",
    "lot:record:changed",
    "lot:result:added",
    "lot:result:withdrawn",
    "lot:disposition:released",
    "lot:disposition:rejected",
    "lot:disposition:quarantined",
    "origin:component:added",
    "origin:component:changed",
    "origin:component:withdrawn",
    "origin:assessment:recorded",
    "reference_list:edition:shipped",
    "reference_list:edition:proposed",
    "reference_list:edition:withdrawn",
    "reference_list:edition:put_in_force",
    "reference_list:edition:signed",
    "reference_list:row:verified",
    "qualification:record:proposed",
    "qualification:status:decided",
    "baseline:limits:frozen",
    "product:record:added",
    "product:record:changed",
    "process:step:added",
    "process:step:changed",
    "residual:record:added",
    "residual:record:changed",
    "notice:record:made",
    "notice:status:acknowledged",
    "message:status:sent",
    "message:status:failed",
    "message:status:kept",
    "message:status:requeued",
    "dossier:table:exported",
    "certificate:row:entered",
    "certificate:reading:skipped",
    "certificate:status:handed_over",
    "certificate:status:returned",
    "certificate:second_reading:entered",
    "certificate:second_reading:settled",
    "specification:filing:recorded",
    "change_note:status:assessed",
    "reading_policy:record:superseded",
    "supplier_notice:record:added",
    "supplier_notice:record:changed",
    "supplier_notice:status:assessed",
    "supplier_notice:status:reopened",
    "certificate:kind:stated",
    "certificate:reading:proposed_again",
    "learned_name:record:taught",
    "learned_name:record:withdrawn",
    "learned_name:pack:imported",
    "qualification:evaluation:begun",
    "qualification:decision:proposed",
    "qualification:decision:declined",
    "qualification:condition:fulfilled",
    "evidence_policy:record:superseded",
    "risk_weight:record:superseded",
    "sku:record:added",
    "sku:record:changed",
    "material:use:added",
    "material:use:changed",
    "material:use:removed",
    "certificate:document:split",
    "certificate:reissue:stated",
    "certificate:status:filed_as_evidence",
    "api_token:record:created",
    "api_token:record:revoked",
    "expected_certificate:record:added",
    "expected_certificate:record:changed",
    "expected_certificate:record:withdrawn",
    "organisation:alias:added",
    "organisation:alias:removed",
    "organisation:record:merged",
    "organisation:status:retired",
    "organisation:status:reinstated",
    "site:status:retired",
    "site:status:reinstated",
    "item:status:retired",
    "item:status:reinstated",
    "import:run:applied",
    "suitability:record:added",
    "suitability:record:changed",
)
NEW_ACTIONS: tuple[str, ...] = (
    "product_batch:record:added",
    "product_batch:record:changed",
    "questionnaire:version:published",
    "questionnaire:round:sent",
    "questionnaire:round:withdrawn",
    "questionnaire:answer:entered",
    "questionnaire:answer:imported",
    "questionnaire:status:answered",
    "questionnaire:status:returned",
    "questionnaire:status:reviewed",
)
MEANINGS_BEFORE = ("approved", "released", "rejected", "quarantined", "reviewed", "filed")
NEW_MEANINGS: tuple[str, ...] = ()


def upgrade() -> None:
    allow_values(op.get_bind(), "audit_entry", "action", (*ACTIONS_BEFORE, *NEW_ACTIONS))
    allow_values(op.get_bind(), "signature", "meaning", (*MEANINGS_BEFORE, *NEW_MEANINGS))


def downgrade() -> None:
    """Refused by the database where an entry already tells of something new: it must stay."""
    allow_values(op.get_bind(), "audit_entry", "action", ACTIONS_BEFORE)
    allow_values(op.get_bind(), "signature", "meaning", MEANINGS_BEFORE)
