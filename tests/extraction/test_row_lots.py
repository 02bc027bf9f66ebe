"""Which lot a row belongs to, where one file has several."""

from supplier_qc.extraction.claims import Box, Claim, HeaderField, RowClaim
from supplier_qc.extraction.header_fields import Candidate
from supplier_qc.extraction.row_lots import (
    first_other_page,
    lot_claims,
    lots_named,
    of_first_lot,
    with_lots,
)


def _lot(number: str, page: int, top: float) -> Claim:
    return Claim(number, Box(page, 50, top, 90, top + 9), 0.93, "after its label")


def _row(page: int, top: float, lot: Claim | None = None) -> RowClaim:
    return RowClaim(name=Claim("pH", Box(page, 50, top, 90, top + 9), 0.9, "table"), lot=lot)


def _lots_of(rows: tuple[RowClaim, ...]) -> list[str | None]:
    return [row.lot.literal if row.lot else None for row in rows]


def test_a_file_about_one_lot_names_it_on_no_row() -> None:
    lots = [_lot("A-1", 1, 90), _lot("a-1", 2, 90)]

    assert _lots_of(with_lots([_row(1, 200), _row(2, 200)], lots)) == [None, None]


def test_each_row_belongs_to_the_lot_named_last_before_it() -> None:
    rows = [_row(1, 200), _row(2, 200), _row(3, 100)]

    found = with_lots(rows, [_lot("A-1", 1, 90), _lot("B-2", 2, 90)])
    assert _lots_of(found) == ["A-1", "B-2", "B-2"]


def test_rows_under_several_lots_together_are_given_to_none() -> None:
    found = with_lots([_row(1, 200)], [_lot("A-1", 1, 90), _lot("B-2", 1, 104)])

    assert _lots_of(found) == [None]


def test_what_the_table_says_of_a_row_stands() -> None:
    own = _lot("C-3", 1, 150)
    found = with_lots([_row(1, 200, own)], [_lot("A-1", 1, 90), _lot("B-2", 2, 90)])

    assert _lots_of(found) == ["C-3"]
    assert lots_named([_lot("A-1", 1, 90)], found) == ("A-1", "C-3")


def test_header_fields_of_another_lots_page_are_left_out() -> None:
    lots = [_lot("A-1", 1, 90), _lot("B-2", 2, 90)]
    expiry = Candidate(HeaderField.EXPIRY_DATE, _lot("2027-01-01", 2, 120), "Expiry")
    maker = Candidate(HeaderField.ISSUER, _lot("Maker Ltd", 2, 20), "web address")

    assert first_other_page(lots) == 2
    assert of_first_lot([expiry, maker], lots) == [maker]


def test_a_lot_that_a_vague_label_names_divides_nothing() -> None:
    vague = Claim("77", Box(1, 50, 90, 90, 99), 0.6, "beside")

    assert lot_claims([Candidate(HeaderField.LOT_NUMBER, vague, "S/N")]) == []
