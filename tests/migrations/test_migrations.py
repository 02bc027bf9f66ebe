"""Migrations up, down and with data; and what they make is what the tables say."""

import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, inspect, select
from sqlalchemy.schema import CreateTable

from supplier_qc.config import ROOT
from supplier_qc.persistence import tables  # noqa: F401 -- makes every table known
from supplier_qc.persistence.base import Base
from supplier_qc.persistence.migrating import (
    downgrade,
    is_current,
    migration_config,
    upgrade,
)
from tests.migrations.databases import BOOKKEEPING, connected, definitions, empty_database
from tests.migrations.rows import ROWS


@pytest.fixture
def url(backend: str, tmp_path: Path) -> Iterator[str]:
    with empty_database(backend, tmp_path) as found:
        yield found


@pytest.fixture
def other_url(backend: str, tmp_path: Path) -> Iterator[str]:
    with empty_database(backend, tmp_path) as found:
        yield found


def fill(url: str) -> None:
    """The rows, through the tables as the database describes them at its version."""
    with connected(url) as engine, engine.begin() as connection:
        for name, values in ROWS:
            table = Table(name, MetaData(), autoload_with=connection)
            connection.execute(table.insert().values(**_complete(table, values)))


_PLAIN: dict[type, Any] = {int: 1, str: "x", bool: False, object: {}}


def _complete(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    """With something plain in each further column that may not be empty."""
    needed = {
        column.name: _as_kept(_PLAIN[column.type.python_type])
        for column in table.columns
        if not column.nullable and column.name not in values
    }
    return needed | {name: _as_kept(value) for name, value in values.items()}


def _as_kept(value: Any) -> Any:
    """Quantities as SQLite keeps them, where the reflected column is a text."""
    return format(value, "f") if isinstance(value, Decimal) else value


def contents(url: str) -> dict[str, list[dict[str, Any]]]:
    """The columns that were filled, as they read now."""
    found: dict[str, list[dict[str, Any]]] = {}
    with connected(url) as engine, engine.connect() as connection:
        for name, values in ROWS:
            table = Table(name, MetaData(), autoload_with=connection)
            keys = [column.name for column in table.primary_key]
            row = connection.execute(
                select(table).where(*(table.c[key] == values[key] for key in keys))
            ).one()
            found.setdefault(name, []).append({key: row._mapping[key] for key in values})
    return found


def table_names(url: str) -> set[str]:
    with connected(url) as engine:
        return set(inspect(engine).get_table_names())


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(migration_config("")).get_heads()) == 1


def test_up_down_and_up_again(url: str) -> None:
    upgrade(url)
    assert table_names(url) >= set(Base.metadata.tables)
    downgrade(url, "base")
    assert table_names(url) == {BOOKKEEPING}
    upgrade(url)
    with connected(url) as engine:
        assert is_current(engine)


def test_data_of_the_first_version_stand_after_the_last_and_after_the_way_back(url: str) -> None:
    upgrade(url, "0001")
    fill(url)
    before = contents(url)
    upgrade(url)
    assert contents(url) == before
    downgrade(url, "0001")
    assert contents(url) == before
    upgrade(url)
    assert contents(url) == before


def test_a_migrated_database_is_what_the_tables_say(url: str, other_url: str) -> None:
    """Compared by text: a new enum member, or another CHECK, without a migration is found."""
    upgrade(url)
    with connected(other_url) as engine:
        Base.metadata.create_all(engine)
    assert definitions(url) == definitions(other_url)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("'rejected'", "'rejected', 'sold'"),
        ("trim(manufacturer_lot)", "ltrim(manufacturer_lot)"),
        ("manufacturer_lot", "makers_lot"),
    ],
    ids=["one more value", "another check", "another column"],
)
def test_the_comparison_sees_what_differs_by_one_word(
    url: str, other_url: str, old: str, new: str
) -> None:
    """The same tables, but for one word in the statement that makes the table of lots."""
    upgrade(url)
    with connected(other_url) as engine, engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            statement = str(CreateTable(table).compile(dialect=engine.dialect))
            changed = statement.replace(old, new) if table.name == "lot" else statement
            assert table.name != "lot" or changed != statement
            connection.exec_driver_sql(changed.replace("%", "%%"))
    here, there = definitions(url), definitions(other_url)
    assert _without_indexes(here["lot"]) != _without_indexes(there["lot"])
    assert _without_indexes(here["site"]) == _without_indexes(there["site"])


def _without_indexes(parts: list[str]) -> list[str]:
    return [part for part in parts if not part.startswith("CREATE ")]


BROKEN = '''
"""one more"""
from alembic import op
import sqlalchemy as sa
revision = "9999"
down_revision = {head!r}
branch_labels = depends_on = None

def upgrade():
    op.create_table("half_done", sa.Column("id", sa.Integer(), primary_key=True))
    {statement}

def downgrade():
    pass
'''


@pytest.fixture
def one_more(tmp_path: Path) -> Callable[[str, str], Config]:
    """Makes a configuration whose scripts end with one more migration that does `statement`."""

    def configure(url: str, statement: str) -> Config:
        scripts = tmp_path / "migrations"
        shutil.copytree(ROOT / "migrations", scripts, ignore=shutil.ignore_patterns("__pycache__"))
        head = ScriptDirectory.from_config(migration_config("")).get_current_head()
        (scripts / "versions" / "9999_one_more.py").write_text(
            BROKEN.format(head=head, statement=statement)
        )
        config = migration_config(url)
        config.set_main_option("script_location", str(scripts))
        return config

    return configure


def test_a_migration_that_fails_leaves_nothing_behind(
    url: str, one_more: Callable[[str, str], Config]
) -> None:
    upgrade(url, "0001")
    fill(url)
    upgrade(url)
    before = definitions(url), contents(url)
    with pytest.raises(RuntimeError, match="power cut"):
        command.upgrade(one_more(url, "raise RuntimeError('power cut')"), "head")
    assert (definitions(url), contents(url)) == before
    with connected(url) as engine:
        assert is_current(engine)


def test_a_migration_that_leaves_rows_pointing_nowhere_is_rolled_back(
    url: str, one_more: Callable[[str, str], Config]
) -> None:
    upgrade(url, "0001")
    fill(url)
    upgrade(url)
    before = definitions(url), contents(url)
    lost = "op.execute('UPDATE site SET organisation_id = 777')"
    with pytest.raises(Exception, match=r"point nowhere|violates foreign key"):
        command.upgrade(one_more(url, lost), "head")
    assert (definitions(url), contents(url)) == before
