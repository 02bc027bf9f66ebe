"""Changes of the rows: limit, method, unit, and tests that came or went."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from supplier_qc.domain.certificate_changes.facts import CertificateFacts, PrintedTest
from supplier_qc.domain.certificate_changes.findings import (
    NOWHERE,
    Finding,
    FindingKind,
    Severity,
    Standing,
    spot_of_test,
)
from supplier_qc.domain.certificate_changes.meanings import (
    method_key,
    name_key,
    unit_key,
    word_key,
)
from supplier_qc.domain.certificate_changes.supplier_limits import limit_finding
from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.measurement.units import parse_unit
from supplier_qc.domain.measurement.values import ValueKind
from supplier_qc.domain.reported_results import reading
from supplier_qc.domain.specification.comparison import same_words
from supplier_qc.domain.specification.matching import match_tests

_NUMBERS = frozenset(
    {ValueKind.NUMBER, ValueKind.RANGE, ValueKind.CENSORED_LOW, ValueKind.CENSORED_HIGH}
)


@dataclass(frozen=True, slots=True)
class TestPair:
    """The same test on two certificates; None where one of them does not have it."""

    __test__ = False  # the name is the field's own; pytest shall not collect it

    before: PrintedTest | None
    after: PrintedTest | None


def pair_tests(before: Sequence[PrintedTest], after: Sequence[PrintedTest]) -> list[TestPair]:
    """Each test of either certificate once: equal rows, then by our line, name and likeness.

    The order of the rows on the page does not matter.
    """
    pairs: list[TestPair] = []
    left, right = list(before), list(after)
    for key in (_said, _line_of, _name_of):
        pairs += _paired(left, right, key)
    pairs += _alike(left, right)
    pairs += [TestPair(test, None) for test in left]
    pairs += [TestPair(None, test) for test in right]
    return pairs


def same_test(tests: Sequence[PrintedTest], wanted: PrintedTest) -> PrintedTest | None:
    """The test of an earlier certificate by our line or by its name."""
    for key in (_line_of, _name_of):
        name = key(wanted)
        for test in tests:
            if name and key(test) == name:
                return test
    return None


def row_findings(before: CertificateFacts, after: CertificateFacts) -> Iterator[Finding]:
    for pair in pair_tests(before.tests, after.tests):
        if pair.before is None and pair.after is not None:
            yield _added(pair.after)
        elif pair.after is None and pair.before is not None:
            yield _dropped(pair.before, None)
        elif pair.before is not None and pair.after is not None:
            yield from _compared(pair.before, pair.after, before, after)


def _said(test: PrintedTest) -> str:
    """The whole row, so that one without a readable name meets its like."""
    return "\n".join(_content(test))


def _line_of(test: PrintedTest) -> str:
    return name_key(test.attribute)


def _name_of(test: PrintedTest) -> str:
    return name_key(test.name)


def _paired(
    left: list[PrintedTest], right: list[PrintedTest], key: Callable[[PrintedTest], str]
) -> list[TestPair]:
    """Take pairs of one key out of both lists, in an order that the page does not decide."""
    befores, afters = _grouped(left, key), _grouped(right, key)
    pairs = [
        TestPair(*both)
        for name in befores
        if name
        for both in zip(
            sorted(befores[name], key=_content),
            sorted(afters.get(name, ()), key=_content),
            strict=False,
        )
    ]
    for pair in pairs:
        _take(left, pair.before)
        _take(right, pair.after)
    return pairs


def _grouped(
    tests: Sequence[PrintedTest], key: Callable[[PrintedTest], str]
) -> dict[str, list[PrintedTest]]:
    groups: dict[str, list[PrintedTest]] = {}
    for test in tests:
        groups.setdefault(key(test), []).append(test)
    return groups


def _take(tests: list[PrintedTest], wanted: PrintedTest | None) -> None:
    """By identity: two rows may say the same."""
    for position, test in enumerate(tests):
        if test is wanted:
            del tests[position]
            return


def _content(test: PrintedTest) -> tuple[str, ...]:
    parts = (test.attribute, test.name, test.method, test.limit, test.unit, test.result)
    return tuple(word_key(part) for part in parts)


def _alike(left: list[PrintedTest], right: list[PrintedTest]) -> list[TestPair]:
    """Rows whose names differ a little, where exactly one fits."""
    names = {_name_of(test): test for test in left}
    if len(names) != len(left):
        return []
    ours = {test.name: test for test in names.values()}
    matching = match_tests(list(ours), [test.name for test in right])
    pairs = [TestPair(ours[match.attribute], right[match.row]) for match in matching.matches]
    for pair in pairs:
        _take(left, pair.before)
        _take(right, pair.after)
    return pairs


def _added(test: PrintedTest) -> Finding:
    return Finding(
        FindingKind.TEST_ADDED,
        "C-24",
        Severity.NOTICE,
        subject_of(test),
        f"{subject_of(test)} is new: the last certificate did not report this test.",
        after=test.result,
        spot_after=spot_of_test(test),
    )


def _dropped(before: PrintedTest, after: PrintedTest | None) -> Finding:
    subject = subject_of(before)
    sentence = f"{subject} is no longer reported; the last certificate had it."
    if after is not None:
        sentence = f"{subject} still has a row but no result; the last certificate had one."
    return Finding(
        FindingKind.TEST_DROPPED,
        "C-23",
        Severity.CRITICAL,
        subject,
        sentence,
        before=before.result or before.limit,
        after=after.result if after else None,
        spot_before=spot_of_test(before),
        spot_after=spot_of_test(after),
    )


def subject_of(test: PrintedTest) -> str:
    return test.attribute or test.name


def _compared(
    before: PrintedTest,
    after: PrintedTest,
    old: CertificateFacts,
    new: CertificateFacts,
) -> Iterator[Finding]:
    if _has_result(before) and not _has_result(after):
        yield _dropped(before, after)
    found = (
        limit_finding(before, after, (old.decimal_comma, new.decimal_comma)),
        _method(before, after),
        _unit(before, after),
        _name(before, after),
    )
    yield from (one for one in found if one is not None)


def _has_result(test: PrintedTest) -> bool:
    return reading(test.result or "", test.unit).kind is not ValueKind.EMPTY


def _method(before: PrintedTest, after: PrintedTest) -> Finding | None:
    old, new = before.method, after.method
    if same_words(old, new):
        return None
    subject = subject_of(after)
    standing, severity = Standing.FOUND, Severity.MAJOR
    sentence = f"{subject}: the method is “{new}” instead of “{old}”."
    if not old or not new:
        standing = Standing.NOT_COMPARABLE
        severity = Severity.NOTICE if not old else Severity.MAJOR
        sentence = _one_sided(subject, "a method", old, new)
    elif method_key(old) == method_key(new):
        standing, severity = Standing.WORDING, Severity.NOTICE
        sentence = f"{subject}: the method is written “{new}” instead of “{old}”."
    return _row_finding(
        FindingKind.METHOD, "C-21", (before, after), (old, new), (standing, severity, sentence)
    )


def _unit(before: PrintedTest, after: PrintedTest) -> Finding | None:
    old, new = before.unit, after.unit
    if same_words(old, new) or _only_ph(old, new):
        return None
    standing, severity, sentence = _unit_change(before, after)
    return _row_finding(
        FindingKind.UNIT, "C-22", (before, after), (old, new), (standing, severity, sentence)
    )


def _unit_change(before: PrintedTest, after: PrintedTest) -> tuple[Standing, Severity, str]:
    old, new, subject = before.unit, after.unit, subject_of(after)
    if not old or not new:
        both = _is_number(before) and _is_number(after)
        severity = Severity.MAJOR if both else Severity.NOTICE
        return Standing.NOT_COMPARABLE, severity, _one_sided(subject, "a unit", old, new)
    if unit_key(old) == unit_key(new):
        words = f"{subject}: the unit is written {new} instead of {old}."
        return Standing.WORDING, Severity.NOTICE, words
    known = parse_unit(old), parse_unit(new)
    converts = known[0] and known[1] and known[0].dimension == known[1].dimension
    words = f"{subject}: the unit is {new} instead of {old}"
    if converts:
        return Standing.FOUND, Severity.NOTICE, f"{words}; the two convert exactly."
    return Standing.FOUND, Severity.MAJOR, f"{words}; the two do not convert."


def _only_ph(old: str | None, new: str | None) -> bool:
    """Acidity may be written without its unit, since it has no other."""
    known = parse_unit(old or new)
    return not (old and new) and known is not None and known.dimension == "pH"


def _is_number(test: PrintedTest) -> bool:
    return reading(test.result or "", test.unit).kind in _NUMBERS


def _name(before: PrintedTest, after: PrintedTest) -> Finding | None:
    if folded(before.name) == folded(after.name):
        return None
    sentence = f"{subject_of(after)}: the test is called “{after.name}”, before “{before.name}”."
    told = (Standing.WORDING, Severity.NOTICE, sentence)
    return _row_finding(
        FindingKind.TEST_NAME, "C-24", (before, after), (before.name, after.name), told
    )


def _one_sided(subject: str, what: str, old: str | None, new: str | None) -> str:
    if old:
        return f"{subject}: {what} is no longer printed; the last certificate has “{old}”."
    return f"{subject}: {what} is printed for the first time, “{new}”; nothing to compare it with."


def _row_finding(
    kind: FindingKind,
    rule: str,
    tests: tuple[PrintedTest, PrintedTest],
    texts: tuple[str | None, str | None],
    told: tuple[Standing, Severity, str],
) -> Finding:
    standing, severity, sentence = told
    return Finding(
        kind,
        rule,
        severity,
        subject_of(tests[1]),
        sentence,
        before=texts[0],
        after=texts[1],
        standing=standing,
        spot_before=spot_of_test(tests[0]) if tests[0].row_id or tests[0].place else NOWHERE,
        spot_after=spot_of_test(tests[1]),
    )
