"""Form fields that several pages share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    Form,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, StopValidation
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.countries import COUNTRIES

_Enum = TypeVar("_Enum", bound=StrEnum)


class FilterForm(FlaskForm):
    """A form that is sent by GET and changes nothing."""

    class Meta:
        csrf = False


class PlainDecimalField(StringField):
    """A Decimal as it was typed, trailing zeros included; a comma is refused, not guessed."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:f}"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        try:
            number = Decimal(typed)
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            raise ValueError("Write a number with a point, as in 0.5.")
        self.data = number


class NumberRequired(InputRequired):
    """Blanks alone are no number either."""

    def __call__(self, form: Form, field: Field) -> None:
        super().__call__(form, field)
        if field.data is None and not field.errors:
            raise StopValidation(self.message)


def version_field() -> IntegerField:
    """The version of the record the form was filled from; it has to be there."""
    message = "The page is incomplete; reload it."
    return IntegerField("Version", [InputRequired(message)], widget=HiddenInput())


def reason_field() -> TextAreaField:
    return TextAreaField(
        "Reason for the change",
        [DataRequired("Say why: the audit trail keeps it.")],
        description="Kept in the audit trail.",
        render_kw={"rows": 2},
    )


def choice_field(name: str, enum: type[_Enum], *, blank: str = "Choose …") -> SelectField:
    """One of the enum's members; nothing is chosen before a person chooses."""
    choices = [SelectChoice("", blank), *(SelectChoice(one.value, label(one)) for one in enum)]
    return SelectField(
        name, [InputRequired("Choose one.")], choices=choices, coerce=_optional(enum)
    )


def optional_choice_field(
    name: str, enum: type[_Enum], *, blank: str, description: str = ""
) -> SelectField:
    """One of the enum's members, or none."""
    choices = [SelectChoice("", blank), *(SelectChoice(one.value, label(one)) for one in enum)]
    return SelectField(name, choices=choices, coerce=_optional(enum), description=description)


def stated_field(
    name: str, enum: type[_Enum], *, unknown: _Enum, words: Mapping[_Enum, str] | None = None
) -> SelectField:
    """One of the enum's members; `unknown`, which claims nothing, until a person chooses."""
    shown = {one: label(one) for one in enum} | dict(words or {})
    choices = [SelectChoice(one.value, shown[one]) for one in enum]
    return SelectField(
        name,
        [InputRequired("Choose one.")],
        choices=choices,
        coerce=_optional(enum),
        default=unknown,
    )


def filter_field(name: str, enum: type[_Enum], *, everything: str) -> SelectField:
    """One member or all; a value that nobody offered filters nothing."""
    choices = [SelectChoice("", everything), *(SelectChoice(one.value, label(one)) for one in enum)]
    return SelectField(name, choices=choices, coerce=_forgiving(enum))


def number_choice_field(name: str, required: str | None = None) -> SelectField:
    """One of the records whose choices the view sets, by number."""
    validators = [InputRequired(required)] if required else []
    return SelectField(name, validators, coerce=_optional(int))


def number_choices(pairs: Iterable[tuple[int, str]], *, blank: str) -> list[SelectChoice]:
    return [SelectChoice("", blank), *(SelectChoice(number, words) for number, words in pairs)]


def ticked_field(name: str, description: str) -> SelectMultipleField:
    """Records to tick, by number; the view sets the choices."""
    return SelectMultipleField(
        name,
        coerce=int,
        description=description,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def country_field() -> SelectField:
    named = sorted(COUNTRIES.items(), key=lambda pair: pair[1].replace("Å", "A"))
    choices = [SelectChoice(code, f"{name} ({code})") for code, name in named]
    return SelectField(
        "Country",
        [InputRequired("Choose the country.")],
        choices=[SelectChoice("", "Choose …"), *choices],
        description="Where the site stands, by ISO 3166.",
    )


def _optional(kind: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def coerce(value: Any) -> Any:
        return None if value in (None, "") else kind(value)

    return coerce


def _forgiving(kind: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def coerce(value: Any) -> Any:
        try:
            return kind(value) if value else None
        except ValueError:
            return None

    return coerce
