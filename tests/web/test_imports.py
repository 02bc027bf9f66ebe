"""A company's workbook through the pages: template, preview with its errors, import, log."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.imports.sheets import SHEETS, SheetKind
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import ManufacturerItem
from tests.browser import Browser
from tests.import_files import ITEM, WHOLE, large, workbook

BUTTON = "Show what it would do"


def show(browser: Browser, content: bytes, name: str = "book.xlsx", *, expect: int = 200) -> str:
    browser.get("/imports/")
    return browser.submit(BUTTON, uploads={"file": [(name, content)]}, expect=expect).text


def test_a_workbook_is_looked_at_and_then_imported(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    browser.sign_in("ana")
    page = show(browser, workbook(WHOLE))
    assert "Everything can be imported" in page
    assert "Larkfen Haematics Ltd" in page
    with reading(sessions) as session:
        assert session.scalars(select(ManufacturerItem)).all() == []
    page = browser.submit("Import book.xlsx").text
    assert "0 of 7 rows" in page
    assert "7 rows are imported" in page
    page = browser.follow("To the list of imports").text
    assert "Items: 1 new, 0 changed, 0 same" in page
    assert "Ana Procurement" in page
    assert "There is nothing to import" in show(browser, workbook(WHOLE))
    assert "00410-500" in browser.get("/search?q=00410500").text


def test_a_change_is_shown_before_and_after(browser: Browser) -> None:
    browser.sign_in("ana")
    show(browser, workbook(WHOLE))
    assert "7 rows are imported" in browser.submit("Import book.xlsx").text
    page = show(browser, workbook({SheetKind.ITEMS: [ITEM | {"Name": "Lysate PL-101"}]}))
    assert "Name: Lysate PL-100 Lysate PL-101" in page


def test_errors_are_listed_by_row_and_nothing_can_be_imported(browser: Browser) -> None:
    browser.sign_in("ana")
    wrong = {**WHOLE, SheetKind.ITEMS: [ITEM | {"Grade": "GMP-grade", "Site code": "S-9"}]}
    page = show(browser, workbook(wrong))
    assert "stand in the way" in page
    assert "Grade reads “GMP-grade”, which is none of" in page
    assert browser.page is not None
    buttons = [one.text_content() for one in browser.page.tree.xpath("//main//button")]
    assert buttons == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04", "The file is damaged"),
        (b"a;b\n1;2\n", "fit none of the sheets"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    browser: Browser, content: bytes, words: str
) -> None:
    browser.sign_in("ana")
    assert words in show(browser, content, "file.csv", expect=409)


def test_no_file_is_named(browser: Browser) -> None:
    browser.sign_in("ana").get("/imports/")
    assert "Choose the file" in browser.submit(BUTTON, expect=422).text


def test_a_file_that_became_wrong_meanwhile_is_refused_whole(browser: Browser) -> None:
    """The page has begun when the refusal comes; it is its last line."""
    browser.sign_in("ana")
    show(browser, workbook(WHOLE))
    looked_at = browser.page
    assert "7 rows are imported" in browser.submit("Import book.xlsx").text
    browser.page = looked_at
    page = browser.submit("Import book.xlsx").text
    assert "Nothing was imported" in page
    assert "there is nothing to import" in page


def test_the_template_names_every_column_and_every_valid_value(browser: Browser) -> None:
    browser.sign_in("eve")
    book = load_workbook(BytesIO(browser.raw_get("/imports/template.xlsx").data))
    titles = [sheet.title for sheet in SHEETS.values()]
    assert book.sheetnames == [*titles, "Valid values", "How to fill in"]
    for sheet in SHEETS.values():
        headings = [cell.value for cell in book[sheet.title][1]]
        assert headings == [column.heading for column in sheet.columns]
        assert {cell.number_format for cell in book[sheet.title][2]} == {"@"}
    values = {row[2] for row in book["Valid values"].iter_rows(values_only=True)}
    assert {"GMP, for further manufacture", "DE (Germany)", "SEK"} <= values


def test_an_untouched_template_imports_nothing(browser: Browser) -> None:
    content = browser.sign_in("ana").raw_get("/imports/template.xlsx").data
    assert "There is nothing to import" in show(browser, content)


def test_a_large_file_shows_its_progress(browser: Browser) -> None:
    browser.sign_in("ana")
    page = show(browser, large(700, 0), "large.xlsx")
    assert "The first 200 of 950" in page
    assert "500 of 950 rows" in browser.submit("Import large.xlsx").text


def test_a_reader_sees_the_log_and_imports_nothing(browser: Browser) -> None:
    page = browser.sign_in("eve").get("/imports/")
    assert "None yet" in page.text
    assert BUTTON not in page.text
    browser.get(f"/imports/files/{'a' * 64}", expect=403)


@pytest.mark.parametrize("name", ["short", "../../etc", "Z" * 64])
def test_what_is_no_checksum_is_not_found(browser: Browser, name: str) -> None:
    browser.sign_in("ana").get(f"/imports/files/{name}", expect=404)


def test_a_file_that_was_never_chosen_says_so(browser: Browser) -> None:
    page = browser.sign_in("ana").get(f"/imports/files/{'a' * 64}", expect=409)
    assert "not in the document store" in page.text
