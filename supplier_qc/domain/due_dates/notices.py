"""Which notices have to be made: a threshold reached or passed, and not yet done.

Nothing here depends on the job running every day or only once a day: a missed run makes the
notice later, a second run makes none, because a notice that was made is known by its key.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

THRESHOLDS_DAYS = (180, 90, 30, 0)  # C: days before the due date


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing with a due date, named by `subject_type` and `subject_id` for ever."""

    subject_type: str
    subject_id: int
    title: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A notice to make; `key` is the same however often and whenever it is computed."""

    key: str
    item: DueItem
    due_on: date
    threshold_days: int
    words: str


def notice_key(item: DueItem, due: date, threshold_days: int) -> str:
    """A new due date gives new keys, so that a renewed source is announced again."""
    return f"{item.subject_type}:{item.subject_id}:due:{due.isoformat()}:{threshold_days}"


def notices_due(
    items: Iterable[DueItem],
    today: date,
    already_sent: Collection[str],
    thresholds_days: Iterable[int] = THRESHOLDS_DAYS,
) -> tuple[DueNotice, ...]:
    """The notices to make today, at most one an item: that of the nearest threshold reached.

    Where several thresholds were passed unseen (a late start, days without a run) the earlier
    ones are not made up for; they would say what the nearest one says better.
    """
    thresholds = sorted(set(thresholds_days))
    found = []
    for item in items:
        notice = _nearest(item, today, thresholds)
        if notice is not None and notice.key not in already_sent:
            found.append(notice)
    return tuple(found)


def _nearest(item: DueItem, today: date, thresholds: list[int]) -> DueNotice | None:
    """The notice of the smallest threshold that is reached or passed, done or not."""
    if item.due_on is None:
        return None
    for threshold in thresholds:
        if item.due_on - timedelta(days=threshold) <= today:
            key = notice_key(item, item.due_on, threshold)
            words = _words(item, item.due_on, today)
            return DueNotice(key, item, item.due_on, threshold, words)
    return None


def _words(item: DueItem, due: date, today: date) -> str:
    days = (due - today).days
    if days < 0:
        standing = f"was due on {due.isoformat()}, {_count(-days)} ago"
    elif days == 0:
        standing = "is due today"
    else:
        standing = f"is due on {due.isoformat()}, in {_count(days)}"
    return f"{item.title} {standing}."


def _count(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
