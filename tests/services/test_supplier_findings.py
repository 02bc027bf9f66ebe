"""Findings and corrective actions: recorded, done in order, closed by QA, and what they hold."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.corrective_actions import CorrectiveActionStep, StepTerm
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.refusals import ChangedMeanwhile, NotPermitted, Refused
from supplier_qc.domain.reminders import DueSubject
from supplier_qc.domain.supplier_findings import FindingOrigin, FindingSeverity
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import (
    CorrectiveActionRequest,
    CorrectiveActionStepRow,
    Lot,
    ManufacturerItem,
    RequalificationCause,
    Signature,
    SupplierFinding,
)
from supplier_qc.queries.closed_sources import lot_source_blockers
from supplier_qc.queries.corrective_actions import list_terms, lots_since
from supplier_qc.queries.due import list_due
from supplier_qc.queries.source_facts import get_source_row
from supplier_qc.services.corrective_actions import (
    Closing,
    close_request,
    supersede_term,
    take_step_back,
)
from supplier_qc.services.installation import Installation
from supplier_qc.services.supplier_findings import FindingDraft, change_finding, close_finding
from tests.conftest import NOW, TODAY
from tests.factories import decide_made_qualification, make_item, make_qualification
from tests.finding_factories import (
    ISSUED_AT,
    STEPS,
    do_steps,
    make_finding,
    make_request,
    version_of,
)
from tests.lot_factories import ANA, BEA, BEN, make_lot, specified_item
from tests.people import PASSWORD


def due_reasons(sessions: sessionmaker[Session], source: int) -> tuple[str, ...]:
    with reading(sessions) as session:
        row = get_source_row(session, source, TODAY)
    assert row is not None
    return row.due_reasons


def close(
    sessions: sessionmaker[Session], request_id: int, *, is_effective: bool = True
) -> int | None:
    version = version_of(sessions, request_id)
    closing = Closing(is_effective, "Seen on site.", version, PASSWORD)
    return close_request(sessions, request_id, closing, actor=BEA, now=NOW)


def test_days_are_fixed_at_issue_and_a_later_row_moves_none(installation: Installation) -> None:
    sessions = installation.sessions
    request = make_request(sessions, make_finding(sessions, make_item(sessions)))
    with reading(sessions) as session:
        standing = next(
            one
            for one in list_terms(session)
            if one.severity is FindingSeverity.MAJOR and one.step is CorrectiveActionStep.ROOT_CAUSE
        )
    term = StepTerm(standing.severity, standing.step, 20, TODAY, "C", "Our own rule")
    supersede_term(sessions, term, reason="Shorter from now on.", actor=BEA, now=NOW)
    with reading(sessions) as session:
        steps = session.get_one(CorrectiveActionRequest, request).steps
        days = [(one.due_on - ISSUED_AT.date()).days for one in steps]
        rows = [one for one in list_terms(session) if one.step is standing.step]
    assert days == [3, 3, 30, 45, 90, 180]
    assert sorted(one.days for one in rows if one.is_in_force(TODAY)) == [20, 30, 30]


def test_an_overdue_request_makes_its_sources_due_until_the_step_is_done(
    installation: Installation,
) -> None:
    sessions = installation.sessions
    source = make_qualification(sessions)
    other = make_qualification(sessions)
    with reading(sessions) as session:
        row = get_source_row(session, source, TODAY)
    assert row is not None
    request = make_request(sessions, make_finding(sessions, row.identity.item_id))
    assert len(due_reasons(sessions, source)) == 5
    assert due_reasons(sessions, other) == ()
    with reading(sessions) as session:
        due = list_due(session, TODAY)
    waiting = [one for one in due if one.subject is DueSubject.CORRECTIVE_ACTION]
    assert [(one.page_id, one.title.split()[0]) for one in waiting] == [
        (request, "Acknowledgement")
    ]
    do_steps(installation, request, STEPS[:5])
    assert due_reasons(sessions, source) == ()


def test_a_finding_on_a_site_concerns_every_item_made_there(
    sessions: sessionmaker[Session],
) -> None:
    source = make_qualification(sessions)
    with reading(sessions) as session:
        row = get_source_row(session, source, TODAY)
    assert row is not None
    make_finding(
        sessions,
        row.identity.item_id,
        item_id=None,
        site_id=row.identity.site_id,
        severity=FindingSeverity.CRITICAL,
    )
    with reading(sessions) as session:
        again = get_source_row(session, source, TODAY)
    assert again is not None
    lacking = [one.reason for one in again.requirements if one.is_lacking and one.is_required]
    assert len(lacking) == 1
    assert lacking[0].startswith("Critical finding 1 of ")


def test_effective_closes_the_finding_under_one_signature(installation: Installation) -> None:
    sessions = installation.sessions
    finding = make_finding(sessions, make_item(sessions), severity=FindingSeverity.CRITICAL)
    request = make_request(sessions, finding)
    do_steps(installation, request)
    assert close(sessions, request) is None
    with reading(sessions) as session:
        row = session.get_one(SupplierFinding, finding)
        assert row.closed_on == TODAY
        signature = session.scalars(
            select(Signature).where(Signature.subject_type == "corrective_action_request")
        ).one()
        asked = session.get_one(CorrectiveActionRequest, request)
        assert (signature.subject_id, signature.subject_version) == (asked.id, asked.version)


def test_not_effective_leads_on_and_asks_for_the_sources_to_be_qualified_again(
    installation: Installation,
) -> None:
    sessions = installation.sessions
    item = make_item(sessions)
    source = make_qualification(sessions, item)
    finding = make_finding(sessions, item)
    request = make_request(sessions, finding)
    do_steps(installation, request)
    following = close(sessions, request, is_effective=False)
    with reading(sessions) as session:
        assert following is not None
        row = session.get_one(CorrectiveActionRequest, following)
        assert (row.follows_id, row.issued_on, row.closed_on) == (request, TODAY, None)
        assert session.get_one(SupplierFinding, finding).closed_on is None
        causes = session.scalars(select(RequalificationCause)).all()
        assert [(one.qualification_id, one.request_id) for one in causes] == [(source, request)]
    assert "was closed as not effective" in due_reasons(sessions, source)[0]
    decide_made_qualification(sessions, source)
    assert due_reasons(sessions, source) == ()


def test_a_refused_closing_names_every_open_step_and_keeps_nothing(
    installation: Installation,
) -> None:
    sessions = installation.sessions
    request = make_request(sessions, make_finding(sessions, make_item(sessions)))
    do_steps(installation, request, STEPS[:4])
    with pytest.raises(Refused) as refused:
        close(sessions, request)
    assert refused.value.reasons == (
        "Actions carried out is still open.",
        "Check of effectiveness is still open.",
    )
    with reading(sessions) as session:
        assert session.scalars(select(Signature)).all() == []


def test_the_database_itself_closes_nothing_early_and_moves_no_day(
    installation: Installation,
) -> None:
    sessions = installation.sessions
    request = make_request(sessions, make_finding(sessions, make_item(sessions)))
    for statement in (
        (
            "UPDATE corrective_action_request SET closed_on = issued_on, "
            "closed_by_id = issued_by_id, "
            f"is_effective = true, conclusion = 'x' WHERE id = {request}"
        ),
        f"UPDATE corrective_action_step SET due_on = '2030-01-01' WHERE request_id = {request}",
        f"DELETE FROM corrective_action_request WHERE id = {request}",
    ):
        with sessions() as session, pytest.raises(DBAPIError):
            session.execute(text(statement))


def test_only_quality_assurance_checks_the_effect_and_closes(installation: Installation) -> None:
    sessions = installation.sessions
    finding = make_finding(sessions, make_item(sessions))
    request = make_request(sessions, finding)
    with pytest.raises(NotPermitted):
        do_steps(installation, request, checker=ANA)
    with pytest.raises(NotPermitted):
        close_finding(
            sessions,
            make_finding(sessions, make_item(sessions)),
            version=1,
            reason="Small.",
            password=PASSWORD,
            actor=BEN,
            now=NOW,
        )


def test_a_step_taken_back_is_open_again_and_an_old_page_is_refused(
    installation: Installation,
) -> None:
    sessions = installation.sessions
    request = make_request(sessions, make_finding(sessions, make_item(sessions)))
    seen = version_of(sessions, request)
    do_steps(installation, request, STEPS[:2])
    with pytest.raises(ChangedMeanwhile):
        take_step_back(sessions, request, version=seen, reason="Wrong day.", actor=BEN, now=NOW)
    seen = version_of(sessions, request)
    take_step_back(sessions, request, version=seen, reason="Wrong day.", actor=BEN, now=NOW)
    with reading(sessions) as session:
        rows = session.scalars(
            select(CorrectiveActionStepRow).where(CorrectiveActionStepRow.done_on.is_not(None))
        ).all()
    assert [one.step for one in rows] == [CorrectiveActionStep.ACKNOWLEDGEMENT]


def test_everything_wrong_with_a_finding_is_named_at_once(sessions: sessionmaker[Session]) -> None:
    mine = make_item(sessions)
    strange = make_lot(sessions)
    with pytest.raises(Refused) as refused:
        make_finding(
            sessions,
            mine,
            title=" ",
            found_on=TODAY + timedelta(days=1),
            lot_ids=(strange,),
        )
    assert refused.value.reasons == (
        "The title is missing.",
        f"It cannot have been found on {(TODAY + timedelta(days=1)).isoformat()}, a day to come.",
        "A further lot is not of an item of this vendor.",
    )


def redrafted(item_id: int, severity: FindingSeverity, *lot_ids: int) -> FindingDraft:
    """The finding of `make_finding` once more, with this severity and these further lots."""
    title = "Filling line without an alarm"
    return FindingDraft(
        FindingOrigin.AUDIT, severity, title, ISSUED_AT.date(), item_id=item_id, lot_ids=lot_ids
    )


def test_who_may_not_close_a_finding_does_not_lower_it_either(
    sessions: sessionmaker[Session],
) -> None:
    item_id = make_item(sessions)
    number = make_finding(sessions, item_id, severity=FindingSeverity.CRITICAL)
    lower = redrafted(item_id, FindingSeverity.MINOR)
    with pytest.raises(Refused, match="is critical; only a person who may close"):
        change_finding(sessions, number, lower, version=1, reason="Less.", actor=ANA, now=NOW)
    change_finding(sessions, number, lower, version=1, reason="Less.", actor=BEA, now=NOW)


def test_who_may_not_close_a_finding_does_not_move_it_to_another_item(
    sessions: sessionmaker[Session],
) -> None:
    item_id = make_item(sessions)
    with reading(sessions) as session:
        item = session.get_one(ManufacturerItem, item_id)
    other = make_item(sessions, material_id=item.material_id, site_id=item.site_id)
    number = make_finding(sessions, item_id, severity=FindingSeverity.CRITICAL)
    moved = redrafted(other, FindingSeverity.CRITICAL)
    with pytest.raises(Refused, match="narrows one"):
        change_finding(sessions, number, moved, version=1, reason="That one.", actor=ANA, now=NOW)
    change_finding(sessions, number, moved, version=1, reason="That one.", actor=BEA, now=NOW)


def test_a_page_from_before_a_lot_was_added_closes_no_finding(
    sessions: sessionmaker[Session],
) -> None:
    lot_id = make_lot(sessions)
    with reading(sessions) as session:
        item_id = session.get_one(Lot, lot_id).item_id
    number = make_finding(sessions, item_id)
    more = redrafted(item_id, FindingSeverity.MAJOR, lot_id)
    change_finding(sessions, number, more, version=1, reason="One more.", actor=BEN, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        close_finding(
            sessions, number, version=1, reason="Small.", password=PASSWORD, actor=BEA, now=NOW
        )


def test_a_finding_sent_twice_is_recorded_once(sessions: sessionmaker[Session]) -> None:
    item_id = make_item(sessions)
    first = make_finding(sessions, item_id, title="Labels  swapped")
    with pytest.raises(Refused, match=f"Finding {first}, “Labels swapped” of .* is open already"):
        make_finding(sessions, item_id, title="labels swapped")
    assert make_finding(sessions, item_id, title="Labels swapped again") > first


def test_the_lots_of_a_suspended_source_are_held(sessions: sessionmaker[Session]) -> None:
    item = specified_item(sessions)
    source = make_qualification(sessions, item)
    lot = make_lot(sessions, item)
    with reading(sessions) as session:
        assert lot_source_blockers(session, lot) == ()
    decide_made_qualification(sessions, source, QualificationStatus.SUSPENDED)
    with reading(sessions) as session:
        assert lot_source_blockers(session, lot) == (
            "Its source is suspended for phase 1/2; its lots are not released.",
        )


def test_lots_count_for_the_check_once_the_actions_were_carried_out(
    installation: Installation,
) -> None:
    sessions = installation.sessions
    item = specified_item(sessions)
    request = make_request(sessions, make_finding(sessions, item), effectiveness_lots=1)
    do_steps(installation, request, STEPS[:5])
    make_lot(sessions, item, received_on=TODAY)
    with pytest.raises(Refused) as refused:
        do_steps(installation, request, STEPS[5:])
    assert "0 came so far" in refused.value.reasons[0]
    with sessions() as session:
        session.execute(text("UPDATE lot SET disposition = 'released'"))
        asked = session.get_one(CorrectiveActionRequest, request)
        assert lots_since(session, asked) == 1
