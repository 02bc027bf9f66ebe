"""Passwords: argon2id, and what a new one has to be."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from supplier_qc.domain.refusals import Refused, WrongPassword
from supplier_qc.persistence.tables.people import Person

MINIMUM_LENGTH = 12
_HASHER = PasswordHasher()
"""The library's defaults: argon2id, 64 MiB, three passes (RFC 9106 low-memory profile)."""


def hash_password(password: str) -> str:
    """An argon2id hash; refuses a password shorter than twelve characters."""
    if len(password) < MINIMUM_LENGTH:
        raise Refused(f"A password has at least {MINIMUM_LENGTH} characters.")
    return _HASHER.hash(password)


def password_matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def confirm_password(person: Person, password: str) -> None:
    """Raise WrongPassword unless the password is this person's."""
    if not person.is_active or not password_matches(person.password_hash, password):
        raise WrongPassword


def new_session_stamp() -> str:
    return secrets.token_hex(16)
