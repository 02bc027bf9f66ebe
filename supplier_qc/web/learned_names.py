"""The taught names of one vendor and of all: lists, withdrawal, packs to hand on."""

from collections.abc import Sequence
from io import SEEK_END, BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, SearchField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from supplier_qc.domain.learned_names import NameKind
from supplier_qc.domain.name_packs import (
    ImportState,
    NamePack,
    PlannedName,
    pack_file,
    pack_from_file,
)
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.learned_names import (
    LearnedNameFilter,
    get_learned_name,
    list_learned_names,
    meaning_words,
    pack_of_vendor,
)
from supplier_qc.queries.vendors import VendorRow, get_vendor
from supplier_qc.services.learned_names import import_pack, plan_pack, withdraw_name
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import FilterForm, filter_field, reason_field, version_field
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("learned_names", __name__)

_OURS, _THEIRS = "ours", "pack"
LARGEST_PACK = 400_000
"""Bytes; the pack is sent back with the choices, and a form takes no more (C)."""


class NameFilterForm(FilterForm):
    q = SearchField("Printed or meant")
    kind = filter_field("Kind", NameKind, everything="All kinds")
    withdrawn = BooleanField("With withdrawn ones")


class WithdrawForm(FlaskForm):
    version = version_field()
    reason = reason_field()


class PackForm(FlaskForm):
    file = FileField("Pack", [FileRequired("Choose the file.")])

    def validate_file(self, field: FileField) -> None:
        if field.data.stream.seek(0, SEEK_END) > LARGEST_PACK:
            raise ValidationError(
                f"The file is too large; a pack has at most {LARGEST_PACK} bytes."
            )
        field.data.stream.seek(0)


class ImportForm(FlaskForm):
    """With one choice for each conflict."""

    pack = HiddenField("Pack", [InputRequired("The page is incomplete; choose the file again.")])


