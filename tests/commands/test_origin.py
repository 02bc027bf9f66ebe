"""`origin assess`: one record from a file, without a database."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from supplier_qc.app import create_app
from supplier_qc.config import settings_from
from supplier_qc.services.installation import open_installation
from tests.origin_factories import PLATELETS, SALTS, SERUM


@pytest.fixture
def bare_app(tmp_path: Path) -> Flask:
    """An installation whose database does not exist."""
    settings = settings_from({"SUPPLIER_QC_DATA": str(tmp_path / "data")})
    return create_app(open_installation(settings))


def assess(app: Flask, folder: Path, text: str, *options: str) -> Any:
    file = folder / "facts.json"
    file.write_text(text, encoding="utf-8")
    return app.test_cli_runner().invoke(args=["origin", "assess", str(file), *options])


def assessed(app: Flask, folder: Path, facts: object, authority: str = "EU") -> dict[str, Any]:
    options = ("--authority", authority, "--on", "2026-11-24", "--json")
    result = assess(app, folder, json.dumps(facts), *options)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def test_a_record_is_evaluated_with_its_rules_and_gaps(bare_app: Flask, tmp_path: Path) -> None:
    found = assessed(bare_app, tmp_path, {**SERUM, "stunning": None})
    assert (found["authority"], found["on"], found["blocks"]) == ("eu", "2026-11-24", False)
    assert "T12" in {rule["rule_id"] for rule in found["fired"]}
    assert all("mark" in cited for rule in found["fired"] for cited in rule["citations"])
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_a_list_holds_the_components_of_one_item(bare_app: Flask, tmp_path: Path) -> None:
    found = assessed(bare_app, tmp_path, [SALTS, PLATELETS], authority="us")
    assert (found["level"], found["blocks"], found["human_verdict"]) == ("unknown", True, "gaps")


def test_nothing_recorded_is_unknown_and_blocks(bare_app: Flask, tmp_path: Path) -> None:
    found = assessed(bare_app, tmp_path, [])
    assert (found["level"], found["blocks"]) == ("unknown", True)
    assert found["gaps"]


def test_without_json_the_same_is_said_in_words(bare_app: Flask, tmp_path: Path) -> None:
    result = assess(bare_app, tmp_path, json.dumps(SALTS), "--authority", "Japan")
    assert result.exit_code == 0
    assert ": not applicable, does not block" in result.output.splitlines()[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "nested"),
        ('"serum"', "is not an object with named facts"),
        ('{"name": "x", "species": "cow", "stunning": "axe"}', "species: “cow” is not known"),
        ('{"name": "x", "species": "cow", "stunning": "axe"}', "stunning: “axe” is not known"),
    ],
)
def test_a_bad_file_is_named_with_its_problems(
    bare_app: Flask, tmp_path: Path, text: str, words: str
) -> None:
    result = assess(bare_app, tmp_path, text, "--authority", "EU", "--json")
    assert result.exit_code == 2
    assert words in result.output
    assert "facts.json" in result.output


def test_a_file_in_another_encoding_is_named(bare_app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "latin.json"
    file.write_bytes('{"name": "Fötales Blut"}'.encode("latin-1"))
    result = bare_app.test_cli_runner().invoke(
        args=["origin", "assess", str(file), "--authority", "EU"]
    )
    assert (result.exit_code, "UTF-8" in result.output) == (2, True)


def test_an_authority_nobody_knows_is_refused(bare_app: Flask, tmp_path: Path) -> None:
    result = assess(bare_app, tmp_path, "{}", "--authority", "Mars")
    assert result.exit_code == 2
    assert "Mars" in result.output
