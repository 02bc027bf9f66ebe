"""Rows of a certificate matched to our lines: proposed by likeness, never guessed in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.specification.matching import MatchKind, likeness, match_tests

EXACT, ALIAS, SIMILAR = MatchKind.EXACT, MatchKind.ALIAS, MatchKind.SIMILAR


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        ("Endotoxin", "ENDOTOXIN", EXACT),
        ("TGF-β1", "TGF-beta1", EXACT),
        ("Osmolality", "Osmolality:", EXACT),
        ("Protéine totale", "proteine totale", EXACT),
        ("Endotoxin", "Endotoxins", SIMILAR),
        ("Total protein", "Protein, total", SIMILAR),
        ("Endotoxin", "Endotoxins (gel clot)", SIMILAR),
        ("Endotoxin", "LAL", ALIAS),
    ],
)
def test_the_same_test_is_found_under_its_usual_spellings(
    ours: str, theirs: str, kind: MatchKind
) -> None:
    matching = match_tests([ours, "Appearance"], [theirs], {"lal": "Endotoxin", "x": "gone"})
    assert [(match.attribute, match.row, match.kind) for match in matching.matches] == [
        (ours, 0, kind)
    ]
    assert matching.missing == ("Appearance",)
    assert matching.row_of(ours) == 0
    assert matching.row_of("Appearance") is None


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("PDGF-AB", "PDGF-BB"), ("HIV-1 antibodies", "HIV-2 antibodies"),
        ("Vitamin B", "Vitamin C"),
        ("Viability (day 1)", "Viability (day 7)"), ("pH", "PO4"), ("TGF-b1", "TGF-b2"),
        ("Endotoxin", "Mycoplasma"), ("IgG", "IgM"),
    ],
)  # fmt: skip
def test_names_that_differ_by_a_number_or_a_letter_are_different_tests(
    ours: str, theirs: str
) -> None:
    matching = match_tests([ours], [theirs])
    assert (matching.matches, matching.missing, matching.extra) == ((), (ours,), (0,))


def test_two_rows_for_one_line_are_reported_and_neither_is_taken() -> None:
    matching = match_tests(["Endotoxin", "pH"], ["Endotoxin", "endotoxin", "pH"])
    assert [match.attribute for match in matching.matches] == ["pH"]
    assert [(one.attribute, one.rows) for one in matching.duplicates] == [("Endotoxin", (0, 1))]
    assert "Choose one" in matching.duplicates[0].reason
    assert (matching.missing, matching.extra) == ((), ())


def test_two_similar_rows_are_reported_too() -> None:
    matching = match_tests(["Total proteins"], ["Total protein", "Protein total"])
    assert matching.duplicates[0].rows == (0, 1)


def test_a_row_that_is_like_two_of_our_lines_is_left_to_a_person() -> None:
    matching = match_tests(["Protein total", "Total protein."], ["Protein totals"])
    assert matching.matches == ()
    assert matching.extra == (0,)


def test_an_exact_name_wins_over_a_similar_one() -> None:
    matching = match_tests(["Endotoxin"], ["Endotoxins", "Endotoxin"])
    assert [(match.row, match.kind) for match in matching.matches] == [(1, EXACT)]
    assert matching.extra == (0,)


def test_without_rows_everything_is_missing_and_without_lines_everything_is_extra() -> None:
    assert match_tests(["A", "B"], []).missing == ("A", "B")
    assert match_tests([], ["A", "B"]).extra == (0, 1)


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_does_not_depend_on_the_order(first: str, second: str) -> None:
    assert likeness(first, second) == pytest.approx(likeness(second, first))


names = st.lists(st.sampled_from(["pH", "Endotoxin", "Endotoxins", "IgG", "Total protein"]))


@given(st.lists(st.sampled_from(["pH", "Endotoxin", "IgG"]), unique=True), names)
def test_every_line_and_every_row_is_accounted_for(lines: list[str], rows: list[str]) -> None:
    matching = match_tests(lines, rows)
    doubled = [one.attribute for one in matching.duplicates]
    assert sorted(
        [match.attribute for match in matching.matches] + [*matching.missing] + doubled
    ) == sorted(lines)
    used = [match.row for match in matching.matches] + [
        row for one in matching.duplicates for row in one.rows
    ]
    assert sorted([*used, *matching.extra]) == list(range(len(rows)))
