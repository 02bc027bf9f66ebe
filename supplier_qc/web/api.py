"""The interface for other programs: send a certificate, ask how far it is.

Described in docs/openapi.json. A token opens it and nothing else does, so that it needs no token
against forged forms: a browser sends no bearer token by itself.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, Response, abort, request, url_for
from flask.typing import ResponseReturnValue

from supplier_qc.domain.arrivals import Arrival
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, NotPermitted, Refused
from supplier_qc.domain.uploads import CSV, JSON, PDF, XML
from supplier_qc.queries.certificate_status import CertificateStatus, get_certificate_status
from supplier_qc.services.certificates import DuplicateCertificate, Sender, upload_certificate
from supplier_qc.web import context, problems, program_access
from supplier_qc.web.access import requires

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

_NAMES = {
    PDF: "certificate.pdf",
    JSON: "results.json",
    XML: "results.xml",
    "text/xml": "results.xml",
    CSV: "results.csv",
}
"""Media types of a plain body, and the name of a file that has none."""


def install(app: Flask) -> None:
    """Free of the token against forged forms, which only a session needs."""
    app.extensions["csrf"].exempt(blueprint)
    app.register_blueprint(blueprint)


@blueprint.post("/certificates")
@requires(Permission.UPLOAD_CERTIFICATE)
def send() -> ResponseReturnValue:
    """201 with a new certificate; 200 with the one that the same bytes became before."""
    name, content = _sent_file()
    try:
        number = upload_certificate(
            context.sessions(),
            context.installation().documents,
            name,
            content,
            sender=Sender(Arrival.API, api_token_id=program_access.token_id()),
            actor=program_access.program(),
            now=context.now(),
        )
    except DuplicateCertificate as known:
        return _answer(known.first_id, 200)
    return _answer(number, 201)


@blueprint.get("/certificates/<int:certificate_id>")
@requires(Permission.READ_RECORDS)
def status(certificate_id: int) -> ResponseReturnValue:
    return _answer(certificate_id, 200)


@blueprint.errorhandler(Refused)
def _refused(refusal: Refused) -> Response:
    code = 403 if isinstance(refusal, NotPermitted) else 422
    return problems.problem(code, " ".join(refusal.reasons), reasons=refusal.reasons)


@blueprint.errorhandler(NotFound)
def _not_found(missing: NotFound) -> Response:
    return problems.problem(404, str(missing))


def _sent_file() -> tuple[str, bytes]:
    """Name and bytes: of the part `file` of a form, or of the body itself."""
    if request.mimetype == "multipart/form-data":
        files = request.files.getlist("file")
        if len(files) != 1:
            abort(problems.problem(400, "Send one file, as the part “file”."))
        return files[0].filename or "", files[0].read()
    if request.mimetype not in _NAMES:
        allowed = ", ".join(["multipart/form-data", *_NAMES])
        abort(problems.problem(415, f"Send one of: {allowed}."))
    return request.args.get("filename") or _NAMES[request.mimetype], request.get_data()


def _answer(certificate_id: int, code: int) -> ResponseReturnValue:
    # A session of its own: the request's began before the certificate was saved.
    with context.installation().reading() as session:
        found = get_certificate_status(session, certificate_id)
    if found is None:
        raise NotFound("Certificate", certificate_id)
    own = url_for("api.status", certificate_id=certificate_id)
    headers = {"Location": own} if code == 201 else {}  # noqa: PLR2004 -- created
    return _as_json(found, own), code, headers


def _as_json(found: CertificateStatus, own: str) -> dict[str, Any]:
    content = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(found).items()
    }
    page = url_for("certificates.detail", certificate_id=found.id)
    return content | {"links": {"self": own, "page": page}}
