"""The approved supplier list, by item and site, as of any day, and its files."""

from datetime import date

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from supplier_qc.domain.catalogue import RiskClass, UseScope, label
from supplier_qc.domain.people import Permission
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.refusals import NotFound
from supplier_qc.exports.supplier_list import supplier_list_csv, supplier_list_xlsx
from supplier_qc.queries.source_lists import (
    LISTED,
    ListedSource,
    SourceFilter,
    list_approved_suppliers,
    page_of_approved_suppliers,
)
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import FilterForm, filter_field

blueprint = Blueprint("supplier_list", __name__, url_prefix="/approved-suppliers")

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = ("xlsx", "csv", "json")
_IN_USE, _ALL = "", "all"
HEADINGS = (
    "Material code",
    "Material",
    "Catalogue number",
    "Item",
    "Manufacturer",
    "Site",
    "Country",
    "Use",
    "State",
    "Conditions",
    "Decided on",
    "Requalification due on",
    "Requirements",
    "Last audit on",
    "Only source",
)


class ListForm(FilterForm):
    q = StringField("Search", [Length(max=200)], description="Name, number, site or country code.")
    risk_class = filter_field("Risk class", RiskClass, everything="All")
    use = filter_field("Use", UseScope, everything="All")
    status = SelectField(
        "State",
        choices=[
            SelectChoice(_IN_USE, "In use or suspended"),
            SelectChoice(_ALL, "All"),
            *(SelectChoice(one.value, label(one)) for one in QualificationStatus),
        ],
        validate_choice=False,
        default=_IN_USE,
    )
    on = DateField("As of", [Optional()], description="Any day up to today.")

    def validate_on(self, field: DateField) -> None:
        if field.data is not None and field.data > context.today():
            raise ValidationError("The list is known up to today.")


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = ListForm(request.args)
    is_valid = form.validate()
    on = _on(form) if is_valid else context.today()
    found = page_of_approved_suppliers(
        context.reading(),
        _wanted(form),
        on,
        context.today(),
        page=request.args.get("page", 1, type=int),
    )
    page = render_template(
        "sources/approved.html", form=form, found=found, on=on, is_past=on < context.today()
    )
    return page, 200 if is_valid else 422


@blueprint.get("/approved-suppliers.<kind>")
@requires(Permission.READ_RECORDS)
def download(kind: str) -> ResponseReturnValue:
    if kind not in _KINDS:
        raise NotFound("Format", kind)
    form = ListForm(request.args)
    if not form.validate():
        return index()
    on, today = _on(form), context.today()
    listed = list_approved_suppliers(context.reading(), _wanted(form), on, today)
    if kind == "json":
        rows = [_as_json(one) for one in listed]
        return jsonify(as_of=on.isoformat(), sources=rows)
    cells = [_cells(one) for one in listed]
    name = f"approved-suppliers-{on.isoformat()}.{kind}"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    if kind == "csv":
        return Response(supplier_list_csv(HEADINGS, cells), mimetype="text/csv", headers=headers)
    about = (
        ("As of", on.isoformat()),
        ("Lines", str(len(cells))),
        ("Made", context.now().strftime("%Y-%m-%d %H:%M UTC")),
        ("Made by", context.actor().full_name),
        ("Search", form.q.data or "everything"),
    )
    content = supplier_list_xlsx(
        HEADINGS, cells, about, author=context.actor().full_name, made_at=context.now()
    )
    return Response(content, mimetype=_XLSX, headers=headers)


def _on(form: ListForm) -> date:
    return form.on.data or context.today()


def _wanted(form: ListForm) -> SourceFilter:
    return SourceFilter(
        text=(form.q.data or "").strip(),
        risk_class=form.risk_class.data,
        use_scope=form.use.data,
        statuses=_statuses(form.status.data or _IN_USE),
    )


def _statuses(chosen: str) -> frozenset[QualificationStatus]:
    """A value that nobody offered is taken for the states in use."""
    if chosen == _ALL:
        return frozenset(QualificationStatus)
    known = {one.value: one for one in QualificationStatus}
    return frozenset({known[chosen]}) if chosen in known else frozenset(LISTED)


def _cells(one: ListedSource) -> tuple[str, ...]:
    identity = one.identity
    return (
        identity.material_code,
        identity.material_name,
        identity.catalogue_number,
        identity.item_name,
        identity.vendor_name,
        identity.site_name,
        identity.country,
        label(one.use_scope),
        label(one.status),
        one.conditions or "",
        _day(one.decided_on),
        _day(one.requalification_due_on),
        one.source.open_words if one.source else "known as of today alone",
        _day(one.last_audit_on),
        "yes" if one.is_only_source else "",
    )


def _as_json(one: ListedSource) -> dict[str, object]:
    keys = (heading.lower().replace(" ", "_") for heading in HEADINGS)
    values: dict[str, object] = dict(zip(keys, _cells(one), strict=True))
    return values | {
        "source_id": one.id,
        "use": one.use_scope.value,
        "state": one.status.value,
        "only_source": one.is_only_source if one.source else None,
        "due_reasons": list(one.source.due_reasons) if one.source else None,
    }


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
