"""Questions of a questionnaire: kind of answer, when they are asked, which answers are findings."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from supplier_qc.domain.dated_rows import DatedRow


class AnswerKind(StrEnum):
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"  # several
    NUMBER = "number"
    DATE = "date"
    COUNTRIES = "countries"  # ISO 3166-1 alpha-2
    TEXT = "text"


class FindingLevel(StrEnum):
    """How grave an answer is, the least first."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class OriginFact(StrEnum):
    """What an answer says of the item's origin; it is compared with what is recorded."""

    ANIMAL_MATERIAL = "animal_material"
    HUMAN_MATERIAL = "human_material"
    INDIRECT_MATERIAL = "indirect_material"
    SPECIES = "species"
    ANIMAL_COUNTRIES = "animal_countries"
    STUNNING = "stunning"
    DONOR_COUNTRIES = "donor_countries"
    POOL_DONORS = "pool_donors"
    PATHOGEN_REDUCTION = "pathogen_reduction"


NOT_KNOWN, NOT_APPLICABLE = "not known", "not applicable"
"""Answers that every question may get; the second only where the question allows it."""

MANY = " | "


@dataclass(frozen=True, slots=True)
class Condition:
    """True of an answer that is one of `values`, or of a number below or above a bound.

    Bounds are exclusive and in the unit of the question.
    """

    values: frozenset[str] = frozenset()
    below: Decimal | None = None
    above: Decimal | None = None

    def holds(self, words: Collection[str]) -> bool:
        """Of several words of one answer, one that fits is enough."""
        if any(word in self.values for word in words):
            return True
        return any(self._is_out(word) for word in words)

    def _is_out(self, word: str) -> bool:
        if self.below is None and self.above is None:
            return False
        try:
            number = Decimal(word)
        except InvalidOperation:
            return False
        is_below = self.below is not None and number < self.below
        return is_below or (self.above is not None and number > self.above)

    @property
    def words(self) -> str:
        parts = [MANY.join(sorted(self.values))] if self.values else []
        if self.below is not None:
            parts.append(f"< {self.below:f}")
        if self.above is not None:
            parts.append(f"> {self.above:f}")
        return MANY.join(parts)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The question is asked where the answer to another one meets the condition."""

    question_id: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class FindingRule:
    """An answer that meets the condition is a finding of this level; `text` is a sentence."""

    condition: Condition
    level: FindingLevel
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """`why` says what the answer is needed for; `unit` belongs to a number."""

    id: str
    section: str
    text: str
    why: str
    kind: AnswerKind
    is_required: bool = True
    may_be_not_applicable: bool = False
    asks_evidence: bool = False
    unit: str | None = None
    choices: tuple[str, ...] = ()
    follows: FollowUp | None = None
    finding: FindingRule | None = None
    fact: OriginFact | None = None

    @property
    def level(self) -> FindingLevel:
        """How grave it is not to know the answer."""
        return self.finding.level if self.finding else FindingLevel.MINOR


@dataclass(frozen=True, slots=True)
class Questionnaire(DatedRow):
    """One version; superseded by one with a higher number, never edited.

    `key` is the same for all versions. `mark` is V, V2, K or C.
    """

    key: str
    number: int
    title: str
    purpose: str
    valid_from: date
    mark: str
    source: str
    questions: tuple[Question, ...]
    valid_to: date | None = None

    @property
    def name(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def sections(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(question.section for question in self.questions))

    def of_section(self, section: str) -> tuple[Question, ...]:
        return tuple(one for one in self.questions if one.section == section)

    def question(self, question_id: str) -> Question | None:
        return next((one for one in self.questions if one.id == question_id), None)


MOST_QUESTIONS = 200


def questionnaire_problems(questions: Sequence[Question]) -> Iterator[str]:
    """Every reason why these questions cannot be sent to anybody."""
    if not questions:
        yield "There is no question."
    if len(questions) > MOST_QUESTIONS:
        yield f"There are {len(questions)} questions; at most {MOST_QUESTIONS} are kept."
    earlier: dict[str, Question] = {}
    for question in questions:
        if question.id in earlier:
            yield f"{question.id}: two questions have this number."
        yield from _shape_problems(question)
        yield from _follow_problems(question, earlier)
        earlier[question.id] = question


def _shape_problems(question: Question) -> Iterator[str]:
    chosen = question.kind in {AnswerKind.CHOICE, AnswerKind.CHOICES}
    if chosen and len(set(question.choices)) < len(("one", "other")):
        yield f"{question.id}: a choice needs at least two different answers."
    if not chosen and question.choices:
        yield f"{question.id}: only a choice has answers to choose from."
    if question.unit and question.kind is not AnswerKind.NUMBER:
        yield f"{question.id}: only a number has a unit."
    if question.kind is AnswerKind.NUMBER and not question.unit:
        yield f"{question.id}: a number needs its unit."
    if question.finding is not None:
        what = f"{question.id}: the finding"
        yield from _condition_problems(what, question.finding.condition, question)


def _follow_problems(question: Question, earlier: dict[str, Question]) -> Iterator[str]:
    if question.follows is None:
        return
    parent = earlier.get(question.follows.question_id)
    if parent is None:
        yield f"{question.id}: it follows {question.follows.question_id}, which is not before it."
        return
    if parent.section != question.section:
        yield f"{question.id}: it follows {parent.id}, which is in another section."
    what = f"{question.id}: that it follows {parent.id}"
    yield from _condition_problems(what, question.follows.condition, parent)


def _condition_problems(what: str, condition: Condition, question: Question) -> Iterator[str]:
    bounded = condition.below is not None or condition.above is not None
    if not condition.values and not bounded:
        yield f"{what} names no answer."
    if bounded and question.kind is not AnswerKind.NUMBER:
        yield f"{what} compares with a number, and {question.id} asks for none."
    possible = possible_words(question)
    if possible is not None:
        for value in sorted(condition.values - possible):
            yield f"{what} names “{value}”, which {question.id} cannot be answered with."


def possible_words(question: Question) -> frozenset[str] | None:
    """The words a closed question can be answered with; None where any text may stand."""
    further = {NOT_KNOWN} | ({NOT_APPLICABLE} if question.may_be_not_applicable else set())
    if question.kind is AnswerKind.YES_NO:
        return frozenset({"yes", "no"} | further)
    if question.kind in {AnswerKind.CHOICE, AnswerKind.CHOICES}:
        return frozenset({*question.choices, *further})
    return None
