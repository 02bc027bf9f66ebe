"""What a source has to show, by dated policy rows: which kind, for whom, how firmly.

Every shipped row is a convention (mark C) and no requirement of law.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from supplier_qc.domain.catalogue import (
    AuditManner,
    EvidenceKind,
    MaterialCategory,
    RiskClass,
    UseScope,
)
from supplier_qc.domain.dated_rows import DatedRow


class RequirementKind(StrEnum):
    QUESTIONNAIRE = "questionnaire"
    AUDIT = "audit"
    QUALITY_AGREEMENT = "quality_agreement"
    CHANGE_NOTIFICATION = "change_notification"
    CERTIFICATE = "certificate"
    ORIGIN_STATEMENT = "origin_statement"
    LETTER_OF_AUTHORISATION = "letter_of_authorisation"
    QUALIFICATION_LOTS = "qualification_lots"
    COA_VERIFICATION = "coa_verification"
    GRADE_FOR_USE = "grade_for_use"
    CONDITIONS_IN_TIME = "conditions_in_time"
    REQUALIFICATION_IN_TIME = "requalification_in_time"
    RECALLS_ASSESSED = "recalls_assessed"  # and defects, and information after a donation
    CHANGES_ASSESSED = "changes_assessed"  # and every other notice of the supplier
    FINDINGS_CLOSED = "findings_closed"  # critical ones, and corrective actions in time


class Demand(StrEnum):
    REQUIRED_BEFORE_APPROVAL = "required_before_approval"  # no condition takes its place
    REQUIRED = "required"  # a condition with a due date may take its place for a while
    OPTIONAL = "optional"


class Effect(StrEnum):
    """What an open requirement does at a step."""

    BLOCK = "block"
    WARN = "warn"
    NONE = "none"


class Step(StrEnum):
    APPROVAL = "approval"
    ORDER = "order"
    RECEIPT = "receipt"


_K, _E = RequirementKind, EvidenceKind
ANSWERED_BY: dict[RequirementKind, frozenset[EvidenceKind]] = {
    _K.QUESTIONNAIRE: frozenset({_E.QUESTIONNAIRE}),
    _K.AUDIT: frozenset({_E.AUDIT_REPORT}),
    _K.QUALITY_AGREEMENT: frozenset({_E.QUALITY_AGREEMENT}),
    _K.CHANGE_NOTIFICATION: frozenset({_E.QUALITY_AGREEMENT}),
    _K.CERTIFICATE: frozenset({_E.CERTIFICATE}),
    _K.ORIGIN_STATEMENT: frozenset(
        {_E.TSE_STATEMENT, _E.CERTIFICATE_OF_ORIGIN, _E.MATERIAL_STATEMENT}
    ),
    _K.LETTER_OF_AUTHORISATION: frozenset({_E.LETTER_OF_AUTHORISATION}),
    _K.QUALIFICATION_LOTS: frozenset({_E.QUALIFICATION_LOTS}),
    _K.COA_VERIFICATION: frozenset({_E.COA_VERIFICATION}),
    _K.GRADE_FOR_USE: frozenset({_E.GRADE_JUSTIFICATION}),
    _K.CONDITIONS_IN_TIME: frozenset(),
    _K.REQUALIFICATION_IN_TIME: frozenset(),
    _K.RECALLS_ASSESSED: frozenset(),
    _K.CHANGES_ASSESSED: frozenset(),
    _K.FINDINGS_CLOSED: frozenset(),
}
"""The papers that can meet a requirement; the last five are met without any."""

BY_EVENTS = frozenset({_K.RECALLS_ASSESSED, _K.CHANGES_ASSESSED, _K.FINDINGS_CLOSED})
"""Met while nothing of the kind is open."""

WITH_RESULT = frozenset({_E.QUESTIONNAIRE, _E.AUDIT_REPORT, _E.COA_VERIFICATION})
"""Papers that count only with their result recorded, and it is not unsatisfactory."""

WITH_MINIMUM = frozenset({_K.QUALIFICATION_LOTS, _K.CHANGE_NOTIFICATION})
MOST_MONTHS = 600

NEEDS_STATED_END = frozenset({_K.CERTIFICATE})
"""Met only by a paper that says until when it holds."""


@dataclass(frozen=True, slots=True)
class EvidencePolicy(DatedRow):
    """One row of the matrix, in force from `valid_from` until the day before `valid_to`.

    `category` and `use_scope` are None where the row is for all of them. `validity_months` counts
    from the paper's day of issue, None: the paper's own date alone ends it. `minimum` is a number
    of lots or of months of notice; `every_lots` asks a full test of one lot in so many. `mark` is
    V, V2, K or C.
    """

    kind: RequirementKind
    risk_class: RiskClass
    demand: Demand
    at_approval: Effect
    at_order: Effect
    at_receipt: Effect
    valid_from: date
    mark: str
    source: str
    category: MaterialCategory | None = None
    use_scope: UseScope | None = None
    validity_months: int | None = None
    minimum: int | None = None
    manner: AuditManner | None = None
    valid_to: date | None = None
    row_id: int | None = None
    every_lots: int | None = None

    def at(self, step: Step) -> Effect:
        """What the requirement does at the step while it is open; an optional one does nothing."""
        if self.demand is Demand.OPTIONAL:
            return Effect.NONE
        return {
            Step.APPROVAL: self.at_approval,
            Step.ORDER: self.at_order,
            Step.RECEIPT: self.at_receipt,
        }[step]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What the row is about; a row with the same key supersedes it."""
        return (
            self.kind.value,
            self.risk_class.value,
            self.category.value if self.category else "",
            self.use_scope.value if self.use_scope else "",
        )

    @property
    def words(self) -> str:
        """Whose row asks for it, in words."""
        standing = {"C": ", a convention", "K": ", unverified"}.get(self.mark, "")
        return (
            f"Policy for {self.risk_class.value} materials since "
            f"{self.valid_from.isoformat()}{standing}"
        )


