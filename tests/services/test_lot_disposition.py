"""A lot is released only whole, by another person, and a later change shows on the signature."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from supplier_qc.domain.lots import Disposition, ResultSource
from supplier_qc.domain.people import Actor, Permission, Role
from supplier_qc.domain.refusals import (
    ChangedMeanwhile,
    NotPermitted,
    Refused,
    WrongPassword,
)
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.extraction.claims import HeaderField
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import Signature
from supplier_qc.queries.lot_review import LotReview, get_lot_review
from supplier_qc.services.installation import Installation
from supplier_qc.services.lot_disposition import (
    reject_lot,
    release_lot,
    return_lot_to_quarantine,
)
from supplier_qc.services.lots import ResultDraft, add_lot_result, withdraw_lot_result
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import LINES, make_item
from tests.lot_factories import (
    BEA,
    BEN,
    document_reading,
    get_lot,
    make_confirmed_lot,
    make_lot,
    make_proposal,
    specified_item,
)
from tests.people import PASSWORD

Sign = Callable[..., None]


def sign_with(
    sign: Sign, installation: Installation, lot_id: int, *, actor: Actor = BEA, **changes: Any
) -> None:
    values: dict[str, Any] = {
        "version": get_lot(installation.sessions, lot_id).version,
        "reason": "Complete and in order.",
        "password": PASSWORD,
    }
    sign(installation.sessions, lot_id, actor=actor, now=NOW, **(values | changes))


def refusal(installation: Installation, lot_id: int, actor: Actor = BEA) -> str:
    with pytest.raises(Refused) as refused:
        sign_with(release_lot, installation, lot_id, actor=actor)
    assert get_lot(installation.sessions, lot_id).disposition is Disposition.QUARANTINE
    assert signatures(installation) == []
    return " | ".join(refused.value.reasons)


def signatures(installation: Installation) -> list[Signature]:
    with reading(installation.sessions) as session:
        return list(
            session.scalars(
                select(Signature).where(Signature.subject_type == "lot").order_by(Signature.id)
            )
        )


def review(installation: Installation, lot_id: int) -> LotReview:
    with reading(installation.sessions) as session:
        found = get_lot_review(session, lot_id)
    assert found is not None
    return found


def fits(installation: Installation, lot_id: int) -> list[bool]:
    """Whether each signature still stands for the lot as it is."""
    present = review(installation, lot_id).signed_record.fingerprint
    return [signature.fingerprint == present for signature in signatures(installation)]


def test_a_lot_that_passes_is_released_with_a_signature(installation: Installation) -> None:
    lot_id = make_confirmed_lot(installation)
    version = get_lot(installation.sessions, lot_id).version
    sign_with(release_lot, installation, lot_id)
    assert get_lot(installation.sessions, lot_id).disposition is Disposition.RELEASED
    (signature,) = signatures(installation)
    assert signature.meaning is SignatureMeaning.RELEASED
    assert (signature.printed_name, signature.signed_at) == (BEA.full_name, NOW)
    assert signature.subject_version == version
    assert fits(installation, lot_id) == [True]


def test_every_blocker_is_named_at_once(installation: Installation) -> None:
    lot_id = make_lot(
        installation.sessions,
        results=[("Endotoxin", "0.9", "EU/mL"), ("pH", "7.3 to 7.9", None)],
        expires_on=TODAY - timedelta(days=1),
        manufactured_on=None,
    )
    named = refusal(installation, lot_id)
    for words in (
        "Endotoxin: fails our limit.",
        "pH: could not be judged.",
        "Sterility: no result.",
        "expired",
    ):
        assert words in named


def test_a_result_that_proves_nothing_blocks_until_another_one_settles_it(
    installation: Installation,
) -> None:
    results = [("Endotoxin", "< 5", "EU/mL"), ("pH", "7.3", None), ("Sterility", "No growth", None)]
    lot_id = make_lot(installation.sessions, results=results)
    assert "Endotoxin: could not be judged." in refusal(installation, lot_id)
    own = ResultDraft("Endotoxin", "0.1", "EU/mL", source=ResultSource.OWN_TEST)
    add_lot_result(installation.sessions, lot_id, own, actor=BEN, now=NOW)
    sign_with(release_lot, installation, lot_id)
    assert get_lot(installation.sessions, lot_id).disposition is Disposition.RELEASED


def test_an_own_test_that_fails_is_not_outvoted_by_the_supplier(
    installation: Installation,
) -> None:
    lot_id = make_confirmed_lot(installation)
    own = ResultDraft("Endotoxin", "0.9", "EU/mL", source=ResultSource.OWN_TEST)
    result_id = add_lot_result(installation.sessions, lot_id, own, actor=BEN, now=NOW)
    assert "Endotoxin: fails our limit." in refusal(installation, lot_id)
    withdraw_lot_result(
        installation.sessions, lot_id, result_id, reason="Wrong sample.", actor=BEN, now=NOW
    )
    sign_with(release_lot, installation, lot_id)


def test_an_identity_test_has_to_be_our_own(installation: Installation) -> None:
    lines = (replace(LINES[0], is_identity_test=True), *LINES[1:])
    item_id = specified_item(installation.sessions, lines=lines)
    lot_id = make_confirmed_lot(installation, item_id=item_id)
    assert "no identity test of our own" in refusal(installation, lot_id)
    own = ResultDraft("Endotoxin", "0.1", "EU/mL", source=ResultSource.OWN_TEST)
    add_lot_result(installation.sessions, lot_id, own, actor=BEN, now=NOW)
    sign_with(release_lot, installation, lot_id)


def test_a_lot_without_our_specification_is_not_released(installation: Installation) -> None:
    lot_id = make_lot(installation.sessions, make_item(installation.sessions))
    assert "no approved specification" in refusal(installation, lot_id)


def test_a_certificate_of_the_lot_still_under_review_blocks(installation: Installation) -> None:
    item_id = specified_item(installation.sessions)
    lot_id = make_confirmed_lot(installation, item_id=item_id)
    make_proposal(
        installation,
        document_reading(header={HeaderField.LOT_NUMBER: "L24-0917"}),
        item_id=item_id,
    )
    assert "1 certificate of this lot is still under review." in refusal(installation, lot_id)


def test_who_confirmed_the_certificate_does_not_release_the_lot(
    installation: Installation,
) -> None:
    lot_id = make_confirmed_lot(installation, actor=BEA)
    assert "another person has to release it" in refusal(installation, lot_id)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.QA_APPROVER])
def test_only_who_may_dispose_of_lots_signs(installation: Installation, role: Role) -> None:
    actor = actor_of(role)
    assert not actor.may(Permission.DISPOSE_LOT)
    lot_id = make_confirmed_lot(installation)
    with pytest.raises(NotPermitted):
        sign_with(release_lot, installation, lot_id, actor=actor)


def test_a_wrong_password_signs_nothing(installation: Installation) -> None:
    lot_id = make_confirmed_lot(installation)
    with pytest.raises(WrongPassword):
        sign_with(release_lot, installation, lot_id, password="not the password")
    assert signatures(installation) == []
    assert get_lot(installation.sessions, lot_id).disposition is Disposition.QUARANTINE


def test_a_signature_states_its_reason(installation: Installation) -> None:
    lot_id = make_confirmed_lot(installation)
    with pytest.raises(Refused, match="Say why"):
        sign_with(release_lot, installation, lot_id, reason="  ")


def test_the_lot_as_it_was_seen_is_what_is_signed(installation: Installation) -> None:
    lot_id = make_confirmed_lot(installation)
    version = get_lot(installation.sessions, lot_id).version
    with pytest.raises(ChangedMeanwhile):
        sign_with(release_lot, installation, lot_id, version=version - 1)


def test_a_result_that_came_after_the_page_was_opened_stops_the_signature(
    installation: Installation,
) -> None:
    lot_id = make_confirmed_lot(installation)
    seen = get_lot(installation.sessions, lot_id).version
    own = ResultDraft("Endotoxin", "0.1", "EU/mL", source=ResultSource.OWN_TEST)
    add_lot_result(installation.sessions, lot_id, own, actor=BEN, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        sign_with(release_lot, installation, lot_id, version=seen)


@pytest.mark.parametrize("change", ["result added", "result withdrawn"])
def test_a_later_change_of_the_results_voids_the_signature_visibly(
    installation: Installation, change: str
) -> None:
    lot_id = make_confirmed_lot(installation)
    sign_with(release_lot, installation, lot_id)
    if change == "result added":
        own = ResultDraft("Endotoxin", "0.2", "EU/mL", source=ResultSource.OWN_TEST)
        add_lot_result(installation.sessions, lot_id, own, actor=BEN, now=NOW)
    else:
        result_id = get_lot(installation.sessions, lot_id).results[0].id
        withdraw_lot_result(
            installation.sessions, lot_id, result_id, reason="Wrong.", actor=BEN, now=NOW
        )
    assert fits(installation, lot_id) == [False]


def test_a_release_can_be_taken_back_and_given_again(installation: Installation) -> None:
    lot_id = make_confirmed_lot(installation)
    sign_with(release_lot, installation, lot_id)
    sign_with(return_lot_to_quarantine, installation, lot_id)
    assert get_lot(installation.sessions, lot_id).disposition is Disposition.QUARANTINE
    sign_with(release_lot, installation, lot_id)
    assert [one.meaning for one in signatures(installation)] == [
        SignatureMeaning.RELEASED,
        SignatureMeaning.QUARANTINED,
        SignatureMeaning.RELEASED,
    ]


def test_a_rejected_lot_stays_rejected(installation: Installation) -> None:
    lot_id = make_lot(installation.sessions, results=[])
    sign_with(reject_lot, installation, lot_id)
    assert get_lot(installation.sessions, lot_id).disposition is Disposition.REJECTED
    with pytest.raises(Refused, match="A lot that is rejected cannot be put back"):
        sign_with(return_lot_to_quarantine, installation, lot_id)
