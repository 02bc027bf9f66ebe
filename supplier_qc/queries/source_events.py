"""Open notices, critical findings and running corrective actions, by the source they concern."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Row, select, union
from sqlalchemy.orm import Session, contains_eager, selectinload

from supplier_qc.domain.corrective_actions import RequestFacts, StepFacts
from supplier_qc.domain.qualification.events import SourceEvents
from supplier_qc.domain.supplier_findings import FindingSeverity
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.persistence.tables.supplier_findings import (
    CorrectiveActionRequest,
    SupplierFinding,
)
from supplier_qc.persistence.tables.supplier_notices import (
    SupplierNotice,
    SupplierNoticeItem,
    SupplierNoticeLot,
)


def events_of(session: Session, found: Sequence[Qualification]) -> Mapping[int, SourceEvents]:
    """By the number of the qualification; items and sites are loaded. Four SQL statements."""
    recalls, changes = _open_notices(session, {one.item_id for one in found})
    vendors = {one.item.site.organisation_id for one in found}
    findings, requests = _open_findings(session, vendors), _open_requests(session, vendors)
    return {
        one.id: SourceEvents(
            recalls=tuple(recalls.get(one.item_id, ())),
            changes=tuple(changes.get(one.item_id, ())),
            findings=tuple(_named(finding) for finding in findings if concerns(finding, one.item)),
            requests=tuple(
                request_facts(request)
                for request in requests
                if concerns(request.finding, one.item)
            ),
        )
        for one in found
    }


def concerns(finding: SupplierFinding, item: ManufacturerItem) -> bool:
    """A finding on a site is one on all its items, a finding on a vendor one on all its sites."""
    if finding.item_id is not None:
        return finding.item_id == item.id
    if finding.site_id is not None:
        return finding.site_id == item.site_id
    return finding.organisation_id == item.site.organisation_id


def request_facts(request: CorrectiveActionRequest, lots_since: int = 0) -> RequestFacts:
    return RequestFacts(
        id=request.id,
        issued_on=request.issued_on,
        steps=tuple(
            StepFacts(one.step, one.due_on, one.done_on, one.recorded_by_id)
            for one in request.steps
        ),
        closed_on=request.closed_on,
        effectiveness_lots=request.effectiveness_lots,
        lots_since=lots_since,
    )


def _named(finding: SupplierFinding) -> str:
    return (
        f"Critical finding {finding.id} of {finding.found_on.isoformat()}, “{finding.title}”, "
        "is open."
    )


def _open_notices(
    session: Session, item_ids: Iterable[int]
) -> tuple[Mapping[int, list[str]], Mapping[int, list[str]]]:
    """Sentences by item: those whose kind stops lots, and the others."""
    by_item: tuple[dict[int, list[str]], dict[int, list[str]]] = (
        defaultdict(list),
        defaultdict(list),
    )
    for item_id, notice in _notices_on(session, sorted(item_ids)):
        words = (
            f"The supplier's {notice.kind.words} of {notice.received_on.isoformat()}, "
            f"“{notice.title}” (notice {notice.id}), is not assessed yet."
        )
        by_item[0 if notice.kind.stops_lots else 1][item_id].append(words)
    return by_item


def _notices_on(session: Session, item_ids: Sequence[int]) -> Sequence[Row[int, SupplierNotice]]:
    by_lot = select(SupplierNoticeLot.notice_id, Lot.item_id).join(
        Lot, Lot.id == SupplierNoticeLot.lot_id
    )
    named = union(
        select(SupplierNoticeItem.notice_id, SupplierNoticeItem.item_id), by_lot
    ).subquery()
    return session.execute(
        select(named.c.item_id, SupplierNotice)
        .join(SupplierNotice, SupplierNotice.id == named.c.notice_id)
        .where(SupplierNotice.impact.is_(None), named.c.item_id.in_(item_ids))
        .order_by(SupplierNotice.id)
    ).all()


def _open_findings(session: Session, vendors: Iterable[int]) -> Sequence[SupplierFinding]:
    return session.scalars(
        select(SupplierFinding)
        .where(
            SupplierFinding.organisation_id.in_(sorted(vendors)),
            SupplierFinding.severity == FindingSeverity.CRITICAL,
            SupplierFinding.closed_on.is_(None),
        )
        .order_by(SupplierFinding.id)
    ).all()


def _open_requests(session: Session, vendors: Iterable[int]) -> Sequence[CorrectiveActionRequest]:
    return session.scalars(
        select(CorrectiveActionRequest)
        .join(CorrectiveActionRequest.finding)
        .options(
            contains_eager(CorrectiveActionRequest.finding),
            selectinload(CorrectiveActionRequest.steps),
        )
        .where(
            SupplierFinding.organisation_id.in_(sorted(vendors)),
            CorrectiveActionRequest.closed_on.is_(None),
        )
        .order_by(CorrectiveActionRequest.id)
    ).all()
