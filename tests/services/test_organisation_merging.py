"""Two records become one without losing anything; clashes are named and choices are asked for."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import OrganisationRole
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import ChangedMeanwhile, Refused
from supplier_qc.domain.search import sought
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, Evidence, ManufacturerItem
from supplier_qc.queries.search import search
from supplier_qc.queries.vendors import VendorRow, get_vendor, list_items_of_vendor
from supplier_qc.services.installation import Installation
from supplier_qc.services.organisation_aliases import add_alias, remove_alias
from supplier_qc.services.organisation_merging import Merger, SiteChoice, merge_organisations
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_contact, make_evidence, make_item, make_site, make_vendor
from tests.identity_factories import make_pack

ANA = actor_of(Role.PROCUREMENT)


def vendor(sessions: sessionmaker[Session], number: int) -> VendorRow:
    with reading(sessions) as session:
        found = get_vendor(session, number)
    assert found is not None
    return found


def merge(sessions: sessionmaker[Session], merged: int, kept: int, **sites: SiteChoice) -> None:
    merger = Merger(
        merged,
        vendor(sessions, merged).version,
        kept,
        vendor(sessions, kept).version,
        {int(key.removeprefix("site_")): choice for key, choice in sites.items()},
    )
    merge_organisations(sessions, merger, reason="One company.", actor=ANA, now=NOW)


def test_all_that_one_holds_moves_to_the_other(installation: Installation) -> None:
    sessions = installation.sessions
    kept = make_vendor(sessions, name="Larkfen Haematics Ltd")
    merged = make_vendor(
        sessions, name="Larkfen Hematics", roles=frozenset({OrganisationRole.DISTRIBUTOR})
    )
    add_alias(sessions, merged, "LH Lysates", actor=ANA, now=NOW)
    site_id = make_site(sessions, merged, name="Marsh")
    evidence_id = make_evidence(sessions, installation.documents, merged)
    make_contact(sessions, merged)
    pack_id = make_pack(sessions, distributor_id=merged)
    merge(sessions, merged, kept)
    after, before = vendor(sessions, kept), vendor(sessions, merged)
    assert [site.id for site in after.sites] == [site_id]
    assert {alias.name for alias in after.aliases} == {"Larkfen Hematics", "LH Lysates"}
    assert OrganisationRole.DISTRIBUTOR in after.roles
    assert len(after.contacts) == 1
    assert (before.merged_into_id, before.retired_on) == (kept, TODAY)
    assert (before.sites, before.contacts, before.aliases) == ((), (), ())
    with reading(sessions) as session:
        assert session.get_one(Evidence, evidence_id).organisation_id == kept
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == AuditAction.ORGANISATION_MERGED)
        ).one()
    moved = {(one["table"], one["id"]) for one in entry.changes if one["change"] == "changed"}
    assert {("evidence", evidence_id), ("distributor_item", pack_id), ("site", site_id)} <= moved


def test_the_merged_name_finds_the_one_that_took_over(sessions: sessionmaker[Session]) -> None:
    kept = make_vendor(sessions, name="Quellmoor Zellkultur")
    merge(sessions, make_vendor(sessions, name="Zellwerk Moor"), kept)
    with reading(sessions) as session:
        (group,) = search(session, sought("zellwerk moor"))
    assert [(row.id, row.matched) for row in group.rows] == [(kept, "Zellwerk Moor")]


def test_sites_of_one_name_ask_for_a_choice(sessions: sessionmaker[Session]) -> None:
    kept, merged = make_vendor(sessions), make_vendor(sessions)
    make_site(sessions, kept, name="Plant A")
    make_site(sessions, merged, name="plant  a")
    with pytest.raises(Refused, match="choose whether it is the same site"):
        merge(sessions, merged, kept)
    assert vendor(sessions, merged).merged_into_id is None


def test_a_site_that_is_the_same_gives_its_items_away(sessions: sessionmaker[Session]) -> None:
    kept, merged = make_vendor(sessions), make_vendor(sessions)
    kept_site = make_site(sessions, kept, name="Plant A")
    site = make_site(sessions, merged, name="Plant A")
    item_id = make_item(sessions, site_id=site)
    merge(sessions, merged, kept, **{f"site_{site}": SiteChoice(is_same=True)})
    with reading(sessions) as session:
        assert session.get_one(ManufacturerItem, item_id).site_id == kept_site
        assert [row.id for row in list_items_of_vendor(session, kept)] == [item_id]
    (left,) = vendor(sessions, merged).sites
    assert left.retired_on == TODAY


def test_a_site_that_is_another_is_renamed(sessions: sessionmaker[Session]) -> None:
    kept, merged = make_vendor(sessions), make_vendor(sessions)
    make_site(sessions, kept, name="Plant A")
    site = make_site(sessions, merged, name="Plant A")
    for name, words in (("", "is missing"), ("PLANT A", "is taken")):
        with pytest.raises(Refused, match=words):
            merge(sessions, merged, kept, **{f"site_{site}": SiteChoice(False, name)})
    merge(sessions, merged, kept, **{f"site_{site}": SiteChoice(False, "Plant B")})
    assert [one.name for one in vendor(sessions, kept).sites] == ["Plant A", "Plant B"]


def test_every_clash_is_named_at_once(sessions: sessionmaker[Session]) -> None:
    kept, merged = make_vendor(sessions), make_vendor(sessions)
    choices: dict[str, Any] = {}
    for name in ("A", "B"):
        make_item(sessions, site_id=make_site(sessions, kept, name=name), catalogue_number="10-1")
        site = make_site(sessions, merged, name=name)
        make_item(sessions, site_id=site, catalogue_number="10-1")
        choices[f"site_{site}"] = SiteChoice(is_same=True)
    for seller in (kept, merged):
        make_pack(sessions, distributor_id=seller, sku="SKU-1")
    with pytest.raises(Refused) as refusal:
        merge(sessions, merged, kept, **choices)
    assert len(refusal.value.reasons) == 3
    assert "Both sell under the number SKU-1" in str(refusal.value)


def test_what_was_merged_is_not_merged_again(sessions: sessionmaker[Session]) -> None:
    kept, merged = make_vendor(sessions), make_vendor(sessions)
    merge(sessions, merged, kept)
    other = make_vendor(sessions)
    with pytest.raises(Refused, match="was merged already"):
        merge(sessions, merged, other)
    with pytest.raises(Refused, match="is retired"):
        merge(sessions, other, merged)
    with pytest.raises(Refused, match="into itself"):
        merge(sessions, kept, kept)


def test_a_merger_seen_on_older_records_is_refused(sessions: sessionmaker[Session]) -> None:
    kept, merged = make_vendor(sessions), make_vendor(sessions)
    merger = Merger(merged, 1, kept, 7, {})
    with pytest.raises(ChangedMeanwhile):
        merge_organisations(sessions, merger, reason="One.", actor=ANA, now=NOW)


def test_the_database_keeps_a_merged_record_retired(
    sessions: sessionmaker[Session], installation: Installation
) -> None:
    kept, merged = make_vendor(sessions), make_vendor(sessions)
    merge(sessions, merged, kept)
    for wrong in (
        "UPDATE organisation SET retired_on = NULL WHERE merged_into_id IS NOT NULL",
        f"UPDATE organisation SET merged_into_id = id WHERE id = {merged}",
        f"DELETE FROM organisation WHERE id = {merged}",
    ):
        with pytest.raises(IntegrityError), installation.engine.begin() as connection:
            connection.execute(text(wrong))


def test_another_name_is_given_once_and_taken_away_with_a_reason(
    sessions: sessionmaker[Session],
) -> None:
    number = make_vendor(sessions, name="Larkfen")
    alias_id = add_alias(sessions, number, " LH  Lysates ", actor=ANA, now=NOW)
    for taken in ("lh lysates", "LARKFEN"):
        with pytest.raises(Refused, match="known by this name already"):
            add_alias(sessions, number, taken, actor=ANA, now=NOW)
    with pytest.raises(Refused, match="is missing"):
        add_alias(sessions, number, " ", actor=ANA, now=NOW)
    with pytest.raises(Refused, match="Say why"):
        remove_alias(sessions, alias_id, reason="", actor=ANA, now=NOW)
    remove_alias(sessions, alias_id, reason="Typed wrong.", actor=ANA, now=NOW)
    with reading(sessions) as session:
        assert search(session, sought("lh lysates")) == []
