"""Findings against suppliers: recorded with what they concern, changed while open, closed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import (
    compared,
    one_line,
    optional_paragraphs,
    paragraphs,
    text_problems,
)
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.signatures import SignatureMeaning, SignedRecord
from supplier_qc.domain.supplier_findings import (
    FindingOrigin,
    FindingReach,
    FindingSeverity,
    finding_closing_problems,
    lowering_problems,
    narrowing_problems,
)
from supplier_qc.persistence.tables import (
    Certificate,
    Evidence,
    Lot,
    ManufacturerItem,
    Organisation,
    Site,
    SupplierFinding,
    SupplierFindingLot,
)
from supplier_qc.queries.supplier_findings import finding_facts
from supplier_qc.services.signing import sign
from supplier_qc.services.transaction import Change, changing, check_version

LONGEST_TEXT = 8_000


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """What was found. A lot brings its item along, an item its site; `lot_ids` are further lots."""

    origin: FindingOrigin
    severity: FindingSeverity
    title: str
    found_on: date
    details: str | None = None
    site_id: int | None = None
    item_id: int | None = None
    lot_id: int | None = None
    lot_ids: Sequence[int] = ()
    certificate_id: int | None = None
    evidence_id: int | None = None


def record_finding(
    sessions: sessionmaker[Session],
    organisation_id: int,
    draft: FindingDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Record a finding against a vendor; returns its number."""
    person_id = recorder_of(actor)
    with changing(sessions, AuditAction.SUPPLIER_FINDING_ADDED, actor=actor, now=now) as change:
        organisation = change.get(Organisation, organisation_id, "Vendor")
        finding = SupplierFinding(
            organisation=organisation, recorded_by_id=person_id, recorded_at=now
        )
        _fill(change, finding, draft)
        change.session.add(finding)
        change.session.flush()  # the number is the audit entry's subject
        change.about(finding, label_of(finding))
        return finding.id


