"""People as pages show them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from supplier_qc.domain.people import Actor, Role
from supplier_qc.persistence.tables.people import Person


@dataclass(frozen=True, slots=True)
class PersonRow:
    id: int
    username: str
    full_name: str
    email: str
    is_active: bool
    roles: tuple[Role, ...]

    @property
    def role_names(self) -> tuple[str, ...]:
        return tuple(role.label for role in self.roles)


@dataclass(frozen=True, slots=True)
class SignedInPerson:
    """The person behind a session, and the stamp their session has to carry."""

    person_id: int
    full_name: str
    roles: frozenset[Role]
    session_stamp: str

    @property
    def actor(self) -> Actor:
        return Actor(self.person_id, self.full_name, self.roles)

    @property
    def role_names(self) -> tuple[str, ...]:
        return tuple(role.label for role in sorted(self.roles))


def get_signed_in_person(session: Session, person_id: int) -> SignedInPerson | None:
    """The person when the account is open, else None."""
    person = session.get(Person, person_id, options=[selectinload(Person.roles)])
    if person is None or not person.is_active:
        return None
    return SignedInPerson(
        person_id=person.id,
        full_name=person.full_name,
        roles=frozenset(held.role for held in person.roles),
        session_stamp=person.session_stamp,
    )


def list_people(session: Session) -> list[PersonRow]:
    people = session.scalars(
        select(Person).options(selectinload(Person.roles)).order_by(Person.full_name)
    )
    return [_row(person) for person in people]


def get_person(session: Session, person_id: int) -> PersonRow | None:
    person = session.get(Person, person_id, options=[selectinload(Person.roles)])
    return None if person is None else _row(person)


def _row(person: Person) -> PersonRow:
    return PersonRow(
        id=person.id,
        username=person.username,
        full_name=person.full_name,
        email=person.email,
        is_active=person.is_active,
        roles=tuple(held.role for held in person.roles),
    )
