"""What kind of document a paper is, by its titles, by what it says, and by what it holds."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.claims import DocumentKind, RowClaim
from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.vocabulary import key

TITLE_ZONE = 0.45  # of the page height; titles stand in the upper part of the first page
LONGEST_TITLE = 12  # words
LARGER = 1.15  # than the usual print
PLAIN_TITLE, PROMINENT, ALONE = 3.0, 1.0, 0.5
SHORT_TITLE = 10  # letters; such a word is a title only where it is most of its line
LATER_PAGE = 0.4  # what a title on another page is worth
CUE, MOST_CUES = 0.3, 4
RESULTS, LAB_RESULTS, WITH_LOT, LIMITS_ONLY, NO_TABLE = 1.2, 0.8, 0.8, 1.2, 0.6
FEWEST_ROWS = 2
ENOUGH = 1.8  # below it nothing is said
SURE = 4.0
MOST = 0.97
_CJK = range(0x2E80, 0xA000)


@dataclass(frozen=True, slots=True)
class KindWords:
    """Folded titles as keys, and folded cues."""

    titles: frozenset[str]
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundKind:
    """The kind with its confidence (0 to 1) and the words and facts that decided it."""

    kind: DocumentKind
    confidence: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    kind: DocumentKind
    weight: float
    words: str


@cache
def kind_words() -> dict[DocumentKind, KindWords]:
    stored = tomllib.loads(
        files("supplier_qc.extraction").joinpath("kind_words.toml").read_text(encoding="utf-8")
    )
    return {
        DocumentKind(name): KindWords(
            frozenset(map(key, words["titles"])), tuple(map(folded, words["cues"]))
        )
        for name, words in stored.items()
    }


def kind_of(
    pages: Sequence[tuple[float, Sequence[Line]]],
    rows: Sequence[RowClaim],
    *,
    has_lot: bool,
) -> FoundKind:
    """Judge from each page's height and lines, from the rows that were read, and from the lot."""
    signs = [*_titles(pages), *_cues(pages), *_facts(rows, has_lot=has_lot)]
    scores = {
        kind: sum(sign.weight for sign in signs if sign.kind is kind) for kind in kind_words()
    }
    ranked = sorted(scores, key=lambda kind: -scores[kind])
    best, second = ranked[0], ranked[1]
    if scores[best] < ENOUGH:
        return FoundKind(DocumentKind.UNKNOWN, 0.0, ())
    lead = 1 - 0.6 * scores[second] / scores[best]
    strength = 0.6 + 0.4 * min(1.0, scores[best] / SURE)
    evidence = dict.fromkeys(sign.words for sign in signs if sign.kind is best)
    return FoundKind(best, round(min(MOST, lead * strength), 3), tuple(evidence))


def _titles(pages: Sequence[tuple[float, Sequence[Line]]]) -> Iterator[_Sign]:
    """The best title of each kind: large or bold print and standing alone count more."""
    best: dict[DocumentKind, _Sign] = {}
    for number, (height, lines) in enumerate(pages):
        usual = _usual_size(lines)
        for line in lines:
            if line.top > TITLE_ZONE * height:
                break
            for phrase in line.phrases:
                for sign in _title_signs(phrase, usual, alone=len(line.phrases) == 1):
                    worth = sign.weight * (LATER_PAGE if number else 1.0)
                    if sign.kind not in best or worth > best[sign.kind].weight:
                        best[sign.kind] = _Sign(sign.kind, worth, sign.words)
    yield from best.values()


def _title_signs(phrase: Phrase, usual: float, *, alone: bool) -> Iterator[_Sign]:
    printed = key(phrase.text)
    words = printed.split()
    if not words or len(words) > LONGEST_TITLE or phrase.text.rstrip().endswith(":"):
        return  # a label is no title
    prominent = phrase.size >= LARGER * usual or phrase.bold or phrase.text.isupper()
    weight = PLAIN_TITLE + (PROMINENT if prominent else 0.0) + (ALONE if alone else 0.0)
    for kind, known in kind_words().items():
        held = [title for title in known.titles if _holds(printed, title)]
        if held:
            # The longer title says more: a "TSE statement" is more than a "statement".
            longest = max(held, key=len)
            others = [title for title in held if title not in longest]
            share = min(1.0, sum(map(len, (longest, *others))) / len(printed))
            if len(longest) > SHORT_TITLE or (share > 0.5 and ":" not in phrase.text):
                yield _Sign(kind, weight * (0.6 + 0.4 * share), phrase.text.strip())


def _holds(printed: str, title: str) -> bool:
    if ord(title[0]) in _CJK:
        return title in printed
    return f" {title} " in f" {printed} "


def _usual_size(lines: Sequence[Line]) -> float:
    sizes = sorted(word.size for line in lines for word in line.words)
    return sizes[len(sizes) // 2] if sizes else 10.0


def _cues(pages: Sequence[tuple[float, Sequence[Line]]]) -> Iterator[_Sign]:
    words = (word.text for _, lines in pages for line in lines for word in line.words)
    text = folded(" ".join(words))
    for kind, known in kind_words().items():
        found = [cue for cue in known.cues if _holds(text, cue)]
        yield from (_Sign(kind, CUE, f"“{cue}”") for cue in found[:MOST_CUES])


def _facts(rows: Sequence[RowClaim], *, has_lot: bool) -> Iterator[_Sign]:
    results = sum(row.result is not None for row in rows)
    if results >= FEWEST_ROWS:
        sign = f"{results} rows with results"
        yield _Sign(DocumentKind.CERTIFICATE_OF_ANALYSIS, RESULTS, sign)
        yield _Sign(DocumentKind.LABORATORY_REPORT, LAB_RESULTS, sign)
        if has_lot:
            sign = "results of a named lot"
            yield _Sign(DocumentKind.CERTIFICATE_OF_ANALYSIS, WITH_LOT, sign)
    elif len(rows) >= FEWEST_ROWS:
        sign = f"{len(rows)} rows with limits and without results"
        yield _Sign(DocumentKind.SPECIFICATION_SHEET, LIMITS_ONLY, sign)
    elif not rows:
        yield _Sign(DocumentKind.SUPPLIER_STATEMENT, NO_TABLE, "no table of results")
