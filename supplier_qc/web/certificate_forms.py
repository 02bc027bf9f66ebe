"""The forms of a certificate's review."""

from collections.abc import Sequence

from flask import request
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from supplier_qc.services.second_reading import Taken

REJECT = "reject"
"""The name of the button that sets a row aside."""


class VersionedForm(FlaskForm):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class ItemForm(VersionedForm):
    item = SelectField("Item", validators=[InputRequired("Choose an item.")])


class FieldForm(VersionedForm):
    value = StringField("Value", [Length(max=300)])


class RowForm(FlaskForm):
    version = HiddenField()
    line = SelectField("Line of our specification")
    name = StringField("Test", [Length(max=300)])
    result = StringField("Result", [Length(max=300)])
    unit = StringField("Unit", [Length(max=60)])
    method = StringField("Method", [Length(max=300)])
    supplier_limit = StringField("Supplier's limit", [Length(max=300)])
    supplier_verdict = StringField("Supplier's mark", [Length(max=60)])
    note = StringField("Why it is no result", [Optional(), Length(max=500)])

    def validate_note(self, field: StringField) -> None:
        """A browser without script presses the first button on Enter, and that one confirms."""
        if field.data.strip() and REJECT not in request.form:
            raise ValidationError("To set the row aside press Reject; to keep it, clear this.")


class ConfirmForm(VersionedForm):
    reason = TextAreaField("Reason", [Length(max=2000)], render_kw={"rows": 2})


class ReissueConfirmForm(ConfirmForm):
    password = PasswordField("Password", [InputRequired("Type your password.")])


class FilingForm(VersionedForm):
    vendor = SelectField("Vendor", validators=[InputRequired("Choose the vendor.")])
    title = StringField("Title", [InputRequired("Type its title."), Length(max=200)])


class ReturnForm(VersionedForm):
    reason = TextAreaField(
        "Why it goes back to review",
        [DataRequired("Say why."), Length(max=2000)],
        render_kw={"rows": 2},
    )


class SettleForm(VersionedForm):
    taken = RadioField(
        "Which reading stands",
        choices=[
            SelectChoice(Taken.FIRST.value, "The first"),
            SelectChoice(Taken.SECOND.value, "The second"),
        ],
        validators=[InputRequired("Choose one of the two.")],
    )
    reason = StringField("Why", [DataRequired("Say why."), Length(max=500)])


def results_form(numbers: Sequence[int]) -> type[VersionedForm]:
    """A form with one result for each number, of a line or of a row."""
    fields = {
        f"result_{number}": StringField("Result", [Length(max=300)], default="")
        for number in numbers
    }
    return type("ResultsForm", (VersionedForm,), fields)


def typed_results(form: FlaskForm) -> dict[int, str]:
    """What was typed, by the number of the line or row."""
    return {
        int(name.removeprefix("result_")): (field.data or "").strip()
        for name, field in form._fields.items()
        if name.startswith("result_")
    }


class RejectForm(VersionedForm):
    reason = TextAreaField(
        "Why this certificate is not used",
        [DataRequired("Say why."), Length(max=2000)],
        render_kw={"rows": 2},
    )
