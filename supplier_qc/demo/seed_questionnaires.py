"""Questionnaires of the story: one reviewed a year ago, its successor to review, two awaited."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.domain.catalogue import EvidenceResult
from supplier_qc.queries.questionnaire_rounds import get_round_page
from supplier_qc.queries.questionnaires import list_versions
from supplier_qc.services.questionnaire_answers import TypedAnswer, enter_answers
from supplier_qc.services.questionnaire_rounds import (
    Review,
    RoundDraft,
    hand_over_round,
    review_round,
    send_questionnaire,
)

_LYSATE_LAST_YEAR = {
    "HB-01": "DK; DE",
    "HB-02": "yes",
    "HB-04": "voluntary and unpaid",
    "HB-05": "yes",
    "HB-06": "Danish and German law on blood, in the editions of that year",
    "HB-07": "by history of disease, treatment or grafts",
    "HB-08": "platelets from buffy coats",
    "HB-09": "yes",
    "HB-10": "6",
    "HB-11": "yes",
    "HB-12": "single donations",
    "HB-14": "HTLV of first donations, hepatitis E virus",
    "HB-15": "240",
    "HB-16": "180",
    "HB-17": "none",
    "HB-19": "not removed",
    "HB-20": "Heparin, porcine",
    "HB-21": "yes",
    "HB-22": "yes",
    "HB-23": "30",
    "HB-24": "yes",
    "HB-25": "3",
    "HB-27": "yes",
    "HB-28": "Heparin of porcine mucosa, added to the pool",
}
"""Human blood origin, as the maker of the lysate answered it; nothing of it is real."""

_LYSATE_NOW = _LYSATE_LAST_YEAR | {"HB-01": "DK; DE; PL", "HB-15": "320", "HB-25": "not known"}
_SYSTEM_SO_FAR = {
    "QS-01": "Quellmoor plant 1 makes and tests, plant 2 stores",
    "QS-02": "ISO 13485",
    "QS-04": "yes",
}


@dataclass(frozen=True, slots=True)
class _Round:
    """Sent so many days before today; `is_reviewed` where QA has signed a result."""

    key: str
    vendor: str
    item: str | None
    sent_days_ago: int
    due_days: int
    answers: Mapping[str, str]
    is_handed_over: bool = False
    is_reviewed: bool = False

    def sent_on(self, today: date) -> date:
        return today - timedelta(days=self.sent_days_ago)


_ROUNDS = (
    _Round(
        "human_blood_origin",
        "larkfen",
        "lysate",
        390,
        30,
        _LYSATE_LAST_YEAR,
        is_handed_over=True,
        is_reviewed=True,
    ),
    _Round("human_blood_origin", "larkfen", "lysate", 25, 30, _LYSATE_NOW, is_handed_over=True),
    _Round("animal_origin", "emberwattle", "serum", 40, 30, {}),
    _Round("quality_system", "quellmoor", None, 12, 30, _SYSTEM_SO_FAR),
)


def events(seeding: Seeding) -> Iterator[Event]:
    for one in _ROUNDS:
        yield Event(one.sent_on(seeding.today), partial(_send, seeding, one), hour=15)


def _send(seeding: Seeding, one: _Round, now: datetime) -> None:
    """Ana sends and types, Ben reviews; what came within the weeks after is told at once."""
    with seeding.installation.reading() as session:
        (version_id,) = (
            row.id
            for row in list_versions(session, now.date())
            if row.is_in_force and row.questionnaire.key == one.key
        )
    round_id = send_questionnaire(
        seeding.sessions,
        seeding.organisations[one.vendor],
        RoundDraft(
            version_id,
            now.date(),
            now.date() + timedelta(days=one.due_days),
            item_id=seeding.items[one.item] if one.item else None,
            sent_to="Quality department, by mail",
        ),
        actor=seeding.actor("ana"),
        now=now,
    )
    if one.answers:
        _answer(seeding, one, round_id, now)
    if one.is_reviewed:
        _review(seeding, round_id, now)


def _answer(seeding: Seeding, one: _Round, round_id: int, now: datetime) -> None:
    enter_answers(
        seeding.sessions,
        round_id,
        {key: TypedAnswer(text) for key, text in one.answers.items()},
        version=_version(seeding, round_id, now),
        actor=seeding.actor("ana"),
        now=now,
    )
    if one.is_handed_over:
        hand_over_round(
            seeding.sessions,
            round_id,
            now.date(),
            version=_version(seeding, round_id, now),
            actor=seeding.actor("ana"),
            now=now,
        )


def _review(seeding: Seeding, round_id: int, now: datetime) -> None:
    review = Review(
        EvidenceResult.WITH_FINDINGS,
        "Accepted for early phases: no pathogen reduction, large pool. Papers are asked for.",
        _version(seeding, round_id, now),
        seeding.password("ben"),
    )
    review_round(seeding.sessions, round_id, review, actor=seeding.actor("ben"), now=now)


def _version(seeding: Seeding, round_id: int, now: datetime) -> int:
    with seeding.installation.reading() as session:
        page = get_round_page(session, round_id, now.date())
    if page is None:
        raise LookupError(f"Round {round_id} of the story is not on file.")
    return page.row.version
