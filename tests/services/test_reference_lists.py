"""Editions of regulatory lists: who may load and sign them, and what one in force changes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.due_dates.states import DueState
from supplier_qc.domain.origin.editions import EditionState
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.origin.vocabulary import Authority, BseStatus, ListAuthority
from supplier_qc.domain.people import PERMISSIONS, Permission, Role
from supplier_qc.domain.refusals import ChangedMeanwhile, NotPermitted, Refused, WrongPassword
from supplier_qc.domain.reminders import DueSubject
from supplier_qc.persistence.reference_files import read_reference_lists, shipped_content
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import (
    AuditEntry,
    ListEdition,
    OriginComponent,
    OriginReassessment,
    ReferenceRow,
    RequalificationCause,
    Signature,
)
from supplier_qc.queries.due import list_due
from supplier_qc.queries.origin import get_item_origin
from supplier_qc.queries.origin_impact import ItemImpact, impact
from supplier_qc.queries.reference_editions import list_editions
from supplier_qc.queries.reference_effects import kept_effects, planned_effects
from supplier_qc.queries.reference_lists import (
    reference_lists,
    reference_lists_as_of,
    reference_lists_with,
)
from supplier_qc.queries.reference_verification import (
    QueueFilter,
    list_rows_to_verify,
    list_verifications,
)
from supplier_qc.services.reference_lists import (
    EditionApproval,
    load_shipped,
    put_in_force,
    sign_edition_in_force,
    verify_row,
    withdraw_edition,
)
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import decide_made_qualification, make_item, make_qualification
from tests.lot_factories import make_lot
from tests.origin_factories import SALTS, SERUM, make_assessment, make_component
from tests.people import PASSWORD
from tests.reference_factories import (
    AUSTRALIA_UNDETERMINED,
    STATUSES,
    edition,
    make_proposal,
    sign_proposal,
    statuses_with,
)

BEN, BEA = actor_of(Role.QA_REVIEWER), actor_of(Role.QA_APPROVER)
LATER = NOW + timedelta(days=1)


def all_of(sessions: sessionmaker[Session], table: type[Any]) -> list[Any]:
    with reading(sessions) as session:
        return list(session.scalars(select(table).order_by(table.id)))


def in_force(sessions: sessionmaker[Session]) -> ListEdition:
    found: list[ListEdition] = [
        e for e in all_of(sessions, ListEdition) if e.state is EditionState.IN_FORCE
    ]
    return next(e for e in found if e.kind is STATUSES)


def status_of_australia(sessions: sessionmaker[Session]) -> set[BseStatus]:
    with reading(sessions) as session:
        rows = reference_lists(session).country_rows(ListAuthority.EU, "AU", TODAY)
    return {row.status for row in rows}


def planned(sessions: sessionmaker[Session], edition_id: int) -> tuple[ItemImpact, ...]:
    with reading(sessions) as session:
        before, after = reference_lists(session), reference_lists_with(session, edition_id)
        return impact(session, before, after, TODAY).items


def own_component(
    sessions: sessionmaker[Session], item_id: int, lot_id: int, facts: dict[str, Any]
) -> None:
    """A lot's own facts in the place of those of its item."""
    with sessions() as session:
        session.add(
            OriginComponent(
                item_id=item_id,
                lot_id=lot_id,
                name=facts["name"],
                facts=facts,
                recorded_by_id=BEN.person_id,
                recorded_at=NOW,
            )
        )
        session.commit()


# --- shipped -------------------------------------------------------------------------------------


def test_the_shipped_lists_are_in_force_unsigned_and_say_what_the_files_say(
    sessions: sessionmaker[Session],
) -> None:
    editions = all_of(sessions, ListEdition)
    assert {one.kind for one in editions} == set(ReferenceListKind)
    assert {one.state for one in editions} == {EditionState.IN_FORCE}
    assert {one.loaded_by_id for one in editions} == {None}
    assert all_of(sessions, Signature) == []
    with reading(sessions) as session:
        assert reference_lists(session) == read_reference_lists()


def test_loading_what_is_shipped_again_loads_nothing(sessions: sessionmaker[Session]) -> None:
    assert load_shipped(sessions, now=LATER) == 0
    assert len(all_of(sessions, ListEdition)) == len(ReferenceListKind)


