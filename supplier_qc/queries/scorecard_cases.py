"""The cases that scorecards count: lots, certificates, findings, corrective actions, deliveries.

A constant number of SQL statements, for one vendor or for all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from supplier_qc.domain.certificate_changes.findings import (
    FindingGroup,
    FindingKind,
    Severity,
    Standing,
)
from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.scorecard.cases import (
    Judged,
    Outcome,
    Window,
    judge_certificate,
    judge_corrective_action,
    judge_lot,
)
from supplier_qc.domain.scorecard.policy import Measure
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.domain.supplier_findings import FindingOrigin
from supplier_qc.persistence.tables.accountability import Signature
from supplier_qc.persistence.tables.certificate_changes import CertificateFinding
from supplier_qc.persistence.tables.certificates import (
    Certificate,
    CertificateField,
    CertificateRow,
)
from supplier_qc.persistence.tables.intake import CertificateReissue
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Site
from supplier_qc.persistence.tables.supplier_findings import (
    CorrectiveActionRequest,
    SupplierFinding,
)

NOT_DEVIATIONS = frozenset({FindingOrigin.AUDIT, FindingOrigin.QUESTIONNAIRE})
_DECISIONS = (
    SignatureMeaning.RELEASED,
    SignatureMeaning.REJECTED,
    SignatureMeaning.QUARANTINED,
)
_QUESTIONS = tuple(kind for kind in FindingKind if kind.group is FindingGroup.INCONSISTENCY)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case with the record it rests on; without sites and items it is of the whole vendor."""

    measure: Measure
    on: date
    judged: Judged
    title: str
    table: str
    record_id: int
    vendor_id: int
    site_ids: frozenset[int] = frozenset()
    item_ids: frozenset[int] = frozenset()


def start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def lot_cases(session: Session, window: Window, vendor_id: int | None) -> Iterator[CaseRow]:
    """Each decided lot twice: for its acceptance, and as a lot that findings are counted over."""
    decided_at = func.max(Signature.signed_at)
    decisions = (
        select(Signature.subject_id, decided_at.label("decided_at"))
        .where(Signature.subject_type == Lot.__tablename__, Signature.meaning.in_(_DECISIONS))
        .group_by(Signature.subject_id)
        .having(decided_at >= start_of(window.first_on))
        .subquery()
    )
    found = session.execute(
        select(
            Lot.id,
            Lot.manufacturer_lot,
            Lot.disposition,
            decisions.c.decided_at,
            ManufacturerItem.id,
            ManufacturerItem.name,
            Site.id,
            Site.organisation_id,
        )
        .join(decisions, decisions.c.subject_id == Lot.id)
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .where(Lot.disposition != Disposition.QUARANTINE, *_of_vendor(vendor_id))
        .order_by(decisions.c.decided_at, Lot.id)
    )
    for number, lot, disposition, at, item_id, item, site_id, maker_id in found:
        judged = judge_lot(disposition)
        if judged is None or not window.holds(at.date()):
            continue
        for measure, how in (
            (Measure.LOT_ACCEPTANCE, judged),
            (Measure.FINDINGS, Judged(Outcome.COUNTED, "A lot decided on.")),
        ):
            yield CaseRow(
                measure,
                at.date(),
                how,
                f"Lot {lot}, {item}",
                Lot.__tablename__,
                number,
                maker_id,
                frozenset({site_id}),
                frozenset({item_id}),
            )


