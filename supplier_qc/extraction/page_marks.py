"""Words laid over a page that say it is no certificate: sample, draft, specimen, void."""

from collections.abc import Iterator, Sequence
from statistics import median

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.layout import Line
from supplier_qc.extraction.page_content import PageContent, Word

LARGE = 24.0  # points; no running text of a certificate is set so large
LARGE_RATIO = 1.8  # of the page's usual size
FEWEST_LETTERS = 4
MOST_LOST = 2  # letters of a slanted word
_ANYWHERE = frozenset({"draft", "specimen", "void", "entwurf", "brouillon", "borrador"})
_LARGE_ONLY = frozenset({"sample", "example", "copy", "muster", "beispiel", "muestra", "exemple"})


def marks_of(page: PageContent, lines: Sequence[Line]) -> Iterator[str]:
    """Each mark as printed: a large word of this kind, or a line that is nothing else.

    "Sample" counts only where it is large, since "Sample" also heads columns.
    """
    large = _large(page.words)
    yield from (word.text for word in large if folded(word.text) in _ANYWHERE | _LARGE_ONLY)
    yield from _diagonal(large)
    for line in lines:
        if folded(line.text) in _ANYWHERE and not any(word in large for word in line.words):
            yield line.text


def _large(words: Sequence[Word]) -> list[Word]:
    if not words:
        return []
    usual = median(word.size for word in words)
    return [word for word in words if word.size >= max(LARGE, LARGE_RATIO * usual)]


def _diagonal(large: Sequence[Word]) -> Iterator[str]:
    """Letters of a slanted word are stored one by one; some are lost in the text they cross."""
    letters = sorted((word for word in large if len(word.text) == 1), key=lambda word: word.x0)
    spelled = folded("".join(word.text for word in letters))
    if len(spelled) < FEWEST_LETTERS:
        return
    for known in sorted(_ANYWHERE | _LARGE_ONLY):
        if len(known) - len(spelled) in range(MOST_LOST + 1) and _is_part(spelled, known):
            yield known.upper()


def _is_part(letters: str, word: str) -> bool:
    """Whether the letters stand in the word in this order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)
