"""Specifications: drafted, edited, signed by somebody else, superseded, never edited again."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import SpecificationStatus
from supplier_qc.domain.people import Actor, Role
from supplier_qc.domain.refusals import (
    ChangedMeanwhile,
    NotFound,
    NotPermitted,
    Refused,
    WrongPassword,
)
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, Signature, Specification
from supplier_qc.services.specifications import (
    Approval,
    add_specification_lines,
    approve_specification,
    change_specification_line,
    discard_specification_draft,
    draft_specification,
    remove_specification_line,
)
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import LINES, approve_made_specification, make_item, make_specification
from tests.people import PASSWORD

ANA = actor_of(Role.PROCUREMENT)
BEN = actor_of(Role.QA_REVIEWER)
BEA = actor_of(Role.QA_APPROVER)
OSMOLALITY = LimitLine("Osmolality", Operator.AT_MOST, high=Decimal(320), unit="mOsm/kg")


def read(sessions: sessionmaker[Session], number: int) -> Specification:
    with reading(sessions) as session:
        found = session.get_one(Specification, number)
        found.lines  # noqa: B018 -- loaded before the session closes
        return found


def count_of(sessions: sessionmaker[Session], table: type[Signature | AuditEntry]) -> int:
    with reading(sessions) as session:
        return len(session.scalars(select(table.id)).all())


def test_the_first_draft_is_empty_and_has_number_one(sessions: sessionmaker[Session]) -> None:
    number = draft_specification(sessions, make_item(sessions), actor=ANA, now=NOW)
    draft = read(sessions, number)
    assert (draft.number, draft.status, draft.lines) == (1, SpecificationStatus.DRAFT, [])


def test_a_new_draft_copies_the_version_in_force(sessions: sessionmaker[Session]) -> None:
    item_id = make_item(sessions)
    make_specification(sessions, item_id)
    draft = read(sessions, draft_specification(sessions, item_id, actor=BEN, now=NOW))
    assert draft.number == 2
    assert [line.attribute for line in draft.lines] == [line.attribute for line in LINES]
    assert draft.lines[0].high == Decimal("0.5")


def test_an_item_has_one_draft_at_a_time(sessions: sessionmaker[Session]) -> None:
    item_id = make_item(sessions)
    draft_specification(sessions, item_id, actor=ANA, now=NOW)
    with pytest.raises(Refused, match="There is a draft"):
        draft_specification(sessions, item_id, actor=BEN, now=NOW)


def test_every_change_of_a_line_counts_the_draft_on(sessions: sessionmaker[Session]) -> None:
    number = make_specification(sessions, effective=False)
    before = read(sessions, number)
    line = before.lines[0]
    stricter = replace(LINES[0], high=Decimal("0.25"))
    change_specification_line(
        sessions, number, line.id, stricter, version=before.version, actor=ANA, now=NOW
    )
    after = read(sessions, number)
    assert (after.version, after.lines[0].high) == (before.version + 1, Decimal("0.25"))
    with pytest.raises(ChangedMeanwhile):
        remove_specification_line(
            sessions, number, line.id, version=before.version, actor=BEN, now=NOW
        )


def test_lines_are_added_all_or_none_with_every_reason(sessions: sessionmaker[Session]) -> None:
    number = make_specification(sessions, effective=False)
    version = read(sessions, number).version
    lines = [
        OSMOLALITY,
        replace(LINES[0], attribute=" endotoxin "),
        LimitLine("Purity", Operator.AT_LEAST, unit="%"),
        LimitLine("Water", Operator.BETWEEN, low=Decimal(3), high=Decimal(1), unit="%"),
        LimitLine("Ash", Operator.AT_MOST, high=Decimal("1E+40")),
    ]
    with pytest.raises(Refused) as refusal:
        add_specification_lines(sessions, number, lines, version=version, actor=ANA, now=NOW)
    assert [reason.split(":")[0] for reason in refusal.value.reasons] == [
        "endotoxin",
        "Purity",
        "Water",
        "Ash",
    ]
    assert len(read(sessions, number).lines) == len(LINES)


def test_a_removed_line_is_in_the_audit_trail(sessions: sessionmaker[Session]) -> None:
    number = make_specification(sessions, effective=False)
    draft = read(sessions, number)
    remove_specification_line(
        sessions, number, draft.lines[1].id, version=draft.version, actor=ANA, now=NOW
    )
    assert [line.attribute for line in read(sessions, number).lines] == ["Endotoxin", "Sterility"]
    with reading(sessions) as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.action is AuditAction.SPECIFICATION_LINES_CHANGED
    assert (entry.changes[0]["change"], entry.changes[0]["columns"]["attribute"]) == (
        "removed",
        ["pH", None],
    )


def test_a_line_of_another_specification_is_not_found(sessions: sessionmaker[Session]) -> None:
    mine, other = (make_specification(sessions, effective=False) for _ in range(2))
    foreign = read(sessions, other).lines[0].id
    with pytest.raises(NotFound):
        remove_specification_line(
            sessions, mine, foreign, version=read(sessions, mine).version, actor=ANA, now=NOW
        )


def test_an_approval_signs_the_version_and_supersedes_the_one_before(
    sessions: sessionmaker[Session],
) -> None:
    item_id = make_item(sessions)
    earlier = NOW - timedelta(days=100)
    first = make_specification(sessions, item_id, now=earlier)
    second = make_specification(sessions, item_id, lines=[*LINES, OSMOLALITY])
    old, new = read(sessions, first), read(sessions, second)
    assert (old.status, old.superseded_on) == (SpecificationStatus.SUPERSEDED, TODAY)
    assert (new.status, new.effective_on) == (SpecificationStatus.EFFECTIVE, TODAY)
    with reading(sessions) as session:
        signature = session.scalars(select(Signature).where(Signature.subject_id == second)).one()
    assert (signature.printed_name, signature.meaning, signature.subject_version) == (
        BEA.full_name,
        SignatureMeaning.APPROVED,
        new.version,
    )


def approval(sessions: sessionmaker[Session], number: int, password: str = PASSWORD) -> Approval:
    return Approval(read(sessions, number).version, "Limits agreed.", password)


def test_a_wrong_password_signs_nothing(sessions: sessionmaker[Session]) -> None:
    number = make_specification(sessions, effective=False)
    with pytest.raises(WrongPassword):
        approve_specification(
            sessions, number, approval(sessions, number, "not the password"), actor=BEA, now=NOW
        )
    assert read(sessions, number).status is SpecificationStatus.DRAFT
    assert count_of(sessions, Signature) == 0


def test_who_may_not_approve_cannot_sign(sessions: sessionmaker[Session]) -> None:
    number = make_specification(sessions, effective=False)
    with pytest.raises(NotPermitted):
        approve_specification(sessions, number, approval(sessions, number), actor=BEN, now=NOW)


def test_whoever_touched_a_line_is_an_author_and_cannot_approve(
    sessions: sessionmaker[Session],
) -> None:
    both = Actor(BEA.person_id, BEA.full_name, frozenset({Role.QA_REVIEWER, Role.QA_APPROVER}))
    number = make_specification(sessions, effective=False)
    version = read(sessions, number).version
    add_specification_lines(sessions, number, [OSMOLALITY], version=version, actor=both, now=NOW)
    with pytest.raises(Refused, match="You wrote this specification"):
        approve_specification(sessions, number, approval(sessions, number), actor=both, now=NOW)


def test_an_empty_draft_is_not_approved(sessions: sessionmaker[Session]) -> None:
    number = draft_specification(sessions, make_item(sessions), actor=ANA, now=NOW)
    with pytest.raises(Refused, match="has no line"):
        approve_made_specification(sessions, number)


def test_a_draft_that_changes_nothing_is_not_approved(sessions: sessionmaker[Session]) -> None:
    item_id = make_item(sessions)
    make_specification(sessions, item_id)
    number = draft_specification(sessions, item_id, actor=ANA, now=NOW)
    with pytest.raises(Refused, match="says the same as version 1"):
        approve_made_specification(sessions, number)


def test_an_approval_rests_on_the_draft_that_was_looked_at(
    sessions: sessionmaker[Session],
) -> None:
    number = make_specification(sessions, effective=False)
    seen = approval(sessions, number)
    add_specification_lines(
        sessions, number, [OSMOLALITY], version=seen.version, actor=ANA, now=NOW
    )
    with pytest.raises(ChangedMeanwhile):
        approve_specification(sessions, number, seen, actor=BEA, now=NOW)


def test_an_approved_version_is_never_edited(sessions: sessionmaker[Session]) -> None:
    number = make_specification(sessions)
    version = read(sessions, number).version
    with pytest.raises(Refused, match="no longer a draft"):
        add_specification_lines(sessions, number, [OSMOLALITY], version=version, actor=ANA, now=NOW)
    with pytest.raises(IntegrityError, match="no longer a draft"), sessions() as session:
        session.execute(text("UPDATE specification_line SET method = 'other'"))


def test_a_discarded_draft_stays_and_its_number_is_not_used_again(
    sessions: sessionmaker[Session],
) -> None:
    item_id = make_item(sessions)
    number = make_specification(sessions, item_id, effective=False)
    discard_specification_draft(
        sessions,
        number,
        version=read(sessions, number).version,
        reason="Wrong item.",
        actor=ANA,
        now=NOW,
    )
    assert read(sessions, number).status is SpecificationStatus.DISCARDED
    assert len(read(sessions, number).lines) == len(LINES)
    again = draft_specification(sessions, item_id, actor=ANA, now=NOW)
    assert (read(sessions, again).number, read(sessions, again).lines) == (2, [])
