"""A file with several lots is split whole: no row is lost, and no lot stands twice."""

import pytest

from supplier_qc.domain.lot_parts import LotPart, proposed_parts, split_problems

ROWS = {1: "pH", 2: "Endotoxin", 3: "pH", 4: "Endotoxin"}


def part(lot: str, *rows: int) -> LotPart:
    return LotPart(lot, frozenset(rows))


@pytest.mark.parametrize(
    ("seen", "named", "expected"),
    [
        ((), {1: None, 2: None}, []),
        (("L1",), {1: None}, [("L1", [])]),
        (("L1", "L2"), {1: "L1", 2: "L2", 3: "l-1"}, [("L1", [1, 3]), ("L2", [2])]),
        (("L1",), {1: "L1", 2: "L2"}, [("L1", [1]), ("L2", [2])]),
        (("L-1", "L1"), {1: "L1"}, [("L-1", [1])]),
        (("", "  "), {1: " "}, []),
    ],
)
def test_each_lot_comes_with_the_rows_the_document_gives_it(
    seen: tuple[str, ...],
    named: dict[int, str | None],
    expected: list[tuple[str, list[int]]],
) -> None:
    found = [(one.lot, sorted(one.row_ids)) for one in proposed_parts(seen, named)]
    assert found == expected


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((part("L1", 1, 2), part("L2", 3, 4)), ""),
        ((part("L1", 1, 2, 3), part("L2", 3, 4)), ""),
        ((part("L1", 1, 2, 3, 4),), "into 2 to"),
        ((part("L1", 1, 2), part("", 3, 4)), "needs the number"),
        ((part("L1", 1, 2), part("l-1", 3, 4)), "stands twice"),
        ((part("L1", 1, 2, 3, 4), part("L2")), "has no row"),
        ((part("L1", 1, 2), part("L2", 3)), "In no lot: Endotoxin."),
        ((part("L1", 1, 2), part("L2", 3, 4, 99)), "not in this file"),
        ((part("L" * 81, 1, 2), part("L2", 3, 4)), "at most 80"),
    ],
)
def test_a_split_is_whole_or_refused(parts: tuple[LotPart, ...], words: str) -> None:
    found = " ".join(split_problems(parts, ROWS))
    assert words in found
    assert bool(found) == bool(words)


def test_a_rejected_row_need_not_have_a_lot() -> None:
    assert split_problems((part("L1", 1, 2), part("L2", 3)), ROWS, rejected={4}) == ()


def test_all_problems_are_named_at_once() -> None:
    assert len(split_problems((part("", 1),), ROWS)) == 3
