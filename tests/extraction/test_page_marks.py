"""A mark laid over the page is found whether it lies straight or aslant; a column head is none."""

from dataclasses import replace

import pytest

from supplier_qc.extraction.layout import lines_of
from supplier_qc.extraction.page_content import PageContent, Word
from supplier_qc.extraction.page_marks import marks_of

TEXT = tuple(
    Word(text, 60.0 + 90 * place, 100.0 + 20 * row, 120.0 + 90 * place, 110.0 + 20 * row)
    for row in range(8)
    for place, text in enumerate(("Sample", "Endotoxin", "NMT", "0.5"))
)


def large(text: str, at: int = 0) -> Word:
    return Word(text, 150.0 + 40 * at, 400.0 - 40 * at, 190.0 + 40 * at, 470.0 - 40 * at, size=72.0)


def marks(*words: Word) -> list[str]:
    page = PageContent(1, 595.0, 842.0, (*TEXT, *words))
    return list(marks_of(page, lines_of(page)))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), []),  # "Sample" stands in the text, small
        ((large("SAMPLE"),), ["SAMPLE"]),
        ((large("Specimen"),), ["Specimen"]),
        ((large("Aspen"),), []),
        (tuple(large(letter, at) for at, letter in enumerate("DRAFT")), ["DRAFT"]),
        (tuple(large(letter, at) for at, letter in enumerate("SAMLE")), ["SAMPLE"]),
        (tuple(large(letter, at) for at, letter in enumerate("VOD")), []),  # too few letters
        (tuple(large(letter, at) for at, letter in enumerate("ASPEN")), []),
    ],
)
def test_a_large_word_of_this_kind_is_a_mark(words: tuple[Word, ...], expected: list[str]) -> None:
    assert marks(*words) == expected


@pytest.mark.parametrize(("text", "expected"), [("VOID", ["VOID"]), ("Sample", []), ("Lot", [])])
def test_a_small_line_is_a_mark_only_where_no_column_is_called_so(
    text: str, expected: list[str]
) -> None:
    small = replace(large(text), top=700.0, bottom=710.0, size=10.0)
    assert marks(small) == expected


def test_a_blank_page_carries_no_mark() -> None:
    assert list(marks_of(PageContent(1, 595.0, 842.0), [])) == []
