"""How passwords are kept."""

import pytest

from supplier_qc.domain.refusals import Refused
from supplier_qc.services.passwords import hash_password, password_matches


def test_a_hash_costs_what_the_profile_for_small_memory_says() -> None:
    """RFC 9106, 4: argon2id, t = 3, p = 4, 64 MiB."""
    assert hash_password("a long enough password").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_two_hashes_of_one_password_differ_and_both_fit() -> None:
    one, other = (hash_password("a long enough password") for _ in range(2))
    assert one != other
    assert password_matches(one, "a long enough password")
    assert password_matches(other, "a long enough password")
    assert not password_matches(one, "another long password")


def test_a_short_password_is_refused() -> None:
    with pytest.raises(Refused, match="at least 12"):
        hash_password("short")
