"""Which lot each row belongs to, and where the part of a file begins that is about another lot."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.claims import Claim, HeaderField, RowClaim
from supplier_qc.extraction.header_fields import Candidate

SURE = 0.8  # a lot that a vague label names divides no file
_OF_THE_PRODUCT = frozenset({HeaderField.ISSUER, HeaderField.PRODUCT_NAME})


def lot_claims(candidates: Iterable[Candidate]) -> list[Claim]:
    """The lots that strong labels name, as they stand in the document."""
    return sorted(
        (
            found.claim
            for found in candidates
            if found.field is HeaderField.LOT_NUMBER
            and found.claim.confidence >= SURE
            and found.claim.box is not None
        ),
        key=_place,
    )


def lots_named(lots: Sequence[Claim], rows: Sequence[RowClaim]) -> tuple[str, ...]:
    """The different lots of the header fields and of the tables, in the order of the document."""
    in_rows = [row.lot for row in rows if row.lot is not None]
    names = {folded(claim.literal): claim.literal for claim in (*lots, *in_rows)}
    return tuple(names.values())


def with_lots(rows: Sequence[RowClaim], lots: Sequence[Claim]) -> tuple[RowClaim, ...]:
    """Each row with its lot, where the file has several and says which; else as it was."""
    if len({folded(claim.literal) for claim in lots}) < len(("one", "other")):
        return tuple(rows)
    return tuple(
        row if row.lot is not None else replace(row, lot=_lot_above(row, lots)) for row in rows
    )


def _place(claim: Claim) -> tuple[int, float]:
    return (claim.box.page, claim.box.top) if claim.box else (0, 0.0)


def _lot_above(row: RowClaim, lots: Sequence[Claim]) -> Claim | None:
    """The lot named last before the row; None when several are named on that page together."""
    if row.name is None:
        return None
    before = [lot for lot in lots if _place(lot) <= _place(row.name)]
    if not before:
        return None
    page = _place(before[-1])[0]
    named = {folded(lot.literal) for lot in before if _place(lot)[0] == page}
    return before[-1] if len(named) == 1 else None


def first_other_page(lots: Sequence[Claim]) -> int | None:
    """The page from which on the file is about another lot than the first one."""
    by_page: dict[int, set[str]] = {}
    for lot in lots:
        by_page.setdefault(_place(lot)[0], set()).add(folded(lot.literal))
    pages = sorted(by_page)
    return next((page for page in pages if not by_page[page] & by_page[pages[0]]), None)


def of_first_lot(candidates: Sequence[Candidate], lots: Sequence[Claim]) -> list[Candidate]:
    """Without what pages about another lot say; maker and product may stand there alone."""
    other = first_other_page(lots)
    if other is None:
        return list(candidates)
    return [
        found
        for found in candidates
        if found.field in _OF_THE_PRODUCT or found.claim.box is None or found.claim.box.page < other
    ]
