"""Findings against suppliers, as lists and one by one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from supplier_qc.domain.corrective_actions import RequestFacts
from supplier_qc.domain.supplier_findings import FindingFacts, FindingOrigin, FindingSeverity
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.supplier_findings import (
    CorrectiveActionRequest,
    SupplierFinding,
    SupplierFindingLot,
)
from supplier_qc.queries.paging import Page, page_of
from supplier_qc.queries.source_events import request_facts


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """None filters nothing."""

    only_open: bool = True
    severity: FindingSeverity | None = None
    origin: FindingOrigin | None = None
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """`running` is the open request of the finding; `lots` are all lots it concerns."""

    id: int
    version: int
    organisation_id: int
    vendor: str
    site_id: int | None
    site: str | None
    item_id: int | None
    item: str | None
    lot_id: int | None
    lots: tuple[tuple[int, str], ...]
    certificate_id: int | None
    evidence_id: int | None
    evidence: str | None
    origin: FindingOrigin
    severity: FindingSeverity
    title: str
    details: str | None
    found_on: date
    recorded_by: str
    recorded_at: datetime
    closed_on: date | None
    closed_by: str | None
    closure: str | None
    running: RequestFacts | None
    facts: FindingFacts

    @property
    def further_lot_ids(self) -> tuple[int, ...]:
        return tuple(number for number, _ in self.lots if number != self.lot_id)

    @property
    def subject(self) -> str:
        """What it is about: the item, the site, or the vendor as a whole."""
        return self.item or self.site or "the vendor as a whole"


_GRAVEST = {one: place for place, one in enumerate(FindingSeverity)}


def page_of_findings(
    session: Session, wanted: FindingFilter, *, page: int, size: int
) -> Page[FindingRow]:
    """The open ones first, then the latest; a constant number of statements."""
    row = SupplierFinding
    ordered = _findings(*_conditions(wanted)).order_by(
        row.closed_on.is_not(None), row.found_on.desc(), row.id.desc()
    )
    return page_of(session, ordered, lambda record: _row(*record), page, size)


def list_findings_on(
    session: Session,
    *,
    organisation_id: int | None = None,
    item: tuple[int, int, int] | None = None,
    lot_id: int | None = None,
    certificate_id: int | None = None,
) -> list[FindingRow]:
    """Findings on one record, open ones and the gravest first.

    `item` is item, site and vendor by number: what was found on the site or the vendor counts.
    """
    row = SupplierFinding
    chosen: list[ColumnElement[bool]] = []
    if organisation_id is not None:
        chosen.append(row.organisation_id == organisation_id)
    if item is not None:
        chosen.append(_on_item(*item))
    if lot_id is not None:
        chosen.append(or_(row.lot_id == lot_id, row.lots.any(SupplierFindingLot.lot_id == lot_id)))
    if certificate_id is not None:
        chosen.append(row.certificate_id == certificate_id)
    rows = [_row(*record) for record in session.execute(_findings(*chosen))]
    return sorted(rows, key=_gravest_first)


def get_finding(session: Session, finding_id: int) -> FindingRow | None:
    found = session.execute(_findings(SupplierFinding.id == finding_id)).one_or_none()
    return None if found is None else _row(*found)


def finding_facts(finding: SupplierFinding) -> FindingFacts:
    """What the rules of closing and of requests take."""
    running = next((one.id for one in finding.requests if one.closed_on is None), None)
    return FindingFacts(
        severity=finding.severity,
        closed_on=finding.closed_on,
        open_request_id=running,
        was_effective=any(one.is_effective for one in finding.requests),
    )


def lots_by_vendor(session: Session, organisation_id: int) -> Mapping[int, list[tuple[int, str]]]:
    """Number and words of each lot, by item of the vendor."""
    by_item: dict[int, list[tuple[int, str]]] = defaultdict(list)
    found = session.execute(
        select(Lot.id, Lot.manufacturer_lot, Lot.item_id)
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .where(ManufacturerItem.site.has(organisation_id=organisation_id))
        .order_by(Lot.id.desc())
    )
    for number, words, item_id in found:
        by_item[item_id].append((number, words))
    return by_item


def _on_item(item_id: int, site_id: int, organisation_id: int) -> ColumnElement[bool]:
    row = SupplierFinding
    return or_(
        row.item_id == item_id,
        and_(row.item_id.is_(None), row.site_id == site_id),
        and_(row.site_id.is_(None), row.organisation_id == organisation_id),
    )


def _conditions(wanted: FindingFilter) -> Iterable[ColumnElement[bool]]:
    row = SupplierFinding
    if wanted.only_open:
        yield row.closed_on.is_(None)
    if wanted.severity is not None:
        yield row.severity == wanted.severity
    if wanted.origin is not None:
        yield row.origin == wanted.origin
    if wanted.organisation_id is not None:
        yield row.organisation_id == wanted.organisation_id


def _findings(
    *conditions: ColumnElement[bool],
) -> Select[SupplierFinding, str, str]:
    recorder, closer = aliased(Person), aliased(Person)
    row = SupplierFinding
    return (
        select(row, recorder.full_name, closer.full_name)
        .join(recorder, recorder.id == row.recorded_by_id)
        .outerjoin(closer, closer.id == row.closed_by_id)
        .options(
            joinedload(row.organisation),
            joinedload(row.site),
            joinedload(row.item),
            joinedload(row.lot),
            joinedload(row.evidence),
            selectinload(row.lots).joinedload(SupplierFindingLot.lot),
            selectinload(row.requests).selectinload(CorrectiveActionRequest.steps),
        )
        .where(*conditions)
    )


def _row(finding: SupplierFinding, recorder: str, closer: str | None) -> FindingRow:
    running = next((one for one in finding.requests if one.closed_on is None), None)
    return FindingRow(
        id=finding.id,
        version=finding.version,
        organisation_id=finding.organisation_id,
        vendor=finding.organisation.name,
        site_id=finding.site_id,
        site=finding.site.name if finding.site else None,
        item_id=finding.item_id,
        item=f"{finding.item.name} ({finding.item.catalogue_number})" if finding.item else None,
        lot_id=finding.lot_id,
        lots=tuple(_lots(finding)),
        certificate_id=finding.certificate_id,
        evidence_id=finding.evidence_id,
        evidence=finding.evidence.title if finding.evidence else None,
        origin=finding.origin,
        severity=finding.severity,
        title=finding.title,
        details=finding.details,
        found_on=finding.found_on,
        recorded_by=recorder,
        recorded_at=finding.recorded_at,
        closed_on=finding.closed_on,
        closed_by=closer,
        closure=finding.closure,
        running=request_facts(running) if running else None,
        facts=finding_facts(finding),
    )


def _lots(finding: SupplierFinding) -> Sequence[tuple[int, str]]:
    own = [(finding.lot.id, finding.lot.manufacturer_lot)] if finding.lot else []
    return own + [(one.lot_id, one.lot.manufacturer_lot) for one in finding.lots]


def _gravest_first(row: FindingRow) -> tuple[bool, int, int]:
    return (row.closed_on is not None, _GRAVEST[row.severity], -row.id)
