"""A page's running text with the place of every sign of it, for patterns that span words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.measurement.dates import read_date
from supplier_qc.extraction.claims import Claim
from supplier_qc.extraction.layout import Line, box_of
from supplier_qc.extraction.page_content import Word

DATE = re.compile(
    r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th|\.|º)?[ -](?:de\s)?[^\W\d_]{3,10}\.?,?[ -](?:de\s)?\d{4}"
    r"|[A-Z][^\W\d_]{2,9}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4})\b"
)


@dataclass(frozen=True, slots=True)
class PageText:
    """`text` is the words joined by single spaces; `starts` says where each word begins in it."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    page: int

    @classmethod
    def of_lines(cls, lines: Sequence[Line], page: int) -> "PageText":
        words = tuple(word for line in lines for word in line.words)
        starts, at = [], 0
        for word in words:
            starts.append(at)
            at += len(word.text) + 1
        return cls(" ".join(word.text for word in words), words, tuple(starts), page)

    def claim(self, start: int, end: int, confidence: float, rule: str) -> Claim:
        """The claim of what stands between two places of the text."""
        inside = [
            word
            for word, at in zip(self.words, self.starts, strict=True)
            if at < end and at + len(word.text) > start
        ]
        box = box_of(inside, self.page) if inside else None
        return Claim(self.text[start:end].strip(" ,;:"), box, confidence, rule)

    def phrases(self, wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Where one of these folded phrases stands: its first and its last word (exclusive)."""
        longest = max(len(one.split()) for one in wanted)
        plain = [folded(word.text).strip(" \"'()“”,") for word in self.words]
        at = 0
        while at < len(plain):
            for length in range(min(longest, len(plain) - at), 0, -1):
                if " ".join(plain[at : at + length]) in wanted:
                    yield at, at + length
                    at += length - 1
                    break
            at += 1

    def claim_of_words(self, first: int, last: int, confidence: float, rule: str) -> Claim:
        words = self.words[first:last]
        literal = " ".join(word.text for word in words).strip(" ,;:.()")
        return Claim(literal, box_of(words, self.page), confidence, rule)


def day_of(literal: str, *, day_first: bool | None) -> str:
    """The date as ISO text; "" where it is not one day."""
    day = read_date(literal, day_first=day_first).day
    return day.isoformat() if day else ""
