"""A lot number that is nearly one on file is shown; the next lot of a series is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.lot_numbers import near_misses

CASES = [
    # printed, on file, words of what sets them apart, or None
    ("L24O917", "L240917", "look alike"),
    ("L24l9", "L2419", "look alike"),
    ("S2311", "52311", "look alike"),
    ("B001", "8001", "look alike"),
    ("0026008", "26008", "leading zeros"),
    ("26008", "0026008", "leading zeros"),
    ("L240917", "L240917A", "ending “A”"),
    ("L240917A", "L240917", "ending “A”"),
    ("240917", "PL240917", "beginning “PL”"),
    ("L240971", "L240917", "other order"),
    ("L-24 O917", "l240917", "look alike"),
    ("L240917", "L240918", None),
    ("L240917", "l24-0917", None),
    ("123", "1234", None),
    ("L240917", "L240917ABCD", None),
    ("L240917", "M350817", None),
    ("", "L240917", None),
    (None, "L240917", None),
    ("L240917", "-", None),
]


@pytest.mark.parametrize(("printed", "on_file", "why"), CASES)
def test_a_near_miss_is_named_with_what_sets_the_numbers_apart(
    printed: str | None, on_file: str, why: str | None
) -> None:
    found = near_misses(printed, [on_file])
    assert bool(found) is (why is not None)
    assert why is None or why in found[0].why


def test_a_lot_that_is_on_file_is_no_near_miss_of_another() -> None:
    assert near_misses("L2409", ["L2409", "L2409A"]) == ()


@given(st.text("OI0123", min_size=1, max_size=8), st.text("OI0123", min_size=1, max_size=8))
def test_nearness_does_not_depend_on_which_was_printed(one: str, other: str) -> None:
    assert bool(near_misses(one, [other])) == bool(near_misses(other, [one]))
