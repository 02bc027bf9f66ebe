"""Keeps what records are found by, in the transaction that changes them.

Kept at flush, so that no service, import or demo can forget it. Computed columns were no choice:
neither database folds accents and case of all letters, and the two would not agree.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, event, insert, inspect
from sqlalchemy.orm import Session, UOWTransaction, sessionmaker

from supplier_qc.domain.learned_names import NameKind
from supplier_qc.domain.search import search_key
from supplier_qc.persistence.base import Base
from supplier_qc.persistence.tables import (
    Certificate,
    CertificateField,
    DistributorItem,
    Document,
    Evidence,
    LearnedName,
    Lot,
    ManufacturerItem,
    Material,
    Organisation,
    OrganisationAlias,
    OwnNumber,
    ProductBatch,
    SearchTerm,
    Site,
)

_HEADER_FIELDS = frozenset({"lot_number", "catalog_number", "product_name", "purchase_order"})


_NUMBERED = ":"
"""A name that is a row of its own carries its number; it may have moved to another record."""


@dataclass(frozen=True, slots=True)
class Term:
    """A name of a record; `literal` None takes it away."""

    subject_type: str
    subject_id: int
    field: str
    literal: str | None


@dataclass(frozen=True, slots=True)
class _FoundBy:
    """`terms` of one record follow a change of any of these columns."""

    columns: tuple[str, ...]
    terms: Callable[[Session, Any], Iterator[Term]]


def install(sessions: sessionmaker[Session]) -> None:
    event.listen(sessions, "after_flush", _follow)


def _follow(session: Session, flush: UOWTransaction) -> None:
    changed = [record for record in session.dirty if _is_changed(record)]
    gone = [_without_text(term) for record in _removed(flush) for term in _terms(session, record)]
    fresh = [term for record in session.new for term in _terms(session, record)]
    anew = [term for record in changed for term in _terms(session, record)]
    _forget(session, [*gone, *anew])
    _remember(session, [*fresh, *anew])


def _removed(flush: UOWTransaction) -> list[Any]:
    """All that this flush deletes; `session.deleted` leaves out what goes with its parent."""
    return [
        state.obj()
        for state, (is_delete, list_only) in flush.states.items()
        if is_delete and not list_only
    ]


def _is_changed(record: Any) -> bool:
    """Whether something it is found by was changed; most changes are of something else."""
    found_by = _FOUND_BY.get(type(record))
    if found_by is None:
        return False
    attributes = inspect(record).attrs
    return any(attributes[name].history.has_changes() for name in found_by.columns)


def _without_text(term: Term) -> Term:
    return Term(term.subject_type, term.subject_id, term.field, None)


def _terms(session: Session, record: Any) -> Iterator[Term]:
    found_by = _FOUND_BY.get(type(record))
    return iter(()) if found_by is None else found_by.terms(session, record)


def _forget(session: Session, terms: list[Term]) -> None:
    if not terms:
        return
    connection = session.connection()
    for term in terms:
        old = delete(SearchTerm).where(
            SearchTerm.subject_type == term.subject_type, SearchTerm.field == term.field
        )
        if _NUMBERED not in term.field:
            old = old.where(SearchTerm.subject_id == term.subject_id)
        connection.execute(old)


def _remember(session: Session, terms: list[Term]) -> None:
    rows = [
        {
            "subject_type": term.subject_type,
            "subject_id": term.subject_id,
            "field": term.field,
            "literal": term.literal,
            "key": key,
        }
        for term in terms
        if term.literal and (key := search_key(term.literal))
    ]
    if rows:
        session.connection().execute(insert(SearchTerm), rows)


def _own(*columns: str) -> _FoundBy:
    """A record that is found by columns of its own."""

    def terms(_session: Session, record: Any) -> Iterator[Term]:
        for column in columns:
            yield Term(record.__tablename__, record.id, column, getattr(record, column))

    return _FoundBy(columns, terms)


def _of_organisation(_session: Session, record: Any) -> Iterator[Term]:
    """One that was merged is found by its name as another name of the one that took over."""
    name = None if record.merged_into_id else record.name
    yield Term(Organisation.__tablename__, record.id, "name", name)


def _of_alias(_session: Session, record: Any) -> Iterator[Term]:
    yield Term(
        Organisation.__tablename__, record.organisation_id, f"alias:{record.id}", record.name
    )


def _of_letterhead(_session: Session, record: Any) -> Iterator[Term]:
    """The name a vendor prints on its certificates, once a person has taught it."""
    if record.kind is NameKind.LETTERHEAD:
        printed = record.printed if record.withdrawn_at is None else None
        owner, field = record.organisation_id, f"letterhead:{record.id}"
        yield Term(Organisation.__tablename__, owner, field, printed)


def _of_own_number(_session: Session, record: Any) -> Iterator[Term]:
    yield Term(record.subject_type, record.subject_id, f"own:{record.id}", record.number)


def _of_certificate(session: Session, record: Any) -> Iterator[Term]:
    document = session.get(Document, record.document_id)
    if document is not None:
        yield Term(Certificate.__tablename__, record.id, "file", document.filename)


def _of_header(_session: Session, record: Any) -> Iterator[Term]:
    if record.field in _HEADER_FIELDS:
        yield Term(
            Certificate.__tablename__,
            record.certificate_id,
            record.field,
            record.value or record.literal,
        )


_FOUND_BY: dict[type[Base], _FoundBy] = {
    Organisation: _FoundBy(("name", "merged_into_id"), _of_organisation),
    OrganisationAlias: _FoundBy(("name",), _of_alias),
    Site: _own("name"),
    Material: _own("code", "name"),
    ManufacturerItem: _own("catalogue_number", "name"),
    DistributorItem: _own("sku"),
    LearnedName: _FoundBy(("withdrawn_at", "organisation_id"), _of_letterhead),
    OwnNumber: _FoundBy(("number", "subject_id"), _of_own_number),
    Lot: _own("manufacturer_lot", "internal_number"),
    ProductBatch: _own("number"),
    Evidence: _own("reference", "title"),
    Certificate: _FoundBy(("document_id",), _of_certificate),
    CertificateField: _FoundBy(("value", "literal"), _of_header),
}
"""Every kind of record that is searched, and what it is found by."""
