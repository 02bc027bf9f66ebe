"""Qualifications of the story, decided so that the policy in force gives the story's due dates."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from supplier_qc.demo import records
from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.domain.catalogue import EvidenceKind, EvidenceResult
from supplier_qc.domain.evidence_details import EvidenceDetails
from supplier_qc.domain.qualification.evidence_policy import RequirementKind
from supplier_qc.domain.qualification.requirements import Condition, Requirement
from supplier_qc.domain.qualification.states import QualificationStatus
from supplier_qc.queries.source_facts import SourceRow, get_source_row
from supplier_qc.services.evidence import EvidenceDraft, add_evidence
from supplier_qc.services.qualifications import (
    Decision,
    decide_qualification,
    propose_qualification,
)

_PROPOSED_BEFORE = timedelta(days=21)


def events(seeding: Seeding, story: records.Story, begun_on: date) -> Iterator[Event]:
    for source in story.qualifications:
        decided_on = source.decided_on
        proposed_on = (decided_on or seeding.today - timedelta(days=9)) - _PROPOSED_BEFORE
        yield Event(
            max(proposed_on, begun_on + timedelta(days=12)),
            partial(_propose, seeding, source),
            hour=11,
        )
        if decided_on is not None:
            yield Event(decided_on, partial(_gather, seeding, source), hour=10)
            yield Event(
                decided_on,
                partial(_decide, seeding, source),
                hour=12,
            )


def _propose(seeding: Seeding, source: records.Qualification, now: datetime) -> None:
    seeding.qualifications[source.item, source.use] = propose_qualification(
        seeding.sessions,
        seeding.items[source.item],
        source.use,
        "Needed by the process; paper assessment and qualification lots are on file.",
        actor=seeding.actor("ben"),
        now=now,
    )


def _gather(seeding: Seeding, source: records.Qualification, now: datetime) -> None:
    """What the policy still asks for on the day of the decision, each paper ten days old."""
    number = seeding.qualifications[source.item, source.use]
    with seeding.installation.reading() as session:
        row = get_source_row(session, number, now.date())
    if row is None:
        raise LookupError(f"Qualification {number} of the story is not on file.")
    for one in row.requirements:
        if one.is_required and one.is_lacking and one.kind in _PAPERS:
            _add_paper(seeding, row, one, now)


_PAPERS = {
    RequirementKind.QUESTIONNAIRE: (EvidenceKind.QUESTIONNAIRE, "Supplier questionnaire"),
    RequirementKind.AUDIT: (EvidenceKind.AUDIT_REPORT, "Audit report"),
    RequirementKind.QUALITY_AGREEMENT: (EvidenceKind.QUALITY_AGREEMENT, "Quality agreement"),
    RequirementKind.CERTIFICATE: (EvidenceKind.CERTIFICATE, "Quality system certificate"),
    RequirementKind.ORIGIN_STATEMENT: (EvidenceKind.TSE_STATEMENT, "Statement on TSE and origin"),
    RequirementKind.QUALIFICATION_LOTS: (EvidenceKind.QUALIFICATION_LOTS, "Qualification lots"),
    RequirementKind.COA_VERIFICATION: (EvidenceKind.COA_VERIFICATION, "Full test of one lot"),
}
_OF_THE_VENDOR = frozenset(
    {
        RequirementKind.QUESTIONNAIRE,
        RequirementKind.AUDIT,
        RequirementKind.QUALITY_AGREEMENT,
        RequirementKind.CERTIFICATE,
    }
)


def _add_paper(seeding: Seeding, row: SourceRow, asked: Requirement, now: datetime) -> None:
    kind, title = _PAPERS[asked.kind]
    of_item = asked.kind not in _OF_THE_VENDOR
    draft = EvidenceDraft(
        kind=kind,
        title=f"{title}, {row.identity.catalogue_number}" if of_item else title,
        item_id=row.identity.item_id if of_item else None,
        issued_on=now.date() - timedelta(days=10),
        details=_details(asked),
    )
    add_evidence(
        seeding.sessions,
        seeding.installation.documents,
        row.identity.vendor_id,
        draft,
        actor=seeding.actor("ben"),
        now=now,
    )


def _details(asked: Requirement) -> EvidenceDetails:
    good = EvidenceResult.SATISFACTORY
    return {
        RequirementKind.QUESTIONNAIRE: EvidenceDetails(result=good),
        RequirementKind.AUDIT: EvidenceDetails(
            result=good, manner=asked.policy.manner if asked.policy else None
        ),
        RequirementKind.QUALITY_AGREEMENT: EvidenceDetails(change_notice_months=6),
        RequirementKind.QUALIFICATION_LOTS: EvidenceDetails(lots=3),
        RequirementKind.COA_VERIFICATION: EvidenceDetails(result=good),
    }.get(asked.kind, EvidenceDetails())


def _decide(seeding: Seeding, source: records.Qualification, now: datetime) -> None:
    number = seeding.qualifications[source.item, source.use]
    conditional = source.status is QualificationStatus.CONDITIONALLY_APPROVED
    decision = Decision(
        status=source.status,
        version=1,
        reason="Evidence complete for this use." if not conditional else "Approved within limits.",
        password=seeding.password("bea"),
        conditions=(Condition(source.conditions, source.condition_due_on),) if conditional else (),
    )
    decide_qualification(seeding.sessions, number, decision, actor=seeding.actor("bea"), now=now)
