"""The reading queue loses nothing, reads nothing twice, and proposes rather than decides."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.extraction.claims import DocumentReading, HeaderField, TextLayer
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, SpecificationLine
from supplier_qc.services.certificates import read_again
from supplier_qc.services.installation import Installation
from supplier_qc.services.reading_queue import LEASE, claim_next, note_page, record_reading
from tests.conftest import NOW
from tests.factories import make_item
from tests.lot_factories import (
    BEN,
    claim,
    document_reading,
    get_certificate,
    item_number,
    make_proposal,
    make_upload,
    specified_item,
)

LATER = NOW + LEASE + timedelta(seconds=1)


def attributes(sessions: sessionmaker[Session], certificate_id: int) -> list[str | None]:
    """The line of our specification beside each row."""
    certificate = get_certificate(sessions, certificate_id)
    with reading(sessions) as session:
        names = dict(
            session.execute(select(SpecificationLine.id, SpecificationLine.attribute)).all()
        )
    return [names.get(row.line_id) if row.line_id else None for row in certificate.rows]


def test_nothing_waiting_is_nothing_to_claim(installation: Installation) -> None:
    assert claim_next(installation.sessions, NOW) is None


def test_files_are_read_in_the_order_they_came(installation: Installation) -> None:
    second = make_upload(installation.sessions, installation.documents, now=NOW)
    first = make_upload(
        installation.sessions, installation.documents, now=NOW - timedelta(minutes=1)
    )
    claimed = [claim_next(installation.sessions, NOW) for _ in range(3)]
    assert [one.certificate_id if one else None for one in claimed] == [first, second, None]


def test_a_file_that_is_being_read_is_not_read_a_second_time(installation: Installation) -> None:
    make_upload(installation.sessions, installation.documents)
    assert claim_next(installation.sessions, NOW) is not None
    assert claim_next(installation.sessions, NOW + LEASE) is None


def test_readers_at_the_same_moment_never_take_the_same_file(installation: Installation) -> None:
    numbers = {make_upload(installation.sessions, installation.documents) for _ in range(8)}

    def take_all(_reader: int) -> list[int]:
        taken = []
        for _ in range(3 * len(numbers)):
            claimed = claim_next(installation.sessions, NOW)
            if claimed is not None:
                taken.append(claimed.certificate_id)
        return taken

    with ThreadPoolExecutor(3) as readers:
        taken = [number for found in readers.map(take_all, range(3)) for number in found]
    assert sorted(taken) == sorted(numbers)


def test_a_lost_reading_is_taken_up_when_its_lease_has_run_out(installation: Installation) -> None:
    number = make_upload(installation.sessions, installation.documents)
    first = claim_next(installation.sessions, NOW)
    again = claim_next(installation.sessions, LATER)
    assert first is not None
    assert again is not None
    assert (again.certificate_id, first.attempt, again.attempt) == (number, 1, 2)


def test_the_late_answer_of_a_lost_reader_is_not_taken(installation: Installation) -> None:
    make_upload(installation.sessions, installation.documents)
    first = claim_next(installation.sessions, NOW)
    again = claim_next(installation.sessions, LATER)
    assert first is not None
    assert again is not None
    late = document_reading(rows=(("Late", "", "1"),))
    assert not record_reading(installation.sessions, first, late, now=LATER)
    assert record_reading(installation.sessions, again, document_reading(), now=LATER)
    certificate = get_certificate(installation.sessions, again.certificate_id)
    assert [row.name for row in certificate.rows] == ["Endotoxin", "pH", "Sterility"]


def test_after_three_lost_readers_a_person_takes_over(installation: Installation) -> None:
    number = make_upload(installation.sessions, installation.documents)
    now = NOW
    for _ in range(3):
        assert claim_next(installation.sessions, now) is not None
        now += LEASE + timedelta(seconds=1)
    assert claim_next(installation.sessions, now) is None
    certificate = get_certificate(installation.sessions, number)
    assert certificate.state is CertificateState.PROPOSED
    assert "by hand" in certificate.reader_notes[0]
    assert {field.field for field in certificate.fields} >= {"lot_number", "expiry_date"}


def test_a_reading_is_audited_as_the_schedulers(installation: Installation) -> None:
    make_proposal(installation)
    with reading(installation.sessions) as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.actor_id, entry.actor_name) == (
        AuditAction.CERTIFICATE_READ,
        None,
        "Scheduler",
    )


def test_what_was_read_keeps_its_literal_its_place_and_its_confidence(
    installation: Installation,
) -> None:
    number = make_proposal(installation)
    row = get_certificate(installation.sessions, number).rows[0]
    assert row.literals["result"]["literal"] == "< 0.05 EU/mL"
    assert row.literals["result"]["box"]["page"] == 1
    assert (row.result, row.unit, row.confidence) == ("< 0.05", "EU/mL", 0.97)
    assert row.state is ClaimState.PROPOSED


@pytest.mark.parametrize(
    ("literal", "decimal_comma", "proposed"),
    [
        ("1,234", True, "1.234"),
        ("1,234", False, "1234"),
        ("1,234", None, None),
        ("< 0,05", True, "< 0.05"),
    ],
)
def test_a_number_that_may_be_two_numbers_is_left_to_a_person(
    installation: Installation,
    literal: str,
    decimal_comma: bool | None,  # noqa: FBT001 -- a column of the table above
    proposed: str | None,
) -> None:
    found = document_reading(rows=(("Protein", "", literal),), decimal_comma=decimal_comma)
    number = make_proposal(installation, found)
    assert get_certificate(installation.sessions, number).rows[0].result == proposed


@pytest.mark.parametrize(
    ("field", "literal", "proposed"),
    [
        (HeaderField.MANUFACTURE_DATE, "17 Sep 2026", "2026-09-17"),
        (HeaderField.MANUFACTURE_DATE, "03/04/2026", None),
        (HeaderField.MANUFACTURE_DATE, "2026-09", None),
        (HeaderField.EXPIRY_DATE, "2028-09", "2028-09-30"),
        (HeaderField.EXPIRY_DATE, "31/12/2028", "2028-12-31"),
    ],
)
def test_a_date_is_proposed_only_where_it_is_one_day(
    installation: Installation, field: HeaderField, literal: str, proposed: str | None
) -> None:
    number = make_proposal(installation, document_reading(header={field: literal}))
    values = {
        one.field: (one.literal, one.value)
        for one in get_certificate(installation.sessions, number).fields
    }
    assert values[field.value] == (literal, proposed)


def test_one_clear_date_of_a_document_settles_the_order_of_the_others(
    installation: Installation,
) -> None:
    header = {HeaderField.MANUFACTURE_DATE: "03/04/2026", HeaderField.EXPIRY_DATE: "31/03/2028"}
    number = make_proposal(installation, document_reading(header=header))
    values = {one.field: one.value for one in get_certificate(installation.sessions, number).fields}
    assert values["manufacture_date"] == "2026-04-03"


def test_the_item_is_proposed_by_its_catalogue_number_whatever_its_dashes(
    installation: Installation,
) -> None:
    item_id = specified_item(installation.sessions)
    printed = item_number(installation.sessions, item_id).replace("-", " ").lower()
    header = {HeaderField.CATALOG_NUMBER: printed}
    number = make_proposal(installation, document_reading(header=header))
    assert get_certificate(installation.sessions, number).item_id == item_id


def test_an_unknown_catalogue_number_proposes_no_item_even_where_the_name_fits(
    installation: Installation,
) -> None:
    make_item(installation.sessions, name="Aspen lysate")
    header = {HeaderField.CATALOG_NUMBER: "ZZ-9", HeaderField.PRODUCT_NAME: "Aspen lysate"}
    number = make_proposal(installation, document_reading(header=header))
    assert get_certificate(installation.sessions, number).item_id is None


def test_rows_stand_beside_our_lines_and_others_are_extra(installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    rows = (
        ("Bacterial Endotoxin", "NMT 0.5 EU/mL", "0.1 EU/mL"),
        ("PH", "7.0 - 7.6", "7.2"),
        ("Appearance", "Clear", "Clear"),
    )
    number = make_proposal(installation, document_reading(rows=rows), item_id=item_id)
    assert attributes(installation.sessions, number)[1:] == ["pH", None]


def test_a_scan_becomes_an_empty_form_with_the_reason(installation: Installation) -> None:
    found = DocumentReading(TextLayer.SCAN, notes=("Pages are images.",))
    certificate = get_certificate(installation.sessions, make_proposal(installation, found))
    assert certificate.text_layer == "scan"
    assert certificate.reader_notes == ["Pages are images."]
    assert len(certificate.fields) >= 9
    assert certificate.rows == []


def test_reading_again_replaces_what_was_read_before(installation: Installation) -> None:
    number = make_proposal(installation)
    version = get_certificate(installation.sessions, number).version
    read_again(installation.sessions, number, version=version, actor=BEN, now=NOW)
    claimed = claim_next(installation.sessions, NOW)
    assert claimed is not None
    found = document_reading(
        rows=(("Endotoxin", "", "1 EU/mL"),), header={HeaderField.ISSUER: "Aspen"}
    )
    assert record_reading(installation.sessions, claimed, found, now=NOW)
    certificate = get_certificate(installation.sessions, number)
    assert [row.result for row in certificate.rows] == ["1"]
    assert claim("Aspen").literal in {field.literal for field in certificate.fields}


@pytest.mark.parametrize(
    ("limit", "result", "unit"),
    [
        ("NMT 0.5 EU/mL", "< 0.05", "EU/mL"),
        ("NMT 0.5 EU/mL", "< 0.05 IU/mL", "IU/mL"),
        ("7.0 - 7.6", "7.3", None),
        ("NMT 0.5 EU/mL", "Complies", None),
        ("", "0.1", None),
    ],
)
def test_a_unit_printed_with_the_limit_alone_is_proposed_for_a_bare_number(
    installation: Installation, limit: str, result: str, unit: str | None
) -> None:
    number = make_proposal(installation, document_reading(rows=(("Endotoxin", limit, result),)))
    assert get_certificate(installation.sessions, number).rows[0].unit == unit


def test_the_page_being_read_is_noted_and_the_file_held_longer(installation: Installation) -> None:
    number = make_upload(installation.sessions, installation.documents)
    claimed = claim_next(installation.sessions, NOW)
    assert claimed is not None
    just_before = NOW + LEASE - timedelta(seconds=1)
    assert note_page(installation.sessions, claimed, 3, 12, now=just_before)
    certificate = get_certificate(installation.sessions, number)
    assert (certificate.reading_page, certificate.reading_pages) == (3, 12)
    assert certificate.reading_since_at == NOW
    assert claim_next(installation.sessions, LATER) is None
    assert claim_next(installation.sessions, LATER + LEASE) is not None


def test_a_reader_that_lost_its_file_notes_no_page(installation: Installation) -> None:
    number = make_upload(installation.sessions, installation.documents)
    first = claim_next(installation.sessions, NOW)
    assert first is not None
    assert note_page(installation.sessions, first, 1, 12, now=NOW)
    assert claim_next(installation.sessions, LATER) is not None
    assert not note_page(installation.sessions, first, 2, 12, now=LATER)
    certificate = get_certificate(installation.sessions, number)
    assert (certificate.reading_page, certificate.reading_since_at) == (None, LATER)


def test_what_is_read_is_no_longer_under_way(installation: Installation) -> None:
    number = make_upload(installation.sessions, installation.documents)
    claimed = claim_next(installation.sessions, NOW)
    assert claimed is not None
    assert note_page(installation.sessions, claimed, 1, 2, now=NOW)
    assert record_reading(installation.sessions, claimed, document_reading(), now=NOW)
    certificate = get_certificate(installation.sessions, number)
    assert certificate.reading_since_at is None
    assert certificate.reading_page is None
    assert not note_page(installation.sessions, claimed, 2, 2, now=NOW)


@pytest.mark.parametrize(("page", "pages"), [(0, 3), (4, 3), (1, None), (None, 3)])
def test_the_database_refuses_a_page_that_the_file_has_not(
    installation: Installation, page: int | None, pages: int | None
) -> None:
    make_upload(installation.sessions, installation.documents)
    with (
        pytest.raises(IntegrityError, match="page_being_read_is_of_the_file"),
        installation.sessions() as session,
    ):
        session.execute(
            text("UPDATE certificate SET reading_page = :page, reading_pages = :pages"),
            {"page": page, "pages": pages},
        )
