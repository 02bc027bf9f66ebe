"""Pages of lists ask the database a constant number of questions, however long they are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.distributor_items import list_of_item
from supplier_qc.queries.evidence import list_evidence_of_vendor
from supplier_qc.queries.item_identity import identities
from supplier_qc.queries.items import list_entries_about_item
from supplier_qc.queries.material_costs import material_costs
from supplier_qc.queries.materials import MaterialFilter, list_materials, list_sources
from supplier_qc.queries.qualifications import list_qualifications
from supplier_qc.queries.specifications import list_versions
from supplier_qc.queries.vendors import VendorFilter, get_vendor, list_items_of_vendor, list_vendors
from supplier_qc.services.installation import Installation
from tests.conftest import TODAY
from tests.factories import (
    make_contact,
    make_evidence,
    make_item,
    make_material,
    make_qualification,
    make_site,
    make_specification,
    make_vendor,
)
from tests.identity_factories import make_pack, make_use


@contextmanager
def counted(installation: Installation) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(installation.engine, "before_cursor_execute", note)
    yield statements
    event.remove(installation.engine, "before_cursor_execute", note)


def count(installation: Installation, ask: Callable[[Session], object]) -> int:
    with counted(installation) as statements, reading(installation.sessions) as session:
        ask(session)
    return len(statements)


def add_source(installation: Installation, vendor_id: int, material_id: int) -> int:
    sessions = installation.sessions
    item_id = make_item(sessions, material_id=material_id, site_id=make_site(sessions, vendor_id))
    make_qualification(sessions, item_id)
    make_specification(sessions, item_id)
    make_evidence(sessions, installation.documents, vendor_id, item_id=item_id)
    make_contact(sessions, vendor_id)
    make_pack(sessions, item_id, distributor_id=vendor_id)
    make_use(sessions, material_id, process_step=f"Passage {item_id}")
    return item_id


def test_lists_ask_as_often_for_five_rows_as_for_one(installation: Installation) -> None:
    vendor_id = make_vendor(installation.sessions)
    material_id = make_material(installation.sessions)
    item_id = add_source(installation, vendor_id, material_id)
    asks: dict[str, Callable[[Session], object]] = {
        "vendors": lambda session: list_vendors(session, VendorFilter(), TODAY),
        "materials": lambda session: list_materials(session, MaterialFilter(), TODAY),
        "vendor": lambda session: get_vendor(session, vendor_id),
        "items": lambda session: list_items_of_vendor(session, vendor_id),
        "evidence": lambda session: list_evidence_of_vendor(session, vendor_id, TODAY),
        "sources": lambda session: list_sources(session, material_id, TODAY),
        "qualifications": lambda session: list_qualifications(session, [item_id], TODAY),
        "versions": lambda session: list_versions(session, item_id),
        "identity": lambda session: identities(session, [item_id], TODAY),
        "packs": lambda session: list_of_item(session, item_id),
        "costs": lambda session: material_costs(session, material_id),
        "entries": lambda session: list_entries_about_item(session, item_id),
    }
    before = {name: count(installation, ask) for name, ask in asks.items()}
    for _ in range(4):
        add_source(installation, vendor_id, material_id)
        add_source(
            installation, make_vendor(installation.sessions), make_material(installation.sessions)
        )
    assert {name: count(installation, ask) for name, ask in asks.items()} == before
    assert max(before.values()) <= 7


def test_a_list_is_cut_into_pages_and_a_page_beyond_the_end_is_the_last(
    installation: Installation,
) -> None:
    for _ in range(51):
        make_vendor(installation.sessions)
    with reading(installation.sessions) as session:
        first = list_vendors(session, VendorFilter(), TODAY)
        last = list_vendors(session, VendorFilter(), TODAY, page=99)
    assert (len(first.rows), first.total, first.pages) == (50, 51, 2)
    assert (len(last.rows), last.page) == (1, 2)
