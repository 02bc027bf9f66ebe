"""docs/rules.md names tests that exist, and each rule once."""

import re
from pathlib import Path

HERE = Path(__file__).parent
RULES = (HERE.parents[1] / "docs" / "rules.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([A-Z]-\d\d) \|.*\|$", RULES, re.MULTILINE)
NAMED_TESTS = re.findall(r"`([\w/]+\.py)::(\w+)`", RULES)


def test_every_rule_names_a_test_that_exists() -> None:
    missing = [
        f"{file}::{test}"
        for file, test in NAMED_TESTS
        if f"def {test}("
        not in (HERE / file.removeprefix("tests/domain/")).read_text(encoding="utf-8")
    ]
    assert missing == []
    assert len(NAMED_TESTS) >= len(ROWS)


def test_every_rule_has_an_id_of_its_own() -> None:
    assert sorted(ROWS) == sorted(set(ROWS))
    assert ROWS
