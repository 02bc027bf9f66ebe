"""Runs migrations. The URL and nothing else comes from the environment."""

import os
from collections.abc import Collection, Mapping
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext, MigrationInfo
from sqlalchemy import text

from supplier_qc.config import settings_from
from supplier_qc.persistence import tables  # noqa: F401 -- makes every table known
from supplier_qc.persistence.base import Base, ExactDecimal, UtcDateTime
from supplier_qc.persistence.engine import make_engine


class ForeignKeyBroken(Exception):
    """A migration left rows that point nowhere; it was rolled back."""


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Our column types as plain SQLAlchemy, so that old migrations stand on their own."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, ExactDecimal):
        return 'sa.Text().with_variant(sa.Numeric(), "postgresql")'
    return False


def _refuse_rows_that_point_nowhere(
    ctx: MigrationContext,
    step: MigrationInfo,
    heads: Collection[Any],
    run_args: Mapping[str, Any],
) -> None:
    """Look before each migration is committed: on SQLite foreign keys are off meanwhile."""
    del step, heads, run_args
    connection = ctx.connection
    if connection is None or connection.dialect.name != "sqlite":
        return
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise ForeignKeyBroken(f"{len(broken)} rows point nowhere: {broken[:3]}")


def run() -> None:
    url = context.config.attributes.get("url") or settings_from(os.environ).database_url
    engine = make_engine(url, foreign_keys=False)
    try:
        with engine.connect() as connection:
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                render_as_batch=True,
                transactional_ddl=True,
                transaction_per_migration=True,
                compare_type=True,
                render_item=_render,
                on_version_apply=_refuse_rows_that_point_nowhere,
            )
            with context.begin_transaction():
                context.run_migrations()
    finally:
        engine.dispose()


run()
