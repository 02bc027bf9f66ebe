"""A token is known by its shape, opens what its scope says, and ends."""

from datetime import UTC, datetime, timedelta

import pytest

from supplier_qc.domain.api_tokens import (
    LONGEST_DAYS,
    MARK,
    TokenFacts,
    TokenScope,
    is_token,
    is_valid,
    token_actor,
    token_from,
    token_prefix,
    token_problems,
    token_sha256,
)
from supplier_qc.domain.people import Permission
from supplier_qc.domain.rate_limits import SPAN, allowance

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TOKEN = token_from(bytes(range(32)))


def facts(**changes: object) -> TokenFacts:
    values: dict[str, object] = {
        "id": 1,
        "name": "ERP",
        "scope": TokenScope.SEND_CERTIFICATES,
        "expires_at": NOW + timedelta(days=1),
        "revoked_at": None,
    }
    return TokenFacts(**(values | changes))  # type: ignore[arg-type]  # fields of TokenFacts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TOKEN, True),
        (TOKEN[:-1], False),
        (TOKEN + "A", False),
        (TOKEN.replace(MARK, "xyz_"), False),
        (MARK + "ä" * 43, False),
        ("", False),
    ],
)
def test_only_what_has_the_shape_of_a_token_is_looked_up(text: str, expected: object) -> None:
    assert is_token(text) is expected


def test_a_token_holds_all_its_random_bits() -> None:
    assert len({token_from(bytes([n]) * 32) for n in range(256)}) == 256
    assert len(token_sha256(TOKEN)) == 64
    assert token_sha256(TOKEN) != token_sha256(TOKEN[:-1])


def test_the_prefix_tells_tokens_apart_and_gives_little_away() -> None:
    assert TOKEN.startswith(token_prefix(TOKEN))
    assert len(TOKEN) - len(token_prefix(TOKEN)) >= 35  # 210 bits stay unknown


@pytest.mark.parametrize(
    ("changes", "valid"),
    [
        ({}, True),
        ({"expires_at": NOW}, False),
        ({"expires_at": NOW + timedelta(seconds=1)}, True),
        ({"revoked_at": NOW - timedelta(days=1)}, False),
    ],
)
def test_a_token_ends_at_its_moment_or_when_it_is_revoked(
    changes: dict[str, object], valid: object
) -> None:
    assert is_valid(facts(**changes), NOW) is valid


@pytest.mark.parametrize(
    ("scope", "permissions"),
    [
        (TokenScope.SEND_CERTIFICATES, {Permission.UPLOAD_CERTIFICATE, Permission.READ_RECORDS}),
        (TokenScope.READ_CERTIFICATES, {Permission.READ_RECORDS}),
    ],
)
def test_a_token_may_do_what_its_scope_says_and_nothing_else(
    scope: TokenScope, permissions: set[Permission]
) -> None:
    actor = token_actor(facts(scope=scope))
    assert {one for one in Permission if actor.may(one)} == permissions
    assert actor.person_id is None
    assert actor.full_name == "API token 1 (ERP)"


@pytest.mark.parametrize(
    ("name", "days", "count"),
    [
        ("ERP", 30, 0),
        ("ERP", LONGEST_DAYS, 0),
        ("ERP", LONGEST_DAYS + 1, 1),
        (" ", 0, 2),
        ("x" * 81, None, 2),
    ],
)
def test_a_token_has_a_name_and_an_end(name: str, days: int | None, count: int) -> None:
    assert len(token_problems(name, days)) == count


def test_one_request_more_than_allowed_waits_until_the_first_is_old() -> None:
    times = [NOW + timedelta(seconds=n) for n in range(3)]
    refused = allowance(times, NOW + timedelta(seconds=10), most=3)
    assert (refused.wait_seconds, refused.times) == (50, tuple(times))
    assert allowance(times, NOW + SPAN, most=3).wait_seconds == 0


def test_a_request_that_was_refused_does_not_count() -> None:
    found = allowance((), NOW, most=1)
    for second in range(1, 60):
        found = allowance(found.times, NOW + timedelta(seconds=second), most=1)
        assert found.wait_seconds == 60 - second
    assert allowance(found.times, NOW + SPAN, most=1).wait_seconds == 0
