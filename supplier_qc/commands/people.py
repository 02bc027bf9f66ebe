"""`people`: the first administrator, who then adds everybody else on the pages."""

import click
from flask.cli import AppGroup

from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import Refused
from supplier_qc.jobs import clock
from supplier_qc.services.installation import Installation
from supplier_qc.services.people import PersonDraft, add_first_administrator


def commands(installation: Installation) -> AppGroup:
    group = AppGroup("people", help="People who sign in.")

    @group.command("add-administrator")
    @click.argument("username")
    @click.argument("full_name")
    @click.argument("email")
    @click.password_option(help="At least twelve characters; asked for when left out.")
    def add_administrator(username: str, full_name: str, email: str, password: str) -> None:
        """Add the first person of an empty installation."""
        draft = PersonDraft(username, full_name, email, frozenset({Role.ADMINISTRATOR}))
        try:
            add_first_administrator(installation.sessions, draft, password, now=clock.now())
        except Refused as refusal:
            raise click.ClickException(" ".join(refusal.reasons)) from refusal
        click.echo(f"{full_name} can sign in as {username}.")

    return group
