"""Two versions of a specification: what was added, removed and changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from supplier_qc.domain.signatures import fingerprint
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.domain.specification.versions import compare_versions, signed_content

ENDOTOXIN = LimitLine("Endotoxin", Operator.AT_MOST, high=Decimal("0.5"), unit="EU/mL")
PH = LimitLine("pH", Operator.BETWEEN, low=Decimal("7.0"), high=Decimal("7.6"), unit="pH")


def test_equal_versions_have_no_difference() -> None:
    assert compare_versions([ENDOTOXIN, PH], [PH, ENDOTOXIN]) == ()


def test_a_name_in_other_case_is_the_same_line() -> None:
    assert compare_versions([ENDOTOXIN], [replace(ENDOTOXIN, attribute="ENDOTOXIN")]) == ()


def test_added_and_removed_lines_are_told_apart() -> None:
    found = compare_versions([ENDOTOXIN], [PH])
    assert [(one.attribute, one.kind) for one in found] == [
        ("pH", "added"),
        ("Endotoxin", "removed"),
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"high": Decimal("1.0")}, "Limit: at most 0.5 EU/mL → at most 1.0 EU/mL"),
        ({"operator": Operator.LESS_THAN}, "Limit: at most 0.5 EU/mL → less than 0.5 EU/mL"),
        ({"method": "Ph. Eur. 2.6.14"}, "Method: none → Ph. Eur. 2.6.14"),
        ({"loq": Decimal("0.05")}, "Limit of quantitation: none → 0.05"),
        ({"lod": Decimal("0.01")}, "Limit of detection: none → 0.01"),
        ({"is_identity_test": True}, "Identity test: no → yes"),
    ],
)
def test_a_changed_line_says_what_changed(changes: dict[str, Any], sentence: str) -> None:
    (found,) = compare_versions([ENDOTOXIN], [replace(ENDOTOXIN, **changes)])
    assert (found.kind, found.changes) == ("changed", (sentence,))


def content(*lines: LimitLine) -> str:
    return fingerprint(
        signed_content(item_id=1, number=2, effective_on=date(2026, 11, 24), lines=lines)
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"high": Decimal("0.50")},
        {"high": Decimal("0.6")},
        {"unit": "EU/mg"},
        {"method": "USP <85>"},
        {"allowed_texts": ("none",)},
        {"loq": Decimal("0.1")},
        {"is_identity_test": True},
        {"attribute": "Endotoxins"},
    ],
)
def test_any_change_of_a_line_breaks_the_fingerprint(changes: dict[str, Any]) -> None:
    assert content(ENDOTOXIN) != content(replace(ENDOTOXIN, **changes))


def test_a_number_has_one_fingerprint_however_it_was_written() -> None:
    thousand = replace(ENDOTOXIN, high=Decimal("1E+3"))
    assert content(thousand) == content(replace(ENDOTOXIN, high=Decimal(1000)))
