"""The time line of a vendor: every kind of event once, the latest first, in a fixed count."""

from datetime import timedelta

from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.people import Role
from supplier_qc.domain.supplier_notices import SupplierNoticeKind
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import ManufacturerItem
from supplier_qc.queries.vendor_timeline import vendor_timeline
from supplier_qc.services.installation import Installation
from supplier_qc.services.lot_disposition import reject_lot
from supplier_qc.services.supplier_notices import SupplierNoticeDraft, record_supplier_notice
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_qualification
from tests.lot_factories import make_lot, specified_item
from tests.people import PASSWORD


def a_vendor_with_a_past(installation: Installation) -> int:
    """Approved with its papers, a notice last week, a lot rejected today."""
    sessions = installation.sessions
    item_id = specified_item(sessions)
    make_qualification(sessions, item_id)
    lot_id = make_lot(sessions, item_id, manufacturer_lot="HL-ONE")
    bea = actor_of(Role.QA_APPROVER)
    reject_lot(
        sessions, lot_id, version=1, reason="Leaking.", password=PASSWORD, actor=bea, now=NOW
    )
    with reading(sessions) as session:
        vendor_id = session.get_one(ManufacturerItem, item_id).site.organisation_id
    draft = SupplierNoticeDraft(
        SupplierNoticeKind.CHANGE, "Another plant", TODAY - timedelta(days=7), item_ids=(item_id,)
    )
    record_supplier_notice(
        sessions,
        installation.documents,
        vendor_id,
        draft,
        actor=actor_of(Role.PROCUREMENT),
        now=NOW,
    )
    return vendor_id


def test_every_kind_of_event_is_told_with_its_record(installation: Installation) -> None:
    vendor_id = a_vendor_with_a_past(installation)
    with installation.reading() as session:
        found = vendor_timeline(session, vendor_id)
    assert [one.on for one in found] == sorted((one.on for one in found), reverse=True)
    told = {(one.kind, one.record_type) for one in found}
    assert {
        ("Decision", "qualification"),
        ("Lot rejected", "lot"),
        ("Audit report", "evidence"),
        ("Change", "supplier_notice"),
    } <= told
    assert any(one.words.endswith("for phase 1/2: approved") for one in found)
    assert found[-1].words == "Another plant"


def test_another_vendor_has_a_time_line_of_its_own(sessions: sessionmaker[Session]) -> None:
    with reading(sessions) as session:
        assert vendor_timeline(session, 999) == []


def test_it_takes_five_statements(installation: Installation) -> None:
    vendor_id = a_vendor_with_a_past(installation)
    statements: list[str] = []
    with installation.reading() as session:
        event.listen(
            installation.engine,
            "before_cursor_execute",
            lambda *arguments: statements.append(arguments[2]),
        )
        vendor_timeline(session, vendor_id)
    assert len(statements) == 5
