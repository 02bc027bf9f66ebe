"""Sources as lists: the heat map of requirements, and the approved supplier list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import EvidenceKind, RiskClass, UseScope
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.persistence.tables.materials import ManufacturerItem, Material
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.persistence.tables.source_qualification import QualificationState
from supplier_qc.queries.paging import Page, page_of
from supplier_qc.queries.source_facts import (
    SourceIdentity,
    SourceRow,
    identity_from,
    list_source_rows,
)
from supplier_qc.queries.source_marks import SourceCount, source_counts

_Columns = TypeVarTuple("_Columns")

PAGE_SIZE = 50
LISTED = APPROVALS | {QualificationStatus.SUSPENDED}
"""States that an approved supplier list shows unless another one is asked for."""


@dataclass(frozen=True, slots=True)
class SourceFilter:
    """`text` is looked for in materials, items, vendors and sites; None filters nothing."""

    text: str = ""
    risk_class: RiskClass | None = None
    use_scope: UseScope | None = None
    statuses: frozenset[QualificationStatus] = field(default_factory=frozenset)


def list_source_page(
    session: Session, wanted: SourceFilter, today: date, *, page: int = 1
) -> Page[SourceRow]:
    """One page of sources with what is asked of them, by the day they are qualified again."""
    numbers = (
        _joined(select(Qualification.id))
        .where(*_conditions(wanted), *_status_conditions(wanted))
        .order_by(
            Qualification.requalification_due_on.is_(None),
            Qualification.requalification_due_on,
            Material.code,
            Qualification.id,
        )
    )
    found = page_of(session, numbers, lambda row: int(row.id), page, PAGE_SIZE)
    rows = list_source_rows(session, today, Qualification.id.in_(found.rows))
    by_number = {row.id: row for row in rows}
    return Page(
        tuple(by_number[number] for number in found.rows), found.page, found.pages, found.total
    )


def list_all_sources(
    session: Session, wanted: SourceFilter, today: date, *further: ColumnElement[bool]
) -> list[SourceRow]:
    """Every source that fits, by material, item and use."""
    conditions = (*_conditions(wanted), *_status_conditions(wanted), *further)
    return list_source_rows(session, today, *conditions)


def page_of_materials(session: Session, wanted: SourceFilter, *, page: int = 1) -> Page[int]:
    """The numbers of the materials whose sources fit, by their code."""
    numbers = (
        _joined(select(Material.id, Material.code))
        .where(*_conditions(wanted), *_status_conditions(wanted))
        .distinct()
        .order_by(Material.code, Material.id)
    )
    return page_of(session, numbers, lambda row: int(row.id), page, PAGE_SIZE)


@dataclass(frozen=True, slots=True)
class ListedSource:
    """One line of the approved supplier list as of a day.

    `source` holds the requirements; None for a day that has passed, since evidence is known as
    of today alone.
    """

    id: int
    identity: SourceIdentity
    risk_class: RiskClass
    use_scope: UseScope
    status: QualificationStatus
    conditions: str | None
    decided_on: date | None
    requalification_due_on: date | None
    days_left: int | None
    source: SourceRow | None = None
    is_only_source: bool = False

    @property
    def last_audit_on(self) -> date | None:
        papers = self.source.facts.papers if self.source else ()
        days = (one.issued_on for one in papers if one.kind is EvidenceKind.AUDIT_REPORT)
        return max((day for day in days if day is not None), default=None)

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def list_approved_suppliers(
    session: Session, wanted: SourceFilter, on: date, today: date
) -> list[ListedSource]:
    """The whole list as it stood at the end of the day `on`, by the day of requalification.

    Replayed from the states that were kept with every change; names are those of today. Ten SQL
    statements for today, one for a day that has passed.
    """
    listed = _sorted(_as_of(session, wanted, on))
    return _with_requirements(session, listed, today) if on >= today else listed


def page_of_approved_suppliers(
    session: Session, wanted: SourceFilter, on: date, today: date, *, page: int = 1
) -> Page[ListedSource]:
    """One page of the same list."""
    listed = _sorted(_as_of(session, wanted, on))
    pages = max(1, -(-len(listed) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    rows = listed[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    if on >= today:
        rows = _with_requirements(session, rows, today)
    return Page(tuple(rows), page, pages, len(listed))


def _sorted(listed: Iterable[ListedSource]) -> list[ListedSource]:
    return sorted(
        listed,
        key=lambda one: (
            one.requalification_due_on or date.max,
            one.identity.material_code,
            one.id,
        ),
    )


def _with_requirements(
    session: Session, listed: Sequence[ListedSource], today: date
) -> list[ListedSource]:
    numbers = [one.id for one in listed]
    rows = list_source_rows(session, today, Qualification.id.in_(numbers))
    by_number = {row.id: row for row in rows}
    counts = source_counts(session, {one.identity.material_id for one in listed})
    return [
        replace(
            one,
            source=by_number[one.id],
            is_only_source=one.status in APPROVALS
            and counts.get(one.identity.material_id, SourceCount()).approved_sites == 1,
        )
        for one in listed
    ]


def _as_of(session: Session, wanted: SourceFilter, on: date) -> Iterator[ListedSource]:
    end = datetime.combine(on + timedelta(days=1), time(), tzinfo=UTC)
    state = QualificationState
    latest = (
        select(func.max(state.id))
        .where(state.since_at < end)
        .group_by(state.qualification_id)
        .scalar_subquery()
    )
    statement = (
        _joined(
            select(
                state,
                Qualification.id,
                Qualification.use_scope,
                ManufacturerItem,
                Material,
                Site,
                Organisation,
            )
        )
        .join(state, state.qualification_id == Qualification.id)
        .where(state.id.in_(latest), *_conditions(wanted))
    )
    statuses = wanted.statuses or LISTED
    for kept, number, use_scope, item, material, site, organisation in session.execute(statement):
        if kept.status in statuses:
            due = kept.requalification_due_on
            yield ListedSource(
                id=number,
                identity=identity_from(item, material, site, organisation),
                risk_class=material.risk_class,
                use_scope=use_scope,
                status=kept.status,
                conditions=kept.conditions,
                decided_on=kept.decided_on,
                requalification_due_on=due,
                days_left=(due - on).days if due else None,
            )


def _joined(statement: Select[*_Columns]) -> Select[*_Columns]:
    return (
        statement.select_from(Qualification)
        .join(ManufacturerItem, ManufacturerItem.id == Qualification.item_id)
        .join(Material, Material.id == ManufacturerItem.material_id)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .join(Organisation, Organisation.id == Site.organisation_id)
    )


def _conditions(wanted: SourceFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.text:
        columns = (
            Material.code,
            Material.name,
            ManufacturerItem.catalogue_number,
            ManufacturerItem.name,
            Organisation.name,
            Site.name,
            Site.country,
        )
        yield or_(*(column.icontains(wanted.text, autoescape=True) for column in columns))
    if wanted.risk_class:
        yield Material.risk_class == wanted.risk_class
    if wanted.use_scope:
        yield Qualification.use_scope == wanted.use_scope


def _status_conditions(wanted: SourceFilter) -> Sequence[ColumnElement[bool]]:
    if not wanted.statuses:
        return ()
    return (Qualification.status.in_(sorted(wanted.statuses)),)
