"""`coa read`: one object a file, by a person at a shell, without a database."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from supplier_qc.app import create_app
from supplier_qc.config import settings_from
from supplier_qc.services.installation import open_installation
from tests.certificate_pdfs import certificate_pdf, scanned_pdf


@pytest.fixture
def app_without_database(tmp_path: Path) -> Flask:
    settings = settings_from({"SUPPLIER_QC_DATA": str(tmp_path / "data")})
    return create_app(open_installation(settings))


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["coa", "read", *arguments])


def test_each_file_is_one_line_of_json(app_without_database: Flask, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.pdf", "scan.pdf", "broken.pdf")]
    contents = (certificate_pdf(), scanned_pdf(), certificate_pdf()[:700])
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    result = run(app_without_database, *map(str, paths), "--json")
    assert result.exit_code == 0
    first, scan, broken = map(json.loads, result.stdout.splitlines())
    assert first["lot_number"] == "L240917"
    assert first["expiry_or_retest_date"] == "2028-09-16"
    assert [test["name"] for test in first["tests"]] == ["Endotoxin", "pH", "Sterility"]
    assert scan["tests"] == broken["tests"] == []
    assert f"{paths[1]}: The pages are images" in result.stderr
    assert f"{paths[2]}: " in result.stderr


def test_without_json_the_same_is_printed_in_words(
    app_without_database: Flask, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(certificate_pdf())
    result = run(app_without_database, str(path))
    assert "  lot_number: L240917" in result.stdout
    assert "  - name: Endotoxin" in result.stdout


def test_a_file_that_is_not_there_is_named_before_anything_is_read(
    app_without_database: Flask, tmp_path: Path
) -> None:
    there = tmp_path / "a.pdf"
    there.write_bytes(certificate_pdf())
    missing = tmp_path / "missing.pdf"
    result = run(app_without_database, str(there), str(missing), "--json")
    assert result.exit_code == 2
    assert str(missing) in result.stderr
    assert "does not exist" in result.stderr
    assert result.stdout == ""


def test_no_database_is_made_or_needed(app_without_database: Flask, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(certificate_pdf())
    assert run(app_without_database, str(path), "--json").exit_code == 0
    assert not list((tmp_path / "data").glob("*.sqlite3"))


def test_a_real_certificate_folder_is_read_without_a_crash(app_without_database: Flask) -> None:
    folder = Path(__file__).parents[3] / "shared" / "coas"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not on this machine")
    files = sorted(folder.glob("*.pdf"))
    result = run(app_without_database, *map(str, files), "--json")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(files)
