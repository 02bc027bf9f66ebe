"""The measure itself: what counts as right, and that it agrees with the other implementation."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.scoring import FieldOutcome, same, score
from tests.extraction.test_real_certificates import FOLDER


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Store at 2–8 °C.", "store at 2 - 8 °C"),
        ("LUBE® 9", "lube 9"),
        ("≥ 98 %", "≥98%"),
        ("5 µm", "5 μm"),
        (True, "true"),
        (None, ""),
    ],
)
def test_signs_spaces_and_case_are_no_difference(one: object, other: object) -> None:
    assert same(one) == same(other)


@pytest.mark.parametrize(("one", "other"), [("007", "7"), ("< 0.01", "0.01"), ("NMT 5", "NLT 5")])
def test_zeros_comparators_and_words_are_a_difference(one: str, other: str) -> None:
    assert same(one) != same(other)


def test_wrong_missing_and_extra_fields_are_told_apart() -> None:
    truth = {"lot_number": "7", "product_name": "A", "issuer": "B", "issuer_alt": ["C"]}
    found = score({"lot_number": "07", "issuer": "c", "storage": "cold"}, truth).fields

    assert found == {
        "issuer": FieldOutcome.RIGHT,
        "product_name": FieldOutcome.MISSING,
        "lot_number": FieldOutcome.WRONG,
        "storage": FieldOutcome.EXTRA,
    }


def test_optional_rows_are_neither_required_nor_wrong() -> None:
    truth = {"tests": [{"name": "pH", "result": "7"}], "optional_tests": [{"name": "Colour"}]}
    rows = [
        {"name": "Colour", "result": "red"},
        {"name": "pH", "result": "7"},
        {"name": "Page", "result": "1"},
    ]

    found = score({"tests": rows}, truth)
    assert (found.rows_right, found.rows_false) == (1, 1)
    assert found.rows == [None, True, False]


def _other_implementation() -> Any:
    path = FOLDER / "score.py"
    if not path.exists():
        pytest.skip(f"{path} is absent; it lies beside the certificates, which are not kept here")
    spec = importlib.util.spec_from_file_location("other_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _variations(truth: dict[str, Any]) -> list[dict[str, Any]]:
    """Right, empty and spoiled predictions for one truth."""
    rows = truth.get("tests", [])
    spoiled = [{**row, "result": "spoiled"} for row in rows[::2]] + rows[1::2] + rows[:1]
    return [truth, {}, {**truth, "lot_number": "x", "storage": "y", "tests": spoiled}]


def test_the_numbers_agree_with_the_other_implementation() -> None:
    other = _other_implementation()
    names = {"ok": "right", "wrong": "wrong", "missing": "missing", "extra": "extra"}
    for path in sorted(Path(FOLDER).glob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        for predicted in _variations(truth):
            theirs, ours = other.score(predicted, truth), score(predicted, truth)

            assert {k: names[v] for k, v in theirs["fields"].items()} == ours.fields
            assert theirs["rows_hit"] == ours.rows_right
            assert theirs["rows_false"] == ours.rows_false
            assert {k: tuple(v) for k, v in theirs["attrs"].items()} == ours.attributes
