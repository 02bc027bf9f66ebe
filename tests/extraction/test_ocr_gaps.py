"""Edges of recognised words stand where the ink of the line has its gaps."""

import numpy as np
import pytest

from supplier_qc.extraction.ocr_gaps import Edges, LineBox, with_edges_of_ink
from supplier_qc.extraction.page_image import Image

LINE = LineBox(40.0, 100.0, 310.0, 130.0)


def line_with_ink(*runs: tuple[int, int], ground: int = 255, ink: int = 20) -> Image:
    """A page of one line whose letters are strokes, three pixels wide with four between them."""
    page = np.full((240, 600, 3), ground, dtype=np.uint8)
    for start, end in runs:
        for left in range(start, end - 3, 7):
            page[104:126, left : left + 3] = ink
        page[104:126, end - 3 : end] = ink
    return page


def edges(words: Edges) -> list[tuple[int, int]]:
    return [(round(left), round(right)) for _, left, right in words]


ROUGH: Edges = (("Tripotassium", 50, 170), ("citrate", 220, 300))


def test_a_gap_that_was_seen_too_wide_closes_to_that_of_the_ink() -> None:
    page = line_with_ink((50, 190), (200, 300))
    assert edges(with_edges_of_ink(ROUGH, page, LINE)) == [(50, 190), (200, 300)]


def test_a_wide_gap_between_columns_stays_wide() -> None:
    page = line_with_ink((50, 170), (220, 300))
    assert edges(with_edges_of_ink(ROUGH, page, LINE)) == [(50, 170), (220, 300)]


def test_light_letters_on_a_dark_head_have_gaps_too() -> None:
    page = line_with_ink((50, 190), (200, 300), ground=60, ink=250)
    assert edges(with_edges_of_ink(ROUGH, page, LINE)) == [(50, 190), (200, 300)]


def test_where_the_ink_has_no_gap_the_words_stay_where_they_were_seen() -> None:
    page = line_with_ink()
    page[104:126] = 20
    assert with_edges_of_ink(ROUGH, page, LINE) == ROUGH


def test_grain_in_the_gap_is_no_ink() -> None:
    page = line_with_ink((50, 190), (200, 300))
    page[110, 195] = 20
    assert edges(with_edges_of_ink(ROUGH, page, LINE)) == [(50, 190), (200, 300)]


def test_a_rule_between_two_columns_is_no_letter() -> None:
    page = line_with_ink((50, 190), (200, 300))
    page[:, 42:45] = page[:, 306:308] = page[:, 194:196] = 20
    found = edges(with_edges_of_ink(ROUGH, page, LINE))
    assert (found[0][0], found[1][1]) == (50, 300)


def test_the_outer_edges_are_those_of_the_ink() -> None:
    rough: Edges = (("Tripotassium", 56, 170), ("citrate", 220, 288))
    page = line_with_ink((50, 190), (200, 300))
    assert edges(with_edges_of_ink(rough, page, LINE)) == [(50, 190), (200, 300)]


def test_a_line_of_one_word_gets_the_edges_of_its_ink() -> None:
    words: Edges = (("alone", 60.0, 280.0),)
    found = with_edges_of_ink(words, line_with_ink((50, 300)), LINE)
    assert edges(found) == [(50, 300)]


@pytest.mark.parametrize("box", [LineBox(0, 0, 0, 0), LineBox(590, 230, 700, 300)])
def test_a_box_without_ink_changes_nothing(box: LineBox) -> None:
    assert with_edges_of_ink(ROUGH, line_with_ink((50, 300)), box) == ROUGH
    assert with_edges_of_ink((), line_with_ink((50, 300)), box) == ()


def test_an_underline_fills_no_gap_and_a_full_stop_is_ink() -> None:
    page = line_with_ink((50, 190), (200, 300))
    page[127:129] = 20
    page[123:126, 192:195] = 20
    assert edges(with_edges_of_ink(ROUGH, page, LINE)) == [(50, 195), (200, 300)]


def test_a_box_that_reaches_into_its_neighbours_takes_none_of_their_ink() -> None:
    words: Edges = (("Manufacturing", 56, 150), ("/", 160, 168))
    page = line_with_ink((20, 40), (50, 150), (160, 170), (200, 300))
    found = edges(with_edges_of_ink(words, page, LineBox(30, 100, 206, 130)))
    assert found == [(50, 150), (160, 170)]
