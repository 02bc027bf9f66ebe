"""Corrective action requests with their steps, and the days that the policy gives them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from supplier_qc.domain.corrective_actions import (
    CorrectiveActionStep,
    RequestFacts,
    StepFacts,
    StepStanding,
    StepTerm,
)
from supplier_qc.domain.lots import Disposition
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.supplier_findings import (
    CorrectiveActionPolicyRow,
    CorrectiveActionRequest,
    CorrectiveActionStepRow,
    SupplierFinding,
)
from supplier_qc.queries.source_events import request_facts


@dataclass(frozen=True, slots=True)
class StepRow:
    id: int
    step: CorrectiveActionStep
    due_on: date
    done_on: date | None
    done: str | None
    recorded_by: str | None
    recorded_at: datetime | None
    filename: str | None
    standing: StepStanding
    days_left: int | None


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as its page shows it; `follows_id` is the one that was not effective."""

    id: int
    version: int
    finding_id: int
    follows_id: int | None
    followed_by_id: int | None
    request: str
    reference: str | None
    issued_on: date
    issued_by: str
    effectiveness_lots: int | None
    closed_on: date | None
    closed_by: str | None
    is_effective: bool | None
    conclusion: str | None
    steps: tuple[StepRow, ...]
    facts: RequestFacts

    @property
    def next_step(self) -> StepRow | None:
        """The first one that is open; None once all are done."""
        return next((one for one in self.steps if one.done_on is None), None)

    @property
    def is_overdue(self) -> bool:
        if self.closed_on is not None:
            return False
        return any(one.standing is StepStanding.OVERDUE for one in self.steps)


def list_terms(session: Session) -> list[StepTerm]:
    """All rows, superseded ones included."""
    row = CorrectiveActionPolicyRow
    found = session.scalars(select(row).order_by(row.severity, row.valid_from, row.id))
    return [
        StepTerm(
            severity=one.severity,
            step=one.step,
            days=one.days,
            valid_from=one.valid_from,
            mark=one.mark,
            source=one.source,
            valid_to=one.valid_to,
            row_id=one.id,
        )
        for one in found
    ]


def list_requests(session: Session, finding_id: int, today: date) -> list[RequestRow]:
    """Those of a finding, the first one first; a constant number of statements."""
    return _rows(session, CorrectiveActionRequest.finding_id == finding_id, today)


def get_request(session: Session, request_id: int, today: date) -> RequestRow | None:
    found = _rows(session, CorrectiveActionRequest.id == request_id, today)
    return found[0] if found else None


def lots_since(session: Session, request: CorrectiveActionRequest) -> int:
    """Released lots of what the finding is on, received after the actions were carried out."""
    carried_out = next(
        (
            one.done_on
            for one in request.steps
            if one.step is CorrectiveActionStep.IMPLEMENTATION and one.done_on
        ),
        None,
    )
    if carried_out is None:
        return 0
    finding = request.finding
    chosen = (
        select(func.count())
        .select_from(Lot)
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .where(Lot.disposition == Disposition.RELEASED, Lot.received_on > carried_out)
    )
    if finding.item_id is not None:
        chosen = chosen.where(ManufacturerItem.id == finding.item_id)
    elif finding.site_id is not None:
        chosen = chosen.where(ManufacturerItem.site_id == finding.site_id)
    else:
        chosen = chosen.where(ManufacturerItem.site.has(organisation_id=finding.organisation_id))
    return session.scalar(chosen) or 0


def step_document(session: Session, step_id: int) -> Document | None:
    return session.scalar(
        select(Document)
        .join(CorrectiveActionStepRow, CorrectiveActionStepRow.document_id == Document.id)
        .where(CorrectiveActionStepRow.id == step_id)
    )


def _rows(session: Session, condition: ColumnElement[bool], today: date) -> list[RequestRow]:
    found = session.scalars(
        select(CorrectiveActionRequest)
        .options(
            joinedload(CorrectiveActionRequest.finding).joinedload(SupplierFinding.organisation),
            selectinload(CorrectiveActionRequest.steps).joinedload(
                CorrectiveActionStepRow.document
            ),
        )
        .where(condition)
        .order_by(CorrectiveActionRequest.id)
    ).all()
    names = _names(session, found)
    following = _following(session, [one.id for one in found])
    return [_row(session, one, names, following.get(one.id), today) for one in found]


def _row(
    session: Session,
    request: CorrectiveActionRequest,
    names: dict[int, str],
    followed_by_id: int | None,
    today: date,
) -> RequestRow:
    order = list(CorrectiveActionStep)
    steps = sorted(request.steps, key=lambda one: order.index(one.step))
    lots = lots_since(session, request) if request.effectiveness_lots else 0
    return RequestRow(
        id=request.id,
        version=request.version,
        finding_id=request.finding_id,
        follows_id=request.follows_id,
        followed_by_id=followed_by_id,
        request=request.request,
        reference=request.reference,
        issued_on=request.issued_on,
        issued_by=names[request.issued_by_id],
        effectiveness_lots=request.effectiveness_lots,
        closed_on=request.closed_on,
        closed_by=names.get(request.closed_by_id or 0),
        is_effective=request.is_effective,
        conclusion=request.conclusion,
        steps=tuple(_step(one, names, today) for one in steps),
        facts=request_facts(request, lots),
    )


def _step(row: CorrectiveActionStepRow, names: dict[int, str], today: date) -> StepRow:
    return StepRow(
        id=row.id,
        step=row.step,
        due_on=row.due_on,
        done_on=row.done_on,
        done=row.done,
        recorded_by=names.get(row.recorded_by_id or 0),
        recorded_at=row.recorded_at,
        filename=row.document.filename if row.document else None,
        standing=StepFacts(row.step, row.due_on, row.done_on).standing(today),
        days_left=None if row.done_on else (row.due_on - today).days,
    )


def _names(session: Session, found: Sequence[CorrectiveActionRequest]) -> dict[int, str]:
    people = {one.issued_by_id for one in found} | {one.closed_by_id or 0 for one in found}
    people |= {step.recorded_by_id or 0 for one in found for step in one.steps}
    rows = session.execute(select(Person.id, Person.full_name).where(Person.id.in_(people)))
    return dict(rows.all())


def _following(session: Session, request_ids: Sequence[int]) -> dict[int, int]:
    row = CorrectiveActionRequest
    found = session.execute(select(row.follows_id, row.id).where(row.follows_id.in_(request_ids)))
    return {earlier: later for earlier, later in found if earlier is not None}
