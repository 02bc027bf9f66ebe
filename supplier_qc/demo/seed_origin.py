"""Origin facts of the story, as events: written down from the vendors' papers."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from supplier_qc.demo import records
from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.domain.origin.as_json import facts_to_json
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.services.origin import add_component


def events(seeding: Seeding, story: records.Story, begun_on: date) -> Iterator[Event]:
    """The newest papers are the ones the facts were last taken from."""
    recorded_on = max(begun_on, seeding.today - timedelta(days=120))
    for origin in story.origins:
        for component in origin.components:
            yield Event(recorded_on, partial(_add, seeding, origin.item, component), hour=14)


def _add(seeding: Seeding, item: str, component: OriginComponent, now: datetime) -> None:
    add_component(
        seeding.sessions,
        seeding.items[item],
        facts_to_json(component),
        actor=seeding.actor("ben"),
        now=now,
    )
