"""Closed unless listed open: every route, every role, every method."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask, current_app
from werkzeug.routing import Rule

from supplier_qc.domain.people import PERMISSIONS, Permission, Role
from supplier_qc.services.installation import Installation
from supplier_qc.web.access import (
    OPEN_ENDPOINTS,
    SIGNED_IN_ENDPOINTS,
    TOKEN_BLUEPRINTS,
    permission_of,
)
from tests.browser import Browser
from tests.people import PEOPLE

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
USERNAMES = {role: username for username, _name, role in PEOPLE}


@dataclass(frozen=True, slots=True)
class Route:
    endpoint: str
    path: str
    methods: frozenset[str]
    has_arguments: bool

    @property
    def is_for_programs(self) -> bool:
        return self.endpoint.partition(".")[0] in TOKEN_BLUEPRINTS


def _sample(rule: Rule) -> str:
    """An address the rule matches; the records it names do not exist."""
    values = {}
    for name in rule.arguments:
        converter = rule._converters[name]
        values[name] = 999_999 if hasattr(converter, "num_convert") else "none"
    built = rule.build(values)
    assert built is not None, rule
    return built[1]


def _routes(app: Flask) -> list[Route]:
    return [
        Route(
            rule.endpoint,
            _sample(rule),
            frozenset(rule.methods or ()) - {"HEAD", "OPTIONS"},
            has_arguments=bool(rule.arguments),
        )
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
    ]


@pytest.fixture
def routes(app: Flask) -> list[Route]:
    """The routes for people."""
    return [route for route in _routes(app) if not route.is_for_programs]


@pytest.fixture
def program_routes(app: Flask) -> list[Route]:
    return [route for route in _routes(app) if route.is_for_programs]


@pytest.fixture
def request_context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def test_the_product_has_routes_at_all(routes: list[Route]) -> None:
    assert len(routes) > 20


def test_the_lists_of_open_routes_name_routes_that_exist(app: Flask) -> None:
    assert set(app.view_functions) >= OPEN_ENDPOINTS | SIGNED_IN_ENDPOINTS


@pytest.mark.usefixtures("request_context")
def test_every_route_names_its_permission_or_stands_in_a_list(routes: list[Route]) -> None:
    listed = OPEN_ENDPOINTS | SIGNED_IN_ENDPOINTS
    silent = [
        route.endpoint
        for route in routes
        if permission_of(route.endpoint) is None and route.endpoint not in listed
    ]
    assert silent == []


@pytest.mark.usefixtures("request_context")
def test_no_listed_route_names_a_permission_besides() -> None:
    listed = OPEN_ENDPOINTS | SIGNED_IN_ENDPOINTS
    assert [name for name in listed if permission_of(name) is not None] == []
    assert current_app.view_functions


def test_a_stranger_is_sent_to_the_sign_in_page_by_every_closed_route(
    routes: list[Route], browser: Browser
) -> None:
    let_in = []
    for route in routes:
        if route.endpoint in OPEN_ENDPOINTS or "GET" not in route.methods:
            continue
        answer = browser.raw_get(route.path)
        if answer.status_code != 302 or "/account/sign-in" not in answer.headers["Location"]:
            let_in.append((route.path, answer.status_code))
    assert let_in == []


def test_every_post_without_a_token_is_refused(routes: list[Route], browser: Browser) -> None:
    browser.sign_in("bea")
    taken = [
        (route.path, status)
        for route in routes
        if CHANGING & route.methods and (status := browser.post(route.path).status_code) != 400
    ]
    assert taken == []


def test_the_blueprints_of_programs_exist_and_each_route_names_its_permission(
    app: Flask, program_routes: list[Route]
) -> None:
    assert set(app.blueprints) >= TOKEN_BLUEPRINTS
    assert program_routes
    with app.app_context():
        assert [one for one in program_routes if permission_of(one.endpoint) is None] == []


@pytest.mark.parametrize("username", [None, *USERNAMES.values()])
def test_no_session_opens_a_route_for_programs(
    browser: Browser, program_routes: list[Route], username: str | None
) -> None:
    """Not with the right token against forged forms either."""
    data = {}
    if username is not None:
        page = browser.sign_in(username).get("/account/password")
        data["csrf_token"] = page.tree.xpath("//input[@name='csrf_token']/@value")[0]
    for route in program_routes:
        for answer in (browser.raw_get(route.path), browser.post(route.path, data)):
            assert answer.status_code in {401, 405}, route.path
            assert answer.mimetype == "application/problem+json"


def test_only_routes_for_programs_go_without_the_token_against_forged_forms(app: Flask) -> None:
    protection = app.extensions["csrf"]
    assert {one.name for one in protection._exempt_blueprints} == TOKEN_BLUEPRINTS
    assert protection._exempt_views == set()


def test_no_route_takes_another_method_than_get_and_post(routes: list[Route]) -> None:
    assert [route for route in routes if route.methods - {"GET", "POST"}] == []


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_exactly_what_the_permission_table_says(
    app: Flask, installation: Installation, routes: list[Route], role: Role
) -> None:
    browser = Browser(app, installation).sign_in(USERNAMES[role])
    wrong = []
    for route in routes:
        if "GET" not in route.methods or route.endpoint in OPEN_ENDPOINTS:
            continue
        status = browser.raw_get(route.path).status_code
        if status not in _expected(app, route, role):
            wrong.append((route.path, status))
    assert wrong == []


def _expected(app: Flask, route: Route, role: Role) -> frozenset[int]:
    """An allowed page answers; one that names a record answers that there is none."""
    if not _may(app, route.endpoint, role):
        return frozenset({403})
    return frozenset({404}) if route.has_arguments else frozenset({200, 302})


def _may(app: Flask, endpoint: str, role: Role) -> bool:
    if endpoint in SIGNED_IN_ENDPOINTS:
        return True
    with app.app_context():
        permission = permission_of(endpoint)
    return permission in PERMISSIONS[role]


@pytest.mark.parametrize("role", Role)
def test_looking_at_every_page_changes_nothing(
    app: Flask, installation: Installation, routes: list[Route], role: Role
) -> None:
    browser = Browser(app, installation).sign_in(USERNAMES[role])
    before = _entries(installation)
    for route in routes:
        if "GET" in route.methods:
            browser.raw_get(route.path)
    assert _entries(installation) == before


def _entries(installation: Installation) -> int:
    with installation.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM audit_entry").scalar() or 0)


@pytest.mark.parametrize("role", Role)
def test_a_forbidden_change_is_refused_although_its_token_is_right(
    app: Flask, installation: Installation, routes: list[Route], role: Role
) -> None:
    browser = Browser(app, installation).sign_in(USERNAMES[role])
    token = browser.get("/account/password").tree.xpath("//input[@name='csrf_token']/@value")[0]
    before = _entries(installation)
    let_through = []
    for route in routes:
        if "POST" not in route.methods or route.endpoint in OPEN_ENDPOINTS:
            continue
        if _may(app, route.endpoint, role):
            continue
        status = browser.post(route.path, {"csrf_token": token}).status_code
        if status != 403:
            let_through.append((route.path, status))
    assert let_through == []
    assert _entries(installation) == before


def test_a_closed_door_shows_no_word_of_what_is_behind(browser: Browser) -> None:
    page = browser.sign_in("cyd").get("/people/", expect=403)
    assert "You may not do this" in page.text
    assert "dan@example.invalid" not in page.response.text


def test_every_permission_is_held_by_somebody() -> None:
    held = frozenset[Permission]().union(*PERMISSIONS.values())
    assert held == frozenset(Permission)
