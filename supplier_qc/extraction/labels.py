"""Label and value pairs: where each printed label finds its value."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from supplier_qc.extraction.claims import HeaderField
from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.page_content import Word
from supplier_qc.extraction.vocabulary import LONGEST_LABEL, Label, key, labels_of, vocabulary

LONGEST_DATE = 4  # words
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
FAR_RIGHT = 330.0  # points between a label and its value on the same line
BELOW = 1.6  # of the font size, between a label and the value under it
REACH = LONGEST_LABEL + 1  # words from a label's start to a colon after it
FEWEST_HEADS = 3
MOST_WRAPPED = 3  # words of each line of a label that takes two
WRAP_GAP = 0.6  # of the font size
ALIGNED = 3.0  # points; what wraps begins under its first line
_INNER_COLON = re.compile(r"^(?P<label>[^\W\d][^:/\d]*:)(?P<value>[^/\s:].*)$")
_PART_ENDS = (";", ":", "：", "|")
_SEPARATOR_END = (";", ",", "|", "•", "·")
_LONE_COLONS = frozenset({":", "：", "=", ":-", ":–"})
_EDGE = " \t:;,|=•·-–—#"


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label inside `phrase`, from word `start` to word `end` (exclusive)."""

    phrase: Phrase
    start: int
    end: int
    labels: tuple[Label, ...]
    with_colon: bool

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.phrase.words[self.start : self.end])

    @property
    def closes_phrase(self) -> bool:
        return self.end == len(self.phrase.words)


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with the words that may be its value; `how` says where they were found."""

    hit: LabelHit
    words: tuple[Word, ...]
    page: int
    how: str

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words).strip(_EDGE)


def split_colons(line: Line) -> Line:
    """The line with "Lot:123" as two words and no lone colons, for reading labels only."""
    phrases: list[Phrase] = []
    for phrase in line.phrases:
        words = [part for word in phrase.words for part in _parts(word)]
        if phrases and not phrase.from_form and words[0].text in _LONE_COLONS:
            colon, *words = words
            before = phrases.pop()
            phrases.append(Phrase((*before.words, colon), before.page, before.from_form))
        if words:
            phrases.append(Phrase(tuple(words), phrase.page, phrase.from_form))
    return Line(tuple(phrases))


def _parts(word: Word) -> tuple[Word, ...]:
    found = _INNER_COLON.match(word.text)
    if found is None:
        return (word,)
    share = len(found["label"]) / len(word.text)
    cut = word.x0 + share * (word.x1 - word.x0)
    return (
        Word(found["label"], word.x0, word.top, cut, word.bottom, word.size, word.bold),
        Word(found["value"], cut, word.top, word.x1, word.bottom, word.size, word.bold),
    )


def hits_in(phrase: Phrase) -> list[LabelHit]:
    """The labels of one phrase: at its start, after a separator, or before a colon."""
    if phrase.from_form:
        return []
    hits: list[LabelHit] = []
    start = 0
    while start < len(phrase.words):
        hit = _hit_at(phrase, start)
        begins = start == 0 or (hit is not None and hit.with_colon and (hits or _may_begin(hit)))
        if hit is not None and begins:
            if hits and _is_one_label(hits[-1], hit):
                hit = replace(hit, start=hits.pop().start, labels=())
            hits.append(hit)
            start = hit.end
        else:
            start += 1
    return hits


def _is_one_label(before: LabelHit, after: LabelHit) -> bool:
    """Whether two labels in a row are one that is not known, such as "Consignee Name:"."""
    apart = before.with_colon or before.end < after.start
    shared = {label.field for label in before.labels} & {label.field for label in after.labels}
    return not apart and not shared


def _may_begin(hit: LabelHit) -> bool:
    """The first label amid a phrase follows a separator or a number; else it is a part."""
    before = hit.phrase.words[hit.start - 1].text
    return before.endswith((*_SEPARATOR_END, ".", ":")) or any(sign.isdigit() for sign in before)


def _hit_at(phrase: Phrase, start: int) -> LabelHit | None:
    found = _label_in(tuple(word.text for word in phrase.words[start : start + REACH]))
    if found is None:
        return None
    length, labels, with_colon = found
    return LabelHit(phrase, start, start + length, labels, with_colon)


@lru_cache(maxsize=20_000)
def _label_in(words: tuple[str, ...]) -> tuple[int, tuple[Label, ...], bool] | None:
    """The longest label at the start of the words: its length, meanings, and whether by a colon."""
    for end in range(min(len(words), LONGEST_LABEL), 0, -1):
        if any(word.endswith(_PART_ENDS) for word in words[: end - 1]):
            continue  # what runs over the end of another fact is no label
        text = " ".join(words[:end])
        labels = labels_of(text)
        if not labels and text.endswith(("#", "#:")):
            labels = labels_of(text.rstrip("#: "))
        if labels:
            after = words[end] if end < len(words) else ""
            colon = text.rstrip().endswith((":", "：", "#", "=")) or after[:1] in {":", "#", "="}
            return end + (after in _LONE_COLONS), labels, colon
    return None


def is_label(phrase: Phrase) -> bool:
    """Whether the phrase is a label, known or by its colon, or begins with one and a colon."""
    if _ends_label(phrase) and not phrase.from_form:
        return True
    hits = hits_in(phrase)
    return bool(hits) and (hits[0].closes_phrase or (hits[0].start == 0 and hits[0].with_colon))


def pairs_of(page_lines: Sequence[Line]) -> Iterator[Pair]:
    """Every label of the page with the values that stand inside, beside and below it."""
    lines = [split_colons(line) for line in page_lines]
    phrases = [phrase for line in lines for phrase in line.phrases]
    for line in lines:
        over_values = _heads_values(line)
        for phrase in line.phrases:
            wrapped = _wrapped_pair(phrase, phrases)
            if wrapped is not None:
                yield wrapped
                continue
            hits = hits_in(phrase)
            if over_values and hits and hits[0].closes_phrase:
                yield from _pair_below(hits[0], phrases)
                continue
            for number, hit in enumerate(hits):
                following = hits[number + 1].start if number + 1 < len(hits) else None
                yield from pairs_for(hit, following, phrases)


def pairs_for(hit: LabelHit, following: int | None, phrases: Sequence[Phrase]) -> Iterator[Pair]:
    """The values at one label; `following` is the word of its phrase where the next label is."""
    inside = hit.phrase.words[hit.end : following]
    if any(word.text.strip(_EDGE) for word in inside):
        yield Pair(hit, _until_separator(inside), hit.phrase.page, "after its label")
        return
    right = _beside(hit.phrase, phrases)
    if right is not None and not is_label(right):
        yield Pair(hit, right.words, right.page, "form field" if right.from_form else "beside")
        yield from _named_after_code(hit, right, phrases)
        if right.from_form or hit.with_colon:
            return
    under = _under(hit.phrase, phrases)
    if under is not None and not is_label(under):
        yield Pair(hit, under.words, under.page, "below its label")


def _named_after_code(hit: LabelHit, code: Phrase, phrases: Sequence[Phrase]) -> Iterator[Pair]:
    """As in "Product  03502-XX  Copper chelate": the number first, and then the name."""
    if len(code.words) > 1 or not any(sign.isdigit() for sign in code.text):
        return
    names = any(label.field is HeaderField.PRODUCT_NAME for label in hit.labels)
    after = _beside(code, phrases) if names else None
    if after is not None and not is_label(after) and re.search(r"[^\W\d_]{3}", after.text):
        yield Pair(hit, after.words, after.page, "beside")


def _heads_values(line: Line) -> bool:
    """Whether most of the line are labels without colon, so that their values stand below.

    A number among them is the value of the label beside it, as in "Order No  Exp. Date  2027-01".
    """
    others = [phrase for phrase in line.phrases if not is_bare_label(phrase)]
    if any(sign.isdigit() for phrase in others for sign in phrase.text):
        return False
    return len(line.phrases) >= FEWEST_HEADS and len(others) * 2 < len(line.phrases)


def is_bare_label(phrase: Phrase) -> bool:
    hits = hits_in(phrase)
    return len(hits) == 1 and not hits[0].start and hits[0].closes_phrase and not hits[0].with_colon


def _pair_below(hit: LabelHit, phrases: Sequence[Phrase]) -> Iterator[Pair]:
    under = _under(hit.phrase, phrases)
    if under is not None and not is_label(under):
        yield Pair(hit, under.words, under.page, "below its label")


def _wrapped_pair(first: Phrase, phrases: Sequence[Phrase]) -> Pair | None:
    """A label that takes two lines, as "Manufacturing /" over "Packaging Date", and its value.

    The second line has no value of its own where the first has one.
    """
    second = _under(first, phrases) if _may_wrap(first) else None
    if second is None or abs(second.x0 - first.x0) > ALIGNED or not _may_wrap(second, last=True):
        return None
    if second.top - first.bottom > WRAP_GAP * first.size:
        return None
    whole = Phrase((*first.words, *second.words), first.page)
    hit = _hit_at(whole, 0)
    value = _beside(first, phrases)
    if hit is None or not hit.closes_phrase or value is None or is_label(value):
        return None
    own = _beside(second, phrases)
    if own is not None and abs(own.x0 - value.x0) <= ALIGNED:
        listed = key(hit.text) in vocabulary().labels and not is_bare_label(first)
        wraps = _continues(value, own) and (listed or not is_bare_label(second))
        if not wraps:
            return None
    return Pair(hit, value.words, value.page, "beside")


def _may_wrap(phrase: Phrase, *, last: bool = False) -> bool:
    few = len(phrase.words) <= MOST_WRAPPED and not phrase.from_form
    return few and (last or not _ends_label(phrase))


def _continues(value: Phrase, lower: Phrase) -> bool:
    """Whether a value wraps beside its wrapped label, close under its first line."""
    return 0 <= lower.top - value.bottom + 2 <= WRAP_GAP * value.size


def _ends_label(phrase: Phrase) -> bool:
    return phrase.text.rstrip().endswith((":", "："))


def _until_separator(words: Sequence[Word]) -> tuple[Word, ...]:
    for number, word in enumerate(words):
        if number and word.text in {"|", "•", "·"}:
            return tuple(words[:number])
        if word.text.endswith(";"):
            return tuple(words[: number + 1])
    return tuple(words)


def _beside(label: Phrase, phrases: Sequence[Phrase]) -> Phrase | None:
    """The nearest phrase to the right on the same line."""
    right = [
        other
        for other in phrases
        if other is not label and other.x0 - label.x1 >= -1 and _share_height(label, other)
    ]
    nearest = min(right, key=lambda other: other.x0, default=None)
    if nearest is None or (nearest.x0 - label.x1 > FAR_RIGHT and not _is_year_long(nearest)):
        return None
    return nearest


def _is_year_long(phrase: Phrase) -> bool:
    """Whether it is a date in full, which belongs to its label across a whole page."""
    return bool(_YEAR.search(phrase.text)) and len(phrase.words) <= LONGEST_DATE


def _share_height(first: Phrase, second: Phrase) -> bool:
    shared = min(first.bottom, second.bottom) - max(first.top, second.top)
    return shared > 0.4 * min(first.bottom - first.top, second.bottom - second.top)


def _under(label: Phrase, phrases: Sequence[Phrase]) -> Phrase | None:
    under = [
        other
        for other in phrases
        if 0 <= other.top - label.bottom + 2 <= BELOW * label.size + 2
        and min(other.x1, label.x1) - max(other.x0, label.x0) > 0
    ]
    return min(under, key=lambda other: (other.top, abs(other.x0 - label.x0)), default=None)


def continued(pair: Pair, lines: Sequence[Line]) -> tuple[Word, ...]:
    """The value with the lines that wrap under it."""
    words = list(pair.words)
    left, size = words[0].x0, words[0].size
    bottom = max(word.bottom for word in words)
    for line in lines:
        if line.top < bottom - 1:
            continue
        if line.top - bottom > 0.7 * size:
            break
        own = line.top < pair.hit.phrase.bottom - 1  # beside the second line of a wrapped label
        at_label = any(abs(one.x0 - pair.hit.phrase.x0) <= ALIGNED for one in line.phrases)
        if pair.how == "beside" and at_label and not own:
            break
        first = line.phrases[0] if pair.how == "below its label" else _at(line, left)
        if first is None or abs(first.x0 - left) > ALIGNED or (not own and _has_label(line, first)):
            break
        words.extend(first.words)
        bottom = max(bottom, first.bottom)
    return tuple(words)


def _at(line: Line, left: float) -> Phrase | None:
    return next((phrase for phrase in line.phrases if abs(phrase.x0 - left) <= ALIGNED), None)


def _has_label(line: Line, value: Phrase) -> bool:
    """Whether the line has a label of its own for the phrase, so that it wraps nothing."""
    before = [left for left, right in pairwise(line.phrases) if right is value]
    own = is_label(value) and not value.text[:1].islower()
    return own or any(is_label(phrase) for phrase in before)


def fields_of(hit: LabelHit) -> Iterator[tuple[HeaderField, bool]]:
    for label in hit.labels:
        if label.field is not None:
            yield label.field, label.strong
