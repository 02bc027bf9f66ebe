"""What the rules refuse becomes a page that names every reason."""

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from supplier_qc.domain.refusals import NotFound, NotPermitted, Refused
from supplier_qc.web import problems


def install(app: Flask) -> None:
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotPermitted, _not_permitted)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http)


def _refused(refusal: Refused) -> ResponseReturnValue:
    return render_template("errors/refused.html", reasons=refusal.reasons), 409


def _not_permitted(refusal: NotPermitted) -> ResponseReturnValue:
    return render_template("errors/forbidden.html", reasons=refusal.reasons), 403


def _not_found(missing: NotFound) -> ResponseReturnValue:
    return render_template("errors/not_found.html", what=str(missing)), 404


def _form_expired(_error: CSRFError) -> ResponseReturnValue:
    return render_template("errors/bad_request.html", what=None), 400


_PAGES = {
    400: "errors/bad_request.html",
    403: "errors/forbidden.html",
    404: "errors/not_found.html",
    413: "errors/too_large.html",
}


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if problems.is_api_path(request.path):
        return problems.problem(code, error.description or error.name)
    page = _PAGES.get(code)
    if page is None and code < 500:  # noqa: PLR2004 -- redirects and 405 speak for themselves
        return error
    return render_template(page or "errors/server_error.html", what=None, reasons=()), code
