"""Runs migrations. The URL and nothing else comes from the environment."""

import os
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
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


def run() -> None:
    url = context.config.attributes.get("url") or settings_from(os.environ).database_url
    engine = make_engine(url, foreign_keys=False)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            transactional_ddl=True,
            transaction_per_migration=True,
            compare_type=True,
            render_item=_render,
        )
        with context.begin_transaction():
            context.run_migrations()
        if engine.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise ForeignKeyBroken(f"{len(broken)} rows point nowhere: {broken[:3]}")
    engine.dispose()


run()
