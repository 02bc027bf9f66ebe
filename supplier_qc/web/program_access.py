"""Programs are let in by their token: valid, of the right scope, and not too often."""

import logging
from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from flask import abort, g, request

from supplier_qc.domain.api_tokens import TokenFacts, is_token, is_valid, token_actor, token_prefix
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.rate_limits import allowance
from supplier_qc.queries.api_tokens import find_token
from supplier_qc.services.api_tokens import note_use
from supplier_qc.web import context, problems

logger = logging.getLogger(__name__)

_BEARER = "bearer "
_asked: dict[int, Sequence[datetime]] = {}
_asking = Lock()
"""Requests of each token, in this process; one that serves alone is what the product ships."""


def admit(permission: Permission | None) -> None:
    """Let the request in, or end it as a problem: 401, 403 or 429."""
    token = _token()
    if token is None:
        headers = {"WWW-Authenticate": 'Bearer realm="Supplier QC"'}
        words = (
            "Send a valid token as “Authorization: Bearer …”. A signed-in session does not count."
        )
        abort(problems.problem(401, words, headers=headers))
    wait = _seconds_to_wait(token.id)
    if wait:
        words = f"Too many requests with this token; wait {wait} seconds."
        abort(problems.problem(429, words, headers={"Retry-After": str(wait)}))
    actor = token_actor(token)
    if permission is None or not actor.may(permission):
        abort(problems.problem(403, "The scope of this token does not include that."))
    note_use(context.sessions(), token.id, now=context.now())
    g.program, g.token_id = actor, token.id


def program() -> Actor:
    """The program this request is made for."""
    found: Actor = g.program
    return found


def token_id() -> int:
    found: int = g.token_id
    return found


def _token() -> TokenFacts | None:
    header = request.headers.get("Authorization", "")
    sent = header[len(_BEARER) :].strip() if header.lower().startswith(_BEARER) else ""
    if not is_token(sent):
        return None
    found = find_token(context.reading(), sent)
    if found is None or not is_valid(found, context.now()):
        logger.warning("A token that is not valid was sent: %s…", token_prefix(sent))
        return None
    return found


def _seconds_to_wait(number: int) -> int:
    with _asking:
        found = allowance(_asked.get(number, ()), context.now())
        _asked[number] = found.times
    return found.wait_seconds
