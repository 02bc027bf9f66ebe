"""What it costs to set a certificate beside a hundred earlier ones of thirty rows each."""

from datetime import date, timedelta

from pytest_benchmark.fixture import BenchmarkFixture

from supplier_qc.domain.certificate_changes.comparison import Comparison, compare
from supplier_qc.domain.certificate_changes.facts import (
    CertificateFacts,
    PrintedField,
    PrintedTest,
)
from supplier_qc.domain.certificate_changes.findings import Finding
from supplier_qc.domain.certificate_changes.patterns import pattern_findings

EARLIER, ROWS, CHANGED = 100, 30, 5
FIRST = date(2016, 1, 1)


def _certificate(
    number: int, limit: str = "NMT 0.5 EU/mL", site: str = "Ghent"
) -> CertificateFacts:
    header = {
        "site": site,
        "country_of_origin": "Belgium",
        "storage": "2 to 8 °C",
        "manufacture_date": (FIRST + timedelta(days=30 * number)).isoformat(),
        "expiry_date": (FIRST + timedelta(days=30 * number + 730)).isoformat(),
    }
    tests = tuple(
        PrintedTest(
            f"Test {row}",
            f"Test {row}",
            "Ph. Eur. 2.6.14",
            limit if row < CHANGED else "NMT 0.5 EU/mL",
            f"0.{100 + (number * 7 + row) % 300}",
            "EU/mL",
            row_id=row,
        )
        for row in range(ROWS)
    )
    fields = {name: PrintedField(value) for name, value in header.items()}
    on = FIRST + timedelta(days=30 * number + 60)
    return CertificateFacts(number, f"L{number}", on, fields, tests)


def _history() -> list[CertificateFacts]:
    return [_certificate(number) for number in range(EARLIER, 0, -1)]


def _found(
    certificate: CertificateFacts, earlier: list[CertificateFacts]
) -> tuple[Comparison, tuple[Finding, ...]]:
    return compare(certificate, earlier), pattern_findings(certificate, earlier)


def test_compare_with_a_hundred_unchanged(benchmark: BenchmarkFixture) -> None:
    earlier = _history()
    comparison, _ = benchmark(_found, _certificate(EARLIER + 1), earlier)
    assert comparison.findings == ()


def test_compare_with_a_hundred_and_five_limits_changed(benchmark: BenchmarkFixture) -> None:
    earlier = _history()
    certificate = _certificate(EARLIER + 1, "NMT 1 EU/mL", "Cork")
    comparison, _ = benchmark(_found, certificate, earlier)
    assert len(comparison.findings) == CHANGED + 1
