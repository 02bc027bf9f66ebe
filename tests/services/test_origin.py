"""Origin facts and signed assessments: what is kept, what is refused, what becomes outdated."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.origin.facts import OriginFactsRefused
from supplier_qc.domain.origin.vocabulary import Authority
from supplier_qc.domain.people import Actor, Role
from supplier_qc.domain.refusals import (
    ChangedMeanwhile,
    NotFound,
    NotPermitted,
    Refused,
    WrongPassword,
)
from supplier_qc.domain.signatures import SignatureMeaning, fingerprint
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import (
    AuditEntry,
    OriginAssessment,
    OriginComponent,
    Signature,
)
from supplier_qc.queries.origin import get_item_origin
from supplier_qc.queries.origin_recorded import RecordedAssessmentRow
from supplier_qc.queries.reference_lists import reference_lists
from supplier_qc.services.origin import (
    AssessmentDraft,
    add_component,
    change_component,
    record_assessment,
    withdraw_component,
)
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_item
from tests.origin_factories import PLATELETS, SALTS, SERUM, make_assessment, make_component
from tests.people import PASSWORD

BEN = actor_of(Role.QA_REVIEWER)


def last_entry(sessions: sessionmaker[Session]) -> AuditEntry:
    with reading(sessions) as session:
        return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()


def count(sessions: sessionmaker[Session], table: type[Any]) -> int:
    with reading(sessions) as session:
        return len(session.scalars(select(table)).all())


def record(sessions: sessionmaker[Session], component_id: int) -> OriginComponent:
    with reading(sessions) as session:
        return session.get_one(OriginComponent, component_id)


def recorded(sessions: sessionmaker[Session], item_id: int) -> tuple[RecordedAssessmentRow, ...]:
    with reading(sessions) as session:
        found = get_item_origin(session, item_id, reference_lists(session), TODAY)
    assert found is not None
    return found.recorded


def change(sessions: sessionmaker[Session], component_id: int, facts: object) -> None:
    version = record(sessions, component_id).version
    change_component(
        sessions, component_id, facts, version=version, reason="New paper.", actor=BEN, now=NOW
    )


def test_a_component_is_kept_with_all_beneath_it_and_an_entry(
    sessions: sessionmaker[Session],
) -> None:
    item = make_item(sessions, name="Lysate 500")
    number = make_component(sessions, item, PLATELETS)
    found = record(sessions, number)
    assert (found.name, found.version, found.recorded_by_id) == ("Platelets", 1, BEN.person_id)
    assert found.facts["components"][0]["name"] == "Heparin"
    entry = last_entry(sessions)
    assert (entry.action, entry.subject_id) == (AuditAction.ORIGIN_COMPONENT_ADDED, number)
    assert entry.subject_label.startswith("Platelets in Lysate 500")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"species": "cow"}, "species: “cow” is not known"),
        ({"name": " "}, "name: is not a text"),
        ({"name": "x" * 201}, "The name has 201 characters"),
        ({"collected_on": "03.12.2024"}, "is not a date"),
        ({"age_months": "-1"}, "the age of the animals is negative"),
        ({"age_months": "1e30"}, "too large"),
        ({"birth": {"country": "XX"}}, "XX is not the code of a country"),
        ({"birth": {"country": "au"}}, "is not a country code"),
        ({"tissue": "bone"}, "is not made of"),
        ({"source": "plant"}, "has no animal species"),
        ({"colour": "red"}, "colour: is not a fact"),
        ({"cep": {"number": "a\x00b"}}, "cannot be stored or seen"),
    ],
)
def test_facts_that_cannot_be_recorded_are_refused(
    sessions: sessionmaker[Session], changes: dict[str, Any], sentence: str
) -> None:
    item = make_item(sessions)
    with pytest.raises(OriginFactsRefused) as refusal:
        make_component(sessions, item, **changes)
    assert sentence in " ".join(refusal.value.reasons)
    assert count(sessions, OriginComponent) == 0


def test_all_problems_of_the_facts_are_named_at_once(sessions: sessionmaker[Session]) -> None:
    item = make_item(sessions)
    with pytest.raises(OriginFactsRefused) as refusal:
        make_component(sessions, item, species="cow", stunning="hammer", collected_on="soon")
    assert len(refusal.value.reasons) == 3


def test_facts_nested_without_end_are_refused_and_do_not_hang(
    sessions: sessionmaker[Session],
) -> None:
    nested: dict[str, Any] = {"name": "x"}
    for _ in range(5_000):
        nested = {"name": "x", "components": [nested]}
    with pytest.raises(OriginFactsRefused, match="more deeply"):
        add_component(sessions, make_item(sessions), nested, actor=BEN, now=NOW)


def test_a_name_stands_once_among_the_components_of_an_item(
    sessions: sessionmaker[Session],
) -> None:
    item = make_item(sessions)
    make_component(sessions, item)
    with pytest.raises(Refused, match="named Foetal blood already"):
        make_component(sessions, item, name="foetal  BLOOD")
    make_component(sessions, make_item(sessions))
    assert count(sessions, OriginComponent) == 2


def test_a_change_replaces_the_facts_and_keeps_both_in_the_trail(
    sessions: sessionmaker[Session],
) -> None:
    number = make_component(sessions, make_item(sessions))
    change(sessions, number, {**SERUM, "stunning": "penetrative"})
    found, entry = record(sessions, number), last_entry(sessions)
    assert (found.version, found.facts["stunning"]) == (2, "penetrative")
    before, after = entry.changes[0]["columns"]["facts"]
    assert (before["stunning"], after["stunning"]) == ("non_penetrative", "penetrative")
    assert entry.reason == "New paper."


def test_a_change_of_an_older_version_is_refused(sessions: sessionmaker[Session]) -> None:
    number = make_component(sessions, make_item(sessions))
    change(sessions, number, {**SERUM, "stunning": "penetrative"})
    with pytest.raises(ChangedMeanwhile):
        change_component(sessions, number, SERUM, version=1, reason="Mine.", actor=BEN, now=NOW)


def test_a_change_without_a_reason_is_refused(sessions: sessionmaker[Session]) -> None:
    number = make_component(sessions, make_item(sessions))
    with pytest.raises(Refused, match="Say why"):
        change_component(sessions, number, SERUM, version=1, reason=" ", actor=BEN, now=NOW)


def test_a_withdrawn_component_frees_its_name_and_is_changed_no_more(
    sessions: sessionmaker[Session],
) -> None:
    item = make_item(sessions)
    number = make_component(sessions, item)
    withdraw_component(sessions, number, version=1, reason="Not in it.", actor=BEN, now=NOW)
    with pytest.raises(Refused, match="was withdrawn"):
        change_component(sessions, number, SERUM, version=2, reason="Again.", actor=BEN, now=NOW)
    assert make_component(sessions, item) != number
    assert last_entry(sessions).action is AuditAction.ORIGIN_COMPONENT_ADDED


def test_who_may_not_edit_origin_changes_nothing(sessions: sessionmaker[Session]) -> None:
    item, ana = make_item(sessions), actor_of(Role.PROCUREMENT)
    with pytest.raises(NotPermitted):
        add_component(sessions, item, SERUM, actor=ana, now=NOW)
    assert count(sessions, OriginComponent) == 0


def test_a_component_of_an_item_that_does_not_exist_is_not_found(
    sessions: sessionmaker[Session],
) -> None:
    with pytest.raises(NotFound):
        make_component(sessions, 404)


def test_an_assessment_is_signed_with_all_it_rests_on(sessions: sessionmaker[Session]) -> None:
    item = make_item(sessions)
    make_component(sessions, item, SALTS)
    number = make_assessment(sessions, item)
    with reading(sessions) as session:
        kept = session.get_one(OriginAssessment, number)
        signature = session.scalars(select(Signature)).one()
    assert (kept.authority, kept.level) == ("eu", "not_applicable")
    assert kept.snapshot["facts"] == [SALTS]
    assert kept.snapshot["assessment"]["fired"][0]["rule_id"] == "T01"
    assert kept.snapshot["assessment"]["fired"][0]["citations"]
    assert kept.snapshot["assessment"]["list_edition"].startswith("EU: ")
    assert signature.meaning is SignatureMeaning.REVIEWED
    assert (signature.subject_type, signature.subject_id) == ("origin_assessment", number)
    assert signature.printed_name == "Ben Reviewer"
    assert signature.fingerprint == fingerprint(
        {
            "item_id": item,
            "authority": kept.authority,
            "level": kept.level,
            "snapshot": kept.snapshot,
            "input_fingerprint": kept.input_fingerprint,
            "conclusion": kept.conclusion,
        }
    )
    assert last_entry(sessions).action is AuditAction.ORIGIN_ASSESSED


def test_an_assessment_stands_until_a_fact_changes(sessions: sessionmaker[Session]) -> None:
    item = make_item(sessions)
    number = make_component(sessions, item)
    make_assessment(sessions, item)
    assert [row.is_outdated for row in recorded(sessions, item)] == [False]
    change(sessions, number, {**SERUM, "slaughter": {"country": "GR"}})
    row = recorded(sessions, item)[0]
    assert row.is_outdated
    assert "The recorded facts were changed." in row.changes
    assert row.snapshot["facts"] == [SERUM]


def test_an_added_component_marks_the_assessment_outdated(
    sessions: sessionmaker[Session],
) -> None:
    item = make_item(sessions)
    make_component(sessions, item, SALTS)
    make_assessment(sessions, item)
    make_component(sessions, item, PLATELETS)
    row = recorded(sessions, item)[0]
    assert "The level was not applicable, it is unknown." in row.changes


def test_a_fact_put_back_makes_the_assessment_stand_again(
    sessions: sessionmaker[Session],
) -> None:
    item = make_item(sessions)
    number = make_component(sessions, item)
    make_assessment(sessions, item)
    change(sessions, number, {**SERUM, "stunning": "penetrative"})
    assert recorded(sessions, item)[0].is_outdated
    change(sessions, number, SERUM)
    assert not recorded(sessions, item)[0].is_outdated


def sign(
    sessions: sessionmaker[Session],
    item: int,
    *,
    conclusion: str = "Fine.",
    seen: str = "0" * 64,
    password: str = PASSWORD,
    actor: Actor = BEN,
) -> None:
    draft = AssessmentDraft(Authority.EU, conclusion, seen)
    record_assessment(sessions, item, draft, password=password, actor=actor, now=NOW)


def test_nothing_is_signed_for_an_item_without_facts(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(Refused) as refusal:
        sign(sessions, make_item(sessions), conclusion=" ")
    assert len(refusal.value.reasons) == 2
    assert count(sessions, OriginAssessment) == 0


def test_facts_changed_while_the_assessor_read_are_not_signed(
    sessions: sessionmaker[Session],
) -> None:
    item = make_item(sessions)
    make_component(sessions, item)
    with pytest.raises(ChangedMeanwhile):
        sign(sessions, item, seen="0" * 64)
    assert count(sessions, Signature) == 0


def test_a_wrong_password_signs_nothing(sessions: sessionmaker[Session]) -> None:
    item = make_item(sessions)
    make_component(sessions, item, SALTS)
    with reading(sessions) as session:
        found = get_item_origin(session, item, reference_lists(session), TODAY)
    assert found is not None
    seen = found.fingerprints[Authority.EU]
    with pytest.raises(WrongPassword):
        sign(sessions, item, seen=seen, password="not my password")
    with pytest.raises(NotPermitted):
        sign(sessions, item, seen=seen, actor=actor_of(Role.CMC_WRITER))
    assert (count(sessions, OriginAssessment), count(sessions, Signature)) == (0, 0)
