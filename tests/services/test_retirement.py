"""What is no longer used is kept, and refused while something still rests on it."""

from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import ChangedMeanwhile, Refused
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import ManufacturerItem, Organisation, Site
from supplier_qc.queries.vendors import VendorFilter, list_manufacturing_sites, list_vendors
from supplier_qc.services.retirement import (
    reinstate_item,
    reinstate_organisation,
    reinstate_site,
    retire_item,
    retire_organisation,
    retire_site,
)
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_item, make_qualification, make_site, make_vendor
from tests.identity_factories import make_distributor, make_pack

WHO: dict[str, Any] = {
    "reason": "No longer bought.",
    "actor": actor_of(Role.PROCUREMENT),
    "now": NOW,
}


def test_retiring_goes_from_the_item_to_the_vendor_and_back(
    sessions: sessionmaker[Session],
) -> None:
    vendor_id = make_vendor(sessions)
    site_id = make_site(sessions, vendor_id)
    item_id = make_item(sessions, site_id=site_id, name="Medium 5")
    with pytest.raises(Refused, match="Medium 5"):
        retire_organisation(sessions, vendor_id, version=1, **WHO)
    with pytest.raises(Refused, match="Medium 5"):
        retire_site(sessions, site_id, version=1, **WHO)
    retire_item(sessions, item_id, version=1, **WHO)
    retire_site(sessions, site_id, version=1, **WHO)
    retire_organisation(sessions, vendor_id, version=1, **WHO)
    with reading(sessions) as session:
        assert session.get_one(Organisation, vendor_id).retired_on == TODAY
        assert list_manufacturing_sites(session) == []
        assert list_vendors(session, VendorFilter(), TODAY).total == 0
        assert list_vendors(session, VendorFilter(with_retired=True), TODAY).total == 1
    with pytest.raises(Refused, match="is retired; bring it back first"):
        reinstate_site(sessions, site_id, version=2, **WHO)
    with pytest.raises(Refused, match="is retired; bring it back first"):
        reinstate_item(sessions, item_id, version=2, **WHO)
    reinstate_organisation(sessions, vendor_id, version=2, **WHO)
    reinstate_site(sessions, site_id, version=2, **WHO)
    reinstate_item(sessions, item_id, version=2, **WHO)
    with reading(sessions) as session:
        assert session.get_one(Site, site_id).retired_on is None
        assert session.get_one(ManufacturerItem, item_id).retired_on is None


def test_an_item_that_is_approved_for_a_use_is_not_retired(
    sessions: sessionmaker[Session],
) -> None:
    item_id = make_item(sessions)
    make_qualification(sessions, item_id)
    with pytest.raises(Refused, match="approved for phase 1/2"):
        retire_item(sessions, item_id, version=1, **WHO)


def test_a_distributor_whose_numbers_are_bought_is_not_retired(
    sessions: sessionmaker[Session],
) -> None:
    seller = make_distributor(sessions)
    make_pack(sessions, distributor_id=seller)
    with pytest.raises(Refused, match="1 of its numbers is still bought"):
        retire_organisation(sessions, seller, version=1, **WHO)


def test_an_older_version_is_refused(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(ChangedMeanwhile):
        retire_item(sessions, make_item(sessions), version=7, **WHO)
