"""Assessments that somebody signed, and whether they still stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.origin.as_json import facts_to_json
from supplier_qc.domain.origin.engine import assess_item
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.findings import OverallAssessment
from supplier_qc.domain.origin.fingerprint import fingerprint
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.vocabulary import Authority, Level, words
from supplier_qc.persistence import tables


class RecordedState(StrEnum):
    """Whether somebody signed an assessment of the item that still stands."""

    NONE = "none"
    OUTDATED = "outdated"
    CURRENT = "current"


@dataclass(frozen=True, slots=True)
class RecordedAssessmentRow:
    """`changes` says what is different today; the assessment is outdated when it says anything."""

    id: int
    item_id: int
    authority: str
    level: str
    conclusion: str
    assessed_by: str
    assessed_at: datetime
    snapshot: Mapping[str, Any]
    changes: tuple[str, ...]

    @property
    def is_outdated(self) -> bool:
        return bool(self.changes)


def recorded_assessments(
    session: Session,
    judged: Mapping[int, tuple[tuple[OriginComponent, ...], OverallAssessment]],
    lists: ReferenceLists,
    today: date,
) -> dict[int, tuple[RecordedAssessmentRow, ...]]:
    """The signed assessments of the items, the newest first."""
    table = tables.OriginAssessment
    chosen = (
        select(table, tables.Person.full_name)
        .join(tables.Person, tables.Person.id == table.assessed_by_id)
        .where(table.item_id.in_(judged))
        .order_by(table.id.desc())
    )
    found: dict[int, list[RecordedAssessmentRow]] = defaultdict(list)
    for record, full_name in session.execute(chosen):
        facts, overall = judged[record.item_id]
        changes = _changes(record, facts, overall, lists, today)
        found[record.item_id].append(
            RecordedAssessmentRow(
                record.id,
                record.item_id,
                record.authority,
                record.level,
                record.conclusion,
                full_name,
                record.assessed_at,
                record.snapshot,
                changes,
            )
        )
    return {item_id: tuple(rows) for item_id, rows in found.items()}


def _changes(
    record: tables.OriginAssessment,
    facts: tuple[OriginComponent, ...],
    overall: OverallAssessment,
    lists: ReferenceLists,
    today: date,
) -> tuple[str, ...]:
    """What is not as it was when the assessment was signed; empty while it stands."""
    authority = Authority(record.authority)
    judged = {one.authority: one for one in overall.by_authority}
    current = judged.get(authority) or assess_item(facts, authority, lists, today)
    if fingerprint(facts, current) == record.input_fingerprint:
        return ()
    before = record.snapshot.get("assessment", {})
    changes = []
    if record.snapshot.get("facts") != [facts_to_json(component) for component in facts]:
        changes.append("The recorded facts were changed.")
    if before.get("list_edition") != current.list_edition:
        changes.append(f"The list is another edition: {current.list_edition}.")
    if record.level != current.level:
        changes.append(f"The level was {words(Level(record.level))}, it is {words(current.level)}.")
    if sorted(before.get("gaps", ())) != sorted(current.gaps):
        changes.append("Other evidence is missing than then, for example because a paper aged.")
    return tuple(changes) or ("The rules or the rows behind them were changed.",)


def recorded_state(recorded: Sequence[RecordedAssessmentRow]) -> RecordedState:
    """By the newest assessment for each authority: one that is outdated decides."""
    if not recorded:
        return RecordedState.NONE
    newest: dict[str, RecordedAssessmentRow] = {}
    for row in recorded:
        newest.setdefault(row.authority, row)
    outdated = any(row.is_outdated for row in newest.values())
    return RecordedState.OUTDATED if outdated else RecordedState.CURRENT