def test_a_shipped_list_never_replaces_the_one_that_the_site_signed(
    sessions: sessionmaker[Session],
) -> None:
    sign_proposal(sessions, make_proposal(sessions))
    assert load_shipped(sessions, now=LATER) == 0
    assert status_of_australia(sessions) == {BseStatus.UNDETERMINED}


def test_a_kind_without_an_edition_answers_nothing(sessions: sessionmaker[Session]) -> None:
    with reading(sessions) as session:
        assert reference_lists_as_of(session, NOW - timedelta(days=1)).countries == ()


def test_a_shipped_edition_is_signed_once_by_an_approver(sessions: sessionmaker[Session]) -> None:
    number = in_force(sessions).id
    with pytest.raises(NotPermitted):
        sign_edition_in_force(
            sessions, number, reason="Read.", password=PASSWORD, actor=BEN, now=NOW
        )
    sign_edition_in_force(sessions, number, reason="Read.", password=PASSWORD, actor=BEA, now=NOW)
    (signature,) = edition(sessions, number).signatures
    assert (signature.printed_name, signature.fits) == (BEA.full_name, True)
    with pytest.raises(Refused, match="nobody has signed"):
        sign_edition_in_force(
            sessions, number, reason="Again.", password=PASSWORD, actor=BEA, now=NOW
        )


# --- proposing -----------------------------------------------------------------------------------


def test_a_proposal_changes_no_conclusion_before_it_is_signed(
    sessions: sessionmaker[Session],
) -> None:
    row = edition(sessions, make_proposal(sessions))
    assert (row.state, row.loaded_by) == (EditionState.PROPOSED, BEN.full_name)
    assert row.differences == "0 rows added, 0 removed, 1 changed"
    assert status_of_australia(sessions) == {BseStatus.NEGLIGIBLE}


def test_the_audit_entry_names_the_checksum_and_not_every_row(
    sessions: sessionmaker[Session],
) -> None:
    make_proposal(sessions)
    entry = all_of(sessions, AuditEntry)[-1]
    assert [change["table"] for change in entry.changes] == ["list_edition"]
    assert entry.changes[0]["columns"]["sha256"][1] == all_of(sessions, ListEdition)[-1].sha256


HEADER = shipped_content(STATUSES).decode().splitlines()[0]
GOOD = "eu,AU,,negligible,Decision,,2027,2021-08-10,,V,eur-lex,"
BAD_FILES = [
    (b"", "the columns are not"),
    (HEADER.encode() + b"\n", "holds no row"),
    (HEADER.replace("zone", "region").encode() + b"\n" + GOOD.encode(), "the columns are not"),
    (b"\xff\xfe" + HEADER.encode("utf-16-le"), "cannot be read"),
    (f"{HEADER}\n{GOOD.replace('2021-08-10', '10 Aug 2021')}".encode(), "is not a date"),
    (f"{HEADER}\n{GOOD.replace(',AU,', ',ZZ,')}".encode(), "not a country of ISO 3166-1"),
    (f"{HEADER}\n{GOOD}\n{GOOD}".encode(), "Line 3: repeats line 2."),
    (f"{HEADER}\n{GOOD.replace('eur-lex', chr(0))}".encode(), ""),
    (f"{HEADER}\n{GOOD.replace('eur-lex', chr(7))}".encode(), "cannot be stored or seen"),
    (AUSTRALIA_UNDETERMINED + b"\n" * (2 * 2**20), "larger than 2 MB"),
]


@pytest.mark.parametrize(("content", "problem"), BAD_FILES)
def test_a_file_that_is_no_list_is_refused_and_leaves_nothing(
    sessions: sessionmaker[Session], content: bytes, problem: str
) -> None:
    with pytest.raises(Refused) as refused:
        make_proposal(sessions, content)
    assert problem in " ".join(refused.value.reasons)
    assert len(all_of(sessions, ListEdition)) == len(ReferenceListKind)


def test_all_problems_of_label_and_file_are_named_at_once(sessions: sessionmaker[Session]) -> None:
    content = f"{HEADER}\n{GOOD.replace('negligible', 'fine')}\n{GOOD.replace('eu,', 'mars,')}"
    with pytest.raises(Refused) as refused:
        make_proposal(sessions, content.encode(), label="  ")
    label, line_2, line_3 = refused.value.reasons
    assert label == "The label is missing."
    assert line_2.startswith("Line 2, status: “fine” is not one of")
    assert line_3.startswith("Line 3, authority: “mars” is not one of")


