"""Origin facts of the story, as events."""

from collections.abc import Iterator
from datetime import date

from supplier_qc.demo import records
from supplier_qc.demo.seed_context import Event, Seeding


def events(seeding: Seeding, story: records.Story, begun_on: date) -> Iterator[Event]:
    del seeding, story, begun_on
    yield from ()
