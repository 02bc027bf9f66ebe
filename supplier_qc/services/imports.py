"""Bring a company's spreadsheets in: look first, then all of it in one transaction or nothing."""

import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.imports.rows import ReadSheet, read_sheet, sheet_of
from supplier_qc.domain.imports.sheets import SheetKind
from supplier_qc.domain.material_identity import Preparation
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.records import DecisionKind
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.uploads import shown_filename
from supplier_qc.extraction.spreadsheets import read_spreadsheets
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import ImportRun, OrganisationRoleHeld, OwnNumber
from supplier_qc.services.audited_batch import AuditedBatch, changing_many
from supplier_qc.services.co_materials import record_co_materials
from supplier_qc.services.import_plan import (
    Effect,
    ImportPlan,
    PlannedRow,
    changed_fields,
    plan_import,
)
from supplier_qc.services.import_records import TABLES, Entity
from supplier_qc.services.source_records import DecisionDraft, keep_state, proposed_row

_K, _A = SheetKind, AuditAction
_ACTIONS: Mapping[SheetKind, tuple[AuditAction, AuditAction]] = {
    _K.VENDORS: (_A.ORGANISATION_ADDED, _A.ORGANISATION_CHANGED),
    _K.SITES: (_A.SITE_ADDED, _A.SITE_CHANGED),
    _K.MATERIALS: (_A.MATERIAL_ADDED, _A.MATERIAL_CHANGED),
    _K.ITEMS: (_A.ITEM_ADDED, _A.ITEM_CHANGED),
    _K.DISTRIBUTOR_NUMBERS: (_A.SKU_ADDED, _A.SKU_CHANGED),
    _K.SOURCES: (_A.QUALIFICATION_PROPOSED, _A.QUALIFICATION_PROPOSED),
    _K.EVIDENCE: (_A.EVIDENCE_ADDED, _A.EVIDENCE_CHANGED),
}
"""What a new and a changed row is in the audit trail. A source is proposed and nothing else."""

_BATCH = 500
_PULLS_IN = frozenset({Preparation.LYSATE_NOT_DEPLETED, Preparation.LYSATE_NOT_STATED})


@dataclass(frozen=True, slots=True)
class Preview:
    """What the file would do. `evidence` says how a CSV file was read."""

    sha256: str
    plan: ImportPlan
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportStep:
    """Progress: `done` of `total` rows; `run_id` with the last step, once all is saved."""

    done: int
    total: int
    run_id: int | None = None


def preview_import(
    sessions: sessionmaker[Session], content: bytes, filename: str, *, today: date
) -> Preview:
    """Read the file and compare it with what is on file; nothing is changed."""
    sheets, evidence, notes = _read(content, filename)
    with reading(sessions) as session:
        plan = plan_import(session, sheets, today)
    plan = ImportPlan(plan.rows, plan.errors, (*notes, *plan.notes))
    return Preview(hashlib.sha256(content).hexdigest(), plan, evidence)


def apply_import(
    sessions: sessionmaker[Session],
    content: bytes,
    filename: str,
    *,
    actor: Actor,
    now: datetime,
) -> Generator[ImportStep, None, None]:
    """Plan again and carry everything out; stopping half-way through undoes all of it.

    Raises Refused where the file has an error or does nothing.
    """
    if not actor.may(Permission.EDIT_CATALOGUE):
        raise NotPermitted("You may look at an import, and not carry it out.")
    sheets, _, _ = _read(content, filename)
    sha256 = hashlib.sha256(content).hexdigest()
    name = shown_filename(filename)
    reason = f"Import of {name}, SHA-256 {sha256[:16]}…"
    with changing_many(sessions, actor=actor, now=now, reason=reason) as batch:
        plan = plan_import(batch.session, sheets, now.date())
        Refused.unless_empty(_reasons(plan))
        rows = [row for row in plan.rows if row.effect is not Effect.SAME]
        yield ImportStep(0, len(rows))
        for done in _carry_out(batch, rows):
            yield ImportStep(done, len(rows))
        run = ImportRun(
            at=now,
            person_id=actor.person_id,
            filename=name,
            sha256=sha256,
            size_bytes=len(content),
            counts=plan.counts,
        )
        batch.session.add(run)
        batch.session.flush()  # the number is the audit entry's subject
        batch.about(AuditAction.IMPORT_APPLIED, run, name)
    yield ImportStep(len(rows), len(rows), run.id)


