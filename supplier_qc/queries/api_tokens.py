"""Tokens of other programs; the tokens themselves are kept nowhere."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from supplier_qc.domain.api_tokens import TokenFacts, TokenScope, is_valid, token_sha256
from supplier_qc.persistence.tables.intake import ApiToken
from supplier_qc.persistence.tables.people import Person


@dataclass(frozen=True, slots=True)
class TokenRow:
    id: int
    name: str
    prefix: str
    scope: TokenScope
    created_at: datetime
    created_by: str
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    revoked_by: str | None
    is_valid: bool


def find_token(session: Session, token: str) -> TokenFacts | None:
    """The record of a token that was sent, by its SHA-256, or None."""
    found = session.scalar(select(ApiToken).where(ApiToken.sha256 == token_sha256(token)))
    return _facts(found) if found else None


def list_tokens(session: Session, now: datetime) -> list[TokenRow]:
    """Every token, the newest first."""
    revoker = aliased(Person)
    found = session.execute(
        select(ApiToken, Person.full_name, revoker.full_name)
        .join(Person, Person.id == ApiToken.created_by_id)
        .outerjoin(revoker, revoker.id == ApiToken.revoked_by_id)
        .order_by(ApiToken.id.desc())
    )
    return [
        TokenRow(
            id=token.id,
            name=token.name,
            prefix=token.prefix,
            scope=token.scope,
            created_at=token.created_at,
            created_by=creator,
            expires_at=token.expires_at,
            last_used_at=token.last_used_at,
            revoked_at=token.revoked_at,
            revoked_by=revoked_by,
            is_valid=is_valid(_facts(token), now),
        )
        for token, creator, revoked_by in found
    ]


def _facts(token: ApiToken) -> TokenFacts:
    return TokenFacts(token.id, token.name, token.scope, token.expires_at, token.revoked_at)
