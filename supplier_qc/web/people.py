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
from supplier_qc.web.fields import reason_field
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("people", __name__, url_prefix="/people")


class _PersonFields(FlaskForm):
    full_name = StringField("Full name", [InputRequired("Type the full name."), Length(max=200)])
    email = EmailField("Mail address", [InputRequired("Type the mail address."), Length(max=254)])
    roles = SelectMultipleField(
        "Roles",
        choices=[SelectChoice(role.value, role.label) for role in Role],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class NewPersonForm(_PersonFields):
    username = StringField("User name", [InputRequired("Type a user name."), Length(max=60)])
    password = PasswordField(
        "First password",
        [InputRequired("Type a first password.")],
        render_kw={"autocomplete": "new-password"},
    )


class PersonForm(_PersonFields):
    is_active = BooleanField("The account is open")
    reason = reason_field()


@blueprint.get("/")
@requires(Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    return render_template("people/index.html", people=list_people(context.reading()))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def new() -> ResponseReturnValue:
    form = NewPersonForm()
    if not form.validate_on_submit():
        return form_page("people/new.html", form)
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
        return refused_page("people/new.html", form, refusal)
    flash(f"{draft.full_name} can sign in now.", "success")
    return redirect(url_for("people.index"))


@blueprint.route("/<int:person_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def edit(person_id: int) -> ResponseReturnValue:
    row = get_person(context.reading(), person_id)
    if row is None:
        raise NotFound("Person", person_id)
    form = PersonForm(obj=row)
    if not form.is_submitted():
        form.roles.data = [role.value for role in row.roles]
    if not form.validate_on_submit():
        return form_page("people/edit.html", form, account=row)
    draft = PersonDraft(row.username, form.full_name.data, form.email.data, _roles(form))
    try:
        people.change_person(
            context.sessions(),
            person_id,
            draft,
            is_active=form.is_active.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("people/edit.html", form, refusal, account=row)
    flash(f"{draft.full_name} is saved.", "success")
    return redirect(url_for("people.index"))


def _roles(form: _PersonFields) -> frozenset[Role]:
    return frozenset(Role(value) for value in form.roles.data or ())
