"""`origin`: evaluate origin facts from a file, without a database."""

import json
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from supplier_qc.domain.origin.as_json import to_json
from supplier_qc.domain.origin.engine import assess_item
from supplier_qc.domain.origin.facts import OriginComponent, OriginFactsRefused
from supplier_qc.domain.origin.facts_json import components_from_json
from supplier_qc.domain.origin.findings import Assessment
from supplier_qc.domain.origin.vocabulary import Authority, words
from supplier_qc.jobs import clock
from supplier_qc.persistence.reference_files import read_reference_lists


class FactsUnreadable(click.ClickException):
    """The file does not hold origin facts; every problem stands on a line of its own."""

    exit_code = 2


def commands() -> AppGroup:
    group = AppGroup("origin", help="Animal and human origin.")

    @group.command("assess")
    @click.argument(
        "facts", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
    )
    @click.option(
        "--authority",
        type=click.Choice([words(member) for member in Authority], case_sensitive=False),
        required=True,
        help="Who the dossier is meant for.",
    )
    @click.option(
        "--on",
        type=click.DateTime(["%Y-%m-%d"]),
        help="Day of the assessment; today by UTC when left out.",
    )
    @click.option("--json", "as_json", is_flag=True, help="The whole assessment as one object.")
    def assess(facts: Path, authority: str, on: datetime | None, *, as_json: bool) -> None:
        """Evaluate FACTS, a JSON file with one component or a list of those of one item."""
        assessment = assess_item(
            _components(facts), _member(authority), read_reference_lists(), _day(on)
        )
        if as_json:
            click.echo(json.dumps(to_json(assessment), ensure_ascii=False, indent=2))
        else:
            click.echo(_in_words(assessment))

    return group


def _components(file: Path) -> tuple[OriginComponent, ...]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return components_from_json(data)
    except json.JSONDecodeError as error:
        raise FactsUnreadable(
            f"{file}: not JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from error
    except UnicodeDecodeError as error:
        raise FactsUnreadable(f"{file}: not a text in UTF-8.") from error
    except ValueError as error:  # Python reads no integer of more than 4300 digits
        raise FactsUnreadable(f"{file}: a number with more digits than any fact has.") from error
    except RecursionError as error:
        raise FactsUnreadable(f"{file}: nested more deeply than any component is.") from error
    except OriginFactsRefused as refused:
        raise FactsUnreadable("\n".join(f"{file}: {one}" for one in refused.reasons)) from refused


def _member(authority: str) -> Authority:
    return next(member for member in Authority if words(member).casefold() == authority.casefold())


def _day(on: datetime | None) -> date:
    return (on or clock.now()).date()


def _in_words(assessment: Assessment) -> str:
    blocks = "blocks" if assessment.blocks else "does not block"
    verdict = assessment.human_verdict
    judged = f"{words(assessment.authority)} on {assessment.on.isoformat()}"
    lines = [
        f"{judged}: {words(assessment.level)}, {blocks}",
        f"  list: {assessment.list_edition}",
    ]
    if verdict is not None:
        lines.append(f"  evidence for human origin: {words(verdict)}")
    for rule in assessment.fired:
        lines.append(f"  {rule.rule_id} {rule.component}: {rule.sentence}")
        lines += [f"      {fact}" for fact in rule.facts]
        lines += [f"      by {citation.words()}" for citation in rule.citations]
        lines += [f"      would change it: {counter.sentence}" for counter in rule.counter_facts]
    lines += [f"  missing: {gap}" for gap in assessment.gaps]
    return "\n".join(lines)
