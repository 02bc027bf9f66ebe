"""Where a certificate or statement speaks of animal or human origin, and whether it denies it.

A mention is shown to a person beside the recorded origin; it never sets a fact by itself.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.claims import MentionKind, OriginMention
from supplier_qc.extraction.layout import Line, box_of
from supplier_qc.extraction.page_content import Word
from supplier_qc.extraction.sentences import Sentence, sentences_of

LONGEST_NAME = 3  # words
LONGEST_LITERAL = 240  # characters shown of a sentence
MOST_OF_A_KIND = 3  # mentions shown of one source and kind
_EDGES = " .,;:?!()[]{}\"'“”„*†‡®™"


_NOTES = {
    MentionKind.STATED: "The text names material of {source} origin",
    MentionKind.DENIED: "The text denies {source} origin",
    MentionKind.UNCLEAR: "The text speaks of {source} origin and denies something beside it",
}


def origin_notes(mentions: Sequence[OriginMention]) -> tuple[str, ...]:
    """What a text says of origin as sentences for the reviewer, each with its page.

    That something is not for humans denies no origin, so a denial of human origin is left out.
    """
    return tuple(
        f"{_NOTES[one.kind].format(source=one.source)}: “{one.literal}” (page {one.box.page})."
        for one in mentions
        if not (one.source == "human" and one.kind is MentionKind.DENIED)
    )


@dataclass(frozen=True, slots=True)
class _Words:
    sources: dict[str, str]
    free: frozenset[str]
    denial: frozenset[str]
    containing: frozenset[str]
    agents: frozenset[str]


def origin_mentions(lines: Sequence[Line]) -> tuple[OriginMention, ...]:
    """The mentions in reading order, a few of each source and kind."""
    seen: dict[tuple[str, MentionKind], int] = {}
    found = []
    for sentence in sentences_of(lines):
        for mention in _mentions(sentence):
            key = mention.source, mention.kind
            seen[key] = seen.get(key, 0) + 1
            if seen[key] <= MOST_OF_A_KIND:
                found.append(mention)
    return tuple(found)


@cache
def _vocabulary() -> _Words:
    stored = tomllib.loads(
        (files("supplier_qc.extraction") / "origin_words.toml").read_text(encoding="utf-8")
    )
    sources = {word: species for species, words in stored["species"].items() for word in words}
    for group in ("human", "animal", "ruminant"):
        sources |= dict.fromkeys(stored[group]["words"], group)
    return _Words(
        sources,
        *(frozenset(stored[name]["words"]) for name in ("free", "denial", "containing", "agents")),
    )


# --- mentions of one sentence --------------------------------------------------------------------


def _mentions(sentence: Sentence) -> Iterator[OriginMention]:
    known = _vocabulary()
    plain = [folded(word.text).strip(_EDGES) for word in sentence.words]
    place = 0
    while place < len(plain):
        length, source, kind = _mention_at(plain, place, sentence.breaks, known)
        if source:
            words = sentence.words[place : place + length]
            box = box_of(words, sentence.page)
            yield OriginMention(source, kind, _literal(sentence.words), box)
        place += length


def _mention_at(
    plain: Sequence[str], place: int, breaks: frozenset[int], known: _Words
) -> tuple[int, str, MentionKind]:
    """How many words stand for what, from this place; "" for nothing."""
    for length in range(LONGEST_NAME, 0, -1):
        name = " ".join(plain[place : place + length])
        if name in known.free:
            return length, "animal", MentionKind.DENIED
    for length in range(LONGEST_NAME, 0, -1):
        name = " ".join(plain[place : place + length])
        source = known.sources.get(name)
        if source is not None:
            if _is_agent_or_use(plain[place + length :], known):
                return length, "", MentionKind.STATED
            return length, source, _kind(plain, place, length, breaks, known)
        if length == 1 and name.endswith("-free") and name[:-5] in known.sources:
            return 1, known.sources[name[:-5]], MentionKind.DENIED
    return 1, "", MentionKind.STATED


def _is_agent_or_use(after: Sequence[str], known: _Words) -> bool:
    """As in "bovine viral", "human use", "human or veterinary use": no origin."""
    if after[:1] == ["or"]:
        after = after[2:]
    return bool(after) and after[0] in known.agents


def _kind(
    plain: Sequence[str], place: int, length: int, breaks: frozenset[int], known: _Words
) -> MentionKind:
    before, after = plain[:place], plain[place + length :]
    if _is_denied_before(before, known) or after[:1] == ["free"]:
        return MentionKind.DENIED
    for number, word in enumerate(after, start=place + length):
        if word in known.denial:
            # "Animal origin | none": the answer stands first in a cell of its own.
            return MentionKind.DENIED if number in breaks else MentionKind.UNCLEAR
    return MentionKind.STATED


def denies(plain: Sequence[str]) -> bool:
    """Whether folded words of one sentence deny anything at all."""
    known = _vocabulary()
    return any(word in known.denial or word in known.free for word in plain)


def _is_denied_before(before: Sequence[str], known: _Words) -> bool:
    """Whether a denial stands before, and no "contains" begins a new statement after it.

    "not derived", "ne contient pas" and "does not contain" deny what they name.
    """
    places = [number for number, word in enumerate(before) if word in known.denial]
    if not places:
        return False
    last = places[-1]
    begun = [n for n, word in enumerate(before) if n > last and word in known.containing]
    return not begun or begun[0] == last + 1


def _literal(words: Sequence[Word]) -> str:
    text = " ".join(word.text for word in words)
    return text if len(text) <= LONGEST_LITERAL else f"{text[:LONGEST_LITERAL]}…"
