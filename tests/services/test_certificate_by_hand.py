"""By hand: all rows beside the image in one go, all or none, as good as what was read."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.domain.refusals import ChangedMeanwhile, NotFound, NotPermitted, Refused
from supplier_qc.extraction.claims import DocumentReading, HeaderField, TextLayer
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import Specification
from supplier_qc.services.certificate_by_hand import HandEntry, enter_rows, take_by_hand
from supplier_qc.services.certificate_review import choose_item, decide_field
from supplier_qc.services.installation import Installation
from supplier_qc.services.reading_queue import claim_next, record_reading
from tests.conftest import NOW
from tests.lot_factories import (
    ANA,
    BEN,
    document_reading,
    finish_review,
    get_certificate,
    get_lot,
    make_proposal,
    make_upload,
    specified_item,
)


@pytest.fixture
def blank_id(installation: Installation) -> int:
    """A scan of which nothing was read, with its item chosen."""
    number = make_proposal(installation, DocumentReading(TextLayer.SCAN, notes=("An image.",)))
    item_id = specified_item(installation.sessions)
    version = get_certificate(installation.sessions, number).version
    choose_item(installation.sessions, number, item_id, version=version, actor=BEN, now=NOW)
    return number


def lines(sessions: sessionmaker[Session], number: int) -> dict[str, int]:

    certificate = get_certificate(sessions, number)
    with reading(sessions) as session:
        specification = session.get_one(Specification, certificate.specification_id)
        return {line.attribute: line.id for line in specification.lines}


def enter(installation: Installation, number: int, *typed: tuple[str, str, str | None]) -> int:
    known = lines(installation.sessions, number)
    entries = [HandEntry(known[name], result, unit) for name, result, unit in typed]
    version = get_certificate(installation.sessions, number).version
    return enter_rows(installation.sessions, number, entries, version=version, actor=BEN, now=NOW)


def test_typed_rows_reach_the_lot_as_read_ones_do(
    installation: Installation, blank_id: int
) -> None:
    made = enter(
        installation,
        blank_id,
        ("Endotoxin", "< 0.05 EU/mL", ""),
        ("pH", "7.3", None),
        ("Sterility", "No growth", None),
    )
    assert made == 3
    rows = get_certificate(installation.sessions, blank_id).rows
    assert {row.state for row in rows} == {ClaimState.ENTERED}
    header = {HeaderField.LOT_NUMBER: "L1", HeaderField.EXPIRY_DATE: "2028-01-31"}
    for field in get_certificate(installation.sessions, blank_id).fields:
        if field.field in header:
            decide_field(
                installation.sessions,
                blank_id,
                field.id,
                header[HeaderField(field.field)],
                version=field.version,
                actor=BEN,
                now=NOW,
            )
    lot = get_lot(installation.sessions, finish_review(installation, blank_id))
    assert {one.attribute: one.result for one in lot.results} == {
        "Endotoxin": "< 0.05",
        "pH": "7.3",
        "Sterility": "No growth",
    }


def test_a_line_left_blank_gets_no_row(installation: Installation, blank_id: int) -> None:
    assert enter(installation, blank_id, ("Endotoxin", " ", "EU/mL"), ("pH", "7.3", None)) == 1
    assert [row.name for row in get_certificate(installation.sessions, blank_id).rows] == ["pH"]


def test_all_problems_of_all_rows_are_named_and_nothing_is_kept(
    installation: Installation, blank_id: int
) -> None:
    with pytest.raises(Refused) as refusal:
        enter(installation, blank_id, ("Endotoxin", "0,05", "EU/mL"), ("pH", "1,234", None))
    assert [reason.split(":")[0] for reason in refusal.value.reasons] == ["Endotoxin", "pH"]
    assert get_certificate(installation.sessions, blank_id).rows == []


def test_nothing_typed_is_said_to_be_nothing(installation: Installation, blank_id: int) -> None:
    with pytest.raises(Refused, match="at least one result"):
        enter(installation, blank_id, ("pH", "", None))


def test_a_line_is_answered_once(installation: Installation, blank_id: int) -> None:
    enter(installation, blank_id, ("pH", "7.3", None))
    with pytest.raises(Refused, match="pH has a row already"):
        enter(installation, blank_id, ("pH", "7.4", None))


def test_a_line_of_another_specification_is_refused(
    installation: Installation, blank_id: int
) -> None:
    with pytest.raises(Refused, match="not one of the specification"):
        enter_rows(
            installation.sessions,
            blank_id,
            [HandEntry(999, "7.3", None)],
            version=get_certificate(installation.sessions, blank_id).version,
            actor=BEN,
            now=NOW,
        )


def test_a_second_press_of_the_button_adds_nothing(
    installation: Installation, blank_id: int
) -> None:
    version = get_certificate(installation.sessions, blank_id).version
    entries = [HandEntry(lines(installation.sessions, blank_id)["pH"], "7.3", None)]
    enter_rows(installation.sessions, blank_id, entries, version=version, actor=BEN, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        enter_rows(installation.sessions, blank_id, entries, version=version, actor=BEN, now=NOW)


def test_a_file_in_the_queue_is_taken_out_and_the_readers_late_answer_is_not_taken(
    installation: Installation,
) -> None:
    number = make_upload(installation.sessions, installation.documents)
    claimed = claim_next(installation.sessions, NOW)
    assert claimed is not None
    take_by_hand(installation.sessions, number, actor=BEN, now=NOW)
    assert not record_reading(installation.sessions, claimed, document_reading(), now=NOW)
    certificate = get_certificate(installation.sessions, number)
    assert certificate.state is CertificateState.PROPOSED
    assert certificate.rows == []
    with pytest.raises(Refused, match="no longer waits"):
        take_by_hand(installation.sessions, number, actor=BEN, now=NOW)


def test_only_a_reviewer_takes_a_file_out_of_the_queue(installation: Installation) -> None:
    number = make_upload(installation.sessions, installation.documents)
    with pytest.raises(NotPermitted):
        take_by_hand(installation.sessions, number, actor=ANA, now=NOW)
    with pytest.raises(NotFound):
        take_by_hand(installation.sessions, number + 1, actor=BEN, now=NOW)
