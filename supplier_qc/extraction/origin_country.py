"""The country of origin where a sentence states it, as letters and statements do."""

import re
from collections.abc import Iterator, Sequence

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.claims import Claim, HeaderField
from supplier_qc.extraction.header_fields import Candidate
from supplier_qc.extraction.layout import Line, box_of
from supplier_qc.extraction.page_content import Word
from supplier_qc.extraction.vocabulary import vocabulary

REACH = 40  # words between the statement's start and the country
LONGEST_COUNTRY = 4
CONFIDENCE = 0.75
_CUE = re.compile(
    r"country of origin|countries of origin|made in|product of|originat\w+ (?:from|in)|"
    r"manufactured in|produced in|collected in|sourced (?:from|in)|ursprungsland|hergestellt in|"
    r"pays d'origine|pais de origen|fabricado en|pais de origem|fabricado no|paese di origine"
)


def country_candidates(lines: Sequence[Line]) -> Iterator[Candidate]:
    words = [(word, line.page) for line in lines for word in line.words]
    plain = [folded(word.text) for word, _ in words]
    for start in range(len(words)):
        cue = _CUE.match(" ".join(plain[start : start + 4]))
        if cue is None:
            continue
        after = start + len(cue[0].split())
        found = _country(plain, after, min(len(words), after + REACH))
        if found is not None:
            yield _candidate([word for word, _ in words[slice(*found)]], words[found[0]][1], cue[0])


def _country(plain: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """Where the first country's name stands between the two positions."""
    names = vocabulary().words["countries"]
    for first in range(start, end):
        for last in range(min(end, first + LONGEST_COUNTRY), first, -1):
            if " ".join(plain[first:last]).strip(" .,;:()") in names:
                return first, last
    return None


def _candidate(words: Sequence[Word], page: int, cue: str) -> Candidate:
    text = " ".join(word.text for word in words).strip(" ,;:.()")
    claim = Claim(text, box_of(words, page), CONFIDENCE, "in a sentence")
    return Candidate(HeaderField.COUNTRY_OF_ORIGIN, claim, cue)
