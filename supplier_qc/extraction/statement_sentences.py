"""What the sentences of a statement say of species, tissues, materials and countries."""

import re
from collections.abc import Iterator, Sequence

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.origin.statement_papers import StatementFact
from supplier_qc.extraction.claims import Claim, MentionKind, StatementClaim
from supplier_qc.extraction.layout import Line, box_of
from supplier_qc.extraction.origin_mentions import denies, origin_mentions
from supplier_qc.extraction.sentences import Sentence, sentences_of
from supplier_qc.extraction.statement_words import statement_words

SAID, LOOSELY = 0.8, 0.65
REACH = 14  # words between what happened and the country it happened in
BEHIND = 7  # words after the country, as in "in Neuseeland geborene und geschlachtete Rinder"
BETWEEN = 2  # words between the countries of a list
LONGEST_NAME = 4
_EDGES = " .,;:?!()[]{}\"'“”„*†‡®™"
_ELISION = re.compile(r"^[dl]'")
_EXCLUDED = frozenset({"risk", "risikomaterial", "risikomaterialien", "srm"})


def said_of_sources(lines: Sequence[Line]) -> Iterator[StatementClaim]:
    """Species and their denials; "animal" alone is no species, and a denial of "human" no origin.

    A sentence that names one thing and denies another is left to the reader.
    """
    for mention in origin_mentions(lines):
        claim = Claim(mention.literal, mention.box, SAID, "in a sentence")
        if mention.kind is MentionKind.DENIED and mention.source != "human":
            yield StatementClaim(StatementFact.DENIED_SOURCE, mention.source, claim)
        elif mention.kind is MentionKind.STATED and mention.source not in {"animal", "ruminant"}:
            yield StatementClaim(StatementFact.SOURCE, mention.source, claim)


def said_in_sentences(lines: Sequence[Line]) -> Iterator[StatementClaim]:
    known = statement_words()
    for sentence in sentences_of(lines):
        plain = [_ELISION.sub("", folded(word.text).strip(_EDGES)) for word in sentence.words]
        if not _EXCLUDED & set(plain) and not denies(plain):
            yield from _named(sentence, plain, known.tissues, StatementFact.TISSUE)
        if not denies(plain):
            yield from _named(sentence, plain, known.materials, StatementFact.MATERIAL)
            yield from _countries(sentence, plain)


def _named(
    sentence: Sentence, plain: Sequence[str], names: dict[str, str], fact: StatementFact
) -> Iterator[StatementClaim]:
    for first, last, value in _names_in(plain, names):
        if sentence.words[first:last]:
            yield StatementClaim(fact, value, _claim(sentence, first, last, LOOSELY))


def _names_in(plain: Sequence[str], names: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(plain):
        length = next(
            (
                length
                for length in range(min(LONGEST_NAME, len(plain) - at), 0, -1)
                if " ".join(plain[at : at + length]) in names
            ),
            0,
        )
        if length:
            yield at, at + length, names[" ".join(plain[at : at + length])]
        at += max(1, length)


def _countries(sentence: Sentence, plain: Sequence[str]) -> Iterator[StatementClaim]:
    """Countries count only where the sentence says what happened there, before or behind them."""
    groups = list(_groups(plain))
    behind = 0
    for number, group in enumerate(groups):
        first, last = group[0][0], group[-1][1]
        roles = _roles(plain[max(behind, first - REACH) : first])
        if roles <= {StatementFact.COUNTRY_OF_ORIGIN}:
            end = groups[number + 1][0][0] if number + 1 < len(groups) else len(plain)
            roles = _roles(plain[last : min(end, last + BEHIND)]) or roles
        behind = last
        for start, stop, code in group:
            for fact in sorted(_precise(roles)):
                yield StatementClaim(fact, code, _claim(sentence, start, stop, SAID))


def _groups(plain: Sequence[str]) -> Iterator[list[tuple[int, int, str]]]:
    """Countries in a row, as in "A, B and C"."""
    group: list[tuple[int, int, str]] = []
    for place in _names_in(plain, statement_words().countries):
        if group and place[0] - group[-1][1] > BETWEEN:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _roles(plain: Sequence[str]) -> frozenset[StatementFact]:
    roles = statement_words().roles
    return frozenset(roles[word] for word in plain if word in roles)


def _precise(roles: frozenset[StatementFact]) -> frozenset[StatementFact]:
    """Of "from animals born in New Zealand" the birth is meant, not the origin at large."""
    exact = roles - {StatementFact.COUNTRY_OF_ORIGIN}
    return exact or roles


def _claim(sentence: Sentence, first: int, last: int, confidence: float) -> Claim:
    words = sentence.words[first:last]
    literal = " ".join(word.text for word in words).strip(_EDGES)
    return Claim(literal, box_of(words, sentence.page), confidence, "in a sentence")
