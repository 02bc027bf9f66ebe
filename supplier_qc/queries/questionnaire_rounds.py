"""Rounds of questionnaires: the list, one with its answers and judgement, and the one before."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from supplier_qc.domain.catalogue import EvidenceResult
from supplier_qc.domain.questionnaires.answers import Answer, Answers
from supplier_qc.domain.questionnaires.comparison import AnswerDifference, compare_rounds
from supplier_qc.domain.questionnaires.judging import Judgement, judge
from supplier_qc.domain.questionnaires.origin_notes import OriginNote, origin_notes
from supplier_qc.domain.questionnaires.questions import Questionnaire
from supplier_qc.domain.questionnaires.rounds import RoundDates, RoundState
from supplier_qc.persistence.tables import (
    Document,
    ManufacturerItem,
    Organisation,
    Person,
    QuestionnaireAnswer,
    QuestionnaireRound,
    QuestionnaireVersion,
    Site,
)
from supplier_qc.queries.origin_facts import facts_of, stored_components
from supplier_qc.queries.paging import Page, page_of
from supplier_qc.queries.questionnaires import questionnaire_of

ROWS = 100

_ROUND = QuestionnaireRound
_IS_STATE: dict[RoundState, ColumnElement[bool]] = {
    RoundState.SENT: _ROUND.answered_on.is_(None) & _ROUND.withdrawn_on.is_(None),
    RoundState.ANSWERED: _ROUND.answered_on.is_not(None)
    & _ROUND.result.is_(None)
    & _ROUND.withdrawn_on.is_(None),
    RoundState.REVIEWED: _ROUND.result.is_not(None),
    RoundState.WITHDRAWN: _ROUND.withdrawn_on.is_not(None),
}


@dataclass(frozen=True, slots=True)
class RoundRow:
    """`days_left` counts to the due day while the answers are awaited, else it is None."""

    id: int
    version: int
    vendor_id: int
    vendor: str
    questionnaire_id: int
    questionnaire: str
    scope: str
    item_id: int | None
    site_id: int | None
    dates: RoundDates
    result: EvidenceResult | None
    days_left: int | None

    @property
    def state(self) -> RoundState:
        return self.dates.state

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer with the title of its paper and who typed it."""

    answer: Answer
    evidence_title: str | None
    entered_by_id: int
    entered_by: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class RoundPage:
    """One round. `previous_id` is the vendor's round before of the same questionnaire and scope."""

    row: RoundRow
    questionnaire: Questionnaire
    answers: dict[str, AnswerRow]
    judgement: Judgement
    sent_to: str | None
    sent_by: str
    answered_by: str | None
    conclusion: str | None
    reviewed_by: str | None
    reviewed_at: datetime | None
    evidence_id: int | None
    filename: str | None
    typed_by: frozenset[int]
    previous_id: int | None

    @property
    def given(self) -> Answers:
        return {key: one.answer for key, one in self.answers.items()}


def list_rounds(
    session: Session,
    today: date,
    *,
    state: RoundState | None = None,
    organisation_id: int | None = None,
    only_open: bool = False,
    page: int = 1,
) -> Page[RoundRow]:
    """Awaited ones first, by their due day, then those to review; two SQL statements."""
    order = case((_IS_STATE[RoundState.SENT], 0), (_IS_STATE[RoundState.ANSWERED], 1), else_=2)
    chosen = _listed().order_by(order, _ROUND.due_on, _ROUND.id.desc())
    if state is not None:
        chosen = chosen.where(_IS_STATE[state])
    if only_open:
        chosen = chosen.where(_ROUND.result.is_(None), _ROUND.withdrawn_on.is_(None))
    if organisation_id is not None:
        chosen = chosen.where(_ROUND.organisation_id == organisation_id)
    return page_of(session, chosen, lambda found: _row(found, today), page, ROWS)


def list_awaited_rounds(session: Session, today: date) -> list[RoundRow]:
    """Sent and neither answered nor withdrawn; one SQL statement."""
    chosen = _listed().where(_IS_STATE[RoundState.SENT]).order_by(_ROUND.due_on, _ROUND.id)
    return [_row(found, today) for found in session.execute(chosen)]


def get_round_page(session: Session, round_id: int, today: date) -> RoundPage | None:
    """A constant number of SQL statements."""
    found = session.execute(_listed().where(_ROUND.id == round_id)).first()
    record = _loaded_round(session, round_id)
    if found is None or record is None:
        return None
    names = _names(session, record)
    questionnaire = questionnaire_of(record.questionnaire)
    return RoundPage(
        row=_row(found, today),
        questionnaire=questionnaire,
        answers={one.question_id: _answer_row(one, names) for one in record.answers},
        judgement=judge(questionnaire, answers_of(record)),
        sent_to=record.sent_to,
        sent_by=names[record.sent_by_id],
        answered_by=names.get(record.answered_by_id or 0),
        conclusion=record.conclusion,
        reviewed_by=names.get(record.reviewed_by_id or 0),
        reviewed_at=record.reviewed_at,
        evidence_id=record.evidence_id,
        filename=record.document.filename if record.document else None,
        typed_by=frozenset({one.entered_by_id for one in record.answers}),
        previous_id=_previous_id(session, record),
    )


