"""Sources, or materials by their worst source, against every requirement."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.qualification.gaps import has_gap, worst
from supplier_qc.domain.qualification.requirements import Requirement
from supplier_qc.persistence.tables import Material
from supplier_qc.queries.paging import Page
from supplier_qc.queries.source_facts import SourceRow
from supplier_qc.queries.source_lists import (
    PAGE_SIZE,
    SourceFilter,
    list_all_sources,
    list_source_page,
    page_of_materials,
)


@dataclass(frozen=True, slots=True)
class MapCell:
    """The requirement that stands worst, and the source it is of."""

    source: SourceRow
    requirement: Requirement


@dataclass(frozen=True, slots=True)
class MapRow:
    """A source, or a material with the worst cell of its sources for each requirement."""

    title: str
    subtitle: str
    material_id: int
    source_id: int | None
    cells: tuple[MapCell, ...]


def list_map(
    session: Session,
    wanted: SourceFilter,
    today: date,
    *,
    by_material: bool = False,
    gaps_only: bool = False,
    page: int = 1,
) -> Page[MapRow]:
    """One page; `gaps_only` leaves out what lacks nothing that is required.

    Whether there is a gap follows from all facts, so all sources are read for it; the number of
    statements is the same however many there are.
    """
    if gaps_only:
        sources = [
            one for one in list_all_sources(session, wanted, today) if has_gap(one.requirements)
        ]
        return _paged(_of_materials(sources) if by_material else _of_sources(sources), page)
    if by_material:
        return _material_page(session, wanted, today, page)
    found = list_source_page(session, wanted, today, page=page)
    return Page(tuple(_of_sources(found.rows)), found.page, found.pages, found.total)


def _material_page(session: Session, wanted: SourceFilter, today: date, page: int) -> Page[MapRow]:
    found = page_of_materials(session, wanted, page=page)
    only = Material.id.in_(found.rows)
    fitting = list_all_sources(session, wanted, today, only)
    return Page(tuple(_of_materials(fitting)), found.page, found.pages, found.total)


def _of_sources(sources: Sequence[SourceRow]) -> list[MapRow]:
    return [
        MapRow(
            title=f"{one.identity.material_code} {one.identity.item_name}",
            subtitle=f"{one.identity.vendor_name}, {label(one.facts.use_scope).lower()}",
            material_id=one.identity.material_id,
            source_id=one.id,
            cells=tuple(MapCell(one, requirement) for requirement in one.requirements),
        )
        for one in sources
    ]


def _of_materials(sources: Sequence[SourceRow]) -> list[MapRow]:
    by_material: dict[int, list[SourceRow]] = defaultdict(list)
    for one in sources:
        by_material[one.identity.material_id].append(one)
    return [_material_row(rows) for rows in by_material.values()]


def _material_row(sources: Sequence[SourceRow]) -> MapRow:
    identity = sources[0].identity
    count = len(sources)
    return MapRow(
        title=f"{identity.material_code} {identity.material_name}",
        subtitle="1 source" if count == 1 else f"the worst of {count} sources",
        material_id=identity.material_id,
        source_id=None,
        cells=tuple(_worst_cell(sources, place) for place in range(len(sources[0].requirements))),
    )


def _worst_cell(sources: Sequence[SourceRow], place: int) -> MapCell:
    found = worst([one.requirements[place] for one in sources])
    source = next(one for one in sources if one.requirements[place] is found)
    return MapCell(source, found)


def _paged(rows: Sequence[MapRow], page: int) -> Page[MapRow]:
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Page(tuple(shown), page, pages, len(rows))
