"""Where a material is used, and what it costs a batch and a dose from each seller."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from supplier_qc.domain.cost import (
    BatchCost,
    Money,
    Need,
    ProductCost,
    UseCosts,
    added,
    batch_cost,
    product_cost,
    sum_words,
)
from supplier_qc.persistence.tables import Material, MaterialUse, Product
from supplier_qc.queries.distributor_items import (
    DistributorItemRow,
    list_of_material,
    list_of_materials,
)


@dataclass(frozen=True, slots=True)
class MaterialUseRow:
    id: int
    version: int
    material_id: int
    material_name: str
    product_id: int
    product_name: str
    process_step: str
    amount_per_batch: Decimal
    unit: str
    doses_per_batch: int | None

    @property
    def need(self) -> Need:
        return Need(self.amount_per_batch, self.unit, self.doses_per_batch)

    @property
    def amount_words(self) -> str:
        return f"{self.amount_per_batch:f} {self.unit}"


@dataclass(frozen=True, slots=True)
class CostRow:
    """What one use costs with one pack."""

    use: MaterialUseRow
    pack: DistributorItemRow
    cost: BatchCost


@dataclass(frozen=True, slots=True)
class MaterialCosts:
    """`currencies` holds a sentence where prices stand in more than one currency."""

    uses: tuple[MaterialUseRow, ...]
    packs: tuple[DistributorItemRow, ...]
    rows: tuple[CostRow, ...]
    currencies: str | None


def list_uses(session: Session, material_id: int) -> list[MaterialUseRow]:
    return _uses(session, MaterialUse.material_id == material_id)


def get_use(session: Session, use_id: int) -> MaterialUseRow | None:
    found = _uses(session, MaterialUse.id == use_id)
    return found[0] if found else None


def list_products(session: Session) -> list[tuple[int, str]]:
    found = session.execute(
        select(Product.id, Product.name).order_by(func.lower(Product.name), Product.id)
    )
    return [(number, name) for number, name in found]


def material_costs(session: Session, material_id: int) -> MaterialCosts:
    """Each use with each pack that is still sold."""
    uses = list_uses(session, material_id)
    packs = [pack for pack in list_of_material(session, material_id) if not pack.is_retired]
    rows = tuple(
        CostRow(use, pack, batch_cost(use.need, pack.pack)) for use in uses for pack in packs
    )
    return MaterialCosts(tuple(uses), tuple(packs), rows, _currencies(packs))


def cost_of_product(
    session: Session, product_id: int, doses: int | None
) -> tuple[tuple[MaterialUseRow, ...], ProductCost]:
    """All uses of a product and what they cost a batch, by what is still sold; two statements."""
    uses = _uses(session, MaterialUse.product_id == product_id)
    by_material: dict[int, list[DistributorItemRow]] = defaultdict(list)
    for pack in list_of_materials(session, {use.material_id for use in uses}):
        if not pack.is_retired:
            by_material[pack.material_id].append(pack)
    costs = [
        UseCosts(
            f"{use.material_name}, {use.process_step}",
            tuple(batch_cost(use.need, pack.pack) for pack in by_material[use.material_id]),
        )
        for use in uses
    ]
    return tuple(uses), product_cost(costs, doses)


def step_sums(rows: Iterable[CostRow]) -> list[tuple[str, str]]:
    """Product and the sum of its steps with one pack, where it has more than one step."""
    of_pair: dict[tuple[str, str], list[CostRow]] = {}
    for row in rows:
        key = (row.use.product_name, f"{row.pack.distributor_name} {row.pack.sku}")
        of_pair.setdefault(key, []).append(row)
    return [
        (f"{product}, from {seller}", sum_words(added(_known(steps))))
        for (product, seller), steps in of_pair.items()
        if len(steps) > 1 and len(_known(steps)) == len(steps)
    ]


def _known(rows: Sequence[CostRow]) -> list[Money]:
    return [row.cost.a_batch for row in rows if row.cost.a_batch is not None]


def _currencies(packs: Sequence[DistributorItemRow]) -> str | None:
    found = sorted({pack.currency for pack in packs if pack.currency})
    if len(found) < 2:  # noqa: PLR2004 -- one currency compares with itself
        return None
    named = ", ".join(found[:-1]) + f" and {found[-1]}"
    return f"Prices stand in {named}. They are neither converted nor compared nor added."


def _uses(session: Session, condition: ColumnElement[bool]) -> list[MaterialUseRow]:
    found = session.execute(
        select(MaterialUse, Material.name, Product)
        .join(Material, Material.id == MaterialUse.material_id)
        .join(Product, Product.id == MaterialUse.product_id)
        .where(condition)
        .order_by(func.lower(Product.name), MaterialUse.process_step)
    )
    return [
        MaterialUseRow(
            id=use.id,
            version=use.version,
            material_id=use.material_id,
            material_name=material_name,
            product_id=product.id,
            product_name=product.name,
            process_step=use.process_step,
            amount_per_batch=use.amount_per_batch,
            unit=use.unit,
            doses_per_batch=product.doses_per_batch,
        )
        for use, material_name, product in found
    ]
