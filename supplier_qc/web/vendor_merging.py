"""Other names of a vendor, vendors that may be one, and their merger."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import HiddenInput

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries import duplicates as queries
from supplier_qc.queries.duplicates import Moving
from supplier_qc.queries.vendors import VendorRow, get_vendor
from supplier_qc.services.organisation_aliases import add_alias, remove_alias
from supplier_qc.services.organisation_merging import Merger, SiteChoice, merge_organisations
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    FilterForm,
    number_choice_field,
    number_choices,
    reason_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("vendor_merging", __name__, url_prefix="/vendors")


class AliasForm(FlaskForm):
    name = StringField(
        "Another name",
        [DataRequired("Type the other name."), Length(max=200)],
        description="A former name, a brand, or the name on its certificates.",
    )


class RemoveAliasForm(FlaskForm):
    reason = reason_field()


class TargetForm(FilterForm):
    into = number_choice_field("Merge into")


class MergeForm(FlaskForm):
    """`kept_version` travels with `version`, that of the merged record."""

    version = version_field()
    kept_version = IntegerField(
        "Version", [InputRequired("The page is incomplete; reload it.")], widget=HiddenInput()
    )
    reason = reason_field()


@blueprint.get("/duplicates")
@requires(Permission.READ_RECORDS)
def duplicates() -> ResponseReturnValue:
    return render_template(
        "vendor_merging/duplicates.html", rows=queries.list_duplicates(context.reading())
    )


@blueprint.route("/<int:vendor_id>/names", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def names(vendor_id: int) -> ResponseReturnValue:
    vendor, form, page = _vendor(vendor_id), AliasForm(), "vendor_merging/names.html"
    if not form.validate_on_submit():
        return form_page(page, form, vendor=vendor)
    try:
        add_alias(
            context.sessions(),
            vendor_id,
            form.name.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, vendor=vendor)
    flash("The other name is added; the search finds it.", "success")
    return redirect(url_for("vendor_merging.names", vendor_id=vendor_id))


@blueprint.route("/<int:vendor_id>/names/<int:alias_id>/removal", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def remove_name(vendor_id: int, alias_id: int) -> ResponseReturnValue:
    vendor, form = _vendor(vendor_id), RemoveAliasForm()
    alias = next((one for one in vendor.aliases if one.id == alias_id), None)
    if alias is None:
        raise NotFound("Other name", alias_id)
    page = "vendor_merging/remove_name.html"
    if not form.validate_on_submit():
        return form_page(page, form, vendor=vendor, alias=alias)
    remove_alias(
        context.sessions(),
        alias_id,
        reason=form.reason.data,
        actor=context.actor(),
        now=context.now(),
    )
    flash("The other name is taken away; the audit trail keeps it.", "success")
    return redirect(url_for("vendor_merging.names", vendor_id=vendor_id))


@blueprint.route("/<int:vendor_id>/merge", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def merge(vendor_id: int) -> ResponseReturnValue:
    """Choose the record that is kept, see what moves, then merge."""
    vendor, target_form = _vendor(vendor_id), TargetForm(formdata=request.args)
    target_form.into.choices = number_choices(
        queries.list_merge_targets(context.reading(), vendor_id), blank="Choose …"
    )
    kept = get_vendor(context.reading(), target_form.into.data or 0)
    page = "vendor_merging/merge.html"
    if kept is None or kept.id == vendor_id:
        shown = {"vendor": vendor, "target_form": target_form, "kept": None, "moving": None}
        return form_page(page, MergeForm(formdata=None), **shown)
    moving = queries.what_moves(context.reading(), vendor_id, kept.id)
    form = _merge_form(moving)(version=vendor.version, kept_version=kept.version)
    shown = {"vendor": vendor, "target_form": target_form, "kept": kept, "moving": moving}
    if not form.validate_on_submit():
        return form_page(page, form, **shown)
    merger = Merger(
        vendor_id, form.version.data, kept.id, form.kept_version.data, _site_choices(form, moving)
    )
    try:
        merge_organisations(
            context.sessions(),
            merger,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, **shown)
    flash(f"{vendor.name} is merged into {kept.name}; links to it lead here.", "success")
    return redirect(url_for("vendors.detail", vendor_id=kept.id))


_SAME, _OTHER = "same", "other"
_ANSWERS = [
    SelectChoice("", "Choose …"),
    SelectChoice(_SAME, "It is the same site"),
    SelectChoice(_OTHER, "It is another site, renamed"),
]


def _merge_form(moving: Moving) -> type[MergeForm]:
    """The form with two fields for each site whose name both have."""
    fields: dict[str, object] = {}
    for clash in moving.clashes:
        fields[f"site_{clash.site_id}"] = SelectField(
            f"The site {clash.name}", [DataRequired("Choose what it is.")], choices=_ANSWERS
        )
        fields[f"site_{clash.site_id}_name"] = StringField(
            f"New name of {clash.name}", [Length(max=200)]
        )
    return type("MergeFormOfSites", (MergeForm,), fields)


def _site_choices(form: MergeForm, moving: Moving) -> dict[int, SiteChoice]:
    return {
        clash.site_id: SiteChoice(
            is_same=form[f"site_{clash.site_id}"].data == _SAME,
            new_name=form[f"site_{clash.site_id}_name"].data or "",
        )
        for clash in moving.clashes
    }


def _vendor(vendor_id: int) -> VendorRow:
    vendor = get_vendor(context.reading(), vendor_id)
    if vendor is None:
        raise NotFound("Vendor", vendor_id)
    return vendor
