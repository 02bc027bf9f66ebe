"""Scorecards rest on the records of the last twelve months, whatever their number."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import EvidenceKind, UseScope
from supplier_qc.domain.certificate_changes.assessment import NoteState
from supplier_qc.domain.certificate_changes.findings import FindingKind, Severity, Standing
from supplier_qc.domain.certificates import ClaimState
from supplier_qc.domain.corrective_actions import CorrectiveActionStep
from supplier_qc.domain.deliveries import DeliveryStanding, Observation, Receipt
from supplier_qc.domain.evidence_details import EvidenceDetails
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.people import Role
from supplier_qc.domain.scorecard.cases import Outcome
from supplier_qc.domain.scorecard.policy import Measure
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.domain.supplier_findings import FindingOrigin, FindingSeverity
from supplier_qc.domain.supplier_notices import SupplierNoticeKind
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import (
    Certificate,
    CertificateField,
    CertificateFinding,
    ChangeNote,
    EvidenceRequest,
    Lot,
    ManufacturerItem,
    Signature,
    Site,
)
from supplier_qc.persistence.tables.supplier_findings import (
    CorrectiveActionPolicyRow,
    CorrectiveActionRequest,
    CorrectiveActionStepRow,
    SupplierFinding,
)
from supplier_qc.queries.scorecards import (
    ScorecardPage,
    ScoreScope,
    get_scorecard,
    get_subject,
    list_scorecards,
)
from supplier_qc.services.installation import Installation
from supplier_qc.services.supplier_notices import SupplierNoticeDraft, record_supplier_notice
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_evidence, make_item, make_vendor
from tests.identity_factories import make_distributor, make_pack
from tests.lot_factories import make_confirmed_lot, make_lot, specified_item
from tests.services.test_deliveries import make_delivery
from tests.services.test_evidence_requests import make_request

BEN = 2
G, B, N, C = Outcome.GOOD, Outcome.NOT_GOOD, Outcome.NOT_JUDGED, Outcome.COUNTED


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def page(
    sessions: sessionmaker[Session], scope: ScoreScope, number: int, today: date = TODAY
) -> ScorecardPage:
    with reading(sessions) as session:
        subject = get_subject(session, scope, number)
        assert subject is not None
        return get_scorecard(session, subject, today)


def outcomes(
    sessions: sessionmaker[Session],
    measure: Measure,
    item_id: int,
    scope: ScoreScope = ScoreScope.ITEM,
) -> list[Outcome]:
    return [one.judged.outcome for one in page(sessions, scope, item_id).cases_of(measure)]


def vendor_of(sessions: sessionmaker[Session], item_id: int) -> tuple[int, int]:
    """The numbers of the maker and of its site."""
    with reading(sessions) as session:
        site = session.get_one(Site, session.get_one(ManufacturerItem, item_id).site_id)
        return site.organisation_id, site.id


def decide(
    sessions: sessionmaker[Session], lot_id: int, meaning: SignatureMeaning, on: date
) -> None:
    """As the services leave it behind: a signature, and the disposition on the lot."""
    disposition = {
        SignatureMeaning.RELEASED: Disposition.RELEASED,
        SignatureMeaning.REJECTED: Disposition.REJECTED,
        SignatureMeaning.QUARANTINED: Disposition.QUARANTINE,
    }[meaning]
    with sessions.begin() as session:
        session.add(
            Signature(
                person_id=3,
                printed_name="Bea",
                meaning=meaning,
                reason="Looked at.",
                signed_at=at(on),
                subject_type="lot",
                subject_id=lot_id,
                subject_version=1,
                fingerprint="0" * 64,
            )
        )
        session.get_one(Lot, lot_id).disposition = disposition


def test_lots_count_by_their_last_signed_decision_within_the_year(
    sessions: sessionmaker[Session],
) -> None:
    item_id = specified_item(sessions)
    decisions: list[list[tuple[SignatureMeaning, int]]] = [
        [(SignatureMeaning.RELEASED, 10)],
        [(SignatureMeaning.RELEASED, 300), (SignatureMeaning.REJECTED, 5)],
        [(SignatureMeaning.RELEASED, 300), (SignatureMeaning.QUARANTINED, 4)],
        [(SignatureMeaning.RELEASED, 366)],
        [],
    ]
    for moves in decisions:
        lot_id = make_lot(sessions, item_id)
        for meaning, days in moves:
            decide(sessions, lot_id, meaning, ago(days))
    assert outcomes(sessions, Measure.LOT_ACCEPTANCE, item_id) == [B, G]
    assert outcomes(sessions, Measure.FINDINGS, item_id) == [C, C]


def test_a_corrected_or_reissued_certificate_was_not_right_first_time(
    installation: Installation,
) -> None:
    sessions = installation.sessions
    item_id = specified_item(sessions)
    lot_id = make_confirmed_lot(installation, item_id=item_id)
    assert outcomes(sessions, Measure.COA_RIGHT_FIRST_TIME, item_id) == [G]
    with sessions.begin() as session:
        certificate = session.scalars(select(Certificate).where(Certificate.lot_id == lot_id)).one()
        field = session.scalars(
            select(CertificateField).where(CertificateField.certificate_id == certificate.id)
        ).first()
        assert field is not None
        field.state = ClaimState.CORRECTED
    (case,) = page(sessions, ScoreScope.ITEM, item_id).cases_of(Measure.COA_RIGHT_FIRST_TIME)
    assert (case.judged.outcome, case.judged.words) == (B, "1 value corrected at the review.")
    assert (case.table, case.record_id) == ("certificate", certificate.id)
    later = TODAY + timedelta(days=366)
    assert page(sessions, ScoreScope.ITEM, item_id, later).cases == ()


@pytest.fixture
def told(installation: Installation) -> Callable[..., None]:
    """A notice of a change of the item, by its vendor; `days` ago, in effect after `ahead` days."""

    def record(item_id: int, days: int, ahead: int | None, **changes: Any) -> None:
        effective_on = None if ahead is None else ago(days - ahead)
        draft = SupplierNoticeDraft(
            SupplierNoticeKind.CHANGE,
            "New filter",
            ago(days),
            item_ids=[item_id],
            effective_on=effective_on,
            **changes,
        )
        vendor_id, _ = vendor_of(installation.sessions, item_id)
        record_supplier_notice(
            installation.sessions,
            installation.documents,
            vendor_id,
            draft,
            actor=actor_of(Role.QA_REVIEWER),
            now=NOW,
        )

    return record


def test_notices_of_changes_are_held_against_the_agreement_of_their_day(
    installation: Installation, told: Callable[..., None]
) -> None:
    sessions = installation.sessions
    item_id = make_item(sessions)
    vendor_id, _ = vendor_of(sessions, item_id)
    told(item_id, 100, 200)
    assert outcomes(sessions, Measure.CHANGE_NOTIFIED, item_id) == [N]
    make_evidence(
        sessions,
        installation.documents,
        vendor_id,
        kind=EvidenceKind.QUALITY_AGREEMENT,
        issued_on=ago(90),
        details=EvidenceDetails(change_notice_months=6),
    )
    assert outcomes(sessions, Measure.CHANGE_NOTIFIED, item_id) == [N]  # it came after the notice
    told(item_id, 80, 200)
    told(item_id, 70, 30)
    told(item_id, 60, None)
    told(item_id, 400, 10)
    assert outcomes(sessions, Measure.CHANGE_NOTIFIED, item_id) == [N, B, G, N]


def add_change(session: Session, certificate_id: int, kind: FindingKind, **changes: Any) -> None:
    finding = CertificateFinding(
        certificate_id=certificate_id,
        kind=kind,
        rule="C-21",
        severity=Severity.MAJOR,
        standing=Standing.FOUND,
        subject="Endotoxin",
        sentence="The method of endotoxin changed.",
        evidence={},
        found_at=NOW,
    )
    session.add(ChangeNote(finding=finding, state=NoteState.OPEN, **changes))


def test_a_change_nobody_told_about_was_not_notified_and_one_told_counts_once(
    installation: Installation, told: Callable[..., None]
) -> None:
    sessions = installation.sessions
    item_id = specified_item(sessions)
    lot_id = make_confirmed_lot(installation, item_id=item_id)
    with sessions.begin() as session:
        number = session.scalars(select(Certificate.id).where(Certificate.lot_id == lot_id)).one()
        add_change(session, number, FindingKind.METHOD)
        add_change(session, number, FindingKind.SITE, supplier_reference="CN-7")
        add_change(session, number, FindingKind.MID_RANGE)  # a pattern, no change
    assert sorted(outcomes(sessions, Measure.CHANGE_NOTIFIED, item_id)) == [B, N]
    told(item_id, 20, None, reference="cn-7")
    cases = page(sessions, ScoreScope.ITEM, item_id).cases_of(Measure.CHANGE_NOTIFIED)
    assert [(one.table, one.judged.outcome) for one in cases] == [
        ("certificate", B),
        ("supplier_notice", N),
    ]


@pytest.mark.postgresql
def test_a_delivery_counts_for_who_sold_it_and_for_the_item_and_site_it_is_of(
    sessions: sessionmaker[Session],
) -> None:
    item_id = make_item(sessions)
    maker, site_id = vendor_of(sessions, item_id)
    seller = make_distributor(sessions)
    pack = make_pack(sessions, item_id, distributor_id=seller)
    receipt = Receipt(
        TODAY, DeliveryStanding.QUARANTINED, ("1",), Observation.NO, None, Observation.NO
    )
    make_delivery(sessions, item_id, distributor_item_id=pack, receipt=receipt)
    make_delivery(sessions, item_id, promised_on=ago(1))
    make_delivery(sessions, item_id)
    delivery = Measure.DELIVERY
    assert outcomes(sessions, delivery, item_id) == [G, B]
    assert outcomes(sessions, delivery, site_id, ScoreScope.SITE) == [G, B]
    assert outcomes(sessions, delivery, seller, ScoreScope.VENDOR) == [G]
    assert outcomes(sessions, delivery, maker, ScoreScope.VENDOR) == [B]


def test_open_requests_count_once_late_and_withdrawn_ones_never(
    sessions: sessionmaker[Session],
) -> None:
    vendor_id = make_vendor(sessions)
    for _ in range(3):
        make_request(sessions, vendor_id)
    with sessions.begin() as session:
        late, withdrawn, _ = session.scalars(select(EvidenceRequest)).all()
        late.asked_on, late.due_on = ago(40), ago(10)
        withdrawn.asked_on, withdrawn.due_on = ago(40), ago(10)
        withdrawn.withdrawn_at, withdrawn.withdrawn_by_id = NOW, BEN
        withdrawn.withdrawal_reason = "Asked twice."
    (case,) = page(sessions, ScoreScope.VENDOR, vendor_id).cases_of(Measure.RESPONSIVENESS)
    assert (case.judged.outcome, case.judged.days) == (C, 40)


def add_finding(session: Session, vendor_id: int, **changes: Any) -> SupplierFinding:
    values: dict[str, Any] = {
        "organisation_id": vendor_id,
        "origin": FindingOrigin.COMPLAINT,
        "severity": FindingSeverity.MAJOR,
        "title": "Leaking bottles",
        "found_on": ago(30),
        "recorded_by_id": BEN,
        "recorded_at": NOW,
    }
    finding = SupplierFinding(**(values | changes))
    session.add(finding)
    session.flush()  # its number is named by its request
    return finding


def test_findings_of_audits_are_no_deviations(sessions: sessionmaker[Session]) -> None:
    vendor_id = make_vendor(sessions)
    with sessions.begin() as session:
        add_finding(session, vendor_id)
        add_finding(session, vendor_id, origin=FindingOrigin.AUDIT)
        add_finding(session, vendor_id, found_on=ago(366))
    (case,) = page(sessions, ScoreScope.VENDOR, vendor_id).cases_of(Measure.FINDINGS)
    assert (case.judged.outcome, case.judged.words) == (B, "Major finding.")


@pytest.mark.parametrize(
    ("due_days_ago", "done_days_ago", "is_effective", "expected"),
    [
        (5, 5, True, [G]),
        (5, 4, True, [B]),
        (5, 5, False, [B]),
        (5, None, None, [B]),  # overdue
        (0, None, None, []),  # due today
    ],
)
def test_a_corrective_action_counts_once_it_is_closed_or_late(
    sessions: sessionmaker[Session],
    due_days_ago: int,
    done_days_ago: int | None,
    is_effective: bool | None,  # noqa: FBT001 -- a column of the table
    expected: list[Outcome],
) -> None:
    vendor_id = make_vendor(sessions)
    with sessions.begin() as session:
        policy = session.scalars(select(CorrectiveActionPolicyRow)).first()
        assert policy is not None
        request = CorrectiveActionRequest(
            finding_id=add_finding(session, vendor_id).id,
            request="Tell us why they leaked.",
            issued_on=ago(20),
            issued_by_id=BEN,
        )
        request.steps = [
            CorrectiveActionStepRow(step=step, policy_id=policy.id, due_on=ago(due_days_ago))
            for step in CorrectiveActionStep
        ]
        for step in request.steps if done_days_ago is not None else ():
            step.done_on, step.done = ago(done_days_ago or 0), "Done."
            step.recorded_by_id, step.recorded_at = BEN, NOW
        session.add(request)
        session.flush()  # the database closes none with a step still open
        if is_effective is not None:
            request.closed_on, request.closed_by_id = TODAY, 3
            request.is_effective, request.conclusion = is_effective, "Looked at."
    vendor = ScoreScope.VENDOR
    assert outcomes(sessions, Measure.CORRECTIVE_ACTION, vendor_id, vendor) == expected


@pytest.mark.postgresql
def test_the_list_is_read_in_as_many_statements_for_many_as_for_one(
    installation: Installation, told: Callable[..., None]
) -> None:
    sessions = installation.sessions

    def fill() -> None:
        item_id = specified_item(sessions)
        decide(sessions, make_lot(sessions, item_id), SignatureMeaning.RELEASED, TODAY)
        make_delivery(sessions, item_id, promised_on=ago(1), quantity=Decimal(1))
        make_delivery(sessions, item_id, use_scope=UseScope.RESEARCH)
        told(item_id, 20, 5)
        with sessions.begin() as session:
            add_finding(session, vendor_of(sessions, item_id)[0])

    def counted() -> tuple[int, int]:
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        event.listen(installation.engine, "before_cursor_execute", note)
        with reading(sessions) as session:
            found = list_scorecards(session, TODAY)
        event.remove(installation.engine, "before_cursor_execute", note)
        return len(statements), len(found)

    fill()
    before, one = counted()
    for _ in range(3):
        fill()
    after, many = counted()
    assert after == before
    assert (one, many) == (1, 4)


def test_a_vendor_without_a_record_is_not_rated_and_stands_last(
    sessions: sessionmaker[Session],
) -> None:
    make_vendor(sessions, name="Aardvark")
    item_id = specified_item(sessions)
    for _ in range(3):
        decide(sessions, make_lot(sessions, item_id), SignatureMeaning.RELEASED, TODAY)
    for _ in range(3):
        make_delivery(sessions, item_id, promised_on=ago(1))
    with reading(sessions) as session:
        first, last = list_scorecards(session, TODAY)
    assert (last.name, last.card.score, last.count) == ("Aardvark", None, 0)
    assert first.card.rated_weight == 30 + 15 + 10
    assert (first.card.score, first.count) == (Decimal("81.8"), 6)
