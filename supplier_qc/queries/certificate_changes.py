"""What changed on a certificate: live while it is under review, as recorded afterwards."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.certificate_changes.comparison import compare
from supplier_qc.domain.certificate_changes.facts import CertificateFacts, PrintedTest
from supplier_qc.domain.certificate_changes.findings import (
    Finding,
    FindingGroup,
    Severity,
    Spot,
    Standing,
)
from supplier_qc.domain.certificate_changes.patterns import pattern_findings
from supplier_qc.domain.certificate_changes.rows import pair_tests, subject_of
from supplier_qc.domain.certificates import CertificateState
from supplier_qc.persistence.tables.certificate_changes import CertificateFinding
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.queries.certificate_facts import (
    attributes_of,
    facts_of,
    find_inconsistencies,
    list_earlier,
)
from supplier_qc.queries.certificate_labels import FIELD_LABELS
from supplier_qc.queries.certificate_places import Clip
from supplier_qc.queries.change_notes import NoteRow, notes_of_findings
from supplier_qc.queries.loaded_certificate import load_certificate
from supplier_qc.queries.recorded_findings import recorded_finding

_ROW_MARGIN = 3.0
"""Points of paper around a row's clip."""

_LABEL_MARGIN = 120.0
"""Points to the left of a header value, so that its label is seen."""

