"""The people of the tests. They exist nowhere else."""

from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy import update

from supplier_qc.domain.people import SCHEDULER, Role
from supplier_qc.persistence.engine import make_engine
from supplier_qc.persistence.sessions import make_sessions
from supplier_qc.persistence.tables.people import Person
from supplier_qc.services.people import PersonDraft, add_person

PASSWORD = "a long enough password"

PEOPLE = (
    ("ana", "Ana Procurement", Role.PROCUREMENT),
    ("ben", "Ben Reviewer", Role.QA_REVIEWER),
    ("bea", "Bea Approver", Role.QA_APPROVER),
    ("cyd", "Cyd Writer", Role.CMC_WRITER),
    ("dan", "Dan Administrator", Role.ADMINISTRATOR),
    ("eve", "Eve Auditor", Role.AUDITOR),
)
"""User name, printed name, role; the first has number 1."""


def add_people(url: str, now: datetime) -> None:
    engine = make_engine(url)
    sessions = make_sessions(engine)
    for username, full_name, role in PEOPLE:
        draft = PersonDraft(username, full_name, f"{username}@example.invalid", frozenset({role}))
        add_person(sessions, draft, PASSWORD, actor=SCHEDULER, now=now)
    with engine.begin() as connection:
        connection.execute(update(Person).values(password_hash=_quick_hash()))
    engine.dispose()


def _quick_hash() -> str:
    """Of PASSWORD, with the least of memory and passes: a test signs in a thousand times.

    A hash says how it was made, so it is verified as any other; that the product makes costly ones
    is a test of its own.
    """
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
