"""Parts within parts: what is put in, replaced or taken out, and what stays as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.nesting import (
    ROOT,
    Position,
    part_at,
    position_from_text,
    position_text,
    walk,
    with_child,
    with_part,
    without_part,
)

HEPARIN = OriginComponent(name="Heparin")
PEPTONE = OriginComponent(name="Peptone")
YEAST = OriginComponent(name="Yeast", components=(PEPTONE,))
LYSATE = OriginComponent(name="Lysate", components=(HEPARIN, YEAST))
NEW = OriginComponent(name="New")


def names(root: OriginComponent) -> list[tuple[str, str]]:
    return [(position_text(position), part.name) for position, part in walk(root)]


def test_parents_come_before_what_is_beneath_them() -> None:
    assert names(LYSATE) == [("", "Lysate"), ("0", "Heparin"), ("1", "Yeast"), ("1.0", "Peptone")]


@pytest.mark.parametrize("position", [position for position, _ in walk(LYSATE)])
def test_a_part_is_replaced_where_it_stands_and_nowhere_else(position: Position) -> None:
    changed = with_part(LYSATE, position, NEW)
    assert part_at(changed, position) == NEW
    others = {p: part for p, part in walk(LYSATE) if p[: len(position)] != position}
    assert all(part_at(changed, p) is not None for p in others)


def test_a_child_comes_after_those_that_are_there() -> None:
    assert names(with_child(LYSATE, (1,), NEW))[-2:] == [("1.0", "Peptone"), ("1.1", "New")]


def test_a_part_is_taken_out_with_all_beneath_it() -> None:
    assert names(without_part(LYSATE, (1,))) == [("", "Lysate"), ("0", "Heparin")]


def test_the_root_is_not_taken_out_of_itself() -> None:
    with pytest.raises(IndexError):
        without_part(LYSATE, ROOT)


@pytest.mark.parametrize("position", [(2,), (0, 0), (1, 0, 0)])
def test_where_nothing_stands_there_is_no_part(position: Position) -> None:
    assert part_at(LYSATE, position) is None
    with pytest.raises(IndexError):
        with_child(LYSATE, position, NEW)


@pytest.mark.parametrize("text", ["x", "-1", "1.", ".1", "1..2", "²", "99999", "1 "])
def test_a_text_that_is_no_position_is_none(text: str) -> None:
    assert position_from_text(text) is None


@given(st.lists(st.integers(min_value=0, max_value=999)).map(tuple))
def test_a_position_comes_back_as_it_was_written(position: Position) -> None:
    assert position_from_text(position_text(position)) == position
