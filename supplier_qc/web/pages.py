"""A page with a form: as it opens, as it comes back wrong, and as the rules refuse it."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from supplier_qc.domain.refusals import Refused


def form_page(template: str, form: FlaskForm, **values: object) -> ResponseReturnValue:
    """The page with its form; 422 where the form was sent and is wrong."""
    status = 422 if form.errors else 200
    return render_template(template, form=form, reasons=(), **values), status


def refused_page(
    template: str, form: FlaskForm, refusal: Refused, **values: object
) -> ResponseReturnValue:
    """The same page with every reason of the refusal, and what was typed still in it."""
    return render_template(template, form=form, reasons=refusal.reasons, **values), 409
