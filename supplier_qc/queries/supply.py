"""How far the supply of each material reaches, and what that rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import RiskClass, UseScope
from supplier_qc.domain.qualification.sources import SourceMark, source_words
from supplier_qc.domain.supply.demand import Demand, PlannedUse, monthly_demand
from supplier_qc.domain.supply.exposure import Exposure, exposure, needed_months
from supplier_qc.domain.supply.policies import SupplyPolicy, supply_policy_in_force
from supplier_qc.domain.supply.sources import (
    Comparability,
    Finding,
    SupplySource,
    approved_makers,
    findings,
    mark_of,
)
from supplier_qc.domain.supply.stock import Stock, StockCount, usable_stock
from supplier_qc.persistence.tables import (
    ItemSupply,
    Lot,
    ManufacturerItem,
    Material,
    Organisation,
    Person,
    Product,
    ProductionPlanRow,
    Site,
)
from supplier_qc.queries.paging import Page
from supplier_qc.queries.supply_facts import (
    counts_with_lots,
    planned_uses,
    plans_in_force,
    sources_of_materials,
    stock_count,
    stock_counts,
)
from supplier_qc.queries.supply_policy import list_supply_policies

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class SupplyFilter:
    """`text` is looked for in codes and names."""

    text: str = ""
    risk_class: RiskClass | None = None


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """One material: its sources, demand, stock, and how the cover stands."""

    material_id: int
    code: str
    name: str
    risk_class: RiskClass
    sources: tuple[SupplySource, ...]
    uses: tuple[PlannedUse, ...]
    demand: Demand
    stock: Stock
    exposure: Exposure
    policy: SupplyPolicy | None

    @property
    def mark(self) -> SourceMark:
        return mark_of(self.sources)

    @property
    def words(self) -> str:
        return source_words(self.mark, self.risk_class)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return findings(self.sources)

    @property
    def approved(self) -> tuple[tuple[UseScope, int], ...]:
        return tuple(approved_makers(self.sources).items())


@dataclass(frozen=True, slots=True)
class CountRow:
    """A count with the person who entered it."""

    count: StockCount
    note: str | None
    recorded_by_name: str


@dataclass(frozen=True, slots=True)
class ItemSupplyRow:
    """`version` is 0 where nothing is on file for the item."""

    version: int = 0
    upstream_site_id: int | None = None
    comparability: Comparability | None = None
    comparability_document: str | None = None
    filing_needed: str | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan of a product; `is_in_force` on the day asked for."""

    product_id: int
    product_name: str
    batches_a_month: Decimal
    valid_from: date
    basis: str
    recorded_by_name: str
    is_in_force: bool


def list_supply(
    session: Session, wanted: SupplyFilter, today: date, *, page: int = 1
) -> Page[SupplyRow]:
    """By exposure: what is not known first, then the shortest; nine statements."""
    chosen = select(Material).order_by(Material.code)
    if wanted.text:
        columns = (Material.code, Material.name)
        chosen = chosen.where(
            or_(*(column.icontains(wanted.text, autoescape=True) for column in columns))
        )
    if wanted.risk_class:
        chosen = chosen.where(Material.risk_class == wanted.risk_class)
    rows = supply_rows(session, session.scalars(chosen).all(), today)
    rows.sort(key=lambda row: (*row.exposure.sort_key, row.code))
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Page(tuple(shown), page, pages, len(rows))


def get_supply(session: Session, material_id: int, today: date) -> SupplyRow | None:
    material = session.get(Material, material_id)
    return None if material is None else supply_rows(session, [material], today)[0]


def supply_rows(session: Session, materials: Sequence[Material], today: date) -> list[SupplyRow]:
    numbers = [one.id for one in materials]
    sources = sources_of_materials(session, numbers)
    uses = planned_uses(session, numbers, plans_in_force(session, today))
    counts = stock_counts(session, numbers)
    policies = list_supply_policies(session)
    return [
        _row(
            one,
            sources.get(one.id, ()),
            uses.get(one.id, ()),
            counts.get(one.id, ()),
            supply_policy_in_force(policies, one.risk_class, today),
            today,
        )
        for one in materials
    ]


