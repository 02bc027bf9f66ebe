"""Specifications as pages show them: versions, lines in words, signatures and differences."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import SpecificationStatus
from supplier_qc.domain.measurement.units import parse_unit
from supplier_qc.domain.signatures import fingerprint
from supplier_qc.domain.specification.lines import LimitLine, limit_words
from supplier_qc.domain.specification.versions import (
    LineDifference,
    compare_versions,
    signed_content,
)
from supplier_qc.persistence.tables.accountability import AuditEntry
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Site
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.specifications import Specification, SpecificationLine
from supplier_qc.queries.limit_lines import effective_specification, limit_line
from supplier_qc.queries.record_history import SignatureRow, list_signatures

_AUTHORING = (AuditAction.SPECIFICATION_DRAFTED, AuditAction.SPECIFICATION_LINES_CHANGED)


@dataclass(frozen=True, slots=True)
class LineRow:
    id: int
    line: LimitLine
    limit: str

    @property
    def unit_is_known(self) -> bool:
        """Whether results in other units can be converted; if not, only the same words fit."""
        return not self.line.unit or parse_unit(self.line.unit) is not None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list of an item's versions."""

    id: int
    number: int
    status: SpecificationStatus
    drafted_by_name: str
    drafted_at: datetime
    effective_on: date | None
    superseded_on: date | None
    line_count: int


@dataclass(frozen=True, slots=True)
class SpecificationRow:
    id: int
    version: int
    item_id: int
    item_name: str
    manufacturer: str
    number: int
    status: SpecificationStatus
    drafted_by_name: str
    drafted_at: datetime
    effective_on: date | None
    superseded_on: date | None
    lines: tuple[LineRow, ...]
    signatures: tuple[SignatureRow, ...]
    # Whoever began it or touched a line; none of them may approve it.
    author_ids: frozenset[int]

    @property
    def is_draft(self) -> bool:
        return self.status is SpecificationStatus.DRAFT


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One line of the comparison, with both limits in words."""

    difference: LineDifference
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A draft against the version in force; `in_force_number` is None where there is none."""

    in_force_number: int | None
    differences: tuple[DifferenceRow, ...]


def list_versions(session: Session, item_id: int) -> list[VersionRow]:
    """The versions of the item's specification, newest first."""
    found = session.execute(
        select(Specification, Person.full_name)
        .join(Person, Person.id == Specification.drafted_by_id)
        .options(selectinload(Specification.lines))
        .where(Specification.item_id == item_id)
        .order_by(Specification.number.desc())
    )
    return [
        VersionRow(
            id=one.id,
            number=one.number,
            status=one.status,
            drafted_by_name=name,
            drafted_at=one.drafted_at,
            effective_on=one.effective_on,
            superseded_on=one.superseded_on,
            line_count=len(one.lines),
        )
        for one, name in found
    ]


def get_specification(session: Session, specification_id: int) -> SpecificationRow | None:
    item = joinedload(Specification.item)
    found = session.execute(
        select(Specification, Person.full_name)
        .join(Person, Person.id == Specification.drafted_by_id)
        .options(
            selectinload(Specification.lines),
            item.joinedload(ManufacturerItem.site).joinedload(Site.organisation),
        )
        .where(Specification.id == specification_id)
    ).one_or_none()
    return None if found is None else _row(session, found[0], found[1])


def get_specification_in_force(session: Session, item_id: int) -> SpecificationRow | None:
    found = effective_specification(session, item_id)
    return None if found is None else get_specification(session, found.id)


def compare_with_version_in_force(session: Session, row: SpecificationRow) -> Comparison:
    """What the row would change of the version in force."""
    in_force = effective_specification(session, row.item_id)
    before = [limit_line(line) for line in in_force.lines] if in_force else []
    found = compare_versions(before, [one.line for one in row.lines])
    return Comparison(
        in_force_number=in_force.number if in_force else None,
        differences=tuple(_difference_row(difference) for difference in found),
    )


def _difference_row(difference: LineDifference) -> DifferenceRow:
    before, after = difference.before, difference.after
    return DifferenceRow(
        difference,
        limit_words(before) if before else None,
        limit_words(after) if after else None,
    )


def _row(session: Session, found: Specification, drafted_by_name: str) -> SpecificationRow:
    lines = [limit_line(line) for line in found.lines]
    content = signed_content(
        item_id=found.item_id,
        number=found.number,
        effective_on=found.effective_on,
        lines=lines,
    )
    prints = {found.id: fingerprint(content)}
    signatures = list_signatures(session, Specification.__tablename__, prints)
    item = found.item
    return SpecificationRow(
        id=found.id,
        version=found.version,
        item_id=found.item_id,
        item_name=f"{item.name} ({item.catalogue_number})",
        manufacturer=item.site.organisation.name,
        number=found.number,
        status=found.status,
        drafted_by_name=drafted_by_name,
        drafted_at=found.drafted_at,
        effective_on=found.effective_on,
        superseded_on=found.superseded_on,
        lines=tuple(map(_line_row, found.lines)),
        signatures=signatures[found.id],
        author_ids=list_author_ids(session, found),
    )


def list_author_ids(session: Session, specification: Specification) -> frozenset[int]:
    """Whoever touched a line is an author, not only the person who began the draft."""
    authors = session.scalars(
        select(AuditEntry.actor_id).where(
            AuditEntry.subject_type == specification.__tablename__,
            AuditEntry.subject_id == specification.id,
            AuditEntry.action.in_(_AUTHORING),
            AuditEntry.actor_id.is_not(None),
        )
    )
    found = {number for number in authors if number is not None}
    return frozenset(found | {specification.drafted_by_id})


def _line_row(record: SpecificationLine) -> LineRow:
    line = limit_line(record)
    return LineRow(record.id, line, limit_words(line))
