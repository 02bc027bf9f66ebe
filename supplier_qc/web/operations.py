"""Whether the product is up, for a supervisor."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from supplier_qc.web import context

blueprint = Blueprint("operations", __name__)


@blueprint.get("/health")
def health() -> ResponseReturnValue:
    context.reading().execute(text("SELECT 1"))
    return {"status": "ok"}
