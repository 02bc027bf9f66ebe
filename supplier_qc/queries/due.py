"""What is due, derived from the records each time; nothing of it is stored twice."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.due_dates.states import DueState, due_state
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.people import Role
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.domain.reminders import DueSubject
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem, Material
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.qualification import Evidence, Qualification
from supplier_qc.persistence.tables.reference import ListEdition, RequalificationCause
from supplier_qc.persistence.tables.source_qualification import QualificationCondition
from supplier_qc.persistence.tables.supplier_findings import (
    CorrectiveActionRequest,
    CorrectiveActionStepRow,
    SupplierFinding,
)
from supplier_qc.queries.evidence_requests import list_evidence_requests
from supplier_qc.queries.expected_certificates import list_expected
from supplier_qc.queries.questionnaire_rounds import list_awaited_rounds
from supplier_qc.queries.source_facts import list_source_rows

LOT_SPAN = timedelta(days=90)
"""Released lots are shown from so long before their expiry until so long after it (convention):
the product keeps no stock, and a lot that expired last year is used up or discarded."""


@dataclass(frozen=True, slots=True)
class DueRow:
    """One record with a due date; `days_left` is None where the date is not known.

    `page_table` and `page_id` name the record whose page shows the matter.
    """

    subject: DueSubject
    subject_id: int
    title: str
    due_on: date | None
    days_left: int | None
    state: DueState
    page_table: str
    page_id: int
    remark: str = ""

    @property
    def owners(self) -> frozenset[Role]:
        return self.subject.owners


def list_due(session: Session, today: date) -> list[DueRow]:
    """Everything with a due date, the most urgent first; ten SQL statements.

    A qualified source without a requalification date stands first, as not known.
    """
    rows = [
        *_requalifications(session, today),
        *_causes(session, today),
        *_evidence(session, today),
        *_conditions(session, today),
        *_corrective_actions(session, today),
        *_lots(session, today),
        *_expected(session, today),
        *_requests(session, today),
        *_questionnaires(session, today),
    ]
    return sorted(rows, key=_urgency)


def list_due_by_policy(session: Session, today: date) -> list[DueRow]:
    """The same, and papers that stop counting by policy before they end themselves; nineteen SQL
    statements at most, and every source in use is judged.
    """
    return sorted([*list_due(session, today), *_by_policy(session, today)], key=_urgency)


def _urgency(row: DueRow) -> tuple[date, DueSubject, int]:
    return (row.due_on or date.min, row.subject, row.subject_id)


def _row(subject: DueSubject, record: tuple[int, date | None, str, int], today: date) -> DueRow:
    """From number, due date, title and the number of the record whose page shows it."""
    number, due_on, title, page_id = record
    standing = due_state(due_on, today)
    return DueRow(
        subject=subject,
        subject_id=number,
        title=title,
        due_on=due_on,
        days_left=standing.days_left,
        state=standing.state,
        page_table=_PAGES[subject],
        page_id=page_id,
    )


_PAGES = {
    DueSubject.QUALIFICATION: "qualification",
    DueSubject.CONDITION: "qualification",
    DueSubject.CORRECTIVE_ACTION: "corrective_action_request",
    DueSubject.EVIDENCE: "organisation",
    DueSubject.LOT: "lot",
    DueSubject.EXPECTED_CERTIFICATE: "expected_certificate",
    DueSubject.EVIDENCE_REQUEST: "evidence_request",
    DueSubject.REQUALIFICATION_CAUSE: "qualification",
    DueSubject.QUESTIONNAIRE: "questionnaire_round",
}


def _expected(session: Session, today: date) -> list[DueRow]:
    """Certificates that have not come, with what is known of the vendor's delay."""
    return [
        replace(
            _row(
                DueSubject.EXPECTED_CERTIFICATE,
                (one.id, one.expected_on, one.title, one.id),
                today,
            ),
            remark=one.history,
        )
        for one in list_expected(session, today)
        if one.is_open
    ]


def _questionnaires(session: Session, today: date) -> list[DueRow]:
    """Questionnaires that are out and not answered."""
    return [
        _row(
            DueSubject.QUESTIONNAIRE,
            (one.id, one.dates.due_on, f"{one.questionnaire}, {one.vendor}, {one.scope}", one.id),
            today,
        )
        for one in list_awaited_rounds(session, today)
    ]


def _requests(session: Session, today: date) -> list[DueRow]:
    """Evidence that vendors were asked for and have not sent."""
    return [
        _row(DueSubject.EVIDENCE_REQUEST, (one.id, one.due_on, one.title, one.id), today)
        for one in list_evidence_requests(session, today, open_only=True)
    ]


def _requalifications(session: Session, today: date) -> list[DueRow]:
    found = session.execute(
        select(
            Qualification.id,
            Qualification.requalification_due_on,
            Material.name,
            ManufacturerItem.catalogue_number,
            Organisation.name,
            Qualification.use_scope,
        )
        .join(ManufacturerItem, Qualification.item_id == ManufacturerItem.id)
        .join(Material, ManufacturerItem.material_id == Material.id)
        .join(Site, ManufacturerItem.site_id == Site.id)
        .join(Organisation, Site.organisation_id == Organisation.id)
        .where(Qualification.status.in_(sorted(APPROVALS)))
    )
    return [
        _row(
            DueSubject.QUALIFICATION,
            (number, due_on, f"{material}, {maker} {catalogue}, for {label(scope)}", number),
            today,
        )
        for number, due_on, material, catalogue, maker, scope in found
    ]


