"""Changes of the header: where it is made, by whom, how it is kept and for how long."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.certificate_changes.facts import CertificateFacts
from supplier_qc.domain.certificate_changes.findings import (
    Finding,
    FindingKind,
    Severity,
    Standing,
    spot_of_field,
)
from supplier_qc.domain.certificate_changes.meanings import (
    country_key,
    name_key,
    number_key,
    storage_key,
)
from supplier_qc.domain.measurement.dates import read_date
from supplier_qc.domain.specification.comparison import same_words

TOLERANCE_DAYS = 31
"""Printed months instead of days move both ends by up to a month (C)."""

TOLERANCE_SHARE = 10
"""… but never by more than a tenth of a short shelf life (C)."""

_DAYS_OF_MONTH = 30.4375
_IN_DAYS_BELOW = 92


@dataclass(frozen=True, slots=True)
class _Compared:
    """`missing` is the severity where the last certificate states it and this one does not."""

    field: str
    kind: FindingKind
    rule: str
    words: str
    key: Callable[[str | None], str]
    severity: Severity
    missing: Severity


_FIELDS = (
    _Compared(
        "site",
        FindingKind.SITE,
        "C-25",
        "the manufacturing site",
        name_key,
        Severity.CRITICAL,
        Severity.MAJOR,
    ),
    _Compared(
        "issuer",
        FindingKind.ISSUER,
        "C-25",
        "the issuer",
        name_key,
        Severity.MAJOR,
        Severity.NOTICE,
    ),
    _Compared(
        "country_of_origin",
        FindingKind.COUNTRY_OF_ORIGIN,
        "C-26",
        "the country of origin",
        country_key,
        Severity.CRITICAL,
        Severity.MAJOR,
    ),
    _Compared(
        "storage",
        FindingKind.STORAGE,
        "C-27",
        "the storage",
        storage_key,
        Severity.MAJOR,
        Severity.NOTICE,
    ),
    _Compared(
        "signatory",
        FindingKind.SIGNATORY,
        "C-29",
        "the signatory",
        name_key,
        Severity.NOTICE,
        Severity.NOTICE,
    ),
    _Compared(
        "product_name",
        FindingKind.PRODUCT_NAME,
        "C-30",
        "the product name",
        name_key,
        Severity.NOTICE,
        Severity.NOTICE,
    ),
    _Compared(
        "catalog_number",
        FindingKind.CATALOGUE_NUMBER,
        "C-30",
        "the catalogue number",
        number_key,
        Severity.MAJOR,
        Severity.NOTICE,
    ),
)
KEYS: dict[FindingKind, tuple[str, Callable[[str | None], str]]] = {
    one.kind: (one.field, one.key) for one in _FIELDS
}
"""Field and meaning of each compared header value."""


def header_findings(before: CertificateFacts, after: CertificateFacts) -> Iterator[Finding]:
    for compared in _FIELDS:
        found = _field(compared, before, after)
        if found is not None:
            yield found
    yield from _shelf_life(before, after)


def _field(rule: _Compared, before: CertificateFacts, after: CertificateFacts) -> Finding | None:
    old, new = before.value(rule.field), after.value(rule.field)
    if same_words(old, new):
        return None
    standing, severity = Standing.FOUND, rule.severity
    sentence = f"{rule.words} is “{new}” instead of “{old}”."
    if not old or not new:
        standing = Standing.NOT_COMPARABLE
        severity = rule.missing if old else Severity.NOTICE
        sentence = _one_sided(rule.words, old, new)
    elif rule.key(old) == rule.key(new):
        standing, severity = Standing.WORDING, Severity.NOTICE
        sentence = f"{rule.words} is written “{new}” instead of “{old}”."
    return Finding(
        rule.kind,
        rule.rule,
        severity,
        _subject(rule.words),
        sentence[0].upper() + sentence[1:],
        before=old,
        after=new,
        standing=standing,
        spot_before=spot_of_field(rule.field, before.fields.get(rule.field)),
        spot_after=spot_of_field(rule.field, after.fields.get(rule.field)),
    )


def _subject(words: str) -> str:
    subject = words.removeprefix("the ")
    return subject[0].upper() + subject[1:]


def _one_sided(words: str, old: str | None, new: str | None) -> str:
    if old:
        return f"{words} is not stated; the last certificate says “{old}”."
    return f"{words} is stated for the first time, “{new}”; there is nothing to compare it with."


@dataclass(frozen=True, slots=True)
class ShelfLife:
    """Days from manufacture to the end that the certificate states, expiry or retest."""

    days: int
    end: str  # "expiry_date" or "retest_date"

    @property
    def words(self) -> str:
        if self.days < _IN_DAYS_BELOW:
            return f"{self.days} days"
        return f"{round(self.days / _DAYS_OF_MONTH)} months"


def shelf_life(facts: CertificateFacts) -> ShelfLife | None:
    """None where an end is not stated or is not one day."""
    made = _day(facts.value("manufacture_date"))
    for end in ("expiry_date", "retest_date"):
        until = _day(facts.value(end))
        if made is not None and until is not None:
            return ShelfLife((until - made).days, end)
    return None


def same_shelf_life(one: ShelfLife, other: ShelfLife) -> bool:
    """Within a month, or a tenth of the first where that is shorter."""
    allowed = min(TOLERANCE_DAYS, max(1, abs(one.days) // TOLERANCE_SHARE))
    return abs(one.days - other.days) <= allowed


def _day(value: str | None) -> date | None:
    return read_date(value).day if value else None


def _shelf_life(before: CertificateFacts, after: CertificateFacts) -> Iterator[Finding]:
    old, new = shelf_life(before), shelf_life(after)
    if old is None and new is None:
        return
    standing, severity, sentence = _shelf_life_change(old, new)
    if not sentence:
        return
    yield Finding(
        FindingKind.SHELF_LIFE,
        "C-28",
        severity,
        "Shelf life",
        sentence,
        before=old.words if old else None,
        after=new.words if new else None,
        standing=standing,
        spot_before=spot_of_field("expiry_date", before.fields.get(old.end if old else "")),
        spot_after=spot_of_field("expiry_date", after.fields.get(new.end if new else "")),
    )


def _shelf_life_change(
    old: ShelfLife | None, new: ShelfLife | None
) -> tuple[Standing, Severity, str]:
    if old is None or new is None:
        stated, where = (new, "this") if new else (old, "the last")
        words = stated.words if stated else ""
        sentence = (
            f"Only {where} certificate states manufacture and expiry ({words}); "
            "the shelf life cannot be compared."
        )
        return Standing.NOT_COMPARABLE, Severity.NOTICE, sentence
    if old.end != new.end:
        ends = {"expiry_date": "an expiry", "retest_date": "a retest date"}
        words = f"This certificate states {ends[new.end]}, the last one {ends[old.end]}."
        return Standing.NOT_COMPARABLE, Severity.MAJOR, words
    if same_shelf_life(old, new):
        return Standing.FOUND, Severity.NOTICE, ""
    direction = "longer" if new.days > old.days else "shorter"
    words = f"The shelf life is {direction}: {new.words} instead of {old.words}."
    return Standing.FOUND, Severity.MAJOR, words
