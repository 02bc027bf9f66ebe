"""The strip of paper shown above a row of the review."""

from typing import Any

import pytest

from supplier_qc.persistence.tables import CertificateRow
from supplier_qc.queries.certificate_places import Clip, clip_of_row

A4 = [[595.0, 842.0]]


def row(**boxes: tuple[int, float, float, float, float] | None) -> CertificateRow:
    """A row whose parts stand at (page, x0, top, x1, bottom)."""
    literals: dict[str, Any] = {}
    for name, place in boxes.items():
        box = place and dict(zip(("page", "x0", "top", "x1", "bottom"), place, strict=True))
        literals[name] = {"literal": name, "box": box}
    return CertificateRow(literals=literals, name="pH", position=1)


def test_the_clip_reaches_around_all_parts_of_the_row() -> None:
    printed = row(name=(1, 70, 200, 120, 210), result=(1, 300, 199, 330, 212))
    assert clip_of_row(printed, A4) == Clip(1, 595.0, 842.0, 67.0, 196.0, 266.0, 19.0)


def test_a_part_on_another_page_does_not_stretch_the_clip() -> None:
    printed = row(name=(1, 70, 200, 120, 210), result=(2, 300, 20, 330, 30))
    assert clip_of_row(printed, [*A4, *A4]) == Clip(1, 595.0, 842.0, 67.0, 197.0, 56.0, 16.0)


@pytest.mark.parametrize(
    ("printed", "sizes"),
    [
        (row(), A4),
        (row(name=None), A4),
        (row(name=(2, 70, 200, 120, 210)), A4),
    ],
    ids=["entered by hand", "no box kept", "a page the file does not have"],
)
def test_without_a_place_on_a_page_there_is_no_clip(
    printed: CertificateRow, sizes: list[list[float]]
) -> None:
    assert clip_of_row(printed, sizes) is None
