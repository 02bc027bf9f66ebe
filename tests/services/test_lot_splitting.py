"""One file with two lots becomes two certificates, in one transaction, and each stands alone."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificates import ClaimState
from supplier_qc.domain.lot_parts import LotPart
from supplier_qc.domain.refusals import ChangedMeanwhile, NotPermitted, Refused
from supplier_qc.extraction.claims import Claim, DocumentReading, HeaderField, RowClaim
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, Certificate
from supplier_qc.queries.lot_parts import get_lot_parts
from supplier_qc.services.certificates import DuplicateCertificate, read_again, reject_certificate
from supplier_qc.services.installation import Installation
from supplier_qc.services.lot_splitting import split_by_lot
from tests.conftest import NOW
from tests.lot_factories import (
    ANA,
    BEN,
    PASSING,
    claim,
    decide_everything,
    document_reading,
    finish_review,
    get_certificate,
    get_lot,
    make_proposal,
    make_upload,
    specified_item,
)


def two_lots() -> DocumentReading:
    """The passing rows twice, once for each lot that the document names."""
    rows = tuple(
        RowClaim(name=claim(name), specification=claim(limit), result=claim(result), lot=claim(lot))
        for lot in ("L240917", "L240918")
        for name, limit, result in PASSING
    )
    return replace(document_reading(), rows=rows, lots_seen=("L240917", "L240918"))


@pytest.fixture
def certificate_id(installation: Installation, sessions: sessionmaker[Session]) -> int:
    return make_proposal(installation, two_lots(), item_id=specified_item(sessions))


def proposed(sessions: sessionmaker[Session], certificate_id: int) -> tuple[LotPart, ...]:
    with reading(sessions) as session:
        found = get_lot_parts(session, certificate_id)
    assert found is not None
    return found.parts


def split(
    sessions: sessionmaker[Session], certificate_id: int, parts: tuple[LotPart, ...] | None = None
) -> list[int]:
    return split_by_lot(
        sessions,
        certificate_id,
        proposed(sessions, certificate_id) if parts is None else parts,
        version=get_certificate(sessions, certificate_id).version,
        actor=BEN,
        now=NOW,
    )


def test_each_lot_gets_its_own_rows_matched_to_our_lines(
    sessions: sessionmaker[Session], certificate_id: int
) -> None:
    first, second = split(sessions, certificate_id)
    assert first == certificate_id
    for number, lot in ((first, "L240917"), (second, "L240918")):
        part = get_certificate(sessions, number)
        values = {field.field: field.value for field in part.fields}
        assert (part.lot_part, part.lots_seen, values["lot_number"]) == (lot, [lot], lot)
        assert [row.line.attribute if row.line else None for row in part.rows] == [
            "Endotoxin",
            "pH",
            "Sterility",
        ]
        assert values["expiry_date"] == "2028-09-16"


def on_page(read: Claim | None, page: int) -> Claim | None:
    return replace(read, box=replace(read.box, page=page)) if read and read.box else read


def test_dates_on_the_page_of_another_lot_are_left_blank(
    installation: Installation, sessions: sessionmaker[Session]
) -> None:
    """A certificate of two pages, one a lot: the expiry of the first is none of the second."""
    found = two_lots()
    rows = tuple(
        replace(row, name=on_page(row.name, 1 if row.lot == claim("L240917") else 2))
        for row in found.rows
    )
    certificate_id = make_proposal(
        installation, replace(found, rows=rows), item_id=specified_item(sessions)
    )
    first, second = split(sessions, certificate_id)
    own = {field.field: field for field in get_certificate(sessions, first).fields}
    other = {field.field: field for field in get_certificate(sessions, second).fields}
    assert own["expiry_date"].value == "2028-09-16"
    for name in ("expiry_date", "manufacture_date"):
        assert (other[name].literal, other[name].value, other[name].box) == (None, None, None)
    assert other["storage"].value == own["storage"].value


def test_the_parts_share_one_file(sessions: sessionmaker[Session], certificate_id: int) -> None:
    first, second = (get_certificate(sessions, one) for one in split(sessions, certificate_id))
    assert first.document_id == second.document_id
    assert first.page_sizes == second.page_sizes
    assert first.read_at == second.read_at


def test_each_part_is_confirmed_alone_onto_its_own_lot(
    installation: Installation, certificate_id: int
) -> None:
    sessions = installation.sessions
    first, second = split(sessions, certificate_id)
    decide_everything(sessions, second)
    lot = get_lot(sessions, finish_review(installation, second))
    assert (lot.manufacturer_lot, len(lot.results)) == ("L240918", 3)
    assert get_certificate(sessions, first).lot_id is None
    decide_everything(sessions, first)
    other = get_lot(sessions, finish_review(installation, first))
    assert (other.manufacturer_lot, len(other.results)) == ("L240917", 3)


def test_the_lot_number_of_a_part_keeps_where_it_is_printed(
    sessions: sessionmaker[Session], certificate_id: int
) -> None:
    _first, second = split(sessions, certificate_id)
    field = next(f for f in get_certificate(sessions, second).fields if f.field == "lot_number")
    assert (field.literal, field.state) == ("L240918", ClaimState.PROPOSED)
    assert field.box is not None


def test_a_row_for_both_lots_is_copied_and_none_is_lost(
    sessions: sessionmaker[Session], certificate_id: int
) -> None:
    numbers = [row.id for row in get_certificate(sessions, certificate_id).rows]
    shared, rest = numbers[0], frozenset(numbers[1:])
    parts = (LotPart("A-1", frozenset({shared}) | rest), LotPart("A-2", frozenset({shared})))
    first, second = split(sessions, certificate_id, parts)
    assert len(get_certificate(sessions, first).rows) == 6
    copied = get_certificate(sessions, second).rows
    assert [row.name for row in copied] == ["Endotoxin"]
    assert copied[0].literals == get_certificate(sessions, first).rows[0].literals


def test_the_split_is_one_entry_of_the_audit_trail(
    sessions: sessionmaker[Session], certificate_id: int
) -> None:
    split(sessions, certificate_id)
    with reading(sessions) as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.action is AuditAction.CERTIFICATE_SPLIT
    assert {one["table"] for one in entry.changes} >= {"certificate", "certificate_row"}


def test_a_split_that_leaves_a_row_out_changes_nothing(
    sessions: sessionmaker[Session], certificate_id: int
) -> None:
    parts = proposed(sessions, certificate_id)
    short = (parts[0], LotPart(parts[1].lot, frozenset(sorted(parts[1].row_ids)[:1])))
    with pytest.raises(Refused, match="In no lot: pH, Sterility"):
        split(sessions, certificate_id, short)
    with reading(sessions) as session:
        assert session.scalar(select(func.count()).select_from(Certificate)) == 1


def test_a_part_is_neither_split_nor_read_again(
    sessions: sessionmaker[Session], certificate_id: int
) -> None:
    _first, second = split(sessions, certificate_id)
    numbers = sorted(row.id for row in get_certificate(sessions, second).rows)
    parts = (LotPart("A", frozenset(numbers[:1])), LotPart("B", frozenset(numbers[1:])))
    with pytest.raises(Refused, match="already"):
        split(sessions, second, parts)
    version = get_certificate(sessions, second).version
    with pytest.raises(Refused, match="was split"):
        read_again(sessions, second, version=version, actor=BEN, now=NOW)


def test_the_file_stays_the_same_file_while_one_part_stands(
    installation: Installation, certificate_id: int
) -> None:
    sessions = installation.sessions
    content = installation.documents.get(get_certificate(sessions, certificate_id).document.sha256)
    first, _second = split(sessions, certificate_id)
    reject_certificate(
        sessions,
        first,
        version=get_certificate(sessions, first).version,
        reason="Not bought.",
        actor=BEN,
        now=NOW,
    )
    with pytest.raises(DuplicateCertificate):
        make_upload(sessions, installation.documents, content)


def test_an_old_page_and_a_person_without_the_right_split_nothing(
    sessions: sessionmaker[Session], certificate_id: int
) -> None:
    parts = proposed(sessions, certificate_id)
    with pytest.raises(ChangedMeanwhile):
        split_by_lot(sessions, certificate_id, parts, version=1, actor=BEN, now=NOW)
    with pytest.raises(NotPermitted):
        split_by_lot(sessions, certificate_id, parts, version=1, actor=ANA, now=NOW)


def test_a_file_that_names_one_lot_proposes_no_split(installation: Installation) -> None:
    header = {HeaderField.LOT_NUMBER: "L240917"}
    number = make_proposal(installation, document_reading(header=header))
    with reading(installation.sessions) as session:
        found = get_lot_parts(session, number)
    assert found is not None
    assert not found.names_several_lots
