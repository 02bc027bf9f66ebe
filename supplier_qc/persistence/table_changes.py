"""Changes to a table that already holds rows, for migrations; the same call on both databases.

SQLite cannot alter a constraint, so the table is made anew from its own text in the database.
Alembic's batch mode does that from a reflected table, and loses triggers and CHECKs on the way.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, text
from sqlalchemy.schema import CreateColumn

from supplier_qc.persistence.base import NAMING_CONVENTION

_NEW = "_new"


def change_table(
    connection: Connection,
    table: str,
    *,
    columns: Sequence[Column[Any]] = (),
    constraints: Mapping[str, str] | None = None,
    without: Collection[str] = (),
    columns_gone: Collection[str] = (),
    fill: Mapping[str, str] | None = None,
) -> None:
    """Add and drop columns and named constraints; rows, indexes and triggers stay.

    `constraints` maps a name to its text, such as "CHECK (a > 0)" or "FOREIGN KEY (b) REFERENCES
    c (id)"; one of that name is replaced. `fill` gives a new column's SQL value for the rows on
    file. An index on a column that goes has to be dropped before.
    """
    constraints, fill = constraints or {}, fill or {}
    gone = {*without, *constraints, *columns_gone}
    if connection.dialect.name == "sqlite":
        added = [*_spelled(connection, columns), *_named(constraints)]
        _rebuild(connection, table, added, gone, fill)
    else:
        _alter(connection, table, columns, constraints, without, columns_gone, fill)


def allow_values(connection: Connection, table: str, column: str, values: Sequence[str]) -> None:
    """Let a controlled column take these values and no others."""
    name = NAMING_CONVENTION["ck"] % {"table_name": table, "constraint_name": column}
    listed = ", ".join(f"'{value}'" for value in values)
    change_table(connection, table, constraints={name: f"CHECK ({column} IN ({listed}))"})


def _spelled(connection: Connection, columns: Sequence[Column[Any]]) -> list[str]:
    return [str(CreateColumn(column).compile(dialect=connection.dialect)) for column in columns]


def _named(constraints: Mapping[str, str]) -> list[str]:
    return [f"CONSTRAINT {name} {words}" for name, words in constraints.items()]


def _rebuild(
    connection: Connection,
    table: str,
    added: Sequence[str],
    gone: Collection[str],
    fill: Mapping[str, str],
) -> None:
    stated = _statement_of(connection, table)
    beside = _statements_beside(connection, table)
    before = _column_names(connection, table)
    parts = [part for part in parts_of(stated) if name_of(part) not in gone]
    body = ",\n\t".join(_columns_first([*parts, *added]))
    with _names_left_alone(connection):
        connection.execute(text(f"CREATE TABLE {table}{_NEW} (\n\t{_literal(body)}\n)"))
        kept = [name for name in before if name not in gone]
        into = ", ".join([*kept, *fill])
        values = ", ".join([*kept, *fill.values()])
        connection.execute(
            text(f"INSERT INTO {table}{_NEW} ({into}) SELECT {_literal(values)} FROM {table}")  # noqa: S608 -- names of our own migrations
        )
        connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text(f"ALTER TABLE {table}{_NEW} RENAME TO {table}"))
    for statement in beside:
        connection.execute(text(_literal(statement)))


def _literal(statement: str) -> str:
    """With colons that SQLAlchemy does not take for parameters."""
    return re.sub(r"(?<!:):(?=\w)", r"\\:", statement)


@contextmanager
def _names_left_alone(connection: Connection) -> Iterator[None]:
    """Other tables and triggers go on naming the table while it is away for a moment."""
    connection.execute(text("PRAGMA legacy_alter_table = ON"))
    try:
        yield
    finally:
        connection.execute(text("PRAGMA legacy_alter_table = OFF"))


def _statement_of(connection: Connection, table: str) -> str:
    found = connection.execute(
        text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table"),
        {"table": table},
    )
    return str(found.scalar_one())


def _statements_beside(connection: Connection, table: str) -> list[str]:
    found = connection.execute(
        text(
            "SELECT sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL "
            "AND type IN ('index', 'trigger') ORDER BY type, name"
        ),
        {"table": table},
    )
    return [str(statement) for statement in found.scalars()]


def _column_names(connection: Connection, table: str) -> list[str]:
    found = connection.execute(text(f"SELECT name FROM pragma_table_info('{table}')"))  # noqa: S608 -- a name of our own migrations
    return [str(name) for name in found.scalars()]


def parts_of(statement: str) -> list[str]:
    """The columns and constraints of a CREATE TABLE statement, each as it is written."""
    body = statement[statement.index("(") + 1 : statement.rindex(")")]
    parts, depth, quoted, begin = [], 0, False, 0
    for place, sign in enumerate(body):
        if sign == "'":
            quoted = not quoted
        depth += 0 if quoted else {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0 and not quoted:
            parts.append(body[begin:place].strip())
            begin = place + 1
    return [*parts, body[begin:].strip()]


def name_of(part: str) -> str:
    """The name of a column or of a named constraint; "" for one without a name."""
    words = part.replace('"', " ").split()
    if words[0].upper() == "CONSTRAINT":
        return words[1]
    return "" if _is_constraint(part) else words[0]


def _is_constraint(part: str) -> bool:
    return bool(
        re.match(r"(CONSTRAINT|PRIMARY KEY|FOREIGN KEY|UNIQUE|CHECK)\b", part, re.IGNORECASE)
    )


def _columns_first(parts: Sequence[str]) -> list[str]:
    return sorted(parts, key=_is_constraint)


def _alter(
    connection: Connection,
    table: str,
    columns: Sequence[Column[Any]],
    constraints: Mapping[str, str],
    without: Collection[str],
    columns_gone: Collection[str],
    fill: Mapping[str, str],
) -> None:
    def alter(words: str) -> None:
        connection.execute(text(_literal(f"ALTER TABLE {table} {words}")))

    for name in [*without, *constraints]:
        alter(f"DROP CONSTRAINT IF EXISTS {name}")
    for name in columns_gone:
        alter(f"DROP COLUMN {name}")
    for column, spelled in zip(columns, _spelled(connection, columns), strict=True):
        if column.name not in fill or column.nullable:
            alter(f"ADD COLUMN {spelled}")
            continue
        alter(f"ADD COLUMN {spelled.replace(' NOT NULL', '')}")
    for name, value in fill.items():
        _fill_on_postgresql(connection, table, name, value)
    for column in columns:
        if column.name in fill and not column.nullable:
            alter(f"ALTER COLUMN {column.name} SET NOT NULL")
    for name, words in constraints.items():
        alter(f"ADD CONSTRAINT {name} {words}")


def _fill_on_postgresql(connection: Connection, table: str, column: str, value: str) -> None:
    """Past the triggers that keep rows as they are: nothing that was there is touched."""
    connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    connection.execute(text(_literal(f"UPDATE {table} SET {column} = {value}")))  # noqa: S608 -- names of our own migrations
    connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