def compare_with_previous(session: Session, page: RoundPage) -> tuple[AnswerDifference, ...] | None:
    """By question, what changed since the round before; None where there is none."""
    if page.previous_id is None:
        return None
    record = _loaded_round(session, page.previous_id)
    if record is None:
        return None
    before = (questionnaire_of(record.questionnaire), answers_of(record))
    return compare_rounds(before, (page.questionnaire, page.given))


def origin_notes_of_round(session: Session, page: RoundPage) -> tuple[OriginNote, ...]:
    """Where answers about one item contradict what is recorded of its origin."""
    item_id = page.row.item_id
    if item_id is None:
        return ()
    recorded = facts_of(stored_components(session, [item_id]).get(item_id, ()))
    return origin_notes(page.questionnaire, page.given, recorded)


def filled_document(session: Session, round_id: int) -> Document | None:
    return session.scalar(
        select(Document)
        .join(_ROUND, _ROUND.document_id == Document.id)
        .where(_ROUND.id == round_id)
    )


def answers_of(record: QuestionnaireRound) -> dict[str, Answer]:
    """The answers as the rules take them."""
    return {one.question_id: _answer(one) for one in record.answers}


def dates_of(record: QuestionnaireRound) -> RoundDates:
    return RoundDates(
        record.sent_on,
        record.due_on,
        record.answered_on,
        record.result is not None,
        record.withdrawn_on,
    )


def _loaded_round(session: Session, round_id: int) -> QuestionnaireRound | None:
    return session.scalar(
        select(_ROUND)
        .where(_ROUND.id == round_id)
        .options(
            joinedload(_ROUND.questionnaire),
            joinedload(_ROUND.document),
            selectinload(_ROUND.answers).joinedload(QuestionnaireAnswer.evidence),
        )
    )


def _listed() -> Select[*tuple[Any, ...]]:
    return (
        select(
            _ROUND,
            Organisation.name,
            QuestionnaireVersion.title,
            QuestionnaireVersion.number,
            ManufacturerItem.name,
            ManufacturerItem.catalogue_number,
            Site.name,
        )
        .join(Organisation, Organisation.id == _ROUND.organisation_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == _ROUND.questionnaire_id)
        .outerjoin(ManufacturerItem, ManufacturerItem.id == _ROUND.item_id)
        .outerjoin(Site, Site.id == _ROUND.site_id)
    )


def _row(found: Any, today: date) -> RoundRow:
    record, vendor, title, number, item, catalogue_number, site = found
    dates = dates_of(record)
    of_item = f"{item} ({catalogue_number})" if item else None
    return RoundRow(
        id=record.id,
        version=record.version,
        vendor_id=record.organisation_id,
        vendor=vendor,
        questionnaire_id=record.questionnaire_id,
        questionnaire=f"{title}, version {number}",
        scope=of_item or site or "the whole vendor",
        item_id=record.item_id,
        site_id=record.site_id,
        dates=dates,
        result=record.result,
        days_left=(record.due_on - today).days if dates.state is RoundState.SENT else None,
    )


def _answer(record: QuestionnaireAnswer) -> Answer:
    return Answer(
        record.state, record.value, record.remark, record.evidence_id, record.evidence_name
    )


def _answer_row(record: QuestionnaireAnswer, names: dict[int, str]) -> AnswerRow:
    return AnswerRow(
        _answer(record),
        record.evidence.title if record.evidence else None,
        record.entered_by_id,
        names[record.entered_by_id],
        record.entered_at,
    )


def _names(session: Session, record: QuestionnaireRound) -> dict[int, str]:
    people = {
        record.sent_by_id,
        record.answered_by_id,
        record.reviewed_by_id,
        *(one.entered_by_id for one in record.answers),
    }
    found = session.execute(
        select(Person.id, Person.full_name).where(Person.id.in_(people - {None}))
    )
    return {number: name for number, name in found}  # noqa: C416 -- rows, not pairs


def _previous_id(session: Session, record: QuestionnaireRound) -> int | None:
    version = aliased(QuestionnaireVersion)
    return session.scalar(
        select(_ROUND.id)
        .join(version, version.id == _ROUND.questionnaire_id)
        .where(
            version.key == record.questionnaire.key,
            _ROUND.organisation_id == record.organisation_id,
            _ROUND.item_id.is_not_distinct_from(record.item_id),
            _ROUND.site_id.is_not_distinct_from(record.site_id),
            _ROUND.answered_on.is_not(None),
            _ROUND.withdrawn_on.is_(None),
            _ROUND.id < record.id,
        )
        .order_by(_ROUND.id.desc())
        .limit(1)
    )