def superseding_problems(
    row: EvidencePolicy, policies: Iterable[EvidencePolicy], today: date
) -> tuple[str, ...]:
    """Every reason why a row cannot take its place in the matrix."""
    problems = []
    if row.valid_from < today:
        problems.append("The policy cannot be changed for days that have passed.")
    if any(one.key == row.key and row.valid_from <= one.valid_from for one in policies):
        problems.append("A row for the same begins on that day or later; choose a later day.")
    for what, number in (
        ("The validity", row.validity_months),
        ("The minimum", row.minimum),
        ("The number of lots", row.every_lots),
    ):
        if number is not None and not 1 <= number <= MOST_MONTHS:
            problems.append(f"{what} lies between 1 and {MOST_MONTHS}.")
    if row.minimum is not None and row.kind not in WITH_MINIMUM:
        problems.append("Only qualification lots and notice of changes have a minimum.")
    if row.every_lots is not None and row.kind is not RequirementKind.COA_VERIFICATION:
        problems.append("Only a full test against the certificate is asked of one lot in so many.")
    if row.manner is not None and row.kind is not RequirementKind.AUDIT:
        problems.append("Only an audit has a manner.")
    if row.validity_months is not None and not ANSWERED_BY[row.kind]:
        problems.append("What is met without a paper has no validity of its own.")
    return tuple(problems)


def with_row(policies: Iterable[EvidencePolicy], row: EvidencePolicy) -> tuple[EvidencePolicy, ...]:
    """The matrix once the row has taken its place; what it supersedes ends the day before."""
    ended = (
        replace(one, valid_to=row.valid_from)
        if one.key == row.key and one.valid_to is None
        else one
        for one in policies
    )
    return (*ended, row)


def policies_for(
    policies: Iterable[EvidencePolicy],
    risk_class: RiskClass,
    category: MaterialCategory,
    use_scope: UseScope,
    on: date,
) -> dict[RequirementKind, EvidencePolicy]:
    """The row that counts for each kind: the most specific one, of those the newest."""
    found: dict[RequirementKind, EvidencePolicy] = {}
    for row in policies:
        fits = (
            row.is_in_force(on)
            and row.risk_class is risk_class
            and row.category in {None, category}
            and row.use_scope in {None, use_scope}
        )
        if fits and (row.kind not in found or _rank(row) > _rank(found[row.kind])):
            found[row.kind] = row
    return {kind: found[kind] for kind in RequirementKind if kind in found}


def _rank(row: EvidencePolicy) -> tuple[bool, bool, date, int]:
    """A row for one use is more specific than one for one category."""
    return (
        row.use_scope is not None,
        row.category is not None,
        row.valid_from,
        row.row_id or 0,
    )
