"""People: who may do what. For administrators."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from supplier_qc.domain.people import Permission, Role
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.people import get_person, list_people
from supplier_qc.services import people
from supplier_qc.services.people import PersonDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires

blueprint = Blueprint("people", __name__, url_prefix="/people")


class _PersonFields(FlaskForm):
    full_name = StringField("Full name", [InputRequired(), Length(max=200)])
    email = EmailField("Mail address", [InputRequired(), Length(max=254)])
    roles = SelectMultipleField(
        "Roles",
        choices=[SelectChoice(role.value, role.label) for role in Role],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class NewPersonForm(_PersonFields):
    username = StringField("User name", [InputRequired(), Length(max=60)])
    password = PasswordField(
        "First password", [InputRequired()], render_kw={"autocomplete": "new-password"}
    )
    submit = SubmitField("Add person")


class PersonForm(_PersonFields):
    is_active = BooleanField("The account is open")
    reason = TextAreaField("Reason for the change", [InputRequired("Say why.")])
    submit = SubmitField("Save")


@blueprint.get("/")
@requires(Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    return render_template("people/index.html", people=list_people(context.reading()))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def new() -> ResponseReturnValue:
    form = NewPersonForm()
    if not form.validate_on_submit():
        return render_template("people/new.html", form=form), 422 if form.errors else 200
    draft = PersonDraft(form.username.data, form.full_name.data, form.email.data, _roles(form))
    try:
        people.add_person(
            context.sessions(),
            draft,
            form.password.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        form.form_errors.extend(refusal.reasons)
        return render_template("people/new.html", form=form), 422
    flash(f"{draft.full_name} can sign in now.")
    return redirect(url_for("people.index"))


@blueprint.route("/<int:person_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def edit(person_id: int) -> ResponseReturnValue:
    row = get_person(context.reading(), person_id)
    if row is None:
        raise NotFound("Person", person_id)
    form = PersonForm(obj=row)
    if form.roles.data is None or not form.is_submitted():
        form.roles.data = [role.value for role in row.roles]
    if not form.validate_on_submit():
        return (
            render_template("people/edit.html", form=form, person=row),
            422 if form.errors else 200,
        )
    draft = PersonDraft(row.username, form.full_name.data, form.email.data, _roles(form))
    people.change_person(
        context.sessions(),
        person_id,
        draft,
        is_active=form.is_active.data,
        reason=form.reason.data,
        actor=context.actor(),
        now=context.now(),
    )
    flash(f"{draft.full_name} is saved.")
    return redirect(url_for("people.index"))


def _roles(form: _PersonFields) -> frozenset[Role]:
    return frozenset(Role(value) for value in form.roles.data or ())
