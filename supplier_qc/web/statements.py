"""Statements of origin: the list, and the review of one paper beside its pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.origin.statement_papers import StatementFact, choices_of, fact_label
from supplier_qc.domain.origin.statement_states import StatementKind
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.uploads import media_type_of
from supplier_qc.extraction.reading_process import PageNotRendered
from supplier_qc.queries import statements as queries
from supplier_qc.queries.reference_lists import reference_lists
from supplier_qc.queries.statements import StatementReview, ValueReview
from supplier_qc.queries.vendor_choices import list_vendor_choices
from supplier_qc.services import statements as services
from supplier_qc.services.file_reading import stored_file
from supplier_qc.services.page_images import page_image
from supplier_qc.services.statements import Coverage
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import version_field

blueprint = Blueprint("statements", __name__, url_prefix="/statements")

_SITE = {"yes": True, "no": False, "not_said": None}
_COVER = (
    SelectChoice("", "Not on this paper"),
    SelectChoice("not_said", "On it; its site is not said"),
    SelectChoice("yes", "On it, with its site"),
    SelectChoice("no", "On it, but another site"),
)


class VersionedForm(FlaskForm):
    version = version_field()


class ValueForm(VersionedForm):
    value = StringField("Value", [Length(max=300)])


class ChoiceForm(VersionedForm):
    value = SelectField("Value")


class AddForm(FlaskForm):
    fact = SelectField(
        "What the paper says",
        [InputRequired("Choose what it is.")],
        choices=[
            SelectChoice("", "Choose …"),
            *(SelectChoice(fact.value, fact_label(fact)) for fact in StatementFact),
        ],
    )
    value = StringField("Value", [DataRequired("Type what the paper says."), Length(max=300)])


class RejectForm(VersionedForm):
    reason = TextAreaField(
        "Why this paper is not used",
        [DataRequired("Say why."), Length(max=2000)],
        render_kw={"rows": 2},
    )


class CoverageForm(VersionedForm):
    kind = SelectField(
        "Kind of paper",
        [InputRequired("Choose one.")],
        choices=[SelectChoice(kind.value, label(kind)) for kind in StatementKind],
    )
    vendor = SelectField("Whose paper it is", [InputRequired("Choose the vendor.")])


@dataclass(frozen=True, slots=True)
class Wrong:
    """What a refused POST leaves on the page: the form as typed, and the reasons."""

    place: str = ""
    form: FlaskForm | None = None
    reasons: tuple[str, ...] = ()
    status: int = 200


# --- reading -------------------------------------------------------------------------------------


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    reading = context.reading()
    return render_template(
        "statements/index.html",
        rows=queries.list_statements(reading, reference_lists(reading), context.today()),
        waiting=queries.list_waiting_papers(reading),
        most=queries.MOST_LISTED,
    )


@blueprint.get("/<int:statement_id>")
@requires(Permission.READ_RECORDS)
def detail(statement_id: int) -> ResponseReturnValue:
    return _page(statement_id, Wrong())


@blueprint.get("/<int:statement_id>/file")
@requires(Permission.READ_RECORDS)
def file(statement_id: int) -> ResponseReturnValue:
    """The file as it came, as a download: active content never runs in this origin."""
    sha256, name = _file_of(statement_id)
    content = stored_file(context.installation(), sha256)
    return send_file(
        BytesIO(content), mimetype=media_type_of(content), as_attachment=True, download_name=name
    )


@blueprint.get("/<int:statement_id>/pages/<int:page>.png")
@requires(Permission.READ_RECORDS)
def image(statement_id: int, page: int) -> ResponseReturnValue:
    sha256, _name = _file_of(statement_id)
    try:
        content = page_image(context.installation(), sha256, page)
    except PageNotRendered as reason:
        raise NotFound("Page", f"{page}: {reason}") from reason
    return send_file(BytesIO(content), mimetype="image/png", max_age=3600)


# --- deciding ------------------------------------------------------------------------------------


@blueprint.post("/of-certificate/<int:certificate_id>")
@requires(Permission.EDIT_ORIGIN)
def take(certificate_id: int) -> ResponseReturnValue:
    form = VersionedForm()
    if not form.validate_on_submit():
        return redirect(url_for("certificates.detail", certificate_id=certificate_id))
    number = services.take_as_statement(
        context.sessions(),
        certificate_id,
        version=form.version.data,
        actor=context.actor(),
        now=context.now(),
    )
    flash("The paper is taken up as a statement of origin. Decide on what was read.")
    return redirect(url_for("statements.detail", statement_id=number))


@blueprint.post("/<int:statement_id>/values/<int:field_id>")
@requires(Permission.EDIT_ORIGIN)
def value(statement_id: int, field_id: int) -> ResponseReturnValue:
    review = _review(statement_id)
    found = next((one for one in review.values if one.id == field_id), None)
    if found is None:
        raise NotFound("Value", field_id)
    form, place = _value_form(found), f"value-{field_id}"
    if not form.validate_on_submit():
        return _page(statement_id, Wrong(place, form, status=422))

    def change() -> None:
        services.decide_value(
            context.sessions(),
            statement_id,
            field_id,
            form.value.data or "",
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )

    return _done(statement_id, place, form, change)


@blueprint.post("/<int:statement_id>/values")
@requires(Permission.EDIT_ORIGIN)
def add(statement_id: int) -> ResponseReturnValue:
    form = AddForm()
    if not form.validate_on_submit():
        return _page(statement_id, Wrong("add", form, status=422))

    def change() -> None:
        fact = StatementFact(form.fact.data)
        services.add_value(
            context.sessions(),
            statement_id,
            fact,
            _meant(fact, form.value.data),
            actor=context.actor(),
            now=context.now(),
        )

    return _done(statement_id, "add", form, change)


@blueprint.post("/<int:statement_id>/coverage")
@requires(Permission.EDIT_ORIGIN)
def coverage(statement_id: int) -> ResponseReturnValue:
    review = _review(statement_id)
    form = _coverage_form(review)
    if not form.validate_on_submit():
        return _page(statement_id, Wrong("coverage", form, status=422))

    def change() -> None:
        vendor_id = int(form.vendor.data)
        # The items on the form are those of the vendor before; another one has its own.
        items = _ticked(form) if vendor_id == review.vendor_id else {}
        services.state_coverage(
            context.sessions(),
            statement_id,
            Coverage(StatementKind(form.kind.data), vendor_id, items),
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )

    return _done(statement_id, "coverage", form, change)


@blueprint.post("/<int:statement_id>/confirm")
@requires(Permission.EDIT_ORIGIN)
def confirm(statement_id: int) -> ResponseReturnValue:
    form = VersionedForm()
    if not form.validate_on_submit():
        return _page(statement_id, Wrong("confirm", form, status=422))

    def change() -> None:
        services.confirm_statement(
            context.sessions(),
            statement_id,
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )
        flash("The statement is confirmed and stands as evidence.", "success")

    return _done(statement_id, "confirm", form, change)


@blueprint.post("/<int:statement_id>/reject")
@requires(Permission.EDIT_ORIGIN)
def reject(statement_id: int) -> ResponseReturnValue:
    form = RejectForm()
    if not form.validate_on_submit():
        return _page(statement_id, Wrong("reject", form, status=422))

    def change() -> None:
        services.reject_statement(
            context.sessions(),
            statement_id,
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
        flash("The statement is rejected; the file is kept.")

    return _done(statement_id, "reject", form, change)


def _done(
    statement_id: int, place: str, form: FlaskForm, change: Callable[[], None]
) -> ResponseReturnValue:
    """Make the change and go back to its place; a refusal stands beside the form as typed."""
    try:
        change()
    except Refused as refusal:
        return _page(statement_id, Wrong(place, form, refusal.reasons, 409))
    return redirect(url_for("statements.detail", statement_id=statement_id, _anchor=place))


def _review(statement_id: int) -> StatementReview:
    reading = context.reading()
    lists = reference_lists(reading)
    review = queries.get_statement_review(reading, statement_id, lists, context.today())
    if review is None:
        raise NotFound("Statement", statement_id)
    return review


def _page(statement_id: int, wrong: Wrong) -> ResponseReturnValue:
    review = _review(statement_id)
    may_decide = review.is_under_review and context.actor().may(Permission.EDIT_ORIGIN)
    page = render_template(
        "statements/detail.html",
        statement=review,
        can_review=may_decide,
        forms_of=_forms(review, wrong) if may_decide else {},
        wrong=wrong,
    )
    return page, wrong.status


def _forms(review: StatementReview, wrong: Wrong) -> Mapping[str, FlaskForm]:
    """Every form of the page by its place; a refused one as it was typed."""
    version = {"version": review.version}
    forms: dict[str, FlaskForm] = {
        "add": AddForm(formdata=None),
        "coverage": _coverage_form(review, blank=True),
        "confirm": VersionedForm(formdata=None, data=version),
        "reject": RejectForm(formdata=None, data=version),
    }
    forms |= {f"value-{one.id}": _value_form(one, blank=True) for one in review.values}
    if wrong.form is not None:
        forms[wrong.place] = wrong.form
    return forms


def _value_form(found: ValueReview, *, blank: bool = False) -> FlaskForm:
    """The form of one value as it stands, or of what was submitted."""
    kind = ChoiceForm if found.choices else ValueForm
    values = {"version": found.version, "value": found.value or ""}
    form = kind(formdata=None, data=values) if blank else kind()
    if found.choices:
        form.value.choices = [
            SelectChoice("", "not stated"),
            *(SelectChoice(one, words) for one, words in found.choices.items()),
        ]
    return form


def _coverage_form(review: StatementReview, *, blank: bool = False) -> FlaskForm:
    """One select for each item of the vendor chosen so far."""
    fields = {
        f"item_{row.item_id}": SelectField(row.words, choices=list(_COVER))
        for row in review.vendor_items
    }
    kind = type("ItemsForm", (CoverageForm,), fields)
    covered = {f"item_{row.item_id}": _site_answer(row.names_site) for row in review.items}
    values = {
        "version": review.version,
        "kind": review.kind.value,
        "vendor": str(review.vendor_id or ""),
        **covered,
    }
    form: FlaskForm = kind(formdata=None, data=values) if blank else kind()
    form.vendor.choices = [
        SelectChoice("", "Choose the vendor"),
        *(
            SelectChoice(str(number), name)
            for number, name in list_vendor_choices(context.reading())
        ),
    ]
    return form


def _site_answer(names_site: bool | None) -> str:  # noqa: FBT001 -- the answer is the subject
    return next(answer for answer, said in _SITE.items() if said is names_site)


def _ticked(form: FlaskForm) -> dict[int, bool | None]:
    return {
        int(name.removeprefix("item_")): _SITE[field.data]
        for name, field in form._fields.items()
        if name.startswith("item_") and field.data
    }


def _meant(fact: StatementFact, typed: str) -> str:
    """The controlled value whose words were typed, or the text as it is."""
    plain = " ".join(typed.split()).casefold()
    known = choices_of(fact).items()
    return next((one for one, words in known if plain in (one.casefold(), words.casefold())), typed)


def _file_of(statement_id: int) -> tuple[str, str]:
    found = queries.get_statement_file(context.reading(), statement_id)
    if found is None:
        raise NotFound("Statement", statement_id)
    return found
