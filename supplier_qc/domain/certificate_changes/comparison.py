"""A certificate against the last one of the same item, with how long it was otherwise before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from supplier_qc.domain.certificate_changes.document import document_findings
from supplier_qc.domain.certificate_changes.facts import CertificateFacts, PrintedTest
from supplier_qc.domain.certificate_changes.findings import (
    Finding,
    FindingKind,
    Severity,
    Standing,
)
from supplier_qc.domain.certificate_changes.header import (
    KEYS,
    header_findings,
    same_shelf_life,
    shelf_life,
)
from supplier_qc.domain.certificate_changes.meanings import limit_key, method_key, unit_key
from supplier_qc.domain.certificate_changes.rows import row_findings, same_test

_WORST_FIRST = {Severity.CRITICAL: 0, Severity.MAJOR: 1, Severity.NOTICE: 2}
_STANDING_ORDER = {Standing.FOUND: 0, Standing.NOT_COMPARABLE: 1, Standing.WORDING: 2}


@dataclass(frozen=True, slots=True)
class Comparison:
    """`last` is what was compared with, None for the first certificate of an item."""

    last: CertificateFacts | None
    findings: tuple[Finding, ...]

    @property
    def changes(self) -> tuple[Finding, ...]:
        """Without what is the same in other words."""
        return tuple(one for one in self.findings if one.standing is not Standing.WORDING)


def compare(certificate: CertificateFacts, earlier: Sequence[CertificateFacts]) -> Comparison:
    """Set a certificate beside the last of `earlier`, which are confirmed and newest first.

    What is missing on one side or cannot be read is reported as not comparable, never as
    unchanged. The worst findings come first.
    """
    if not earlier:
        return Comparison(None, ())
    last = earlier[0]
    found = [
        *row_findings(last, certificate),
        *header_findings(last, certificate),
        *document_findings(last, certificate),
    ]
    told = [replace(one, history=_history(one, certificate, earlier)) for one in found]
    return Comparison(last, tuple(sorted(told, key=order_of)))


def order_of(finding: Finding) -> tuple[int, int, str, str]:
    return (
        _WORST_FIRST[finding.severity],
        _STANDING_ORDER[finding.standing],
        finding.subject,
        finding.kind.value,
    )


def _history(
    finding: Finding, certificate: CertificateFacts, earlier: Sequence[CertificateFacts]
) -> str:
    """How long it was as before, and whether it is back to an older state."""
    meaning = _meaning_of(finding, certificate, earlier[0])
    if meaning is None or finding.standing is Standing.WORDING:
        return ""
    before = meaning(earlier[0])
    run = _run(earlier, meaning, before)
    words = []
    if before and run:
        words.append(_run_words(earlier[:run]))
    older = _older(earlier[run:], meaning, meaning(certificate))
    if older is not None:
        words.append(f"It was like it is now in {older.words}.")
    return " ".join(words)


def _run(
    earlier: Sequence[CertificateFacts], meaning: Callable[[CertificateFacts], str], before: str
) -> int:
    for count, one in enumerate(earlier):
        if meaning(one) != before:
            return count
    return len(earlier)


def _run_words(same: Sequence[CertificateFacts]) -> str:
    oldest = same[-1]
    if len(same) == 1:
        return f"Before, it was so in the last certificate alone ({oldest.on.isoformat()})."
    return f"Before, it was so in the last {len(same)} certificates, since {oldest.on.isoformat()}."


def _older(
    older: Sequence[CertificateFacts], meaning: Callable[[CertificateFacts], str], now: str
) -> CertificateFacts | None:
    return next((one for one in older if now and meaning(one) == now), None)


def _meaning_of(
    finding: Finding, certificate: CertificateFacts, last: CertificateFacts
) -> Callable[[CertificateFacts], str] | None:
    """What the finding's subject means on any certificate, "" where it does not state it."""
    if finding.kind in KEYS:
        field, key = KEYS[finding.kind]
        return lambda facts: key(facts.value(field)) if facts.value(field) else ""
    if finding.kind is FindingKind.SHELF_LIFE:
        return _shelf_life_meaning(certificate, last)
    if finding.kind not in _OF_A_TEST:
        return None
    wanted = _test_of(finding, certificate) or _test_of(finding, last)
    return _test_meaning(finding.kind, wanted) if wanted else None


_OF_A_TEST = frozenset(
    {
        FindingKind.SUPPLIER_LIMIT,
        FindingKind.METHOD,
        FindingKind.UNIT,
        FindingKind.TEST_ADDED,
        FindingKind.TEST_DROPPED,
    }
)


def _test_of(finding: Finding, facts: CertificateFacts) -> PrintedTest | None:
    return same_test(facts.tests, PrintedTest(finding.subject, finding.subject))


def _test_meaning(kind: FindingKind, wanted: PrintedTest) -> Callable[[CertificateFacts], str]:
    def meaning(facts: CertificateFacts) -> str:
        test = same_test(facts.tests, wanted)
        if test is None:
            return ""
        if kind is FindingKind.SUPPLIER_LIMIT:
            return limit_key(test.limit, test.unit, decimal_comma=facts.decimal_comma)
        if kind is FindingKind.METHOD:
            return method_key(test.method)
        return unit_key(test.unit) if kind is FindingKind.UNIT else "reported"

    return meaning


def _shelf_life_meaning(
    certificate: CertificateFacts, last: CertificateFacts
) -> Callable[[CertificateFacts], str]:
    now, before = shelf_life(certificate), shelf_life(last)

    def meaning(facts: CertificateFacts) -> str:
        found = shelf_life(facts)
        if found is None:
            return ""
        if before is not None and same_shelf_life(before, found):
            return "before"
        return "now" if now is not None and same_shelf_life(now, found) else found.words

    return meaning
