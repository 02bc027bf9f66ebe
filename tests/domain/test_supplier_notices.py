"""Which notices of a supplier stand against the release of a lot."""

from datetime import date

import pytest

from supplier_qc.domain.supplier_notices import (
    NoticeImpact,
    NoticeOnLot,
    SupplierNoticeKind,
    notice_blockers,
)

CHANGE, DONATION, RECALL, DEFECT, ENDS, OTHER = SupplierNoticeKind
DAY = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("kind", "effective_on", "made_on", "impact", "stops"),
    [
        (DONATION, None, DAY, None, True),
        (RECALL, None, DAY, None, True),
        (DEFECT, None, None, None, True),
        (CHANGE, DAY, DAY, None, True),
        (CHANGE, DAY, date(2026, 9, 30), None, False),
        # A day that is not known may be after the change.
        (CHANGE, DAY, None, None, True),
        (CHANGE, None, date(2026, 9, 30), None, True),
        (ENDS, DAY, DAY, None, False),
        (OTHER, None, DAY, None, False),
        (RECALL, None, DAY, NoticeImpact.NONE, False),
        (CHANGE, DAY, DAY, NoticeImpact.ACCEPTED, False),
        (RECALL, None, DAY, NoticeImpact.LOTS_STOPPED, True),
        (OTHER, None, None, NoticeImpact.LOTS_STOPPED, True),
    ],
)
def test_what_is_not_assessed_or_was_stopped_holds_the_lot(
    kind: SupplierNoticeKind,
    effective_on: date | None,
    made_on: date | None,
    impact: NoticeImpact | None,
    stops: bool,  # noqa: FBT001 -- a column of the table
) -> None:
    blockers = notice_blockers([NoticeOnLot(7, kind, effective_on, impact)], made_on)
    assert bool(blockers) is stops
    assert all(kind.words in blocker and "notice 7" in blocker for blocker in blockers)


def test_every_notice_is_named() -> None:
    notices = [NoticeOnLot(number, RECALL, None, None) for number in (3, 4)]
    assert len(notice_blockers(notices, None)) == 2
