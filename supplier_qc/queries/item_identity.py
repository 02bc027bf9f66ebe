"""What is in an item, what its preparation pulls in, and the tier that follows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.ancillary_tiers import TierAssignment, TierFacts, assign_tier
from supplier_qc.domain.origin.co_materials import CoMaterialRule, pulled_in
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.nesting import walk
from supplier_qc.domain.origin.vocabulary import words
from supplier_qc.persistence.tables import ManufacturerItem, Material
from supplier_qc.queries.co_materials import list_rules
from supplier_qc.queries.origin_facts import facts_of, stored_components


@dataclass(frozen=True, slots=True)
class PartRow:
    """A component, `depth` levels beneath the item; `rule` is what pulls it in, where one does."""

    name: str
    depth: int
    source: str
    rule: CoMaterialRule | None


@dataclass(frozen=True, slots=True)
class ItemIdentity:
    """`missing` are materials that the preparation pulls in and no component names."""

    tier: TierAssignment
    parts: tuple[PartRow, ...]
    missing: tuple[CoMaterialRule, ...]


def identities(
    session: Session, item_ids: Sequence[int], today: date
) -> Mapping[int, ItemIdentity]:
    """The identity of each item, by its number; three statements however many items."""
    components = stored_components(session, item_ids)
    rules = list_rules(session)
    found = session.execute(
        select(ManufacturerItem, Material)
        .join(Material, Material.id == ManufacturerItem.material_id)
        .where(ManufacturerItem.id.in_(item_ids))
    )
    return {
        item.id: _identity(item, material, facts_of(components.get(item.id, ())), rules, today)
        for item, material in found
    }


def _identity(
    item: ManufacturerItem,
    material: Material,
    components: tuple[OriginComponent, ...],
    rules: Sequence[CoMaterialRule],
    today: date,
) -> ItemIdentity:
    facts = TierFacts(
        category=material.category,
        in_final_product=material.in_final_product,
        toxicity=material.toxicity,
        grade=item.grade,
        intended_use=item.intended_use,
        components=components,
    )
    by_derivative = {
        rule.derivative: rule
        for rule in rules
        if rule.preparation is item.preparation and rule.is_in_force(today)
    }
    parts = tuple(
        PartRow(
            part.name,
            len(position),
            _source(part),
            by_derivative.get(part.derivative) if part.derivative else None,
        )
        for component in components
        for position, part in walk(component)
    )
    return ItemIdentity(
        assign_tier(facts), parts, pulled_in(item.preparation, components, rules, today)
    )


def _source(part: OriginComponent) -> str:
    """Such as "Animal, pig, heparin"."""
    return ", ".join(_source_words(part)).capitalize()


def _source_words(part: OriginComponent) -> Iterator[str]:
    yield words(part.source)
    for fact in (part.species, part.derivative or part.tissue):
        if fact is not None:
            yield words(fact)