@pytest.mark.parametrize("order", ["as shipped", "backwards"])
def test_the_rows_in_force_are_no_new_edition_in_whatever_order(
    sessions: sessionmaker[Session], order: str
) -> None:
    head, *lines = shipped_content(STATUSES).decode().splitlines(keepends=True)
    rows = lines if order == "as shipped" else lines[::-1]
    with pytest.raises(Refused, match="nothing to load"):
        make_proposal(sessions, (head + "".join(rows)).encode())


def test_a_file_from_a_spreadsheet_with_a_byte_order_mark_is_read(
    sessions: sessionmaker[Session],
) -> None:
    content = b"\xef\xbb\xbf" + AUSTRALIA_UNDETERMINED.replace(b"\n", b"\r\n")
    assert edition(sessions, make_proposal(sessions, content)).number_of_rows == 170


def test_a_list_has_one_open_proposal_and_it_can_be_withdrawn(
    sessions: sessionmaker[Session],
) -> None:
    number = make_proposal(sessions)
    other = statuses_with(("eu,AU,,negligible", "eu,AU,,controlled"))
    with pytest.raises(Refused, match="proposed already"):
        make_proposal(sessions, other)
    withdraw_edition(sessions, number, version=1, reason="Wrong file.", actor=BEN, now=NOW)
    assert edition(sessions, number).state is EditionState.WITHDRAWN
    assert edition(sessions, make_proposal(sessions, other)).state is EditionState.PROPOSED
    with pytest.raises(Refused, match="withdrawn, not proposed"):
        withdraw_edition(sessions, number, version=2, reason="Again.", actor=BEN, now=NOW)


# --- who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_loading_and_signing_belong_to_two_roles(role: Role) -> None:
    held = PERMISSIONS[role]
    assert (Permission.LOAD_REFERENCE_DATA in held) is (role is Role.QA_REVIEWER)
    assert (Permission.APPROVE_REFERENCE_DATA in held) is (role is Role.QA_APPROVER)


def test_a_person_with_both_roles_never_signs_what_they_loaded(
    sessions: sessionmaker[Session],
) -> None:
    both = replace(BEN, roles=frozenset({Role.QA_REVIEWER, Role.QA_APPROVER}))
    number = make_proposal(sessions)
    with pytest.raises(Refused, match="You wrote this proposal"):
        sign_proposal(sessions, number, actor=both)
    assert edition(sessions, number).state is EditionState.PROPOSED


def test_a_wrong_password_leaves_the_old_edition_in_force(sessions: sessionmaker[Session]) -> None:
    number = make_proposal(sessions)
    with pytest.raises(WrongPassword):
        sign_proposal(sessions, number, password="not this one")
    assert status_of_australia(sessions) == {BseStatus.NEGLIGIBLE}
    assert all_of(sessions, OriginReassessment) == []


def test_a_reviewer_who_is_no_approver_cannot_sign(sessions: sessionmaker[Session]) -> None:
    number = make_proposal(sessions)
    other = replace(BEN, person_id=BEA.person_id)
    with pytest.raises(NotPermitted):
        sign_proposal(sessions, number, actor=other)


def test_a_signature_is_refused_when_another_edition_came_into_force_meanwhile(
    sessions: sessionmaker[Session],
) -> None:
    number = make_proposal(sessions)
    stale = EditionApproval(1, 999_999, "Read.", PASSWORD)
    with pytest.raises(ChangedMeanwhile):
        put_in_force(sessions, number, stale, actor=BEA, now=NOW)


# --- in force ------------------------------------------------------------------------------------


