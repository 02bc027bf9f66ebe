"""A table that is changed keeps its rows, its indexes, its triggers and its other constraints."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Integer, String, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from supplier_qc.persistence.engine import make_engine
from supplier_qc.persistence.table_changes import allow_values, change_table, parts_of
from tests.migrations.databases import empty_database

_SQLITE_TRIGGER = (
    "CREATE TRIGGER jar_no_delete BEFORE DELETE ON jar FOR EACH ROW "
    "BEGIN SELECT RAISE(ABORT, 'jar is never deleted'); END"
)
_POSTGRESQL_TRIGGER = (
    "CREATE FUNCTION jar_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION 'jar is never deleted' USING ERRCODE = 'integrity_constraint_violation'; "
    "END $$; CREATE TRIGGER jar_no_delete BEFORE DELETE ON jar FOR EACH ROW "
    "EXECUTE FUNCTION jar_no_delete()"
)


@pytest.fixture
def connection(backend: str, tmp_path: Path) -> Iterator[Connection]:
    """Shelves and the jars on them, one jar with a colon and a comma in its words."""
    with empty_database(backend, tmp_path) as url:
        engine = make_engine(url, foreign_keys=False)
        with engine.connect() as connection, connection.begin():
            for statement in (
                (
                    "CREATE TABLE shelf (id INTEGER PRIMARY KEY, "
                    "kind VARCHAR(40) NOT NULL, "
                    "CONSTRAINT ck_shelf_kind CHECK (kind IN ('cold', 'a, b: (c)')))"
                ),
                (
                    "CREATE TABLE jar (id INTEGER PRIMARY KEY, shelf_id INTEGER NOT NULL, "
                    "words VARCHAR(40), CONSTRAINT ck_jar_words CHECK (words <> 'a, b'), "
                    "CONSTRAINT fk_jar_shelf_id_shelf FOREIGN KEY(shelf_id) REFERENCES shelf (id))"
                ),
                "CREATE INDEX ix_jar_words ON jar (words)",
                _SQLITE_TRIGGER if backend == "sqlite" else _POSTGRESQL_TRIGGER,
                "INSERT INTO shelf VALUES (1, 'cold')",
                "INSERT INTO jar VALUES (7, 1, 'ratio 1\\:2')",
            ):
                connection.execute(text(statement))
            yield connection
        engine.dispose()


def refused(connection: Connection, statement: str) -> str:
    with pytest.raises((IntegrityError, DBAPIError)) as refusal, connection.begin_nested():
        connection.execute(text(statement))
    return str(refusal.value)


def test_rows_stay_and_a_new_column_is_filled(connection: Connection) -> None:
    change_table(
        connection,
        "jar",
        columns=[Column("size", Integer, nullable=False), Column("label", String(9))],
        fill={"size": "shelf_id + 4"},
    )
    assert connection.execute(text("SELECT id, words, size, label FROM jar")).all() == [
        (7, "ratio 1:2", 5, None)
    ]
    refused(connection, "INSERT INTO jar (id, shelf_id, words) VALUES (8, 1, 'x')")


def test_a_trigger_outlives_the_change(connection: Connection) -> None:
    allow_values(connection, "shelf", "kind", ["cold", "warm"])
    change_table(connection, "jar", columns=[Column("size", Integer)])
    assert "never deleted" in refused(connection, "DELETE FROM jar")


def test_an_index_and_the_other_constraints_outlive_the_change(connection: Connection) -> None:
    change_table(connection, "jar", constraints={"ck_jar_id": "CHECK (id > 0)"})
    assert "ck_jar_words" in refused(connection, "INSERT INTO jar VALUES (8, 1, 'a, b')")
    assert "ck_jar_id" in refused(connection, "INSERT INTO jar VALUES (0, 1, 'x')")
    connection.execute(text("DROP INDEX ix_jar_words"))


def test_values_are_allowed_and_taken_back(connection: Connection) -> None:
    refused(connection, "INSERT INTO shelf VALUES (2, 'warm')")
    allow_values(connection, "shelf", "kind", ["cold", "warm"])
    connection.execute(text("INSERT INTO shelf VALUES (2, 'warm')"))
    refused(connection, "INSERT INTO shelf VALUES (3, 'hot')")
    assert "ck_shelf_kind" in refused_change(connection)


def refused_change(connection: Connection) -> str:
    with pytest.raises(IntegrityError) as refusal, connection.begin_nested():
        allow_values(connection, "shelf", "kind", ["cold"])
    return str(refusal.value)


def test_a_column_goes_with_its_constraint(connection: Connection) -> None:
    connection.execute(text("DROP INDEX ix_jar_words"))
    change_table(connection, "jar", without=["ck_jar_words"], columns_gone=["words"])
    assert [dict(row) for row in connection.execute(text("SELECT * FROM jar")).mappings()] == [
        {"id": 7, "shelf_id": 1}
    ]


def test_commas_in_values_and_brackets_divide_nothing() -> None:
    statement = "CREATE TABLE a (b TEXT, CHECK (b IN ('x, y', ')')), PRIMARY KEY (b, c))"
    assert parts_of(statement) == ["b TEXT", "CHECK (b IN ('x, y', ')'))", "PRIMARY KEY (b, c)"]
