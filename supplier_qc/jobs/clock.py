"""Where jobs and commands read the clock; everything below takes the moment as an argument."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- this file is where jobs read the clock