def test_a_signed_edition_is_in_force_at_once_and_the_old_one_stays_readable(
    sessions: sessionmaker[Session],
) -> None:
    old = in_force(sessions)
    number = make_proposal(sessions)
    sign_proposal(sessions, number, now=LATER)
    assert status_of_australia(sessions) == {BseStatus.UNDETERMINED}
    (signature,) = edition(sessions, number).signatures
    assert (signature.printed_name, signature.fits) == (BEA.full_name, True)
    replaced = edition(sessions, old.id)
    assert (replaced.state, replaced.in_force_to_at) == (EditionState.SUPERSEDED, LATER)
    with reading(sessions) as session:
        assert [one.id for one in list_editions(session, STATUSES)] == [number, old.id]
        assert reference_lists_as_of(session, NOW) == read_reference_lists()
        assert reference_lists_as_of(session, LATER) == reference_lists(session)


def test_the_database_keeps_rows_verifications_and_the_identity_of_an_edition(
    sessions: sessionmaker[Session],
) -> None:
    refused = [
        "UPDATE reference_row SET position = 0",
        "DELETE FROM reference_row",
        "UPDATE list_edition SET label = 'Another'",
        "UPDATE list_edition SET sha256 = 'x'",
        "DELETE FROM list_edition",
        "UPDATE list_edition SET state = 'superseded'",
    ]
    for statement in refused:
        with sessions() as session, pytest.raises(DBAPIError):
            session.execute(text(statement))


def test_what_was_planned_is_what_is_kept(sessions: sessionmaker[Session]) -> None:
    item, other = make_item(sessions), make_item(sessions)
    make_component(sessions, item, SERUM)
    make_component(sessions, other, SALTS)
    lot = make_lot(sessions, item)
    number = make_proposal(sessions)
    with reading(sessions) as session:
        before, after = reference_lists(session), reference_lists_with(session, number)
        expected = planned_effects(impact(session, before, after, TODAY))
    sign_proposal(sessions, number)
    with reading(sessions) as session:
        kept = kept_effects(session, number)
    (effect,) = kept.items
    assert effect == expected.items[0]
    assert effect.item_id == item
    assert [one.lot_id for one in effect.lots] == [lot]
    (change,) = effect.changes
    assert change.authority is Authority.EU
    assert change.is_worse
    assert "T17" in {rule["rule"] for rule in change.rules}


def test_the_signed_assessment_stays_and_is_told_to_be_outdated(
    sessions: sessionmaker[Session],
) -> None:
    item = make_item(sessions)
    make_component(sessions, item, SERUM)
    make_assessment(sessions, item)
    sign_proposal(sessions, make_proposal(sessions))
    with reading(sessions) as session:
        found = get_item_origin(session, item, reference_lists(session), TODAY)
    assert found is not None
    (recorded,) = found.recorded
    assert recorded.is_outdated
    assert recorded.level != found.assessment(Authority.EU).level


def test_an_approved_use_is_reopened_for_cause_and_the_next_decision_closes_it(
    sessions: sessionmaker[Session],
) -> None:
    item = make_item(sessions)
    make_component(sessions, item, SERUM)
    approved = make_qualification(sessions, item)
    sign_proposal(sessions, make_proposal(sessions))
    (cause,) = all_of(sessions, RequalificationCause)
    assert (cause.qualification_id, cause.opened_on, cause.closed_on) == (approved, TODAY, None)
    assert cause.cause.startswith("Country statuses, EU list of May 2027. EU: ")
    with reading(sessions) as session:
        due = [r for r in list_due(session, TODAY) if r.subject is DueSubject.REQUALIFICATION_CAUSE]
    assert [(row.subject_id, row.state) for row in due] == [(cause.id, DueState.DUE_TODAY)]
    decide_made_qualification(sessions, approved, now=LATER)
    (cause,) = all_of(sessions, RequalificationCause)
    assert cause.closed_on == LATER.date()
    with reading(sessions) as session:
        subjects = {row.subject for row in list_due(session, TODAY)}
    assert DueSubject.REQUALIFICATION_CAUSE not in subjects


@pytest.mark.parametrize("approved", [False, True])
def test_neither_a_mere_proposal_nor_a_better_conclusion_opens_a_cause(
    sessions: sessionmaker[Session],
    approved: bool,  # noqa: FBT001 -- the case
) -> None:
    item = make_item(sessions)
    make_component(sessions, item, SERUM)
    if approved:
        sign_proposal(sessions, make_proposal(sessions))
        make_qualification(sessions, item)
        sign_proposal(sessions, make_proposal(sessions, shipped_content(STATUSES), label="Back"))
    else:
        make_qualification(sessions, item, approved=False)
        sign_proposal(sessions, make_proposal(sessions))
    assert len(all_of(sessions, OriginReassessment)) == (2 if approved else 1)
    assert all_of(sessions, RequalificationCause) == []


