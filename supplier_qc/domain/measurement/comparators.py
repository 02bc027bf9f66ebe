"""Comparators, as signs and as the words that certificates print for them."""

import re
from enum import StrEnum

from supplier_qc.domain.measurement.characters import folded


class Comparator(StrEnum):
    """The sign itself is the stored value, so that a table and a page show the same thing."""

    LESS_THAN = "<"
    AT_MOST = "≤"
    GREATER_THAN = ">"
    AT_LEAST = "≥"
    EQUAL = "="
    ABOUT = "~"


BELOW = frozenset({Comparator.LESS_THAN, Comparator.AT_MOST})
ABOVE = frozenset({Comparator.GREATER_THAN, Comparator.AT_LEAST})

_SIGNS: dict[str, Comparator] = {
    "<=": Comparator.AT_MOST,
    "=<": Comparator.AT_MOST,
    "≤": Comparator.AT_MOST,
    ">=": Comparator.AT_LEAST,
    "=>": Comparator.AT_LEAST,
    "≥": Comparator.AT_LEAST,
    "<": Comparator.LESS_THAN,
    ">": Comparator.GREATER_THAN,
    "=": Comparator.EQUAL,
    "~": Comparator.ABOUT,
}
_WORDS: dict[Comparator, tuple[str, ...]] = {
    Comparator.AT_MOST: (
        "nmt", "n.m.t.", "not more than", "no more than", "not greater than", "not exceeding",
        "not to exceed", "maximum", "max.", "max", "at most", "up to", "less than or equal to",
        "hochstens", "maximal", "nicht mehr als", "bis zu", "kleiner gleich",
        "au plus", "pas plus de", "au maximum", "inferieur ou egal a",
        "no mas de", "como maximo", "maximo", "menor o igual a", "menor o igual que",
        "nao mais que", "nao mais de", "no maximo", "menor ou igual a",
        "non piu di", "al massimo", "massimo", "minore o uguale a",
    ),
    Comparator.AT_LEAST: (
        "nlt", "n.l.t.", "not less than", "no less than", "minimum", "min.", "min", "at least",
        "greater than or equal to",
        "mindestens", "minimal", "nicht weniger als", "grosser gleich",
        "au moins", "pas moins de", "au minimum", "superieur ou egal a",
        "no menos de", "como minimo", "minimo", "mayor o igual a", "mayor o igual que",
        "nao menos que", "nao menos de", "no minimo", "maior ou igual a",
        "non meno di", "almeno", "maggiore o uguale a",
    ),
    Comparator.LESS_THAN: (
        "less than", "below", "under", "lt", "kleiner als", "weniger als", "unter",
        "inferieur a", "moins de", "menor que", "menor de", "menos de", "inferior a",
        "menos que", "inferiore a", "minore di", "meno di",
    ),
    Comparator.GREATER_THAN: (
        "more than", "greater than", "above", "over", "gt", "grosser als", "mehr als", "uber",
        "superieur a", "plus de", "mayor que", "mas de", "superior a", "maior que", "mais de",
        "superiore a", "maggiore di", "piu di",
    ),
    Comparator.ABOUT: (
        "approximately", "approx.", "approx", "about", "ca.", "ca", "circa", "etwa", "environ",
        "aproximadamente", "aprox.", "aprox", "cerca de",
    ),
}  # fmt: skip
_AFTER: dict[str, Comparator] = {
    "maximum": Comparator.AT_MOST,
    "max.": Comparator.AT_MOST,
    "max": Comparator.AT_MOST,
    "or less": Comparator.AT_MOST,
    "or below": Comparator.AT_MOST,
    "minimum": Comparator.AT_LEAST,
    "min.": Comparator.AT_LEAST,
    "or more": Comparator.AT_LEAST,
    "or above": Comparator.AT_LEAST,
    "or greater": Comparator.AT_LEAST,
}  # "min" without a stop stays the unit of time


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_MEANING = {word: sign for sign, words in _WORDS.items() for word in words}
_LEADING_SIGN = re.compile(r"^(<=|=<|>=|=>|<|>|≤|≥|=|~)\s*(.*)$", re.DOTALL)
_LEADING_WORD = re.compile(rf"^({_alternatives(list(_MEANING))})(?![a-z])[\s:]*", re.IGNORECASE)
_TRAILING_WORD = re.compile(rf"[\s,(]+({_alternatives(list(_AFTER))})\)?$", re.IGNORECASE)


def split_comparator(text: str) -> tuple[Comparator | None, str]:
    """The comparator that leads or closes `text` (already normalised), and what remains.

    Only what is printed counts; text without a comparator comes back whole with None.
    """
    sign = _LEADING_SIGN.match(text)
    if sign is not None:
        return _SIGNS[sign[1]], sign[2].strip()
    # Folding may shorten the text (ß, accents), so words are found on a same-length copy.
    plain = _same_length_plain(text)
    word = _LEADING_WORD.match(plain)
    if word is not None:
        return _MEANING[word[1].lower()], text[word.end() :].strip()
    closing = _TRAILING_WORD.search(plain)
    if closing is not None:
        return _AFTER[closing[1].lower()], text[: closing.start()].strip()
    return None, text


def _same_length_plain(text: str) -> str:
    return "".join(folded(sign)[:1] or sign if sign.isalpha() else sign for sign in text)
