"""One questionnaire sent to one organisation: where it stands, and what it may become."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from supplier_qc.domain.catalogue import EvidenceResult
from supplier_qc.domain.questionnaires.judging import Judgement


class RoundState(StrEnum):
    SENT = "sent"
    ANSWERED = "answered"  # and to be reviewed
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class RoundDates:
    sent_on: date
    due_on: date
    answered_on: date | None = None
    is_reviewed: bool = False
    withdrawn_on: date | None = None

    @property
    def state(self) -> RoundState:
        if self.withdrawn_on is not None:
            return RoundState.WITHDRAWN
        if self.is_reviewed:
            return RoundState.REVIEWED
        return RoundState.SENT if self.answered_on is None else RoundState.ANSWERED

    def is_overdue(self, today: date) -> bool:
        return self.state is RoundState.SENT and self.due_on < today


def sending_problems(sent_on: date, due_on: date, today: date) -> Iterator[str]:
    if sent_on > today:
        yield f"The day it was sent, {sent_on.isoformat()}, is still to come."
    if due_on <= sent_on:
        yield f"It is due on {due_on.isoformat()}, which is not after the day it was sent."


def answering_problems(
    judgement: Judgement, answered_on: date, dates: RoundDates, today: date
) -> Iterator[str]:
    """Why the answers cannot go to the review; every required question that is open is named."""
    if not dates.sent_on <= answered_on <= today:
        yield (
            f"The day of the answer, {answered_on.isoformat()}, is not between the day it was "
            f"sent, {dates.sent_on.isoformat()}, and today."
        )
    for one in judgement.missing:
        yield f"{one.question_id}: {one.reason}"


def review_problems(
    judgement: Judgement,
    result: EvidenceResult,
    reviewer_id: int | None,
    typed_by: Collection[int],
) -> Iterator[str]:
    """Why this person cannot give this result."""
    if reviewer_id in typed_by:
        yield "You typed answers of this round; another person reviews it."
    if not judgement.is_complete and result is not EvidenceResult.UNSATISFACTORY:
        named = ", ".join(one.question_id for one in judgement.missing)
        yield f"Required questions are open ({named}); the result can only be unsatisfactory."
    if result is EvidenceResult.SATISFACTORY and judgement.findings:
        count = len(judgement.findings)
        yield (
            f"{'There is 1 finding' if count == 1 else f'There are {count} findings'}; a round "
            "with findings is not satisfactory."
        )
