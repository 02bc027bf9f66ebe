"""Requests for evidence as pages show them, and the letter that asks for all that is lacking."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.evidence_requests import (
    USUAL_DAYS,
    AskedBefore,
    Gap,
    RequestFacts,
    answer_problems,
    gap_letter,
    gap_of,
)
from supplier_qc.domain.qualification.evidence_policy import RequirementKind
from supplier_qc.domain.qualification.states import QualificationStatus
from supplier_qc.persistence.tables.evidence_requests import EvidenceRequest
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.qualification import Evidence, Qualification
from supplier_qc.queries.source_facts import SourceRow, list_source_rows

NOT_PURSUED = frozenset({QualificationStatus.DISQUALIFIED, QualificationStatus.RETIRED})
"""For sources in these states nothing is asked of the vendor."""
WHOLE_VENDOR = "The company as a whole"


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request; `about` is the item, the site, or the whole vendor."""

    id: int
    version: int
    organisation_id: int
    vendor: str
    item_id: int | None
    site_id: int | None
    about: str
    kind: RequirementKind
    text: str
    asked_on: date
    asked_by: str
    due_on: date
    days_left: int
    answered_on: date | None
    evidence_id: int | None
    evidence_title: str | None
    withdrawn_on: date | None
    withdrawal_reason: str | None
    site_of_item: int | None

    @property
    def is_open(self) -> bool:
        return self.answered_on is None and self.withdrawn_on is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.days_left < 0

    @property
    def title(self) -> str:
        return f"{label(self.kind)}: {self.about}, {self.vendor}"

    @property
    def facts(self) -> RequestFacts:
        return RequestFacts(
            self.kind,
            self.asked_on,
            self.due_on,
            self.text,
            self.item_id,
            self.site_id,
            self.site_of_item,
        )


def list_evidence_requests(
    session: Session, today: date, *, open_only: bool = False, vendor_id: int | None = None
) -> list[RequestRow]:
    """Open ones first by their day, then the others, the newest first; one SQL statement."""
    conditions: list[ColumnElement[bool]] = []
    if open_only:
        conditions += open_requests()
    if vendor_id is not None:
        conditions.append(EvidenceRequest.organisation_id == vendor_id)
    rows = _rows(session, today, *conditions)
    over = sorted((one for one in rows if not one.is_open), key=lambda one: -one.id)
    pending = (one for one in rows if one.is_open)
    return [*sorted(pending, key=lambda one: (one.due_on, one.id)), *over]


def open_requests() -> list[ColumnElement[bool]]:
    """The conditions by which a request is open."""
    return [EvidenceRequest.answered_on.is_(None), EvidenceRequest.withdrawn_at.is_(None)]


def get_evidence_request(session: Session, request_id: int, today: date) -> RequestRow | None:
    found = _rows(session, today, EvidenceRequest.id == request_id)
    return found[0] if found else None


def list_requests_of_source(session: Session, source: SourceRow, today: date) -> list[RequestRow]:
    """Open requests that a paper for this source would answer."""
    found = list_evidence_requests(
        session, today, open_only=True, vendor_id=source.identity.vendor_id
    )
    return [one for one in found if _is_about(one, source)]


def list_papers_that_answer(session: Session, request: RequestRow) -> list[tuple[int, str]]:
    """Number and words of the vendor's papers that would answer the request, newest first."""
    papers = session.scalars(
        select(Evidence)
        .where(Evidence.organisation_id == request.organisation_id)
        .order_by(Evidence.id.desc())
    )
    return [
        (paper.id, f"{paper.title}, issued {paper.issued_on or 'on a day not recorded'}")
        for paper in papers
        if not list(answer_problems(request.facts, paper.kind, paper.item_id, paper.site_id))
    ]


def letter_for(
    session: Session,
    vendor_id: int,
    today: date,
    sender: str,
    qualification_id: int | None = None,
) -> str | None:
    """The letter for all that a vendor's sources, or one of them, lack; None: nothing to ask.

    Open requests stand in it with their own text and day.
    """
    vendor = session.get_one(Organisation, vendor_id)
    conditions: list[ColumnElement[bool]] = [Site.organisation_id == vendor_id]
    if qualification_id is not None:
        conditions.append(Qualification.id == qualification_id)
    sources = list_source_rows(session, today, *conditions)
    pending = list_evidence_requests(session, today, open_only=True, vendor_id=vendor_id)
    if qualification_id is not None:
        pending = [one for one in pending if any(_is_about(one, source) for source in sources)]
    gaps = [gap for source in sources for gap in _gaps(source, pending)]
    asked = [AskedBefore(one.about, one.text, one.asked_on, one.due_on) for one in pending]
    if not gaps and not asked:
        return None
    return gap_letter(vendor.name, gaps, asked, sender, today + USUAL_DAYS)


def _gaps(source: SourceRow, pending: list[RequestRow]) -> list[Gap]:
    """What the source lacks and nobody has asked for yet."""
    if source.facts.status in NOT_PURSUED:
        return []
    asked = {one.kind for one in pending if _is_about(one, source)}
    identity = source.identity
    about = f"{identity.item_name} ({identity.catalogue_number})"
    found = (gap_of(about, one) for one in source.requirements if one.kind not in asked)
    return [gap for gap in found if gap is not None]


def _is_about(request: RequestRow, source: SourceRow) -> bool:
    """Whether a paper that answers the request would cover the source."""
    identity = source.identity
    return request.item_id in {None, identity.item_id} and request.site_id in {
        None,
        identity.site_id,
    }


def _rows(session: Session, today: date, *conditions: ColumnElement[bool]) -> list[RequestRow]:
    found = session.execute(
        select(EvidenceRequest, Person.full_name)
        .join(Person, Person.id == EvidenceRequest.asked_by_id)
        .options(
            joinedload(EvidenceRequest.organisation),
            joinedload(EvidenceRequest.item),
            joinedload(EvidenceRequest.site),
            joinedload(EvidenceRequest.evidence),
        )
        .where(*conditions)
        .order_by(EvidenceRequest.id)
    )
    return [_row(one, name, today) for one, name in found]


def _row(one: EvidenceRequest, asked_by: str, today: date) -> RequestRow:
    return RequestRow(
        id=one.id,
        version=one.version,
        organisation_id=one.organisation_id,
        vendor=one.organisation.name,
        item_id=one.item_id,
        site_id=one.site_id,
        about=_about(one.item, one.site),
        kind=one.kind,
        text=one.text,
        asked_on=one.asked_on,
        asked_by=asked_by,
        due_on=one.due_on,
        days_left=(one.due_on - today) // timedelta(days=1),
        answered_on=one.answered_on,
        evidence_id=one.evidence_id,
        evidence_title=one.evidence.title if one.evidence else None,
        withdrawn_on=one.withdrawn_at.date() if one.withdrawn_at else None,
        withdrawal_reason=one.withdrawal_reason,
        site_of_item=one.item.site_id if one.item else None,
    )


def _about(item: ManufacturerItem | None, site: Site | None) -> str:
    if item is not None:
        return f"{item.name} ({item.catalogue_number})"
    return site.name if site is not None else WHOLE_VENDOR