_COMPARED_FIELDS = (
    "issuer",
    "site",
    "product_name",
    "catalog_number",
    "country_of_origin",
    "storage",
    "signatory",
    "manufacture_date",
    "expiry_date",
    "retest_date",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """The finding on the two papers; `note` is None where nobody has to assess it."""

    finding: Finding
    clip_before: Clip | None
    clip_after: Clip | None
    note: NoteRow | None = None


@dataclass(frozen=True, slots=True)
class LastCertificate:
    id: int
    lot: str | None
    on: date
    filename: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One test or header value on both certificates; `findings` are what differs."""

    label: str
    before: str | None
    after: str | None
    limit_before: str | None = None
    limit_after: str | None = None
    method_before: str | None = None
    method_after: str | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_changed(self) -> bool:
        return any(one.standing is not Standing.WORDING for one in self.findings)


@dataclass(frozen=True, slots=True)
class ChangeReview:
    """`is_recorded` once the certificate is confirmed; `was_compared` is False for certificates
    that were confirmed before changes were looked for; `is_kept_back` while a second person types
    the results without seeing the first reading.
    """

    certificate_id: int
    filename: str
    state: CertificateState
    lot_id: int | None
    lot: str | None
    item_id: int | None
    item: str | None
    vendor_id: int | None
    last: LastCertificate | None
    is_recorded: bool
    was_compared: bool
    is_kept_back: bool
    findings: tuple[Compared, ...]
    header: tuple[ComparedRow, ...] = ()
    tests: tuple[ComparedRow, ...] = ()

    @property
    def changes(self) -> tuple[Compared, ...]:
        return self._of(FindingGroup.CHANGE)

    @property
    def patterns(self) -> tuple[Compared, ...]:
        return self._of(FindingGroup.PATTERN)

    @property
    def inconsistencies(self) -> tuple[Compared, ...]:
        return self._of(FindingGroup.INCONSISTENCY)

    @property
    def questions(self) -> tuple[Compared, ...]:
        """Inconsistencies that are no certain contradiction."""
        return tuple(one for one in self.inconsistencies if one.finding.severity is Severity.NOTICE)

    @property
    def wordings(self) -> tuple[Compared, ...]:
        return tuple(one for one in self.findings if one.finding.standing is Standing.WORDING)

    @property
    def open_notes(self) -> tuple[Compared, ...]:
        return tuple(one for one in self.findings if one.note and one.note.is_open)

    @property
    def notes(self) -> tuple[Compared, ...]:
        return tuple(one for one in self.findings if one.note)

    @property
    def marks(self) -> dict[int, list[Finding]]:
        """The changes of each row, by the row's number."""
        marks: dict[int, list[Finding]] = defaultdict(list)
        for one in (*self.changes, *self.patterns):
            if one.finding.spot_after.row_id is not None:
                marks[one.finding.spot_after.row_id].append(one.finding)
        return dict(marks)

    def _of(self, group: FindingGroup) -> tuple[Compared, ...]:
        return tuple(
            one
            for one in self.findings
            if one.finding.kind.group is group and one.finding.standing is not Standing.WORDING
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A certificate as it stands, the last one of its item, and all that was found."""

    facts: CertificateFacts
    last: CertificateFacts | None
    findings: tuple[Finding, ...]


def find_changes(session: Session, certificate: Certificate, today: date) -> Found:
    """All findings as of now."""
    facts = facts_of(certificate, today, attributes_of(session, certificate))
    earlier = list_earlier(session, certificate)
    comparison = compare(facts, earlier)
    findings = (
        *comparison.findings,
        *pattern_findings(facts, earlier),
        *find_inconsistencies(certificate, today, facts),
    )
    return Found(facts, comparison.last, findings)


def get_change_review(session: Session, certificate_id: int, today: date) -> ChangeReview | None:
    """The certificate against the last one, or None; the number of statements is constant."""
    certificate = load_certificate(session, certificate_id)
    if certificate is None:
        return None
    if certificate.state is CertificateState.CONFIRMED:
        return _recorded(session, certificate)
    found = find_changes(session, certificate, today)
    shown = [_compared(one, certificate, found.last) for one in found.findings]
    return _review(session, certificate, (found.facts, found.last), shown)


def _recorded(session: Session, certificate: Certificate) -> ChangeReview:
    records = session.scalars(
        select(CertificateFinding)
        .where(CertificateFinding.certificate_id == certificate.id)
        .order_by(CertificateFinding.id)
    ).all()
    notes = notes_of_findings(session, [record.id for record in records])
    earlier = list_earlier(session, certificate)
    last = earlier[0] if earlier else None
    shown = [
        _compared(recorded_finding(record), certificate, last, notes.get(record.id))
        for record in records
    ]
    on = (certificate.confirmed_at or certificate.uploaded_at).date()
    facts = facts_of(certificate, on, attributes_of(session, certificate))
    return _review(session, certificate, (facts, last), shown)


def _review(
    session: Session,
    certificate: Certificate,
    facts: tuple[CertificateFacts, CertificateFacts | None],
    shown: Sequence[Compared],
) -> ChangeReview:
    item = certificate.item
    is_recorded = certificate.state is CertificateState.CONFIRMED
    now, last = facts
    findings = [one.finding for one in shown]
    return ChangeReview(
        certificate_id=certificate.id,
        filename=certificate.document.filename,
        state=certificate.state,
        lot_id=certificate.lot_id,
        lot=now.lot,
        item_id=certificate.item_id,
        item=f"{item.name} · {item.catalogue_number}" if item else None,
        vendor_id=item.site.organisation_id if item else None,
        last=_last(session, last),
        is_recorded=is_recorded,
        was_compared=not is_recorded or certificate.compared_at is not None,
        is_kept_back=certificate.is_double_entry
        and certificate.state is CertificateState.AWAITING_SECOND,
        findings=tuple(shown),
        header=tuple(_header_rows(last, now, findings)) if last else (),
        tests=tuple(_test_rows(last, now, findings)) if last else (),
    )


def _last(session: Session, last: CertificateFacts | None) -> LastCertificate | None:
    if last is None:
        return None
    filename = session.scalars(
        select(Document.filename).join(Certificate).where(Certificate.id == last.id)
    ).one()
    return LastCertificate(last.id, last.lot, last.on, filename)


def _header_rows(
    last: CertificateFacts, now: CertificateFacts, findings: Sequence[Finding]
) -> list[ComparedRow]:
    rows = []
    for name in _COMPARED_FIELDS:
        before, after = last.value(name), now.value(name)
        if before or after:
            own = tuple(one for one in findings if one.spot_after.field == name)
            rows.append(ComparedRow(FIELD_LABELS[name], before, after, findings=own))
    return rows


def _test_rows(
    last: CertificateFacts, now: CertificateFacts, findings: Sequence[Finding]
) -> list[ComparedRow]:
    pairs = pair_tests(last.tests, now.tests)
    order = {id(test): place for place, test in enumerate((*now.tests, *last.tests))}
    pairs.sort(key=lambda pair: order[id(pair.after or pair.before)])
    return [_test_row(pair.before, pair.after, findings) for pair in pairs]


def _test_row(
    before: PrintedTest | None, after: PrintedTest | None, findings: Sequence[Finding]
) -> ComparedRow:
    shown = after or before
    number = after.row_id if after else None
    dropped = before.row_id if before and not after else None
    own = tuple(
        one
        for one in findings
        if (number is not None and one.spot_after.row_id == number)
        or (dropped is not None and one.spot_before.row_id == dropped)
    )
    return ComparedRow(
        label=subject_of(shown) if shown else "",
        before=_value(before),
        after=_value(after),
        limit_before=before.limit if before else None,
        limit_after=after.limit if after else None,
        method_before=before.method if before else None,
        method_after=after.method if after else None,
        findings=own,
    )


def _value(test: PrintedTest | None) -> str | None:
    return f"{test.result or ''} {test.unit or ''}".strip() if test else None


def _compared(
    finding: Finding,
    certificate: Certificate,
    last: CertificateFacts | None,
    note: NoteRow | None = None,
) -> Compared:
    sizes_before = last.document.page_sizes if last and last.document else ()
    return Compared(
        finding,
        clip_before=_clip(finding.spot_before, sizes_before),
        clip_after=_clip(finding.spot_after, certificate.page_sizes),
        note=note,
    )


def _clip(spot: Spot, page_sizes: Sequence[Sequence[float]]) -> Clip | None:
    place = spot.place
    if place is None or not 1 <= place.page <= len(page_sizes):
        return None
    width, height = page_sizes[place.page - 1]
    left = _LABEL_MARGIN if spot.field else _ROW_MARGIN
    x0, top = max(0.0, place.x0 - left), max(0.0, place.top - _ROW_MARGIN)
    return Clip(
        page=place.page,
        page_width=width,
        page_height=height,
        x0=round(x0, 1),
        top=round(top, 1),
        width=round(place.x1 + _ROW_MARGIN - x0, 1),
        height=round(place.bottom + _ROW_MARGIN - top, 1),
    )
