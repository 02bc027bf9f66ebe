"""Where two persons read a certificate nothing reaches a lot before the second, another, one."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import ChangedMeanwhile, NotFound, NotPermitted, Refused
from supplier_qc.extraction.claims import HeaderField
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import Certificate, CertificateSecondEntry, LotResult
from supplier_qc.queries.lot_review import get_lot_review
from supplier_qc.queries.second_reading import SecondEntryRow, list_second_entries
from supplier_qc.services.certificate_confirmation import confirm_certificate
from supplier_qc.services.certificate_review import reject_row
from supplier_qc.services.certificates import reject_certificate
from supplier_qc.services.installation import Installation
from supplier_qc.services.lot_disposition import separation_blockers
from supplier_qc.services.second_reading import (
    SecondReading,
    Taken,
    enter_second_reading,
    hand_over_certificate,
    return_certificate,
    settle_difference,
)
from tests.conftest import NOW, actor_of
from tests.lot_factories import (
    BEA,
    BEN,
    HEADER,
    critical_item,
    decide_everything,
    document_reading,
    get_certificate,
    get_lot,
    make_handover,
    make_proposal,
    specified_item,
)

SAME = {"Endotoxin": ("<0.05 EU/mL", None), "pH": ("7.30", None), "Sterility": ("no growth", None)}


@pytest.fixture
def certificate_id(installation: Installation) -> int:
    """Decided by Ben, of a critical material, not handed over yet."""
    number = make_proposal(installation, item_id=critical_item(installation.sessions))
    decide_everything(installation.sessions, number)
    return number


@pytest.fixture
def waiting_id(installation: Installation, certificate_id: int) -> int:
    make_handover(installation.sessions, certificate_id)
    return certificate_id


@pytest.fixture
def blind_id(installation: Installation) -> int:
    """Handed over by Ben, of an item whose results are typed twice."""
    item_id = critical_item(installation.sessions, is_double_entry=True)
    number = make_proposal(installation, item_id=item_id)
    decide_everything(installation.sessions, number)
    make_handover(installation.sessions, number)
    return number


def take(
    step: Callable[..., Any],
    sessions: sessionmaker[Session],
    number: int,
    /,
    *more: Any,
    **named: Any,
) -> Any:
    """A step with the version that stands, by Bea unless another is named."""
    version = get_certificate(sessions, number).version
    return step(sessions, number, *more, **({"version": version, "actor": BEA, "now": NOW} | named))


def confirm(sessions: sessionmaker[Session], number: int, **named: Any) -> int:
    lot_id: int = take(confirm_certificate, sessions, number, reason="Compared.", **named)
    return lot_id


def type_again(
    sessions: sessionmaker[Session], number: int, **changes: tuple[str | None, str | None]
) -> None:
    rows = {row.name: row.id for row in get_certificate(sessions, number).rows}
    typed = {rows[name]: SecondReading(*said) for name, said in (SAME | changes).items()}
    take(enter_second_reading, sessions, number, typed)


def entries(sessions: sessionmaker[Session], number: int) -> list[SecondEntryRow]:
    with reading(sessions) as session:
        certificate = session.get_one(Certificate, number)
        return list_second_entries(session, certificate)


def results(sessions: sessionmaker[Session]) -> int:
    with reading(sessions) as session:
        return session.scalar(select(func.count()).select_from(LotResult)) or 0


def test_one_person_alone_does_not_confirm(installation: Installation, certificate_id: int) -> None:
    with pytest.raises(Refused, match="hand it over to the second"):
        confirm(installation.sessions, certificate_id, actor=BEN)
    assert results(installation.sessions) == 0


def test_nothing_reaches_a_lot_by_handing_over(installation: Installation, waiting_id: int) -> None:
    certificate = get_certificate(installation.sessions, waiting_id)
    assert certificate.state is CertificateState.AWAITING_SECOND
    assert (certificate.first_read_by_id, certificate.lot_id) == (BEN.person_id, None)
    assert results(installation.sessions) == 0


def test_a_second_person_confirms_and_both_are_kept(
    installation: Installation, waiting_id: int
) -> None:
    lot = get_lot(installation.sessions, confirm(installation.sessions, waiting_id))
    certificate = get_certificate(installation.sessions, waiting_id)
    assert (certificate.first_read_by_id, certificate.confirmed_by_id) == (
        BEN.person_id,
        BEA.person_id,
    )
    assert len(lot.results) == len(SAME)


def test_the_first_reader_does_not_confirm_as_the_second(
    installation: Installation, waiting_id: int
) -> None:
    with pytest.raises(Refused, match="You read this certificate first"):
        confirm(installation.sessions, waiting_id, actor=BEN)


def test_not_even_the_database_takes_one_person_for_two(
    installation: Installation, waiting_id: int
) -> None:
    with installation.sessions() as session, pytest.raises(IntegrityError):
        certificate = session.get_one(Certificate, waiting_id)
        certificate.confirmed_by_id = BEN.person_id
        session.flush()


def test_what_is_missing_stops_the_hand_over_with_all_reasons(installation: Installation) -> None:
    found = document_reading(header={**HEADER, HeaderField.RELEASE_DATE: "2026-09-01"})
    number = make_proposal(installation, found, item_id=critical_item(installation.sessions))
    with pytest.raises(Refused) as refusal:
        take(hand_over_certificate, installation.sessions, number, reason="", actor=BEN)
    assert any("3 rows are not decided" in reason for reason in refusal.value.reasons)
    assert any("Say why the certificate is right" in reason for reason in refusal.value.reasons)


def test_where_one_person_is_enough_nothing_is_handed_over(installation: Installation) -> None:
    number = make_proposal(installation, item_id=specified_item(installation.sessions))
    decide_everything(installation.sessions, number)
    with pytest.raises(Refused, match="needs no second person"):
        take(hand_over_certificate, installation.sessions, number, reason="Done.", actor=BEN)


def test_nobody_changes_a_row_while_the_certificate_waits(
    installation: Installation, waiting_id: int
) -> None:
    row = get_certificate(installation.sessions, waiting_id).rows[0]
    with pytest.raises(Refused, match="waits for its second person"):
        reject_row(
            installation.sessions,
            waiting_id,
            row.id,
            "No.",
            version=row.version,
            actor=BEA,
            now=NOW,
        )


def test_a_certificate_given_back_is_open_again_and_needs_a_reason(
    installation: Installation, waiting_id: int
) -> None:
    with pytest.raises(Refused, match="Say why"):
        take(return_certificate, installation.sessions, waiting_id, reason=" ")
    take(return_certificate, installation.sessions, waiting_id, reason="pH is 7.2 on page 1.")
    certificate = get_certificate(installation.sessions, waiting_id)
    assert (certificate.state, certificate.first_read_by_id) == (CertificateState.PROPOSED, None)
    make_handover(installation.sessions, waiting_id, actor=BEA)
    assert confirm(installation.sessions, waiting_id, actor=BEN)


def test_a_certificate_that_waits_can_be_rejected(
    installation: Installation, waiting_id: int
) -> None:
    take(reject_certificate, installation.sessions, waiting_id, reason="Of another plant.")
    state = get_certificate(installation.sessions, waiting_id).state
    assert state is CertificateState.REJECTED


def test_the_roles_and_the_version_are_asked_for(
    installation: Installation, waiting_id: int
) -> None:
    with pytest.raises(NotPermitted):
        confirm(installation.sessions, waiting_id, actor=actor_of(Role.PROCUREMENT))
    with pytest.raises(ChangedMeanwhile):
        confirm(installation.sessions, waiting_id, version=1)


def test_two_second_persons_at_once_put_the_results_on_the_lot_once(
    installation: Installation, waiting_id: int
) -> None:
    version = get_certificate(installation.sessions, waiting_id).version
    barrier, outcomes = Barrier(2), []

    def second(reason: str) -> None:
        barrier.wait()
        try:
            confirm_certificate(
                installation.sessions,
                waiting_id,
                version=version,
                reason=reason,
                actor=BEA,
                now=NOW,
            )
            outcomes.append("confirmed")
        except Refused:
            outcomes.append("refused")

    threads = [Thread(target=second, args=(reason,)) for reason in ("One.", "Two.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["confirmed", "refused"]
    assert results(installation.sessions) == len(SAME)


def test_a_blind_reading_comes_before_the_confirmation(
    installation: Installation, blind_id: int
) -> None:
    with pytest.raises(Refused, match="has not typed the results yet"):
        confirm(installation.sessions, blind_id)
    type_again(installation.sessions, blind_id)
    assert all(entry.agrees for entry in entries(installation.sessions, blind_id))
    assert confirm(installation.sessions, blind_id)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ((None, None), "pH: type the result"),
        (("", None), "pH: type the result"),
        (("7,3", None), "pH: A comma"),
        (("5 EU/mL", "IU/mL"), "pH: The result is typed in EU/mL"),
    ],
)
def test_a_second_reading_is_whole_or_nothing(
    installation: Installation, blind_id: int, said: tuple[str | None, str | None], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        type_again(installation.sessions, blind_id, pH=said)
    assert entries(installation.sessions, blind_id) == []


def test_the_first_reader_does_not_type_the_second_reading(
    installation: Installation, blind_id: int
) -> None:
    with pytest.raises(Refused, match="You read this certificate first"):
        take(enter_second_reading, installation.sessions, blind_id, {}, actor=BEN)


def test_a_difference_stops_the_confirmation_until_it_is_settled_with_a_reason(
    installation: Installation, blind_id: int
) -> None:
    type_again(installation.sessions, blind_id, pH=("7.2", None))
    with pytest.raises(Refused, match="1 row was read differently"):
        confirm(installation.sessions, blind_id)
    (open_one,) = [one for one in entries(installation.sessions, blind_id) if one.is_open]
    with pytest.raises(Refused, match="Say why"):
        take(
            settle_difference, installation.sessions, blind_id, open_one.id, Taken.SECOND, reason=""
        )
    take(
        settle_difference,
        installation.sessions,
        blind_id,
        open_one.id,
        Taken.SECOND,
        reason="The page says 7.2.",
    )
    lot = get_lot(installation.sessions, confirm(installation.sessions, blind_id))
    assert {one.attribute: one.result for one in lot.results}["pH"] == "7.2"
    rows = {row.name: row.state for row in get_certificate(installation.sessions, blind_id).rows}
    assert rows["pH"] is ClaimState.CORRECTED


def test_the_first_reading_stands_where_it_is_taken(
    installation: Installation, blind_id: int
) -> None:
    type_again(installation.sessions, blind_id, pH=("7.2", None))
    (open_one,) = [one for one in entries(installation.sessions, blind_id) if one.is_open]
    settle = {"reason": "A 3, seen enlarged.", "actor": BEN}
    take(settle_difference, installation.sessions, blind_id, open_one.id, Taken.FIRST, **settle)
    with pytest.raises(Refused, match="settled already"):
        take(settle_difference, installation.sessions, blind_id, open_one.id, Taken.FIRST, **settle)
    lot = get_lot(installation.sessions, confirm(installation.sessions, blind_id))
    assert {one.attribute: one.result for one in lot.results}["pH"] == "7.3"


def test_a_difference_of_another_certificate_is_not_settled_here(
    installation: Installation, blind_id: int
) -> None:
    type_again(installation.sessions, blind_id)
    with pytest.raises(NotFound):
        take(settle_difference, installation.sessions, blind_id, 999, Taken.FIRST, reason="x")


def test_a_return_lets_the_next_second_person_type_anew(
    installation: Installation, blind_id: int
) -> None:
    type_again(installation.sessions, blind_id)
    take(return_certificate, installation.sessions, blind_id, reason="The lot number is wrong.")
    with reading(installation.sessions) as session:
        assert session.scalar(select(func.count()).select_from(CertificateSecondEntry)) == 0
    make_handover(installation.sessions, blind_id)
    type_again(installation.sessions, blind_id)
    assert confirm(installation.sessions, blind_id)


def test_of_two_readers_the_first_does_not_release_the_lot(
    installation: Installation, waiting_id: int
) -> None:
    lot_id = confirm(installation.sessions, waiting_id)
    with reading(installation.sessions) as session:
        review = get_lot_review(session, lot_id)
    assert review is not None
    assert separation_blockers(review, BEN)
    assert separation_blockers(review, BEA) == ()
