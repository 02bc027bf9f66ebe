"""What a statement of origin says on paper, as controlled facts: what was read or was typed.

A paper is a claim of its issuer. It is set beside the recorded origin and changes none of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from supplier_qc.domain.countries import COUNTRIES, country_name
from supplier_qc.domain.origin.description import phrase, species_adjective
from supplier_qc.domain.origin.vocabulary import (
    DerivativeClass,
    IssuerRole,
    SourceClass,
    Species,
    Tissue,
    words,
)

HUMAN, ANIMAL, RUMINANT = "human", "animal", "ruminant"
RUMINANTS = frozenset({Species.CATTLE, Species.BUFFALO, Species.SHEEP, Species.GOAT, Species.DEER})
LONGEST_VALUE = 300


class StatementFact(StrEnum):
    """One kind of thing that a statement says; some may be said several times."""

    ISSUER = "issuer"
    ISSUER_ROLE = "issuer_role"
    ISSUED_ON = "issued_on"
    VALID_UNTIL = "valid_until"
    SIGNATORY = "signatory"
    SIGNATORY_FUNCTION = "signatory_function"
    SIGNATURE = "signature"
    SITE = "site"
    ALL_PRODUCTS = "all_products"
    PRODUCT_NAME = "product_name"
    CATALOGUE_NUMBER = "catalogue_number"
    LOT_NUMBER = "lot_number"
    SOURCE = "source"
    DENIED_SOURCE = "denied_source"
    TISSUE = "tissue"
    MATERIAL = "material"
    COUNTRY_OF_ORIGIN = "country_of_origin"
    COUNTRY_OF_BIRTH = "country_of_birth"
    COUNTRY_OF_REARING = "country_of_rearing"
    COUNTRY_OF_SLAUGHTER = "country_of_slaughter"
    GUIDELINE = "guideline"
    CEP = "cep"
    CEP_VALID_FROM = "cep_valid_from"
    CEP_VALID_UNTIL = "cep_valid_until"


class Signature(StrEnum):
    SIGNED = "signed"
    UNSIGNED = "unsigned"
    DECLARED_VALID = "declared_valid"  # "made by machine and valid without a signature"


DATES = frozenset(
    {
        StatementFact.ISSUED_ON,
        StatementFact.VALID_UNTIL,
        StatementFact.CEP_VALID_FROM,
        StatementFact.CEP_VALID_UNTIL,
    }
)
PLACES = (
    StatementFact.COUNTRY_OF_ORIGIN,
    StatementFact.COUNTRY_OF_BIRTH,
    StatementFact.COUNTRY_OF_REARING,
    StatementFact.COUNTRY_OF_SLAUGHTER,
)
SEVERAL = frozenset(
    {
        StatementFact.SITE,
        StatementFact.PRODUCT_NAME,
        StatementFact.CATALOGUE_NUMBER,
        StatementFact.LOT_NUMBER,
        StatementFact.SOURCE,
        StatementFact.DENIED_SOURCE,
        StatementFact.TISSUE,
        StatementFact.MATERIAL,
        StatementFact.GUIDELINE,
        *PLACES,
    }
)
CORE = (
    StatementFact.ISSUER,
    StatementFact.ISSUER_ROLE,
    StatementFact.ISSUED_ON,
    StatementFact.VALID_UNTIL,
    StatementFact.SIGNATORY,
    StatementFact.SIGNATURE,
    StatementFact.CATALOGUE_NUMBER,
    StatementFact.SOURCE,
    StatementFact.TISSUE,
    StatementFact.COUNTRY_OF_ORIGIN,
    StatementFact.GUIDELINE,
)
"""Asked for on every statement, read or not; the others only where they were read or added."""

_SPECIES_WORDS: dict[str, str] = {one.value: species_adjective(one) for one in Species}
_CHOICES: dict[StatementFact, dict[str, str]] = {
    StatementFact.SOURCE: {**_SPECIES_WORDS, HUMAN: "human"},
    StatementFact.DENIED_SOURCE: {
        ANIMAL: "any animal origin",
        RUMINANT: "any ruminant origin",
        **_SPECIES_WORDS,
        HUMAN: "human",
    },
    StatementFact.TISSUE: {one.value: phrase(one) for one in Tissue},
    StatementFact.MATERIAL: {one.value: phrase(one) for one in DerivativeClass},
    StatementFact.ISSUER_ROLE: {one.value: words(one) for one in IssuerRole},
    StatementFact.SIGNATURE: {
        Signature.SIGNED: "signed",
        Signature.UNSIGNED: "not signed",
        Signature.DECLARED_VALID: "declares itself valid without a signature",
    },
    StatementFact.ALL_PRODUCTS: {"yes": "yes"},
    **{fact: {code: f"{name} ({code})" for code, name in COUNTRIES.items()} for fact in PLACES},
}
_CEP = re.compile(
    r"(?P<prefix>R[0-9]-)?CEP\s*(?P<number>[0-9]{4}-[0-9]{3})(?:[\s,-]*Rev\.?\s*0*(?P<rev>[0-9]+))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CitedCep:
    """`number` without prefix, such as "2004-123"; `revision` without leading noughts."""

    number: str
    revision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPaper:
    """Everything one paper says; empty or None is what it does not say.

    `sources` are species and "human", `denied` may be "animal" and "ruminant" as well;
    `countries` are ISO 3166-1 alpha-2 by what happened there.
    """

    issued_on: date | None = None
    valid_until: date | None = None
    issuer_role: IssuerRole | None = None
    signature: Signature | None = None
    covers_all_products: bool = False
    sources: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    tissues: frozenset[Tissue] = frozenset()
    countries: Mapping[StatementFact, frozenset[str]]
    guidelines: tuple[str, ...] = ()
    cep: CitedCep | None = None
    cep_valid_from: date | None = None
    cep_valid_until: date | None = None


def paper_of(values: Iterable[tuple[StatementFact, str]]) -> StatementPaper:
    """The paper that these checked values make up; of a fact said once the last counts."""
    said: dict[StatementFact, list[str]] = {fact: [] for fact in StatementFact}
    for fact, value in values:
        said[fact].append(value)

    def last(fact: StatementFact) -> str | None:
        return said[fact][-1] if said[fact] else None

    role, signature = last(StatementFact.ISSUER_ROLE), last(StatementFact.SIGNATURE)
    return StatementPaper(
        issued_on=_day(last(StatementFact.ISSUED_ON)),
        valid_until=_day(last(StatementFact.VALID_UNTIL)),
        issuer_role=IssuerRole(role) if role else None,
        signature=Signature(signature) if signature else None,
        covers_all_products=bool(said[StatementFact.ALL_PRODUCTS]),
        sources=frozenset(said[StatementFact.SOURCE]),
        denied=frozenset(said[StatementFact.DENIED_SOURCE]),
        tissues=frozenset(Tissue(one) for one in said[StatementFact.TISSUE]),
        countries={fact: frozenset(said[fact]) for fact in PLACES if said[fact]},
        guidelines=tuple(said[StatementFact.GUIDELINE]),
        cep=cited_cep(last(StatementFact.CEP) or ""),
        cep_valid_from=_day(last(StatementFact.CEP_VALID_FROM)),
        cep_valid_until=_day(last(StatementFact.CEP_VALID_UNTIL)),
    )


def value_problems(fact: StatementFact, value: str) -> Iterator[str]:
    """Why a value cannot stand for this fact; a blank one says that the paper does not say it."""
    if len(value) > LONGEST_VALUE:
        yield f"{fact_label(fact)} has at most {LONGEST_VALUE} characters."
    elif value and fact in DATES and _day(value) is None:
        yield f"{fact_label(fact)} is one day, written year-month-day."
    elif value and fact in _CHOICES and value not in _CHOICES[fact]:
        yield f"{fact_label(fact)}: choose one of the list."
    elif value and fact is StatementFact.CEP and cited_cep(value) is None:
        yield "The number of a CEP reads as in R1-CEP 2004-123-Rev 02."


def cited_cep(text: str) -> CitedCep | None:
    found = _CEP.search(text)
    return CitedCep(found["number"], found["rev"]) if found else None


def choices_of(fact: StatementFact) -> Mapping[str, str]:
    """The words of each value that the fact may have; empty where any text may stand."""
    return _CHOICES.get(fact, {})


def value_words(fact: StatementFact, value: str) -> str:
    return choices_of(fact).get(value, value)


def source_words(source: str) -> str:
    return _CHOICES[StatementFact.SOURCE].get(source, source)


def place_words(codes: Iterable[str]) -> str:
    return ", ".join(f"{country_name(code)} ({code})" for code in sorted(codes))


def fact_label(fact: StatementFact) -> str:
    return _LABELS.get(fact, fact.value.replace("_", " ").capitalize())


def is_of_source(source: str, species: Species | None, source_class: SourceClass) -> bool:
    """Whether what is recorded falls under a source that a paper names."""
    if source == HUMAN:
        return source_class is SourceClass.HUMAN
    if source_class is not SourceClass.ANIMAL:
        return False
    if source == ANIMAL:
        return True
    return species in RUMINANTS if source == RUMINANT else species == source


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


_LABELS = {
    StatementFact.ISSUER_ROLE: "The issuer is",
    StatementFact.ALL_PRODUCTS: "Covers all products",
    StatementFact.SOURCE: "Species",
    StatementFact.DENIED_SOURCE: "Denies",
    StatementFact.TISSUE: "Tissue or fluid",
    StatementFact.COUNTRY_OF_SLAUGHTER: "Country of slaughter or collection",
    StatementFact.SIGNATORY_FUNCTION: "Function of the signatory",
    StatementFact.GUIDELINE: "Guideline cited",
    StatementFact.CEP: "CEP",
    StatementFact.CEP_VALID_FROM: "CEP valid from",
    StatementFact.CEP_VALID_UNTIL: "CEP valid until",
}
