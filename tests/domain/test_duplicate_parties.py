"""Organisations that may be one: legal forms, accents and word order make no difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.duplicate_parties import (
    ALIKE_FROM,
    NamedParty,
    bare_words,
    likeness,
    possible_duplicates,
    similar_to,
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Larkfen Haematics Ltd", ("larkfen", "haematics")),
        ("Quellmoor Zellkultur GmbH & Co. KG", ("quellmoor", "zellkultur")),
        ("Tordezuela Biológica, S.A.", ("tordezuela", "biologica")),
        ("Zelenvrat spol. s r.o.", ("zelenvrat", "s", "ro")),
        ("AB", ("ab",)),
    ],
)
def test_legal_forms_and_accents_tell_nothing_apart(name: str, words: tuple[str, ...]) -> None:
    assert bare_words(name) == words


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Larkfen Haematics Ltd", "LARKFEN HAEMATICS LIMITED", True),
        ("Larkfen Haematics Ltd", "Larkfen Hematics, Inc.", True),
        ("Haematics Larkfen", "Larkfen Haematics", True),
        ("Tordezuela Biológica, S.A.", "Tordezuela Biologica SA", True),
        ("Quell-Moor GmbH", "Quellmoor AG", True),
        ("Larkfen Haematics", "Emberwattle Sera", False),
        ("Plasma Centre 1", "Plasma Centre 2", False),
        ("Aspen Reagents", "Aspen Logistics", False),
    ],
)
def test_alike_names_are_proposed(one: str, other: str, alike: bool) -> None:  # noqa: FBT001 -- a table of cases
    assert (likeness(one, other) >= ALIKE_FROM) is alike


def test_other_names_count_and_the_nearest_pair_is_shown() -> None:
    parties = [
        NamedParty(1, ("Larkfen Haematics Ltd", "LH Lysates")),
        NamedParty(2, ("L.H. Lysates GmbH",)),
        NamedParty(3, ("Emberwattle",)),
    ]
    (near,) = possible_duplicates(parties)
    assert (near.left_id, near.right_id) == (1, 2)
    assert (near.one, near.other) == ("LH Lysates", "L.H. Lysates GmbH")
    assert [one.right_id for one in similar_to("LH Lysates", parties)] == [1, 2]


NAMES = st.sampled_from(
    ["Larkfen Ltd", "Larkfen", "Aspen Reagents", "Aspen Reagent", "Quellmoor 1", "Quellmoor 2"]
)


@given(NAMES, NAMES)
def test_likeness_is_the_same_from_both_sides_and_whole_with_itself(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 100


@given(st.lists(NAMES, max_size=6))
def test_comparing_in_blocks_misses_no_pair(names: list[str]) -> None:
    parties = [NamedParty(number, (name,)) for number, name in enumerate(names, start=1)]
    pairs = {(near.left_id, near.right_id) for near in possible_duplicates(parties)}
    for left in parties:
        later = [party for party in parties if party.id > left.id]
        for near in similar_to(left.names[0], later):
            assert (left.id, near.right_id) in pairs
