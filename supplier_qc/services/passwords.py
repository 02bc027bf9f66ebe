"""Passwords: argon2id, what a new one has to be, and how wrong ones lock an account."""

import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from supplier_qc.domain.refusals import AccountLocked, Refused, WrongPassword
from supplier_qc.persistence.tables.people import Person

MINIMUM_LENGTH = 12
FAILURES_BEFORE_LOCK = 5
LOCK = timedelta(minutes=15)
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


def confirm_password(person: Person, password: str, now: datetime) -> None:
    """Raise WrongPassword unless the password is this person's, AccountLocked while it is locked.

    Called inside a change: the change ends unsaved, and `changing` counts the attempt.
    """
    if is_locked(person, now):
        raise AccountLocked
    if not person.is_active or not password_matches(person.password_hash, password):
        raise WrongPassword
    forget_wrong_passwords(person)


def is_locked(person: Person, now: datetime) -> bool:
    return person.locked_until_at is not None and person.locked_until_at > now


def count_wrong_password(person: Person, now: datetime) -> None:
    """Every fifth in a row locks the account for 15 minutes (product policy)."""
    person.failed_sign_ins += 1
    if person.failed_sign_ins % FAILURES_BEFORE_LOCK == 0:
        person.locked_until_at = now + LOCK


def forget_wrong_passwords(person: Person) -> None:
    person.failed_sign_ins = 0
    person.locked_until_at = None


def new_session_stamp() -> str:
    return secrets.token_hex(16)
