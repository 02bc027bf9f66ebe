"""Findings are frozen with the confirmation, and a critical change holds the lot until assessed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.certificate_changes.assessment import ChangeDecision, NoteState
from supplier_qc.domain.certificate_changes.findings import FindingKind, Severity
from supplier_qc.domain.evidence_files import EvidenceFile
from supplier_qc.domain.people import Actor, Role
from supplier_qc.domain.refusals import (
    ChangedMeanwhile,
    NotFound,
    NotPermitted,
    Refused,
    WrongPassword,
)
from supplier_qc.extraction.claims import HeaderField
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import (
    AuditEntry,
    Certificate,
    CertificateFinding,
    ChangeNote,
    Lot,
    Signature,
)
from supplier_qc.queries.certificate_changes import get_change_review
from supplier_qc.queries.change_notes import lot_change_blockers, notes_of_findings
from supplier_qc.queries.recorded_findings import list_item_changes
from supplier_qc.services.certificate_changes import ChangeAssessment, assess_changes
from supplier_qc.services.installation import Installation
from supplier_qc.services.lot_disposition import release_lot
from tests.conftest import NOW, TODAY, actor_of
from tests.lot_factories import (
    BEA,
    BEN,
    HEADER,
    PASSING,
    decide_everything,
    document_reading,
    finish_review,
    make_proposal,
    specified_item,
)
from tests.people import PASSWORD

WIDER = (("Endotoxin", "NMT 1.0 EU/mL", "< 0.05 EU/mL"), *PASSING[1:])
WITHOUT_PH = (PASSING[0], PASSING[2])
AUDITOR = actor_of(Role.AUDITOR)

_lots = count(1)


def confirm(
    installation: Installation,
    item_id: int,
    rows: Sequence[tuple[str, str, str]] = PASSING,
    lot: str | None = None,
    **reading_changes: Any,
) -> int:
    """A confirmed certificate of a lot of its own; returns the certificate's number."""
    header = {**HEADER, HeaderField.LOT_NUMBER: lot or f"LOT{next(_lots):04d}"}
    found = document_reading(rows, header, **reading_changes)
    number = make_proposal(installation, found, item_id=item_id)
    decide_everything(installation.sessions, number)
    finish_review(installation, number)
    return number


def findings(sessions: sessionmaker[Session], certificate_id: int) -> list[CertificateFinding]:
    with reading(sessions) as session:
        found = session.scalars(
            select(CertificateFinding)
            .where(CertificateFinding.certificate_id == certificate_id)
            .order_by(CertificateFinding.id)
        ).all()
        _ = [one.note for one in found]
        return list(found)


def notes(sessions: sessionmaker[Session], certificate_id: int) -> list[ChangeNote]:
    return [one.note for one in findings(sessions, certificate_id) if one.note is not None]


def assessment(found: Sequence[ChangeNote], **changes: Any) -> ChangeAssessment:
    made = ChangeAssessment(
        notes={note.id: note.version for note in found},
        decision=ChangeDecision.ACCEPTED,
        text="Our own limit stays narrower; every lot is judged by it.",
        password=PASSWORD,
    )
    return replace(made, **changes)


def assess(
    installation: Installation,
    certificate_id: int,
    made: ChangeAssessment,
    actor: Actor = BEA,
) -> None:
    assess_changes(
        installation.sessions,
        installation.documents,
        certificate_id,
        made,
        actor=actor,
        now=NOW,
    )


def lot_of(sessions: sessionmaker[Session], certificate_id: int) -> int:
    with reading(sessions) as session:
        return session.get_one(Certificate, certificate_id).lot_id or 0


@pytest.fixture
def item_id(installation: Installation) -> int:
    return specified_item(installation.sessions)


@pytest.fixture
def changed(installation: Installation, item_id: int) -> int:
    """The number of a certificate whose endotoxin limit is wider than the one before."""
    confirm(installation, item_id)
    return confirm(installation, item_id, WIDER)


def kinds(found: Sequence[CertificateFinding]) -> set[tuple[FindingKind, Severity]]:
    changes = [one for one in found if one.kind.group.value == "change"]
    return {(one.kind, one.severity) for one in changes}


def test_the_first_certificate_of_an_item_has_nothing_to_be_compared_with(
    installation: Installation, item_id: int
) -> None:
    number = confirm(installation, item_id)
    assert kinds(findings(installation.sessions, number)) == set()
    with reading(installation.sessions) as session:
        assert session.get_one(Certificate, number).compared_at == NOW


def test_a_silently_widened_limit_is_frozen_with_what_it_was_compared_with(
    installation: Installation, item_id: int
) -> None:
    first = confirm(installation, item_id)
    second = confirm(installation, item_id, WIDER)
    [found] = [
        one
        for one in findings(installation.sessions, second)
        if one.kind is FindingKind.SUPPLIER_LIMIT
    ]
    assert (found.severity, found.compared_with_id) == (Severity.CRITICAL, first)
    assert (found.before, found.after) == ("NMT 0.5 EU/mL", "NMT 1.0 EU/mL")
    assert found.evidence["before"]["place"]["page"] == 1
    assert found.evidence["after"]["row_id"] != found.evidence["before"]["row_id"]
    assert found.note is not None
    assert found.note.state is NoteState.OPEN


