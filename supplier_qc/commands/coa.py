"""`coa`: read certificates from the shell, without a database."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from supplier_qc.extraction.reading_process import read_in_child
from supplier_qc.extraction.truth_shape import as_truth_object
from supplier_qc.services.file_reading import reading_limits
from supplier_qc.services.installation import Installation


def commands(installation: Installation) -> AppGroup:
    group = AppGroup("coa", help="Certificates of analysis.")

    @group.command("read")
    @click.argument(
        "files",
        nargs=-1,
        required=True,
        type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
    )
    @click.option("--json", "as_json", is_flag=True, help="One JSON object for each file.")
    def read(files: tuple[Path, ...], *, as_json: bool) -> None:
        """Print what is read from each of FILES; what the reader has to say goes to stderr."""
        limits = reading_limits(installation.settings.reader)
        for file in files:
            reading = read_in_child(file, limits=limits)
            found = as_truth_object(reading)
            if as_json:
                click.echo(json.dumps(found, ensure_ascii=False))
            else:
                click.echo(_in_words(file, found))
            for note in reading.notes:
                click.echo(f"{file}: {note}", err=True)

    return group


def _in_words(file: Path, found: dict[str, Any]) -> str:
    tests = found.pop("tests")
    return "\n".join(
        [
            str(file),
            *(f"  {name}: {value}" for name, value in found.items()),
            *(
                f"  - {', '.join(f'{name}: {value}' for name, value in test.items())}"
                for test in tests
            ),
        ]
    )
