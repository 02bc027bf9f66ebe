"""Reference data: the regulatory lists with their dates, sources and verification marks."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, SearchField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from supplier_qc.domain.origin.editions import EditionState, row_sha256
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.origin.vocabulary import ListAuthority, Mark, words
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound
from supplier_qc.exports.reference_csv import reference_csv
from supplier_qc.queries import reference as queries
from supplier_qc.queries.reference import ReferenceFilter, ReferenceTable
from supplier_qc.queries.reference_editions import list_open_editions
from supplier_qc.queries.reference_lists import reference_lists
from supplier_qc.queries.reference_verification import list_verifications
from supplier_qc.web import context
from supplier_qc.web.access import requires

blueprint = Blueprint("reference", __name__, url_prefix="/reference")

_MARKS = {
    Mark.V: "V: verified",
    Mark.V2: "V2: secondary source",
    Mark.K: "K: unverified",
    Mark.C: "C: convention",
}


class FilterForm(FlaskForm):
    """A form that is sent by GET and changes nothing."""

    class Meta:
        csrf = False

    q = SearchField("Words in the row")
    authority = SelectField("Authority", validate_choice=False)
    mark = SelectField(
        "Mark",
        choices=[
            SelectChoice("", "Any mark"),
            *(SelectChoice(mark.value, text) for mark, text in _MARKS.items()),
        ],
        validate_choice=False,
    )
    on = DateField("In force on", [Optional()])


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    reading = context.reading()
    rows = queries.list_reference_lists(reference_lists(reading), list_verifications(reading))
    editions = list_open_editions(reading)
    return render_template(
        "reference/index.html",
        rows=rows,
        marks=tuple(Mark),
        in_force={one.kind: one for one in editions if one.state is EditionState.IN_FORCE},
        proposed=[one for one in editions if one.state is EditionState.PROPOSED],
    )


@blueprint.get("/<kind>")
@requires(Permission.READ_RECORDS)
def table(kind: str) -> ResponseReturnValue:
    form = FilterForm(request.args)
    is_readable = form.validate()
    found = _found(kind, form)
    form.authority.choices = [
        SelectChoice("", "Any authority"),
        *(SelectChoice(one, words_of(one)) for one in found.authorities),
    ]
    verified = list_verifications(context.reading())
    page = render_template(
        "reference/table.html",
        found=found,
        form=form,
        verified=[verified.get(row_sha256(row.dated)) for row in found.rows],
    )
    return page, 200 if is_readable else 422


@blueprint.get("/<kind>.csv")
@requires(Permission.READ_RECORDS)
def download(kind: str) -> ResponseReturnValue:
    """The rows that the filter leaves, with the columns of the shipped file."""
    found = _found(kind, FilterForm(request.args))
    content = reference_csv(found.stored_columns, (row.stored for row in found.rows))
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={found.summary.kind}.csv"
    return response


def words_of(authority: str) -> str:
    return words(ListAuthority(authority)) if authority in set(ListAuthority) else authority


def _found(kind: str, form: FilterForm) -> ReferenceTable:
    if kind not in set(ReferenceListKind):
        raise NotFound("Reference list", kind)
    mark = form.mark.data
    wanted = ReferenceFilter(
        text=form.q.data or "",
        mark=Mark(mark) if mark in set(Mark) else None,
        authority=form.authority.data or "",
        on=form.on.data,
    )
    return queries.get_reference_table(
        reference_lists(context.reading()), ReferenceListKind(kind), wanted
    )
