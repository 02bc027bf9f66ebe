"""What a supplier tells us: changes, recalls, information after a donation; and what it stops.

The kinds and the effects are conventions of this product, except that look-back on donors is
asked for by EU GMP Part IV 7.10 to 7.24 (secondary source).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SupplierNoticeKind(StrEnum):
    CHANGE = "change"  # of process, site, origin, specification
    POST_DONATION = "post_donation"  # what became known of a donor after the donation
    RECALL = "recall"
    DEFECT = "defect"  # a quality defect without a recall
    DISCONTINUATION = "discontinuation"
    OTHER = "other"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def stops_lots(self) -> bool:
        """Whether lots it names wait for its assessment, whenever they were made."""
        return self in (self.POST_DONATION, self.RECALL, self.DEFECT)


_WORDS = {
    SupplierNoticeKind.CHANGE: "change",
    SupplierNoticeKind.POST_DONATION: "post-donation information",
    SupplierNoticeKind.RECALL: "recall",
    SupplierNoticeKind.DEFECT: "quality defect",
    SupplierNoticeKind.DISCONTINUATION: "discontinuation",
    SupplierNoticeKind.OTHER: "other notice",
}


class NoticeImpact(StrEnum):
    """The conclusion of an assessment."""

    NONE = "none"
    ACCEPTED = "accepted"  # with the reasons of the assessment
    LOTS_STOPPED = "lots_stopped"  # the lots it names are not to be released


@dataclass(frozen=True, slots=True)
class NoticeOnLot:
    """A notice that names a lot, or its item with all lots.

    `impact` None: nobody assessed it yet. `effective_on` is when a change comes into effect.
    """

    id: int
    kind: SupplierNoticeKind
    effective_on: date | None
    impact: NoticeImpact | None


def notice_blockers(
    notices: Sequence[NoticeOnLot], manufactured_on: date | None
) -> tuple[str, ...]:
    """Why notices of the supplier stand against the release of a lot."""
    return tuple(_blockers(notices, manufactured_on))


def _blockers(notices: Sequence[NoticeOnLot], manufactured_on: date | None) -> Iterator[str]:
    for notice in notices:
        named = f"Supplier notice {notice.id} ({notice.kind.words})"
        if notice.impact is NoticeImpact.LOTS_STOPPED:
            yield f"{named} was assessed: its lots are not to be released."
        elif notice.impact is None and _concerns(notice, manufactured_on):
            yield f"{named} is not assessed yet."


def _concerns(notice: NoticeOnLot, manufactured_on: date | None) -> bool:
    """A change concerns lots made from its day on; a day that is not known may be after it."""
    if notice.kind.stops_lots:
        return True
    if notice.kind is not SupplierNoticeKind.CHANGE:
        return False
    if notice.effective_on is None or manufactured_on is None:
        return True
    return manufactured_on >= notice.effective_on
