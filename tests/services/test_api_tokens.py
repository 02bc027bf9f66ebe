"""Tokens are made and revoked by administrators; what is kept opens nothing by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.api_tokens import TokenScope, is_valid
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import NotFound, NotPermitted, Refused
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import ApiToken, AuditEntry
from supplier_qc.queries.api_tokens import find_token, list_tokens
from supplier_qc.services.api_tokens import TokenDraft, create_token, note_use, revoke_token
from tests.conftest import NOW, actor_of
from tests.lot_factories import BEA

DAN = actor_of(Role.ADMINISTRATOR)
DRAFT = TokenDraft("ERP", TokenScope.SEND_CERTIFICATES, 30)


def make_token(sessions: sessionmaker[Session], draft: TokenDraft = DRAFT) -> str:
    return create_token(sessions, draft, actor=DAN, now=NOW)


def test_a_token_is_found_by_itself_and_kept_nowhere(sessions: sessionmaker[Session]) -> None:
    token = make_token(sessions)
    with reading(sessions) as session:
        found = find_token(session, token)
        assert found is not None
        assert is_valid(found, NOW)
        assert find_token(session, token[:-1] + "_") is None
        kept = [
            str(row)
            for table in ("api_token", "audit_entry")
            for row in session.execute(text(f"SELECT * FROM {table}"))
        ]
    assert not any(token[12:] in row for row in kept)


def test_a_revoked_token_is_not_valid_and_says_by_whom(sessions: sessionmaker[Session]) -> None:
    token = make_token(sessions)
    revoke_token(sessions, 1, reason="Lost laptop.", actor=DAN, now=NOW)
    with reading(sessions) as session:
        found = find_token(session, token)
        (row,) = list_tokens(session, NOW)
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert found is not None
    assert not is_valid(found, NOW)
    assert (row.is_valid, row.revoked_by) == (False, DAN.full_name)
    assert entry is not None
    assert entry.reason == "Lost laptop."
    with pytest.raises(Refused, match="already"):
        revoke_token(sessions, 1, reason="Again.", actor=DAN, now=NOW)


def test_a_name_is_used_once_among_tokens_that_stand(sessions: sessionmaker[Session]) -> None:
    make_token(sessions)
    with pytest.raises(Refused, match="has this name"):
        make_token(sessions)
    revoke_token(sessions, 1, reason="Renewed.", actor=DAN, now=NOW)
    make_token(sessions)


def test_only_an_administrator_makes_and_revokes(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(NotPermitted):
        create_token(sessions, DRAFT, actor=BEA, now=NOW)
    make_token(sessions)
    with pytest.raises(NotPermitted):
        revoke_token(sessions, 1, reason="x", actor=BEA, now=NOW)
    with pytest.raises(NotFound):
        revoke_token(sessions, 9, reason="x", actor=DAN, now=NOW)


def test_the_last_use_is_noted_once_a_minute_at_most(sessions: sessionmaker[Session]) -> None:
    make_token(sessions)
    for seconds in (0, 30, 59, 61):
        note_use(sessions, 1, now=NOW + timedelta(seconds=seconds))
        with reading(sessions) as session:
            used = session.get_one(ApiToken, 1).last_used_at
        assert used == NOW + timedelta(seconds=61 if seconds == 61 else 0)


def test_the_database_removes_no_token(sessions: sessionmaker[Session]) -> None:
    make_token(sessions)
    with sessions() as session, pytest.raises(Exception, match="never deleted"):
        session.execute(text("DELETE FROM api_token"))
