"""Recorded origin facts as the rules read them, and what an assessment of them rests on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.origin.as_json import facts_to_json, to_json
from supplier_qc.domain.origin.engine import assess_item
from supplier_qc.domain.origin.facts import OriginComponent, OriginFactsRefused
from supplier_qc.domain.origin.facts_json import component_from_json
from supplier_qc.domain.origin.findings import Assessment
from supplier_qc.domain.origin.fingerprint import fingerprint
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.vocabulary import Authority
from supplier_qc.persistence import tables


@dataclass(frozen=True, slots=True)
class StoredComponent:
    """A record and its facts. Facts that can no longer be read count as unanswered."""

    id: int
    version: int
    item_id: int
    facts: OriginComponent
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AssessmentInputs:
    """What is concluded today for one authority, and from what."""

    components: tuple[StoredComponent, ...]
    assessment: Assessment
    fingerprint: str


def stored_components(
    session: Session, item_ids: Sequence[int] | None = None
) -> Mapping[int, tuple[StoredComponent, ...]]:
    """The components in force by item; of all items when no numbers are given."""
    table = tables.OriginComponent
    chosen = (
        select(table)
        .where(table.lot_id.is_(None), ~table.is_withdrawn)
        .order_by(table.name, table.id)
    )
    if item_ids is not None:
        chosen = chosen.where(table.item_id.in_(item_ids))
    found: dict[int, list[StoredComponent]] = defaultdict(list)
    for record in session.scalars(chosen):
        found[record.item_id].append(stored_component(record))
    return {item_id: tuple(components) for item_id, components in found.items()}


def stored_of_lots(
    session: Session, lot_ids: Sequence[int] | None = None
) -> Mapping[int, tuple[StoredComponent, ...]]:
    """The components in force that lots have of their own, by lot; of all lots without numbers."""
    table = tables.OriginComponent
    chosen = (
        select(table)
        .where(table.lot_id.is_not(None), ~table.is_withdrawn)
        .order_by(table.name, table.id)
    )
    if lot_ids is not None:
        chosen = chosen.where(table.lot_id.in_(lot_ids))
    found: dict[int, list[StoredComponent]] = defaultdict(list)
    for record in session.scalars(chosen):
        if record.lot_id is not None:
            found[record.lot_id].append(stored_component(record))
    return {lot_id: tuple(components) for lot_id, components in found.items()}


def lot_facts(
    of_item: tuple[OriginComponent, ...], of_lot: tuple[OriginComponent, ...]
) -> tuple[OriginComponent, ...]:
    """A lot's own component stands for that of its item with the same name; others are added."""
    own = {component.name for component in of_lot}
    return (*(component for component in of_item if component.name not in own), *of_lot)


def stored_component(record: tables.OriginComponent) -> StoredComponent:
    try:
        facts = component_from_json(record.facts)
    except OriginFactsRefused as refused:
        facts = OriginComponent(name=record.name)
        return StoredComponent(record.id, record.version, record.item_id, facts, refused.reasons)
    return StoredComponent(record.id, record.version, record.item_id, facts)


def facts_of(components: Sequence[StoredComponent]) -> tuple[OriginComponent, ...]:
    return tuple(component.facts for component in components)


def assessment_inputs(
    session: Session, item_id: int, authority: Authority, lists: ReferenceLists, on: date
) -> AssessmentInputs:
    components = stored_components(session, [item_id]).get(item_id, ())
    facts = facts_of(components)
    assessment = assess_item(facts, authority, lists, on)
    return AssessmentInputs(components, assessment, fingerprint(facts, assessment))


def assessment_snapshot(inputs: AssessmentInputs) -> dict[str, Any]:
    """Facts and conclusion as JSON, readable without today's rules and lists."""
    return {
        "facts": [facts_to_json(component.facts) for component in inputs.components],
        "assessment": to_json(inputs.assessment),
    }
