"""Materials as pages show them, with their sources and how those stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, selectinload

from supplier_qc.domain.catalogue import MaterialCategory, RiskClass
from supplier_qc.domain.material_identity import Toxicity
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.sources import SourceMark, source_words
from supplier_qc.persistence.tables.materials import Material
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.queries.items import ItemRow, list_items_of_material
from supplier_qc.queries.qualifications import QualificationRow, list_qualifications
from supplier_qc.queries.source_marks import SourceCount, source_counts

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class MaterialFilter:
    """`text` is looked for in codes and names."""

    text: str = ""
    category: MaterialCategory | None = None
    risk_class: RiskClass | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """How many plants make the material, and how many of those are approved for some use."""

    sites: int
    approved_sites: int
    mark: SourceMark
    words: str


@dataclass(frozen=True, slots=True)
class MaterialListRow:
    """`states` counts the qualifications of all its items by their status."""

    id: int
    code: str
    name: str
    category: MaterialCategory
    risk_class: RiskClass
    sources: Sources
    states: tuple[tuple[QualificationStatus, int], ...]
    overdue: int


@dataclass(frozen=True, slots=True)
class MaterialPage:
    rows: tuple[MaterialListRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class MaterialRow:
    id: int
    version: int
    code: str
    name: str
    category: MaterialCategory
    risk_class: RiskClass
    function: str
    stage_of_use: str
    in_final_product: bool
    toxicity: Toxicity


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One item of the material with its qualifications, one a use."""

    item: ItemRow
    qualifications: tuple[QualificationRow, ...]


def list_materials(
    session: Session, wanted: MaterialFilter, today: date, *, page: int = 1
) -> MaterialPage:
    """One page of materials by code."""
    conditions = list(_conditions(wanted))
    total = session.scalar(select(func.count(Material.id)).where(*conditions)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    found = session.scalars(
        select(Material)
        .options(selectinload(Material.items))
        .where(*conditions)
        .order_by(Material.code)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    standing = _standings(session, [item.id for one in found for item in one.items])
    counts = source_counts(session, [one.id for one in found])
    rows = tuple(
        _list_row(one, counts.get(one.id, SourceCount()), standing, today) for one in found
    )
    return MaterialPage(rows, total, page, pages)


def get_material(session: Session, material_id: int) -> MaterialRow | None:
    found = session.get(Material, material_id)
    if found is None:
        return None
    return MaterialRow(
        id=found.id,
        version=found.version,
        code=found.code,
        name=found.name,
        category=found.category,
        risk_class=found.risk_class,
        function=found.function,
        stage_of_use=found.stage_of_use,
        in_final_product=found.in_final_product,
        toxicity=found.toxicity,
    )


def list_sources(session: Session, material_id: int, today: date) -> list[SourceRow]:
    """The items of the material, each with its qualifications."""
    items = list_items_of_material(session, material_id)
    qualified: dict[int, list[QualificationRow]] = defaultdict(list)
    for row in list_qualifications(session, [item.id for item in items], today):
        qualified[row.item_id].append(row)
    return [SourceRow(item, tuple(qualified[item.id])) for item in items]


def sources_of(session: Session, material: MaterialRow) -> Sources:
    """How many plants stand behind one material."""
    count = source_counts(session, [material.id]).get(material.id, SourceCount())
    return _sources(count, material.risk_class)


def _conditions(wanted: MaterialFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.text:
        yield or_(
            Material.name.icontains(wanted.text, autoescape=True),
            Material.code.icontains(wanted.text, autoescape=True),
        )
    if wanted.category:
        yield Material.category == wanted.category
    if wanted.risk_class:
        yield Material.risk_class == wanted.risk_class


_Standing = tuple[QualificationStatus, date | None]


def _standings(session: Session, item_ids: Collection[int]) -> Mapping[int, list[_Standing]]:
    found: dict[int, list[_Standing]] = defaultdict(list)
    for item_id, status, due_on in session.execute(
        select(
            Qualification.item_id, Qualification.status, Qualification.requalification_due_on
        ).where(Qualification.item_id.in_(item_ids))
    ):
        found[item_id].append((status, due_on))
    return found


def _list_row(
    material: Material,
    count: SourceCount,
    standing: Mapping[int, list[_Standing]],
    today: date,
) -> MaterialListRow:
    states = [one for item in material.items for one in standing.get(item.id, ())]
    counts = dict.fromkeys(QualificationStatus, 0)
    for status, _ in states:
        counts[status] += 1
    return MaterialListRow(
        id=material.id,
        code=material.code,
        name=material.name,
        category=material.category,
        risk_class=material.risk_class,
        sources=_sources(count, material.risk_class),
        states=tuple((status, count) for status, count in counts.items() if count),
        overdue=sum(due is not None and due < today for _, due in states),
    )


def _sources(count: SourceCount, risk_class: RiskClass) -> Sources:
    words = source_words(count.mark, risk_class)
    return Sources(count.sites, count.approved_sites, count.mark, words)
