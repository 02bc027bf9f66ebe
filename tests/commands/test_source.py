"""`source may-buy` at a shell: words, JSON, and an exit code a purchasing system can take."""

import json

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.requirements import Condition
from tests.factories import decide_made_qualification, make_item, make_qualification


def ask(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["source", "may-buy", *arguments])


@pytest.fixture
def source_id(sessions: sessionmaker[Session]) -> int:
    return make_qualification(sessions, make_item(sessions, catalogue_number="PL-ASK"))


def test_yes_ends_with_zero_and_says_until_when(app: Flask, source_id: int) -> None:
    result = ask(app, "PL-ASK", "--use", "phase_1_2")
    assert result.exit_code == 0
    assert ": Yes, until 2027-11-2" in result.stdout
    assert source_id


def test_conditions_end_with_three_and_no_with_four(
    app: Flask, source_id: int, sessions: sessionmaker[Session]
) -> None:
    limits = (Condition("Three lots only."),)
    decide_made_qualification(
        sessions, source_id, QualificationStatus.CONDITIONALLY_APPROVED, conditions=limits
    )
    result = ask(app, "PL-ASK", "--use", "phase_1_2")
    assert (result.exit_code, "Condition: Three lots only." in result.stdout) == (3, True)
    decide_made_qualification(sessions, source_id, QualificationStatus.SUSPENDED)
    assert ask(app, "PL-ASK", "--use", "phase_1_2").exit_code == 4


def test_json_is_the_same_answer(app: Flask, source_id: int) -> None:
    answer = json.loads(ask(app, "PL-ASK", "--use", "phase_1_2", "--json").stdout)
    assert answer["verdict"] == "yes"
    assert answer["answers"][0]["source_id"] == source_id


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing", "--use", "phase_1_2"), "No item is called"),
        (("PL-ASK", "--use", "phase_1_2", "--on", "2020-01-01"), "a day to come"),
        (("PL-ASK",), "Missing option"),
        (("PL-ASK", "--use", "phase_9"), "Invalid value"),
    ],
)
def test_a_question_without_an_answer_ends_with_two(
    app: Flask, source_id: int, arguments: tuple[str, ...], words: str
) -> None:
    result = ask(app, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert source_id
