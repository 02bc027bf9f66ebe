"""A re-issue takes the place of a certificate: signed, with its delta, and nothing is lost."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.certificates import CertificateState
from supplier_qc.domain.refusals import Refused, WrongPassword
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import CertificateReissue, Signature
from supplier_qc.queries.certificate_reissues import (
    get_reissue_review,
    list_lot_reissues,
    list_lots_to_look_at,
)
from supplier_qc.queries.lot_review import get_lot_review
from supplier_qc.services.certificate_confirmation import confirm_certificate
from supplier_qc.services.certificate_reissues import state_reissue
from supplier_qc.services.certificate_review import choose_item
from supplier_qc.services.certificates import reject_certificate
from supplier_qc.services.installation import Installation
from supplier_qc.services.lot_disposition import release_lot, return_lot_to_quarantine
from tests.conftest import NOW, TODAY
from tests.lot_factories import (
    BEA,
    BEN,
    decide_everything,
    document_reading,
    get_certificate,
    get_lot,
    make_confirmed_lot,
    make_proposal,
    specified_item,
)
from tests.people import PASSWORD

LATER = NOW + timedelta(hours=1)
CORRECTED = (
    ("Endotoxin", "NMT 0.5 EU/mL", "< 0.05 EU/mL"),
    ("pH", "7.0 - 7.6", "7.4"),
    ("Sterility", "No growth", "No growth"),
)


@pytest.fixture
def item_id(sessions: sessionmaker[Session]) -> int:
    return specified_item(sessions)


def state(installation: Installation, certificate_id: int, replaces_id: int | None) -> None:
    version = get_certificate(installation.sessions, certificate_id).version
    state_reissue(
        installation.sessions, certificate_id, replaces_id, version=version, actor=BEN, now=NOW
    )


def confirm(
    installation: Installation, certificate_id: int, password: str = PASSWORD, now: datetime = NOW
) -> int:
    version = get_certificate(installation.sessions, certificate_id).version
    return confirm_certificate(
        installation.sessions,
        certificate_id,
        version=version,
        reason="The vendor corrected the pH.",
        password=password,
        actor=BEN,
        now=now,
    )


def make_reissue(installation: Installation, item_id: int, replaces_id: int = 1) -> int:
    """A decided re-issue of certificate 1 with another pH, stated as one."""
    found = document_reading(rows=CORRECTED)
    certificate_id = make_proposal(installation, found, item_id=item_id)
    decide_everything(installation.sessions, certificate_id)
    state(installation, certificate_id, replaces_id)
    return certificate_id


def release(installation: Installation, lot_id: int) -> None:
    release_lot(
        installation.sessions,
        lot_id,
        version=get_lot(installation.sessions, lot_id).version,
        reason="All pass.",
        password=PASSWORD,
        actor=BEA,
        now=NOW,
    )


def test_a_certificate_of_a_confirmed_lot_is_proposed_as_its_re_issue(
    installation: Installation, item_id: int
) -> None:
    make_confirmed_lot(installation, item_id=item_id)
    second = make_proposal(installation, document_reading(rows=CORRECTED), item_id=item_id)
    with reading(installation.sessions) as session:
        found = get_reissue_review(session, second, TODAY)
    assert found is not None
    assert (found.candidate_id, found.is_open, found.issue) == (1, True, 1)
    assert [(row.subject, row.before, row.after) for row in found.delta] == [
        ("pH: result", "7.3", "7.4")
    ]


def test_the_confirmed_re_issue_stands_on_the_lot_and_the_first_stays_readable(
    installation: Installation, item_id: int
) -> None:
    lot_id = make_confirmed_lot(installation, item_id=item_id)
    second = make_reissue(installation, item_id)
    assert confirm(installation, second) == lot_id
    results = get_lot(installation.sessions, lot_id).results
    assert [one.result for one in results if one.withdrawn_at is None] == [
        "< 0.05",
        "7.4",
        "No growth",
    ]
    gone = [one for one in results if one.withdrawn_at is not None]
    assert [one.result for one in gone] == ["< 0.05", "7.3", "No growth"]
    assert {one.withdrawal_reason for one in gone} == {
        f"Superseded by certificate {second}, issue 2."
    }
    first = get_certificate(installation.sessions, 1)
    assert first.state is CertificateState.CONFIRMED
    assert [row.result for row in first.rows] == ["< 0.05", "7.3", "No growth"]


def test_the_delta_is_kept_with_the_signature(installation: Installation, item_id: int) -> None:
    make_confirmed_lot(installation, item_id=item_id)
    second = make_reissue(installation, item_id)
    confirm(installation, second)
    with reading(installation.sessions) as session:
        kept = session.scalars(select(CertificateReissue)).one()
        signature = session.get_one(Signature, kept.signature_id)
    assert (kept.certificate_id, kept.replaced_id) == (second, 1)
    assert kept.delta == [
        {"subject": "pH: result", "change": "changed", "before": "7.3", "after": "7.4"}
    ]
    assert (signature.subject_type, signature.subject_id) == ("certificate", second)


@pytest.mark.parametrize(("password", "refusal"), [("", Refused), ("wrong", WrongPassword)])
def test_without_the_password_nothing_is_replaced(
    installation: Installation, item_id: int, password: str, refusal: type[Refused]
) -> None:
    lot_id = make_confirmed_lot(installation, item_id=item_id)
    second = make_reissue(installation, item_id)
    with pytest.raises(refusal):
        confirm(installation, second, password)
    assert all(one.withdrawn_at is None for one in get_lot(installation.sessions, lot_id).results)
    assert get_certificate(installation.sessions, second).state is CertificateState.PROPOSED


def test_a_released_lot_is_to_be_looked_at_again_until_it_is_decided_on_anew(
    installation: Installation, item_id: int
) -> None:
    lot_id = make_confirmed_lot(installation, item_id=item_id)
    release(installation, lot_id)
    second = make_reissue(installation, item_id)
    confirm(installation, second, now=LATER)
    with reading(installation.sessions) as session:
        assert [one.id for one in list_lots_to_look_at(session)] == [lot_id]
        assert [one.is_unseen for one in list_lot_reissues(session, lot_id)] == [True]
        review = get_lot_review(session, lot_id)
    assert review is not None
    assert review.disposition.value == "released"
    return_lot_to_quarantine(
        installation.sessions,
        lot_id,
        version=get_lot(installation.sessions, lot_id).version,
        reason="A re-issue changed the pH.",
        password=PASSWORD,
        actor=BEA,
        now=LATER,
    )
    with reading(installation.sessions) as session:
        assert list_lots_to_look_at(session) == []
        assert [one.is_unseen for one in list_lot_reissues(session, lot_id)] == [False]


def test_a_statement_can_be_taken_back_and_the_certificate_then_adds_to_the_lot(
    installation: Installation, item_id: int
) -> None:
    lot_id = make_confirmed_lot(installation, item_id=item_id)
    second = make_reissue(installation, item_id)
    state(installation, second, None)
    confirm(installation, second, password="")
    results = get_lot(installation.sessions, lot_id).results
    assert [one.withdrawn_at for one in results] == [None] * 6


def test_a_re_issue_for_a_wrong_lot_can_be_rejected(
    installation: Installation, item_id: int
) -> None:
    lot_id = make_confirmed_lot(installation, item_id=item_id)
    second = make_reissue(installation, item_id)
    reject_certificate(
        installation.sessions,
        second,
        version=get_certificate(installation.sessions, second).version,
        reason="The lot number was copied forward.",
        actor=BEN,
        now=NOW,
    )
    assert len(get_lot(installation.sessions, lot_id).results) == 3
    third = make_reissue(installation, item_id)
    assert get_certificate(installation.sessions, third).issue == 2


def test_an_item_chosen_afterwards_blocks_the_re_issue(
    installation: Installation, item_id: int
) -> None:
    make_confirmed_lot(installation, item_id=item_id)
    second = make_reissue(installation, item_id)
    choose_item(
        installation.sessions,
        second,
        specified_item(installation.sessions),
        version=get_certificate(installation.sessions, second).version,
        actor=BEN,
        now=NOW,
    )
    decide_everything(installation.sessions, second)
    with pytest.raises(Refused, match="another item"):
        confirm(installation, second)


def test_only_the_newest_certificate_of_the_lot_is_replaced(
    installation: Installation, item_id: int
) -> None:
    make_confirmed_lot(installation, item_id=item_id)
    confirm(installation, make_reissue(installation, item_id))
    third = make_proposal(installation, document_reading(), item_id=item_id)
    with pytest.raises(Refused, match="newest confirmed"):
        state(installation, third, 1)
    state(installation, third, 2)
    assert get_certificate(installation.sessions, third).issue == 3


def test_of_two_re_issues_of_one_certificate_the_second_is_refused(
    installation: Installation, item_id: int
) -> None:
    make_confirmed_lot(installation, item_id=item_id)
    one, other = make_reissue(installation, item_id), make_reissue(installation, item_id)
    confirm(installation, one)
    with pytest.raises(Refused, match="taken the place of certificate 1 meanwhile"):
        confirm(installation, other)
