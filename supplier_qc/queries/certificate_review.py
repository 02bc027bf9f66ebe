"""One certificate as its review page shows it: pages with boxes, header, rows, what is open."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from supplier_qc.domain.arrivals import sender_words
from supplier_qc.domain.certificates import (
    DECIDED,
    CertificateState,
    ClaimState,
    confidence_level,
    may_be_confirmed_together,
)
from supplier_qc.domain.measurement.dates import read_date
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.second_person import (
    ReadingDemand,
    ReviewFacts,
    ReviewStep,
    step_refusals,
)
from supplier_qc.domain.specification.lines import LimitLine, limit_words
from supplier_qc.domain.uploads import STRUCTURED
from supplier_qc.extraction.claims import DATE_FIELDS, READABLE, TextLayer
from supplier_qc.persistence.tables.certificates import Certificate, CertificateField
from supplier_qc.persistence.tables.intake import ApiToken
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Site
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.specifications import Specification, SpecificationLine
from supplier_qc.queries.certificate_header import HeaderReview, review_header
from supplier_qc.queries.certificate_labels import FIELD_LABELS
from supplier_qc.queries.certificate_places import ReviewedPage, reviewed_pages
from supplier_qc.queries.certificate_rows import (
    RowContext,
    RowReview,
    place_words,
    row_review,
    share,
)
from supplier_qc.queries.filings import list_filed_versions
from supplier_qc.queries.limit_lines import effective_specification, limit_line
from supplier_qc.queries.loaded_certificate import load_certificate
from supplier_qc.queries.second_reading import (
    SecondEntryRow,
    list_second_entries,
    review_facts,
)

PRINTED = frozenset({TextLayer.TEXT, TextLayer.FORM, TextLayer.STRUCTURED})
"""Text layers that came as text; what was recognised on an image is not among them."""

_NEEDED = frozenset({"lot_number", "expiry_date"})


@dataclass(frozen=True, slots=True)
class FieldReview:
    """`question` says what a person has to settle before the value can stand."""

    id: int
    version: int
    field: str
    label: str
    is_date: bool
    literal: str | None
    value: str | None
    confidence: str | None
    level: str | None
    state: ClaimState
    findings: tuple[str, ...]
    question: str
    place: str
    rule: str
    may_be_confirmed_together: bool

    @property
    def is_open(self) -> bool:
        """Whether a person still has to decide; what was not read is asked for only if needed."""
        is_asked = bool(self.literal or self.value) or self.field in _NEEDED
        return self.state is ClaimState.PROPOSED and is_asked


@dataclass(frozen=True, slots=True)
class UnansweredLine:
    """A line of ours that no row answers yet."""

    id: int
    attribute: str
    limit: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class CertificateReview:
    id: int
    version: int
    state: CertificateState
    filename: str
    sha256: str
    size_bytes: int
    uploaded_at: datetime
    uploaded_by: str
    is_readable: bool
    is_structured: bool
    document_kind: str | None
    kind_evidence: str | None
    vendor_id: int | None
    reading_since_at: datetime | None
    reading_page: int | None
    reading_pages: int | None
    notes: tuple[str, ...]
    item_id: int | None
    item_label: str | None
    vendor: str | None
    specification_number: int | None
    number_in_force: int | None
    lot_id: int | None
    lot_label: str | None
    confirmed_by: str | None
    confirmed_at: datetime | None
    is_conformity_statement: bool
    facts: ReviewFacts
    first_read_by: str | None
    first_read_at: datetime | None
    second_entries: tuple[SecondEntryRow, ...]
    header: HeaderReview
    fields: tuple[FieldReview, ...]
    rows: tuple[RowReview, ...]
    lines: tuple[tuple[int, str], ...]
    unanswered: tuple[UnansweredLine, ...]
    extra: tuple[str, ...]
    pages: tuple[ReviewedPage, ...]

    @property
    def is_under_review(self) -> bool:
        return self.state is CertificateState.PROPOSED

    @property
    def awaits_second(self) -> bool:
        return self.state is CertificateState.AWAITING_SECOND

    @property
    def demand(self) -> ReadingDemand:
        return self.facts.demand

    @property
    def clear_fields(self) -> int:
        """Header values that may be confirmed in one go."""
        return sum(field.may_be_confirmed_together for field in self.fields)

    @property
    def rows_to_type(self) -> tuple[RowReview, ...]:
        """The rows whose results a second person types blind."""
        return tuple(row for row in self.rows if row.state in DECIDED)

    def refusals(self, step: ReviewStep, person_id: int | None) -> tuple[str, ...]:
        """Why this person may not take the step now; empty when they may."""
        return step_refusals(step, self.facts, person_id)

    def is_blind_for(self, actor: Actor) -> bool:
        """Whether the first reading is kept from this person, who may be the second reader."""
        return (
            self.awaits_second
            and actor.may(Permission.REVIEW_CERTIFICATE)
            and not self.refusals(ReviewStep.ENTER_AGAIN, actor.person_id)
        )

    @property
    def decided(self) -> int:
        """Fields and rows a person has decided on."""
        fields = sum(field.state is not ClaimState.PROPOSED for field in self.fields)
        return fields + sum(row.state is not ClaimState.PROPOSED for row in self.rows)

    @property
    def findings(self) -> tuple[str, ...]:
        words = [finding.words for finding in self.header.findings]
        return (*words, *self.header.contradictions)


def get_certificate_review(
    session: Session, certificate_id: int, today: date
) -> CertificateReview | None:
    """The certificate as it stands, or None; the number of statements does not grow with it."""
    certificate = load_certificate(session, certificate_id)
    if certificate is None:
        return None
    return _review(session, certificate, today)


def get_certificate_state(session: Session, certificate_id: int) -> CertificateState | None:
    return session.scalar(select(Certificate.state).where(Certificate.id == certificate_id))


def get_certificate_file(session: Session, certificate_id: int) -> tuple[str, str] | None:
    """SHA-256 and file name of the certificate's document, or None."""
    certificate = session.scalar(
        select(Certificate)
        .where(Certificate.id == certificate_id)
        .options(joinedload(Certificate.document))
    )
    if certificate is None:
        return None
    return certificate.document.sha256, certificate.document.filename


