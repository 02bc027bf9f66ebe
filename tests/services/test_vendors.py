"""Vendors, their sites and contacts: what is kept, what is refused, and what the trail says."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import ContactFunction, OrganisationRole
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import ChangedMeanwhile, NotFound, Refused
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, Organisation, Site
from supplier_qc.services.vendors import (
    ContactDraft,
    OrganisationDraft,
    SiteDraft,
    VendorNameTaken,
    add_contact,
    add_organisation,
    add_site,
    change_contact,
    change_organisation,
    change_site,
)
from tests.conftest import NOW, actor_of
from tests.factories import make_contact, make_item, make_site, make_vendor

ANA = actor_of(Role.PROCUREMENT)
MAKER = frozenset({OrganisationRole.MANUFACTURER})
BIRCH = OrganisationDraft("Birch Biologics", MAKER, "https://birch.example", "Met in 2025.")


def last_entry(sessions: sessionmaker[Session]) -> AuditEntry:
    with reading(sessions) as session:
        return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()


def vendor(sessions: sessionmaker[Session], number: int) -> Organisation:
    with reading(sessions) as session:
        found = session.get_one(Organisation, number)
        found.roles  # noqa: B018 -- loaded before the session closes
        return found


def test_a_vendor_is_kept_with_its_roles_and_an_entry(sessions: sessionmaker[Session]) -> None:
    both = frozenset({OrganisationRole.MANUFACTURER, OrganisationRole.DISTRIBUTOR})
    number = add_organisation(sessions, replace(BIRCH, roles=both), actor=ANA, now=NOW)
    found = vendor(sessions, number)
    assert (found.name, frozenset(held.role for held in found.roles)) == (
        "Birch Biologics",
        both,
    )
    entry = last_entry(sessions)
    assert (entry.action, entry.subject_type, entry.subject_id, entry.subject_label) == (
        AuditAction.ORGANISATION_ADDED,
        "organisation",
        number,
        "Birch Biologics",
    )


@pytest.mark.parametrize(
    "name", ["Birch Biologics", "BIRCH BIOLOGICS", "  birch   biologics ", "Birch\tBiologics"]
)
def test_a_name_that_differs_in_case_and_spaces_alone_is_the_same(
    sessions: sessionmaker[Session], name: str
) -> None:
    first = add_organisation(sessions, BIRCH, actor=ANA, now=NOW)
    with pytest.raises(VendorNameTaken) as refusal:
        add_organisation(sessions, replace(BIRCH, name=name), actor=ANA, now=NOW)
    assert refusal.value.vendor_id == first


def test_a_refusal_names_all_that_is_wrong_with_a_vendor(sessions: sessionmaker[Session]) -> None:
    draft = OrganisationDraft(" ", frozenset(), "birch.example", "x" * 10_001)
    with pytest.raises(Refused) as refusal:
        add_organisation(sessions, draft, actor=ANA, now=NOW)
    assert len(refusal.value.reasons) == 4


def test_a_change_needs_the_version_that_stands(sessions: sessionmaker[Session]) -> None:
    number = add_organisation(sessions, BIRCH, actor=ANA, now=NOW)
    renamed = replace(BIRCH, name="Birch Bio", roles=frozenset({OrganisationRole.DISTRIBUTOR}))
    change_organisation(
        sessions, number, renamed, version=1, reason="It was sold.", actor=ANA, now=NOW
    )
    assert vendor(sessions, number).name == "Birch Bio"
    entry = last_entry(sessions)
    assert entry.reason == "It was sold."
    assert {(one["table"], one["change"]) for one in entry.changes} == {
        ("organisation", "changed"),
        ("organisation_role", "added"),
        ("organisation_role", "removed"),
    }
    with pytest.raises(ChangedMeanwhile):
        change_organisation(
            sessions, number, BIRCH, version=1, reason="Too late.", actor=ANA, now=NOW
        )


def test_a_change_of_roles_alone_counts_the_record_on(sessions: sessionmaker[Session]) -> None:
    number = add_organisation(sessions, BIRCH, actor=ANA, now=NOW)
    more = replace(BIRCH, roles=frozenset(OrganisationRole))
    change_organisation(sessions, number, more, version=1, reason="Also sells.", actor=ANA, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        change_organisation(sessions, number, BIRCH, version=1, reason="Late.", actor=ANA, now=NOW)


def test_a_maker_of_items_stays_a_maker(sessions: sessionmaker[Session]) -> None:
    number = add_organisation(sessions, BIRCH, actor=ANA, now=NOW)
    make_item(sessions, site_id=make_site(sessions, number))
    draft = replace(BIRCH, roles=frozenset({OrganisationRole.DISTRIBUTOR}))
    with pytest.raises(Refused, match="1 item is made at its sites"):
        change_organisation(sessions, number, draft, version=1, reason="No.", actor=ANA, now=NOW)


def test_a_change_without_reason_is_refused(sessions: sessionmaker[Session]) -> None:
    number = make_vendor(sessions)
    with pytest.raises(Refused, match="Say why"):
        change_organisation(sessions, number, BIRCH, version=1, reason=" ", actor=ANA, now=NOW)


def test_a_vendor_keeps_its_own_name_when_the_rest_changes(
    sessions: sessionmaker[Session],
) -> None:
    number = add_organisation(sessions, BIRCH, actor=ANA, now=NOW)
    draft = replace(BIRCH, note=None)
    change_organisation(sessions, number, draft, version=1, reason="Note.", actor=ANA, now=NOW)
    assert vendor(sessions, number).note is None


def test_a_site_stands_in_a_country_of_the_list(sessions: sessionmaker[Session]) -> None:
    number = make_vendor(sessions)
    with pytest.raises(Refused, match="“XX” is not a country"):
        add_site(sessions, number, SiteDraft("Plant", "1 Mill Lane", "xx"), actor=ANA, now=NOW)
    site_id = add_site(
        sessions, number, SiteDraft("Plant", "1 Mill Lane", "ax"), actor=ANA, now=NOW
    )
    with reading(sessions) as session:
        assert session.get_one(Site, site_id).country == "AX"


def test_a_vendor_has_one_site_of_a_name_and_another_vendor_may_have_it_too(
    sessions: sessionmaker[Session],
) -> None:
    first, second = make_vendor(sessions), make_vendor(sessions)
    make_site(sessions, first, name="North plant")
    make_site(sessions, second, name="North plant")
    with pytest.raises(Refused, match="has a site called North plant already"):
        make_site(sessions, first, name="north  Plant")


def test_a_site_is_changed_with_reason_and_version(sessions: sessionmaker[Session]) -> None:
    site_id = make_site(sessions, name="North plant")
    draft = SiteDraft("North plant", "2 Mill Lane", "FR")
    change_site(sessions, site_id, draft, version=1, reason="It moved.", actor=ANA, now=NOW)
    assert last_entry(sessions).changes == [
        {
            "table": "site",
            "id": site_id,
            "change": "changed",
            "columns": {"address": ["1 Mill Lane", "2 Mill Lane"], "country": ["DE", "FR"]},
        }
    ]
    with pytest.raises(ChangedMeanwhile):
        change_site(sessions, site_id, draft, version=1, reason="Again.", actor=ANA, now=NOW)


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (ContactDraft("", ContactFunction.QUALITY, "a@b.example"), "The name is missing"),
        (ContactDraft("Robin", ContactFunction.QUALITY, "nobody"), "has no @"),
        (ContactDraft("Robin", ContactFunction.QUALITY), "a mail address or a phone number"),
        (ContactDraft("Robin", ContactFunction.QUALITY, None, "1" * 61), "61 characters"),
    ],
)
def test_a_contact_can_be_reached(
    sessions: sessionmaker[Session], draft: ContactDraft, reason: str
) -> None:
    number = make_vendor(sessions)
    with pytest.raises(Refused, match=reason):
        add_contact(sessions, number, draft, actor=ANA, now=NOW)


def test_a_contact_is_changed_with_its_reason(sessions: sessionmaker[Session]) -> None:
    number = make_contact(sessions, make_vendor(sessions))
    draft = ContactDraft("Sam Weir", ContactFunction.CHANGE_NOTICES, None, "+49 30 0000")
    change_contact(sessions, number, draft, version=1, reason="New person.", actor=ANA, now=NOW)
    assert last_entry(sessions).action is AuditAction.CONTACT_CHANGED


def test_a_vendor_that_is_not_there_is_named(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(NotFound, match="Vendor 99 does not exist"):
        make_site(sessions, 99)
