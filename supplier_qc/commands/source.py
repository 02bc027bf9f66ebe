"""`source`: what may be bought, for a purchasing system or a person at a shell."""

import json
from datetime import UTC, date, datetime
from typing import Any

import click
from flask.cli import AppGroup

from supplier_qc.domain.catalogue import UseScope, label
from supplier_qc.domain.qualification.buying import BuyVerdict
from supplier_qc.domain.qualification.evidence_policy import Step
from supplier_qc.domain.refusals import Refused
from supplier_qc.jobs import clock
from supplier_qc.queries.buying import BuyQuestion, BuyRow, as_json, ask_may_buy, overall
from supplier_qc.services.installation import Installation

_EXIT_CODES = {BuyVerdict.YES: 0, BuyVerdict.WITH_CONDITIONS: 3, BuyVerdict.NO: 4}


class NotAnswered(click.ClickException):
    """The question cannot be answered; every reason stands in the message."""

    exit_code = 2


def commands(installation: Installation) -> AppGroup:
    group = AppGroup("source", help="Sources of materials.")

    @group.command("may-buy")
    @click.argument("item")
    @click.option(
        "--use",
        "use",
        type=click.Choice([one.value for one in UseScope]),
        required=True,
        help="What it is to be used for.",
    )
    @click.option("--vendor", default="", help="Part of the vendor's name.")
    @click.option(
        "--on",
        type=click.DateTime(["%Y-%m-%d"]),
        help="Day of the order; today by UTC when left out.",
    )
    @click.option(
        "--step",
        type=click.Choice([Step.ORDER.value, Step.RECEIPT.value]),
        default=Step.ORDER.value,
        show_default=True,
    )
    @click.option("--json", "is_json", is_flag=True, help="The whole answer as one object.")
    def may_buy(item: str, **options: Any) -> None:
        """Say whether ITEM may be bought: a catalogue number, our code, or part of a name.

        Ends with 0 for yes, 3 for yes with conditions, 4 for no, 2 where there is no answer.
        """
        question = BuyQuestion(
            item,
            UseScope(options["use"]),
            _day(options["on"]),
            options["vendor"],
            Step(options["step"]),
        )
        rows = _asked(installation, question)
        if options["is_json"]:
            click.echo(json.dumps(as_json(question, rows), ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(line for row in rows for line in _lines(row)))
        click.get_current_context().exit(_EXIT_CODES[overall(rows)])

    return group


def _day(on: datetime | None) -> date:
    return on.date() if on else clock.now().astimezone(UTC).date()


def _asked(installation: Installation, question: BuyQuestion) -> list[BuyRow]:
    try:
        with installation.reading() as session:
            return ask_may_buy(session, question, clock.now().astimezone(UTC).date())
    except Refused as refusal:
        raise NotAnswered(" ".join(refusal.reasons)) from refusal


def _lines(row: BuyRow) -> list[str]:
    until = row.answer.holds_until
    holds = f", until {until.isoformat()}" if until else ""
    verdict = label(row.answer.verdict)
    return [
        f"{row.identity.words}: {verdict}{holds}",
        *(f"  {reason}" for reason in row.answer.reasons),
    ]
