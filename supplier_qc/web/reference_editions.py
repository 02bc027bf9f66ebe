"""Editions of a regulatory list: load the next one, see what it would change, sign it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from supplier_qc.domain.origin.editions import EditionState
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.origin.vocabulary import words
from supplier_qc.domain.people import Permission, separation_refusal
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries import reference_editions as queries
from supplier_qc.queries.origin_impact import impact
from supplier_qc.queries.product_batches import batches_with_lots
from supplier_qc.queries.reference import DATED_COLUMNS, own_columns
from supplier_qc.queries.reference_editions import EditionRow
from supplier_qc.queries.reference_effects import (
    Effects,
    kept_effects,
    list_causes,
    planned_effects,
)
from supplier_qc.queries.reference_lists import reference_lists, reference_lists_with
from supplier_qc.services import reference_lists as services
from supplier_qc.services.reference_lists import EditionApproval, EditionDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import reason_field, version_field
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("reference_editions", __name__, url_prefix="/reference")

ROWS = 50
"""Items or differences that one page shows."""

LOTS_NAMED = 10


class UploadForm(FlaskForm):
    label = StringField(
        "What this edition is",
        [DataRequired("Say which edition it is."), Length(max=200)],
        description="Such as “WOAH resolutions of May 2027”.",
    )
    file = FileField("CSV file", [FileRequired("Choose the file.")])


class SignatureForm(FlaskForm):
    """`replaces` is the edition in force that the signer looked at; none where there is none."""

    version = version_field()
    replaces = IntegerField("Replaces", [Optional()], widget=HiddenInput())
    reason = TextAreaField(
        "Reason", [DataRequired("Say what the approval rests on.")], render_kw={"rows": 3}
    )
    password = PasswordField("Password", [InputRequired("Type your password to sign.")])


class WithdrawalForm(FlaskForm):
    version = version_field()
    reason = reason_field()


@blueprint.get("/<kind>/editions")
@requires(Permission.READ_RECORDS)
def index(kind: str) -> ResponseReturnValue:
    return form_page(_INDEX, UploadForm(formdata=None), **_index_values(_kind(kind)))


@blueprint.post("/<kind>/editions")
@requires(Permission.LOAD_REFERENCE_DATA)
def propose(kind: str) -> ResponseReturnValue:
    chosen, form = _kind(kind), UploadForm()
    if not form.validate_on_submit():
        return form_page(_INDEX, form, **_index_values(chosen))
    try:
        edition_id = services.propose_edition(
            context.sessions(),
            chosen,
            EditionDraft(form.label.data, form.file.data.read()),
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(_INDEX, form, refusal, **_index_values(chosen))
    flash("The edition is loaded as a proposal. It changes nothing before it is signed.", "success")
    return redirect(url_for("reference_editions.detail", kind=kind, edition_id=edition_id))


@blueprint.get("/<kind>/editions/<int:edition_id>")
@requires(Permission.READ_RECORDS)
def detail(kind: str, edition_id: int) -> ResponseReturnValue:
    row = _edition(kind, edition_id)
    return render_template("reference/edition.html", **_edition_values(row))


@blueprint.route("/<kind>/editions/<int:edition_id>/sign", methods=["GET", "POST"])
@requires(Permission.APPROVE_REFERENCE_DATA)
def sign(kind: str, edition_id: int) -> ResponseReturnValue:
    row = _edition(kind, edition_id)
    _refuse_unless(row.state is EditionState.PROPOSED or row.waits_for_signature, row)
    values = _edition_values(row)
    form = SignatureForm(version=row.version, replaces=_number(values["before"]))
    if not form.validate_on_submit():
        return form_page(_SIGN, form, **values)
    try:
        _sign(row, form)
    except Refused as refusal:
        return refused_page(_SIGN, form, refusal, **values)
    flash(f"Signed: “{row.label}” is in force.", "success")
    return redirect(url_for("reference_editions.detail", kind=kind, edition_id=edition_id))


@blueprint.route("/<kind>/editions/<int:edition_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.LOAD_REFERENCE_DATA)
def withdraw(kind: str, edition_id: int) -> ResponseReturnValue:
    row = _edition(kind, edition_id)
    _refuse_unless(row.state is EditionState.PROPOSED, row)
    form = WithdrawalForm(version=row.version)
    if not form.validate_on_submit():
        return form_page(_WITHDRAW, form, row=row)
    try:
        services.withdraw_edition(
            context.sessions(),
            edition_id,
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(_WITHDRAW, form, refusal, row=row)
    flash("The proposed edition is withdrawn; it stays readable.", "success")
    return redirect(url_for("reference_editions.index", kind=kind))


_INDEX = "reference/editions.html"
_SIGN = "reference/edition_sign.html"
_WITHDRAW = "reference/edition_withdraw.html"


def _kind(name: str) -> ReferenceListKind:
    if name not in set(ReferenceListKind):
        raise NotFound("Reference list", name)
    return ReferenceListKind(name)


def _edition(kind: str, edition_id: int) -> EditionRow:
    row = queries.get_edition(context.reading(), edition_id)
    if row is None or row.kind is not _kind(kind):
        raise NotFound("Edition", edition_id)
    return row


def _refuse_unless(waits: bool, row: EditionRow) -> None:  # noqa: FBT001 -- the condition itself
    if not waits:
        raise Refused(f"This edition is {row.state.value.replace('_', ' ')}; nothing waits here.")


def _sign(row: EditionRow, form: SignatureForm) -> None:
    if row.state is EditionState.IN_FORCE:
        services.sign_edition_in_force(
            context.sessions(),
            row.id,
            reason=form.reason.data,
            password=form.password.data,
            actor=context.actor(),
            now=context.now(),
        )
        return
    services.put_in_force(
        context.sessions(),
        row.id,
        EditionApproval(
            form.version.data, form.replaces.data, form.reason.data, form.password.data
        ),
        actor=context.actor(),
        now=context.now(),
    )


def _index_values(kind: ReferenceListKind) -> dict[str, object]:
    editions = queries.list_editions(context.reading(), kind)
    return {
        "kind": kind,
        "editions": editions,
        "columns": (*own_columns(kind), *DATED_COLUMNS),
        "proposed": next((e for e in editions if e.state is EditionState.PROPOSED), None),
    }


def _edition_values(row: EditionRow) -> dict[str, object]:
    """The edition, what it changes in the list, and what that changes in conclusions."""
    reading = context.reading()
    before = queries.edition_before(reading, row)
    differences = queries.list_differences_between(reading, before, row) if before else []
    effects = _effects(row, has_before=before is not None)
    return {
        "row": row,
        "before": before,
        "differences": _page(differences),
        "number_of_differences": len(differences),
        "effects": effects,
        "batches": batches_with_lots(
            context.reading(), [lot.lot_id for item in effects.items for lot in item.lots]
        ),
        "items": _page(effects.items),
        "pages": max(1, -(-max(len(effects.items), len(differences)) // ROWS)),
        "page": _page_number(),
        "lots_named": LOTS_NAMED,
        "causes": list_causes(reading, edition_id=row.id),
        "separation": separation_refusal(row.loaded_by_id, context.actor(), "proposal"),
        "words": words,
    }


def _effects(row: EditionRow, *, has_before: bool) -> Effects:
    reading = context.reading()
    if row.state is EditionState.PROPOSED:
        before, after = reference_lists(reading), reference_lists_with(reading, row.id)
        return planned_effects(impact(reading, before, after, context.today()))
    return kept_effects(reading, row.id) if has_before else Effects(())


def _page_number() -> int:
    return max(1, request.args.get("page", 1, type=int))


def _page(rows: "list[queries.Difference] | tuple[object, ...]") -> "tuple[object, ...]":
    first = (_page_number() - 1) * ROWS
    return tuple(rows[first : first + ROWS])


def _number(before: object) -> int | None:
    return before.id if isinstance(before, EditionRow) else None
