"""Signing in and out, and one's own password."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from supplier_qc.domain.refusals import WrongPassword
from supplier_qc.services import people
from supplier_qc.services.passwords import MINIMUM_LENGTH
from supplier_qc.web import access, context

blueprint = Blueprint("account", __name__, url_prefix="/account")


class SignInForm(FlaskForm):
    username = StringField(
        "User name", [InputRequired("Type your user name.")], render_kw={"autocomplete": "username"}
    )
    password = PasswordField(
        "Password",
        [InputRequired("Type your password.")],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(FlaskForm):
    old = PasswordField(
        "Present password",
        [InputRequired("Type your present password.")],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        "New password",
        [
            InputRequired("Type a new password."),
            Length(min=MINIMUM_LENGTH, message=f"At least {MINIMUM_LENGTH} characters."),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "New password again",
        [
            InputRequired("Type it a second time."),
            EqualTo("new", message="The two new passwords differ."),
        ],
        render_kw={"autocomplete": "new-password"},
    )


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    if context.person() is not None:
        return redirect(url_for("home.index"))
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("account/login.html", form=form), 422 if form.errors else 200
    try:
        person_id, stamp = people.sign_in(
            context.sessions(), form.username.data, form.password.data, now=context.now()
        )
    except people.SignInRefused as refusal:
        form.password.errors = list(refusal.reasons)
        return render_template("account/login.html", form=form), 422
    access.start_session(person_id, stamp)
    return redirect(_own_path(request.args.get("next")) or url_for("home.index"))


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    people.sign_out(context.sessions(), actor=context.actor(), now=context.now())
    access.end_session()
    flash("You are signed out.")
    return redirect(url_for("account.sign_in"))


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    form = PasswordForm()
    if not form.validate_on_submit():
        return render_template("account/password.html", form=form), 422 if form.errors else 200
    try:
        people.change_own_password(
            context.sessions(),
            form.old.data,
            form.new.data,
            actor=context.actor(),
            now=context.now(),
        )
    except WrongPassword:
        form.old.errors = ["This is not your present password. Nothing was changed."]
        return render_template("account/password.html", form=form), 422
    access.end_session()
    flash("The password is changed. Sign in with the new one.", "success")
    return redirect(url_for("account.sign_in"))


def _own_path(target: str | None) -> str | None:
    """The target when it is a path of this product, so that nobody is sent elsewhere."""
    if not target or not target.isprintable():
        return None
    parts = urlsplit(target)
    is_own = not parts.scheme and not parts.netloc and target.startswith("/")
    return target if is_own and not target.startswith(("//", "/\\")) else None
