"""Statements of origin: taken up, decided value by value, and confirmed as evidence."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import EvidenceKind
from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.domain.origin.paper_findings import Light
from supplier_qc.domain.origin.statement_papers import StatementFact as F
from supplier_qc.domain.origin.statement_states import StatementKind, StatementState
from supplier_qc.domain.refusals import ChangedMeanwhile, NotFound, NotPermitted, Refused
from supplier_qc.extraction.claims import DocumentKind
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, Evidence
from supplier_qc.queries.reference_lists import reference_lists
from supplier_qc.queries.statement_findings import list_item_statements
from supplier_qc.queries.text_mentions import get_item_text_check, get_lot_text_check
from supplier_qc.services.installation import Installation
from supplier_qc.services.reference_lists import load_shipped
from supplier_qc.services.statements import (
    Coverage,
    add_value,
    confirm_statement,
    decide_value,
    reject_statement,
    state_coverage,
    take_as_statement,
)
from tests.conftest import NOW, TODAY
from tests.factories import make_item, make_vendor
from tests.lot_factories import (
    ANA,
    BEN,
    decide_everything,
    document_reading,
    finish_review,
    get_certificate,
    item_number,
    make_proposal,
    specified_item,
)
from tests.origin_factories import SALTS, make_component
from tests.statement_factories import (
    decide_all,
    get_statement,
    make_confirmed_statement,
    make_statement,
    mention,
    statement_reading,
)


@pytest.fixture
def item_id(sessions: sessionmaker[Session]) -> int:
    return make_item(sessions)


def named(sessions: sessionmaker[Session], item_id: int) -> tuple[F, str, str]:
    number = item_number(sessions, item_id)
    return F.CATALOGUE_NUMBER, number, number


def actions(sessions: sessionmaker[Session]) -> list[str]:
    with reading(sessions) as session:
        found = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))
        return [one.value for one in found if one.value.startswith("origin_statement")]


def test_a_paper_is_taken_up_with_what_was_read_and_the_items_it_names(
    installation: Installation, item_id: int
) -> None:
    sessions = installation.sessions
    number = make_statement(installation, named(sessions, item_id))
    statement = get_statement(sessions, number)
    certificate = get_certificate(sessions, statement.certificate_id)
    assert certificate.state is CertificateState.REJECTED
    assert statement.document_id == certificate.document_id
    assert [row.item_id for row in statement.items] == [item_id]
    assert statement.organisation_id == statement.items[0].item.site.organisation_id
    issued = next(one for one in statement.fields if one.fact is F.ISSUED_ON)
    assert (issued.literal, issued.value, issued.box and issued.box["page"]) == (
        "1 April 2026",
        "2026-04-01",
        1,
    )
    unread = {one.fact for one in statement.fields if one.literal is None}
    assert unread == {F.SIGNATORY}


def test_a_paper_that_could_not_be_read_is_entered_by_hand(installation: Installation) -> None:
    found = statement_reading(said=(), kind=DocumentKind.UNKNOWN)
    number = make_statement(installation, found=found)
    statement = get_statement(installation.sessions, number)
    assert statement.kind is StatementKind.TSE_STATEMENT
    assert {one.literal for one in statement.fields} == {None}
    add_value(installation.sessions, number, F.COUNTRY_OF_BIRTH, "NZ", actor=BEN, now=NOW)
    added = get_statement(installation.sessions, number).fields[-1]
    assert (added.fact, added.value, added.state) == (F.COUNTRY_OF_BIRTH, "NZ", ClaimState.ENTERED)


def test_confirmation_makes_evidence_for_each_item_in_the_same_change(
    installation: Installation, item_id: int
) -> None:
    sessions = installation.sessions
    number = make_confirmed_statement(installation, named(sessions, item_id))
    statement = get_statement(sessions, number)
    assert statement.state is StatementState.CONFIRMED
    with reading(sessions) as session:
        evidence = session.get_one(Evidence, statement.items[0].evidence_id or 0)
        assert (evidence.kind, evidence.item_id) == (EvidenceKind.TSE_STATEMENT, item_id)
        assert (str(evidence.issued_on), str(evidence.expires_on)) == ("2026-04-01", "2028-03-31")
        assert evidence.issued_by == "Aspen Reagents"
        assert evidence.document_id == statement.document_id
        scope = f"Catalogue number: {item_number(sessions, item_id)}; Species: bovine"
        assert evidence.scope == scope
    assert actions(sessions)[-1] == "origin_statement:status:confirmed"
    assert actions(sessions)[0] == "origin_statement:record:taken"


def test_a_paper_on_all_products_is_evidence_of_the_vendor(
    installation: Installation, item_id: int
) -> None:
    sessions = installation.sessions
    said = (named(sessions, item_id), (F.ALL_PRODUCTS, "yes", "all products"))
    statement = get_statement(sessions, make_confirmed_statement(installation, *said))
    with reading(sessions) as session:
        evidence = session.get_one(Evidence, statement.evidence_id or 0)
        assert (evidence.item_id, evidence.site_id) == (None, None)
        assert evidence.organisation_id == statement.organisation_id
    assert statement.items[0].evidence_id is None


def test_what_still_stops_the_confirmation_is_named_at_once(installation: Installation) -> None:
    sessions = installation.sessions
    found = statement_reading(
        said=((F.ISSUED_ON, "2026-04-01", "1 April 2026"), (F.SOURCE, "cattle", "bovine"))
    )
    number = make_statement(installation, found=found)
    with pytest.raises(Refused) as refusal:
        confirm_statement(sessions, number, version=1, actor=BEN, now=NOW)
    assert refusal.value.reasons == (
        "Decide on 2 values that were read: issued on, species.",
        "Choose the vendor whose paper it is.",
        "Choose the items that it covers, or enter that it covers all products.",
    )


def test_dates_out_of_order_stop_the_confirmation(installation: Installation, item_id: int) -> None:
    sessions = installation.sessions
    said = (
        named(sessions, item_id),
        (F.ISSUED_ON, "2026-04-01", "1 April 2026"),
        (F.VALID_UNTIL, "2025-04-01", "1 April 2025"),
    )
    number = make_statement(installation, found=statement_reading(said=said))
    decide_all(sessions, number)
    with pytest.raises(Refused, match="lies before issued on 2026-04-01"):
        confirm_statement(
            sessions, number, version=get_statement(sessions, number).version, actor=BEN, now=NOW
        )


def test_bad_input_is_refused_and_changes_nothing(installation: Installation, item_id: int) -> None:
    sessions = installation.sessions
    number = make_statement(installation, named(sessions, item_id))
    field = next(one for one in get_statement(sessions, number).fields if one.fact is F.ISSUED_ON)

    def decide(value: str, version: int = field.version, field_id: int = field.id) -> None:
        decide_value(sessions, number, field_id, value, version=version, actor=BEN, now=NOW)

    def add(fact: F, value: str) -> None:
        add_value(sessions, number, fact, value, actor=BEN, now=NOW)

    other_vendor = make_vendor(sessions)
    refused: tuple[tuple[Callable[[], None], type[Exception], str], ...] = (
        (lambda: decide("April 2026"), Refused, "one day, written year-month-day"),
        (lambda: decide("x" * 301), Refused, "at most 300 characters"),
        (lambda: decide("2026-04-02", version=99), ChangedMeanwhile, "changed"),
        (lambda: decide("2026-04-02", field_id=9_999), NotFound, "9999"),
        (lambda: add(F.SOURCE, "cattle"), Refused, "stands above already"),
        (lambda: add(F.ISSUED_ON, "2026-04-01"), Refused, "decide on it there"),
        (lambda: add(F.TISSUE, "  "), Refused, "Type what the paper says"),
        (lambda: add(F.COUNTRY_OF_BIRTH, "Atlantis"), Refused, "choose one of the list"),
        (
            lambda: state_coverage(
                sessions,
                number,
                Coverage(StatementKind.TSE_STATEMENT, other_vendor, {item_id: None}),
                version=get_statement(sessions, number).version,
                actor=BEN,
                now=NOW,
            ),
            Refused,
            "is not made by",
        ),
        (
            lambda: reject_statement(
                sessions,
                number,
                version=get_statement(sessions, number).version,
                reason=" ",
                actor=BEN,
                now=NOW,
            ),
            Refused,
            "Say why",
        ),
        (
            lambda: confirm_statement(sessions, number, version=1, actor=ANA, now=NOW),
            NotPermitted,
            "origin of materials",
        ),
    )
    before = actions(sessions)
    for act, kind, words in refused:
        with pytest.raises(kind, match=words):
            act()
    assert actions(sessions) == before


def test_a_decision_says_whether_it_was_read_right(
    installation: Installation, item_id: int
) -> None:
    sessions = installation.sessions
    number = make_statement(installation, named(sessions, item_id))
    states = {}
    for fact, typed in ((F.TISSUE, "blood"), (F.SOURCE, "pig"), (F.GUIDELINE, ""),
                        (F.SIGNATORY, "Ida Berg")):  # fmt: skip
        field = next(one for one in get_statement(sessions, number).fields if one.fact is fact)
        decide_value(sessions, number, field.id, typed, version=field.version, actor=BEN, now=NOW)
        decided = next(one for one in get_statement(sessions, number).fields if one.id == field.id)
        states[fact] = (decided.state, decided.value)
    assert states == {
        F.TISSUE: (ClaimState.CONFIRMED, "blood"),
        F.SOURCE: (ClaimState.CORRECTED, "pig"),
        F.GUIDELINE: (ClaimState.REJECTED, None),
        F.SIGNATORY: (ClaimState.ENTERED, "Ida Berg"),
    }


def test_coverage_is_changed_only_by_who_saw_it_last(
    installation: Installation, item_id: int
) -> None:
    sessions = installation.sessions
    number = make_statement(installation, named(sessions, item_id))
    seen = get_statement(sessions, number)

    def cover(items: dict[int, bool | None]) -> None:
        state_coverage(
            sessions,
            number,
            Coverage(StatementKind.CERTIFICATE_OF_ORIGIN, seen.organisation_id or 0, items),
            version=seen.version,
            actor=BEN,
            now=NOW,
        )

    cover({item_id: False})
    after = get_statement(sessions, number)
    assert [row.names_site for row in after.items] == [False]
    assert after.kind is StatementKind.CERTIFICATE_OF_ORIGIN
    with pytest.raises(ChangedMeanwhile):
        cover({})


def test_a_page_from_before_another_persons_decision_confirms_nothing(
    installation: Installation, item_id: int
) -> None:
    sessions = installation.sessions
    number = make_statement(installation, named(sessions, item_id))
    decide_all(sessions, number)
    seen = get_statement(sessions, number)
    issuer = next(one for one in seen.fields if one.fact is F.ISSUER)
    decide_value(
        sessions,
        number,
        issuer.id,
        "Another issuer",
        version=issuer.version,
        actor=BEN,
        now=NOW,
    )
    with pytest.raises(ChangedMeanwhile):
        confirm_statement(sessions, number, version=seen.version, actor=BEN, now=NOW)


def test_the_same_paper_is_not_taken_up_twice_but_a_rejected_one_may_be(
    installation: Installation,
) -> None:
    sessions = installation.sessions
    number = make_statement(installation)
    statement = get_statement(sessions, number)
    with pytest.raises(Refused, match="is rejected"):
        take_as_statement(
            sessions,
            statement.certificate_id,
            version=get_certificate(sessions, statement.certificate_id).version,
            actor=BEN,
            now=NOW,
        )
    reject_statement(
        sessions, number, version=statement.version, reason="Of another product.", actor=BEN,
        now=NOW,
    )  # fmt: skip
    assert get_statement(sessions, number).state is StatementState.REJECTED


def test_the_findings_of_a_confirmed_statement_stand_on_its_item(
    installation: Installation, item_id: int
) -> None:
    sessions = installation.sessions
    load_shipped(sessions, now=NOW)
    make_component(sessions, item_id, SALTS)
    make_confirmed_statement(installation, named(sessions, item_id))
    with reading(sessions) as session:
        (found,) = list_item_statements(session, item_id, reference_lists(session), TODAY)
    assert found.linted.light is Light.CONTRADICTED
    rules = [one.rule_id for one in found.linted.findings]
    assert "W-09" in rules
    assert "W-03" not in rules


def test_a_certificate_that_names_an_unrecorded_origin_raises_a_question_on_item_and_lot(
    installation: Installation,
) -> None:
    sessions = installation.sessions
    item_id = specified_item(sessions)
    make_component(sessions, item_id, SALTS)
    found = document_reading(
        mentions=(mention("pig", "Contains porcine heparin."),
                  mention("animal", "Free of animal products.", is_denied=True))
    )  # fmt: skip
    number = make_proposal(installation, found, item_id=item_id)
    decide_everything(sessions, number)
    lot_id = finish_review(installation, number)
    with reading(sessions) as session:
        of_item = get_item_text_check(session, item_id)
        of_lot = get_lot_text_check(session, item_id, lot_id)
    assert [one.rule_id for one in of_item.contradictions] == ["T18"]
    assert of_item == of_lot
    assert (of_item.searched, of_item.not_searched) == (1, ())