def _row(
    material: Material,
    sources: tuple[SupplySource, ...],
    uses: tuple[PlannedUse, ...],
    counts: tuple[StockCount, ...],
    policy: SupplyPolicy | None,
    today: date,
) -> SupplyRow:
    demand = monthly_demand(uses)
    holds = policy.count_holds_days if policy else None
    stock = usable_stock(counts, demand.unit, today, holds)
    needed = needed_months(sources, policy)
    return SupplyRow(
        material_id=material.id,
        code=material.code,
        name=material.name,
        risk_class=material.risk_class,
        sources=sources,
        uses=uses,
        demand=demand,
        stock=stock,
        exposure=exposure(demand, stock, needed, today),
        policy=policy,
    )


def list_counts(session: Session, material_id: int) -> list[CountRow]:
    """The counts of a material, the newest first."""
    statement = counts_with_lots([material_id])
    found = session.execute(statement).all()
    names = _names(session, {count.recorded_by_id for count, _ in found})
    return [
        CountRow(stock_count(count, lot), count.note, names[count.recorded_by_id])
        for count, lot in found
    ]


def list_lots_to_count(session: Session, material_id: int) -> list[tuple[int, str]]:
    """Lots of the material, the newest first, each with its item."""
    found = session.execute(
        select(Lot.id, Lot.manufacturer_lot, ManufacturerItem.name)
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .where(ManufacturerItem.material_id == material_id)
        .order_by(Lot.id.desc())
    )
    return [(number, f"Lot {lot} of {item}") for number, lot, item in found]


def get_item_supply(session: Session, item_id: int) -> ItemSupplyRow:
    """With version 0 where nothing is on file yet."""
    return item_supplies(session, [item_id]).get(item_id, ItemSupplyRow())


def _supply_row(found: ItemSupply) -> ItemSupplyRow:
    return ItemSupplyRow(
        version=found.version,
        upstream_site_id=found.upstream_site_id,
        comparability_document=found.comparability_document,
        filing_needed=found.filing_needed,
        comparability=found.comparability,
    )


def item_supplies(session: Session, item_ids: Iterable[int]) -> dict[int, ItemSupplyRow]:
    """What is on file, by item."""
    found = session.scalars(select(ItemSupply).where(ItemSupply.item_id.in_(list(item_ids))))
    return {one.item_id: _supply_row(one) for one in found}


def list_plants(session: Session) -> list[tuple[int, str]]:
    """Sites that may make an item, by organisation and name."""
    found = session.execute(
        select(Site.id, Site.name, Organisation.name)
        .join(Organisation, Organisation.id == Site.organisation_id)
        .where(Site.retired_on.is_(None))
        .order_by(func.lower(Organisation.name), func.lower(Site.name))
    )
    return [(number, f"{organisation}, {site}") for number, site, organisation in found]


def list_plans(session: Session, today: date) -> list[PlanRow]:
    """All plans by product, the newest first."""
    in_force = {plan.id for plan in plans_in_force(session, today).values()}
    found = session.execute(
        select(ProductionPlanRow, Product.name, Person.full_name)
        .join(Product, Product.id == ProductionPlanRow.product_id)
        .join(Person, Person.id == ProductionPlanRow.recorded_by_id)
        .order_by(
            func.lower(Product.name),
            ProductionPlanRow.valid_from.desc(),
            ProductionPlanRow.id.desc(),
        )
    )
    return [
        PlanRow(
            product_id=plan.product_id,
            product_name=name,
            batches_a_month=plan.batches_a_month,
            valid_from=plan.valid_from,
            basis=plan.basis,
            recorded_by_name=person,
            is_in_force=plan.id in in_force,
        )
        for plan, name, person in found
    ]


def _names(session: Session, people: Iterable[int]) -> dict[int, str]:
    found = session.execute(select(Person.id, Person.full_name).where(Person.id.in_(list(people))))
    return dict(found.all())
