"""What contradicts itself, or asks a question, within one certificate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.certificate_changes.facts import CertificateFacts, PrintedTest
from supplier_qc.domain.certificate_changes.findings import (
    Finding,
    FindingKind,
    Severity,
    spot_of_field,
    spot_of_test,
)
from supplier_qc.domain.certificate_changes.identity import other_substance
from supplier_qc.domain.certificate_changes.meanings import name_key
from supplier_qc.domain.measurement.dates import ReadDate, read_date
from supplier_qc.domain.measurement.notation import decide_notation
from supplier_qc.domain.measurement.units import parse_unit
from supplier_qc.domain.reported_results import reading
from supplier_qc.domain.specification.limits import read_limit
from supplier_qc.domain.specification.lint import DateFacts, RowFacts, contradictions
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.domain.specification.statements import says_conforms


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the pages say beside header and rows: stamps, lots as printed, numbers as printed."""

    marks: Sequence[str] = ()
    lots_seen: Sequence[str] = ()
    numbers: Sequence[str] = ()
    material_names: Sequence[str] = ()


def inconsistencies(
    certificate: CertificateFacts, pages: PageFacts, today: date
) -> tuple[Finding, ...]:
    """Every finding within one certificate; what is a NOTICE is only a question."""
    return (
        *_stated_contradictions(certificate, today),
        *_more_dates(certificate),
        *_unreadable_dates(certificate),
        *_page_marks(pages),
        *_lot_spellings(certificate, pages),
        *_mixed_notation(pages),
        *_rows(certificate, pages),
        *_no_conclusion(certificate),
    )


_KINDS = {
    "S-20": (FindingKind.OWN_LIMIT, Severity.CRITICAL, ""),
    "S-21": (FindingKind.DATE_ORDER, Severity.MAJOR, "expiry_date"),
    "S-22": (FindingKind.DATE_ORDER, Severity.MAJOR, "manufacture_date"),
    "S-23": (FindingKind.DATE_ORDER, Severity.MAJOR, "release_date"),
    "S-24": (FindingKind.FUTURE_DATE, Severity.MAJOR, ""),
}


def _stated_contradictions(certificate: CertificateFacts, today: date) -> Iterator[Finding]:
    tests = {test.name: test for test in certificate.tests}
    dates = DateFacts(
        manufactured=_read(certificate, "manufacture_date"),
        tested=_read(certificate, "test_date"),
        released=_read(certificate, "release_date"),
        expires=_read(certificate, "expiry_date"),
    )
    rows = [_row_facts(test, certificate) for test in certificate.tests if test.result]
    for found in contradictions(rows, dates, today):
        kind, severity, field = _KINDS[found.rule]
        test = tests.get(found.words.partition(":")[0])
        yield Finding(
            kind,
            found.rule,
            severity,
            test.name if test and not field else "Dates",
            found.words,
            spot_after=spot_of_field(field, certificate.fields.get(field))
            if field
            else spot_of_test(test),
        )


def _row_facts(test: PrintedTest, certificate: CertificateFacts) -> RowFacts:
    return RowFacts(
        name=test.name,
        result=reading(test.result or "", test.unit),
        supplier_limit=read_limit(
            test.limit, decimal_comma=certificate.decimal_comma, unit=test.unit
        ),
        supplier_verdict=test.supplier_verdict,
    )


def _read(certificate: CertificateFacts, field: str) -> ReadDate | None:
    value = certificate.value(field)
    return read_date(value) if value else None


_LATER = (
    # earlier, later, rule, severity, sentence
    (
        "received_date",
        "test_date",
        "C-01",
        Severity.MAJOR,
        "The sample was tested on {later}, before it was received on {earlier}.",
    ),
    (
        "retest_date",
        "expiry_date",
        "C-02",
        Severity.MAJOR,
        "The retest date {earlier} lies after the expiry {later}.",
    ),
)


def _more_dates(certificate: CertificateFacts) -> Iterator[Finding]:
    for earlier, later, rule, severity, words in _LATER:
        first, second = _read(certificate, earlier), _read(certificate, later)
        if first is None or second is None or first.earliest is None or second.latest is None:
            continue
        if second.latest < first.earliest:
            yield Finding(
                FindingKind.DATE_ORDER,
                rule,
                severity,
                "Dates",
                words.format(earlier=first.literal, later=second.literal),
                spot_after=spot_of_field(earlier, certificate.fields.get(earlier)),
            )


def _unreadable_dates(certificate: CertificateFacts) -> Iterator[Finding]:
    for name, found in certificate.fields.items():
        if not name.endswith("_date") or not found.literal:
            continue
        read = read_date(found.literal)
        if read.earliest is None and read.note and not read.note.endswith("is no date."):
            yield Finding(
                FindingKind.UNREADABLE_DATE,
                "C-03",
                Severity.NOTICE,
                _words_of(name),
                f"{_words_of(name)} is printed “{found.literal}”. {read.note}",
                after=found.literal,
                spot_after=spot_of_field(name, found),
            )


def _words_of(field: str) -> str:
    return field.replace("_", " ").capitalize()


def _page_marks(pages: PageFacts) -> Iterator[Finding]:
    for mark in dict.fromkeys(pages.marks):
        yield Finding(
            FindingKind.PAGE_MARK,
            "C-04",
            Severity.MAJOR,
            "Mark on the page",
            f"The page is marked “{mark}”: it may be no certificate of this lot.",
            after=mark,
        )


_LOOK_ALIKE = str.maketrans("OQIL", "0011")


