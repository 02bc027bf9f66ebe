"""Answers beside what is recorded of an item's origin."""

import pytest

from supplier_qc.domain.origin.facts import (
    HumanOrigin,
    OriginComponent,
    PathogenReduction,
    Place,
)
from supplier_qc.domain.origin.vocabulary import (
    IndirectOrigin,
    PathogenReductionStage,
    SourceClass,
    Species,
    Stunning,
)
from supplier_qc.domain.questionnaires.origin_notes import origin_notes
from tests.domain.questionnaires.cases import answers, questionnaire, row

SERUM = OriginComponent(
    name="Serum",
    source=SourceClass.ANIMAL,
    species=Species.CATTLE,
    birth=Place("AU"),
    slaughter=Place("NZ"),
    stunning=Stunning.NON_PENETRATIVE,
    indirect_origin=IndirectOrigin.NONE_WITH_EVIDENCE,
)
LYSATE = OriginComponent(
    name="Lysate",
    source=SourceClass.HUMAN,
    human=HumanOrigin(
        pool_donors=250,
        donor_countries=frozenset({"DE", "AT"}),
        pathogen_reduction=PathogenReduction(PathogenReductionStage.NONE),
    ),
)
WITH_CHILD = OriginComponent(name="Cytokine", source=SourceClass.MICROBIAL, components=(SERUM,))
UNANSWERED = OriginComponent(name="Mix")


def asked(kind: str, fact: str, **more: str) -> dict[str, str]:
    return row("A-01", kind, fact=fact, **more)


SPECIES = {"choices": "cattle; pig; horse"}
STAGES = {"choices": "units; pool; none"}
STUNNINGS = {"choices": "non penetrative; pithing"}


@pytest.mark.parametrize(
    ("question", "answer", "recorded", "contradiction"),
    [
        (asked("yes no", "animal material"), "no", SERUM, "of animal origin: Serum"),
        (asked("yes no", "animal material"), "no", WITH_CHILD, "of animal origin: Serum"),
        (asked("yes no", "animal material"), "yes", LYSATE, "no recorded component is of animal"),
        (asked("yes no", "animal material"), "yes", UNANSWERED, None),
        (asked("yes no", "animal material"), "yes", SERUM, None),
        (asked("yes no", "human material"), "no", LYSATE, "of human origin: Lysate"),
        (asked("yes no", "indirect material"), "yes", SERUM, "none, with evidence for Serum"),
        (asked("yes no", "indirect material"), "no", SERUM, None),
        (asked("choices", "species", **SPECIES), "pig", SERUM, "recorded is cattle"),
        (asked("choices", "species", **SPECIES), "cattle", SERUM, None),
        (asked("countries", "animal countries"), "AU", SERUM, "recorded is AU, NZ"),
        (asked("countries", "animal countries"), "NZ; AU", SERUM, None),
        (asked("countries", "animal countries"), "NZ", LYSATE, None),
        (asked("countries", "donor countries"), "DE; FR", LYSATE, "recorded is AT, DE"),
        (asked("number", "pool donors", unit="donors"), "300", LYSATE, "recorded is 250"),
        (asked("number", "pool donors", unit="donors"), "250", LYSATE, None),
        (asked("choice", "pathogen reduction", **STAGES), "pool", LYSATE, "recorded is none"),
        (asked("choice", "stunning", **STUNNINGS), "pithing", SERUM, "recorded is non penetrative"),
        (asked("choice", "stunning", **STUNNINGS), "not known", SERUM, None),
    ],
)
def test_an_answer_that_the_record_contradicts_is_noted(
    question: dict[str, str],
    answer: str,
    recorded: OriginComponent,
    contradiction: str | None,
) -> None:
    about = questionnaire(question)
    found = origin_notes(about, answers(about, A_01=answer), [recorded])
    if contradiction is None:
        assert found == ()
    else:
        (note,) = found
        assert contradiction in note.text


def test_where_nothing_is_recorded_nothing_is_contradicted() -> None:
    about = questionnaire(asked("yes no", "animal material"))
    assert origin_notes(about, answers(about, A_01="yes"), []) == ()
