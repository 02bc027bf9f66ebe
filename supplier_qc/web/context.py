"""What a request has at hand: the installation, a reading session, the person, the clock."""

from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import cast

from flask import Flask, current_app, g
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.people import Actor
from supplier_qc.queries.people import SignedInPerson
from supplier_qc.services.installation import Installation

_KEY = "supplier_qc"


def install(app: Flask, installation: Installation) -> None:
    app.extensions[_KEY] = installation
    app.teardown_appcontext(_close_reading)


def installation() -> Installation:
    return cast("Installation", current_app.extensions[_KEY])


def sessions() -> sessionmaker[Session]:
    """For services, which open their own transaction."""
    return installation().sessions


def reading() -> Session:
    """The request's session for queries; opened at first use, closed with the request.

    A view that calls a service and then shows the result redirects, so that the next request
    reads what was saved.
    """
    if "reading" not in g:
        g.reading_exit = ExitStack()
        g.reading = g.reading_exit.enter_context(installation().reading())
    return cast("Session", g.reading)


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- this file is where pages read the clock


def today() -> date:
    """Today by UTC, as all dates of the product are."""
    return now().date()


def person() -> SignedInPerson | None:
    """The signed-in person, put here by web/access.py before the view runs."""
    return cast("SignedInPerson | None", g.get("person"))


def actor() -> Actor:
    signed_in = person()
    if signed_in is None:
        raise RuntimeError("A view that acts for a person ran without one.")
    return signed_in.actor


def _close_reading(_error: BaseException | None) -> None:
    exit_stack = g.pop("reading_exit", None)
    g.pop("reading", None)
    if exit_stack is not None:
        exit_stack.close()
