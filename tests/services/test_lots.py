"""Lots by hand and by import: whole or not at all, and judged by the version in force."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from supplier_qc.domain.lots import Disposition, ResultSource
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import ChangedMeanwhile, NotFound, NotPermitted, Refused
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, Lot
from supplier_qc.services.installation import Installation
from supplier_qc.services.lots import (
    LotDraft,
    ResultDraft,
    add_lot_result,
    add_lot_with_results,
    change_lot,
    judge_by_version_in_force,
    withdraw_lot_result,
)
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import LINES, make_item, make_specification
from tests.lot_factories import BEN, get_lot, make_lot, specified_item


def audit_entries(installation: Installation) -> int:
    with reading(installation.sessions) as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_a_lot_and_its_results_are_one_entry_of_the_audit_trail(
    installation: Installation,
) -> None:
    item_id = specified_item(installation.sessions)
    before = audit_entries(installation)
    lot = get_lot(installation.sessions, make_lot(installation.sessions, item_id))
    assert audit_entries(installation) == before + 1
    assert lot.disposition is Disposition.QUARANTINE
    assert [(one.attribute, one.comparator, one.value, one.unit) for one in lot.results] == [
        ("Endotoxin", "<", Decimal("0.05"), "EU/mL"),
        ("pH", None, Decimal("7.3"), None),
        ("Sterility", None, None, None),
    ]
    assert all(one.line_id is not None for one in lot.results)


def test_a_paper_with_decimal_commas_is_read_as_such(installation: Installation) -> None:
    item_id = make_item(installation.sessions)
    results = [ResultDraft("Protein", "1,234", "g/L", decimal_comma=True)]
    draft = LotDraft(item_id, "L1", TODAY)
    lot_id = add_lot_with_results(installation.sessions, draft, results, actor=BEN, now=NOW)
    result = get_lot(installation.sessions, lot_id).results[0]
    assert (result.literal, result.result, result.value) == ("1,234", "1.234", Decimal("1.234"))


def test_a_test_of_no_line_of_ours_is_kept_under_its_own_name(installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    lot_id = make_lot(installation.sessions, item_id, [("Appearance", "clear", None)])
    result = get_lot(installation.sessions, lot_id).results[0]
    assert (result.attribute, result.line_id) == ("Appearance", None)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"manufacturer_lot": " "}, "manufacturer's lot number"),
        ({"manufacturer_lot": "L" * 81}, "at most 80"),
        ({"expires_on": None}, "expiry or retest date"),
        ({"manufactured_on": TODAY, "expires_on": TODAY - timedelta(days=1)}, "before the manuf"),
        ({"manufactured_on": TODAY, "received_on": date(2020, 1, 1)}, "receipt lies before"),
    ],
)
def test_a_lot_that_cannot_be_is_not_saved(
    installation: Installation, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        make_lot(installation.sessions, **changes)
    with reading(installation.sessions) as session:
        assert session.scalar(select(func.count()).select_from(Lot)) == 0


def test_one_bad_result_keeps_the_whole_lot_out(installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    bad = [("Endotoxin", "0,05", "EU/mL"), ("pH", "", None)]
    with pytest.raises(Refused) as refusal:
        make_lot(installation.sessions, item_id, bad)
    assert [reason.partition(":")[0] for reason in refusal.value.reasons] == ["Endotoxin", "pH"]
    with reading(installation.sessions) as session:
        assert session.scalar(select(func.count()).select_from(Lot)) == 0


def test_the_same_lot_twice_is_refused(installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    make_lot(installation.sessions, item_id, manufacturer_lot="007", internal_number="R-1")
    with pytest.raises(Refused) as refusal:
        make_lot(installation.sessions, item_id, manufacturer_lot="007", internal_number="R-1")
    assert len(refusal.value.reasons) == 2


def test_a_lot_number_keeps_its_leading_zeros(installation: Installation) -> None:
    lot_id = make_lot(installation.sessions, manufacturer_lot="00070")
    assert get_lot(installation.sessions, lot_id).manufacturer_lot == "00070"


def test_the_same_number_of_another_item_is_another_lot(installation: Installation) -> None:
    first = make_lot(installation.sessions, manufacturer_lot="007")
    assert make_lot(installation.sessions, manufacturer_lot="007") != first


def test_a_result_cannot_claim_a_certificate_that_nobody_reviewed(
    installation: Installation,
) -> None:
    lot_id = make_lot(installation.sessions)
    draft = ResultDraft("pH", "7.2", source=ResultSource.CERTIFICATE)
    with pytest.raises(Refused, match="through the review"):
        add_lot_result(installation.sessions, lot_id, draft, actor=BEN, now=NOW)


def test_an_own_test_stands_beside_the_suppliers_value(installation: Installation) -> None:
    lot_id = make_lot(installation.sessions)
    draft = ResultDraft("ph", "7.25", source=ResultSource.OWN_TEST, tested_on=TODAY)
    add_lot_result(installation.sessions, lot_id, draft, actor=BEN, now=NOW)
    results = get_lot(installation.sessions, lot_id).results
    own = [one for one in results if one.source is ResultSource.OWN_TEST]
    assert [(one.attribute, one.result) for one in own] == [("pH", "7.25")]
    assert len(results) == 4


def test_a_test_in_the_future_is_not_recorded(installation: Installation) -> None:
    lot_id = make_lot(installation.sessions)
    draft = ResultDraft("pH", "7.2", tested_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="future"):
        add_lot_result(installation.sessions, lot_id, draft, actor=BEN, now=NOW)


def test_a_withdrawn_result_stays_readable_with_its_reason(installation: Installation) -> None:
    lot_id = make_lot(installation.sessions)
    result_id = get_lot(installation.sessions, lot_id).results[0].id
    withdraw_lot_result(
        installation.sessions, lot_id, result_id, reason="Typing error.", actor=BEN, now=NOW
    )
    result = get_lot(installation.sessions, lot_id).results[0]
    assert (result.withdrawn_at, result.withdrawn_by_id) == (NOW, BEN.person_id)
    assert result.withdrawal_reason == "Typing error."
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_lot_result(
            installation.sessions, lot_id, result_id, reason="Again.", actor=BEN, now=NOW
        )


def test_a_result_of_another_lot_is_not_withdrawn(installation: Installation) -> None:
    lot_id, other = make_lot(installation.sessions), make_lot(installation.sessions)
    foreign = get_lot(installation.sessions, other).results[0].id
    with pytest.raises(NotFound, match="Result"):
        withdraw_lot_result(installation.sessions, lot_id, foreign, reason="x", actor=BEN, now=NOW)


def test_a_corrected_lot_says_why_and_refuses_an_older_page(installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    lot_id = make_lot(installation.sessions, item_id)
    draft = LotDraft(item_id, "L2", TODAY, covariates={"donor_count": "120"})
    version = get_lot(installation.sessions, lot_id).version
    with pytest.raises(Refused, match="Say why"):
        change_lot(
            installation.sessions, lot_id, draft, version=version, reason="", actor=BEN, now=NOW
        )
    change_lot(
        installation.sessions, lot_id, draft, version=version, reason="Misread.", actor=BEN, now=NOW
    )
    lot = get_lot(installation.sessions, lot_id)
    assert (lot.manufacturer_lot, lot.covariates) == ("L2", {"donor_count": "120"})
    with pytest.raises(ChangedMeanwhile):
        change_lot(
            installation.sessions, lot_id, draft, version=version, reason="x", actor=BEN, now=NOW
        )


def test_a_lot_in_quarantine_can_be_judged_by_the_version_in_force(
    installation: Installation,
) -> None:
    item_id = make_item(installation.sessions)
    lot_id = make_lot(installation.sessions, item_id)
    lot = get_lot(installation.sessions, lot_id)
    assert lot.specification_id is None
    with pytest.raises(Refused, match="no approved specification"):
        judge_by_version_in_force(
            installation.sessions, lot_id, version=lot.version, reason="x", actor=BEN, now=NOW
        )
    specification_id = make_specification(installation.sessions, item_id, lines=LINES)
    judge_by_version_in_force(
        installation.sessions, lot_id, version=lot.version, reason="New.", actor=BEN, now=NOW
    )
    assert get_lot(installation.sessions, lot_id).specification_id == specification_id


@pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.CMC_WRITER, Role.AUDITOR])
def test_only_reviewers_record_lots(installation: Installation, role: Role) -> None:
    draft = LotDraft(make_item(installation.sessions), "L1", TODAY)
    with pytest.raises(NotPermitted):
        add_lot_with_results(installation.sessions, draft, actor=actor_of(role), now=NOW)
