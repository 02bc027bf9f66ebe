"""What the seeding events share: the installation, the people and the numbers of what was made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.demo.records import Person
from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.people import Actor
from supplier_qc.services.installation import Installation


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day; `act` gets the moment as `now`."""

    on: date
    act: Callable[[datetime], object]
    hour: int = 9


@dataclass(slots=True)
class Seeding:
    """The story's keys and the numbers the database gave to them."""

    installation: Installation
    today: date
    people: dict[str, tuple[Actor, Person]] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    sites: dict[str, int] = field(default_factory=dict)
    materials: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    qualifications: dict[tuple[str, UseScope], int] = field(default_factory=dict)
    lots: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def sessions(self) -> sessionmaker[Session]:
        return self.installation.sessions

    def actor(self, username: str) -> Actor:
        return self.people[username][0]

    def password(self, username: str) -> str:
        return self.people[username][1].password


def moment(event: Event, latest: datetime) -> datetime:
    """The event's moment in working hours, never after `latest`."""
    return min(datetime.combine(event.on, time(event.hour), tzinfo=UTC), latest)
