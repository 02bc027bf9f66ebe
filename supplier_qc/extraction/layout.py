"""Words into lines and phrases: what stands together on the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from supplier_qc.extraction.claims import Box
from supplier_qc.extraction.page_content import Direction, PageContent, Rule, Word

GAP_RATIO = 0.75  # of the font size; a wider gap separates phrases
FORM_SIZE = 10.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Neighbouring words of one line that no rule and no wide gap divides."""

    words: tuple[Word, ...]
    page: int
    from_form: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def box(self) -> Box:
        return box_of(self.words, self.page)


@dataclass(frozen=True, slots=True)
class Line:
    """Phrases that share one baseline, from left to right."""

    phrases: tuple[Phrase, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for phrase in self.phrases for word in phrase.words)

    @property
    def page(self) -> int:
        return self.phrases[0].page

    @property
    def text(self) -> str:
        return "   ".join(phrase.text for phrase in self.phrases)

    @property
    def top(self) -> float:
        return min(phrase.top for phrase in self.phrases)

    @property
    def bottom(self) -> float:
        return max(phrase.bottom for phrase in self.phrases)

    @property
    def x0(self) -> float:
        return self.phrases[0].x0

    @property
    def x1(self) -> float:
        return max(phrase.x1 for phrase in self.phrases)

    @property
    def size(self) -> float:
        return max(phrase.size for phrase in self.phrases)


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
    words = [(word, False) for word in page.words if word.text.strip()]
    words += [
        (Word(value.text, value.x0, value.top, value.x1, value.bottom, FORM_SIZE), True)
        for value in page.form_values
    ]
    verticals = [rule for rule in page.rules if rule.direction is Direction.VERTICAL]
    return tuple(Line(_phrases(group, verticals, page.number)) for group in _baselines(words))


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
    return tuple(Phrase(tuple(word for word, _ in run), page, from_form=run[0][1]) for run in runs)


def _is_apart(left: Word, right: Word, walls: list[float]) -> bool:
    gap = right.x0 - left.x1
    if gap > GAP_RATIO * max(left.size, right.size):
        return True
    return any(left.x1 - 1 <= wall <= right.x0 + 1 for wall in walls)
