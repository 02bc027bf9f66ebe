"""Fills an empty installation with the demo story, in the order in which it would have happened.

Everything goes through the services, so that the audit trail tells the same story: each event has
its moment, and the events are carried out in the order of time.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from supplier_qc.demo import (
    seed_batches,
    seed_catalogue,
    seed_certificates,
    seed_deliveries,
    seed_findings,
    seed_lots,
    seed_origin,
    seed_packs,
    seed_product,
    seed_qualifications,
    seed_questionnaires,
    seed_statements,
    seed_supply,
)
from supplier_qc.demo.certificates import DrawnCertificate, draw_certificates
from supplier_qc.demo.records import Person, Story
from supplier_qc.demo.seed_context import Event, Seeding, moment
from supplier_qc.demo.story import story
from supplier_qc.domain.people import Actor, Role
from supplier_qc.queries.people import list_people
from supplier_qc.services.installation import Installation
from supplier_qc.services.people import PersonDraft, add_first_administrator, add_person
from supplier_qc.services.reference_lists import load_shipped

Report = Callable[[str], None]
"""Takes a sentence about the progress."""

CERTIFICATES_FOLDER = "demo-certificates"
_EVENTS_A_REPORT = 50


def is_empty(installation: Installation) -> bool:
    with installation.reading() as session:
        return not list_people(session)


def fill(installation: Installation, *, now: datetime, report: Report) -> None:
    """Fill the installation; `now` is the day the story ends on.

    Expects an empty, migrated database. The certificates to upload in the tour are drawn into
    the folder `demo-certificates` of the data folder.
    """
    today = now.date()
    told = story(today)
    folder = installation.settings.data_folder / CERTIFICATES_FOLDER
    drawn = draw_certificates(folder, today=today)
    report(f"{len(drawn)} certificates drawn into {folder}")
    seeding = Seeding(installation, today)
    begun_on = _begun_on(told)
    load_shipped(installation.sessions, now=moment(Event(begun_on, _nothing, hour=6), now))
    _add_people(seeding, told, moment(Event(begun_on, _nothing, hour=7), now))
    events = sorted(_events(seeding, told, drawn, begun_on), key=lambda e: (e.on, e.hour))
    for done, event in enumerate(events, start=1):
        event.act(moment(event, now))
        if done % _EVENTS_A_REPORT == 0 or done == len(events):
            report(f"{done} of {len(events)} events, up to {event.on.isoformat()}")


def _begun_on(told: Story) -> date:
    """Two months before the first decision or lot of the story."""
    decisions = [source.decided_on for source in told.qualifications if source.decided_on]
    return min([*decisions, *(lot.received_on for lot in told.lots)]) - timedelta(days=60)


def _events(
    seeding: Seeding, told: Story, drawn: Sequence[DrawnCertificate], begun_on: date
) -> Iterator[Event]:
    reviewed = {
        (lot.item, lot.lot_number)
        for lot in told.lots
        if lot.lot_number == seed_certificates.REVIEWED_LOT
    }
    yield from seed_catalogue.events(seeding, told, begun_on)
    yield from seed_qualifications.events(seeding, told, begun_on)
    yield from seed_origin.events(seeding, told, begun_on)
    yield from seed_product.events(seeding, told, begun_on)
    yield from seed_packs.events(seeding, begun_on)
    yield from seed_supply.events(seeding)
    yield from seed_questionnaires.events(seeding)
    yield from seed_lots.events(seeding, told, reviewed)
    yield from seed_certificates.events(seeding, told, drawn)
    yield from seed_statements.events(seeding)
    yield from seed_batches.events(seeding, told)
    yield from seed_deliveries.events(seeding, told)
    yield from seed_findings.events(seeding)


def _add_people(seeding: Seeding, told: Story, now: datetime) -> None:
    """The administrator first, who then adds everybody else."""
    first = next(person for person in told.people if Role.ADMINISTRATOR in person.roles)
    number = add_first_administrator(seeding.sessions, _draft(first), first.password, now=now)
    seeding.people[first.username] = (Actor(number, first.full_name, first.roles), first)
    for person in told.people:
        if person is not first:
            number = add_person(
                seeding.sessions,
                _draft(person),
                person.password,
                actor=seeding.actor(first.username),
                now=now,
            )
            seeding.people[person.username] = (
                Actor(number, person.full_name, person.roles),
                person,
            )


def _draft(person: Person) -> PersonDraft:
    email = f"{person.username}@demo.example"
    return PersonDraft(person.username, person.full_name, email, person.roles)


def _nothing(_now: datetime) -> None:
    """The people are not an event of their own: the events are acted by them."""


def certificates_folder(installation: Installation) -> Path:
    return installation.settings.data_folder / CERTIFICATES_FOLDER
