"""The words of statements of origin, loaded once from statement_words.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from supplier_qc.domain.countries import COUNTRIES
from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.origin.statement_papers import StatementFact
from supplier_qc.extraction.vocabulary import key


@dataclass(frozen=True, slots=True)
class StatementWords:
    """Folded words as keys; `phrases` by the name of what they say."""

    labels: dict[str, StatementFact]
    roles: dict[str, StatementFact]
    tissues: dict[str, str]
    materials: dict[str, str]
    phrases: dict[str, frozenset[str]]
    countries: dict[str, str]
    functions: frozenset[str]


@cache
def statement_words() -> StatementWords:
    stored = tomllib.loads(
        (files("supplier_qc.extraction") / "statement_words.toml").read_text(encoding="utf-8")
    )
    countries = {folded(name): code for code, name in COUNTRIES.items()}
    countries |= _by_word(stored["countries"])
    phrases = {name: frozenset(words) for name, words in stored["phrases"].items()}
    return StatementWords(
        labels={key(label): StatementFact(f) for f, ls in stored["labels"].items() for label in ls},
        roles={word: StatementFact(fact) for word, fact in _by_word(stored["roles"]).items()},
        tissues=_by_word(stored["tissue"]),
        materials=_by_word(stored["material"]),
        phrases=phrases,
        countries=countries,
        functions=phrases["functions"],
    )


def _by_word(stored: dict[str, list[str]]) -> dict[str, str]:
    return {folded(word): value for value, words in stored.items() for word in words}
