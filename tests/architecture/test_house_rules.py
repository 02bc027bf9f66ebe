"""House rules that no linter knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from supplier_qc.config import ROOT
from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import Permission

PACKAGE = ROOT / "supplier_qc"
TESTS = ROOT / "tests"
MOST_LINES = 400
CLOCKS = {"web/context.py", "jobs/clock.py"}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "base_"}


def sources(folder: Path = PACKAGE) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.py")) if "__pycache__" not in path.parts)


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def trees(folder: Path = PACKAGE) -> Iterator[tuple[Path, ast.Module]]:
    for path in sources(folder):
        yield path, ast.parse(path.read_text(), filename=str(path))


def test_no_file_of_the_product_is_longer_than_a_person_reads_at_once() -> None:
    long = {short(path): len(path.read_text().splitlines()) for path in sources()}
    assert {name: lines for name, lines in long.items() if lines >= MOST_LINES} == {}


def test_no_room_or_file_has_a_name_that_says_nothing() -> None:
    names = {part for path in sources() for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert names & NAMELESS == set()


def test_the_clock_is_read_in_two_files_alone() -> None:
    readers = {
        path.relative_to(PACKAGE).as_posix()
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node) in {"now", "today", "utcnow"}
        if _is_clock(node)
    }
    assert readers == CLOCKS


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _is_clock(call: ast.Call) -> bool:
    """datetime.now(), date.today(): not context.now(), which is one of the two clocks."""
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in {"datetime", "date"}
    )


def test_every_audited_action_is_taken_by_some_service() -> None:
    used = set(re.findall(r"AuditAction\.([A-Z_]+)", _text(PACKAGE / "services")))
    assert sorted({action.name for action in AuditAction} - used) == []


def test_every_permission_guards_something() -> None:
    used = set(re.findall(r"Permission\.([A-Z_]+)", _text(PACKAGE / "web")))
    assert sorted({permission.name for permission in Permission} - used) == []


def _text(folder: Path) -> str:
    return "\n".join(path.read_text() for path in sources(folder))


PLANNED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b", re.IGNORECASE)


@pytest.mark.parametrize("folder", ["supplier_qc", "tests", "templates", "static/js", "static/css"])
def test_no_mark_of_unfinished_work_stands_in_the_sources(folder: str) -> None:
    marked = [
        short(path)
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".js", ".css", ".toml", ".txt"}
        and path != Path(__file__)
        and PLANNED.search(path.read_text())
    ]
    assert marked == []


def test_every_exception_to_a_check_says_why() -> None:
    bare = [
        f"{short(path)}:{number}"
        for folder in (PACKAGE, TESTS)
        for path in sources(folder)
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(r"#\s*noqa(?!: [A-Z0-9, ]+ {1,2}\S)", line) and path != Path(__file__)
    ]
    assert bare == []


def test_nothing_of_ours_is_patched_in_tests() -> None:
    words = ("unittest.mock", "mock.patch", "monkeypatch.setattr(supplier_qc", "MagicMock")
    patched = [
        short(path)
        for path in sources(TESTS)
        if path != Path(__file__) and any(word in path.read_text() for word in words)
    ]
    assert patched == []


def test_every_test_can_fail() -> None:
    """It asserts, or takes a step that does; a journey is told in steps that assert."""
    silent = [
        f"{short(path)}:{node.name}"
        for path, tree in trees(TESTS)
        if path.name.startswith("test_") and path.parent.name != "journeys"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if not _may_fail(node)
    ]
    assert silent == []


STEPS_THAT_ASSERT = ("raises", ".get", ".follow", ".submit", "expect", ".compile")
"""Ends of calls that fail by themselves: an expected refusal, a step of the browser (it asserts
the status), Playwright's expect, the compiler of templates."""


def _may_fail(function: ast.FunctionDef) -> bool:
    """It asserts, takes a step that asserts, or hands hypothesis something that must not raise."""
    if any("given" in ast.unparse(decorator) for decorator in function.decorator_list):
        return True
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Call) and ast.unparse(node.func).endswith(STEPS_THAT_ASSERT))
        for node in ast.walk(function)
    )


def test_every_page_template_has_a_title() -> None:
    untitled = [
        short(path)
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if '{%- extends "layouts/base.html"' in path.read_text()
        and "block title" not in path.read_text()
        and not path.name.startswith("_")
    ]
    assert untitled == []


def test_no_template_prints_a_value_without_escaping_it() -> None:
    unsafe = [
        short(path)
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if re.search(r"\|\s*safe\b", path.read_text())
    ]
    assert unsafe == []
