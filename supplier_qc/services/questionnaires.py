"""Versions of questionnaires: a site publishes its own, and the one before stays as it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import one_line, text_problems
from supplier_qc.domain.imports.rows import RawSheet
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.questionnaires.filled import question_rows
from supplier_qc.domain.questionnaires.table import read_table, table_of
from supplier_qc.domain.refusals import NotFound, NotPermitted, Refused
from supplier_qc.extraction.spreadsheets import read_spreadsheets
from supplier_qc.persistence.tables import QuestionnaireVersion
from supplier_qc.services.transaction import Change, changing

OWN_RULE = "C"
"""Questions of the user's own are a convention of theirs, whatever they rest on."""


_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class VersionDraft:
    """`content` is a workbook with the table of questions."""

    title: str
    purpose: str
    source: str
    valid_from: date
    filename: str
    content: bytes


def publish_version(
    sessions: sessionmaker[Session],
    key: str,
    draft: VersionDraft,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Publish the next version of a questionnaire; returns its number on file.

    Rounds that were sent keep the version they were sent with. Raises Refused with every problem
    of the file by row, and of the rest.
    """
    if not actor.may(Permission.REVIEW_QUESTIONNAIRE):
        raise NotPermitted("Your roles do not include the versions of questionnaires.")
    action = AuditAction.QUESTIONNAIRE_PUBLISHED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        before = _versions(change, key)
        problems = list(_problems(before, draft, now.date()))
        questions: list[dict[str, str]] = []
        try:
            sheets = workbook_sheets(draft.content, draft.filename)
            questions = table_of(read_table(question_rows(sheets)))
        except Refused as refused:
            problems += refused.reasons
        Refused.unless_empty(problems)
        version = QuestionnaireVersion(
            key=key,
            number=before[-1].number + 1,
            title=one_line(draft.title),
            purpose=one_line(draft.purpose),
            valid_from=draft.valid_from,
            mark=OWN_RULE,
            source=one_line(draft.source),
            questions=questions,
            published_by_id=actor.person_id,
            published_at=now,
        )
        change.session.add(version)
        change.session.flush()  # the number is the audit entry's subject
        change.about(version, f"{version.title}, version {version.number}")
        return version.id


def workbook_sheets(content: bytes, filename: str) -> list[RawSheet]:
    """The sheets of a workbook; Refused for anything else, a CSV file among it."""
    if content and not content.startswith(_ZIP):
        raise Refused("Send the workbook (.xlsx) that is offered for download here.")
    return read_spreadsheets(content, filename)[0]


def _versions(change: Change, key: str) -> Sequence[QuestionnaireVersion]:
    table = QuestionnaireVersion
    found = change.session.scalars(
        select(table).where(table.key == key).order_by(table.number).with_for_update()
    ).all()
    if not found:
        raise NotFound("Questionnaire", key)
    return found


def _problems(
    before: Sequence[QuestionnaireVersion], draft: VersionDraft, today: date
) -> Iterator[str]:
    yield from text_problems("The title", one_line(draft.title), longest=120, required=True)
    yield from text_problems(
        "What it is for", one_line(draft.purpose), longest=1_000, required=True
    )
    yield from text_problems("The source", one_line(draft.source), longest=300, required=True)
    if draft.valid_from < today:
        yield f"It begins on {draft.valid_from.isoformat()}, which is past."
    latest = before[-1]
    if draft.valid_from < latest.valid_from:
        yield (
            f"Version {latest.number} begins on {latest.valid_from.isoformat()}; the next one "
            "does not begin before it."
        )
