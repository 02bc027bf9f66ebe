"""Lines into sentences: rows of tables by themselves, running text joined and cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supplier_qc.extraction.layout import Line
from supplier_qc.extraction.page_content import Word

LINE_REACH = 1.9  # of the font size; a lower line belongs to another paragraph
_SENTENCE_ENDS = (".", ";", "!", "?", ":")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`breaks` are the positions at which a new table cell begins."""

    words: tuple[Word, ...]
    page: int
    breaks: frozenset[int]


def sentences_of(lines: Sequence[Line]) -> Iterator[Sentence]:
    """A row of a table by itself; lines of running text joined and cut at their full stops."""
    running: list[Line] = []
    for line in lines:
        if len(line.phrases) > 1:
            yield from _cut(running)
            running = []
            yield _row(line)
            continue
        if running and not _continues(running[-1], line):
            yield from _cut(running)
            running = []
        running.append(line)
    yield from _cut(running)


def _row(line: Line) -> Sentence:
    breaks, count = set(), 0
    for phrase in line.phrases:
        breaks.add(count)
        count += len(phrase.words)
    return Sentence(line.words, line.page, frozenset(breaks))


def _continues(above: Line, below: Line) -> bool:
    return above.page == below.page and below.top - above.top < LINE_REACH * above.size


def _cut(lines: Sequence[Line]) -> Iterator[Sentence]:
    words = [(word, line.page) for line in lines for word in line.words]
    start = 0
    for place, (word, page) in enumerate(words):
        if word.text.endswith(_SENTENCE_ENDS) or place == len(words) - 1:
            part = tuple(one for one, _ in words[start : place + 1])
            yield Sentence(part, page, frozenset())
            start = place + 1