@blueprint.get("/learned-names/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    return _list(None)


@blueprint.get("/vendors/<int:vendor_id>/learned-names")
@requires(Permission.READ_RECORDS)
def of_vendor(vendor_id: int) -> ResponseReturnValue:
    return _list(_vendor(vendor_id))


@blueprint.get("/vendors/<int:vendor_id>/learned-names/pack")
@requires(Permission.READ_RECORDS)
def pack(vendor_id: int) -> ResponseReturnValue:
    vendor = _vendor(vendor_id)
    found = pack_of_vendor(context.reading(), vendor_id)
    if found is None:
        raise NotFound("Vendor", vendor_id)
    return send_file(
        BytesIO(pack_file(found)),
        mimetype="application/json",
        as_attachment=True,
        download_name=f"learned-names-{_file_word(vendor.name)}.json",
    )


@blueprint.route("/learned-names/<int:name_id>/withdrawal", methods=["GET", "POST"])
@requires(Permission.REVIEW_CERTIFICATE)
def withdrawal(name_id: int) -> ResponseReturnValue:
    found = get_learned_name(context.reading(), name_id)
    if found is None:
        raise NotFound("Learned name", name_id)
    form = WithdrawForm(data={"version": found.version})
    page = "learned_names/withdrawal.html"
    if not form.validate_on_submit():
        return form_page(page, form, name=found)
    try:
        withdraw_name(
            context.sessions(),
            name_id,
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, name=found)
    flash(f"“{found.printed}” is withdrawn; what was confirmed with it stays.", "success")
    return redirect(url_for("learned_names.of_vendor", vendor_id=found.vendor_id))


@blueprint.route("/vendors/<int:vendor_id>/learned-names/import", methods=["GET", "POST"])
@requires(Permission.REVIEW_CERTIFICATE)
def upload(vendor_id: int) -> ResponseReturnValue:
    """Choose a pack; sending it shows what it would do and changes nothing."""
    vendor, form = _vendor(vendor_id), PackForm()
    page = "learned_names/upload.html"
    if not form.validate_on_submit():
        return form_page(page, form, vendor=vendor)
    try:
        return _plan(vendor, pack_from_file(form.file.data.read()))
    except Refused as refusal:
        return refused_page(page, form, refusal, vendor=vendor)


@blueprint.post("/vendors/<int:vendor_id>/learned-names/import/confirm")
@requires(Permission.REVIEW_CERTIFICATE)
def confirm(vendor_id: int) -> ResponseReturnValue:
    vendor = _vendor(vendor_id)
    sent = ImportForm()
    if not sent.validate_on_submit():
        return redirect(url_for("learned_names.upload", vendor_id=vendor_id))
    found = pack_from_file(sent.pack.data.encode())
    planned = plan_pack(context.reading(), vendor_id, found)
    form = _import_form(found, planned)
    if not form.validate_on_submit():
        return _plan(vendor, found, form, status=422)
    choices = {place: form[f"choice_{place}"].data == _THEIRS for place in _conflicts(planned)}
    try:
        count = import_pack(
            context.sessions(),
            vendor_id,
            found,
            choices,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _plan(vendor, found, form, refusal.reasons, status=409)
    words = "1 name is" if count == 1 else f"{count} names are"
    flash(f"{words} taken in from the pack.", "success")
    return redirect(url_for("learned_names.of_vendor", vendor_id=vendor_id))


def _list(vendor: VendorRow | None) -> ResponseReturnValue:
    form = NameFilterForm(formdata=request.args)
    text, kind, withdrawn = (form.q.data or "").strip(), form.kind.data, form.withdrawn.data
    wanted = LearnedNameFilter(vendor.id if vendor else None, kind, text, bool(withdrawn))
    found = list_learned_names(
        context.reading(), wanted, page=request.args.get("page", 1, type=int)
    )
    return render_template(
        "learned_names/index.html",
        vendor=vendor,
        form=form,
        found=found,
        is_filtered=bool(text or kind),
    )


def _plan(
    vendor: VendorRow,
    pack: NamePack,
    form: ImportForm | None = None,
    reasons: Sequence[str] = (),
    *,
    status: int = 200,
) -> ResponseReturnValue:
    planned = plan_pack(context.reading(), vendor.id, pack)
    page = render_template(
        "learned_names/plan.html",
        vendor=vendor,
        pack=pack,
        planned=planned,
        meaning_words=meaning_words,
        states=ImportState,
        form=_import_form(pack, planned, is_new=True) if form is None else form,
        reasons=reasons,
        would_change=any(one.state in {ImportState.NEW, ImportState.CONFLICT} for one in planned),
    )
    return page, status


def _import_form(
    pack: NamePack, planned: Sequence[PlannedName], *, is_new: bool = False
) -> ImportForm:
    fields = {f"choice_{place}": _choice(planned[place]) for place in _conflicts(planned)}
    kind = type("ImportFormOfPack", (ImportForm,), fields)
    if is_new:
        form: ImportForm = kind(formdata=None, data={"pack": pack_file(pack).decode()})
        return form
    sent: ImportForm = kind()
    return sent


def _choice(one: PlannedName) -> RadioField:
    ours = meaning_words(one.entry.kind, one.standing.meaning) if one.standing else ""
    theirs = meaning_words(one.entry.kind, one.name.meaning)
    return RadioField(
        f"“{one.entry.printed}”",
        [InputRequired("Choose which meaning stands.")],
        choices=[
            SelectChoice(_OURS, f"Keep ours: {ours}"),
            SelectChoice(_THEIRS, f"Take the pack's: {theirs}"),
        ],
    )


def _conflicts(planned: Sequence[PlannedName]) -> list[int]:
    return [place for place, one in enumerate(planned) if one.state is ImportState.CONFLICT]


def _vendor(vendor_id: int) -> VendorRow:
    vendor = get_vendor(context.reading(), vendor_id)
    if vendor is None:
        raise NotFound("Vendor", vendor_id)
    return vendor


def _file_word(name: str) -> str:
    return "-".join("".join(sign if sign.isalnum() else " " for sign in name).split()).lower()
