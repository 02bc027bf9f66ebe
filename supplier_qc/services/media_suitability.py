"""Records of tests of media and supplements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import one_line, optional_paragraphs, text_problems
from supplier_qc.domain.media_suitability import (
    CultureProcess,
    SuitabilityResult,
    TissueSource,
)
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.tables import Evidence, ManufacturerItem, MediaSuitability
from supplier_qc.services.materials import item_label
from supplier_qc.services.transaction import Change, changing, check_version


@dataclass(frozen=True, slots=True)
class SuitabilityDraft:
    """`report` is the number or name of the report; `evidence_id` the paper where it is on file."""

    tissue: TissueSource
    process: CultureProcess
    result: SuitabilityResult
    tested_on: date
    report: str
    evidence_id: int | None = None
    note: str | None = None


def add_suitability(
    sessions: sessionmaker[Session],
    item_id: int,
    draft: SuitabilityDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    with changing(sessions, AuditAction.SUITABILITY_ADDED, actor=actor, now=now) as change:
        record = MediaSuitability(item=change.get(ManufacturerItem, item_id, "Item"))
        with change.session.no_autoflush:
            _fill(change, record, draft)
        change.session.add(record)
        change.session.flush()  # the number is the audit entry's subject
        change.about(record, _label(record))
        return record.id


def change_suitability(
    sessions: sessionmaker[Session],
    suitability_id: int,
    draft: SuitabilityDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    action = AuditAction.SUITABILITY_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        record = change.get(MediaSuitability, suitability_id, "Test of suitability")
        check_version(record, version)
        _fill(change, record, draft)
        change.about(record, _label(record))


def _fill(change: Change, record: MediaSuitability, draft: SuitabilityDraft) -> None:
    Refused.unless_empty(_problems(change, record.item, draft))
    record.tissue, record.process, record.result = draft.tissue, draft.process, draft.result
    record.tested_on, record.report = draft.tested_on, one_line(draft.report)
    record.evidence_id, record.note = draft.evidence_id, optional_paragraphs(draft.note)


def _problems(change: Change, item: ManufacturerItem, draft: SuitabilityDraft) -> Iterator[str]:
    yield from text_problems("The report", one_line(draft.report), longest=200, required=True)
    yield from text_problems("The note", optional_paragraphs(draft.note), longest=4_000)
    if draft.tested_on > change.now.date():
        yield f"The day of the test, {draft.tested_on.isoformat()}, is still to come."
    if draft.evidence_id is not None:
        paper = change.session.get(Evidence, draft.evidence_id)
        if paper is None or paper.organisation_id != item.site.organisation_id:
            yield "The paper is not one of the maker's."


def _label(record: MediaSuitability) -> str:
    return f"{record.report}, {item_label(record.item)}"
