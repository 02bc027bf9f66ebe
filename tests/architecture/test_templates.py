"""Pages under a strict content security policy: no inline code or style, no foreign host."""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from jinja2 import Environment, nodes

from supplier_qc.app import create_app
from supplier_qc.config import settings_from
from supplier_qc.services.installation import open_installation

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
LICENSES = STATIC / "vendor" / "LICENSES.md"

PAGES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
EVERY_TEMPLATE = sorted(
    path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()
)
OWN_CSS = sorted((STATIC / "css").rglob("*.css"))
OWN_SCRIPTS = sorted((STATIC / "js").rglob("*.js"))

INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
EVENT_ATTRIBUTE = re.compile(r"\s(?:hx-)?on[a-z:-]{3,}\s*=", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
# A link a person may follow is no request of the page; everything else that loads is.
FOREIGN_HOST = re.compile(
    r"(?:src|srcset|action|data|poster|hx-[a-z]+)\s*=\s*[\"']?\s*(?:https?:)?//|"
    r"<link\b[^>]*(?:https?:)?//",
    re.IGNORECASE,
)
ADDRESS_SPELT = re.compile(r"https?://", re.IGNORECASE)
CONTROL = re.compile(r"<(?:input|select|textarea)\b", re.IGNORECASE)
CSS_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)", re.IGNORECASE)


@cache
def _environment() -> Environment:
    """The product's own, with its filters."""
    with TemporaryDirectory() as folder:
        settings = settings_from({"SUPPLIER_QC_DATA": folder})
        return create_app(open_installation(settings)).jinja_env


def _source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _without_comments(text: str) -> str:
    return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)


def _markup(name: str) -> str:
    """The template's own HTML: comments gone, Jinja's parts replaced by one sign."""
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "§", _without_comments(_source(name)), flags=re.DOTALL)


def _attribute_names(name: str) -> Iterator[str]:
    """Keywords and dictionary keys in the template's expressions, which may become attributes."""
    tree = _environment().parse(_source(name), name)
    yield from (keyword.key for keyword in tree.find_all(nodes.Keyword))
    for pair in tree.find_all(nodes.Pair):
        if isinstance(pair.key, nodes.Const) and isinstance(pair.key.value, str):
            yield pair.key.value


def _licensed_files() -> list[tuple[str, str]]:
    """Pairs of file and SHA-256 from the table of licences."""
    row = re.compile(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)
    return row.findall(LICENSES.read_text(encoding="utf-8"))


def _addresses(css: str) -> list[str]:
    return [plain or imported for plain, imported in CSS_ADDRESS.findall(css)]


def _is_foreign(address: str) -> bool:
    return not address.startswith("data:") and ("//" in address or ":" in address)


def test_there_are_templates_styles_and_scripts_to_look_at() -> None:
    assert "layouts/base.html" in PAGES
    assert OWN_CSS
    assert OWN_SCRIPTS


@pytest.mark.parametrize("name", EVERY_TEMPLATE)
def test_every_template_parses(name: str) -> None:
    environment = _environment()
    environment.compile(_source(name), name)


@pytest.mark.parametrize("name", EVERY_TEMPLATE)
def test_every_template_a_template_names_exists(name: str) -> None:
    tree = _environment().parse(_source(name), name)
    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    named = [getattr(node, "template", None) for kind in kinds for node in tree.find_all(kind)]
    files = [expression.value for expression in named if isinstance(expression, nodes.Const)]
    assert [file for file in files if not (TEMPLATES / file).is_file()] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_template_carries_inline_style(name: str) -> None:
    assert not INLINE_STYLE.search(_markup(name))
    assert "style" not in set(_attribute_names(name))


@pytest.mark.parametrize("name", PAGES)
def test_no_template_carries_inline_script(name: str) -> None:
    for attributes, body in SCRIPT.findall(_markup(name)):
        assert "src=" in attributes
        assert not body.strip()


