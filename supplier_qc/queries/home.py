"""What waits, counted for the start page."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import SpecificationStatus, label
from supplier_qc.domain.certificate_changes.assessment import NoteState
from supplier_qc.domain.certificates import CertificateState
from supplier_qc.domain.due_dates.states import DueState
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.origin.editions import EditionState
from supplier_qc.domain.origin.statement_states import StatementState
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.reminders import DueSubject
from supplier_qc.persistence.base import Base
from supplier_qc.persistence.tables.certificate_changes import ChangeNote
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.lots import Lot, LotResult
from supplier_qc.persistence.tables.materials import ManufacturerItem, Material
from supplier_qc.persistence.tables.notices import Notice
from supplier_qc.persistence.tables.origin_statements import OriginStatement
from supplier_qc.persistence.tables.parties import Organisation
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.persistence.tables.questionnaires import QuestionnaireRound
from supplier_qc.persistence.tables.reference import ListEdition
from supplier_qc.persistence.tables.specifications import Specification
from supplier_qc.queries.due import list_due_by_policy

NAMED = 10
"""Records that are named one by one; the count says how many there are."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """How many of each wait. Drafts and proposals of the person themselves are not counted:
    another person decides them.
    """

    certificates_to_review: int
    certificates_to_second: int
    certificates_unread: int
    changes_to_assess: int
    lots_with_results: int
    drafts_to_approve: int
    qualifications_to_decide: int
    editions_to_sign: int
    open_notices: int
    questionnaires_to_review: int
    statements_to_review: int
    overdue: int
    due_soon: int
    without_date: int
    expired_evidence: int
    causes: int


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One record that waits, by number and in words."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class BeginningRow:
    """How far a new installation has come: numbers of records that exist."""

    people: int
    vendors: int
    materials: int
    items: int
    specifications: int
    certificates: int

    @property
    def is_under_way(self) -> bool:
        """Every first step was taken once."""
        return self.people > 1 and 0 not in (
            self.vendors,
            self.materials,
            self.items,
            self.specifications,
            self.certificates,
        )


def count_waiting(session: Session, person_id: int, today: date) -> WaitingRow:
    """One statement for the counts, and those of the due list, so that both agree."""
    counts = session.execute(
        select(
            _count(Certificate, Certificate.state == CertificateState.PROPOSED),
            _count(Certificate, *_waiting_for_a_second(person_id)),
            _count(Certificate, Certificate.state.in_(_UNREAD)),
            _count(ChangeNote, ChangeNote.state == NoteState.OPEN),
            _count(Lot, Lot.disposition == Disposition.QUARANTINE, _HAS_RESULTS),
            _count(Specification, *_drafts_of_others(person_id)),
            _count(Qualification, *_proposals_of_others(person_id)),
            _count(ListEdition, *_editions_of_others(person_id)),
            _count(Notice, Notice.acknowledged_at.is_(None)),
            _count(QuestionnaireRound, *_answered_by_others(person_id)),
            _count(OriginStatement, OriginStatement.state == StatementState.PROPOSED),
        )
    ).one()
    (to_review, to_second, unread, changes, lots, drafts, proposals, editions, notices, rounds,
     statements) = counts  # fmt: skip
    due = list_due_by_policy(session, today)
    states = Counter(row.state for row in due)
    return WaitingRow(
        certificates_to_review=to_review,
        certificates_to_second=to_second,
        certificates_unread=unread,
        changes_to_assess=changes,
        lots_with_results=lots,
        drafts_to_approve=drafts,
        qualifications_to_decide=proposals,
        editions_to_sign=editions,
        open_notices=notices,
        questionnaires_to_review=rounds,
        statements_to_review=statements,
        overdue=states[DueState.OVERDUE],
        due_soon=states[DueState.DUE_TODAY] + states[DueState.DUE_SOON],
        without_date=states[DueState.NOT_KNOWN],
        expired_evidence=sum(
            row.subject is DueSubject.EVIDENCE and row.state is DueState.OVERDUE for row in due
        ),
        causes=sum(row.subject is DueSubject.REQUALIFICATION_CAUSE for row in due),
    )


def list_drafts_to_approve(session: Session, person_id: int) -> list[NamedRow]:
    """The oldest drafts of others first, at most ten."""
    found = session.execute(
        select(Specification.id, Material.name, ManufacturerItem.catalogue_number)
        .join(ManufacturerItem, Specification.item_id == ManufacturerItem.id)
        .join(Material, ManufacturerItem.material_id == Material.id)
        .where(*_drafts_of_others(person_id))
        .order_by(Specification.drafted_at)
        .limit(NAMED)
    )
    return [NamedRow(number, f"{material}, {catalogue}") for number, material, catalogue in found]


def list_qualifications_to_decide(session: Session, person_id: int) -> list[NamedRow]:
    """The oldest proposals of others first, at most ten."""
    found = session.execute(
        select(
            Qualification.id,
            Material.name,
            ManufacturerItem.catalogue_number,
            Qualification.use_scope,
        )
        .join(ManufacturerItem, Qualification.item_id == ManufacturerItem.id)
        .join(Material, ManufacturerItem.material_id == Material.id)
        .where(*_proposals_of_others(person_id))
        .order_by(Qualification.proposed_at)
        .limit(NAMED)
    )
    return [
        NamedRow(number, f"{material}, {catalogue}, for {label(scope)}")
        for number, material, catalogue, scope in found
    ]


def count_beginning(session: Session) -> BeginningRow:
    people, vendors, materials, items, specifications, certificates = session.execute(
        select(
            _count(Person),
            _count(Organisation),
            _count(Material),
            _count(ManufacturerItem),
            _count(Specification, Specification.status == SpecificationStatus.EFFECTIVE),
            _count(Certificate),
        )
    ).one()
    return BeginningRow(people, vendors, materials, items, specifications, certificates)


_UNREAD = (CertificateState.QUEUED, CertificateState.READING)
_HAS_RESULTS = exists().where(LotResult.lot_id == Lot.id, LotResult.withdrawn_at.is_(None))


def _drafts_of_others(person_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Who wrote a draft does not approve it."""
    is_draft = Specification.status == SpecificationStatus.DRAFT
    return is_draft, Specification.drafted_by_id != person_id


def _waiting_for_a_second(person_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Who read a certificate first is not its second reader."""
    is_waiting = Certificate.state == CertificateState.AWAITING_SECOND
    return is_waiting, Certificate.first_read_by_id != person_id


def _proposals_of_others(person_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    is_proposed = Qualification.status == QualificationStatus.PROPOSED
    return is_proposed, Qualification.proposed_by_id != person_id


def _answered_by_others(person_id: int) -> tuple[ColumnElement[bool], ...]:
    """Who handed the answers over does not review them."""
    return (
        QuestionnaireRound.answered_by_id != person_id,
        QuestionnaireRound.result.is_(None),
        QuestionnaireRound.withdrawn_on.is_(None),
    )


def _editions_of_others(person_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """One that the installation proposed, as shipped, has no author among the people."""
    is_proposed = ListEdition.state == EditionState.PROPOSED
    return is_proposed, ListEdition.loaded_by_id.is_distinct_from(person_id)


def _count(table: type[Base], *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()
