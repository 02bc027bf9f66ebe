"""Spreadsheets come in whole or not at all, by own number, with an entry for each record."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import AuditManner, EvidenceResult
from supplier_qc.domain.imports.sheets import SheetKind
from supplier_qc.domain.people import Role
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.search import sought
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import (
    AuditEntry,
    DistributorItem,
    Evidence,
    ImportRun,
    ManufacturerItem,
    Material,
    Organisation,
    OriginComponent,
    Qualification,
)
from supplier_qc.queries.audit_trail import verify_chain
from supplier_qc.queries.search import search
from supplier_qc.services.import_plan import ImportPlan
from supplier_qc.services.imports import apply_import, preview_import
from supplier_qc.services.installation import Installation
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_vendor
from tests.import_files import (
    ITEM,
    MATERIAL,
    NUMBER,
    PAPER,
    SITE,
    SOURCE,
    VENDOR,
    WHOLE,
    Row,
    large,
    workbook,
)

ANA = actor_of(Role.PROCUREMENT)
TWIN = VENDOR | {"Vendor code": "V-2", "Name": "larkfen haematics LTD"}
Sheets = Mapping[SheetKind, Sequence[Row]]
_K = SheetKind


def whole(kind: SheetKind, rows: Sequence[Row]) -> Sheets:
    """The whole workbook with other rows on one sheet."""
    return {**WHOLE, kind: rows}


def plan(sessions: sessionmaker[Session], sheets: Sheets) -> ImportPlan:
    return preview_import(sessions, workbook(sheets), "book.xlsx", today=TODAY).plan


def bring_in(sessions: sessionmaker[Session], content: bytes, name: str = "book.xlsx") -> int:
    run_id = list(apply_import(sessions, content, name, actor=ANA, now=NOW))[-1].run_id
    assert run_id is not None
    return run_id


def count(sessions: sessionmaker[Session], table: Any) -> int:
    with reading(sessions) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def errors(found: ImportPlan) -> list[tuple[str, int, str]]:
    return [(error.sheet, error.row, error.column) for error in found.errors]


def test_a_whole_workbook_comes_in_and_a_second_time_changes_nothing(
    sessions: sessionmaker[Session],
) -> None:
    first = plan(sessions, WHOLE)
    assert errors(first) == []
    assert {kind: one["new"] for kind, one in first.counts.items()} == dict.fromkeys(WHOLE, 1)
    run_id = bring_in(sessions, workbook(WHOLE))
    with reading(sessions) as session:
        item = session.scalars(select(ManufacturerItem)).one()
        assert item.catalogue_number == "00410-500"
        assert item.site.organisation.name == "Larkfen Haematics Ltd"
        assert session.scalars(select(Material)).one().code == "00042"
        assert session.scalars(select(DistributorItem)).one().sku == "0099"
        assert session.scalars(select(Evidence)).one().reference == "0007"
        run = session.get_one(ImportRun, run_id)
        assert (run.person_id, run.filename, len(run.sha256)) == (1, "book.xlsx", 64)
        assert run.counts["items"] == {"new": 1, "changed": 0, "same": 0}
    second = plan(sessions, WHOLE)
    assert {one["same"] for one in second.counts.values()} == {1}
    with pytest.raises(Refused, match="nothing to import"):
        bring_in(sessions, workbook(WHOLE))


def test_an_import_never_approves(sessions: sessionmaker[Session]) -> None:
    bring_in(sessions, workbook(WHOLE))
    with reading(sessions) as session:
        source = session.scalars(select(Qualification)).one()
    assert (source.status, source.decided_on) == (QualificationStatus.PROPOSED, None)


def test_every_record_has_its_own_entry_in_the_chain(sessions: sessionmaker[Session]) -> None:
    bring_in(sessions, workbook(WHOLE))
    with reading(sessions) as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[-8:]
        assert verify_chain(session).broken_id is None
    assert [entry.action for entry in entries] == [
        AuditAction.ORGANISATION_ADDED,
        AuditAction.SITE_ADDED,
        AuditAction.MATERIAL_ADDED,
        AuditAction.ITEM_ADDED,
        AuditAction.SKU_ADDED,
        AuditAction.QUALIFICATION_PROPOSED,
        AuditAction.EVIDENCE_ADDED,
        AuditAction.IMPORT_APPLIED,
    ]
    assert {entry.reason is not None for entry in entries} == {True}
    assert entries[5].subject_label == "Lysate PL-100 for phase 1/2"
    tables = {change["table"] for change in entries[0].changes}
    assert tables == {"organisation", "organisation_role", "own_number"}


def test_a_row_changes_its_record_by_its_code_and_blank_cells_change_nothing(
    sessions: sessionmaker[Session],
) -> None:
    bring_in(sessions, workbook(WHOLE))
    changed = {key: ITEM[key] for key in ITEM} | {"Name": "Lysate PL-101", "Storage": "-20 °C"}
    found = plan(sessions, {_K.ITEMS: [changed]})
    (row,) = found.rows
    assert [(one.heading, one.before, one.after) for one in row.changes] == [
        ("Name", "Lysate PL-100", "Lysate PL-101"),
        ("Storage", "", "-20 °C"),
    ]
    bring_in(sessions, workbook({_K.ITEMS: [changed]}))
    bring_in(sessions, workbook({_K.ITEMS: [ITEM]}))
    with reading(sessions) as session:
        item = session.scalars(select(ManufacturerItem)).one()
    assert (item.name, item.storage) == ("Lysate PL-100", "-20 °C")


def test_rows_that_are_absent_are_left_as_they_are(sessions: sessionmaker[Session]) -> None:
    bring_in(sessions, workbook(WHOLE))
    other = VENDOR | {"Vendor code": "V-002", "Name": "Emberwattle"}
    bring_in(sessions, workbook({_K.VENDORS: [other]}))
    assert count(sessions, Organisation) == 2


def test_a_vendor_entered_by_hand_is_adopted_by_its_name(sessions: sessionmaker[Session]) -> None:
    number = make_vendor(sessions, name="LARKFEN  Haematics ltd")
    (row,) = plan(sessions, {_K.VENDORS: [VENDOR]}).rows
    assert (row.effect, row.own_number) == ("changed", "V-001")
    bring_in(sessions, workbook(WHOLE))
    assert count(sessions, Organisation) == 1
    with reading(sessions) as session:
        (group,) = search(session, sought("V001"))
    assert group.rows[0].id == number


def test_a_paper_comes_in_with_its_site_and_its_details(sessions: sessionmaker[Session]) -> None:
    paper = {key: PAPER[key] for key in PAPER if key != "Item code"} | {
        "Kind": "Audit report",
        "Site code": "S-001",
        "Scope": "Filling of lysate",
        "Result": "With findings",
        "Manner of audit": "Shared",
        "Consent to a shared audit": "Letter of 2026-02-01",
    }
    bring_in(sessions, workbook(whole(_K.EVIDENCE, [paper])))
    with reading(sessions) as session:
        kept = session.scalars(select(Evidence)).one()
        assert kept.site is not None
        assert (kept.site.name, kept.item_id, kept.scope) == ("Marsh", None, "Filling of lysate")
        assert (kept.result, kept.manner) == (EvidenceResult.WITH_FINDINGS, AuditManner.SHARED)
        assert kept.consent == "Letter of 2026-02-01"


@pytest.mark.parametrize(
    ("sheets", "wrong"),
    [
        ({_K.VENDORS: [VENDOR | {"Roles": "maker"}]}, ("Vendors", 2, "Roles")),
        ({_K.VENDORS: [VENDOR | {"Website": "larkfen"}]}, ("Vendors", 2, "Website")),
        ({_K.SITES: [SITE]}, ("Sites", 2, "Vendor code")),
        (
            {_K.VENDORS: [VENDOR], _K.SITES: [SITE | {"Country": "Atlantis"}]},
            ("Sites", 2, "Country"),
        ),
        (
            {
                _K.VENDORS: [
                    VENDOR,
                    VENDOR | {"Vendor code": "V-2", "Name": "larkfen haematics LTD"},
                ]
            },
            ("Vendors", 3, "Name"),
        ),
        (whole(_K.VENDORS, [VENDOR | {"Roles": "Distributor"}]), ("Items", 2, "Site code")),
        (whole(_K.ITEMS, [ITEM | {"Catalogue number": 1.5}]), ("Items", 2, "Catalogue number")),
        (
            whole(_K.ITEMS, [ITEM, ITEM | {"Item code": "I-2"}]),
            ("Items", 3, "Catalogue number"),
        ),
        (
            whole(_K.ITEMS, [ITEM | {"Shelf life in months": 0}]),
            ("Items", 2, "Shelf life in months"),
        ),
        (
            whole(_K.DISTRIBUTOR_NUMBERS, [NUMBER | {"Currency": None}]),
            ("Distributor numbers", 2, ""),
        ),
        (
            whole(_K.DISTRIBUTOR_NUMBERS, [NUMBER | {"Price as of": "2999-01-01"}]),
            ("Distributor numbers", 2, ""),
        ),
        (
            whole(_K.EVIDENCE, [PAPER | {"Expires on": "2024-01-01"}]),
            ("Evidence", 2, "Expires on"),
        ),
        (whole(_K.SOURCES, [SOURCE | {"Justification": None}]), ("Sources", 2, "Justification")),
        (whole(_K.MATERIALS, [MATERIAL, MATERIAL]), ("Materials", 3, "Material code")),
        (whole(_K.EVIDENCE, [PAPER | {"Title": "=A1"}]), ("Evidence", 2, "Title")),
        (whole(_K.EVIDENCE, [PAPER | {"Site code": "S-001"}]), ("Evidence", 2, "Site code")),
        (whole(_K.EVIDENCE, [PAPER | {"Lots tested": 3}]), ("Evidence", 2, "")),
        (
            {
                **WHOLE,
                _K.VENDORS: [VENDOR, VENDOR | {"Vendor code": "V-2", "Name": "Other"}],
                _K.EVIDENCE: [PAPER | {"Vendor code": "V-2"}],
            },
            ("Evidence", 2, "Item code"),
        ),
    ],
)
def test_one_error_is_named_by_row_and_column_and_keeps_everything_out(
    sessions: sessionmaker[Session], sheets: Sheets, wrong: tuple[str, int, str]
) -> None:
    assert wrong in errors(plan(sessions, sheets))
    with pytest.raises(Refused, match="stand in the way"):
        bring_in(sessions, workbook(sheets))
    assert count(sessions, Organisation) == 0
    assert count(sessions, ImportRun) == 0


def test_an_import_that_is_left_half_way_leaves_nothing(sessions: sessionmaker[Session]) -> None:
    steps = apply_import(sessions, large(600, 0), "large.xlsx", actor=ANA, now=NOW)
    assert [next(steps).done for _ in range(4)] == [0, 100, 200, 250]
    steps.close()
    assert count(sessions, Organisation) == 0
    assert count(sessions, ImportRun) == 0


def test_lysate_that_holds_fibrinogen_brings_its_heparin(sessions: sessionmaker[Session]) -> None:
    lysate = ITEM | {"Preparation": "lysate_not_depleted"}
    bring_in(sessions, workbook(whole(_K.ITEMS, [lysate])))
    with reading(sessions) as session:
        assert session.scalars(select(OriginComponent.name)).all() == ["Heparin"]


def test_a_csv_file_of_one_sheet_comes_in(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(Refused):
        bring_in(sessions, b"x;y\n1;2\n", "vendors.csv")
    content = 'Vendor code;Name;Roles\n007;Biológica;"Manufacturer; distributor"\n'
    bring_in(sessions, content.encode("cp1252"), "vendors.csv")
    with reading(sessions) as session:
        vendor = session.scalars(select(Organisation)).one()
        assert (vendor.name, len(vendor.roles)) == ("Biológica", 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0old", "Save it as .xlsx"),
        (b"x" * (20 * 2**20 + 1), "more than 20 MB"),
        (b"a,b\n", "fit none of the sheets"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    sessions: sessionmaker[Session], content: bytes, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        preview_import(sessions, content, "file", today=TODAY)


def test_who_may_not_edit_may_not_import(sessions: sessionmaker[Session]) -> None:
    steps = apply_import(
        sessions, workbook(WHOLE), "book.xlsx", actor=actor_of(Role.AUDITOR), now=NOW
    )
    with pytest.raises(NotPermitted):
        next(steps)


def test_a_run_stays_as_it_was(sessions: sessionmaker[Session], installation: Installation) -> None:
    bring_in(sessions, workbook(WHOLE))
    for wrong in ("UPDATE import_run SET filename = 'x'", "DELETE FROM import_run"):
        with pytest.raises(IntegrityError), installation.engine.begin() as connection:
            connection.execute(text(wrong))


def test_a_preview_asks_as_often_for_many_rows_as_for_one(installation: Installation) -> None:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    counts = []
    for content in (large(100, 1), large(400, 300)):
        event.listen(installation.engine, "before_cursor_execute", note)
        preview_import(installation.sessions, content, "large.xlsx", today=TODAY)
        event.remove(installation.engine, "before_cursor_execute", note)
        counts.append(sum(statement.startswith("SELECT") for statement in asked))
        asked.clear()
    assert counts[0] == counts[1]