def _causes(session: Session, today: date) -> list[DueRow]:
    """Requalifications for cause that nobody has decided on: due on the day they were opened."""
    cause = RequalificationCause
    found = session.execute(
        select(
            cause.id,
            cause.opened_on,
            Material.name,
            ManufacturerItem.catalogue_number,
            Qualification.use_scope,
            func.coalesce("origin list “" + ListEdition.label + "”", cause.cause),
            Qualification.id,
        )
        .join(Qualification, cause.qualification_id == Qualification.id)
        .join(ManufacturerItem, Qualification.item_id == ManufacturerItem.id)
        .join(Material, ManufacturerItem.material_id == Material.id)
        .outerjoin(ListEdition, cause.edition_id == ListEdition.id)
        .where(cause.closed_on.is_(None))
    )
    return [
        _row(
            DueSubject.REQUALIFICATION_CAUSE,
            (
                number,
                opened_on,
                f"{material}, {catalogue}, for {label(scope)}: {why}"[:300],
                source_id,
            ),
            today,
        )
        for number, opened_on, material, catalogue, scope, why, source_id in found
    ]


def _corrective_actions(session: Session, today: date) -> list[DueRow]:
    """The next step of each request that runs."""
    step, request = CorrectiveActionStepRow, CorrectiveActionRequest
    found = session.execute(
        select(
            step.id, step.step, step.due_on, request.id, SupplierFinding.title, Organisation.name
        )
        .join(request, request.id == step.request_id)
        .join(SupplierFinding, SupplierFinding.id == request.finding_id)
        .join(Organisation, Organisation.id == SupplierFinding.organisation_id)
        .where(request.closed_on.is_(None), step.done_on.is_(None))
        .order_by(request.id, step.due_on, step.id)
    )
    first = {record[3]: record for record in reversed(found.all())}
    return [
        _row(
            DueSubject.CORRECTIVE_ACTION,
            (number, due_on, f"{which.words} of {vendor}: {title}"[:300], request_id),
            today,
        )
        for number, which, due_on, request_id, title, vendor in first.values()
    ]


def _evidence(session: Session, today: date) -> list[DueRow]:
    """Papers with an expiry date, without those that a later one of the same title replaced."""
    later = aliased(Evidence)
    replaced = (
        select(later.id)
        .where(
            later.organisation_id == Evidence.organisation_id,
            later.item_id.is_not_distinct_from(Evidence.item_id),
            later.kind == Evidence.kind,
            func.lower(later.title) == func.lower(Evidence.title),
            later.expires_on > Evidence.expires_on,
        )
        .exists()
    )
    found = session.execute(
        select(Evidence.id, Evidence.expires_on, Evidence.title, Organisation.name, Organisation.id)
        .join(Organisation, Evidence.organisation_id == Organisation.id)
        .where(Evidence.expires_on.is_not(None), ~replaced)
    )
    return [
        _row(DueSubject.EVIDENCE, (number, expires_on, f"{title}, {owner}", owner_id), today)
        for number, expires_on, title, owner, owner_id in found
    ]


def _by_policy(session: Session, today: date) -> list[DueRow]:
    """Papers that stop counting by policy before they end themselves, for a source in use."""
    ends = {}
    for source in list_source_rows(session, today, Qualification.status.in_(sorted(APPROVALS))):
        papers = {paper.id: paper for paper in source.facts.papers}
        for one in source.requirements:
            paper = papers.get(one.paper_id or 0)
            if paper is None or one.valid_until in {None, paper.expires_on} or not one.is_required:
                continue
            title = f"{paper.title}, {source.identity.vendor_name}: by policy no longer counted"
            record = (paper.id, one.valid_until, title, source.identity.vendor_id)
            ends[paper.id, one.valid_until] = _row(DueSubject.EVIDENCE, record, today)
    return list(ends.values())


def _conditions(session: Session, today: date) -> list[DueRow]:
    """Conditions in force with a day, neither fulfilled nor replaced."""
    row = QualificationCondition
    found = session.execute(
        select(row.id, row.due_on, row.text, ManufacturerItem.name, row.qualification_id)
        .join(Qualification, Qualification.id == row.qualification_id)
        .join(ManufacturerItem, ManufacturerItem.id == Qualification.item_id)
        .where(
            row.due_on.is_not(None),
            row.in_force_on.is_not(None),
            row.fulfilled_on.is_(None),
            row.lapsed_on.is_(None),
            Qualification.status.in_(sorted(APPROVALS)),
        )
    )
    return [
        _row(DueSubject.CONDITION, (number, due_on, f"{item}: {text}"[:300], source_id), today)
        for number, due_on, text, item, source_id in found
    ]


def _lots(session: Session, today: date) -> list[DueRow]:
    found = session.execute(
        select(Lot.id, Lot.expires_on, Lot.manufacturer_lot, Material.name)
        .join(ManufacturerItem, Lot.item_id == ManufacturerItem.id)
        .join(Material, ManufacturerItem.material_id == Material.id)
        .where(
            Lot.disposition == Disposition.RELEASED,
            Lot.expires_on.between(today - LOT_SPAN, today + LOT_SPAN),
        )
    )
    return [
        _row(DueSubject.LOT, (number, expires_on, f"{lot}, {material}", number), today)
        for number, expires_on, lot, material in found
    ]
