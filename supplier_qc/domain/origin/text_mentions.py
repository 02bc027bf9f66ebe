"""Rules T18 and T19: what a certificate's text says of origin, beside the recorded components.

A contradiction is a question to a person. It changes neither the record nor its level.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.nesting import walk
from supplier_qc.domain.origin.statement_papers import HUMAN, is_of_source, source_words
from supplier_qc.domain.origin.vocabulary import SourceClass, words


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMention:
    """`source` is a species, "human", "animal" or "ruminant"; `literal` the sentence as printed.

    `paper` names where it stands, as in "certificate 12".
    """

    source: str
    is_denied: bool
    literal: str
    page: int
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextContradiction:
    rule_id: str
    sentence: str
    mention: TextMention


def text_contradictions(
    mentions: Sequence[TextMention], components: Sequence[OriginComponent]
) -> tuple[TextContradiction, ...]:
    """Each source of each paper once, in the order of the mentions."""
    found: dict[tuple[str, str, str], TextContradiction] = {}
    for mention in mentions:
        for one in _contradiction(mention, components):
            found.setdefault((one.rule_id, mention.source, mention.paper), one)
    return tuple(found.values())


def recorded_of(source: str, components: Sequence[OriginComponent]) -> list[OriginComponent]:
    """The recorded parts that fall under a source that a text names."""
    return [part for part in _parts(components) if is_of_source(source, part.species, part.source)]


def _contradiction(
    mention: TextMention, components: Sequence[OriginComponent]
) -> Iterator[TextContradiction]:
    recorded = recorded_of(mention.source, components)
    where = f"{mention.paper[:1].upper()}{mention.paper[1:]}, page {mention.page}"
    said = source_words(mention.source)
    if mention.is_denied and mention.source != HUMAN and recorded:
        # That a paper is not for use in humans denies no origin, so "human" is left out.
        yield TextContradiction(
            rule_id="T19",
            sentence=f"{where} denies {said} origin, but {_named(recorded)} is recorded.",
            mention=mention,
        )
    elif not mention.is_denied and not recorded:
        yield TextContradiction(
            rule_id="T18",
            sentence=f"{where} names {said} origin, but no component of {said} origin is "
            f"recorded{_unanswered(components)}.",
            mention=mention,
        )


def _named(recorded: Sequence[OriginComponent]) -> str:
    return "; ".join(
        f"“{part.name}”" + (f" ({words(part.exposure)})" if part.exposure else "")
        for part in recorded
    )


def _unanswered(components: Sequence[OriginComponent]) -> str:
    open_parts = [part for part in _parts(components) if part.source is SourceClass.UNANSWERED]
    if not components:
        return ": nothing is recorded at all"
    return f" (the source of {_named(open_parts)} is not answered)" if open_parts else ""


def _parts(components: Sequence[OriginComponent]) -> list[OriginComponent]:
    return [part for component in components for _, part in walk(component)]
