"""Origin facts of items, and assessments of them that somebody signs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import compared, paragraphs, text_problems
from supplier_qc.domain.origin import facts as origin
from supplier_qc.domain.origin.as_json import facts_to_json
from supplier_qc.domain.origin.recordable import recordable_component
from supplier_qc.domain.origin.vocabulary import Authority, words
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import ChangedMeanwhile, NotPermitted, Refused
from supplier_qc.domain.signatures import SignatureMeaning, SignedRecord
from supplier_qc.persistence.tables import (
    Lot,
    ManufacturerItem,
    OriginAssessment,
    OriginComponent,
)
from supplier_qc.queries.origin_facts import (
    AssessmentInputs,
    assessment_inputs,
    assessment_snapshot,
)
from supplier_qc.queries.reference_lists import reference_lists
from supplier_qc.services.materials import item_label
from supplier_qc.services.signing import sign
from supplier_qc.services.transaction import Change, changing, check_version


@dataclass(frozen=True, slots=True)
class AssessmentDraft:
    """What the assessor concludes, and the fingerprint of what they looked at."""

    authority: Authority
    conclusion: str
    seen_fingerprint: str


def add_component(
    sessions: sessionmaker[Session],
    item_id: int,
    facts: object,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Record a component of an item with all that is beneath it; returns its number.

    `facts` is JSON as `domain.origin.facts_json` reads it. Raises OriginFactsRefused.
    """
    _check_permission(actor)
    component = recordable_component(facts)
    with changing(sessions, AuditAction.ORIGIN_COMPONENT_ADDED, actor=actor, now=now) as change:
        item = change.get(ManufacturerItem, item_id, "Item")
        record = OriginComponent(item_id=item.id)
        _fill(change, record, component)
        change.session.add(record)
        change.session.flush()  # the number is the audit entry's subject
        change.about(record, _label(record, item))
        return record.id


