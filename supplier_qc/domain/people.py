"""Who may do what: roles, permissions and the table between them."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    PROCUREMENT = "procurement"
    QA_REVIEWER = "qa_reviewer"
    QA_APPROVER = "qa_approver"
    CMC_WRITER = "cmc_writer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.PROCUREMENT: "Procurement",
    Role.QA_REVIEWER: "QA reviewer",
    Role.QA_APPROVER: "QA approver",
    Role.CMC_WRITER: "CMC writer",
    Role.ADMINISTRATOR: "Administrator",
    Role.AUDITOR: "Auditor (read only)",
}


class Permission(StrEnum):
    READ_RECORDS = "read_records"
    EDIT_CATALOGUE = "edit_catalogue"  # vendors, sites, contacts, materials, items, evidence
    DRAFT_SPECIFICATION = "draft_specification"
    APPROVE_SPECIFICATION = "approve_specification"
    UPLOAD_CERTIFICATE = "upload_certificate"
    REVIEW_CERTIFICATE = "review_certificate"
    DISPOSE_LOT = "dispose_lot"
    EDIT_ORIGIN = "edit_origin"
    LOAD_REFERENCE_DATA = "load_reference_data"  # and verify its rows against their sources
    APPROVE_REFERENCE_DATA = "approve_reference_data"
    PROPOSE_QUALIFICATION = "propose_qualification"
    DECIDE_QUALIFICATION = "decide_qualification"
    ASSESS_SUPPLIER_NOTICE = "assess_supplier_notice"
    RECORD_FINDING = "record_finding"  # against a supplier; and what it does about it
    CLOSE_FINDING = "close_finding"  # and check whether the actions had an effect
    REVIEW_QUESTIONNAIRE = "review_questionnaire"  # and publish versions of them
    FREEZE_BASELINE = "freeze_baseline"
    EDIT_RESIDUALS = "edit_residuals"
    EXPORT_DOSSIER = "export_dossier"
    HANDLE_REMINDERS = "handle_reminders"
    READ_OUTBOX = "read_outbox"
    READ_AUDIT_TRAIL = "read_audit_trail"
    MANAGE_PEOPLE = "manage_people"  # and the tokens of programs


_P = Permission
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PROCUREMENT: frozenset(
        {
            _P.READ_RECORDS,
            _P.EDIT_CATALOGUE,
            _P.DRAFT_SPECIFICATION,
            _P.UPLOAD_CERTIFICATE,
            _P.PROPOSE_QUALIFICATION,
            _P.RECORD_FINDING,
            _P.HANDLE_REMINDERS,
            _P.READ_OUTBOX,
        }
    ),
    Role.QA_REVIEWER: frozenset(
        {
            _P.READ_RECORDS,
            _P.EDIT_CATALOGUE,
            _P.DRAFT_SPECIFICATION,
            _P.UPLOAD_CERTIFICATE,
            _P.REVIEW_CERTIFICATE,
            _P.EDIT_ORIGIN,
            _P.LOAD_REFERENCE_DATA,
            _P.PROPOSE_QUALIFICATION,
            _P.ASSESS_SUPPLIER_NOTICE,
            _P.RECORD_FINDING,
            _P.REVIEW_QUESTIONNAIRE,
            _P.FREEZE_BASELINE,
            _P.EDIT_RESIDUALS,
            _P.HANDLE_REMINDERS,
            _P.READ_OUTBOX,
        }
    ),
    Role.QA_APPROVER: frozenset(
        {
            _P.READ_RECORDS,
            _P.APPROVE_SPECIFICATION,
            _P.REVIEW_CERTIFICATE,
            _P.DISPOSE_LOT,
            _P.EDIT_ORIGIN,
            _P.APPROVE_REFERENCE_DATA,
            _P.DECIDE_QUALIFICATION,
            _P.ASSESS_SUPPLIER_NOTICE,
            _P.RECORD_FINDING,
            _P.CLOSE_FINDING,
            _P.REVIEW_QUESTIONNAIRE,
            _P.FREEZE_BASELINE,
            _P.HANDLE_REMINDERS,
            _P.READ_OUTBOX,
            _P.READ_AUDIT_TRAIL,
        }
    ),
    Role.CMC_WRITER: frozenset({_P.READ_RECORDS, _P.EDIT_RESIDUALS, _P.EXPORT_DOSSIER}),
    Role.ADMINISTRATOR: frozenset(
        {_P.READ_RECORDS, _P.MANAGE_PEOPLE, _P.READ_OUTBOX, _P.READ_AUDIT_TRAIL}
    ),
    Role.AUDITOR: frozenset({_P.READ_RECORDS, _P.READ_OUTBOX, _P.READ_AUDIT_TRAIL}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The person a change is made for; `person_id` is None for the scheduler and for programs.

    `permissions` are held without a role: what the scheduler does by itself, or a token's scope.
    """

    person_id: int | None
    full_name: str
    roles: frozenset[Role]
    permissions: frozenset[Permission] = frozenset()

    def may(self, permission: Permission) -> bool:
        held = any(permission in PERMISSIONS[role] for role in self.roles)
        return held or permission in self.permissions


SCHEDULER = Actor(
    person_id=None,
    full_name="Scheduler",
    roles=frozenset(),
    permissions=frozenset({Permission.UPLOAD_CERTIFICATE}),  # from the watched folder
)


def separation_refusal(author_id: int | None, actor: Actor, what: str) -> str | None:
    """The reason why `actor` may not approve what they wrote, or None.

    Source: EU GMP Annex 11 (2011) 12 and 21 CFR 11.10(g), authority checks (clause mapping
    unverified); the four-eyes rule itself is this product's policy.
    """
    if author_id is not None and author_id == actor.person_id:
        return f"You wrote this {what}; another person with the right to approve has to sign it."
    return None