def test_a_certificate_of_another_item_is_never_compared(
    installation: Installation, item_id: int
) -> None:
    confirm(installation, item_id, WIDER)
    other = confirm(installation, specified_item(installation.sessions))
    assert kinds(findings(installation.sessions, other)) == set()


def test_a_return_to_an_older_limit_is_told(installation: Installation, item_id: int) -> None:
    oldest = confirm(installation, item_id, WIDER)
    confirm(installation, item_id)
    latest = confirm(installation, item_id, WIDER)
    [found] = [
        one
        for one in findings(installation.sessions, latest)
        if one.kind is FindingKind.SUPPLIER_LIMIT
    ]
    assert f"It was like it is now in certificate {oldest}" in found.history


def test_a_change_of_the_paper_alone_opens_no_note(
    installation: Installation, item_id: int
) -> None:
    confirm(installation, item_id)
    number = confirm(installation, item_id, producer="Birch Forms 9")
    assert kinds(findings(installation.sessions, number)) == {
        (FindingKind.PDF_PRODUCER, Severity.NOTICE)
    }
    assert notes(installation.sessions, number) == []


def test_what_is_found_under_review_is_what_is_frozen(
    installation: Installation, item_id: int
) -> None:
    confirm(installation, item_id)
    number = make_proposal(
        installation,
        document_reading(WITHOUT_PH, {**HEADER, HeaderField.LOT_NUMBER: "LX9"}),
        item_id=item_id,
    )
    decide_everything(installation.sessions, number)
    with reading(installation.sessions) as session:
        live = get_change_review(session, number, TODAY)
    finish_review(installation, number)
    with reading(installation.sessions) as session:
        recorded = get_change_review(session, number, TODAY)
    assert live is not None
    assert recorded is not None
    assert (live.is_recorded, recorded.is_recorded) == (False, True)
    assert [one.finding for one in live.findings] == [one.finding for one in recorded.findings]
    assert [one.finding.kind for one in live.changes] == [FindingKind.TEST_DROPPED]
    assert live.last == recorded.last


def test_an_open_critical_change_blocks_the_release_and_is_named(
    installation: Installation, changed: int
) -> None:
    lot_id = lot_of(installation.sessions, changed)
    with reading(installation.sessions) as session:
        version = session.get_one(Lot, lot_id).version
        [blocker] = lot_change_blockers(session, lot_id)
    assert blocker.startswith("1 change not assessed: Endotoxin: the supplier's limit is wider")
    with pytest.raises(Refused) as refusal:
        release_lot(
            installation.sessions,
            lot_id,
            version=version,
            reason="All results pass.",
            password=PASSWORD,
            actor=BEA,
            now=NOW,
        )
    assert blocker in refusal.value.reasons


def test_an_assessed_change_blocks_no_more_and_is_signed(
    installation: Installation, changed: int
) -> None:
    [note] = notes(installation.sessions, changed)
    assess(installation, changed, assessment([note], touches_specification=True))
    with reading(installation.sessions) as session:
        assert lot_change_blockers(session, lot_of(installation.sessions, changed)) == ()
        kept = session.get_one(ChangeNote, note.id)
        assert (kept.state, kept.decision) == (NoteState.ASSESSED, ChangeDecision.ACCEPTED)
        assert (kept.assessed_by_id, kept.assessed_at) == (BEA.person_id, NOW)
        signature = session.scalars(select(Signature)).all()[-1]
        assert (signature.subject_type, signature.subject_id) == ("change_note", note.id)
        row = notes_of_findings(session, [kept.finding_id])[kept.finding_id]
        assert row.touches == ("specification",)
        assert [one.fits for one in row.signatures] == [True]
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert entry.action.value == "change_note:status:assessed"
        assert entry.reason == kept.assessment


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (ChangeDecision.SUPPLIER_ASKED, "1 change waiting for the supplier"),
        (ChangeDecision.LOT_BLOCKED, "1 change assessed as “lot to be blocked”"),
    ],
)
def test_a_question_to_the_supplier_or_a_block_keeps_the_lot(
    installation: Installation, changed: int, decision: ChangeDecision, words: str
) -> None:
    found = notes(installation.sessions, changed)
    assess(installation, changed, assessment(found, decision=decision))
    with reading(installation.sessions) as session:
        [blocker] = lot_change_blockers(session, lot_of(installation.sessions, changed))
    assert blocker.startswith(words)
    again = notes(installation.sessions, changed)
    assess(installation, changed, assessment(again, text="The supplier has explained it."))
    with reading(installation.sessions) as session:
        assert lot_change_blockers(session, lot_of(installation.sessions, changed)) == ()


