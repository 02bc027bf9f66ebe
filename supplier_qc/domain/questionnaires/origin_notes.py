"""Where answers say something else of an item's origin than is recorded; notes for a reader.

Nothing is changed by them: which of the two is right a person finds out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.vocabulary import IndirectOrigin, SourceClass, words
from supplier_qc.domain.questionnaires.answers import Answer, Answers, AnswerState, shown_value
from supplier_qc.domain.questionnaires.judging import asked_questions
from supplier_qc.domain.questionnaires.questions import OriginFact, Question, Questionnaire


@dataclass(frozen=True, slots=True)
class OriginNote:
    question_id: str
    text: str


def origin_notes(
    questionnaire: Questionnaire, answers: Answers, recorded: Sequence[OriginComponent]
) -> tuple[OriginNote, ...]:
    """One note for each answer that a recorded component contradicts.

    Empty where nothing is recorded, or nothing of that kind: a gap contradicts nobody.
    """
    components = tuple(_with_all_beneath(recorded))
    return tuple(
        OriginNote(question.id, f"The answer is “{shown_value(question, answer)}”; {found}.")
        for question in asked_questions(questionnaire, answers)
        if question.fact is not None
        and (answer := answers.get(question.id)) is not None
        and answer.state is AnswerState.ANSWERED
        and (found := _CHECKS[question.fact](question, answer, components))
    )


def _with_all_beneath(components: Sequence[OriginComponent]) -> Iterator[OriginComponent]:
    for component in components:
        yield component
        yield from _with_all_beneath(component.components)


Components = tuple[OriginComponent, ...]
Check = Callable[[Question, Answer, Components], str | None]


def _material_of(source: SourceClass) -> Check:
    def check(_question: Question, answer: Answer, components: Components) -> str | None:
        named = [one.name for one in components if one.source is source]
        if answer.value == "no" and named:
            return f"recorded as of {source.value} origin: {', '.join(named)}"
        known = components and all(one.source is not SourceClass.UNANSWERED for one in components)
        if answer.value == "yes" and known and not named:
            return f"no recorded component is of {source.value} origin"
        return None

    return check


def _indirect(_question: Question, answer: Answer, components: Components) -> str | None:
    contrary = IndirectOrigin.SOME if answer.value == "no" else IndirectOrigin.NONE_WITH_EVIDENCE
    named = [one.name for one in components if one.indirect_origin is contrary]
    if not named:
        return None
    said = "some" if contrary is IndirectOrigin.SOME else "none, with evidence"
    return f"indirect origin is recorded as {said} for {', '.join(named)}"


def _species(_question: Question, answer: Answer, components: Components) -> str | None:
    return _sets(answer, {words(one.species) for one in components if one.species is not None})


def _animal_countries(_question: Question, answer: Answer, components: Components) -> str | None:
    places = [
        place
        for one in components
        if one.source is SourceClass.ANIMAL
        for place in (one.birth, one.rearing, one.slaughter)
    ]
    return _sets(answer, {place.country for place in places if place is not None})


def _donor_countries(_question: Question, answer: Answer, components: Components) -> str | None:
    human = [one.human for one in components if one.human is not None]
    return _sets(answer, {country for one in human for country in one.donor_countries})


def _stunning(_question: Question, answer: Answer, components: Components) -> str | None:
    return _sets(answer, {words(one.stunning) for one in components if one.stunning is not None})


def _pool_donors(_question: Question, answer: Answer, components: Components) -> str | None:
    human = [one.human for one in components if one.human is not None]
    return _sets(answer, {str(one.pool_donors) for one in human if one.pool_donors is not None})


def _pathogen_reduction(_question: Question, answer: Answer, components: Components) -> str | None:
    human = [one.human for one in components if one.human is not None]
    stages = {one.pathogen_reduction.stage for one in human if one.pathogen_reduction is not None}
    return _sets(answer, {words(stage) for stage in stages})


def _sets(answer: Answer, recorded: set[str]) -> str | None:
    """The two sets side by side where they differ; None where nothing is recorded."""
    if not recorded or recorded == set(answer.parts):
        return None
    return f"recorded is {', '.join(sorted(recorded))}"


_CHECKS: dict[OriginFact, Check] = {
    OriginFact.ANIMAL_MATERIAL: _material_of(SourceClass.ANIMAL),
    OriginFact.HUMAN_MATERIAL: _material_of(SourceClass.HUMAN),
    OriginFact.INDIRECT_MATERIAL: _indirect,
    OriginFact.SPECIES: _species,
    OriginFact.ANIMAL_COUNTRIES: _animal_countries,
    OriginFact.STUNNING: _stunning,
    OriginFact.DONOR_COUNTRIES: _donor_countries,
    OriginFact.POOL_DONORS: _pool_donors,
    OriginFact.PATHOGEN_REDUCTION: _pathogen_reduction,
}
"""A note's second half, or None where the answer and the record agree."""
