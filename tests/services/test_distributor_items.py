"""A distributor's number for a pack: price with its currency and day, kept when retired."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import OrganisationRole
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import ChangedMeanwhile, Refused
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, DistributorItem
from supplier_qc.queries.distributor_items import DistributorItemRow, get_distributor_item
from supplier_qc.services.distributor_items import DistributorItemDraft, change_distributor_item
from supplier_qc.services.installation import Installation
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_vendor
from tests.identity_factories import make_distributor, make_pack


def pack(sessions: sessionmaker[Session], number: int) -> DistributorItemRow:
    with reading(sessions) as session:
        found = get_distributor_item(session, number)
    assert found is not None
    return found


def changed(
    sessions: sessionmaker[Session], number: int, *, is_retired: bool = False, **changes: Any
) -> None:
    row = pack(sessions, number)
    draft: dict[str, Any] = {
        "distributor_id": row.distributor_id,
        "sku": row.sku,
        "pack_quantity": row.pack_quantity,
        "pack_unit": row.pack_unit,
    }
    change_distributor_item(
        sessions,
        number,
        DistributorItemDraft(**(draft | changes)),
        is_retired=is_retired,
        version=changes.get("version", row.version),
        reason="New quotation.",
        actor=actor_of(Role.PROCUREMENT),
        now=NOW,
    )


def test_a_number_keeps_its_zeros_and_its_price_to_the_cent(
    sessions: sessionmaker[Session],
) -> None:
    number = make_pack(sessions, sku=" 00410-500 ", price=Decimal("1240.50"), currency="SEK")
    row = pack(sessions, number)
    assert row.sku == "00410-500"
    assert row.pack.price is not None
    assert row.pack.price.words == "1240.50 SEK"
    with reading(sessions) as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == AuditAction.SKU_ADDED)
        ).one()
    assert entry.subject_id == number
    assert entry.changes[0]["columns"]["price"] == [None, "1240.50"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sku": "  "}, "number is missing"),
        ({"sku": "x" * 61}, "at most 60"),
        ({"pack_quantity": Decimal(0)}, "more than nothing"),
        ({"pack_quantity": Decimal(-1)}, "more than nothing"),
        ({"pack_unit": ""}, "unit is missing"),
        ({"price": None}, "all three or none"),
        ({"currency": None}, "all three or none"),
        ({"priced_on": None}, "all three or none"),
        ({"price": Decimal(-1)}, "The price is between"),
        ({"currency": "EURO"}, "not a currency"),
        ({"currency": "XYZ"}, "not a currency"),
        ({"priced_on": TODAY + timedelta(days=1)}, "still to come"),
        ({"lead_time_days": -1}, "lead time is between"),
        ({"lead_time_days": 4000}, "lead time is between"),
        ({"distributor_id": 999}, "Choose who sells it"),
    ],
)
def test_a_wrong_pack_is_refused_with_its_reason(
    sessions: sessionmaker[Session], changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        make_pack(sessions, **changes)
    with reading(sessions) as session:
        assert session.scalars(select(DistributorItem)).all() == []


def test_a_refusal_names_all_reasons_at_once(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(Refused) as refusal:
        make_pack(sessions, sku="", pack_unit="", pack_quantity=Decimal(0), currency="QQQ")
    assert len(refusal.value.reasons) == 4


def test_who_sells_nothing_is_refused(sessions: sessionmaker[Session]) -> None:
    laboratory = make_vendor(
        sessions, roles=frozenset({OrganisationRole.CONTRACT_LABORATORY}), name="Assay House"
    )
    with pytest.raises(Refused, match="Assay House sells nothing"):
        make_pack(sessions, distributor_id=laboratory)


def test_a_number_stands_once_at_a_distributor_and_may_stand_at_another(
    sessions: sessionmaker[Session],
) -> None:
    seller = make_distributor(sessions)
    make_pack(sessions, distributor_id=seller, sku="AB 1")
    make_pack(sessions, sku="AB 1")
    with pytest.raises(Refused, match="AB 1 is Platelet lysate, 500 mL already"):
        make_pack(sessions, distributor_id=seller, sku="ab  1")


def test_a_retired_number_is_kept_and_never_deleted(
    sessions: sessionmaker[Session], installation: Installation
) -> None:
    number = make_pack(sessions)
    changed(sessions, number, is_retired=True)
    assert pack(sessions, number).retired_on == TODAY
    with pytest.raises(IntegrityError, match="never deleted"), installation.engine.begin() as one:
        one.execute(text("DELETE FROM distributor_item"))
    changed(sessions, number)
    assert pack(sessions, number).retired_on is None


def test_a_change_made_looking_at_an_older_version_is_refused(
    sessions: sessionmaker[Session],
) -> None:
    number = make_pack(sessions)
    row = pack(sessions, number)
    changed(sessions, number, lead_time_days=5)
    draft = DistributorItemDraft(row.distributor_id, row.sku, row.pack_quantity, row.pack_unit)
    with pytest.raises(ChangedMeanwhile):
        change_distributor_item(
            sessions,
            number,
            draft,
            is_retired=False,
            version=row.version,
            reason="Mine.",
            actor=actor_of(Role.PROCUREMENT),
            now=NOW,
        )


def test_the_database_refuses_a_price_without_currency(
    sessions: sessionmaker[Session], installation: Installation
) -> None:
    make_pack(sessions)
    with pytest.raises(IntegrityError), installation.engine.begin() as connection:
        connection.execute(text("UPDATE distributor_item SET currency = NULL"))
