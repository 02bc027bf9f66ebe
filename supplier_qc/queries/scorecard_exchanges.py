"""The cases that scorecards count of what passes between us: changes, deliveries, requests."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from supplier_qc.domain.catalogue import EvidenceKind, label
from supplier_qc.domain.certificate_changes.findings import FindingGroup, FindingKind, Standing
from supplier_qc.domain.deliveries import DeliveryFacts
from supplier_qc.domain.entered_text import compared
from supplier_qc.domain.scorecard.cases import (
    Window,
    judge_change,
    judge_delivery,
    judge_notice,
    judge_request,
)
from supplier_qc.domain.scorecard.policy import Measure
from supplier_qc.domain.supplier_notices import SupplierNoticeKind
from supplier_qc.persistence.tables.certificate_changes import CertificateFinding, ChangeNote
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.deliveries import Delivery
from supplier_qc.persistence.tables.evidence_requests import EvidenceRequest
from supplier_qc.persistence.tables.identities import DistributorItem
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Site
from supplier_qc.persistence.tables.qualification import Evidence
from supplier_qc.persistence.tables.supplier_notices import (
    SupplierNotice,
    SupplierNoticeItem,
    SupplierNoticeLot,
)
from supplier_qc.queries.scorecard_cases import CaseRow, start_of

_CHANGES = tuple(kind for kind in FindingKind if kind.group is FindingGroup.CHANGE)


def change_cases(session: Session, window: Window, vendor_id: int | None) -> Iterator[CaseRow]:
    """Notices of changes, and changes found on certificates.

    A change whose assessment names the reference of such a notice is counted as the notice.
    """
    agreements = _agreements(session, vendor_id)
    told: set[tuple[int, str]] = set()
    for case, reference in _notices(session, window, vendor_id, agreements):
        if reference:
            told.add((case.vendor_id, reference))
        yield case
    for case, reference in _notes(session, window, vendor_id, agreements):
        if (case.vendor_id, reference) not in told:
            yield case


class _Agreements:
    """Quality agreements that state months of notice, the newest last."""

    def __init__(self, papers: Mapping[int, list[Evidence]]) -> None:
        self._papers = papers

    def months(
        self, vendor_id: int, site_ids: Collection[int], item_ids: Collection[int], on: date
    ) -> int | None:
        fitting = [
            paper
            for paper in self._papers.get(vendor_id, ())
            if (paper.issued_on is None or paper.issued_on <= on)
            and (paper.expires_on is None or on <= paper.expires_on)
            and (paper.site_id is None or paper.site_id in site_ids)
            and (paper.item_id is None or paper.item_id in item_ids)
        ]
        return fitting[-1].change_notice_months if fitting else None


def _agreements(session: Session, vendor_id: int | None) -> _Agreements:
    statement = (
        select(Evidence)
        .where(
            Evidence.kind == EvidenceKind.QUALITY_AGREEMENT,
            Evidence.change_notice_months.is_not(None),
        )
        .order_by(Evidence.issued_on.is_not(None), Evidence.issued_on, Evidence.id)
    )
    if vendor_id is not None:
        statement = statement.where(Evidence.organisation_id == vendor_id)
    papers: dict[int, list[Evidence]] = defaultdict(list)
    for paper in session.scalars(statement):
        papers[paper.organisation_id].append(paper)
    return _Agreements(papers)


def _notices(
    session: Session, window: Window, vendor_id: int | None, agreements: _Agreements
) -> Iterator[tuple[CaseRow, str]]:
    named = _named_items(session, window)
    statement = (
        select(SupplierNotice)
        .where(
            SupplierNotice.kind == SupplierNoticeKind.CHANGE,
            SupplierNotice.received_on.between(window.first_on, window.last_on),
        )
        .order_by(SupplierNotice.received_on, SupplierNotice.id)
    )
    if vendor_id is not None:
        statement = statement.where(SupplierNotice.organisation_id == vendor_id)
    for notice in session.scalars(statement):
        items = frozenset(item_id for item_id, _ in named.get(notice.id, ()))
        sites = frozenset(site_id for _, site_id in named.get(notice.id, ()))
        months = agreements.months(notice.organisation_id, sites, items, notice.received_on)
        case = CaseRow(
            Measure.CHANGE_NOTIFIED,
            notice.received_on,
            judge_notice(notice.received_on, notice.effective_on, months),
            f"Notice: {notice.title}",
            SupplierNotice.__tablename__,
            notice.id,
            notice.organisation_id,
            sites,
            items,
        )
        yield case, compared(notice.reference)


def _named_items(session: Session, window: Window) -> Mapping[int, set[tuple[int, int]]]:
    """Items, each with its site, that a notice names by themselves or through a lot."""
    recent = select(SupplierNotice.id).where(SupplierNotice.received_on >= window.first_on)
    by_item = (
        select(SupplierNoticeItem.notice_id, ManufacturerItem.id, ManufacturerItem.site_id)
        .join(ManufacturerItem, ManufacturerItem.id == SupplierNoticeItem.item_id)
        .where(SupplierNoticeItem.notice_id.in_(recent))
    )
    by_lot = (
        select(SupplierNoticeLot.notice_id, ManufacturerItem.id, ManufacturerItem.site_id)
        .join(Lot, Lot.id == SupplierNoticeLot.lot_id)
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .where(SupplierNoticeLot.notice_id.in_(recent))
    )
    named: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for notice_id, item_id, site_id in session.execute(by_item.union(by_lot)):
        named[notice_id].add((item_id, site_id))
    return named


def _notes(
    session: Session, window: Window, vendor_id: int | None, agreements: _Agreements
) -> Iterator[tuple[CaseRow, str]]:
    statement = (
        select(ChangeNote, CertificateFinding, ManufacturerItem, Site.organisation_id)
        .join(CertificateFinding, CertificateFinding.id == ChangeNote.finding_id)
        .join(Certificate, Certificate.id == CertificateFinding.certificate_id)
        .join(ManufacturerItem, ManufacturerItem.id == Certificate.item_id)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .where(
            CertificateFinding.kind.in_(_CHANGES),
            CertificateFinding.standing == Standing.FOUND,
            CertificateFinding.found_at >= start_of(window.first_on),
        )
        .order_by(CertificateFinding.found_at, CertificateFinding.id)
    )
    if vendor_id is not None:
        statement = statement.where(Site.organisation_id == vendor_id)
    for note, finding, item, maker_id in session.execute(statement):
        seen_on = finding.found_at.date()
        if not window.holds(seen_on):
            continue
        told_on = note.supplier_notice_on
        sites, items = frozenset({item.site_id}), frozenset({item.id})
        months = agreements.months(maker_id, sites, items, told_on or seen_on)
        has_notice = note.supplier_reference is not None
        case = CaseRow(
            Measure.CHANGE_NOTIFIED,
            seen_on,
            judge_change(seen_on, told_on, months, has_notice=has_notice),
            f"Found on certificate {finding.certificate_id}: {finding.sentence}",
            Certificate.__tablename__,
            finding.certificate_id,
            maker_id,
            sites,
            items,
        )
        yield case, compared(note.supplier_reference)


def delivery_cases(
    session: Session, window: Window, vendor_id: int | None, today: date
) -> Iterator[CaseRow]:
    """Of whoever sold it, and of the site and item wherever it was bought."""
    seller = func.coalesce(DistributorItem.distributor_id, Site.organisation_id)
    statement = (
        select(Delivery, ManufacturerItem, seller)
        .join(ManufacturerItem, ManufacturerItem.id == Delivery.item_id)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .outerjoin(DistributorItem, DistributorItem.id == Delivery.distributor_item_id)
        .where(
            Delivery.withdrawn_at.is_(None),
            Delivery.received_on.is_(None) | (Delivery.received_on >= window.first_on),
        )
        .order_by(Delivery.received_on, Delivery.promised_on, Delivery.id)
        .options(selectinload(Delivery.lots))
    )
    if vendor_id is not None:
        statement = statement.where((seller == vendor_id) | (Site.organisation_id == vendor_id))
    for one, item, seller_id in session.execute(statement):
        facts = DeliveryFacts(
            one.ordered_on, one.promised_on, one.received_on, one.excursion, one.damage
        )
        judged = judge_delivery(facts, today)
        on = one.received_on or one.promised_on
        if judged is not None and on is not None:
            lots = ", ".join(lot.manufacturer_lot for lot in one.lots)
            yield CaseRow(
                Measure.DELIVERY,
                on,
                judged,
                f"Delivery {one.id}, {item.name}{f', lot {lots}' if lots else ''}",
                Delivery.__tablename__,
                one.id,
                seller_id,
                frozenset({item.site_id}),
                frozenset({item.id}),
            )


def request_cases(
    session: Session, window: Window, vendor_id: int | None, today: date
) -> Iterator[CaseRow]:
    request = EvidenceRequest
    statement = (
        select(request)
        .where(
            request.withdrawn_at.is_(None),
            request.answered_on.is_(None) | (request.answered_on >= window.first_on),
        )
        .order_by(request.asked_on, request.id)
    )
    if vendor_id is not None:
        statement = statement.where(request.organisation_id == vendor_id)
    for one in session.scalars(statement):
        judged = judge_request(one.asked_on, one.due_on, one.answered_on, today)
        if judged is not None:
            yield CaseRow(
                Measure.RESPONSIVENESS,
                one.answered_on or one.due_on,
                judged,
                f"Request {one.id}: {label(one.kind)}",
                request.__tablename__,
                one.id,
                one.organisation_id,
                frozenset() if one.site_id is None else frozenset({one.site_id}),
                frozenset() if one.item_id is None else frozenset({one.item_id}),
            )
