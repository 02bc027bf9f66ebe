"""Editions of the regulatory lists for tests, loaded and signed by the real services."""

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.people import Actor, Role
from supplier_qc.persistence.reference_files import shipped_content
from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.reference_editions import EditionRow, edition_before, get_edition
from supplier_qc.services.reference_lists import (
    EditionApproval,
    EditionDraft,
    propose_edition,
    put_in_force,
)
from tests.conftest import NOW, actor_of
from tests.people import PASSWORD

STATUSES = ReferenceListKind.COUNTRY_STATUS


def statuses_with(*changes: tuple[str, str]) -> bytes:
    """The shipped statuses with parts of their text replaced, each of which has to be there."""
    text = shipped_content(STATUSES).decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


AUSTRALIA_UNDETERMINED = statuses_with(("eu,AU,,negligible", "eu,AU,,undetermined"))
"""The EU list without the status that foetal serum from Australia rests on."""


def make_proposal(
    sessions: sessionmaker[Session],
    content: bytes = AUSTRALIA_UNDETERMINED,
    *,
    kind: ReferenceListKind = STATUSES,
    label: str = "EU list of May 2027",
    now: datetime = NOW,
) -> int:
    draft = EditionDraft(label, content)
    return propose_edition(sessions, kind, draft, actor=actor_of(Role.QA_REVIEWER), now=now)


def edition(sessions: sessionmaker[Session], edition_id: int) -> EditionRow:
    with reading(sessions) as session:
        found = get_edition(session, edition_id)
    assert found is not None
    return found


def sign_proposal(
    sessions: sessionmaker[Session],
    edition_id: int,
    *,
    actor: Actor | None = None,
    password: str = PASSWORD,
    now: datetime = NOW,
) -> None:
    """As Bea sees it: the version and the edition in force are those of this moment."""
    with reading(sessions) as session:
        row = get_edition(session, edition_id)
        assert row is not None
        before = edition_before(session, row)
    approval = EditionApproval(
        row.version, before.id if before else None, "Read in the decision.", password
    )
    put_in_force(sessions, edition_id, approval, actor=actor or actor_of(Role.QA_APPROVER), now=now)
