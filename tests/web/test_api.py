"""The interface for programs: a token opens it, nothing else does, and every answer is JSON."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from supplier_qc.config import ROOT
from supplier_qc.domain.api_tokens import TokenScope
from supplier_qc.domain.arrivals import Arrival
from supplier_qc.domain.rate_limits import MOST_REQUESTS
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry
from supplier_qc.services.api_tokens import TokenDraft, create_token, revoke_token
from supplier_qc.services.certificates import reject_certificate
from supplier_qc.services.installation import Installation
from supplier_qc.web import program_access
from tests.browser import Browser
from tests.conftest import NOW
from tests.lot_factories import BEN, get_certificate, make_proposal, pdf_bytes, specified_item
from tests.services.test_api_tokens import DAN

PATH = "/api/v1/certificates"


@pytest.fixture(autouse=True)
def nobody_asked_before() -> None:
    program_access._asked.clear()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def make_token(
    installation: Installation,
    scope: TokenScope = TokenScope.SEND_CERTIFICATES,
    name: str = "ERP",
    now: datetime | None = None,
) -> str:
    draft = TokenDraft(name, scope, 30)
    moment = now or datetime.now(UTC)  # noqa: TID251 -- the server reads the real clock
    return create_token(installation.sessions, draft, actor=DAN, now=moment)


@pytest.fixture
def token(installation: Installation) -> str:
    return make_token(installation)


def with_token(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def send(
    client: FlaskClient, token: str, content: bytes, media_type: str = "application/pdf"
) -> TestResponse:
    return client.post(PATH, data=content, content_type=media_type, headers=with_token(token))


def problem(answer: TestResponse) -> Mapping[str, object]:
    assert answer.mimetype == "application/problem+json"
    assert "Set-Cookie" not in answer.headers
    found: Mapping[str, object] = json.loads(answer.text)
    assert found["status"] == answer.status_code
    return found


def test_a_pdf_becomes_a_certificate_of_the_program(
    client: FlaskClient, installation: Installation, token: str
) -> None:
    content = pdf_bytes()
    answer = client.post(
        PATH,
        data={"file": (BytesIO(content), "coa 17.pdf")},
        content_type="multipart/form-data",
        headers=with_token(token),
    )
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{PATH}/1"
    assert "Set-Cookie" not in answer.headers
    found = json.loads(answer.text)
    assert (found["id"], found["state"], found["filename"]) == (1, "queued", "coa 17.pdf")
    certificate = get_certificate(installation.sessions, 1)
    assert (certificate.arrival, certificate.api_token_id) == (Arrival.API, 1)
    assert certificate.uploaded_by_id is None
    assert installation.documents.get(certificate.document.sha256) == content
    with reading(installation.sessions) as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.actor_id, entry.actor_name) == (None, "API token 1 (ERP)")


@pytest.mark.parametrize(
    ("example", "media_type"),
    [
        ("example.json", "application/json"),
        ("example.xml", "application/xml"),
        ("example.xml", "text/xml"),
        ("example.csv", "text/csv"),
    ],
)
def test_results_are_sent_as_the_body_itself(
    client: FlaskClient, installation: Installation, token: str, example: str, media_type: str
) -> None:
    content = (ROOT / "docs" / "structured-results" / example).read_bytes()
    assert send(client, token, content, media_type).status_code == 201
    document = get_certificate(installation.sessions, 1).document
    assert document.media_type == media_type.replace("text/xml", "application/xml")


def test_the_same_bytes_are_one_certificate_however_often_they_are_sent(
    client: FlaskClient, token: str
) -> None:
    content = pdf_bytes()
    assert send(client, token, content).status_code == 201
    again = send(client, token, content)
    assert (again.status_code, json.loads(again.text)["id"]) == (200, 1)


def test_a_rejected_certificate_may_be_sent_again(
    client: FlaskClient, installation: Installation, token: str
) -> None:
    number = make_proposal(installation)
    content = installation.documents.get(
        get_certificate(installation.sessions, number).document.sha256
    )
    reject_certificate(
        installation.sessions,
        number,
        version=get_certificate(installation.sessions, number).version,
        reason="Wrong.",
        actor=BEN,
        now=NOW,
    )
    answer = send(client, token, content)
    assert (answer.status_code, json.loads(answer.text)["id"]) == (201, number + 1)


def test_the_state_of_a_certificate_is_told(
    client: FlaskClient, installation: Installation, token: str
) -> None:
    item_id = specified_item(installation.sessions)
    number = make_proposal(installation, item_id=item_id)
    answer = client.get(f"{PATH}/{number}", headers=with_token(token))
    found = json.loads(answer.text)
    assert answer.status_code == 200
    assert (found["state"], found["rows"], found["rows_open"]) == ("proposed", 3, 3)
    assert found["links"] == {"self": f"{PATH}/{number}", "page": f"/certificates/{number}"}


@pytest.mark.parametrize(
    ("content", "media_type", "status", "words"),
    [
        (b"", "application/pdf", 422, "empty"),
        (b"hello", "application/pdf", 422, "not a PDF"),
        (b"<html>", "text/html", 415, "multipart/form-data"),
        (b"a=b", "application/x-www-form-urlencoded", 415, "Send one of"),
    ],
)
def test_what_is_no_certificate_is_refused_with_every_reason(
    client: FlaskClient, token: str, content: bytes, media_type: str, status: int, words: str
) -> None:
    answer = send(client, token, content, media_type)
    assert answer.status_code == status
    assert words in str(problem(answer)["detail"])


@pytest.mark.parametrize("count", [0, 2])
def test_a_form_holds_one_file(client: FlaskClient, token: str, count: int) -> None:
    files = [(BytesIO(pdf_bytes()), f"{n}.pdf") for n in range(count)]
    answer = client.post(
        PATH,
        data={"file": files, "other": "x"},
        content_type="multipart/form-data",
        headers=with_token(token),
    )
    assert answer.status_code == 400
    assert "one file" in str(problem(answer)["detail"])


def test_a_body_above_the_limit_is_refused(app: Flask, client: FlaskClient, token: str) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 2000
    answer = send(client, token, pdf_bytes() + b" " * 4000)
    assert answer.status_code == 413
    assert problem(answer)["title"] == "Request Entity Too Large"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer sqc_" + "A" * 43,
        "Basic YTpi",
        "Bearer sqc_kurz",
        "bearer \x00",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.usefixtures("token")
def test_without_a_valid_token_nothing_opens(client: FlaskClient, header: str, method: str) -> None:
    path = f"{PATH}/1" if method == "get" else PATH
    answer = client.open(path, method=method.upper(), headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    problem(answer)


def test_an_expired_and_a_revoked_token_open_nothing(
    client: FlaskClient, installation: Installation, token: str
) -> None:
    past = datetime.now(UTC) - timedelta(days=31)  # noqa: TID251 -- the server reads the real clock
    expired = make_token(installation, name="old", now=past)
    assert client.get(f"{PATH}/1", headers=with_token(expired)).status_code == 401
    assert client.get(f"{PATH}/1", headers=with_token(token)).status_code == 404
    revoke_token(installation.sessions, 1, reason="Lost.", actor=DAN, now=NOW)
    assert client.get(f"{PATH}/1", headers=with_token(token)).status_code == 401


def test_a_token_that_only_reads_sends_nothing(
    client: FlaskClient, installation: Installation
) -> None:
    reader = make_token(installation, TokenScope.READ_CERTIFICATES, "reader")
    answer = send(client, reader, pdf_bytes())
    assert answer.status_code == 403
    assert "scope" in str(problem(answer)["detail"])
    assert client.get(f"{PATH}/1", headers=with_token(reader)).status_code == 404


def test_a_token_opens_no_page_and_leaves_no_session(client: FlaskClient, token: str) -> None:
    client.get(f"{PATH}/1", headers=with_token(token))
    for path in ("/certificates/", "/people/", "/"):
        answer = client.get(path, headers=with_token(token))
        assert answer.status_code == 302
        assert "/account/sign-in" in answer.headers["Location"]


def test_a_persons_session_opens_nothing_of_the_interface(browser: Browser) -> None:
    browser.sign_in("dan")
    assert browser.raw_get(f"{PATH}/1").status_code == 401
    assert browser.post(PATH, {"file": "x"}).status_code == 401


def test_too_many_requests_have_to_wait(client: FlaskClient, token: str) -> None:
    statuses = [
        client.get(f"{PATH}/1", headers=with_token(token)).status_code for _ in range(MOST_REQUESTS)
    ]
    assert set(statuses) == {404}
    answer = client.get(f"{PATH}/1", headers=with_token(token))
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    problem(answer)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"{PATH}/999", 404),
        ("GET", f"{PATH}/99999999999", 404),
        ("GET", "/api/v1/nowhere", 404),
        ("DELETE", f"{PATH}/1", 405),
        ("GET", PATH, 405),
    ],
)
def test_whatever_is_asked_the_answer_is_a_problem_and_no_page(
    client: FlaskClient, token: str, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method, headers=with_token(token))
    assert answer.status_code == status
    problem(answer)


def test_the_description_names_exactly_the_routes_there_are(app: Flask) -> None:
    described = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))["paths"]
    named = {(path, method) for path, methods in described.items() for method in methods}
    there = {
        (rule.rule.replace("<int:", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert named == there


def test_the_description_names_exactly_what_is_answered(client: FlaskClient, token: str) -> None:
    answer = json.loads(send(client, token, pdf_bytes()).text)
    described = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    properties = described["components"]["schemas"]["CertificateStatus"]["properties"]
    assert set(answer) == set(properties)
