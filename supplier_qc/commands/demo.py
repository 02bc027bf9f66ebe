"""`demo`: from an empty folder to a filled installation that can be signed in to."""

import time
from collections.abc import Callable

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from supplier_qc.jobs import clock
from supplier_qc.persistence import migrating
from supplier_qc.services.installation import Installation
from supplier_qc.services.reference_lists import load_shipped


def commands(installation: Installation) -> AppGroup:
    group = AppGroup("demo", help="Fictional vendors, lots and certificates.")

    @group.command("start")
    def start() -> None:
        """Bring the database up, fill it when it is empty, and serve."""
        fill_when_empty(installation)
        _print_people()
        from supplier_qc.commands.serving import serve_installation

        serve_installation(_application(), installation)

    @group.command("fill")
    def fill() -> None:
        """Bring the database up and fill it when it is empty."""
        fill_when_empty(installation)

    return group


def fill_when_empty(installation: Installation) -> None:
    """Migrate, and tell the demo story to an installation without people."""
    from supplier_qc.demo import seed

    if not migrating.is_current(installation.engine):
        click.echo("Making the database")
        migrating.upgrade(installation.settings.database_url)
    if not seed.is_empty(installation):
        load_shipped(installation.sessions, now=clock.now())
        return
    click.echo("Filling it with the demo story (about half a minute)")
    seed.fill(installation, now=clock.now(), report=_reporter())


def _reporter() -> Callable[[str], None]:
    begun = time.monotonic()

    def report(words: str) -> None:
        click.echo(f"  {time.monotonic() - begun:4.0f} s  {words}")

    return report


def _print_people() -> None:
    from supplier_qc.demo.people import PEOPLE

    click.echo("\nSign in as one of the demo people (all fictional):")
    for person in PEOPLE:
        roles = ", ".join(role.label for role in sorted(person.roles))
        click.echo(f"  {person.username:4} {person.password:34} {roles}")
    click.echo("")


def _application() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001 -- the server needs the application itself, not its proxy
