"""A confirmed certificate puts all its results on the lot, or nothing happened."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.domain.lots import Disposition, ResultSource
from supplier_qc.domain.refusals import ChangedMeanwhile, Refused
from supplier_qc.extraction.claims import HeaderField
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import Lot, LotResult
from supplier_qc.services.certificate_confirmation import confirm_certificate
from supplier_qc.services.certificate_review import choose_item, reject_row
from supplier_qc.services.installation import Installation
from tests.conftest import NOW
from tests.factories import LINES, make_specification
from tests.lot_factories import (
    BEN,
    HEADER,
    PASSING,
    decide_everything,
    document_reading,
    get_certificate,
    get_lot,
    make_confirmed_lot,
    make_lot,
    make_proposal,
    specified_item,
)


def confirm(installation: Installation, certificate_id: int, reason: str = "Checked.") -> int:
    version = get_certificate(installation.sessions, certificate_id).version
    return confirm_certificate(
        installation.sessions, certificate_id, version=version, reason=reason, actor=BEN, now=NOW
    )


def reasons(installation: Installation, certificate_id: int, reason: str = "Checked.") -> str:
    with pytest.raises(Refused) as refusal:
        confirm(installation, certificate_id, reason)
    return " | ".join(refusal.value.reasons)


def results(sessions: sessionmaker[Session]) -> int:
    with reading(sessions) as session:
        return session.scalar(select(func.count()).select_from(LotResult)) or 0


def test_every_confirmed_row_becomes_a_result_of_the_lot(installation: Installation) -> None:
    lot = get_lot(installation.sessions, make_confirmed_lot(installation))
    assert (lot.manufacturer_lot, lot.disposition) == ("L240917", Disposition.QUARANTINE)
    assert str(lot.expires_on) == "2028-09-16"
    found = [
        (one.attribute, one.literal, one.comparator, one.value, one.unit) for one in lot.results
    ]
    assert found == [
        ("Endotoxin", "< 0.05 EU/mL", "<", Decimal("0.05"), "EU/mL"),
        ("pH", "7.3", None, Decimal("7.3"), None),
        ("Sterility", "No growth", None, None, None),
    ]
    assert {one.source for one in lot.results} == {ResultSource.CERTIFICATE}


def test_the_certificate_is_closed_with_who_and_when(installation: Installation) -> None:
    certificate_id = make_proposal(installation, item_id=specified_item(installation.sessions))
    decide_everything(installation.sessions, certificate_id)
    lot_id = confirm(installation, certificate_id)
    certificate = get_certificate(installation.sessions, certificate_id)
    assert certificate.state is CertificateState.CONFIRMED
    assert (certificate.lot_id, certificate.confirmed_by_id) == (lot_id, BEN.person_id)
    assert certificate.confirmed_at == NOW


def test_everything_that_is_missing_is_named_at_once(installation: Installation) -> None:
    header = {HeaderField.STORAGE: "Cold"}
    certificate_id = make_proposal(installation, document_reading(header=header))
    named = reasons(installation, certificate_id)
    for word in ("No item", "Storage", "no lot number", "expiry", "3 rows"):
        assert word in named
    assert results(installation.sessions) == 0


def test_a_certificate_without_any_result_is_not_confirmed(installation: Installation) -> None:
    found = document_reading(rows=())
    certificate_id = make_proposal(
        installation, found, item_id=specified_item(installation.sessions)
    )
    decide_everything(installation.sessions, certificate_id)
    assert "There is no result" in reasons(installation, certificate_id)


def test_a_rejected_row_stays_off_the_lot(installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    certificate_id = make_proposal(installation, item_id=item_id)
    row = get_certificate(installation.sessions, certificate_id).rows[1]
    reject_row(
        installation.sessions,
        certificate_id,
        row.id,
        "Of another lot.",
        version=row.version,
        actor=BEN,
        now=NOW,
    )
    decide_everything(installation.sessions, certificate_id)
    lot = get_lot(installation.sessions, confirm(installation, certificate_id))
    assert [one.attribute for one in lot.results] == ["Endotoxin", "Sterility"]


def test_a_second_certificate_of_the_lot_adds_to_it(installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    first = make_confirmed_lot(installation, item_id=item_id)
    second = make_confirmed_lot(installation, item_id=item_id)
    assert first == second
    assert len(get_lot(installation.sessions, first).results) == 2 * len(PASSING)


def test_the_same_lot_on_another_certificate_needs_a_reason(installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    make_confirmed_lot(installation, item_id=item_id)
    certificate_id = make_proposal(installation, item_id=item_id)
    decide_everything(installation.sessions, certificate_id)
    assert "already has certificate" in reasons(installation, certificate_id, reason="")


def test_a_lot_number_spelled_otherwise_is_not_a_second_lot(installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    make_lot(installation.sessions, item_id, manufacturer_lot="L24-0917", manufactured_on=None)
    certificate_id = make_proposal(installation, item_id=item_id)
    decide_everything(installation.sessions, certificate_id)
    assert "use one spelling" in reasons(installation, certificate_id)


def test_an_expiry_that_contradicts_the_recorded_lot_is_not_taken(
    installation: Installation,
) -> None:
    item_id = specified_item(installation.sessions)
    make_confirmed_lot(installation, item_id=item_id)
    header = {**HEADER, HeaderField.EXPIRY_DATE: "2029-09-16"}
    certificate_id = make_proposal(installation, document_reading(header=header), item_id=item_id)
    decide_everything(installation.sessions, certificate_id)
    assert "recorded with expiry 2028-09-16" in reasons(installation, certificate_id)


def test_an_expiry_before_the_manufacture_stops_the_certificate(
    installation: Installation,
) -> None:
    header = {**HEADER, HeaderField.EXPIRY_DATE: "2025-09-16"}
    certificate_id = make_proposal(
        installation, document_reading(header=header), item_id=specified_item(installation.sessions)
    )
    decide_everything(installation.sessions, certificate_id)
    assert "expiry lies before the manufacture" in reasons(installation, certificate_id)


def test_a_retest_date_stands_for_a_missing_expiry(installation: Installation) -> None:
    header = {HeaderField.LOT_NUMBER: "L1", HeaderField.RETEST_DATE: "2028-09"}
    lot_id = make_confirmed_lot(installation, document_reading(header=header))
    assert str(get_lot(installation.sessions, lot_id).expires_on) == "2028-09-30"


def test_a_specification_superseded_meanwhile_is_taken_first(installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    certificate_id = make_proposal(installation, item_id=item_id)
    decide_everything(installation.sessions, certificate_id)
    newer = make_specification(installation.sessions, item_id, lines=LINES[:2])
    assert "version in force" in reasons(installation, certificate_id)
    version = get_certificate(installation.sessions, certificate_id).version
    choose_item(installation.sessions, certificate_id, item_id, version=version, actor=BEN, now=NOW)
    decide_everything(installation.sessions, certificate_id)
    lot = get_lot(installation.sessions, confirm(installation, certificate_id))
    assert lot.specification_id == newer


def test_a_suppliers_contradiction_needs_a_reason(installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    header = {**HEADER, HeaderField.RELEASE_DATE: "2026-09-01"}
    certificate_id = make_proposal(installation, document_reading(header=header), item_id=item_id)
    decide_everything(installation.sessions, certificate_id)
    assert "released before it was manufactured" in reasons(installation, certificate_id, "")
    assert confirm(installation, certificate_id, "The supplier confirmed a typing error.")


def test_an_older_page_does_not_confirm(installation: Installation) -> None:
    certificate_id = make_proposal(installation, item_id=specified_item(installation.sessions))
    decide_everything(installation.sessions, certificate_id)
    with pytest.raises(ChangedMeanwhile):
        confirm_certificate(
            installation.sessions, certificate_id, version=1, reason="x", actor=BEN, now=NOW
        )
    with reading(installation.sessions) as session:
        assert session.scalar(select(func.count()).select_from(Lot)) == 0


def test_a_confirmed_certificate_is_closed_for_good(installation: Installation) -> None:
    certificate_id = make_proposal(installation, item_id=specified_item(installation.sessions))
    decide_everything(installation.sessions, certificate_id)
    confirm(installation, certificate_id)
    row = get_certificate(installation.sessions, certificate_id).rows[0]
    with pytest.raises(Refused, match="only while it is under review"):
        reject_row(
            installation.sessions,
            certificate_id,
            row.id,
            "Too late.",
            version=row.version,
            actor=BEN,
            now=NOW,
        )
    state = get_certificate(installation.sessions, certificate_id).rows[0].state
    assert state is ClaimState.CONFIRMED