def list_item_choices(session: Session) -> list[tuple[int, str]]:
    """Every item with its catalogue number and maker, for a list to choose from."""
    items = session.scalars(
        select(ManufacturerItem)
        .options(joinedload(ManufacturerItem.site).joinedload(Site.organisation))
        .order_by(ManufacturerItem.name, ManufacturerItem.catalogue_number)
    )
    return [(item.id, item_label(item)) for item in items]


def item_label(item: ManufacturerItem) -> str:
    return f"{item.name} · {item.catalogue_number} · {item.site.organisation.name}"


def _review(session: Session, certificate: Certificate, today: date) -> CertificateReview:
    lines = _lines(session, certificate.specification_id)
    header = review_header(session, certificate, today)
    context = RowContext(certificate, lines, list_filed_versions(session, certificate.item_id))
    rows = tuple(row_review(row, context) for row in certificate.rows)
    entries = list_second_entries(session, certificate)
    standing = [row for row in rows if row.state is not ClaimState.REJECTED]
    answered = {row.line_id for row in standing}
    in_force = effective_specification(session, certificate.item_id)
    people = _people(session, certificate)
    return CertificateReview(
        id=certificate.id,
        version=certificate.version,
        state=certificate.state,
        filename=certificate.document.filename,
        sha256=certificate.document.sha256,
        size_bytes=certificate.document.size_bytes,
        uploaded_at=certificate.uploaded_at,
        uploaded_by=sender_words(
            certificate.arrival,
            people.get(certificate.uploaded_by_id or 0),
            _token_name(session, certificate),
        ),
        is_readable=certificate.text_layer in READABLE,
        is_structured=certificate.document.media_type in STRUCTURED,
        document_kind=certificate.document_kind,
        kind_evidence=certificate.kind_evidence,
        vendor_id=certificate.item.site.organisation_id if certificate.item else None,
        reading_since_at=certificate.reading_since_at,
        reading_page=certificate.reading_page,
        reading_pages=certificate.reading_pages,
        notes=tuple(certificate.reader_notes),
        item_id=certificate.item_id,
        item_label=item_label(certificate.item) if certificate.item else None,
        vendor=certificate.item.site.organisation.name if certificate.item else None,
        specification_number=_specification_number(session, certificate),
        number_in_force=in_force.number if in_force else None,
        lot_id=certificate.lot_id,
        lot_label=_lot_label(session, certificate),
        confirmed_by=people.get(certificate.confirmed_by_id or 0),
        confirmed_at=certificate.confirmed_at,
        is_conformity_statement=certificate.is_conformity_statement,
        facts=review_facts(session, certificate, today, entries),
        first_read_by=people.get(certificate.first_read_by_id or 0),
        first_read_at=certificate.first_read_at,
        second_entries=tuple(entries),
        header=header,
        fields=tuple(_field(field, header, certificate) for field in certificate.fields),
        rows=rows,
        lines=tuple((number, line.attribute) for number, line in lines.items()),
        unanswered=tuple(
            UnansweredLine(number, line.attribute, limit_words(line), line.unit)
            for number, line in lines.items()
            if number not in answered
        ),
        extra=tuple(row.name for row in standing if row.line_id is None),
        pages=tuple(reviewed_pages(certificate)),
    )


