"""Two readings of one result agree when they say the same, and not when they look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.double_entry import TypedReading, readings_agree

CASES = [
    # first, second, whether they agree
    (("7.3", None), ("7.3", None), True),
    (("7.0", None), ("7", None), True),
    (("7.3", None), ("7.4", None), False),
    (("< 0.05", "EU/mL"), ("<0.05", "EU/ml"), True),
    (("< 0.05", "EU/mL"), ("0.05", "EU/mL"), False),
    (("< 0.05", "EU/mL"), ("≤ 0.05", "EU/mL"), False),
    (("0.05", "EU/mL"), ("0.05", "IU/mL"), False),
    (("5", "mU"), ("5", "MU"), False),
    (("0.05", "EU/mL"), ("0.05", None), False),
    (("12", "our own unit"), ("12", "our own unit"), True),
    (("6.8 to 7.4", None), ("6.8 - 7.4", None), True),
    (("6.8 to 7.4", None), ("6.8 to 7.5", None), False),
    (("No growth", None), ("no growth.", None), True),
    (("No growth", None), ("Growth", None), False),
    (("ND", None), ("not detected", None), False),
    (("7.3", None), (None, None), False),
    ((None, None), (" ", None), True),
]


@pytest.mark.parametrize(("first", "second", "agree"), CASES)
def test_two_readings_agree_when_they_say_the_same(
    first: tuple[str | None, str | None],
    second: tuple[str | None, str | None],
    agree: bool,  # noqa: FBT001 -- a column of the table
) -> None:
    assert readings_agree(TypedReading(*first), TypedReading(*second)) is agree


TYPED = st.builds(
    TypedReading,
    st.sampled_from(["7.3", "< 5", "5", "≤ 5", "No growth", "1 to 2", None]),
    st.sampled_from(["EU/mL", "IU/mL", "mU", "MU", None]),
)


@given(TYPED, TYPED)
def test_agreement_does_not_depend_on_who_was_first(
    first: TypedReading, second: TypedReading
) -> None:
    assert readings_agree(first, second) == readings_agree(second, first)
    assert readings_agree(first, first)


def test_a_reading_is_shown_with_its_unit() -> None:
    assert TypedReading("< 0.05", "EU/mL").words == "< 0.05 EU/mL"
    assert TypedReading(None, None).words == "no result"
