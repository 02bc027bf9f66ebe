"""Records, with an item, the materials that its preparation pulls in."""

from sqlalchemy import select

from supplier_qc.domain.origin.as_json import facts_to_json
from supplier_qc.domain.origin.co_materials import component_of, pulled_in
from supplier_qc.persistence.tables import ManufacturerItem, OriginComponent
from supplier_qc.queries.co_materials import list_rules
from supplier_qc.queries.origin_facts import facts_of, stored_components
from supplier_qc.services.transaction import Change


def record_co_materials(change: Change, item: ManufacturerItem) -> None:
    """Add each missing co-material as an origin component, in the transaction of the item.

    A name that the item's components carry already is left to the person who recorded it, and
    what a reviewer took out with a reason is not put back.
    """
    recorded = facts_of(stored_components(change.session, [item.id]).get(item.id, ()))
    taken = {component.name for component in recorded} | _withdrawn(change, item.id)
    rules = list_rules(change.session)
    for rule in pulled_in(item.preparation, recorded, rules, change.now.date()):
        if rule.component in taken:
            continue
        facts = component_of(rule)
        change.session.add(
            OriginComponent(
                item_id=item.id,
                name=facts.name,
                facts=facts_to_json(facts),
                recorded_by_id=change.actor.person_id,
                recorded_at=change.now,
            )
        )


def _withdrawn(change: Change, item_id: int) -> frozenset[str]:
    names = select(OriginComponent.name).where(
        OriginComponent.item_id == item_id, OriginComponent.is_withdrawn
    )
    return frozenset(change.session.scalars(names))
