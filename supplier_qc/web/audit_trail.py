"""The audit trail, for reading alone."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import DateField, SearchField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound
from supplier_qc.exports.audit_trail_csv import audit_trail_csv
from supplier_qc.queries.audit_trail import (
    AuditFilter,
    AuditRow,
    get_entry,
    iterate_entries,
    list_actors,
    list_entries,
    list_subject_types,
    verify_chain,
)
from supplier_qc.services.installation import Installation
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import FilterForm
from supplier_qc.web.record_links import record_url

blueprint = Blueprint("audit_trail", __name__, url_prefix="/audit-trail")


class AuditFilterForm(FilterForm):
    q = SearchField("Record or reason")
    person = SelectField("Person", validate_choice=False)
    action = SelectField(
        "Action",
        choices=[
            SelectChoice("", "All actions"),
            *(SelectChoice(action.value, action.words) for action in AuditAction),
        ],
        validate_choice=False,
    )
    subject_type = SelectField("Record type", validate_choice=False)
    from_on = DateField("From (UTC)", [Optional()])
    until_on = DateField("To (UTC)", [Optional()])


@blueprint.get("/")
@requires(Permission.READ_AUDIT_TRAIL)
def index() -> ResponseReturnValue:
    form = _filter_form()
    return _list(form, 200 if form.validate() else 422)


@blueprint.get("/<int:entry_id>")
@requires(Permission.READ_AUDIT_TRAIL)
def detail(entry_id: int) -> ResponseReturnValue:
    entry = get_entry(context.reading(), entry_id)
    if entry is None:
        raise NotFound("Audit entry", entry_id)
    return render_template("audit_trail/detail.html", entry=entry, record_url=record_url)


@blueprint.get("/audit-trail.csv")
@requires(Permission.READ_AUDIT_TRAIL)
def download() -> ResponseReturnValue:
    form = _filter_form()
    if not form.validate():
        return _list(form, 422)
    entries = _entries(context.installation(), _wanted(form))
    return Response(
        audit_trail_csv(_cells(entries)),
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=audit-trail.csv"},
    )


@blueprint.get("/check")
@requires(Permission.READ_AUDIT_TRAIL)
def check() -> ResponseReturnValue:
    return render_template("audit_trail/check.html", verdict=verify_chain(context.reading()))


def _list(form: AuditFilterForm, status: int) -> ResponseReturnValue:
    wanted = _wanted(form)
    page = request.args.get("page", 1, type=int)
    return (
        render_template(
            "audit_trail/index.html",
            form=form,
            found=list_entries(context.reading(), wanted, page),
            is_filtered=wanted != AuditFilter(),
            record_url=record_url,
        ),
        status,
    )


def _entries(installation: Installation, wanted: AuditFilter) -> Iterator[AuditRow]:
    """In a session of its own: that of the request is closed before the first line is sent."""
    with installation.reading() as session:
        yield from iterate_entries(session, wanted)


def _filter_form() -> AuditFilterForm:
    form = AuditFilterForm(formdata=request.args)
    form.person.choices = [
        SelectChoice("", "Everybody"),
        *(
            SelectChoice(name, name or "Nobody signed in")
            for name in list_actors(context.reading())
        ),
    ]
    form.subject_type.choices = [
        SelectChoice("", "All types"),
        *(
            SelectChoice(name, name.replace("_", " ").capitalize())
            for name in list_subject_types(context.reading())
        ),
    ]
    return form


def _wanted(form: AuditFilterForm) -> AuditFilter:
    actions = {action.value: action for action in AuditAction}
    return AuditFilter(
        person=form.person.data or None,
        action=actions.get(form.action.data or ""),
        subject_type=form.subject_type.data or None,
        text=(form.q.data or "").strip(),
        from_on=form.from_on.data,
        until_on=form.until_on.data,
    )


def _cells(entries: Iterator[AuditRow]) -> Iterator[tuple[object, ...]]:
    for entry in entries:
        yield (
            entry.id,
            entry.at.isoformat(),
            entry.actor_name,
            entry.action.value,
            entry.subject_type,
            entry.subject_id,
            entry.subject_label,
            entry.reason or "",
            _change_words(entry),
            entry.previous_hash,
            entry.entry_hash,
        )


def _change_words(entry: AuditRow) -> str:
    return "; ".join(
        f"{record.table} {record.number} {record.change}: {column.column} "
        f"{_or_none(column.before)} -> {_or_none(column.after)}"
        for record in entry.changes
        for column in record.columns
    )


def _or_none(value: str | None) -> str:
    return "none" if value is None else f'"{value}"'
