"""The words of certificates, loaded once from vocabulary.toml."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Self

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.claims import HeaderField


class Column(StrEnum):
    NAME = "name"
    METHOD = "method"
    SPECIFICATION = "specification"
    SPEC_MIN = "spec_min"
    SPEC_MAX = "spec_max"
    RESULT = "result"
    UNIT = "unit"
    VERDICT = "verdict"
    TYPICAL = "typical"
    IGNORED = "ignored"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Label:
    """What a label stands for; `field` is None for a label whose value is of no use here."""

    field: HeaderField | None
    strong: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """Parts of labels that nobody can list in full."""

    date_words: frozenset[str]
    strangers: frozenset[str]
    lot_ends: tuple[str, ...]
    catalog_ends: tuple[str, ...]
    roots: dict[HeaderField, tuple[str, ...]]
    number_words: frozenset[str]
    lot_words: frozenset[str]
    product_words: frozenset[str]

    @classmethod
    def from_toml(cls, stored: dict[str, Any]) -> Self:
        return cls(
            date_words=frozenset(stored["date_words"]),
            strangers=frozenset(stored["strangers"]),
            lot_ends=tuple(stored["lot_ends"]),
            catalog_ends=tuple(stored["catalog_ends"]),
            number_words=frozenset(stored["number_words"]),
            lot_words=frozenset(stored["lot_words"]),
            product_words=frozenset(stored["product_words"]),
            roots={HeaderField(name): tuple(roots) for name, roots in stored["roots"].items()},
        )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every phrase is folded; `longest_label` is how many words may make a label."""

    labels: dict[str, tuple[Label, ...]]
    composed: Composed
    columns: dict[str, tuple[Column, ...]]
    shy_columns: frozenset[str]
    column_tokens: frozenset[str]
    titles: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    longest_label: int


_LANGUAGES = re.compile(r"\s*[/|]\s*|\s+-\s+")  # between the same word in two languages
_PUNCTUATION = re.compile(r"[:;,.()\[\]{}\"'*†‡_=|/\\&+-]")


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """The folded words of a label, without the punctuation that differs from maker to maker.

    The glyph that files name least often is the ligature of f and i, as in "Specification".
    """
    return tuple(_PUNCTUATION.sub(" ", folded(text.replace(UNNAMED_GLYPH, "fi"))).split())


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    return " ".join(tokens(text))


@cache
def vocabulary() -> Vocabulary:
    stored = tomllib.loads(
        files("supplier_qc.extraction").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    )
    labels = _labels(stored["labels"])
    columns = _columns(stored["columns"])
    return Vocabulary(
        labels=labels,
        composed=Composed.from_toml(stored["composed"]),
        columns=columns,
        shy_columns=frozenset(map(key, stored["columns"]["shy"])),
        column_tokens=frozenset(token for phrase in columns for token in phrase.split()),
        titles={kind: frozenset(map(key, phrases)) for kind, phrases in stored["titles"].items()},
        words={kind: frozenset(map(folded, words)) for kind, words in stored["words"].items()},
        longest_label=LONGEST_LABEL,
    )


UNNAMED_GLYPH = "\ufffd"
LONGEST_LABEL = 9  # words, two languages included
MOST_COMPOSED = 5  # words of a label that is put together


@lru_cache(maxsize=20_000)
def labels_of(text: str) -> tuple[Label, ...]:
    """What a label means: as listed, else as put together from known parts."""
    words = tokens(text)
    listed = vocabulary().labels.get(" ".join(words))
    if listed is not None:
        return listed
    parts = [part for part in _LANGUAGES.split(text) if tokens(part)]
    return _of_two_languages(parts) if len(parts) > 1 else _composed(words)


def _of_two_languages(parts: list[str]) -> tuple[Label, ...]:
    """The meaning that every part of "Artikel-Nr. / Article No." has."""
    meanings = [labels_of(part) for part in parts]
    shared = set.intersection(*({label.field for label in labels} for labels in meanings))
    return tuple(
        Label(field, strong=any(Label(field, strong=True) in labels for labels in meanings))
        for field in sorted(shared, key=str)
    )


def _composed(words: tuple[str, ...]) -> tuple[Label, ...]:
    parts = vocabulary().composed
    if not 1 < len(words) <= MOST_COMPOSED or any(word.isdigit() for word in words):
        return ()
    strange = bool(parts.strangers & set(words))
    if words[-1] in parts.date_words or words[0] in parts.date_words:
        field = None if strange else _field_of_date(words)
        return (Label(field, strong=True),) if field or strange else ()
    numbered = _numbered(words)
    if numbered is not None and not strange:
        return (Label(numbered, strong=True),)
    text = " ".join(words)
    for ends, field in (
        (parts.lot_ends, HeaderField.LOT_NUMBER),
        (parts.catalog_ends, HeaderField.CATALOG_NUMBER),
    ):
        if any(text.endswith(f" {end}") for end in ends):
            return (Label(None if strange else field, strong=False),)
    return ()


def _numbered(words: tuple[str, ...]) -> HeaderField | None:
    """A lot or product under a word for number: "Nº do lote", "Numéro de lot", "N. articolo"."""
    parts = vocabulary().composed
    rest = tuple(word for word in words if word not in parts.number_words)
    if not 0 < len(rest) < len(words) or len(rest) > 1:
        return None
    if rest[0] in parts.lot_words:
        return HeaderField.LOT_NUMBER
    return HeaderField.CATALOG_NUMBER if rest[0] in parts.product_words else None


def _field_of_date(words: tuple[str, ...]) -> HeaderField | None:
    """The most telling field first, so that a retest date is not a test date."""
    for field, roots in vocabulary().composed.roots.items():
        if any(word.startswith(root) for word in words for root in roots):
            return field
    return None


def _labels(stored: dict[str, dict[str, list[str]]]) -> dict[str, tuple[Label, ...]]:
    labels: dict[str, tuple[Label, ...]] = {}
    for name, phrases in stored.items():
        field = None if name == "other" else HeaderField(name)
        for strength in ("strong", "weak"):
            for phrase in phrases[strength]:
                found = Label(field, strong=strength == "strong")
                known = labels.get(key(phrase), ())
                if all(label.field is not field for label in known):
                    labels[key(phrase)] = (*known, found)
    labels.pop("", None)
    return labels


def _columns(stored: dict[str, list[str]]) -> dict[str, tuple[Column, ...]]:
    columns: dict[str, tuple[Column, ...]] = {}
    for name, phrases in stored.items():
        for phrase in phrases if name != "shy" else ():
            known = columns.get(key(phrase), ())
            if Column(name) not in known:
                columns[key(phrase)] = (*known, Column(name))
    columns.pop("", None)
    return columns