def _lines(session: Session, specification_id: int | None) -> dict[int, LimitLine]:
    lines = session.scalars(
        select(SpecificationLine)
        .where(SpecificationLine.specification_id == specification_id)
        .order_by(SpecificationLine.position)
    )
    return {line.id: limit_line(line) for line in lines}


def _people(session: Session, certificate: Certificate) -> dict[int, str]:
    wanted = {
        certificate.uploaded_by_id,
        certificate.confirmed_by_id,
        certificate.first_read_by_id,
    } - {None}
    found = session.execute(select(Person.id, Person.full_name).where(Person.id.in_(wanted)))
    return {number: name for number, name in found}  # noqa: C416 -- rows, not pairs


def _token_name(session: Session, certificate: Certificate) -> str | None:
    if certificate.api_token_id is None:
        return None
    return session.scalar(select(ApiToken.name).where(ApiToken.id == certificate.api_token_id))


def _specification_number(session: Session, certificate: Certificate) -> int | None:
    return session.scalar(
        select(Specification.number).where(Specification.id == certificate.specification_id)
    )


def _lot_label(session: Session, certificate: Certificate) -> str | None:
    return session.scalar(select(Lot.manufacturer_lot).where(Lot.id == certificate.lot_id))


def _field(field: CertificateField, header: HeaderReview, certificate: Certificate) -> FieldReview:
    findings = tuple(one.words for one in header.findings if one.field == field.field)
    return FieldReview(
        id=field.id,
        version=field.version,
        field=field.field,
        label=FIELD_LABELS[field.field],
        is_date=field.field in DATE_FIELDS,
        literal=field.literal,
        value=field.value,
        confidence=share(field.confidence),
        level=confidence_level(field.confidence),
        state=field.state,
        findings=findings,
        question=_field_question(field),
        place=place_words(field.box, field.rule) if field.literal else "",
        rule=field.rule or "",
        may_be_confirmed_together=field.state is ClaimState.PROPOSED
        and field.value is not None
        and not findings
        and may_be_confirmed_together(
            field.confidence, is_printed_text=certificate.text_layer in PRINTED
        ),
    )


def _field_question(field: CertificateField) -> str:
    """What a printed date leaves open."""
    if field.state is not ClaimState.PROPOSED or field.value or not field.literal:
        return ""
    read = read_date(field.literal)
    if read.alternatives:
        days = " or ".join(day.isoformat() for day in read.alternatives)
        return f"“{field.literal}” may be {days}. Type the right one."
    return f"“{field.literal}” is not one day. {read.note}".strip()