def _lot_spellings(certificate: CertificateFacts, pages: PageFacts) -> Iterator[Finding]:
    """The lot in two places, different only by letters that look alike or leading zeros."""
    lot = certificate.lot
    if not lot:
        return
    for printed in dict.fromkeys(pages.lots_seen):
        if printed.strip() == lot.strip() or _blurred(printed) != _blurred(lot):
            continue
        is_spacing = _plain(printed) == _plain(lot)
        yield Finding(
            FindingKind.LOT_SPELLING,
            "C-05",
            Severity.NOTICE if is_spacing else Severity.MAJOR,
            "Lot number",
            f"The lot is printed “{lot}” and “{printed}” in this document.",
            before=printed,
            after=lot,
            spot_after=spot_of_field("lot_number", certificate.fields.get("lot_number")),
        )


def _plain(lot: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", lot.upper())


def _blurred(lot: str) -> str:
    return _plain(lot).translate(_LOOK_ALIKE).lstrip("0")


def _mixed_notation(pages: PageFacts) -> Iterator[Finding]:
    evidence = decide_notation(pages.numbers)
    if evidence.comma_proofs and evidence.point_proofs:
        comma, point = evidence.comma_proofs[0], evidence.point_proofs[0]
        yield Finding(
            FindingKind.MIXED_NOTATION,
            "C-06",
            Severity.MAJOR,
            "Decimal sign",
            f"Numbers are printed with a decimal comma ({comma}) and with a decimal point "
            f"({point}) in one document.",
            before=comma,
            after=point,
        )


def _rows(certificate: CertificateFacts, pages: PageFacts) -> Iterator[Finding]:
    names = [name for name in (certificate.value("product_name"), *pages.material_names) if name]
    for test in certificate.tests:
        yield from _direction(test, certificate)
        yield from _limit_unit(test, certificate)
        yield from _identity(test, names)


_HIGH_IS_GOOD = re.compile(
    r"\b(?:assay|purity|potency|viability|recovery|activity|yield|clarity|homogeneity|"
    r"biological activity|growth promotion|gehalt|reinheit|aktivitat|purete|pureza|purezza)\b"
)
_LOW_IS_GOOD = re.compile(
    r"\b(?:endotoxins?|bioburden|impurit\w+|residual\w*|heavy metals?|lead|arsenic|cadmium|mercury|"
    r"loss on drying|aggregates?|host cell (?:protein|dna)|hcp|total aerobic microbial count|tamc|"
    r"tymc|yeasts?|mou?lds?|particles?|haemoglobin|hemoglobin|contaminants?|"
    r"endotoxine?|verunreinigung\w*|impuretes|impurezas)\b"
)


def _direction(test: PrintedTest, certificate: CertificateFacts) -> Iterator[Finding]:
    limit = read_limit(test.limit, decimal_comma=certificate.decimal_comma, unit=test.unit)
    name = name_key(test.name)
    is_low = bool(_LOW_IS_GOOD.search(name))
    is_high = bool(_HIGH_IS_GOOD.search(name)) and not is_low
    odd = ""
    if limit.operator in {Operator.AT_MOST, Operator.LESS_THAN} and is_high:
        odd = "only a maximum, where a minimum is usual"
    if limit.operator in {Operator.AT_LEAST, Operator.GREATER_THAN} and is_low:
        odd = "only a minimum, where a maximum is usual"
    if odd:
        yield _question(
            FindingKind.LIMIT_DIRECTION,
            "C-07",
            test,
            f"{test.name}: the limit “{test.limit}” is {odd}. Is it read and printed right?",
        )


def _limit_unit(test: PrintedTest, certificate: CertificateFacts) -> Iterator[Finding]:
    limit = read_limit(test.limit, decimal_comma=certificate.decimal_comma)
    of_limit, of_result = parse_unit(limit.unit), parse_unit(test.unit)
    if of_limit is None or of_result is None or of_limit == of_result:
        return
    if reading(test.result or "", test.unit).value is None:
        return
    converts = of_limit.dimension == of_result.dimension
    ending = "the two convert exactly." if converts else "the two do not convert."
    yield Finding(
        FindingKind.UNIT_OF_LIMIT,
        "C-08",
        Severity.NOTICE if converts else Severity.MAJOR,
        test.name,
        f"{test.name}: the limit is in {limit.unit}, the result in {test.unit}; {ending}",
        before=limit.unit,
        after=test.unit,
        spot_after=spot_of_test(test),
    )


def _identity(test: PrintedTest, names: Sequence[str]) -> Iterator[Finding]:
    other = other_substance(test.name, test.result, [*names, test.limit or ""])
    if other is not None:
        yield _question(
            FindingKind.IDENTITY,
            "C-09",
            test,
            f"{test.name}: the result names “{other}”, the product is called "
            f"{' or '.join(f'“{name}”' for name in names)}. Is it the same substance?",
        )


def _question(kind: FindingKind, rule: str, test: PrintedTest, sentence: str) -> Finding:
    return Finding(
        kind,
        rule,
        Severity.NOTICE,
        test.name,
        sentence,
        after=test.result,
        spot_after=spot_of_test(test),
    )


def _no_conclusion(certificate: CertificateFacts) -> Iterator[Finding]:
    if not certificate.tests or certificate.value("conclusion"):
        return
    marks = [test.supplier_verdict for test in certificate.tests if test.supplier_verdict]
    words = [test.result for test in certificate.tests if says_conforms(test.result) is not None]
    if not marks and not words:
        yield Finding(
            FindingKind.NO_CONCLUSION,
            "C-10",
            Severity.NOTICE,
            "Conclusion",
            "No conclusion of the supplier was read: neither a pass mark on a row nor a sentence "
            "that the lot conforms.",
        )
