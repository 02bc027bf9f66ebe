"""What the answers amount to: what is still open, what is a finding, and the result proposed.

An answer that is missing or not known is never good, and neither is one whose paper is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from supplier_qc.domain.catalogue import EvidenceResult
from supplier_qc.domain.questionnaires.answers import Answer, Answers, AnswerState
from supplier_qc.domain.questionnaires.questions import (
    NOT_KNOWN,
    FindingLevel,
    Question,
    Questionnaire,
)


class FindingKind(StrEnum):
    """Why something is a finding; the values are rule ids of docs/rules.md."""

    NOT_KNOWN = "Y-02"
    NAMED_ANSWER = "Y-03"
    NO_EVIDENCE = "Y-04"


@dataclass(frozen=True, slots=True)
class Finding:
    question_id: str
    kind: FindingKind
    level: FindingLevel
    text: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    question_id: str
    is_required: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """`asked` are the ids of the questions that these answers call for, in their order.

    `proposed` is None while a required question is open: what is not complete has no result.
    """

    asked: tuple[str, ...]
    open_questions: tuple[OpenQuestion, ...]
    findings: tuple[Finding, ...]

    @property
    def missing(self) -> tuple[OpenQuestion, ...]:
        return tuple(one for one in self.open_questions if one.is_required)

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def gravest_first(self) -> tuple[Finding, ...]:
        order = list(FindingLevel)
        return tuple(sorted(self.findings, key=lambda one: -order.index(one.level)))

    @property
    def answered(self) -> int:
        return len(self.asked) - len(self.open_questions)

    @property
    def proposed(self) -> EvidenceResult | None:
        if not self.is_complete:
            return None
        if any(one.level is FindingLevel.CRITICAL for one in self.findings):
            return EvidenceResult.UNSATISFACTORY
        return EvidenceResult.WITH_FINDINGS if self.findings else EvidenceResult.SATISFACTORY


def judge(questionnaire: Questionnaire, answers: Answers) -> Judgement:
    asked = asked_questions(questionnaire, answers)
    return Judgement(
        tuple(question.id for question in asked),
        tuple(one for question in asked for one in _open(question, answers.get(question.id))),
        tuple(one for question in asked for one in _findings(question, answers.get(question.id))),
    )


def asked_questions(questionnaire: Questionnaire, answers: Answers) -> tuple[Question, ...]:
    """The questions without condition, and those that an asked one's answer calls for.

    An answer that is not known calls for every follow-up: the worst is assumed.
    """
    asked: dict[str, Question] = {}
    for question in questionnaire.questions:
        follows = question.follows
        if follows is not None:
            answer = answers.get(follows.question_id)
            if follows.question_id not in asked or answer is None:
                continue
            if NOT_KNOWN not in answer.parts and not follows.condition.holds(answer.parts):
                continue
        asked[question.id] = question
    return tuple(asked.values())


def _open(question: Question, answer: Answer | None) -> Iterator[OpenQuestion]:
    if answer is None:
        reason = "It has no answer."
        yield OpenQuestion(question.id, question.is_required, reason)
    elif answer.state is AnswerState.NOT_APPLICABLE and not answer.remark:
        yield OpenQuestion(
            question.id, question.is_required, "It is not said why it does not apply."
        )


def _findings(question: Question, answer: Answer | None) -> Iterator[Finding]:
    if answer is None:
        return
    if answer.state is AnswerState.NOT_KNOWN:
        text = "The supplier does not know, or did not say."
        yield Finding(question.id, FindingKind.NOT_KNOWN, question.level, text)
    elif question.finding is not None and question.finding.condition.holds(answer.parts):
        rule = question.finding
        yield Finding(question.id, FindingKind.NAMED_ANSWER, rule.level, rule.text)
    elif question.asks_evidence and _claims_something(answer) and not answer.has_evidence:
        text = "The answer rests on no paper on file."
        yield Finding(question.id, FindingKind.NO_EVIDENCE, FindingLevel.MINOR, text)


def _claims_something(answer: Answer) -> bool:
    return answer.state is AnswerState.ANSWERED and answer.value != "no"
