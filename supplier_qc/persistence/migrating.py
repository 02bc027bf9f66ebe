"""Bringing a database to the version this code needs, through Alembic."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from supplier_qc.config import ROOT


def migration_config(url: str) -> Config:
    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    command.upgrade(migration_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    command.downgrade(migration_config(url), revision)


def new_migration(url: str, message: str) -> None:
    command.revision(migration_config(url), message, autogenerate=True)


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest migration."""
    heads = set(ScriptDirectory.from_config(migration_config("")).get_heads())
    with engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == heads
