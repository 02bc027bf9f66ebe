"""`db`: bring the database to the version this code needs."""

import click
from flask.cli import AppGroup

from supplier_qc.jobs import clock
from supplier_qc.persistence import migrating
from supplier_qc.services.installation import Installation
from supplier_qc.services.reference_lists import load_shipped


def commands(installation: Installation) -> AppGroup:
    group = AppGroup("db", help="The database and its migrations.")

    @group.command("upgrade")
    def upgrade() -> None:
        """Bring the database to the newest version; data are kept."""
        if migrating.is_current(installation.engine):
            click.echo("The database is up to date.")
        else:
            migrating.upgrade(installation.settings.database_url)
            click.echo("The database was brought up to date.")
        if loaded := load_shipped(installation.sessions, now=clock.now()):
            click.echo(f"{loaded} regulatory lists were loaded as shipped.")

    @group.command("new")
    @click.argument("message")
    def new(message: str) -> None:
        """Write a migration from the difference between tables and database; then read it."""
        migrating.new_migration(installation.settings.database_url, message)

    return group
