"""A version is marked as filed under a signature, and stands until another takes its place."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.origin.vocabulary import Authority
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import NotPermitted, Refused, WrongPassword
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import Signature, Specification
from supplier_qc.queries.filings import list_filed_versions, list_filings
from supplier_qc.services.filings import FilingDraft, file_specification
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import LINES, make_item, make_specification
from tests.lot_factories import BEA
from tests.people import PASSWORD

DRAFT = FilingDraft(Authority.EU, UseScope.PHASE_1_2, "IMPD v3", TODAY)


def file(sessions: sessionmaker[Session], number: int, draft: FilingDraft = DRAFT) -> int:
    return file_specification(
        sessions, number, draft, reason="Sent today.", password=PASSWORD, actor=BEA, now=NOW
    )


def test_a_filing_is_signed_and_named_with_its_place(sessions: sessionmaker[Session]) -> None:
    number = make_specification(sessions)
    filing_id = file(sessions, number)
    with reading(sessions) as session:
        item_id = session.get_one(Specification, number).item_id
        (row,) = list_filings(session, item_id)
        signature = session.scalars(
            select(Signature).where(Signature.subject_type == "specification_filing")
        ).one()
        (version,) = list_filed_versions(session, item_id)
    assert (row.place, row.stands) == ("EU, phase 1/2: IMPD v3", True)
    assert (signature.meaning, signature.subject_id) == (SignatureMeaning.FILED, filing_id)
    assert [line.attribute for line in version.lines] == [line.attribute for line in LINES]


def test_a_later_filing_takes_the_place_for_the_same_authority_and_use_alone(
    sessions: sessionmaker[Session],
) -> None:
    item_id = make_item(sessions)
    first = make_specification(sessions, item_id)
    file(sessions, first)
    file(sessions, first, replace(DRAFT, authority=Authority.US, reference="IND 12"))
    second = make_specification(sessions, item_id, lines=LINES[:2])
    file(sessions, second, replace(DRAFT, reference="IMPD v4"))
    with reading(sessions) as session:
        standing = {row.reference for row in list_filings(session, item_id) if row.stands}
        assert standing == {"IND 12", "IMPD v4"}
        assert sorted(len(one.lines) for one in list_filed_versions(session, item_id)) == [2, 3]


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (replace(DRAFT, filed_on=TODAY + timedelta(days=1)), "in the future"),
        (replace(DRAFT, reference="  "), "reference"),
        (replace(DRAFT, authority=Authority.WOAH), "receives no dossier"),
    ],
)
def test_a_filing_that_cannot_be_is_refused(
    sessions: sessionmaker[Session], draft: FilingDraft, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        file(sessions, make_specification(sessions), draft)


def test_a_draft_is_not_filed(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(Refused, match="never approved"):
        file(sessions, make_specification(sessions, effective=False))


def test_a_filing_takes_an_approver_and_the_password(sessions: sessionmaker[Session]) -> None:
    number = make_specification(sessions)
    with pytest.raises(NotPermitted):
        file_specification(
            sessions,
            number,
            DRAFT,
            reason="Sent.",
            password=PASSWORD,
            actor=actor_of(Role.PROCUREMENT),
            now=NOW,
        )
    with pytest.raises(WrongPassword):
        file_specification(
            sessions, number, DRAFT, reason="Sent.", password="x", actor=BEA, now=NOW
        )