def _read(
    content: bytes, filename: str
) -> tuple[list[ReadSheet], tuple[str, ...], tuple[str, ...]]:
    raw_sheets, evidence = read_spreadsheets(content, filename)
    known = [(raw, sheet) for raw in raw_sheets if (sheet := sheet_of(raw)) is not None]
    unread = [raw.title for raw in raw_sheets if sheet_of(raw) is None]
    if not known:
        raise Refused("No sheet of the file is one that can be imported. Begin with the template.")
    kinds = [sheet.kind for _, sheet in known]
    twice = sorted({sheet.title for _, sheet in known if kinds.count(sheet.kind) > 1})
    Refused.unless_empty(f"The sheet {title} is there more than once." for title in twice)
    notes = tuple(f"The sheet {title} was not read." for title in unread)
    return [read_sheet(raw, sheet) for raw, sheet in known], evidence, notes


def _reasons(plan: ImportPlan) -> Iterator[str]:
    if plan.errors:
        yield f"{len(plan.errors)} errors stand in the way; nothing was imported."
        for error in plan.errors[:20]:
            yield f"{error.sheet}, row {error.row}: {error.reason}"
    elif not plan.does_something:
        yield "Every row stands on file as it is in the file; there is nothing to import."


def _carry_out(batch: AuditedBatch, rows: list[PlannedRow]) -> Iterator[int]:
    """Sheet by sheet, since a row may name rows of the sheets before it."""
    for done, row in enumerate(rows, start=1):
        is_last_of_sheet = done == len(rows) or rows[done].sheet is not row.sheet
        _carry_out_row(batch, row)
        if is_last_of_sheet or done % _BATCH == 0:
            _settle(batch, rows[_batch_start(rows, done) : done])
            yield done


def _batch_start(rows: list[PlannedRow], done: int) -> int:
    start = done - 1
    while start % _BATCH and rows[start - 1].sheet is rows[done - 1].sheet:
        start -= 1
    return start


def _carry_out_row(batch: AuditedBatch, row: PlannedRow) -> None:
    entity = row.entity
    if entity.record is None:
        entity.record = _new_record(batch, row)
        batch.session.add(entity.record)
    else:
        fields = list(changed_fields(row.sheet, entity))
        _set(entity.record, {column.field: value for column, value in fields})
    before, after = _ACTIONS[row.sheet.kind]
    batch.about(before if row.effect is Effect.NEW else after, entity.record, row.label)


def _new_record(batch: AuditedBatch, row: PlannedRow) -> Any:
    record = TABLES[row.sheet.kind]()
    _set(record, row.entity.values)
    if row.sheet.kind is SheetKind.SOURCES:
        record.status = QualificationStatus.PROPOSED
        record.proposed_by_id, record.proposed_at = batch.actor.person_id, batch.now
    return record


def _set(record: Any, values: Mapping[str, Any]) -> None:
    for field, value in values.items():
        if field == "own_number":
            continue
        if field == "roles":
            held = {one.role for one in record.roles}
            record.roles += [OrganisationRoleHeld(role=role) for role in sorted(value - held)]
            record.version = (record.version or 0) + 1 if record.id else record.version
        elif isinstance(value, Entity):
            setattr(record, field, value.record.id)
        else:
            setattr(record, field, value)


def _settle(batch: AuditedBatch, rows: list[PlannedRow]) -> None:
    """Number the records, then what hangs on their numbers, then their entries."""
    batch.session.flush()  # what follows needs the records' numbers
    for row in rows:
        record = row.entity.record
        if row.own_number is not None:
            own = OwnNumber(
                subject_type=record.__tablename__, subject_id=record.id, number=row.own_number
            )
            batch.session.add(own)
        after = _AFTERWARDS.get(row.sheet.kind)
        if after is not None:
            after(batch, record)
    batch.settle()


def _record_co_materials(batch: AuditedBatch, item: Any) -> None:
    if item.preparation in _PULLS_IN:
        record_co_materials(batch.change(AuditAction.ITEM_CHANGED), item)


def _keep_proposal(batch: AuditedBatch, qualification: Any) -> None:
    change = batch.change(AuditAction.QUALIFICATION_PROPOSED)
    text = qualification.justification
    draft = DecisionDraft(QualificationStatus.APPROVED, text, DecisionKind.INITIAL)
    batch.session.add(proposed_row(change, qualification, draft, text))
    keep_state(change, qualification)


_AFTERWARDS: Mapping[SheetKind, Callable[[AuditedBatch, Any], None]] = {
    SheetKind.ITEMS: _record_co_materials,
    SheetKind.SOURCES: _keep_proposal,
}
