"""Questionnaires from sending to the evidence that a signed review makes of them."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import EvidenceKind, EvidenceResult
from supplier_qc.domain.people import Role
from supplier_qc.domain.qualification.evidence_policy import RequirementKind
from supplier_qc.domain.qualification.requirements import RequirementState
from supplier_qc.domain.questionnaires.rounds import RoundState
from supplier_qc.domain.refusals import ChangedMeanwhile, NotPermitted, Refused, WrongPassword
from supplier_qc.exports.questionnaire_book import SentTo, table_workbook, workbook_to_fill_in
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import (
    AuditEntry,
    Evidence,
    QuestionnaireVersion,
    Signature,
)
from supplier_qc.queries.questionnaire_rounds import compare_with_previous
from supplier_qc.queries.questionnaires import get_version, list_versions
from supplier_qc.queries.source_facts import get_source_row
from supplier_qc.services.installation import Installation
from supplier_qc.services.organisation_merging import Merger, merge_organisations
from supplier_qc.services.questionnaire_answers import (
    FilledFile,
    TypedAnswer,
    enter_answers,
    read_filled_file,
)
from supplier_qc.services.questionnaire_rounds import (
    Review,
    return_round,
    review_round,
    withdraw_round,
)
from supplier_qc.services.questionnaires import VersionDraft, publish_version
from supplier_qc.services.retirement import retire_site
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_evidence, make_item, make_qualification, make_site, make_vendor
from tests.people import PASSWORD
from tests.questionnaire_factories import (
    GOOD_QUALITY,
    hand_over,
    make_round,
    round_page,
    type_answers,
    version_id,
)

Sessions = sessionmaker[Session]
F = EvidenceResult.WITH_FINDINGS


def review(sessions: Sessions, round_id: int, role: Role = Role.QA_REVIEWER, **changes: Any) -> int:
    given = {"result": F, "conclusion": "Papers to follow.", "password": PASSWORD} | changes
    version = given.pop("version", round_page(sessions, round_id).row.version)
    return review_round(
        sessions, round_id, Review(version=version, **given), actor=actor_of(role), now=NOW
    )


@pytest.fixture
def answered(sessions: Sessions) -> int:
    """A round on the quality system, typed by Ana and handed over."""
    round_id = make_round(sessions)
    type_answers(sessions, round_id, GOOD_QUALITY)
    hand_over(sessions, round_id)
    return round_id


def test_a_signed_review_puts_the_round_on_file_as_evidence(
    sessions: Sessions, answered: int
) -> None:
    evidence_id = review(sessions, answered)
    with reading(sessions) as session:
        paper = session.get_one(Evidence, evidence_id)
        assert (paper.kind, paper.result) == (EvidenceKind.QUESTIONNAIRE, F)
        assert paper.issued_on == TODAY
        assert paper.title == "Questionnaire: Quality system"
        assert paper.reference == f"Round {answered}, version 1 of the questions"
        signature = session.scalars(select(Signature)).one()
        assert (signature.subject_type, signature.subject_id) == ("questionnaire_round", answered)
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert last is not None
        assert last.action == "questionnaire:status:reviewed"
        assert {one["table"] for one in last.changes} == {
            "evidence",
            "questionnaire_round",
            "signature",
        }
    assert round_page(sessions, answered).row.state is RoundState.REVIEWED


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"result": EvidenceResult.SATISFACTORY}, "a round with findings is not satisfactory"),
        ({"conclusion": "  "}, "Say why"),
        ({"role": Role.PROCUREMENT}, "You typed answers of this round"),
        ({"password": "not this one at all"}, "The password is not right"),
        ({"version": 1}, "Somebody else changed this record"),
    ],
)
def test_a_review_is_refused_with_its_reason_and_leaves_no_paper(
    sessions: Sessions, answered: int, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises((Refused, WrongPassword, ChangedMeanwhile), match=reason):
        review(sessions, answered, **changes)
    with reading(sessions) as session:
        assert session.scalars(select(Evidence)).all() == []
    assert round_page(sessions, answered).row.state is RoundState.ANSWERED


def test_an_incomplete_round_is_not_handed_over_and_every_open_question_is_named(
    sessions: Sessions,
) -> None:
    round_id = make_round(sessions)
    type_answers(sessions, round_id, GOOD_QUALITY | {"QS-04": "", "QS-05": "yes"})
    with pytest.raises(Refused) as refused:
        hand_over(sessions, round_id)
    assert [reason[:5] for reason in refused.value.reasons] == ["QS-04", "QS-06"]


def test_answers_that_cannot_be_read_are_all_named_and_none_is_kept(sessions: Sessions) -> None:
    round_id = make_round(sessions)
    with pytest.raises(Refused) as refused:
        type_answers(sessions, round_id, {"QS-04": "maybe", "QS-03": "soon", "QS-01": "Here"})
    assert [reason[:5] for reason in refused.value.reasons] == ["QS-04", "QS-03"]
    assert round_page(sessions, round_id).answers == {}


def test_a_paper_of_another_vendor_shows_nothing(installation: Installation) -> None:
    sessions = installation.sessions
    foreign = make_evidence(sessions, installation.documents)
    round_id = make_round(sessions)
    with pytest.raises(Refused, match="QS-04: the paper is not one of this vendor"):
        type_answers(sessions, round_id, {"QS-04": "yes"}, evidence_id=foreign)


def test_a_second_person_typing_on_an_old_page_is_refused(sessions: Sessions) -> None:
    round_id = make_round(sessions)
    seen = round_page(sessions, round_id).row.version
    type_answers(sessions, round_id, {"QS-01": "Here"})
    with pytest.raises(ChangedMeanwhile):
        enter_answers(
            sessions,
            round_id,
            {"QS-01": TypedAnswer("There")},
            version=seen,
            actor=actor_of(Role.QA_REVIEWER),
            now=NOW,
        )
    assert round_page(sessions, round_id).answers["QS-01"].answer.value == "Here"


def test_answers_under_review_are_changed_only_after_they_are_returned(
    sessions: Sessions, answered: int
) -> None:
    with pytest.raises(Refused, match="wait for their review"):
        type_answers(sessions, answered, {"QS-01": "There"})
    return_round(
        sessions,
        answered,
        version=round_page(sessions, answered).row.version,
        reason="Ask about QS-01.",
        actor=actor_of(Role.QA_REVIEWER),
        now=NOW,
    )
    type_answers(sessions, answered, {"QS-01": "There"})
    assert round_page(sessions, answered).answers["QS-01"].answer.value == "There"


def test_a_reviewed_round_is_fixed_by_the_database_itself(
    installation: Installation, answered: int
) -> None:
    review(installation.sessions, answered)
    for statement in (
        "UPDATE questionnaire_round SET result = 'satisfactory'",
        "UPDATE questionnaire_answer SET value = 'no' WHERE question_id = 'QS-04'",
        "DELETE FROM questionnaire_answer",
        "DELETE FROM questionnaire_round",
        "UPDATE questionnaire_version SET title = 'x'",
    ):
        with installation.engine.connect() as connection, pytest.raises(IntegrityError):
            connection.execute(text(statement))


def test_a_withdrawn_round_takes_no_answer(sessions: Sessions) -> None:
    round_id = make_round(sessions)
    withdraw_round(
        sessions, round_id, version=1, reason="Sent twice.", actor=actor_of(Role.PROCUREMENT),
        now=NOW,
    )  # fmt: skip
    assert round_page(sessions, round_id).row.state is RoundState.WITHDRAWN
    with pytest.raises(Refused, match="The round has ended"):
        type_answers(sessions, round_id, {"QS-01": "Here"})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"due_on": TODAY - timedelta(days=20)}, "not after the day it was sent"),
        ({"sent_on": TODAY + timedelta(days=1)}, "still to come"),
        ({"item_id": 99}, "The item is not made by this vendor"),
        ({"site_id": 99}, "The site is not one of this vendor"),
        ({"item_id": 99, "site_id": 99}, "an item or a site, not both"),
        ({"sent_to": "x" * 201}, "Sent to has 201 characters"),
    ],
)
def test_a_round_that_makes_no_sense_is_not_sent(
    sessions: Sessions, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        make_round(sessions, **changes)


def test_who_may_only_read_types_nothing(sessions: Sessions) -> None:
    round_id = make_round(sessions)
    with pytest.raises(NotPermitted):
        withdraw_round(
            sessions, round_id, version=1, reason="x", actor=actor_of(Role.AUDITOR), now=NOW
        )


def test_a_round_is_compared_with_the_one_before_of_the_same_scope(sessions: Sessions) -> None:
    vendor_id = make_vendor(sessions)
    site_id = make_site(sessions, vendor_id)
    first = make_round(sessions, vendor_id)
    type_answers(sessions, first, GOOD_QUALITY)
    hand_over(sessions, first)
    other_scope = make_round(sessions, vendor_id, site_id=site_id)
    second = make_round(sessions, vendor_id)
    type_answers(sessions, second, GOOD_QUALITY | {"QS-16": "3"})
    assert round_page(sessions, other_scope).previous_id is None
    page = round_page(sessions, second)
    assert page.previous_id == first
    with reading(sessions) as session:
        found = compare_with_previous(session, page) or ()
    assert [(one.question_id, one.before, one.now) for one in found if one.change != "same"] == [
        ("QS-16", "12 months", "3 months")
    ]


def filled_in(sessions: Sessions, round_id: int, typed: dict[str, Any]) -> FilledFile:
    """The workbook of the round with these cells typed."""
    page = round_page(sessions, round_id)
    sent = SentTo(round_id, page.row.vendor, page.row.scope, page.row.dates.due_on)
    content = workbook_to_fill_in(page.questionnaire, sent, page.given, made_at=NOW)
    book = load_workbook(BytesIO(content))
    for place, value in typed.items():
        book["Answers"][place] = value
    saved = BytesIO()
    book.save(saved)
    return FilledFile("from the vendor.xlsx", saved.getvalue())


def read_in(installation: Installation, round_id: int, file: FilledFile) -> int:
    return read_filled_file(
        installation.sessions,
        installation.documents,
        round_id,
        file,
        version=round_page(installation.sessions, round_id).row.version,
        actor=actor_of(Role.PROCUREMENT),
        now=NOW,
    )


def test_a_filled_workbook_is_taken_whole_and_becomes_the_file_of_the_evidence(
    installation: Installation,
) -> None:
    sessions = installation.sessions
    round_id = make_round(sessions)
    type_answers(sessions, round_id, GOOD_QUALITY)
    assert read_in(installation, round_id, filled_in(sessions, round_id, {"G2": "Elsewhere"})) == 23
    hand_over(sessions, round_id)
    evidence_id = review(sessions, round_id)
    with reading(sessions) as session:
        document = session.get_one(Evidence, evidence_id).document
        assert document is not None
        assert document.filename == "from the vendor.xlsx"
    page = round_page(sessions, round_id)
    assert page.answers["QS-01"].answer.value == "Elsewhere"


def test_a_workbook_with_one_wrong_row_changes_nothing(installation: Installation) -> None:
    sessions = installation.sessions
    round_id = make_round(sessions)
    file = filled_in(sessions, round_id, {"G2": "Here", "G5": "perhaps"})
    with pytest.raises(Refused, match="Row 5, QS-04: “perhaps” is neither yes nor no"):
        read_in(installation, round_id, file)
    assert round_page(sessions, round_id).answers == {}


def test_an_own_version_supersedes_and_rounds_keep_theirs(sessions: Sessions) -> None:
    round_id, number = make_round(sessions), version_id(sessions)
    with reading(sessions) as session:
        shipped = get_version(session, number, TODAY)
    assert shipped is not None
    draft = VersionDraft(
        "Quality system",
        "As shipped, ours",
        "Own",
        TODAY,
        "table.xlsx",
        table_workbook(shipped.questionnaire, made_at=NOW),
    )
    published = publish_version(
        sessions,
        "quality_system",
        draft,
        reason="Ours.",
        actor=actor_of(Role.QA_APPROVER),
        now=NOW,
    )
    assert version_id(sessions, "Quality system, version 2") == published
    assert round_page(sessions, round_id).questionnaire.number == 1
    with reading(sessions) as session:
        rows = {one.id: one for one in list_versions(session, TODAY)}
        assert session.get_one(QuestionnaireVersion, published).mark == "C"
    assert rows[published].is_in_force
    assert not rows[number].is_in_force


def test_a_version_that_cannot_be_answered_is_refused_with_every_reason(
    sessions: Sessions,
) -> None:
    draft = VersionDraft("", "", "Own", date(2020, 1, 1), "t.csv", b"Number,Section\nA,B\n")
    with pytest.raises(Refused) as refused:
        publish_version(
            sessions, "quality_system", draft, reason="x", actor=actor_of(Role.QA_APPROVER), now=NOW
        )
    reasons = " ".join(refused.value.reasons)
    assert "The title is missing." in reasons
    assert "which is past" in reasons
    assert "Send the workbook (.xlsx)" in reasons
    with pytest.raises(NotPermitted):
        publish_version(
            sessions, "quality_system", draft, reason="x", actor=actor_of(Role.PROCUREMENT), now=NOW
        )


def test_an_items_round_counts_for_the_item(sessions: Sessions) -> None:
    vendor_id = make_vendor(sessions)
    item_id = make_item(sessions, site_id=make_site(sessions, vendor_id))
    round_id = make_round(sessions, vendor_id, item_id=item_id)
    type_answers(sessions, round_id, GOOD_QUALITY)
    hand_over(sessions, round_id)
    evidence_id = review(sessions, round_id)
    with reading(sessions) as session:
        assert session.get_one(Evidence, evidence_id).item_id == item_id


def test_a_reviewed_round_moves_with_a_merger_and_stays_as_it_was_signed(
    sessions: Sessions,
) -> None:
    old, kept = make_vendor(sessions), make_vendor(sessions)
    round_id = make_round(sessions, old)
    type_answers(sessions, round_id, GOOD_QUALITY)
    hand_over(sessions, round_id)
    review(sessions, round_id)
    merge_organisations(
        sessions,
        Merger(old, 1, kept, 1, {}),
        reason="One company.",
        actor=actor_of(Role.QA_REVIEWER),
        now=NOW,
    )
    page = round_page(sessions, round_id)
    assert (page.row.vendor_id, page.row.state) == (kept, RoundState.REVIEWED)


def test_a_retired_site_is_not_asked(sessions: Sessions) -> None:
    vendor_id = make_vendor(sessions)
    site_id = make_site(sessions, vendor_id)
    retire_site(
        sessions, site_id, version=1, reason="Closed.", actor=actor_of(Role.PROCUREMENT), now=NOW
    )
    with pytest.raises(Refused, match="is retired"):
        make_round(sessions, vendor_id, site_id=site_id)


def test_an_unsatisfactory_review_opens_the_requirement_that_an_older_paper_met(
    sessions: Sessions,
) -> None:
    vendor_id = make_vendor(sessions)
    item_id = make_item(sessions, site_id=make_site(sessions, vendor_id))
    number = make_qualification(sessions, item_id, approved=False)
    assert state_of_questionnaire(sessions, number) is RequirementState.MET
    for result, state in (
        (EvidenceResult.UNSATISFACTORY, RequirementState.OPEN),
        (EvidenceResult.WITH_FINDINGS, RequirementState.MET),
    ):
        round_id = make_round(sessions, vendor_id, item_id=item_id)
        type_answers(sessions, round_id, GOOD_QUALITY)
        hand_over(sessions, round_id)
        review(sessions, round_id, result=result)
        assert state_of_questionnaire(sessions, number) is state


def state_of_questionnaire(sessions: Sessions, qualification_id: int) -> RequirementState:
    with reading(sessions) as session:
        source = get_source_row(session, qualification_id, TODAY)
    assert source is not None
    (found,) = (one for one in source.requirements if one.kind is RequirementKind.QUESTIONNAIRE)
    return found.state