@pytest.mark.parametrize("name", PAGES)
def test_no_template_carries_an_event_attribute(name: str) -> None:
    assert not EVENT_ATTRIBUTE.search(_markup(name))
    keys = [key for key in _attribute_names(name) if re.fullmatch(r"(hx[-_])?on[a-z:-]{4,}", key)]
    assert keys == []


@pytest.mark.parametrize("name", PAGES)
def test_no_template_loads_from_a_foreign_host(name: str) -> None:
    assert not FOREIGN_HOST.search(_markup(name))


@pytest.mark.parametrize("name", PAGES)
def test_no_template_spells_an_address_outside_the_product(name: str) -> None:
    """Sources of regulatory data are rows in the database, with their address."""
    assert not ADDRESS_SPELT.search(_without_comments(_source(name)))


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("components/")])
def test_form_controls_are_drawn_by_the_component_macros_alone(name: str) -> None:
    assert CONTROL.findall(_markup(name)) == []


@pytest.mark.parametrize("path", OWN_CSS, ids=lambda path: path.relative_to(STATIC).as_posix())
def test_no_stylesheet_loads_from_a_foreign_host(path: Path) -> None:
    addresses = _addresses(path.read_text(encoding="utf-8"))
    assert [address for address in addresses if _is_foreign(address)] == []


def test_no_vendored_stylesheet_loads_from_a_foreign_host() -> None:
    sheets = sorted((STATIC / "vendor").glob("*.css"))
    assert sheets
    for sheet in sheets:
        addresses = _addresses(sheet.read_text(encoding="utf-8"))
        assert [address for address in addresses if _is_foreign(address)] == []


@pytest.mark.parametrize("path", OWN_CSS, ids=lambda path: path.relative_to(STATIC).as_posix())
def test_colours_are_spelt_in_the_tokens_alone(path: Path) -> None:
    if path.name in {"tokens.css", "print.css"}:
        return
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r":[^;{]*(?:#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\()", text) == []


@pytest.mark.parametrize("path", OWN_SCRIPTS, ids=lambda path: path.name)
def test_no_script_writes_style_or_markup_from_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    written = r"\.style\b|\.(?:inner|outer)HTML\s*=[^=]|insertAdjacentHTML|\beval\(|https?://"
    assert re.findall(written, text) == []


def test_vendored_files_are_the_ones_their_licence_table_names() -> None:
    licensed = _licensed_files()
    assert licensed
    for file, expected in licensed:
        assert hashlib.sha256((ROOT / file).read_bytes()).hexdigest() == expected, file


def test_nothing_is_vendored_without_a_licence() -> None:
    licensed = {file for file, _ in _licensed_files()}
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in (STATIC / "vendor", ROOT / "tests" / "vendor")
        for path in folder.iterdir()
        if path.suffix in {".js", ".css"}
    }
    assert found == licensed


def _icon_names(expression: nodes.Node) -> set[str]:
    """The names an expression can give to an icon, as far as they are spelt in the template."""
    if isinstance(expression, nodes.Const):
        return {str(expression.value)}
    if isinstance(expression, nodes.CondExpr):
        branches = (expression.expr1, expression.expr2)
        return set().union(*(_icon_names(branch) for branch in branches if branch is not None))
    if isinstance(expression, nodes.Getitem) and isinstance(expression.node, nodes.Dict):
        return set().union(*(_icon_names(pair.value) for pair in expression.node.items))
    return set()


@pytest.mark.parametrize("name", PAGES)
def test_every_icon_a_template_names_is_in_the_sprite(name: str) -> None:
    sprite = (STATIC / "icons.svg").read_text(encoding="utf-8")
    calls = _environment().parse(_source(name), name).find_all(nodes.Call)
    named = set().union(
        *(
            _icon_names(call.args[0])
            for call in calls
            if isinstance(call.node, nodes.Name) and call.node.name == "icon" and call.args
        )
    )
    assert [icon for icon in named if f'<symbol id="{icon}"' not in sprite] == []
