"""Empty databases, and what a database says about itself."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from supplier_qc.persistence.engine import make_engine
from tests.conftest import _administer, _server_url

BOOKKEEPING = "alembic_version"


@contextmanager
def empty_database(backend: str, folder: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    name = f"empty_{uuid.uuid4().hex}"
    if backend == "sqlite":
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    _administer(f"CREATE DATABASE {name}")
    yield _server_url(name)
    _administer(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def connected(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    yield engine
    engine.dispose()


def definitions(url: str) -> dict[str, list[str]]:
    """Tables, constraints (their text as well) and indexes, by table, in a comparable form."""
    with connected(url) as engine:
        if engine.dialect.name == "sqlite":
            return _of_sqlite(engine)
        return _of_postgresql(engine)


def _of_sqlite(engine: Engine) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        ).all()
    for kind, table, sql in rows:
        if table != BOOKKEEPING and kind in ("table", "index"):
            parts = _parts(sql) if kind == "table" else [sql]
            found.setdefault(table, []).extend(_plain(part) for part in parts)
    return {table: sorted(parts) for table, parts in found.items()}


def _parts(sql: str) -> list[str]:
    """The columns and constraints of a CREATE TABLE, whose order says nothing."""
    body = sql[sql.index("(") + 1 : sql.rindex(")")]
    parts, depth, quoted, begin = [], 0, False, 0
    for place, sign in enumerate(body):
        if sign == "'":
            quoted = not quoted
        depth += 0 if quoted else {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0 and not quoted:
            parts.append(body[begin:place])
            begin = place + 1
    return [*parts, body[begin:]]


def _plain(part: str) -> str:
    return re.sub(r"\s+", " ", part).replace('"', "").strip()


def _of_postgresql(engine: Engine) -> dict[str, list[str]]:
    statements = (
        """SELECT table_name, concat_ws(' ', column_name, data_type, character_maximum_length,
           numeric_precision, is_nullable, column_default)
           FROM information_schema.columns WHERE table_schema = 'public'""",
        """SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
           FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
        "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    )
    found: dict[str, list[str]] = {}
    with engine.connect() as connection:
        for statement in statements:
            for table, part in connection.execute(text(statement)):
                if table != BOOKKEEPING:
                    found.setdefault(table, []).append(part)
    return {table: sorted(parts) for table, parts in found.items()}