def change_finding(
    sessions: sessionmaker[Session],
    finding_id: int,
    draft: FindingDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Change an open finding; the days of a request that runs stay as they were fixed."""
    recorder_of(actor)
    action = AuditAction.SUPPLIER_FINDING_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        finding = change.get(SupplierFinding, finding_id, "Finding")
        check_version(finding, version)
        if finding.closed_on is not None:
            raise Refused(f"The finding was closed on {finding.closed_on.isoformat()}.")
        reach = FindingReach(finding.site_id, finding.item_id)
        _fill(change, finding, draft, before=(finding.severity, reach))
        finding.version += 1  # its lots are rows of their own and would not count it
        change.about(finding, label_of(finding))


def close_finding(
    sessions: sessionmaker[Session],
    finding_id: int,
    *,
    version: int,
    reason: str,
    password: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Sign that a finding is settled. Raises Refused, NotPermitted or WrongPassword."""
    text = paragraphs(reason)
    action = AuditAction.SUPPLIER_FINDING_CLOSED
    with changing(sessions, action, actor=actor, now=now, reason=text) as change:
        finding = change.get(SupplierFinding, finding_id, "Finding")
        change.about(finding, label_of(finding))
        check_version(finding, version)
        Refused.unless_empty(
            [
                *text_problems("The reason", text, longest=LONGEST_TEXT, required=True),
                *finding_closing_problems(finding_facts(finding)),
            ]
        )
        settle(change, finding, text)
        change.session.flush()  # the signature is bound to the version that results
        sign(
            change,
            SignedRecord(
                finding.__tablename__, finding.id, finding.version, signed_content(finding)
            ),
            meaning=SignatureMeaning.REVIEWED,
            password=password,
            permission=Permission.CLOSE_FINDING,
        )


def settle(change: Change, finding: SupplierFinding, closure: str) -> None:
    """Close the finding in the open change; a signature of that change stands for it."""
    finding.closed_on, finding.closed_by_id = change.now.date(), change.actor.person_id
    finding.closure = closure


def signed_content(finding: SupplierFinding) -> dict[str, object]:
    """All that the signer saw and concluded."""
    return {
        "organisation_id": finding.organisation_id,
        "site_id": finding.site_id,
        "item_id": finding.item_id,
        "lot_id": finding.lot_id,
        "lots": [one.lot_id for one in finding.lots],
        "origin": finding.origin.value,
        "severity": finding.severity.value,
        "title": finding.title,
        "details": finding.details,
        "found_on": finding.found_on,
        "requests": [one.id for one in finding.requests],
        "closed_on": finding.closed_on,
        "closure": finding.closure,
    }


def label_of(finding: SupplierFinding) -> str:
    return f"{finding.title}, {finding.organisation.name} ({finding.severity.value})"


def recorder_of(actor: Actor) -> int:
    """The person who records; raises NotPermitted."""
    if not actor.may(Permission.RECORD_FINDING) or actor.person_id is None:
        raise NotPermitted("Your roles do not include findings against suppliers.")
    return actor.person_id


def _fill(
    change: Change,
    finding: SupplierFinding,
    draft: FindingDraft,
    *,
    before: tuple[FindingSeverity, FindingReach] | None = None,
) -> None:
    """Take over what was typed; `before` is what stood, None for a new finding."""
    severity, reach = before or (None, None)
    may_close = change.actor.may(Permission.CLOSE_FINDING)
    with change.session.no_autoflush:
        lot = change.get(Lot, draft.lot_id, "Lot") if draft.lot_id else None
        item_id = lot.item_id if lot else draft.item_id
        item = change.get(ManufacturerItem, item_id, "Item") if item_id else None
        site_id = item.site_id if item else draft.site_id
        Refused.unless_empty(
            [
                *_text_problems(change, draft),
                *_strangers(change, finding.organisation, draft, item_id, site_id),
                *_open_already(change, finding, draft, site_id, item_id),
                *lowering_problems(severity, draft.severity, may_close=may_close),
                *narrowing_problems(reach, FindingReach(site_id, item_id), may_close=may_close),
            ]
        )
        finding.site_id, finding.item_id, finding.lot_id = site_id, item_id, draft.lot_id
        _name_lots(finding, {one for one in draft.lot_ids if one != draft.lot_id})
    finding.origin, finding.severity = draft.origin, draft.severity
    finding.title, finding.details = one_line(draft.title), optional_paragraphs(draft.details)
    finding.found_on = draft.found_on
    finding.certificate_id, finding.evidence_id = draft.certificate_id, draft.evidence_id


def _open_already(
    change: Change,
    finding: SupplierFinding,
    draft: FindingDraft,
    site_id: int | None,
    item_id: int | None,
) -> Iterator[str]:
    """A form that was sent twice; each finding would count in the scorecard and ask for an end."""
    same = select(SupplierFinding.id, SupplierFinding.title).where(
        SupplierFinding.organisation_id == finding.organisation.id,
        SupplierFinding.site_id.is_not_distinct_from(site_id),
        SupplierFinding.item_id.is_not_distinct_from(item_id),
        SupplierFinding.lot_id.is_not_distinct_from(draft.lot_id),
        SupplierFinding.found_on == draft.found_on,
        SupplierFinding.closed_on.is_(None),
    )
    for number, title in change.session.execute(same):
        if number != finding.id and compared(title) == compared(draft.title):
            yield (
                f"Finding {number}, “{title}” of {draft.found_on.isoformat()}, is open already; "
                "change it, or say in the title what is different."
            )


def _name_lots(finding: SupplierFinding, lots: set[int]) -> None:
    finding.lots = [one for one in finding.lots if one.lot_id in lots]
    new = lots - {one.lot_id for one in finding.lots}
    finding.lots += [SupplierFindingLot(lot_id=number) for number in sorted(new)]


def _text_problems(change: Change, draft: FindingDraft) -> Iterator[str]:
    yield from text_problems("The title", one_line(draft.title), longest=200, required=True)
    yield from text_problems("The details", draft.details, longest=LONGEST_TEXT)
    if draft.found_on > change.now.date():
        yield f"It cannot have been found on {draft.found_on.isoformat()}, a day to come."


def _strangers(
    change: Change,
    organisation: Organisation,
    draft: FindingDraft,
    item_id: int | None,
    site_id: int | None,
) -> Iterator[str]:
    """Records that are not of this vendor, or not of the item that is named."""
    if site_id is not None:
        site = change.get(Site, site_id, "Site")
        if site.organisation_id != organisation.id:
            yield "The site, item or lot is not of this vendor."
    if draft.lot_id and draft.item_id and draft.item_id != item_id:
        yield "The lot is of another item."
    if draft.evidence_id is not None:
        evidence = change.get(Evidence, draft.evidence_id, "Evidence")
        if evidence.organisation_id != organisation.id:
            yield "The evidence is of another vendor."
    if draft.certificate_id is not None:
        certificate = change.get(Certificate, draft.certificate_id, "Certificate")
        if item_id is not None and certificate.item_id not in {None, item_id}:
            yield "The certificate is of another item."
    known = set(
        change.session.scalars(
            select(Lot.id).where(
                Lot.id.in_(list(draft.lot_ids)),
                Lot.item.has(ManufacturerItem.site.has(organisation_id=organisation.id)),
            )
        )
    )
    if set(draft.lot_ids) - known:
        yield "A further lot is not of an item of this vendor."
