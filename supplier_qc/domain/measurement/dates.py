"""Printed dates, read with their precision; what may be two dates is shown as two."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from supplier_qc.domain.measurement.characters import folded, normalise
from supplier_qc.domain.measurement.month_names import MONTHS

FIRST_YEAR, LAST_YEAR = 1900, 2199
MONTHS_A_YEAR = 12


class DatePrecision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class ReadDate:
    """The days that `literal` can mean, from `earliest` to `latest`; both None for no date.

    An ambiguous date (03/04/2025) lists its `alternatives`; a person or the document decides.
    """

    literal: str
    earliest: date | None = None
    latest: date | None = None
    precision: DatePrecision | None = None
    ambiguous: bool = False
    alternatives: tuple[date, ...] = ()
    note: str = ""

    @property
    def day(self) -> date | None:
        """The date when exactly one day is meant, else None."""
        return self.earliest if self.precision is DatePrecision.DAY and not self.ambiguous else None


@dataclass(frozen=True, slots=True)
class DayOrderEvidence:
    """Whether a document prints the day before the month, and the dates that prove it."""

    day_first: bool | None
    proofs: tuple[str, ...]
    note: str


_DayFirst = bool | None  # the order of the document; None while undecided

_NO_DATE = frozenset(
    {"", "-", "--", "n/a", "na", "n.a", "none", "not applicable", "see label", "not stated", "tbd",
     "nil", "not assigned", "sans objet", "entfallt", "no aplica"}
)  # fmt: skip
_TIME = re.compile(
    r"(?:(?<=[0-9])T|,?\s+)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*"
    r"(?:[AP]\.?M\.?)?\s*(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s+", re.IGNORECASE
)
_FILLING_WORDS = frozenset({"of", "the", "de", "del", "di", "den", "le", "do", "da"})
_ORDINAL = re.compile(r"^([0-9]{1,2})(?:st|nd|rd|th|er|o|a|°)$")
_GLUED = re.compile(r"(?<=[0-9])(?=[^\W\d_]{3})|(?<=[^\W\d_])(?=[0-9])")
_JOINED_YEAR = re.compile(r"[^\W\d_]\.?\s?[-/.'’]\s?[0-9]{2}$")  # Mar-26, Mar '26
_CJK = re.compile(r"^([0-9]{4})\s*年\s*([0-9]{1,2})\s*月(?:\s*([0-9]{1,2})\s*日)?$")
_SEPARATED = re.compile(
    r"^([0-9]{1,4})\s*([./\- ])\s*([0-9]{1,2})(?:\s*\2\s*([0-9]{4}|[0-9]{1,2}))?\.?$"
)
_MONTH_YEAR = re.compile(r"^([0-9]{1,2})\s*[./\- ]\s*([0-9]{4}|[0-9]{2})$")
_COMPACT = re.compile(r"^((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$")


def read_date(text: str | None, *, day_first: bool | None = None) -> ReadDate:
    """Read one printed date; never raises.

    `day_first` is the order decided for the document (see `decide_day_order`); while it is None,
    a numeric date that fits both orders is ambiguous. It never overrules a date that fits one
    order only.
    """
    literal = text or ""
    printed = _WEEKDAY.sub("", _TIME.sub("", normalise(literal)))
    if folded(literal) in _NO_DATE:
        return ReadDate(literal, note=f"“{literal.strip()}” is no date." if literal.strip() else "")
    cjk = _CJK.match(printed)
    if cjk is not None:
        printed = "-".join(part for part in cjk.groups() if part)
    if re.search(r"[^\W\d_]", printed):
        return _read_words(literal, printed)
    return _read_digits(literal, printed, day_first)


def as_expiry(read: ReadDate) -> date | None:
    """The last day on which the material may be used; None when that is not certain.

    A month without a day means the month's end, a year its last day (C, usual on labels).
    """
    return None if read.ambiguous else read.latest


def decide_day_order(texts: Iterable[str]) -> DayOrderEvidence:
    """Decide the day-month order of one document from dates that fit one order only.

    Dotted numeric dates are taken as day first where nothing proves otherwise (C).
    """
    day_first: list[str] = []
    month_first: list[str] = []
    dotted: list[str] = []
    for text in texts:
        order = _proven_order(text)
        if order is not None:
            (day_first if order else month_first).append(text)
        elif read_date(text).ambiguous and "." in text:
            dotted.append(text)
    if day_first and month_first:
        note = f"Both orders occur: {day_first[0]} and {month_first[0]}. Nothing was decided."
        return DayOrderEvidence(None, (day_first[0], month_first[0]), note)
    if day_first or month_first:
        proofs = tuple(day_first or month_first)
        return DayOrderEvidence(bool(day_first), proofs, f"{proofs[0]} fits one order only.")
    if dotted:
        note = f"{dotted[0]} is written with points, which is usual for day first (convention)."
        return DayOrderEvidence(True, tuple(dotted), note)
    return DayOrderEvidence(None, (), "No printed date proves the order of day and month.")


def _proven_order(text: str) -> bool | None:
    """True when only day first fits, False when only month first fits."""
    numeric = _SEPARATED.match(_TIME.sub("", normalise(text)))
    if numeric is None or numeric[4] is None or len(numeric[4]) != len("2025"):
        return None
    first, second = int(numeric[1]), int(numeric[3])
    if first > MONTHS_A_YEAR >= second:
        return True
    return False if second > MONTHS_A_YEAR >= first else None


def _read_digits(literal: str, printed: str, day_first: _DayFirst) -> ReadDate:
    compact = _COMPACT.match(printed)
    if compact is not None:
        return _from_candidates(literal, [(int(compact[1]), int(compact[2]), int(compact[3]))])
    if re.fullmatch(r"[0-9]{4}", printed):
        return _from_year(literal, int(printed))
    parts = _SEPARATED.match(printed)
    if parts is not None and parts[4] is not None:
        return _read_triple(literal, parts, day_first)
    if parts is not None and len(parts[1]) == len("2025"):
        return _from_month(literal, int(parts[1]), int(parts[3]))
    month_year = _MONTH_YEAR.match(printed)
    if month_year is not None:
        return _from_month(literal, _full_year(month_year[2]), int(month_year[1]))
    return ReadDate(literal, note=f"“{literal.strip()}” is not written as a date known here.")


def _read_triple(literal: str, parts: re.Match[str], day_first: _DayFirst) -> ReadDate:
    first, second, third = int(parts[1]), int(parts[3]), int(parts[4])
    if len(parts[1]) > len("31"):
        return _from_candidates(literal, [(first, second, third)])
    if len(parts[4]) == 1:
        return ReadDate(literal, note=f"“{literal.strip()}” has no year of two or four digits.")
    year = _full_year(parts[4])
    by_order = {True: (year, second, first), False: (year, first, second)}
    candidates = list(by_order.values())
    # Nobody writes the year first with points and two digits, so 25.12.24 has one meaning.
    if len(parts[4]) <= len("25") and parts[2] != ".":
        candidates.append((_full_year(parts[1]), second, third))
    if day_first is not None and _valid(*by_order[day_first]):
        candidates = [by_order[day_first]]
    return _from_candidates(literal, candidates)


def _full_year(printed: str) -> int:
    """Two digits are read as 2000 to 2099; no certificate in use is older."""
    return int(printed) if len(printed) > len("25") else 2000 + int(printed)


def _valid(year: int, month: int, day: int) -> bool:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS_A_YEAR):
        return False
    return 1 <= day <= monthrange(year, month)[1]


def _from_candidates(literal: str, candidates: list[tuple[int, int, int]]) -> ReadDate:
    found = sorted({date(*parts) for parts in candidates if _valid(*parts)})
    if not found:
        return ReadDate(literal, note=f"“{literal.strip()}” is a day that does not exist.")
    if len(found) == 1:
        return ReadDate(literal, found[0], found[0], DatePrecision.DAY)
    readable = " or ".join(day.isoformat() for day in found)
    return ReadDate(
        literal, found[0], found[-1], DatePrecision.DAY,
        ambiguous=True, alternatives=tuple(found), note=f"May be {readable}.",
    )  # fmt: skip


def _from_month(literal: str, year: int, month: int) -> ReadDate:
    if not _valid(year, month, 1):
        return ReadDate(literal, note=f"“{literal.strip()}” is a month that does not exist.")
    last = date(year, month, monthrange(year, month)[1])
    note = "Only the month is printed."
    return ReadDate(literal, date(year, month, 1), last, DatePrecision.MONTH, note=note)


def _from_year(literal: str, year: int) -> ReadDate:
    if not _valid(year, 1, 1):
        return ReadDate(literal, note=f"{year} is not a year that a certificate can carry.")
    first, last = date(year, 1, 1), date(year, MONTHS_A_YEAR, 31)
    return ReadDate(literal, first, last, DatePrecision.YEAR, note="Only the year is printed.")


def _read_words(literal: str, printed: str) -> ReadDate:
    words = re.findall(r"[^\W\d_]+|[0-9]+[^\W\d_]*°?", _GLUED.sub(" ", folded(printed)))
    months = [MONTHS[word] for word in words if word in MONTHS]
    digits = [match[1] if (match := _ORDINAL.match(word)) else word for word in words]
    numbers = [word for word in digits if word.isdigit()]
    strange = [
        word for word in digits
        if not word.isdigit() and word not in MONTHS and word not in _FILLING_WORDS
    ]  # fmt: skip
    if strange or len(months) != 1:
        return ReadDate(literal, note=_unknown_words(literal, strange))
    joined = bool(_JOINED_YEAR.search(printed))
    return _with_month_name(literal, months[0], numbers, joined=joined)


def _unknown_words(literal: str, strange: list[str]) -> str:
    for word in strange:
        close = get_close_matches(word, MONTHS, n=1, cutoff=0.75)
        if close:
            return f"“{word}” is not a month; perhaps {close[0]} is meant. Enter the date by hand."
    return f"“{literal.strip()}” is not written as a date known here."


def _with_month_name(literal: str, month: int, numbers: list[str], *, joined: bool) -> ReadDate:
    """Two digits are a year only where a sign joins them to the month; else a day without year."""
    match numbers:
        case [year] if joined or len(year) == len("2025"):
            return _from_month(literal, _full_year(year), month)
        case [year, day] if len(year) == len("2025"):
            return _from_candidates(literal, [(int(year), month, int(day))])
        case [day, year]:
            return _from_candidates(literal, [(_full_year(year), month, int(day))])
    return ReadDate(literal, note=f"“{literal.strip()}” is not written as a date known here.")
