"""Tokens by which other programs are let in: their make, their scope and when they no longer fit.

A token is 256 random bits, so that its plain SHA-256 can be kept: nobody finds it by guessing.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from supplier_qc.domain.people import Actor, Permission

MARK = "sqc_"
"""Begins every token, so that one found in a file or a log is known for what it is."""

RANDOM_BYTES = 32
LONGEST_DAYS = 366
"""A token that is renewed at least yearly is not forgotten (C)."""

_SHOWN = 8
_SHAPE = re.compile(rf"{MARK}[A-Za-z0-9_-]{{43}}")


class TokenScope(StrEnum):
    SEND_CERTIFICATES = "send_certificates"  # and ask for the state of those sent or on file
    READ_CERTIFICATES = "read_certificates"


_PERMISSIONS = {
    TokenScope.SEND_CERTIFICATES: frozenset(
        {Permission.UPLOAD_CERTIFICATE, Permission.READ_RECORDS}
    ),
    TokenScope.READ_CERTIFICATES: frozenset({Permission.READ_RECORDS}),
}


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What is on file about a token."""

    id: int
    name: str
    scope: TokenScope
    expires_at: datetime
    revoked_at: datetime | None


def token_from(random_bytes: bytes) -> str:
    """The token's text; it is shown once and kept nowhere."""
    return MARK + base64.urlsafe_b64encode(random_bytes).decode().rstrip("=")


def is_token(text: str) -> bool:
    return _SHAPE.fullmatch(text) is not None


def token_prefix(token: str) -> str:
    return token[: len(MARK) + _SHOWN]


def token_sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def is_valid(token: TokenFacts, now: datetime) -> bool:
    return token.revoked_at is None and now < token.expires_at


def token_actor(token: TokenFacts) -> Actor:
    """The program as the audit trail names it, with what its scope permits and no more."""
    return Actor(
        person_id=None,
        full_name=f"API token {token.id} ({token.name})",
        roles=frozenset(),
        permissions=_PERMISSIONS[token.scope],
    )


def token_problems(name: str, days: int | None) -> tuple[str, ...]:
    """Every reason why no token is made; empty when one is."""
    return tuple(_problems(name.strip(), days))


def _problems(name: str, days: int | None) -> Iterator[str]:
    if not name:
        yield "Name the program that will use the token."
    if len(name) > 80:  # noqa: PLR2004 -- the column's width
        yield "The name has at most 80 characters."
    if days is None or not 1 <= days <= LONGEST_DAYS:
        yield f"A token is valid for 1 to {LONGEST_DAYS} days."


def expiry(now: datetime, days: int) -> datetime:
    return now + timedelta(days=days)
