"""Text as people type it is stored folded, and says when it does not fit."""

import pytest

from supplier_qc.domain.entered_text import (
    compared,
    one_line,
    optional_paragraphs,
    paragraphs,
    text_problems,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Birch   Bio ", "Birch Bio"),
        ("Birch\tBio\n", "Birch Bio"),
        ("Birch\x00Bio", "BirchBio"),
        ("Birch\u00a0Bio", "Birch Bio"),
        ("\u200bBirch", "Birch"),
        (None, ""),
    ],
)
def test_one_line_has_single_spaces_and_no_invisible_signs(typed: str | None, kept: str) -> None:
    assert one_line(typed) == kept


def test_paragraphs_keep_their_breaks() -> None:
    assert paragraphs(" one  \r\n\r\ntwo \n") == "one\n\ntwo"


def test_a_blank_optional_text_is_no_text() -> None:
    assert optional_paragraphs(" \n ") is None


def test_names_are_compared_without_case() -> None:
    assert compared("STRASSE  9") == compared("straße 9")


def test_a_text_at_its_longest_fits_and_one_more_does_not() -> None:
    assert list(text_problems("The name", "x" * 5, longest=5)) == []
    assert list(text_problems("The name", "x" * 6, longest=5)) == [
        "The name has 6 characters; at most 5 are kept."
    ]


def test_what_is_required_may_not_be_missing() -> None:
    assert list(text_problems("The name", "", longest=5, required=True)) == ["The name is missing."]
    assert list(text_problems("The name", None, longest=5)) == []