def certificate_cases(session: Session, window: Window, vendor_id: int | None) -> Iterator[CaseRow]:
    found = session.execute(
        select(
            Certificate.id,
            Certificate.confirmed_at,
            Lot.manufacturer_lot,
            ManufacturerItem.id,
            ManufacturerItem.name,
            Site.id,
            Site.organisation_id,
            _corrected(CertificateField) + _corrected(CertificateRow),
            _counted(
                CertificateFinding.certificate_id,
                CertificateFinding.kind.in_(_QUESTIONS),
                CertificateFinding.standing == Standing.FOUND,
                CertificateFinding.severity != Severity.NOTICE,
            ),
            _counted(CertificateReissue.replaced_id),
        )
        .join(Lot, Lot.id == Certificate.lot_id)
        .join(ManufacturerItem, ManufacturerItem.id == Certificate.item_id)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .where(
            Certificate.state == CertificateState.CONFIRMED,
            Certificate.issue == 1,
            Certificate.confirmed_at >= start_of(window.first_on),
            *_of_vendor(vendor_id),
        )
        .order_by(Certificate.confirmed_at, Certificate.id)
    )
    for row in found:
        number, at, lot, item_id, item, site_id, maker_id, corrected, asked, anew = row
        if at is not None and window.holds(at.date()):
            yield CaseRow(
                Measure.COA_RIGHT_FIRST_TIME,
                at.date(),
                judge_certificate(corrected, asked, was_reissued=bool(anew)),
                f"Certificate {number} of lot {lot}, {item}",
                Certificate.__tablename__,
                number,
                maker_id,
                frozenset({site_id}),
                frozenset({item_id}),
            )


def _corrected(table: type[CertificateField] | type[CertificateRow]) -> ColumnElement[int]:
    return _counted(table.certificate_id, table.state == ClaimState.CORRECTED)


def _counted(
    certificate: InstrumentedAttribute[int], *conditions: ColumnElement[bool]
) -> ColumnElement[int]:
    return (
        select(func.count())
        .where(certificate == Certificate.id, *conditions)
        .correlate(Certificate)
        .scalar_subquery()
    )


def finding_cases(session: Session, window: Window, vendor_id: int | None) -> Iterator[CaseRow]:
    """Deviations and complaints; what an audit or a questionnaire finds is neither."""
    found = session.scalars(
        select(SupplierFinding)
        .where(
            SupplierFinding.found_on.between(window.first_on, window.last_on),
            SupplierFinding.origin.not_in(NOT_DEVIATIONS),
            *([] if vendor_id is None else [SupplierFinding.organisation_id == vendor_id]),
        )
        .order_by(SupplierFinding.found_on, SupplierFinding.id)
    )
    for one in found:
        yield _of_finding(
            one,
            Measure.FINDINGS,
            one.found_on,
            Judged(Outcome.NOT_GOOD, f"{one.severity.value.capitalize()} finding."),
            f"Finding {one.id}: {one.title}",
            (SupplierFinding.__tablename__, one.id),
        )


def corrective_action_cases(
    session: Session, window: Window, vendor_id: int | None, today: date
) -> Iterator[CaseRow]:
    """Requests closed in the window, and open ones with a step that was or is late."""
    request = CorrectiveActionRequest
    statement = (
        select(request)
        .join(SupplierFinding, SupplierFinding.id == request.finding_id)
        .where(request.closed_on.is_(None) | (request.closed_on >= window.first_on))
        .options(joinedload(request.finding), selectinload(request.steps))
        .order_by(request.issued_on, request.id)
    )
    if vendor_id is not None:
        statement = statement.where(SupplierFinding.organisation_id == vendor_id)
    for one in session.scalars(statement):
        late = tuple(
            step.step.words.lower() for step in one.steps if (step.done_on or today) > step.due_on
        )
        is_closed = one.closed_on is not None
        judged = judge_corrective_action(late, is_closed=is_closed, is_effective=one.is_effective)
        if judged is not None:
            yield _of_finding(
                one.finding,
                Measure.CORRECTIVE_ACTION,
                one.closed_on or today,
                judged,
                f"Corrective action request {one.id}: {one.finding.title}",
                (request.__tablename__, one.id),
            )


def _of_finding(
    finding: SupplierFinding,
    measure: Measure,
    on: date,
    judged: Judged,
    title: str,
    record: tuple[str, int],
) -> CaseRow:
    sites = frozenset() if finding.site_id is None else frozenset({finding.site_id})
    items = frozenset() if finding.item_id is None else frozenset({finding.item_id})
    table, number = record
    return CaseRow(measure, on, judged, title, table, number, finding.organisation_id, sites, items)


def _of_vendor(vendor_id: int | None) -> list[ColumnElement[bool]]:
    return [] if vendor_id is None else [Site.organisation_id == vendor_id]
