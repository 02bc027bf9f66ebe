"""What stands against a lot in a batch, and which lots a person means."""

from datetime import date

import pytest

from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.product_batches import (
    KnownLot,
    LotInBatch,
    lot_questions,
    lots_meant,
    names_asked_for,
    typed_lots,
)

MADE = date(2026, 11, 3)
RELEASED, QUARANTINE = Disposition.RELEASED, Disposition.QUARANTINE


@pytest.mark.parametrize(
    ("lot", "words"),
    [
        (LotInBatch(RELEASED, date(2026, 11, 3), True), []),
        (LotInBatch(RELEASED, date(2026, 11, 2), True), ["expired on 2026-11-02"]),
        (LotInBatch(RELEASED, None, True), ["no expiry date"]),
        (LotInBatch(QUARANTINE, date(2027, 1, 1), True), ["not released: quarantine"]),
        (LotInBatch(Disposition.REJECTED, date(2027, 1, 1), True), ["not released: rejected"]),
        (LotInBatch(RELEASED, date(2027, 1, 1), False), ["does not name the material"]),
        (LotInBatch(QUARANTINE, None, False), ["not released", "no expiry", "does not name"]),
    ],
)
def test_everything_that_stands_against_a_lot_is_said(lot: LotInBatch, words: list[str]) -> None:
    found = lot_questions(lot, MADE)
    assert len(found) == len(words)
    assert all(part in sentence for part, sentence in zip(words, found, strict=True))


LOTS = (
    KnownLot(1, "HL-0917", "RM-26-001", "PL-100", "Lysate"),
    KnownLot(2, "A12", None, "PL-100", "Lysate"),
    KnownLot(3, "A12", None, "AL/20", "Albumin"),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("HL-0917", {1}),
        ("hl 0917", {1}),
        ("rm26001", {1}),
        ("PL-100 / A12", {2}),
        ("pl100/a12", {2}),
        ("AL/20 / A12", {3}),
        ("HL-0917\nRM-26-001\n\nHL-0917", {1}),
    ],
)
def test_a_line_means_the_lot_it_names(typed: str, found: set[int]) -> None:
    assert lots_meant(typed_lots(typed), LOTS) == (found, [])


@pytest.mark.parametrize(
    ("typed", "words"),
    [("HL-0918", "No lot on file is called"), ("A12", "“PL-100 / A12” or “AL/20 / A12”")],
)
def test_a_line_that_names_none_or_several_is_never_guessed(typed: str, words: str) -> None:
    found, problems = lots_meant(typed_lots(typed), LOTS)
    assert found == set()
    assert words in problems[0]


def test_the_lot_behind_a_catalogue_number_is_looked_up_too() -> None:
    assert names_asked_for(["AL/20 / A12"]) == {"AL/20 / A12", "A12"}
