"""Values of a statement that stand beside, under or in a column below their labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supplier_qc.domain.origin.statement_papers import StatementFact
from supplier_qc.extraction.claims import Claim
from supplier_qc.extraction.layout import Line, Phrase, box_of
from supplier_qc.extraction.page_content import Word
from supplier_qc.extraction.statement_words import statement_words
from supplier_qc.extraction.vocabulary import key

IN_TABLE, BESIDE, UNDER = 0.9, 0.92, 0.82
LONGEST_LABEL = 6  # words
ROW_GAP = 3.0  # of the font size; what stands lower is no row of the table above
UNDER_LABEL = 1.8  # of the font size
ALIGNED = 8.0  # points
FEWEST_HEADS = 2
_CODE = re.compile(r"[^\s,;&]*\d[^\s,;&]*|\b[A-Z]{2,}(?:-[A-Z]{2,})+\b")
_NUMBERS = frozenset({StatementFact.CATALOGUE_NUMBER, StatementFact.LOT_NUMBER})


@dataclass(frozen=True, slots=True)
class Labelled:
    """What stands at a label, before anybody made a controlled value of it."""

    fact: StatementFact
    claim: Claim


def labelled_values(lines: Sequence[Line]) -> Iterator[Labelled]:
    """The values at the labels of one page, tables of products first."""
    in_tables: set[int] = set()
    for number, line in enumerate(lines):
        heads = _heads(line)
        if heads and number + 1 < len(lines):
            rows = list(_rows(lines, number, heads))
            in_tables |= {number, *(row for row, _ in rows)}
            for _, value in rows:
                yield from _split(value)
    for number, line in enumerate(lines):
        if number not in in_tables:
            for value in _of_line(lines, number, line):
                yield from _split(value)


# --- tables ---------------------------------------------------------------------------------------


def _heads(line: Line) -> list[tuple[Phrase, StatementFact | None]]:
    """The heads of a table; none where a phrase has its value behind a colon."""
    labels = statement_words().labels
    heads = [(phrase, labels.get(key(phrase.text))) for phrase in line.phrases]
    known = sum(fact is not None for _, fact in heads)
    plain = not any(":" in phrase.text for phrase in line.phrases)
    return heads if known >= FEWEST_HEADS and known > len(heads) / 2 and plain else []


def _rows(
    lines: Sequence[Line], head: int, heads: Sequence[tuple[Phrase, StatementFact | None]]
) -> Iterator[tuple[int, Labelled]]:
    above = lines[head]
    for number in range(head + 1, len(lines)):
        line = lines[number]
        if line.page != above.page or line.top - above.top > ROW_GAP * above.size:
            return
        if len(line.phrases) == 1 and line.phrases[0].x1 > heads[1][0].x0 + ALIGNED:
            return  # a sentence runs across the columns
        for phrase in line.phrases:
            fact = _column_of(phrase, heads)
            if fact is not None:
                claim = Claim(phrase.text, phrase.box, IN_TABLE, "column of a table")
                yield number, Labelled(fact, claim)
        above = line


def _column_of(
    phrase: Phrase, heads: Sequence[tuple[Phrase, StatementFact | None]]
) -> StatementFact | None:
    before = [fact for head, fact in heads if head.x0 <= phrase.x0 + ALIGNED]
    return before[-1] if before else None


# --- one label and its value ----------------------------------------------------------------------


def _of_line(lines: Sequence[Line], number: int, line: Line) -> Iterator[Labelled]:
    for place, phrase in enumerate(line.phrases):
        parts = list(_colon_parts(phrase))
        beside = line.phrases[place + 1] if place + 1 < len(line.phrases) else None
        for fact, words in parts:
            yield from _value(fact, words, phrase, beside, lines[number + 1 : number + 8])
        bare = statement_words().labels.get(key(phrase.text))
        if not parts and bare is not None and beside is not None and not _is_label(beside):
            yield from _value(bare, (), phrase, beside, lines[number + 1 : number + 8])


def _colon_parts(phrase: Phrase) -> Iterator[tuple[StatementFact, tuple[Word, ...]]]:
    """Each label before a colon with the words behind it, up to the next label."""
    words, found = phrase.words, []
    for place, word in enumerate(words):
        if word.text.endswith(":"):
            for start in range(max(0, place - LONGEST_LABEL + 1), place + 1):
                text = " ".join(one.text for one in words[start : place + 1])
                fact = statement_words().labels.get(key(text))
                if fact is not None:
                    found.append((fact, start, place + 1))
                    break
    ends = [*(start for _, start, _ in found[1:]), len(words)]
    for (fact, _, begin), end in zip(found, ends, strict=False):
        yield fact, words[begin:end]


def _value(
    fact: StatementFact,
    words: Sequence[Word],
    label: Phrase,
    beside: Phrase | None,
    below: Sequence[Line],
) -> Iterator[Labelled]:
    how, confidence = "after its label", BESIDE
    if not words and beside is not None and not _is_label(beside):
        words, how = beside.words, "beside its label"
    if not words:
        words, how, confidence = _under(label, below), "under its label", UNDER
    if words:
        all_words = [*words, *_continued(words, label, below)]
        text = " ".join(word.text for word in all_words).strip(" :;,")
        if text:
            yield Labelled(fact, Claim(text, box_of(all_words, label.page), confidence, how))


def _is_label(phrase: Phrase) -> bool:
    first = phrase.text.split(":")[0]
    return key(first) in statement_words().labels


def _under(label: Phrase, below: Sequence[Line]) -> Sequence[Word]:
    for line in below[:1]:
        for phrase in line.phrases:
            near = phrase.top - label.top < UNDER_LABEL * label.size
            if near and abs(phrase.x0 - label.x0) < ALIGNED and not _is_label(phrase):
                return phrase.words
    return ()


def _continued(words: Sequence[Word], label: Phrase, below: Sequence[Line]) -> Iterator[Word]:
    """The lines that go on right under the value, as a long list does."""
    left, top = words[0].x0, words[0].top
    if left <= label.x0 + ALIGNED:
        return
    for line in below:
        phrase = next((one for one in line.phrases if abs(one.x0 - left) < ALIGNED), None)
        if (
            phrase is None
            or phrase is not line.phrases[0]
            or _is_label(phrase)
            or phrase.top - top > UNDER_LABEL * phrase.size
        ):
            return
        yield from phrase.words
        top = phrase.top


def _split(value: Labelled) -> Iterator[Labelled]:
    """Each number of a list by itself; the box is that of the list."""
    if value.fact not in _NUMBERS:
        yield value
        return
    for literal in dict.fromkeys(codes_in(value.claim.literal)):
        claim = value.claim
        yield Labelled(value.fact, Claim(literal, claim.box, claim.confidence, claim.rule))


def codes_in(text: str) -> list[str]:
    """The numbers of a list: each has a digit, or is capitals with a hyphen."""
    found = (code.strip(".:()") for code in _CODE.findall(text))
    return [code for code in found if len(code) > 1]
