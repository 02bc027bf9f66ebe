"""Patterns over several certificates that a person asks the supplier about; never an accusation."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from supplier_qc.domain.certificate_changes.facts import CertificateFacts, PrintedTest
from supplier_qc.domain.certificate_changes.findings import (
    Finding,
    FindingKind,
    Severity,
    spot_of_field,
    spot_of_test,
)
from supplier_qc.domain.certificate_changes.meanings import unit_key, word_key
from supplier_qc.domain.certificate_changes.rows import same_test, subject_of
from supplier_qc.domain.item_matching import bare_number
from supplier_qc.domain.measurement.values import ValueKind
from supplier_qc.domain.reported_results import reading
from supplier_qc.domain.specification.limits import ReadLimit, read_limit
from supplier_qc.domain.specification.operator import Operator

LOTS_IN_A_ROW = 5
"""Lots with one value of two digits before it is worth a question (C)."""

LOTS_IN_A_ROW_PRECISE = 3
"""… and of three digits or more, which repeat less often (C)."""

TESTS_THAT_AGREE = 3
"""Quantitative tests below which two lots may agree by rounding alone (C)."""

LOTS_WITH_ONE_DATE = 3
"""Lots with one test date; fewer may well have been tested together (C)."""

_PRECISE_DIGITS = 3
_FEWEST_DIGITS = 2
_ASK = "Check with the supplier."


def pattern_findings(
    certificate: CertificateFacts, earlier: Sequence[CertificateFacts]
) -> tuple[Finding, ...]:
    """What repeats over the certificates of an item; `earlier` are confirmed, newest first."""
    return (
        *_identical_values(certificate, earlier),
        *_identical_lots(certificate, earlier),
        *_mid_range(certificate),
        *_copied_lot(certificate, earlier),
        *_copied_dates(certificate, earlier),
        *_same_test_date(certificate, earlier),
    )


def counts(test: PrintedTest, *, decimal_comma: bool | None = False) -> bool:
    """Whether an equal value in another lot says anything.

    A text, a value below or above a limit of the method, zero, a single digit and a value that
    is the limit itself repeat for good reasons.
    """
    result = reading(test.result or "", test.unit)
    if result.kind is not ValueKind.NUMBER or not result.value or result.comparator is not None:
        return False
    if _digits(result.value) < _FEWEST_DIGITS:
        return False
    limit = read_limit(test.limit, decimal_comma=decimal_comma, unit=test.unit)
    return result.value not in (limit.low, limit.high)


def _digits(value: Decimal) -> int:
    """Digits without leading zeros; trailing ones count where they are printed."""
    return len(re.sub(r"[-.]", "", f"{value:f}").lstrip("0"))


def _same_value(one: PrintedTest, other: PrintedTest | None) -> bool:
    return (
        other is not None
        and word_key(one.result) == word_key(other.result)
        and unit_key(one.unit) == unit_key(other.unit)
    )


def _other_lots(
    certificate: CertificateFacts, earlier: Iterable[CertificateFacts]
) -> list[CertificateFacts]:
    """One certificate for each other lot, the newest first; a re-issue is the same lot."""
    seen = {bare_number(certificate.lot)}
    found = []
    for one in earlier:
        lot = bare_number(one.lot)
        if lot and lot not in seen:
            seen.add(lot)
            found.append(one)
    return found


def _identical_values(
    certificate: CertificateFacts, earlier: Sequence[CertificateFacts]
) -> Iterator[Finding]:
    others = _other_lots(certificate, earlier)
    for test in certificate.tests:
        run = 1
        for one in others:
            if not _same_value(test, same_test(one.tests, test)):
                break
            run += 1
        if run < LOTS_IN_A_ROW_PRECISE:
            continue
        if counts(test, decimal_comma=certificate.decimal_comma) and run >= _needed(test):
            yield _identical_value(test, others[: run - 1])


def _needed(test: PrintedTest) -> int:
    value = reading(test.result or "", test.unit).value or Decimal(0)
    return LOTS_IN_A_ROW_PRECISE if _digits(value) >= _PRECISE_DIGITS else LOTS_IN_A_ROW


def _identical_value(test: PrintedTest, same: Sequence[CertificateFacts]) -> Finding:
    subject, value = subject_of(test), f"{test.result} {test.unit or ''}".strip()
    return Finding(
        FindingKind.IDENTICAL_VALUES,
        "C-40",
        Severity.NOTICE,
        subject,
        f"{subject}: {value} in each of the last {len(same) + 1} lots, since "
        f"{same[-1].on.isoformat()}. {_ASK}",
        before=value,
        after=value,
        spot_after=spot_of_test(test),
    )


def _identical_lots(
    certificate: CertificateFacts, earlier: Sequence[CertificateFacts]
) -> Iterator[Finding]:
    """Every quantitative test that both lots report has the same value."""
    comma = certificate.decimal_comma
    mine = [one for one in certificate.tests if counts(one, decimal_comma=comma)]
    if len(mine) < TESTS_THAT_AGREE:
        return
    for other in _other_lots(certificate, earlier):
        if all(_same_value(test, same_test(other.tests, test)) for test in mine):
            yield Finding(
                FindingKind.IDENTICAL_LOTS,
                "C-41",
                Severity.MAJOR,
                "Results of two lots",
                f"All {len(mine)} quantitative results of this certificate are those of "
                f"{other.words}. {_ASK}",
                before=other.words,
            )


def _mid_range(certificate: CertificateFacts) -> Iterator[Finding]:
    ranged = [
        (test, limit)
        for test in certificate.tests
        for limit in [_range_of(test, certificate)]
        if limit is not None and reading(test.result or "", test.unit).value is not None
    ]
    if len(ranged) < TESTS_THAT_AGREE:
        return
    if all(_is_middle(test, limit) for test, limit in ranged):
        names = ", ".join(subject_of(test) for test, _ in ranged)
        yield Finding(
            FindingKind.MID_RANGE,
            "C-42",
            Severity.NOTICE,
            "Results in the middle of their limits",
            f"All {len(ranged)} results with a lower and an upper limit lie exactly in the middle "
            f"of it: {names}. {_ASK}",
        )


def _range_of(test: PrintedTest, certificate: CertificateFacts) -> ReadLimit | None:
    limit = read_limit(test.limit, decimal_comma=certificate.decimal_comma, unit=test.unit)
    is_range = limit.operator is Operator.BETWEEN and unit_key(limit.unit) == unit_key(test.unit)
    return limit if is_range and limit.low != limit.high else None


def _is_middle(test: PrintedTest, limit: ReadLimit) -> bool:
    result = reading(test.result or "", test.unit)
    if result.value is None or limit.low is None or limit.high is None:
        return False
    return result.kind is ValueKind.NUMBER and result.value * 2 == limit.low + limit.high


def _copied_lot(
    certificate: CertificateFacts, earlier: Sequence[CertificateFacts]
) -> Iterator[Finding]:
    """The same lot with another expiry or manufacture."""
    lot = bare_number(certificate.lot)
    for other in earlier:
        if not lot or bare_number(other.lot) != lot:
            continue
        for field, words in (("expiry_date", "expiry"), ("manufacture_date", "manufacture")):
            old, new = other.value(field), certificate.value(field)
            if old and new and old != new:
                yield Finding(
                    FindingKind.COPIED_FORWARD,
                    "C-43",
                    Severity.MAJOR,
                    "Lot number",
                    f"Lot {certificate.lot} has {words} {new} here and {old} in {other.words}. "
                    f"{_ASK}",
                    before=old,
                    after=new,
                    spot_before=spot_of_field(field, other.fields.get(field)),
                    spot_after=spot_of_field(field, certificate.fields.get(field)),
                )


_COPIED_DATES = ("manufacture_date", "expiry_date", "release_date")


def _copied_dates(
    certificate: CertificateFacts, earlier: Sequence[CertificateFacts]
) -> Iterator[Finding]:
    """All dates are those of the previous lot, release included."""
    others = _other_lots(certificate, earlier)
    if not others:
        return
    now = [certificate.value(field) for field in _COPIED_DATES]
    before = [others[0].value(field) for field in _COPIED_DATES]
    if all(now) and now == before:
        stated = ", ".join(value for value in now if value)
        yield Finding(
            FindingKind.COPIED_FORWARD,
            "C-43",
            Severity.NOTICE,
            "Dates",
            f"Manufacture, expiry and release ({stated}) are those of {others[0].words}, which is "
            f"another lot. {_ASK}",
            before=stated,
            after=stated,
            spot_after=spot_of_field("release_date", certificate.fields.get("release_date")),
        )


def _same_test_date(
    certificate: CertificateFacts, earlier: Sequence[CertificateFacts]
) -> Iterator[Finding]:
    tested = certificate.value("test_date")
    if not tested:
        return
    same = 1
    for other in _other_lots(certificate, earlier):
        if other.value("test_date") != tested:
            break
        same += 1
    if same >= LOTS_WITH_ONE_DATE:
        yield Finding(
            FindingKind.SAME_TEST_DATE,
            "C-44",
            Severity.NOTICE,
            "Test date",
            f"The last {same} lots were all tested on {tested}. {_ASK}",
            before=tested,
            after=tested,
            spot_after=spot_of_field("test_date", certificate.fields.get("test_date")),
        )
