"""The workbook for the supplier: what is written can be read, and what was spoilt is refused."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from supplier_qc.domain.questionnaires.answers import Answer, AnswerState
from supplier_qc.domain.questionnaires.filled import (
    ABOUT,
    ANSWERS,
    QUESTIONS,
    WorkbookRefused,
    question_rows,
    read_filled,
)
from supplier_qc.domain.questionnaires.questions import Questionnaire
from supplier_qc.domain.questionnaires.table import read_table
from supplier_qc.exports.questionnaire_book import SentTo, table_workbook, workbook_to_fill_in
from supplier_qc.extraction.spreadsheets import read_spreadsheets
from supplier_qc.persistence.questionnaire_files import shipped_questionnaires
from tests.conftest import NOW

(BLOOD,) = (one for one in shipped_questionnaires() if one.key == "human_blood_origin")
SENT = SentTo(7, "Fictive Blood Products", "the whole vendor", date(2026, 12, 24))
A = AnswerState.ANSWERED


def filled(
    cells: Mapping[str, Any], *, sheet: str = ANSWERS, answers: Mapping[str, Answer] | None = None
) -> bytes:
    """The workbook with these cells typed over."""
    book = load_workbook(BytesIO(workbook_to_fill_in(BLOOD, SENT, answers or {}, made_at=NOW)))
    for place, value in cells.items():
        book[sheet][place] = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def read(content: bytes, *, asked: Questionnaire = BLOOD, round_id: int = 7) -> dict[str, Answer]:
    return read_filled(read_spreadsheets(content, "answers.xlsx")[0], asked, round_id)


def test_answers_on_file_go_out_and_come_back_as_they_were() -> None:
    given = {
        "HB-01": Answer(A, "AT; DE", remark="Since 2024.", evidence="Donor country list"),
        "HB-02": Answer(A, "yes"),
        "HB-05": Answer(AnswerState.NOT_KNOWN),
        "HB-15": Answer(A, "250"),
    }
    assert read(filled({}, answers=given)) == given


def test_numbers_and_words_as_a_spreadsheet_keeps_them_are_read() -> None:
    """G is the column of the answers; row 2 is the first question."""
    found = read(filled({"G2": "Germany, AT", "G3": True, "G16": 250, "G17": "n.k. not known"[5:]}))
    assert {key: one.value for key, one in found.items()} == {
        "HB-01": "AT; DE",
        "HB-02": "yes",
        "HB-15": "250",
        "HB-16": None,
    }


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"G3": "maybe"}, "Row 3, HB-02: “maybe” is neither yes nor no."),
        ({"G3": "=1+1"}, "Row 3, HB-02: the cell holds a formula."),
        ({"G16": "many"}, "Row 16, HB-15: “many” is no number in donors"),
        ({"A3": "HB-99"}, "Row 3: there is no question “HB-99”."),
        ({"A3": "HB-01"}, "Row 3: question HB-01 stands there twice."),
        ({"H3": "See letter"}, "Row 3, HB-02: there is a remark and no answer"),
        ({"G1": "My answers"}, "The column Answer is missing."),
    ],
)
def test_a_row_that_cannot_be_read_is_named(cells: dict[str, Any], reason: str) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read(filled(cells))
    assert any(one.startswith(reason) for one in refused.value.reasons), refused.value


def test_all_rows_that_cannot_be_read_are_named_and_nothing_is_taken() -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read(filled({"G2": "Germany", "G3": "maybe", "G16": "many"}))
    assert len(refused.value.reasons) == 2


def test_the_workbook_of_another_round_is_not_taken_by_mistake() -> None:
    with pytest.raises(WorkbookRefused, match="says round 7; this is round 8"):
        read(filled({"G3": "yes"}), round_id=8)
    with pytest.raises(WorkbookRefused, match="human_blood_origin, version 2; this is"):
        read(filled({"B2": "human_blood_origin, version 2"}, sheet=ABOUT))


def test_a_file_without_the_sheet_is_told_which_to_use() -> None:
    with pytest.raises(WorkbookRefused, match="no sheet “Answers”"):
        read(table_workbook(BLOOD, made_at=NOW))


def test_the_table_of_a_version_is_read_as_it_was_written() -> None:
    sheets, _ = read_spreadsheets(table_workbook(BLOOD, made_at=NOW), "table.xlsx")
    assert read_table(question_rows(sheets)) == BLOOD.questions


def test_a_table_without_a_column_is_refused() -> None:
    book = load_workbook(BytesIO(table_workbook(BLOOD, made_at=NOW)))
    book[QUESTIONS]["D1"] = "Reason"
    content = BytesIO()
    book.save(content)
    sheets, _ = read_spreadsheets(content.getvalue(), "table.xlsx")
    with pytest.raises(WorkbookRefused, match="The column Why it is asked is missing"):
        question_rows(sheets)
