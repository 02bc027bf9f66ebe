"""Versions of questionnaires as they are on file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supplier_qc.domain.questionnaires.questions import Questionnaire
from supplier_qc.domain.questionnaires.table import read_table
from supplier_qc.persistence.tables import Person, QuestionnaireRound, QuestionnaireVersion


@dataclass(frozen=True, slots=True)
class VersionRow:
    """`published_by` is None for a version that came with the product."""

    id: int
    questionnaire: Questionnaire
    is_in_force: bool
    is_to_come: bool
    published_by: str | None
    published_at: datetime | None
    rounds: int


def questionnaire_of(record: QuestionnaireVersion) -> Questionnaire:
    """The version as the rules take it."""
    return Questionnaire(
        key=record.key,
        number=record.number,
        title=record.title,
        purpose=record.purpose,
        valid_from=record.valid_from,
        mark=record.mark,
        source=record.source,
        questions=read_table(list(enumerate(record.questions, start=2))),
    )


def list_versions(session: Session, today: date) -> list[VersionRow]:
    """Every version, by title and the newest first; three SQL statements."""
    in_force = set(versions_in_force(session, today))
    counted = session.execute(
        select(QuestionnaireRound.questionnaire_id, func.count()).group_by(
            QuestionnaireRound.questionnaire_id
        )
    )
    rounds = {number: count for number, count in counted}  # noqa: C416 -- rows, not pairs
    return list(_rows(session, in_force, rounds, today))


def get_version(session: Session, version_id: int, today: date) -> VersionRow | None:
    return next((one for one in list_versions(session, today) if one.id == version_id), None)


def versions_in_force(session: Session, today: date) -> Mapping[int, str]:
    """Number and name of the version of each questionnaire that is sent today, by title."""
    found = session.execute(
        select(
            QuestionnaireVersion.id,
            QuestionnaireVersion.key,
            QuestionnaireVersion.number,
            QuestionnaireVersion.title,
        )
        .where(QuestionnaireVersion.valid_from <= today)
        .order_by(QuestionnaireVersion.title, QuestionnaireVersion.number)
    )
    newest = {key: (number, title, version) for number, key, version, title in found}
    return {number: f"{title}, version {version}" for number, title, version in newest.values()}


def _rows(
    session: Session, in_force: set[int], rounds: Mapping[int, int], today: date
) -> Iterator[VersionRow]:
    found = session.execute(
        select(QuestionnaireVersion, Person.full_name)
        .outerjoin(Person, Person.id == QuestionnaireVersion.published_by_id)
        .order_by(QuestionnaireVersion.title, QuestionnaireVersion.number.desc())
    )
    for record, publisher in found:
        yield VersionRow(
            record.id,
            questionnaire_of(record),
            is_in_force=record.id in in_force,
            is_to_come=record.valid_from > today,
            published_by=publisher,
            published_at=record.published_at,
            rounds=rounds.get(record.id, 0),
        )
