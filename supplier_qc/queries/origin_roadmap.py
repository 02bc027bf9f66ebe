"""The materials of a product on their way to be free of animal origin."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.origin.description import origin_words
from supplier_qc.domain.origin.listing import OriginClass, origin_class
from supplier_qc.domain.origin.roadmap import (
    ItemOnRoad,
    MaterialOnRoad,
    RoadClass,
    RoadPoint,
    Span,
    is_overdue,
    road,
    standing,
)
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.persistence.tables import (
    ManufacturerItem,
    Material,
    MaterialUse,
    Organisation,
    Qualification,
    ReplacementPlan,
    Site,
)
from supplier_qc.persistence.tables.source_qualification import QualificationState
from supplier_qc.queries.origin_facts import facts_of, stored_components
from supplier_qc.queries.reference_lists import reference_lists


@dataclass(frozen=True, slots=True)
class RoadItem:
    """`is_approved`: today, for some use."""

    item_id: int
    name: str
    vendor: str
    origin: OriginClass
    origin_words: str
    is_approved: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    id: int
    version: int
    product_id: int
    material_id: int
    material: str
    planned_on: date
    replaced_by: str


@dataclass(frozen=True, slots=True)
class RoadMaterial:
    """`items` are those approved today; `free_items` the others on file that are free."""

    material_id: int
    code: str
    name: str
    standing: RoadClass
    items: tuple[RoadItem, ...]
    free_items: tuple[RoadItem, ...]
    plan: PlanRow | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Roadmap:
    materials: tuple[RoadMaterial, ...]
    points: tuple[RoadPoint, ...]

    @property
    def used_classes(self) -> tuple[RoadClass, ...]:
        """Those that occur on some day, the nearest to an animal first."""
        return tuple(one for one in RoadClass if any(point.counts[one] for point in self.points))

    def count(self, *classes: RoadClass) -> int:
        return sum(one.standing in classes for one in self.materials)


def get_roadmap(session: Session, product_id: int, today: date) -> Roadmap:
    """All materials that the process of the product names; a constant number of statements."""
    materials = session.scalars(
        select(Material)
        .where(Material.id.in_(select(MaterialUse.material_id).filter_by(product_id=product_id)))
        .order_by(Material.code)
    ).all()
    items = _items(session, [one.id for one in materials], today)
    plans = {one.material_id: one for one in _plans(session, product_id)}
    roads = {
        one.id: MaterialOnRoad(
            tuple(ItemOnRoad(item.origin, spans) for item, spans in items.get(one.id, ())),
            plans[one.id].planned_on if one.id in plans else None,
        )
        for one in materials
    }
    rows = [
        _row(one, roads[one.id], [item for item, _ in items.get(one.id, ())], plans, today)
        for one in materials
    ]
    rows.sort(key=lambda row: (list(RoadClass).index(row.standing), row.code))
    return Roadmap(tuple(rows), road(list(roads.values()), today))


def get_plan(session: Session, product_id: int, material_id: int) -> PlanRow | None:
    return next(
        (one for one in _plans(session, product_id) if one.material_id == material_id), None
    )


def uses_material(session: Session, product_id: int, material_id: int) -> bool:
    """Whether the process of the product names the material."""
    chosen = select(MaterialUse.id).filter_by(product_id=product_id, material_id=material_id)
    return session.scalar(chosen.limit(1)) is not None


def _row(
    material: Material,
    found: MaterialOnRoad,
    items: Sequence[RoadItem],
    plans: Mapping[int, PlanRow],
    today: date,
) -> RoadMaterial:
    return RoadMaterial(
        material_id=material.id,
        code=material.code,
        name=material.name,
        standing=standing(found, today, today),
        items=tuple(one for one in items if one.is_approved),
        free_items=tuple(
            one for one in items if not one.is_approved and one.origin is OriginClass.ANIMAL_FREE
        ),
        plan=plans.get(material.id),
        is_overdue=is_overdue(found, today),
    )


def _items(
    session: Session, materials: Sequence[int], today: date
) -> Mapping[int, Sequence[tuple[RoadItem, tuple[Span, ...]]]]:
    found = session.execute(
        select(ManufacturerItem, Organisation.name)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .join(Organisation, Organisation.id == Site.organisation_id)
        .where(ManufacturerItem.material_id.in_(materials))
        .order_by(ManufacturerItem.name, ManufacturerItem.id)
    ).all()
    numbers = [item.id for item, _ in found]
    stored, spans = stored_components(session, numbers), _spans(session, numbers)
    lists = reference_lists(session)
    by_material: dict[int, list[tuple[RoadItem, tuple[Span, ...]]]] = defaultdict(list)
    for item, vendor in found:
        facts, approved = facts_of(stored.get(item.id, ())), tuple(spans.get(item.id, ()))
        row = RoadItem(
            item_id=item.id,
            name=item.name,
            vendor=vendor,
            origin=origin_class(facts, lists, today),
            origin_words=origin_words(facts) if facts else "no origin facts recorded",
            is_approved=any(span.holds(today) for span in approved),
        )
        by_material[item.material_id].append((row, approved))
    return by_material


def _spans(session: Session, items: Sequence[int]) -> Mapping[int, list[Span]]:
    """When each item was approved for some use, by the states kept with every decision."""
    found = session.execute(
        select(
            Qualification.item_id,
            QualificationState.qualification_id,
            QualificationState.status,
            QualificationState.since_at,
        )
        .join(Qualification, Qualification.id == QualificationState.qualification_id)
        .where(Qualification.item_id.in_(items))
        .order_by(QualificationState.qualification_id, QualificationState.id)
    ).all()
    spans: dict[int, list[Span]] = defaultdict(list)
    for one, after in pairwise([*found, None]):
        if one is None or one.status not in APPROVALS:
            continue
        is_last = after is None or after.qualification_id != one.qualification_id
        until = None if is_last or after is None else after.since_at.date()
        spans[one.item_id].append(Span(one.since_at.date(), until))
    return spans


def _plans(session: Session, product_id: int) -> list[PlanRow]:
    found = session.execute(
        select(ReplacementPlan, Material.code, Material.name)
        .join(Material, Material.id == ReplacementPlan.material_id)
        .where(ReplacementPlan.product_id == product_id)
    )
    return [
        PlanRow(
            plan.id,
            plan.version,
            plan.product_id,
            plan.material_id,
            f"{code} {name}",
            plan.planned_on,
            plan.replaced_by,
        )
        for plan, code, name in found
    ]
