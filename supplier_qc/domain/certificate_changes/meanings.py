"""What a printed text means, as a key: equal keys mean the same in other words."""

import re
from fractions import Fraction
from functools import lru_cache

from supplier_qc.domain.countries import COUNTRIES
from supplier_qc.domain.item_matching import bare_number
from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.measurement.units import parse_unit
from supplier_qc.domain.specification.limits import read_limit
from supplier_qc.domain.specification.matching import normalised_name

_PHARMACOPOEIAS = (
    (re.compile(r"\b(?:european pharmacopoeia|ph\.? ?eur\.?|e\.?p\.?)(?![a-z])"), " pheur "),
    (re.compile(r"\b(?:united states pharmacopo?eia|u\.?s\.?p\.?)(?![a-z])"), " usp "),
    (re.compile(r"\b(?:japanese pharmacopoeia|j\.?p\.?)(?![a-z])"), " jp "),
)
_COUNTRY_CODES = {normalised_name(name): code for code, name in COUNTRIES.items()} | {
    "usa": "US",
    "u s a": "US",
    "united states": "US",
    "united states of america": "US",
    "uk": "GB",
    "great britain": "GB",
    "united kingdom": "GB",
    "the netherlands": "NL",
    "holland": "NL",
    "deutschland": "DE",
    "france": "FR",
    "schweiz": "CH",
    "osterreich": "AT",
    "korea": "KR",
    "south korea": "KR",
}


@lru_cache(maxsize=4096)
def word_key(text: str | None) -> str:
    return folded(text or "")


@lru_cache(maxsize=4096)
def name_key(text: str | None) -> str:
    return normalised_name(text or "")


@lru_cache(maxsize=4096)
def method_key(text: str | None) -> str:
    """A method without punctuation, the pharmacopoeias by one name each."""
    words = folded(text or "")
    for spelled, one in _PHARMACOPOEIAS:
        words = spelled.sub(one, words)
    return " ".join(re.findall(r"[^\W_]+", words))


@lru_cache(maxsize=1024)
def unit_key(text: str | None) -> str:
    if not text:
        return ""
    known = parse_unit(text)
    return f"{known.dimension} {known.factor} {known.offset}" if known else folded(text)


@lru_cache(maxsize=4096)
def limit_key(text: str | None, unit: str | None, *, decimal_comma: bool | None) -> str:
    """The bounds in the base unit of their dimension; a text that is no bound by its words."""
    if not text:
        return ""
    limit = read_limit(text, decimal_comma=decimal_comma, unit=unit)
    known = parse_unit(limit.unit)
    if limit.operator is None or (limit.low is None and limit.high is None):
        return folded(text)
    factor, offset = (known.factor, known.offset) if known else (Fraction(1), Fraction(0))
    ends = [
        "" if end is None else str(Fraction(end) * factor + offset)
        for end in (limit.low, limit.high)
    ]
    dimension = known.dimension if known else folded(limit.unit or "")
    return " ".join([limit.operator, *ends, dimension])


@lru_cache(maxsize=1024)
def storage_key(text: str | None) -> str:
    """A temperature by its bounds, so that "2-8 °C" and "between 2 and 8 °C" are one."""
    limit = read_limit(text or "")
    if limit.unit and (limit.low is not None or limit.high is not None):
        return limit_key(text, None, decimal_comma=None)
    return name_key(text)


@lru_cache(maxsize=1024)
def country_key(text: str | None) -> str:
    words = name_key(text)
    code = (text or "").strip().upper()
    return _COUNTRY_CODES.get(words, code if code in COUNTRIES else words)


def number_key(text: str | None) -> str:
    return bare_number(text)
