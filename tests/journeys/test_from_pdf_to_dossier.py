"""The main job, from a supplier's PDF to a row of the dossier, by five people at real browsers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from supplier_qc.services.installation import Installation
from tests.journeys.assessment_steps import (
    follow_the_albumin_through_the_wash,
    record_the_origin,
    see_the_new_lot_on_the_chart,
)
from tests.journeys.catalogue_steps import (
    add_the_manufacturers_item,
    add_the_material,
    add_the_vendor_with_its_site,
    approve_the_specification,
    draft_the_specification,
    enter_twelve_lots_of_earlier_years,
    freeze_the_baseline,
    try_to_approve_it_herself,
)
from tests.journeys.certificate_steps import (
    confirm_as_the_second_person,
    hand_the_certificate_over,
    record_an_identity_test_of_our_own,
    release_the_lot,
    review_the_certificate_by_keyboard,
    see_that_the_scan_is_read_from_its_image,
    upload_two_certificates_at_once,
)
from tests.journeys.dossier_steps import (
    download_the_table,
    look_at_the_document,
    read_the_audit_trail,
    the_document_holds_the_row,
    the_workbook_holds_the_row,
)
from tests.journeys.person import Album, Person
from tests.journeys.qualification_steps import (
    add_evidence_that_expires_in_twenty_days,
    add_the_papers_that_the_policy_asks_for,
    approve_the_qualification,
    let_the_clock_look_at_due_dates,
    propose_the_qualification,
    see_one_message_for_each_recipient,
    see_one_reminder,
)
from tests.journeys.server import RunningServer

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


@pytest.mark.postgresql
def test_from_a_suppliers_pdf_to_a_row_of_the_dossier(
    person: Callable[[str], Person],
    server: RunningServer,
    installation: Installation,
    album: Album,
    tmp_path: Path,
) -> None:
    ana, bea, ben = person("ana"), person("bea"), person("ben")
    ana.keeps_a_picture("is signed in")
    add_the_vendor_with_its_site(ana)
    add_the_material(ana)
    item_id = add_the_manufacturers_item(ana)
    draft_the_specification(ana)
    try_to_approve_it_herself(ana)
    approve_the_specification(bea)
    enter_twelve_lots_of_earlier_years(installation, item_id)
    freeze_the_baseline(ben)

    upload_two_certificates_at_once(ana, tmp_path / "papers")
    see_that_the_scan_is_read_from_its_image(ben)
    review_the_certificate_by_keyboard(ben)
    hand_the_certificate_over(ben)
    confirm_as_the_second_person(bea)
    record_an_identity_test_of_our_own(ben)
    release_the_lot(bea)

    record_the_origin(ben)
    see_the_new_lot_on_the_chart(ben)
    cyd = person("cyd")
    follow_the_albumin_through_the_wash(cyd)

    propose_the_qualification(ana)
    add_the_papers_that_the_policy_asks_for(ana)
    approve_the_qualification(bea)
    add_evidence_that_expires_in_twenty_days(ana)
    for _ in range(2):
        let_the_clock_look_at_due_dates(server, installation)
        see_one_reminder(bea)
        see_one_message_for_each_recipient(bea)
    bea.keeps_a_picture("sees the message in the outbox")

    cyd.go_to("Section 3.2.S.2.3")
    cyd.sees("Larkfen Haematics Ltd", "00410-500", "PL-4131")
    cyd.keeps_a_picture("sees the table")
    docx_file = download_the_table(cyd, "DOCX", tmp_path)
    xlsx_file = download_the_table(cyd, "XLSX", tmp_path)
    the_document_holds_the_row(docx_file)
    the_workbook_holds_the_row(xlsx_file)
    look_at_the_document(docx_file, album, tmp_path)
    read_the_audit_trail(person("eve"))
