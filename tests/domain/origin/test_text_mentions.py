"""Rules T18 and T19: texts of certificates beside the recorded components."""

import pytest

from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.text_mentions import TextMention, text_contradictions
from supplier_qc.domain.origin.vocabulary import Exposure, SourceClass, Species

SALTS = OriginComponent(name="Salts", source=SourceClass.SYNTHETIC_OR_MINERAL)
HEPARIN = OriginComponent(
    name="Heparin", exposure=Exposure.PRIMARY, source=SourceClass.ANIMAL, species=Species.PIG
)
LYSATE = OriginComponent(name="Platelets", source=SourceClass.HUMAN, components=(HEPARIN,))
OPEN = OriginComponent(name="Supplement")


def mention(source: str, *, is_denied: bool = False, paper: str = "certificate 7") -> TextMention:
    return TextMention(
        source=source, is_denied=is_denied, literal="As printed.", page=1, paper=paper
    )


@pytest.mark.parametrize(
    ("source", "is_denied", "components", "rule"),
    [
        ("pig", False, (LYSATE,), None),
        ("pig", False, (SALTS,), "T18"),
        ("human", False, (LYSATE,), None),
        ("human", False, (HEPARIN,), "T18"),
        ("animal", False, (LYSATE,), None),
        ("animal", False, (SALTS,), "T18"),
        ("cattle", False, (), "T18"),
        ("cattle", False, (OPEN,), "T18"),
        ("pig", True, (LYSATE,), "T19"),
        ("animal", True, (LYSATE,), "T19"),
        ("animal", True, (SALTS,), None),
        ("ruminant", True, (LYSATE,), None),
        ("cattle", True, (LYSATE,), None),
        ("human", True, (LYSATE,), None),
    ],
)
def test_a_text_against_the_record_is_a_question(
    source: str, *, is_denied: bool, components: tuple[OriginComponent, ...], rule: str | None
) -> None:
    found = text_contradictions([mention(source, is_denied=is_denied)], components)
    assert [one.rule_id for one in found] == ([rule] if rule else [])


def test_the_sentence_says_what_stands_where_and_what_is_recorded() -> None:
    (named,) = text_contradictions([mention("pig")], [OPEN])
    assert named.sentence == (
        "Certificate 7, page 1 names porcine origin, but no component of porcine origin is "
        "recorded (the source of “Supplement” is not answered)."
    )
    (denied,) = text_contradictions([mention("animal", is_denied=True)], [LYSATE])
    assert denied.sentence == (
        "Certificate 7, page 1 denies animal origin, but “Heparin” (primary) is recorded."
    )


def test_one_source_of_one_paper_is_asked_about_once() -> None:
    mentions = [mention("pig"), mention("pig"), mention("pig", paper="certificate 8")]
    assert len(text_contradictions(mentions, [SALTS])) == 2
