"""What goes wrong, told to a program: application/problem+json (RFC 9457), every reason in it."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Response, json

API_PATH = "/api/"
MEDIA_TYPE = "application/problem+json"


def is_api_path(path: str) -> bool:
    return path.startswith(API_PATH)


def problem(
    status: int, detail: str, *, reasons: Sequence[str] = (), headers: dict[str, str] | None = None
) -> Response:
    """One problem; `reasons` are all sentences of a refusal."""
    content = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    body = json.dumps(content | ({"reasons": list(reasons)} if reasons else {}))
    return Response(body + "\n", status, headers, mimetype=MEDIA_TYPE)
