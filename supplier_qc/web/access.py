"""Closed unless opened: each view names its permission, and one place checks it."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, flash, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from supplier_qc.domain.people import Permission
from supplier_qc.queries.people import get_signed_in_person
from supplier_qc.web import context, program_access

View = TypeVar("View", bound=Callable[..., Any])

OPEN_ENDPOINTS = frozenset({"account.sign_in", "operations.health", "static"})
"""The only views a stranger reaches."""

TOKEN_BLUEPRINTS = frozenset({"api"})
"""Views for other programs: a token opens them, a session never does, and the other way round."""

SIGNED_IN_ENDPOINTS = frozenset({"account.sign_out", "account.password", "home.index"})
"""Views for everybody who is signed in, whatever their roles."""


def requires(permission: Permission) -> Callable[[View], View]:
    """Mark a view with the permission it needs."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]  # read back by permission_of
        return view

    return mark


def permission_of(endpoint: str) -> Permission | None:
    """The permission a view names, or None when it names none (and is therefore closed)."""
    view = current_app.view_functions.get(endpoint)
    return getattr(view, "permission", None)


def install(app: Flask) -> None:
    app.before_request(_identify)
    app.before_request(_admit)


def start_session(person_id: int, stamp: str) -> None:
    """Begin a fresh session, so that nothing a stranger planted survives signing in."""
    session.clear()
    session["person_id"] = person_id
    session["stamp"] = stamp
    session.permanent = True


def end_session() -> None:
    session.clear()


def is_for_programs() -> bool:
    """Whether the request goes to a view that only a token opens."""
    return request.blueprint in TOKEN_BLUEPRINTS


def _identify() -> None:
    g.person = None
    if is_for_programs():
        return  # nothing of a session counts there, so that none is read or kept
    person_id = session.get("person_id")
    if not isinstance(person_id, int) or request.endpoint == "static":
        return
    found = get_signed_in_person(context.reading(), person_id)
    if found is None or found.session_stamp != session.get("stamp"):
        session.clear()
        return
    g.person = found


def _admit() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint in OPEN_ENDPOINTS:
        return None
    if is_for_programs():
        program_access.admit(permission_of(endpoint))
        return None
    signed_in = context.person()
    if signed_in is None:
        return _to_sign_in()
    if endpoint in SIGNED_IN_ENDPOINTS:
        return None
    permission = permission_of(endpoint)
    if permission is None or not signed_in.actor.may(permission):
        abort(403)
    return None


def _to_sign_in() -> Response:
    if request.method == "GET":
        flash("Sign in to see this page.")
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
    return redirect(url_for("account.sign_in"))
