"""Headers on every answer: nothing from elsewhere, nothing inline, no framing."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def install(app: Flask) -> None:
    app.after_request(_harden)


def _harden(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        _keep_from_others(response)
    return response


def _keep_from_others(response: Response) -> None:
    """Stored files may rest in the reader's own browser; everything else is kept by nobody."""
    age = response.cache_control.max_age
    if age is None or response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers["Cache-Control"] = f"private, max-age={age}"
