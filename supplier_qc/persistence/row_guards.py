"""Triggers by which the database itself refuses to change or remove rows; for migrations."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class RowGuard:
    """`event` is UPDATE or DELETE; `condition`, in SQL over OLD and NEW, narrows it down."""

    name: str
    table: str
    event: str
    message: str
    condition: str = ""


def never_deleted(*tables: str) -> tuple[RowGuard, ...]:
    return tuple(
        RowGuard(f"{table}_no_delete", table, "DELETE", f"{table} is never deleted")
        for table in tables
    )


def append_only(*tables: str) -> tuple[RowGuard, ...]:
    return tuple(
        RowGuard(f"{table}_no_{event.lower()}", table, event, f"{table} is append-only")
        for table in tables
        for event in ("UPDATE", "DELETE")
    )


def guard_rows(connection: Connection, guards: Iterable[RowGuard]) -> None:
    for guard in guards:
        for statement in _made(guard, is_sqlite=connection.dialect.name == "sqlite"):
            connection.execute(text(statement))


def unguard_rows(connection: Connection, guards: Iterable[RowGuard]) -> None:
    """Take the triggers away, before their tables go."""
    for guard in guards:
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"DROP TRIGGER {guard.name}"))
        else:
            connection.execute(text(f"DROP TRIGGER {guard.name} ON {guard.table}"))
            connection.execute(text(f"DROP FUNCTION {guard.name}()"))


def _made(guard: RowGuard, *, is_sqlite: bool) -> tuple[str, ...]:
    before = f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW"
    if is_sqlite:
        when = f"WHEN {guard.condition} " if guard.condition else ""
        return (f"{before} {when}BEGIN SELECT RAISE(ABORT, '{guard.message}'); END",)
    return (
        (
            f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {guard.condition or 'true'} THEN RAISE EXCEPTION '{guard.message}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            "RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; END $$"
        ),
        f"{before} EXECUTE FUNCTION {guard.name}()",
    )
