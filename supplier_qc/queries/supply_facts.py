"""What the rules of supply take about materials, read in a constant number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from supplier_qc.domain.countries import country_name
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.nesting import walk
from supplier_qc.domain.origin.vocabulary import words
from supplier_qc.domain.supply.amounts import Amount
from supplier_qc.domain.supply.demand import PlannedUse
from supplier_qc.domain.supply.sources import OriginPlace, Standing, SupplySource
from supplier_qc.domain.supply.stock import CountedLot, StockCount
from supplier_qc.persistence.tables import (
    DistributorItem,
    ItemSupply,
    Lot,
    ManufacturerItem,
    MaterialUse,
    Organisation,
    Product,
    ProductionPlanRow,
    Qualification,
    Site,
    StockCountRow,
)
from supplier_qc.queries.origin_facts import facts_of, stored_components


def sources_of_materials(
    session: Session, material_ids: Collection[int]
) -> Mapping[int, tuple[SupplySource, ...]]:
    """The items still sold of each material: four statements however many there are."""
    maker, plant = aliased(Organisation), aliased(Organisation)
    upstream = aliased(Site)
    found = session.execute(
        select(ManufacturerItem, Site, maker.name, ItemSupply, upstream.name, plant.name)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .join(maker, maker.id == Site.organisation_id)
        .join(ItemSupply, ItemSupply.item_id == ManufacturerItem.id, isouter=True)
        .join(upstream, upstream.id == ItemSupply.upstream_site_id, isouter=True)
        .join(plant, plant.id == upstream.organisation_id, isouter=True)
        .where(
            ManufacturerItem.material_id.in_(material_ids), ManufacturerItem.retired_on.is_(None)
        )
        .order_by(ManufacturerItem.material_id, ManufacturerItem.catalogue_number)
    ).all()
    items = [row[0].id for row in found]
    standings, leads = _standings(session, items), _lead_times(session, items)
    components = stored_components(session, items)
    by_material: dict[int, list[SupplySource]] = defaultdict(list)
    for item, site, maker_name, supply, plant_site, plant_name in found:
        own = components.get(item.id)
        of_item = SupplySource(
            item_id=item.id,
            words=f"{item.name} ({item.catalogue_number}) of {maker_name}",
            site_id=site.id,
            standings=tuple(standings.get(item.id, ())),
            lead_time_days=tuple(leads.get(item.id, ())),
            origins=None if own is None else frozenset(origins(facts_of(own))),
        )
        made_at = f"{plant_site}, {plant_name}" if plant_site else None
        by_material[item.material_id].append(_recorded(of_item, supply, made_at))
    return {number: tuple(rows) for number, rows in by_material.items()}


def _recorded(source: SupplySource, supply: ItemSupply | None, made_at: str | None) -> SupplySource:
    if supply is None:
        return source
    return replace(
        source,
        upstream_site_id=supply.upstream_site_id,
        upstream_words=made_at,
        comparability=supply.comparability,
    )


def origins(components: Sequence[OriginComponent]) -> Iterator[OriginPlace]:
    """Every species in the components and beneath, with the country it was taken in."""
    for component in components:
        for _, part in walk(component):
            if part.species is not None:
                place = part.slaughter or part.rearing or part.birth
                country = country_name(place.country) if place else None
                yield OriginPlace(words(part.species).capitalize(), country)


def _standings(session: Session, items: Sequence[int]) -> Mapping[int, list[Standing]]:
    by_item: dict[int, list[Standing]] = defaultdict(list)
    table = Qualification
    for item_id, use_scope, status in session.execute(
        select(table.item_id, table.use_scope, table.status)
        .where(table.item_id.in_(items))
        .order_by(table.id)
    ):
        by_item[item_id].append(Standing(use_scope, status))
    return by_item


def _lead_times(session: Session, items: Sequence[int]) -> Mapping[int, list[int]]:
    by_item: dict[int, list[int]] = defaultdict(list)
    table = DistributorItem
    for item_id, days in session.execute(
        select(table.item_id, table.lead_time_days).where(
            table.item_id.in_(items), table.retired_on.is_(None)
        )
    ):
        if days is not None:
            by_item[item_id].append(days)
    return by_item


def plans_in_force(session: Session, today: date) -> Mapping[int, ProductionPlanRow]:
    """The plan of each product that began last, by product; of one day the later entry."""
    table = ProductionPlanRow
    found = session.scalars(
        select(table).where(table.valid_from <= today).order_by(table.valid_from, table.id)
    )
    return {plan.product_id: plan for plan in found}


def planned_uses(
    session: Session, material_ids: Collection[int], plans: Mapping[int, ProductionPlanRow]
) -> Mapping[int, tuple[PlannedUse, ...]]:
    """Where each material is used, with the batches that the plan in force makes."""
    found = session.execute(
        select(MaterialUse, Product.name)
        .join(Product, Product.id == MaterialUse.product_id)
        .where(MaterialUse.material_id.in_(material_ids))
        .order_by(func.lower(Product.name), MaterialUse.process_step)
    )
    by_material: dict[int, list[PlannedUse]] = defaultdict(list)
    for use, product in found:
        plan = plans.get(use.product_id)
        amount = Amount(use.amount_per_batch, use.unit)
        batches = plan.batches_a_month if plan else None
        by_material[use.material_id].append(PlannedUse(product, use.process_step, amount, batches))
    return {number: tuple(uses) for number, uses in by_material.items()}


def stock_counts(
    session: Session, material_ids: Collection[int]
) -> Mapping[int, tuple[StockCount, ...]]:
    found = session.execute(counts_with_lots(material_ids))
    by_material: dict[int, list[StockCount]] = defaultdict(list)
    for count, lot in found:
        by_material[count.material_id].append(stock_count(count, lot))
    return {number: tuple(counts) for number, counts in by_material.items()}


def counts_with_lots(material_ids: Iterable[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(StockCountRow, Lot)
        .join(Lot, Lot.id == StockCountRow.lot_id, isouter=True)
        .where(StockCountRow.material_id.in_(material_ids))
        .order_by(StockCountRow.counted_on.desc(), StockCountRow.id.desc())
    )


def stock_count(count: StockCountRow, lot: Lot | None) -> StockCount:
    counted = (
        None
        if lot is None
        else CountedLot(lot.id, lot.manufacturer_lot, lot.disposition, lot.expires_on)
    )
    return StockCount(Amount(count.quantity, count.unit), count.counted_on, count.id, counted)