def add_lot_component(
    sessions: sessionmaker[Session],
    lot_id: int,
    facts: object,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Record what is otherwise for one lot; returns the number of the component.

    A component with the name of one of the item's stands in its place for this lot; another name
    is added for this lot alone. Raises OriginFactsRefused.
    """
    _check_permission(actor)
    component = recordable_component(facts)
    action = AuditAction.ORIGIN_COMPONENT_ADDED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        Refused.unless_empty(text_problems("The reason", reason, longest=2_000, required=True))
        lot = change.get(Lot, lot_id, "Lot")
        record = OriginComponent(item_id=lot.item_id, lot_id=lot.id)
        _fill(change, record, component)
        change.session.add(record)
        change.session.flush()  # the number is the audit entry's subject
        change.about(record, _label(record, _item_of(change, record)))
        return record.id


def change_component(
    sessions: sessionmaker[Session],
    component_id: int,
    facts: object,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Put other facts in the place of a component's, those beneath it included."""
    _check_permission(actor)
    component = recordable_component(facts)
    action = AuditAction.ORIGIN_COMPONENT_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        record = _standing(change, component_id, version)
        with change.session.no_autoflush:
            _fill(change, record, component)
        change.about(record, _label(record, _item_of(change, record)))


def withdraw_component(
    sessions: sessionmaker[Session],
    component_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a component out of the assessment; the record stays readable in the audit trail."""
    _check_permission(actor)
    action = AuditAction.ORIGIN_COMPONENT_WITHDRAWN
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        record = _standing(change, component_id, version)
        record.is_withdrawn = True
        change.about(record, _label(record, _item_of(change, record)))


def record_assessment(
    sessions: sessionmaker[Session],
    item_id: int,
    draft: AssessmentDraft,
    *,
    password: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Sign the conclusion on an item for one authority, with all it rests on; returns its number.

    The text of the conclusion is the reason of the signature. Raises ChangedMeanwhile when facts
    or lists are no longer those that the assessor looked at.
    """
    conclusion = paragraphs(draft.conclusion)
    action = AuditAction.ORIGIN_ASSESSED
    with changing(sessions, action, actor=actor, now=now, reason=conclusion) as change:
        item = change.get(ManufacturerItem, item_id, "Item")
        lists = reference_lists(change.session)
        inputs = assessment_inputs(change.session, item.id, draft.authority, lists, now.date())
        Refused.unless_empty(_assessment_problems(inputs, conclusion))
        if inputs.fingerprint != draft.seen_fingerprint:
            raise ChangedMeanwhile
        record = _assessment(item, inputs, conclusion, actor, now)
        change.session.add(record)
        change.session.flush()  # the number goes into the signature
        change.about(record, f"{item_label(item)}: {words(draft.authority)}, {record.level}")
        _sign(change, record, password)
        return record.id


def _check_permission(actor: Actor) -> None:
    if not actor.may(Permission.EDIT_ORIGIN):
        raise NotPermitted("Your roles do not include the facts of origin.")


def _standing(change: Change, component_id: int, version: int) -> OriginComponent:
    record = change.get(OriginComponent, component_id, "Component")
    check_version(record, version)
    if record.is_withdrawn:
        raise Refused(f"{record.name} was withdrawn; record it anew if it is part of the item.")
    return record


def _item_of(change: Change, record: OriginComponent) -> ManufacturerItem:
    return change.get(ManufacturerItem, record.item_id, "Item")


def _fill(change: Change, record: OriginComponent, component: origin.OriginComponent) -> None:
    Refused.unless_empty(_taken_name(change, record, component.name))
    stored: Any = facts_to_json(component)
    record.name, record.facts = component.name, stored
    record.recorded_by_id = _person_id(change.actor)
    record.recorded_at = change.now


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotPermitted("A person records origin facts, not the scheduler.")
    return actor.person_id


def _taken_name(change: Change, record: OriginComponent, name: str) -> Iterator[str]:
    others = change.session.execute(
        select(OriginComponent.id, OriginComponent.name).where(
            OriginComponent.item_id == record.item_id,
            OriginComponent.lot_id.is_not_distinct_from(record.lot_id),
            ~OriginComponent.is_withdrawn,
        )
    )
    for other_id, other_name in others:
        if other_id != record.id and compared(other_name) == compared(name):
            owner = "item" if record.lot_id is None else "lot"
            yield f"The {owner} has a component named {other_name} already."


def _label(record: OriginComponent, item: ManufacturerItem) -> str:
    return f"{record.name} in {item_label(item)}"


def _assessment_problems(inputs: AssessmentInputs, conclusion: str) -> Iterator[str]:
    yield from text_problems("The conclusion", conclusion, longest=4_000, required=True)
    if not inputs.components:
        yield "No origin facts are recorded for this item; there is nothing to assess yet."
    for stored in inputs.components:
        for problem in stored.problems:
            yield f"{stored.facts.name} cannot be assessed: {problem}"


def _assessment(
    item: ManufacturerItem,
    inputs: AssessmentInputs,
    conclusion: str,
    actor: Actor,
    now: datetime,
) -> OriginAssessment:
    return OriginAssessment(
        item_id=item.id,
        authority=inputs.assessment.authority.value,
        level=inputs.assessment.level.value,
        snapshot=assessment_snapshot(inputs),
        input_fingerprint=inputs.fingerprint,
        conclusion=conclusion,
        assessed_by_id=_person_id(actor),
        assessed_at=now,
    )


def _sign(change: Change, record: OriginAssessment, password: str) -> None:
    content = {
        "item_id": record.item_id,
        "authority": record.authority,
        "level": record.level,
        "snapshot": record.snapshot,
        "input_fingerprint": record.input_fingerprint,
        "conclusion": record.conclusion,
    }
    sign(
        change,
        SignedRecord(OriginAssessment.__tablename__, record.id, 1, content),
        meaning=SignatureMeaning.REVIEWED,
        password=password,
        permission=Permission.EDIT_ORIGIN,
    )
