"""What stands at labels that were taught for one vendor, beside the vocabulary that holds for all.

The reader knows no vendor, so every taught word comes with signs of its vendor, of which one has
to stand on the document before the word counts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from supplier_qc.extraction.claims import Claim, HeaderField, RowClaim
from supplier_qc.extraction.header_fields import Candidate, candidate_of
from supplier_qc.extraction.labels import LabelHit, pairs_for, split_colons
from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.page_content import PageContent
from supplier_qc.extraction.taught_words import TaughtWord
from supplier_qc.extraction.vocabulary import LONGEST_LABEL, Label, key, labels_of

SUREST = 0.9  # a taught word was seen by one person on one certificate (C)
_RULE = "taught: "
_LONGEST_RULE = 60  # characters, as the rule is kept
_COLONS = (":", "：", "=", "#")


Layouts = Sequence[tuple[PageContent, Sequence[Line]]]


def is_known_label(printed: str, field: HeaderField) -> bool:
    """Whether the vocabulary has the word for this field already."""
    return any(label.field is field for label in labels_of(printed))


def taught_candidates(layouts: Layouts, taught: Iterable[TaughtWord]) -> list[Candidate]:
    """What stands at the taught labels of the vendors that the document shows."""
    words = _words_of_the_document(layouts, taught)
    if not words:
        return []
    return [found for _, lines in layouts for found in _candidates(lines, words)]


def without_taught_labels(
    rows: Sequence[RowClaim], found: Sequence[Candidate]
) -> tuple[RowClaim, ...]:
    """The rows without those whose name is a taught label: they belong to the header."""
    labels = {key(candidate.label) for candidate in found}
    return tuple(row for row in rows if row.name is None or key(row.name.literal) not in labels)


def capped(claim: Claim) -> Claim:
    """A claim at a taught label is never surer than that, however often it is repeated."""
    if not claim.rule.startswith(_RULE):
        return claim
    return replace(claim, confidence=min(claim.confidence, SUREST))


def _words_of_the_document(
    layouts: Layouts, taught: Iterable[TaughtWord]
) -> dict[str, list[TaughtWord]]:
    """By their keys, the words of vendors of which a sign stands on a page."""
    taught = [word for word in taught if key(word.printed)]
    if not taught:
        return {}
    printed = f" {' '.join(key(line.text) for _, lines in layouts for line in lines)} "
    found: dict[str, list[TaughtWord]] = {}
    for word in taught:
        if any(key(sign) and f" {key(sign)} " in printed for sign in word.signs):
            found.setdefault(key(word.printed), []).append(word)
    return found


def _candidates(
    page_lines: Sequence[Line], words: Mapping[str, Sequence[TaughtWord]]
) -> Iterator[Candidate]:
    lines = [split_colons(line) for line in page_lines]
    phrases = [phrase for line in lines for phrase in line.phrases]
    for phrase in phrases:
        for hit, word in _hits(phrase, words):
            for pair in pairs_for(hit, None, phrases):
                found = candidate_of(word.field, pair, page_lines, strong=True)
                if found is not None:
                    yield replace(found, claim=_as_taught(found.claim, word))


def _hits(
    phrase: Phrase, words: Mapping[str, Sequence[TaughtWord]]
) -> Iterator[tuple[LabelHit, TaughtWord]]:
    """Taught labels at the start of the phrase; of several the longest."""
    if phrase.from_form:
        return
    for end in range(min(len(phrase.words), LONGEST_LABEL), 0, -1):
        text = " ".join(word.text for word in phrase.words[:end])
        known = words.get(key(text), ())
        if not known:
            continue
        after = phrase.words[end].text if end < len(phrase.words) else ""
        has_colon = text.endswith(_COLONS) or after.startswith(_COLONS)
        for word in known:
            labels = (Label(word.field, strong=True),)
            yield LabelHit(phrase, 0, end + (after in _COLONS), labels, has_colon), word
        return


def _as_taught(claim: Claim, word: TaughtWord) -> Claim:
    rule = f"{_RULE}{word.printed}"[:_LONGEST_RULE]
    return replace(claim, rule=rule, confidence=min(claim.confidence, SUREST))
