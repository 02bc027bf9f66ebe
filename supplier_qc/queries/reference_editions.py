"""Editions of the regulatory lists: who loaded and signed them, and what they changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from supplier_qc.domain.origin.editions import EditionState
from supplier_qc.domain.origin.list_differences import ListDifferences, list_differences
from supplier_qc.domain.origin.reference import DatedRow
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.signatures import fingerprint
from supplier_qc.persistence.tables.accountability import Signature
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.reference import (
    ListEdition,
)
from supplier_qc.queries.record_history import SignatureRow, list_signatures
from supplier_qc.queries.reference import DATED_COLUMNS, cell_words, column_words, own_columns
from supplier_qc.queries.reference_lists import edition_rows

INSTALLATION_NAME = "the installation"


@dataclass(frozen=True, slots=True)
class EditionRow:
    """`loaded_by_id` is None where the edition came with the product."""

    id: int
    version: int
    kind: ReferenceListKind
    label: str
    state: EditionState
    sha256: str
    number_of_rows: int
    differences: str
    loaded_by_id: int | None
    loaded_by: str
    loaded_at: datetime
    in_force_from_at: datetime | None
    in_force_to_at: datetime | None
    signatures: tuple[SignatureRow, ...]

    @property
    def waits_for_signature(self) -> bool:
        """In force without a signature, as a shipped edition is at first."""
        return self.state is EditionState.IN_FORCE and not self.signatures


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of the differences; `columns` are (column, before, after), None where it is not."""

    what: str
    name: str
    columns: tuple[tuple[str, str | None, str | None], ...]


def edition_content(edition: ListEdition) -> dict[str, object]:
    """What a signature stands under; the checksum is that of all rows."""
    return {
        "kind": edition.kind.value,
        "label": edition.label,
        "sha256": edition.sha256,
        "number_of_rows": edition.number_of_rows,
        "differences": edition.differences,
        "loaded_by_id": edition.loaded_by_id,
        "loaded_at": edition.loaded_at,
    }


def is_signed(session: Session, edition_id: int) -> bool:
    found = select(Signature.id).where(
        Signature.subject_type == ListEdition.__tablename__, Signature.subject_id == edition_id
    )
    return session.scalar(found.limit(1)) is not None


def list_editions(session: Session, kind: ReferenceListKind) -> list[EditionRow]:
    """All editions of a list, the latest first."""
    return _editions(session, ListEdition.kind == kind)


def list_open_editions(session: Session) -> list[EditionRow]:
    """Of every list the edition in force and the one proposed."""
    open_states = (EditionState.PROPOSED, EditionState.IN_FORCE)
    return _editions(session, ListEdition.state.in_(open_states))


def get_edition(session: Session, edition_id: int) -> EditionRow | None:
    found = _editions(session, ListEdition.id == edition_id)
    return found[0] if found else None


def edition_before(session: Session, edition: EditionRow) -> EditionRow | None:
    """The edition that it replaced, or that it would replace while it is only proposed."""
    condition = ListEdition.state == EditionState.IN_FORCE
    if edition.state in (EditionState.IN_FORCE, EditionState.SUPERSEDED):
        condition = ListEdition.in_force_to_at == edition.in_force_from_at
    elif edition.state is EditionState.WITHDRAWN:
        return None
    others = (ListEdition.kind == edition.kind) & (ListEdition.id != edition.id)
    found = _editions(session, others & condition)
    return found[0] if found else None


def list_differences_between(
    session: Session, before: EditionRow, after: EditionRow
) -> list[Difference]:
    """Row by row: changed, added, removed."""
    old, new = (
        edition_rows(session, session.get_one(ListEdition, one.id)) for one in (before, after)
    )
    return _differences(after.kind, list_differences(after.kind, old, new))


# --- editions ------------------------------------------------------------------------------------


def _editions(session: Session, condition: ColumnElement[bool]) -> list[EditionRow]:
    found = session.execute(
        select(ListEdition, Person.full_name)
        .outerjoin(Person, Person.id == ListEdition.loaded_by_id)
        .where(condition)
        .order_by(ListEdition.id.desc())
    ).all()
    prints = {edition.id: fingerprint(edition_content(edition)) for edition, _ in found}
    signatures = list_signatures(session, ListEdition.__tablename__, prints)
    return [_row(edition, name, tuple(signatures[edition.id])) for edition, name in found]


def _row(
    edition: ListEdition, loaded_by: str | None, signatures: tuple[SignatureRow, ...]
) -> EditionRow:
    return EditionRow(
        id=edition.id,
        version=edition.version,
        kind=edition.kind,
        label=edition.label,
        state=edition.state,
        sha256=edition.sha256,
        number_of_rows=edition.number_of_rows,
        differences=edition.differences,
        loaded_by_id=edition.loaded_by_id,
        loaded_by=loaded_by or INSTALLATION_NAME,
        loaded_at=edition.loaded_at,
        in_force_from_at=edition.in_force_from_at,
        in_force_to_at=edition.in_force_to_at,
        signatures=signatures,
    )


# --- differences ---------------------------------------------------------------------------------


def _differences(kind: ReferenceListKind, found: ListDifferences) -> list[Difference]:
    changed = [
        Difference("changed", row_name(kind, one.after), tuple(
            (column_words(name), _text(one.before, name), _text(one.after, name))
            for name in one.columns
        ))
        for one in found.changed
    ]  # fmt: skip
    added = [
        Difference("added", row_name(kind, row),
                   tuple((name, None, text) for name, text in row_pairs(kind, row)))
        for row in found.added
    ]  # fmt: skip
    removed = [
        Difference("removed", row_name(kind, row),
                   tuple((name, text, None) for name, text in row_pairs(kind, row)))
        for row in found.removed
    ]  # fmt: skip
    return [*changed, *added, *removed]


def row_name(kind: ReferenceListKind, row: DatedRow) -> str:
    """What the row is about, as in `EU, Austria (AT)`."""
    named = (getattr(row, name) for name in kind.names)
    pairs = zip(kind.names, named, strict=True)
    return ", ".join(cell_words(name, value) for name, value in pairs if value not in (None, ""))


def row_pairs(kind: ReferenceListKind, row: DatedRow) -> tuple[tuple[str, str], ...]:
    """The other columns of the row that say something, in words."""
    names = [n for n in (*own_columns(kind), *DATED_COLUMNS) if n not in kind.names]
    pairs = ((column_words(name), _text(row, name)) for name in names)
    return tuple((name, text) for name, text in pairs if text)


def _text(row: DatedRow, name: str) -> str:
    return cell_words(name, getattr(row, name))
