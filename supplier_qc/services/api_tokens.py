"""Making and revoking the tokens of other programs."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.api_tokens import (
    RANDOM_BYTES,
    TokenScope,
    expiry,
    token_from,
    token_prefix,
    token_problems,
    token_sha256,
)
from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.persistence.tables.intake import ApiToken
from supplier_qc.services.transaction import Change, changing

NOTED_EVERY = timedelta(minutes=1)
"""The last use is noted no more often, so that asking for a state writes next to nothing (C)."""


@dataclass(frozen=True, slots=True)
class TokenDraft:
    """`name` is the program that will hold it; valid for `days`."""

    name: str
    scope: TokenScope
    days: int | None


def create_token(
    sessions: sessionmaker[Session], draft: TokenDraft, *, actor: Actor, now: datetime
) -> str:
    """Make a token; what is returned is shown once, only its SHA-256 is kept."""
    with changing(sessions, AuditAction.API_TOKEN_CREATED, actor=actor, now=now) as change:
        person_id = _require_administrator(change)
        problems = list(token_problems(draft.name, draft.days))
        if _is_name_in_use(change, draft.name.strip()):
            problems.append("A token that was not revoked has this name; choose another.")
        Refused.unless_empty(problems)
        token = token_from(secrets.token_bytes(RANDOM_BYTES))
        record = ApiToken(
            name=draft.name.strip(),
            prefix=token_prefix(token),
            sha256=token_sha256(token),
            scope=draft.scope,
            created_at=now,
            created_by_id=person_id,
            expires_at=expiry(now, draft.days or 0),
        )
        change.session.add(record)
        change.session.flush()  # the number is the audit entry's subject
        change.about(record, f"Token {record.prefix}… of {record.name}")
        return token


def revoke_token(
    sessions: sessionmaker[Session], number: int, *, reason: str, actor: Actor, now: datetime
) -> None:
    """The token opens nothing any more, from the next request on."""
    action = AuditAction.API_TOKEN_REVOKED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        person_id = _require_administrator(change)
        record = change.get(ApiToken, number, "Token")
        change.session.refresh(record, with_for_update=True)
        change.about(record, f"Token {record.prefix}… of {record.name}")
        if record.revoked_at is not None:
            raise Refused("This token is revoked already.")
        record.revoked_at = now
        record.revoked_by_id = person_id


def note_use(sessions: sessionmaker[Session], number: int, *, now: datetime) -> None:
    """Bookkeeping of the machine, without an audit entry; what the program does has its own."""
    with sessions() as session:
        record = session.get(ApiToken, number)
        last = record.last_used_at if record else now
        if record is not None and (last is None or now - last >= NOTED_EVERY):
            record.last_used_at = now
            session.commit()


def _is_name_in_use(change: Change, name: str) -> bool:
    wanted = select(ApiToken.id).where(ApiToken.name == name, ApiToken.revoked_at.is_(None))
    return change.session.scalar(wanted.limit(1)) is not None


def _require_administrator(change: Change) -> int:
    actor = change.actor
    if actor.person_id is None or not actor.may(Permission.MANAGE_PEOPLE):
        raise NotPermitted("Your roles do not include the tokens of programs.")
    return actor.person_id
