"""Whether the clock keeps its promise: how long a job has not run."""

from datetime import datetime, timedelta

GRACE = timedelta(minutes=2)
"""A run may begin a little late before anybody is told."""


def minutes_overdue(last_started_at: datetime, every: timedelta, now: datetime) -> int | None:
    """Whole minutes since the last run of a job that should have run again, else None."""
    if now <= last_started_at + every + GRACE:
        return None
    return int((now - last_started_at).total_seconds() // 60)
