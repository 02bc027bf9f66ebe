"""Tokens of other programs, for administrators. A new token is shown once."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from supplier_qc.domain.api_tokens import LONGEST_DAYS, TokenScope
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import Refused
from supplier_qc.queries.api_tokens import list_tokens
from supplier_qc.services.api_tokens import TokenDraft, create_token, revoke_token
from supplier_qc.web import context
from supplier_qc.web.access import requires

blueprint = Blueprint("api_tokens", __name__, url_prefix="/api-tokens")

_SCOPES = {
    TokenScope.SEND_CERTIFICATES: "Send certificates and ask for their state",
    TokenScope.READ_CERTIFICATES: "Ask for the state of certificates",
}


class TokenForm(FlaskForm):
    name = StringField(
        "Program that will use it", [InputRequired("Name the program."), Length(max=80)]
    )
    scope = SelectField(
        "What it may do",
        choices=[SelectChoice(scope.value, words) for scope, words in _SCOPES.items()],
    )
    days = IntegerField(
        "Valid for",
        [
            InputRequired("Say for how many days."),
            NumberRange(1, LONGEST_DAYS, f"1 to {LONGEST_DAYS} days."),
        ],
        default=180,
    )


class RevokeForm(FlaskForm):
    reason = StringField("Why it is revoked", [DataRequired("Say why."), Length(max=500)])


@blueprint.get("/")
@requires(Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    return _page(TokenForm(formdata=None))


@blueprint.post("/")
@requires(Permission.MANAGE_PEOPLE)
def add() -> ResponseReturnValue:
    """The answer itself carries the token; nothing else ever does."""
    form = TokenForm()
    if not form.validate_on_submit():
        return _page(form), 422
    draft = TokenDraft(form.name.data, TokenScope(form.scope.data), form.days.data)
    try:
        token = create_token(context.sessions(), draft, actor=context.actor(), now=context.now())
    except Refused as refusal:
        return _page(form, refusal.reasons), 409
    return _page(TokenForm(formdata=None), token=token)


@blueprint.post("/<int:number>/revoke")
@requires(Permission.MANAGE_PEOPLE)
def revoke(number: int) -> ResponseReturnValue:
    form = RevokeForm()
    if not form.validate_on_submit():
        return _page(TokenForm(formdata=None), ("Say why the token is revoked.",)), 422
    revoke_token(
        context.sessions(),
        number,
        reason=form.reason.data,
        actor=context.actor(),
        now=context.now(),
    )
    flash("The token is revoked; the program that holds it is no longer let in.", "success")
    return redirect(url_for("api_tokens.index"))


def _page(form: TokenForm, reasons: tuple[str, ...] = (), *, token: str = "") -> str:
    with context.installation().reading() as session:  # after the change, unlike the page's own
        rows = list_tokens(session, context.now())
    return render_template(
        "api_tokens/index.html",
        form=form,
        reasons=reasons,
        token=token,
        rows=rows,
        scopes={scope.value: words for scope, words in _SCOPES.items()},
        revoke_form=RevokeForm(formdata=None),
    )
