"""What a person runs from the shell: `flask --app run GROUP COMMAND`."""

from flask import Flask

from supplier_qc.commands import coa, database, demo, origin, people, source
from supplier_qc.services.installation import Installation


def install(app: Flask, installation: Installation) -> None:
    app.cli.add_command(database.commands(installation))
    app.cli.add_command(coa.commands(installation))
    app.cli.add_command(people.commands(installation))
    app.cli.add_command(origin.commands())
    app.cli.add_command(source.commands(installation))
    app.cli.add_command(demo.commands(installation))
