"""In the review a person decides; the printed literals stay, and nobody overwrites another."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.certificates import ClaimState
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import ChangedMeanwhile, NotFound, NotPermitted, Refused
from supplier_qc.extraction.claims import HeaderField
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import CertificateField, CertificateRow, SpecificationLine
from supplier_qc.services.certificate_proposal import RowValues
from supplier_qc.services.certificate_review import (
    RowDecision,
    add_row,
    choose_item,
    decide_field,
    decide_row,
    reject_row,
)
from supplier_qc.services.installation import Installation
from tests.conftest import NOW, actor_of
from tests.factories import make_item, make_specification
from tests.lot_factories import (
    BEA,
    BEN,
    decide_everything,
    decision_of,
    document_reading,
    get_certificate,
    make_proposal,
    specified_item,
)


def row_of(sessions: sessionmaker[Session], certificate_id: int, name: str) -> CertificateRow:
    rows = get_certificate(sessions, certificate_id).rows
    return next(row for row in rows if row.name == name)


def field_of(
    sessions: sessionmaker[Session], certificate_id: int, field: HeaderField
) -> CertificateField:
    fields = get_certificate(sessions, certificate_id).fields
    return next(one for one in fields if one.field == field.value)


def line_id(sessions: sessionmaker[Session], attribute: str) -> int:
    with reading(sessions) as session:
        return session.scalars(
            select(SpecificationLine.id).where(SpecificationLine.attribute == attribute)
        ).one()


def decide(installation: Installation, certificate_id: int, test: str, /, **changes: Any) -> None:
    row = row_of(installation.sessions, certificate_id, test)
    decide_row(
        installation.sessions,
        certificate_id,
        row.id,
        decision_of(row, **changes),
        version=row.version,
        actor=BEN,
        now=NOW,
    )


@pytest.fixture
def certificate_id(installation: Installation) -> int:
    item_id = specified_item(installation.sessions)
    return make_proposal(installation, item_id=item_id)


def test_a_row_taken_as_read_is_confirmed(installation: Installation, certificate_id: int) -> None:
    decide(installation, certificate_id, "Endotoxin")
    row = row_of(installation.sessions, certificate_id, "Endotoxin")
    assert (row.state, row.decided_by_id) == (ClaimState.CONFIRMED, BEN.person_id)


@pytest.mark.parametrize(
    "changes", [{"result": "0.06"}, {"unit": "IU/mL"}, {"name": "Endotoxins"}, {"method": "LAL"}]
)
def test_a_changed_row_is_corrected_and_keeps_what_was_printed(
    installation: Installation, certificate_id: int, changes: dict[str, str]
) -> None:
    decide(installation, certificate_id, "Endotoxin", **changes)
    row = get_certificate(installation.sessions, certificate_id).rows[0]
    assert row.state is ClaimState.CORRECTED
    assert row.literals["result"]["literal"] == "< 0.05 EU/mL"


def test_a_correction_taken_back_is_a_confirmation_again(
    installation: Installation, certificate_id: int
) -> None:
    decide(installation, certificate_id, "Endotoxin", result="0.06")
    decide(installation, certificate_id, "Endotoxin", result="< 0.05")
    row = row_of(installation.sessions, certificate_id, "Endotoxin")
    assert row.state is ClaimState.CONFIRMED


def test_a_unit_typed_with_the_result_moves_beside_it(
    installation: Installation, certificate_id: int
) -> None:
    decide(installation, certificate_id, "Endotoxin", result="0.06 EU/mL", unit="")
    row = row_of(installation.sessions, certificate_id, "Endotoxin")
    assert (row.result, row.unit) == ("0.06", "EU/mL")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"result": ""}, "Type the result"),
        ({"result": "0,06"}, "comma"),
        ({"result": "1,234"}, "comma"),
        ({"result": "0.06 EU/mL", "unit": "IU/mL"}, "keep one"),
        ({"name": " "}, "name of its test"),
    ],
)
def test_a_decision_that_cannot_stand_leaves_the_row_open(
    installation: Installation, certificate_id: int, changes: dict[str, str], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        decide(installation, certificate_id, "Endotoxin", **changes)
    row = row_of(installation.sessions, certificate_id, "Endotoxin")
    assert row.state is ClaimState.PROPOSED


def test_a_refused_decision_names_all_its_reasons(
    installation: Installation, certificate_id: int
) -> None:
    with pytest.raises(Refused) as refusal:
        decide(installation, certificate_id, "Endotoxin", name="", result="")
    assert len(refusal.value.reasons) == 2


def test_two_reviewers_on_one_row_do_not_overwrite_each_other(
    installation: Installation, certificate_id: int
) -> None:
    seen = row_of(installation.sessions, certificate_id, "Endotoxin")
    decide(installation, certificate_id, "Endotoxin", result="0.06")
    with pytest.raises(ChangedMeanwhile):
        decide_row(
            installation.sessions,
            certificate_id,
            seen.id,
            decision_of(seen, result="0.07"),
            version=seen.version,
            actor=BEA,
            now=NOW,
        )
    assert row_of(installation.sessions, certificate_id, "Endotoxin").result == "0.06"


def test_two_reviewers_on_two_rows_do_not_disturb_each_other(
    installation: Installation, certificate_id: int
) -> None:
    endotoxin = row_of(installation.sessions, certificate_id, "Endotoxin")
    acidity = row_of(installation.sessions, certificate_id, "pH")
    for row, actor in ((endotoxin, BEN), (acidity, BEA)):
        decide_row(
            installation.sessions,
            certificate_id,
            row.id,
            decision_of(row),
            version=row.version,
            actor=actor,
            now=NOW,
        )
    people = {
        row.decided_by_id for row in get_certificate(installation.sessions, certificate_id).rows
    }
    assert people == {BEN.person_id, BEA.person_id, None}


def test_a_row_is_rejected_only_with_a_note(
    installation: Installation, certificate_id: int
) -> None:
    row = row_of(installation.sessions, certificate_id, "pH")
    with pytest.raises(Refused, match="Say why"):
        reject_row(
            installation.sessions,
            certificate_id,
            row.id,
            " ",
            version=row.version,
            actor=BEN,
            now=NOW,
        )
    reject_row(
        installation.sessions,
        certificate_id,
        row.id,
        "A footnote, no result.",
        version=row.version,
        actor=BEN,
        now=NOW,
    )
    rejected = row_of(installation.sessions, certificate_id, "pH")
    assert (rejected.state, rejected.line_id) == (ClaimState.REJECTED, None)
    assert rejected.literals["result"]["literal"] == "7.3"


def test_one_line_of_ours_is_answered_by_one_row(
    installation: Installation, certificate_id: int
) -> None:
    decide(installation, certificate_id, "Endotoxin")
    endotoxin = line_id(installation.sessions, "Endotoxin")
    row = row_of(installation.sessions, certificate_id, "pH")
    with pytest.raises(Refused, match=r"Row 1 .Endotoxin. answers Endotoxin already"):
        decide_row(
            installation.sessions,
            certificate_id,
            row.id,
            decision_of(row, endotoxin),
            version=row.version,
            actor=BEN,
            now=NOW,
        )


def test_a_line_of_another_items_specification_is_not_taken(
    installation: Installation, certificate_id: int
) -> None:
    foreign = make_specification(installation.sessions)
    with reading(installation.sessions) as session:
        other = session.scalars(
            select(SpecificationLine.id).where(SpecificationLine.specification_id == foreign)
        ).first()
    row = row_of(installation.sessions, certificate_id, "pH")
    with pytest.raises(Refused, match="not one of the specification"):
        decide_row(
            installation.sessions,
            certificate_id,
            row.id,
            decision_of(row, other),
            version=row.version,
            actor=BEN,
            now=NOW,
        )


def test_a_row_entered_by_hand_stands_behind_the_others(
    installation: Installation, certificate_id: int
) -> None:
    decision = RowDecision(RowValues("Osmolality", None, None, "290", "mOsm/kg", None), None)
    add_row(installation.sessions, certificate_id, decision, actor=BEN, now=NOW)
    row = get_certificate(installation.sessions, certificate_id).rows[-1]
    assert (row.position, row.state, row.literals) == (4, ClaimState.ENTERED, {})


@pytest.mark.parametrize(
    ("field", "value", "state", "kept"),
    [
        (HeaderField.LOT_NUMBER, "L240917", ClaimState.CONFIRMED, "L240917"),
        (HeaderField.LOT_NUMBER, "L24O917", ClaimState.CORRECTED, "L24O917"),
        (HeaderField.STORAGE, "-20 °C", ClaimState.ENTERED, "-20 °C"),
        (HeaderField.STORAGE, "", ClaimState.REJECTED, None),
        (HeaderField.EXPIRY_DATE, "16 Sep 2028", ClaimState.CONFIRMED, "2028-09-16"),
        (HeaderField.EXPIRY_DATE, "2028-10", ClaimState.CORRECTED, "2028-10-31"),
    ],
)
def test_a_header_field_is_confirmed_corrected_entered_or_stated_absent(
    installation: Installation,
    certificate_id: int,
    field: HeaderField,
    value: str,
    state: ClaimState,
    kept: str | None,
) -> None:
    record = field_of(installation.sessions, certificate_id, field)
    decide_field(
        installation.sessions,
        certificate_id,
        record.id,
        value,
        version=record.version,
        actor=BEN,
        now=NOW,
    )
    decided = field_of(installation.sessions, certificate_id, field)
    assert (decided.state, decided.value) == (state, kept)
    assert decided.literal == record.literal


@pytest.mark.parametrize("typed", ["03/04/2028", "soon", "2028-02-30"])
def test_a_date_that_is_not_one_day_is_asked_for_again(
    installation: Installation, certificate_id: int, typed: str
) -> None:
    record = field_of(installation.sessions, certificate_id, HeaderField.EXPIRY_DATE)
    with pytest.raises(Refused, match="not one day"):
        decide_field(
            installation.sessions,
            certificate_id,
            record.id,
            typed,
            version=record.version,
            actor=BEN,
            now=NOW,
        )


def test_another_item_matches_the_rows_anew_and_asks_for_them_again(
    installation: Installation, certificate_id: int
) -> None:
    decide_everything(installation.sessions, certificate_id)
    bare_item = make_item(installation.sessions)
    version = get_certificate(installation.sessions, certificate_id).version
    choose_item(
        installation.sessions, certificate_id, bare_item, version=version, actor=BEN, now=NOW
    )
    certificate = get_certificate(installation.sessions, certificate_id)
    assert (certificate.item_id, certificate.specification_id) == (bare_item, None)
    assert {row.state for row in certificate.rows} == {ClaimState.PROPOSED}
    assert {row.line_id for row in certificate.rows} == {None}


def test_an_unknown_item_is_named(installation: Installation, certificate_id: int) -> None:
    version = get_certificate(installation.sessions, certificate_id).version
    with pytest.raises(NotFound, match="Item 99"):
        choose_item(installation.sessions, certificate_id, 99, version=version, actor=BEN, now=NOW)


def test_a_row_of_another_certificate_is_not_reached(
    installation: Installation, certificate_id: int
) -> None:
    other = make_proposal(installation, document_reading())
    row = row_of(installation.sessions, other, "pH")
    with pytest.raises(NotFound, match=f"Row {row.id}"):
        reject_row(
            installation.sessions, certificate_id, row.id, "No.", version=1, actor=BEN, now=NOW
        )


@pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.CMC_WRITER, Role.AUDITOR])
def test_only_reviewers_decide(installation: Installation, certificate_id: int, role: Role) -> None:
    row = row_of(installation.sessions, certificate_id, "pH")
    with pytest.raises(NotPermitted):
        decide_row(
            installation.sessions,
            certificate_id,
            row.id,
            decision_of(row),
            version=row.version,
            actor=actor_of(role),
            now=NOW,
        )
