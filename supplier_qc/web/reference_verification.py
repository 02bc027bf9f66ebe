"""Rows that nobody has read in their primary source: find one, read it there, say so."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SearchField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from supplier_qc.domain.origin.editions import UNVERIFIED
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.origin.vocabulary import Mark
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import Refused
from supplier_qc.queries.reference_verification import QueueFilter, list_rows_to_verify
from supplier_qc.services.reference_lists import verify_row
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import FilterForm

blueprint = Blueprint("reference_verification", __name__, url_prefix="/reference/verify")

ROWS = 20

_KEPT = ("q", "kind", "mark", "page")


class QueueForm(FilterForm):
    q = SearchField("Words in the row")
    kind = SelectField(
        "List",
        choices=[
            SelectChoice("", "All lists"),
            *(SelectChoice(kind.value, kind.heading) for kind in ReferenceListKind),
        ],
        validate_choice=False,
    )
    mark = SelectField(
        "Mark",
        choices=[
            SelectChoice("", "Both marks"),
            SelectChoice("V2", "V2: secondary source"),
            SelectChoice("K", "K: unverified"),
        ],
        validate_choice=False,
    )


class VerificationForm(FlaskForm):
    note = TextAreaField(
        "What you read, and where",
        [DataRequired("Say what you read, and where."), Length(max=2000)],
        render_kw={"rows": 2},
    )


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    return _queue_page()


@blueprint.post("/<int:row_id>")
@requires(Permission.LOAD_REFERENCE_DATA)
def verify(row_id: int) -> ResponseReturnValue:
    form = VerificationForm()
    if not form.validate_on_submit():
        return _queue_page(row_id, form, status=422)
    try:
        verify_row(
            context.sessions(), row_id, form.note.data, actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return _queue_page(row_id, form, status=409, reasons=refusal.reasons)
    flash("The row is verified, with your name and today's date.", "success")
    return redirect(url_for("reference_verification.index", **_kept()))


def _queue_page(
    row_id: int | None = None,
    sent: VerificationForm | None = None,
    *,
    status: int = 200,
    reasons: tuple[str, ...] = (),
) -> ResponseReturnValue:
    """The page of the queue that the address names; the form that was sent keeps its text."""
    form = QueueForm(formdata=request.args)
    rows = list_rows_to_verify(context.reading(), _wanted(form))
    pages = max(1, -(-len(rows) // ROWS))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    answer = render_template(
        "reference/verify.html",
        form=form,
        rows=rows[(page - 1) * ROWS : page * ROWS],
        total=len(rows),
        page=page,
        pages=pages,
        sent=sent,
        sent_id=row_id,
        blank=VerificationForm(formdata=None),
        reasons=reasons,
        kept=_kept(),
    )
    return answer, status


def _kept() -> dict[str, Any]:
    """What the address says of filter and page, and nothing else that somebody put into it."""
    return {name: request.args[name] for name in _KEPT if name in request.args}


def _wanted(form: QueueForm) -> QueueFilter:
    kind, mark = form.kind.data, form.mark.data
    return QueueFilter(
        kind=ReferenceListKind(kind) if kind in set(ReferenceListKind) else None,
        mark=Mark(mark) if mark in UNVERIFIED else None,
        text=form.q.data or "",
    )