def test_a_reviewer_assesses_major_changes_and_an_approver_the_critical_ones(
    installation: Installation, item_id: int
) -> None:
    tighter = (("Endotoxin", "NMT 0.25 EU/mL", "< 0.05 EU/mL"), *PASSING[1:])
    confirm(installation, item_id)
    major = confirm(installation, item_id, tighter)
    found = notes(installation.sessions, major)
    assess(installation, major, assessment(found, password=""), actor=BEN)
    assert notes(installation.sessions, major)[0].state is NoteState.ASSESSED
    critical = confirm(installation, item_id)
    with pytest.raises(NotPermitted, match="signed by a QA approver"):
        assess(
            installation,
            critical,
            assessment(notes(installation.sessions, critical)),
            actor=BEN,
        )
    with pytest.raises(NotPermitted):
        assess(installation, major, assessment(found), actor=AUDITOR)


def test_a_wrong_password_assesses_nothing(installation: Installation, changed: int) -> None:
    with pytest.raises(WrongPassword):
        assess(
            installation,
            changed,
            assessment(notes(installation.sessions, changed), password="guess"),
        )
    assert notes(installation.sessions, changed)[0].state is NoteState.OPEN


def test_everything_wrong_with_an_assessment_is_named_at_once(
    installation: Installation, changed: int
) -> None:
    wrong = assessment(
        notes(installation.sessions, changed),
        decision=None,
        text=" ",
        supplier_notice_on=TODAY + timedelta(days=1),
    )
    with pytest.raises(Refused) as refusal:
        assess(installation, changed, wrong)
    assert refusal.value.reasons == (
        "Choose what follows from the change.",
        "Say why: the assessment is kept with the change.",
        "Name the supplier's notice by its reference or title.",
        "The supplier's notice is dated in the future.",
    )


def test_the_suppliers_own_notice_is_kept_with_its_paper(
    installation: Installation, changed: int
) -> None:
    made = assessment(
        notes(installation.sessions, changed),
        supplier_reference="CN-2026-014",
        supplier_notice_on=date(2026, 10, 1),
        file=EvidenceFile("notice.pdf", b"%PDF-1.7 notice"),
    )
    assess(installation, changed, made)
    [note] = notes(installation.sessions, changed)
    with reading(installation.sessions) as session:
        row = notes_of_findings(session, [note.finding_id])[note.finding_id]
    assert (row.supplier_reference, row.document_filename) == ("CN-2026-014", "notice.pdf")


def test_a_note_of_another_certificate_or_of_an_older_page_is_refused(
    installation: Installation, item_id: int, changed: int
) -> None:
    found = notes(installation.sessions, changed)
    other = confirm(installation, item_id)
    with pytest.raises(NotFound):
        assess(installation, other, assessment(found))
    with pytest.raises(Refused, match="Choose at least one"):
        assess(installation, changed, assessment([]))
    assess(installation, changed, assessment(found))
    with pytest.raises(ChangedMeanwhile):
        assess(installation, changed, assessment(found))


def test_the_items_history_lists_what_changed_with_which_certificate(
    installation: Installation, item_id: int, changed: int
) -> None:
    confirm(installation, item_id, WITHOUT_PH)
    with reading(installation.sessions) as session:
        timeline = list_item_changes(session, item_id)
    assert [entry.certificate_id > changed for entry in timeline] == [True, False]
    assert timeline[1].findings[0].kind is FindingKind.SUPPLIER_LIMIT


def test_the_database_keeps_findings_as_they_were_and_notes_for_good(
    installation: Installation, changed: int
) -> None:
    assert findings(installation.sessions, changed)
    for statement, words in (
        ("UPDATE certificate_finding SET sentence = 'x'", "append-only"),
        ("DELETE FROM certificate_finding", "append-only"),
        ("DELETE FROM change_note", "never deleted"),
        ("UPDATE change_note SET state = 'assessed'", "assessment_is_whole"),
        ("UPDATE change_note SET supplier_notice_on = '2026-01-01'", "has_a_reference"),
    ):
        with installation.engine.connect() as connection, pytest.raises(IntegrityError) as refusal:
            connection.execute(text(statement))
        assert words in str(refusal.value.orig)


def test_the_comparison_takes_the_same_statements_whatever_the_history(
    installation: Installation, item_id: int
) -> None:
    confirm(installation, item_id)
    counts = []
    for _ in range(2):
        number = confirm(installation, item_id)
        counts.append(statements(installation, number))
    assert counts[0] == counts[1]
    assert counts[0] <= 16


def statements(installation: Installation, certificate_id: int) -> int:
    made: list[str] = []

    def note(*arguments: Any) -> None:
        made.append(arguments[2])

    event.listen(installation.engine, "before_cursor_execute", note)
    try:
        with reading(installation.sessions) as session:
            get_change_review(session, certificate_id, TODAY)
    finally:
        event.remove(installation.engine, "before_cursor_execute", note)
    return len([one for one in made if one.startswith("SELECT")])
