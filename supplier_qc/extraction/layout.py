"""Words into lines and phrases: what stands together on the page."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from supplier_qc.extraction.claims import Box
from supplier_qc.extraction.page_content import Direction, PageContent, Rule, Word

GAP_RATIO = 0.75  # of the font size; a wider gap separates phrases
FORM_SIZE = 10.0
_LEADER = re.compile(r"[.…·_]{4,}")
SHORTEST_STAMP = 5  # letters
SPACED_LETTERS = 3  # single letters in a row that are one spaced-out word


@dataclass(frozen=True, slots=True)
class Phrase:
    """Neighbouring words of one line that no rule and no wide gap divides."""

    words: tuple[Word, ...]
    page: int
    from_form: bool = False
    # Asked for thousands of times on a page, so they are worked out once.
    text: str = field(init=False, compare=False)
    x0: float = field(init=False, compare=False)
    top: float = field(init=False, compare=False)
    x1: float = field(init=False, compare=False)
    bottom: float = field(init=False, compare=False)
    size: float = field(init=False, compare=False)

    def __post_init__(self) -> None:
        facts = {
            "text": " ".join(word.text for word in self.words),
            "x0": self.words[0].x0,
            "top": min(word.top for word in self.words),
            "x1": max(word.x1 for word in self.words),
            "bottom": max(word.bottom for word in self.words),
            "size": max(word.size for word in self.words),
        }
        for name, value in facts.items():
            object.__setattr__(self, name, value)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def box(self) -> Box:
        return box_of(self.words, self.page)


@dataclass(frozen=True, slots=True)
class Line:
    """Phrases that share one baseline, from left to right; `led` when dots run between them."""

    phrases: tuple[Phrase, ...]
    led: bool = False
    words: tuple[Word, ...] = field(init=False, compare=False)
    top: float = field(init=False, compare=False)
    bottom: float = field(init=False, compare=False)
    size: float = field(init=False, compare=False)

    def __post_init__(self) -> None:
        facts = {
            "words": tuple(word for phrase in self.phrases for word in phrase.words),
            "top": min(phrase.top for phrase in self.phrases),
            "bottom": max(phrase.bottom for phrase in self.phrases),
            "size": max(phrase.size for phrase in self.phrases),
        }
        for name, value in facts.items():
            object.__setattr__(self, name, value)

    @property
    def page(self) -> int:
        return self.phrases[0].page

    @property
    def text(self) -> str:
        return "   ".join(phrase.text for phrase in self.phrases)

    @property
    def x0(self) -> float:
        return self.phrases[0].x0

    @property
    def x1(self) -> float:
        return max(phrase.x1 for phrase in self.phrases)


def box_of(words: Sequence[Word], page: int) -> Box:
    return Box(
        page,
        round(min(word.x0 for word in words), 2),
        round(min(word.top for word in words), 2),
        round(max(word.x1 for word in words), 2),
        round(max(word.bottom for word in words), 2),
    )


def lines_of(page: PageContent) -> tuple[Line, ...]:
    """The page's lines from top to bottom, form values among them as phrases of their own."""
    words = [
        (part, False)
        for word in without_stamps(page.words)
        for part in _between_leaders(word)
        if part.text.strip()
    ]
    words += [
        (Word(value.text, value.x0, value.top, value.x1, value.bottom, FORM_SIZE), True)
        for value in page.form_values
    ]
    verticals = [rule for rule in page.rules if rule.direction is Direction.VERTICAL]
    leaders = [word for word in page.words if _LEADER.search(word.text)]
    lines = [Line(_phrases(group, verticals, page.number)) for group in _baselines(words)]
    if not leaders:
        return tuple(lines)
    return tuple(replace(line, led=_has_leader(line, leaders)) for line in lines)


def _is_stamp(stack: Sequence[Word]) -> bool:
    """Many unlike letters close over each other; a table's column of letters stands wider."""
    if len(stack) < SHORTEST_STAMP or len({word.text for word in stack}) <= len(stack) / 3:
        return False
    tops = sorted(word.top for word in stack)
    step = median(after - before for before, after in pairwise(tops))
    wide = max(word.x1 - word.x0 for word in stack)
    turned = all(word.x1 - word.x0 > word.bottom - word.top for word in stack)
    return step <= wide and (turned or len(stack) >= 2 * SHORTEST_STAMP)


def _between_leaders(word: Word) -> Iterator[Word]:
    """What stands before and after a run of dots in one word."""
    if _LEADER.search(word.text) is None:
        yield word
        return
    width = (word.x1 - word.x0) / len(word.text)
    start = 0
    for end, resumed in [
        *(leader.span() for leader in _LEADER.finditer(word.text)),
        (len(word.text), 0),
    ]:
        if end > start:
            x0, x1 = word.x0 + start * width, word.x0 + end * width
            yield replace(word, text=word.text[start:end], x0=x0, x1=x1)
        start = resumed


def _has_leader(line: Line, leaders: Sequence[Word]) -> bool:
    middle = (line.top + line.bottom) / 2
    return len(line.phrases) > 1 and any(word.top < middle < word.bottom for word in leaders)


def without_stamps(words: Sequence[Word]) -> list[Word]:
    """The words without letters stacked into a column, as a stamp on the margin is stored.

    Letters of different shape share their left and right edges only when they were turned.
    """
    columns: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        if len(word.text) == 1:
            columns.setdefault((round(word.x0), round(word.x1)), []).append(word)
    stamped = {id(word) for stack in columns.values() if _is_stamp(stack) for word in stack}
    return [word for word in words if id(word) not in stamped]


def _baselines(words: list[tuple[Word, bool]]) -> list[list[tuple[Word, bool]]]:
    groups: list[list[tuple[Word, bool]]] = []
    middle = 0.0
    for word, from_form in sorted(words, key=lambda item: (item[0].middle, item[0].x0)):
        if groups and abs(word.middle - middle) <= 0.35 * min(word.size, groups[-1][0][0].size):
            groups[-1].append((word, from_form))
        else:
            groups.append([(word, from_form)])
            middle = word.middle
    return [sorted(group, key=lambda item: item[0].x0) for group in groups]


def _phrases(
    group: list[tuple[Word, bool]],
    verticals: Iterable[Rule],
    page: int,
) -> tuple[Phrase, ...]:
    top = min(word.top for word, _ in group)
    bottom = max(word.bottom for word, _ in group)
    middle = (top + bottom) / 2
    walls = [rule.at for rule in verticals if rule.start <= middle <= rule.end]
    runs: list[list[tuple[Word, bool]]] = [[group[0]]]
    for (left, left_form), (right, right_form) in pairwise(group):
        if left_form or right_form or _is_apart(left, right, walls):
            runs.append([])
        runs[-1].append((right, right_form))
    return tuple(
        Phrase(_closed_up(tuple(word for word, _ in run)), page, from_form=run[0][1])
        for run in runs
    )


def _closed_up(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """One word where a heading was set with a space after each letter."""
    if len(words) < SPACED_LETTERS or any(len(word.text) > 1 for word in words):
        return words
    if not all(word.text.isalpha() for word in words):
        return words
    first, last = words[0], words[-1]
    text = "".join(word.text for word in words)
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    return (Word(text, first.x0, top, last.x1, bottom, first.size, first.bold),)


def _is_apart(left: Word, right: Word, walls: list[float]) -> bool:
    gap = right.x0 - left.x1
    if gap > GAP_RATIO * max(left.size, right.size):
        return True
    return any(left.x1 - 1 <= wall <= right.x0 + 1 for wall in walls)
