"""Names and numbers as they are compared in a search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.search import LONGEST, search_key, sought


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("PL-0712", "pl0712"),
        ("pl 07.12", "pl0712"),
        ("PL_07/12", "pl0712"),
        ("00410-500", "00410500"),
        ("Blutspendedienst Straße", "blutspendedienststrasse"),
        ("Tordezuela Biológica, S.A.", "tordezuelabiologicasa"),
        ("ﬁne µ-filter", "fineμfilter"),
        ("10²", "102"),
        ("–", ""),
        (None, ""),
    ],
)
def test_case_spaces_dashes_and_accents_make_no_difference(written: str | None, key: str) -> None:
    assert search_key(written) == key


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(st.text(alphabet="aB3 -./"), st.text(alphabet="aB3 -./"))
def test_separators_alone_never_part_two_numbers(left: str, right: str) -> None:
    assert search_key(left + "-" + right) == search_key(left + right)


def test_words_are_looked_for_in_any_order_and_once_each() -> None:
    wanted = sought("  Lysate  PL-100  lysate ")
    assert (wanted.text, wanted.key) == ("Lysate PL-100 lysate", "lysatepl100lysate")
    assert wanted.words == ("lysate", "pl100")


@pytest.mark.parametrize(("text", "short"), [("", True), ("-", True), ("7", True), ("07", False)])
def test_one_sign_is_too_short(text: str, short: bool) -> None:  # noqa: FBT001 -- a table of cases
    assert sought(text).is_too_short is short


def test_what_is_longer_than_any_name_is_cut() -> None:
    assert len(sought("x" * 1_000).key) == LONGEST