def test_a_lot_with_facts_of_its_own_is_judged_by_them(sessions: sessionmaker[Session]) -> None:
    item = make_item(sessions)
    make_component(
        sessions,
        item,
        {
            **SERUM,
            "slaughter": {"country": "NZ"},
            "birth": {"country": "NZ"},
            "rearing": {"country": "NZ"},
        },
    )
    inherits, own = make_lot(sessions, item), make_lot(sessions, item)
    own_component(sessions, item, own, SERUM)
    (found,) = planned(sessions, make_proposal(sessions))
    assert found.changes == ()
    assert [lot.lot_id for lot in found.lots] == [own]
    assert found.lots[0].changes[0].authority is Authority.EU
    assert found.is_worse
    sign_proposal(sessions, all_of(sessions, ListEdition)[-1].id)
    assert {row.lot_id for row in all_of(sessions, OriginReassessment)} == {own}
    assert inherits != own


def test_an_edition_that_changes_no_conclusion_keeps_none(sessions: sessionmaker[Session]) -> None:
    make_component(sessions, make_item(sessions), SERUM)
    content = statuses_with(("earlier dates of the status were not read", "earlier dates unread"))
    number = make_proposal(sessions, content)
    assert planned(sessions, number) == ()
    sign_proposal(sessions, number)
    assert all_of(sessions, OriginReassessment) == []


# --- verifying -----------------------------------------------------------------------------------


def unverified(sessions: sessionmaker[Session]) -> list[int]:
    with reading(sessions) as session:
        return [row.row_id for row in list_rows_to_verify(session, QueueFilter())]


def test_a_verified_row_leaves_the_queue_with_name_day_and_note_and_says_what_it_said(
    sessions: sessionmaker[Session],
) -> None:
    first, *rest = unverified(sessions)
    with reading(sessions) as session:
        row = session.get_one(ReferenceRow, first)
    verify_row(sessions, first, "Read at eur-lex, annex.", actor=BEN, now=NOW)
    assert unverified(sessions) == rest
    with reading(sessions) as session:
        found = list_verifications(session)[row.sha256]
        assert session.get_one(ReferenceRow, first).payload == row.payload
    assert (found.verified_by, found.verified_at) == (BEN.full_name, NOW)
    with pytest.raises(Refused, match="verified this row before"):
        verify_row(sessions, first, "Again.", actor=BEN, now=NOW)


def test_a_row_stays_verified_in_the_next_edition_and_a_changed_one_does_not(
    sessions: sessionmaker[Session],
) -> None:
    with reading(sessions) as session:
        rows = list_rows_to_verify(session, QueueFilter(kind=STATUSES))
    for row in rows[:2]:
        verify_row(sessions, row.row_id, "Read.", actor=BEN, now=NOW)
    head, *lines = shipped_content(STATUSES).decode().splitlines()
    changed = lines[rows[0].position - 1] + " Amended."
    lines[rows[0].position - 1] = changed
    sign_proposal(sessions, make_proposal(sessions, "\n".join([head, *lines]).encode()))
    with reading(sessions) as session:
        left = list_rows_to_verify(session, QueueFilter(kind=STATUSES))
    assert len(left) == len(rows) - 1
    assert left[0].position == rows[0].position


def test_who_may_not_load_may_not_verify_and_a_note_is_asked_for(
    sessions: sessionmaker[Session],
) -> None:
    first = unverified(sessions)[0]
    with pytest.raises(NotPermitted):
        verify_row(sessions, first, "Read.", actor=BEA, now=NOW)
    with pytest.raises(Refused, match="Say why"):
        verify_row(sessions, first, "   ", actor=BEN, now=NOW)


def test_a_row_read_in_the_primary_text_waits_for_nobody(sessions: sessionmaker[Session]) -> None:
    row = next(r for r in all_of(sessions, ReferenceRow) if r.payload["mark"] == "V")
    with pytest.raises(Refused, match="nothing is to be verified"):
        verify_row(sessions, row.id, "Read.", actor=BEN, now=NOW)
