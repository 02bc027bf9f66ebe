"""Statements of origin as their list and their review page show them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from supplier_qc.domain.certificates import CertificateState, ClaimState, confidence_level
from supplier_qc.domain.measurement.dates import read_date
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.statement_papers import (
    DATES,
    StatementFact,
    choices_of,
    fact_label,
    paper_of,
    value_words,
)
from supplier_qc.domain.origin.statement_states import StatementKind, StatementState
from supplier_qc.extraction.claims import DocumentKind
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.origin_statements import (
    OriginStatement,
    OriginStatementField,
    OriginStatementItem,
)
from supplier_qc.persistence.tables.parties import Site
from supplier_qc.persistence.tables.people import Person
from supplier_qc.queries.certificate_places import PageBox, ReviewedPage, page_box
from supplier_qc.queries.certificate_rows import place_words, share
from supplier_qc.queries.statement_coverage import blockers_of, is_open, standing_values
from supplier_qc.queries.statement_findings import (
    Linted,
    item_words,
    lint_statements,
    load_statements,
)

MOST_LISTED = 200
LOOKS_LIKE_ONE = (DocumentKind.CERTIFICATE_OF_ORIGIN, DocumentKind.SUPPLIER_STATEMENT)


@dataclass(frozen=True, slots=True)
class StatementRow:
    id: int
    filename: str
    state: StatementState
    kind: StatementKind
    vendor: str | None
    issued_on: date | None
    valid_until: date | None
    covers: tuple[str, ...]
    open_values: int
    linted: Linted


@dataclass(frozen=True, slots=True)
class WaitingPaper:
    """A paper under review as a certificate that looks like a statement."""

    certificate_id: int
    filename: str
    kind_evidence: str | None


@dataclass(frozen=True, slots=True)
class ValueReview:
    """`question` says what a person has to settle before the value can stand."""

    id: int
    version: int
    fact: StatementFact
    label: str
    is_date: bool
    choices: Mapping[str, str]
    literal: str | None
    value: str | None
    words: str | None
    confidence: str | None
    level: str | None
    state: ClaimState
    is_open: bool
    question: str
    place: str
    rule: str


@dataclass(frozen=True, slots=True)
class CoveredRow:
    item_id: int
    words: str
    site: str
    names_site: bool | None
    evidence_id: int | None


@dataclass(frozen=True, slots=True)
class StatementReview:
    id: int
    version: int
    filename: str
    sha256: str
    certificate_id: int
    state: StatementState
    kind: StatementKind
    vendor_id: int | None
    vendor: str | None
    taken_by: str
    taken_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None
    evidence_id: int | None
    covers_all: bool
    values: tuple[ValueReview, ...]
    items: tuple[CoveredRow, ...]
    vendor_items: tuple[CoveredRow, ...]
    pages: tuple[ReviewedPage, ...]
    blockers: tuple[str, ...]
    linted: Linted

    @property
    def is_under_review(self) -> bool:
        return self.state is StatementState.PROPOSED

    @property
    def open_values(self) -> int:
        return sum(value.is_open for value in self.values)


def list_statements(session: Session, lists: ReferenceLists, today: date) -> list[StatementRow]:
    """Those under review first, each part the newest first; a constant number of statements.

    However many were confirmed since, none that waits for a review falls off the list.
    """
    every = load_statements(session)
    found = sorted(every, key=lambda one: one.state is not StatementState.PROPOSED)[:MOST_LISTED]
    linted = lint_statements(session, found, lists, today)
    return [_row(one, linted[one.id]) for one in found]


def list_waiting_papers(session: Session) -> list[WaitingPaper]:
    found = session.execute(
        select(Certificate.id, Document.filename, Certificate.kind_evidence)
        .join(Document, Document.id == Certificate.document_id)
        .where(
            Certificate.state == CertificateState.PROPOSED,
            Certificate.document_kind.in_(LOOKS_LIKE_ONE),
        )
        .order_by(Certificate.id.desc())
        .limit(MOST_LISTED)
    )
    return [WaitingPaper(*row) for row in found]


def get_statement_of_certificate(session: Session, certificate_id: int) -> int | None:
    """The statement that was made of a paper that came in as this certificate."""
    return session.scalar(
        select(OriginStatement.id)
        .where(OriginStatement.certificate_id == certificate_id)
        .order_by(OriginStatement.id.desc())
        .limit(1)
    )


def get_statement_of_evidence(session: Session, evidence_id: int) -> int | None:
    """The statement of origin that made this piece of evidence."""
    return session.scalar(
        select(OriginStatement.id)
        .outerjoin(OriginStatementItem, OriginStatementItem.statement_id == OriginStatement.id)
        .where(
            or_(
                OriginStatement.evidence_id == evidence_id,
                OriginStatementItem.evidence_id == evidence_id,
            )
        )
    )


def get_statement_file(session: Session, statement_id: int) -> tuple[str, str] | None:
    """SHA-256 and file name of the paper, or None."""
    found = session.execute(
        select(Document.sha256, Document.filename)
        .join(OriginStatement, OriginStatement.document_id == Document.id)
        .where(OriginStatement.id == statement_id)
    ).first()
    return (found[0], found[1]) if found else None


def get_statement_review(
    session: Session, statement_id: int, lists: ReferenceLists, today: date
) -> StatementReview | None:
    found = load_statements(session, [statement_id])
    if not found:
        return None
    statement = found[0]
    linted = lint_statements(session, [statement], lists, today)[statement.id]
    people = _people(session, statement)
    values = standing_values(statement.fields, with_proposed=True)
    return StatementReview(
        id=statement.id,
        version=statement.version,
        filename=statement.document.filename,
        sha256=statement.document.sha256,
        certificate_id=statement.certificate_id,
        state=statement.state,
        kind=statement.kind,
        vendor_id=statement.organisation_id,
        vendor=statement.organisation.name if statement.organisation else None,
        taken_by=people[statement.taken_by_id],
        taken_at=statement.taken_at,
        confirmed_by=people.get(statement.confirmed_by_id or 0),
        confirmed_at=statement.confirmed_at,
        evidence_id=statement.evidence_id,
        covers_all=any(fact is StatementFact.ALL_PRODUCTS for fact, _ in values),
        values=tuple(map(_value, _in_order(statement.fields))),
        items=tuple(
            CoveredRow(
                row.item_id,
                item_words(row.item),
                row.item.site.name,
                row.names_site,
                row.evidence_id,
            )
            for row in statement.items
        ),
        vendor_items=tuple(_vendor_items(session, statement.organisation_id)),
        pages=tuple(_pages(statement)),
        blockers=tuple(blockers_of(statement)),
        linted=linted,
    )


def _row(statement: OriginStatement, linted: Linted) -> StatementRow:
    is_proposed = statement.state is StatementState.PROPOSED
    values = standing_values(statement.fields, with_proposed=is_proposed)
    paper = paper_of(values)
    covers = tuple(item_words(row.item) for row in statement.items)
    if paper.covers_all_products:
        covers = ("all products of the vendor", *covers)
    return StatementRow(
        id=statement.id,
        filename=statement.document.filename,
        state=statement.state,
        kind=statement.kind,
        vendor=statement.organisation.name if statement.organisation else None,
        issued_on=paper.issued_on,
        valid_until=paper.valid_until,
        covers=covers,
        open_values=sum(map(is_open, statement.fields)),
        linted=linted,
    )


def _people(session: Session, statement: OriginStatement) -> dict[int, str]:
    wanted = {statement.taken_by_id, statement.confirmed_by_id} - {None}
    found = session.execute(select(Person.id, Person.full_name).where(Person.id.in_(wanted)))
    return {row[0]: row[1] for row in found}


def _in_order(fields: Sequence[OriginStatementField]) -> list[OriginStatementField]:
    """By fact as the form has them, in the order in which they were read or added."""
    order = list(StatementFact)
    return sorted(fields, key=lambda one: (order.index(one.fact), one.id))


def _value(field: OriginStatementField) -> ValueReview:
    return ValueReview(
        id=field.id,
        version=field.version,
        fact=field.fact,
        label=fact_label(field.fact),
        is_date=field.fact in DATES,
        choices=choices_of(field.fact),
        literal=field.literal,
        value=field.value,
        words=value_words(field.fact, field.value) if field.value else None,
        confidence=share(field.confidence),
        level=confidence_level(field.confidence),
        state=field.state,
        is_open=is_open(field),
        question=_question(field),
        place=place_words(field.box, field.rule) if field.literal else "",
        rule=field.rule or "",
    )


def _question(field: OriginStatementField) -> str:
    if field.state is not ClaimState.PROPOSED or field.value or not field.literal:
        return ""
    days = read_date(field.literal).alternatives
    if days:
        meant = " or ".join(day.isoformat() for day in days)
        return f"“{field.literal}” may be {meant}. Type the right one."
    return f"“{field.literal}” is not one day. Type the day, or clear the field."


def _vendor_items(session: Session, vendor_id: int | None) -> Iterator[CoveredRow]:
    if vendor_id is None:
        return
    found = session.execute(
        select(ManufacturerItem, Site.name)
        .join(ManufacturerItem.site)
        .where(Site.organisation_id == vendor_id)
        .order_by(ManufacturerItem.name, ManufacturerItem.catalogue_number)
    )
    for item, site in found:
        yield CoveredRow(item.id, item_words(item), site, None, None)


def _pages(statement: OriginStatement) -> Iterator[ReviewedPage]:
    boxes: list[tuple[int, PageBox]] = [
        page_box(f"value-{field.id}", field.box, fact_label(field.fact))
        for field in statement.fields
        if field.box
    ]
    sizes: list[list[Any]] = list(statement.page_sizes)
    for number, (width, height) in enumerate(sizes, start=1):
        own = tuple(box for page, box in boxes if page == number)
        yield ReviewedPage(number, width, height, own)
