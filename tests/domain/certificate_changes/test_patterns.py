"""What repeats over lots: told with how many, and only where repetition says something."""

from datetime import date

import pytest

from supplier_qc.domain.certificate_changes.facts import (
    CertificateFacts,
    PrintedField,
    PrintedTest,
)
from supplier_qc.domain.certificate_changes.findings import Finding
from supplier_qc.domain.certificate_changes.patterns import counts, pattern_findings


def lot(
    number: int, *tests: PrintedTest, name: str | None = None, **header: str
) -> CertificateFacts:
    return CertificateFacts(
        id=number,
        lot=name or f"L{number}",
        on=date(2026, 1, number),
        fields={field: PrintedField(value) for field, value in header.items()},
        tests=tests,
    )


def assay(result: str, limit: str | None = "NLT 90 %", unit: str | None = "%") -> PrintedTest:
    return PrintedTest("Assay", "Assay", limit=limit, result=result, unit=unit)


def kinds(findings: tuple[Finding, ...]) -> list[str]:
    return [one.kind.value for one in findings]


@pytest.mark.parametrize(
    ("result", "lots", "is_told"),
    [
        ("98.7", 3, True),  # three digits: three lots are enough
        ("98.7", 2, False),
        ("98", 5, True),  # two digits: five lots
        ("98", 4, False),
        ("7", 9, False),  # one digit repeats by rounding
        ("0", 9, False),
        ("90", 9, False),  # the limit itself
        ("< 0.05", 9, False),  # below the limit of detection
        ("Not detected", 9, False),
        ("Complies", 9, False),
        ("98.1 to 98.9", 9, False),
    ],
)
def test_one_value_lot_after_lot_is_told_only_where_it_says_something(
    result: str, lots: int, *, is_told: bool
) -> None:
    newest, *earlier = [lot(number, assay(result)) for number in range(lots, 0, -1)]
    findings = pattern_findings(newest, earlier)
    assert kinds(findings) == (["identical_values"] if is_told else [])
    for one in findings:
        assert f"in each of the last {lots} lots" in one.sentence
        assert one.sentence.endswith("Check with the supplier.")


def test_a_run_ends_with_the_first_other_value_or_unit() -> None:
    other = [lot(3, assay("98.7")), lot(2, assay("98.6")), lot(1, assay("98.7"))]
    assert pattern_findings(lot(4, assay("98.7")), other) == ()
    unit = [lot(3, assay("98.7", unit="g/L")), lot(2, assay("98.7")), lot(1, assay("98.7"))]
    assert pattern_findings(lot(4, assay("98.7")), unit) == ()


def test_a_second_certificate_of_the_same_lot_is_no_other_lot() -> None:
    again = [lot(number, assay("98.7"), name="L-9") for number in (3, 2, 1)]
    assert pattern_findings(lot(4, assay("98.7"), name="L9"), again) == ()


@pytest.mark.parametrize(
    ("result", "limit", "expected"),
    [
        ("98.7", "NLT 90 %", True),
        ("90", "NLT 90 %", False),
        ("0.05", "NMT 0.05 %", False),
        ("", None, False),
        ("9", None, False),
        ("0.00", None, False),
        ("> 98", None, False),
    ],
)
def test_a_value_counts_when_its_repetition_is_not_expected(
    result: str, limit: str | None, *, expected: bool
) -> None:
    assert counts(assay(result, limit)) is expected


def three(first: str, second: str, third: str) -> tuple[PrintedTest, ...]:
    return (
        PrintedTest("Assay", limit="90 - 110 %", result=first, unit="%"),
        PrintedTest("Osmolality", limit="280 - 320 mOsm/kg", result=second, unit="mOsm/kg"),
        PrintedTest("Protein", limit="40 - 80 g/L", result=third, unit="g/L"),
        PrintedTest("Sterility", limit="No growth", result="No growth"),
    )


def test_two_lots_with_all_results_equal_are_told_by_name() -> None:
    newest = lot(5, *three("98.2", "291", "52"))
    same = lot(2, *three("98.2", "291", "52"))
    [finding] = pattern_findings(newest, [lot(4, *three("97.4", "288", "53")), same])
    assert finding.kind.value == "identical_lots"
    assert finding.sentence == (
        "All 3 quantitative results of this certificate are those of certificate 2 of lot L2 "
        "(2026-01-02). Check with the supplier."
    )


@pytest.mark.parametrize(
    "other",
    [
        three("98.2", "291", "53"),
        three("98.2", "291", "52")[:2],  # one test is not on it
    ],
)
def test_lots_that_differ_in_one_test_or_lack_one_are_not_told(
    other: tuple[PrintedTest, ...],
) -> None:
    assert pattern_findings(lot(5, *three("98.2", "291", "52")), [lot(2, *other)]) == ()


def test_two_tests_are_too_few_to_call_two_lots_equal() -> None:
    pair = three("98.2", "291", "52")[:2]
    assert pattern_findings(lot(5, *pair), [lot(2, *pair)]) == ()


def test_results_all_exactly_in_the_middle_are_told() -> None:
    assert kinds(pattern_findings(lot(1, *three("100", "300", "60")), [])) == ["mid_range"]
    assert pattern_findings(lot(1, *three("100", "300", "61")), []) == ()
    assert pattern_findings(lot(1, *three("100", "300", "60")[:2]), []) == ()


def test_the_same_lot_with_another_expiry_is_told() -> None:
    first = lot(1, name="0042", expiry_date="2028-01-31", manufacture_date="2026-01-01")
    second = lot(2, name="0042", expiry_date="2029-01-31", manufacture_date="2026-01-01")
    [finding] = pattern_findings(second, [first])
    assert finding.sentence == (
        "Lot 0042 has expiry 2029-01-31 here and 2028-01-31 in certificate 1 of lot 0042 "
        "(2026-01-01). Check with the supplier."
    )
    assert pattern_findings(first, [first]) == ()


def test_all_dates_of_the_previous_lot_are_told_but_a_shared_manufacture_is_not() -> None:
    dates = {
        "manufacture_date": "2026-01-01",
        "expiry_date": "2028-01-01",
        "release_date": "2026-01-20",
    }
    assert kinds(pattern_findings(lot(2, **dates), [lot(1, **dates)])) == ["copied_forward"]
    other_release = dates | {"release_date": "2026-01-21"}
    assert pattern_findings(lot(2, **other_release), [lot(1, **dates)]) == ()
    assert pattern_findings(lot(2), [lot(1)]) == ()


def test_one_test_date_over_three_lots_is_told() -> None:
    tested = {"test_date": "2026-01-05"}
    newest, *earlier = [lot(number, **tested) for number in (3, 2, 1)]
    [finding] = pattern_findings(newest, earlier)
    assert "The last 3 lots were all tested on 2026-01-05." in finding.sentence
    assert pattern_findings(newest, earlier[:1]) == ()
    assert pattern_findings(lot(3), [lot(2), lot(1)]) == ()
