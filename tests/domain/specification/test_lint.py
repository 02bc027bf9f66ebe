"""Contradictions inside one certificate."""

from datetime import date

import pytest

from supplier_qc.domain.measurement.dates import read_date
from supplier_qc.domain.measurement.values import read_value
from supplier_qc.domain.specification.limits import read_limit
from supplier_qc.domain.specification.lint import DateFacts, RowFacts, contradictions
from supplier_qc.domain.specification.results import result_from_reading
from supplier_qc.domain.specification.statements import says_absent, says_conforms

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("result", "limit", "stated", "rules"),
    [
        ("12 EU/mL", "NMT 10 EU/mL", "Conforms", ["S-20"]),
        ("8 EU/mL", "NMT 10 EU/mL", "Fail", ["S-20"]),
        ("8 EU/mL", "NMT 10 EU/mL", "Pass", []),
        ("12 EU/mL", "NMT 10 EU/mL", "Fail", []),
        ("12 EU/mL", "NMT 10 EU/mL", None, []),
        ("12 EU/mL", "NMT 10 EU/mL", "see page 2", []),
        ("<20 EU/mL", "NMT 10 EU/mL", "Conforms", []),
        ("12 EU/mL", "", "Conforms", []),
        # Another wording of a text is for a person to read, not a contradiction.
        ("Brown powder", "Brown fine powder", "Complies", []),
        ("1000 pg/mL", "Report", "Complies", []),
    ],
)
def test_a_supplier_that_contradicts_its_own_limit_is_shown(
    result: str, limit: str, stated: str | None, rules: list[str]
) -> None:
    row = RowFacts("Endotoxin", result_from_reading(read_value(result)), read_limit(limit), stated)
    found = contradictions([row], DateFacts(), TODAY)
    assert [one.rule for one in found] == rules
    assert all("own limit" in one.words for one in found)


@pytest.mark.parametrize(
    ("manufactured", "tested", "released", "expires", "rules"),
    [
        ("2025-01-10", "2025-01-20", "2025-02-01", "2027-01", []),
        ("2025-01-10", None, None, "2024-12-31", ["S-21"]),
        ("2025-01-10", "2025-01-02", None, None, ["S-22"]),
        ("2025-01-10", None, "2025-01-02", None, ["S-22"]),
        (None, "2025-03-01", "2025-02-01", None, ["S-23"]),
        (None, None, "2025-02-01", "2025-01-31", ["S-21"]),
        ("2027-01-01", None, None, None, ["S-24"]),
        (None, "2027-01-01", "2027-01-02", None, ["S-24", "S-24"]),
        # Possible contradictions are not certain ones.
        ("2025-01-10", None, None, "2025-01", []),
        ("05/04/2025", "06/04/2025", None, None, []),
        ("n/a", "n/a", "n/a", "n/a", []),
    ],
)
def test_dates_out_of_order_or_in_the_future_are_shown(
    manufactured: str | None,
    tested: str | None,
    released: str | None,
    expires: str | None,
    rules: list[str],
) -> None:
    reads = [
        None if printed is None else read_date(printed)
        for printed in (manufactured, tested, released, expires)
    ]
    assert [one.rule for one in contradictions([], DateFacts(*reads), TODAY)] == rules


@pytest.mark.parametrize(
    ("printed", "conforms"),
    [
        ("Complies", True), ("PASS", True), ("conforms to USP", True),
        ("Meets specification", True),
        ("entspricht", True), ("Conforme", True), ("Within limits", True), ("OK", True),
        ("Fails", False), ("Does not conform", False), ("does not meet the limit", False),
        ("Non-conforming", False), ("OOS", False), ("entspricht nicht", False),
        ("non conforme", False), ("", None), (None, None), ("12 EU/mL", None), ("Passage 3", None),
        ("No growth", None),
    ],
)  # fmt: skip
def test_a_statement_of_conformity_is_told_from_a_result(
    printed: str | None, *, conforms: bool | None
) -> None:
    assert says_conforms(printed) is conforms


@pytest.mark.parametrize(
    ("printed", "absent"),
    [("Negative", True), ("No growth observed", True), ("absent in 10 g", True), ("Clear", False)],
)
def test_words_of_absence_are_known(printed: str, *, absent: bool) -> None:
    assert says_absent(printed) is absent
