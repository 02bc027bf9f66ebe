"""Forms of the residual pages, and the drafts they make."""

from decimal import Decimal

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from supplier_qc.domain.residuals.kinds import LimitBasis, ReagentClass, StepKind
from supplier_qc.services.residual_drafts import (
    LimitDraft,
    ProductDraft,
    ResidualDraft,
    StepDraft,
)
from supplier_qc.web.fields import (
    NumberRequired,
    PlainDecimalField,
    choice_field,
    number_choice_field,
    reason_field,
    version_field,
)

_UNITS = "A concentration: µg/mL, mg/L, IU/mL, ng/10^6 cells …"


def _given(field: PlainDecimalField) -> Decimal:
    """The number of a required field; drafts are made of valid forms alone."""
    if field.data is None:
        raise RuntimeError(f"{field.name} holds no number, and the form was not checked.")
    return field.data


def _number(label: str, description: str = "", *, required: str = "") -> PlainDecimalField:
    return PlainDecimalField(
        label,
        [NumberRequired(required)] if required else [],
        description=description,
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )


class ProductForm(FlaskForm):
    name = StringField("Product", [InputRequired("Type the product's name."), Length(max=200)])
    route = StringField(
        "Route of administration",
        [InputRequired("Type the route."), Length(max=100)],
        description="Such as intravenous.",
    )
    dose_volume_ml = _number(
        "Volume of a dose", "The largest volume one dose may have.", required="Type the volume."
    )
    cells_per_dose = _number(
        "Cells a dose", "In full or with a power: 80000000 or 8e7.", required="Type the number."
    )
    lowest_patient_weight_kg = _number(
        "Lowest patient weight",
        "Limits a kilogram count with the lightest patient.",
        required="Type the weight.",
    )
    doses_per_batch = IntegerField(
        "Doses of a batch",
        [Optional(), NumberRange(1, 1_000_000, "Between 1 and 1,000,000 doses.")],
        description="From which the cost of a dose is computed.",
    )

    def draft(self) -> ProductDraft:
        return ProductDraft(
            name=self.name.data,
            route=self.route.data,
            dose_volume_ml=_given(self.dose_volume_ml),
            cells_per_dose=_given(self.cells_per_dose),
            lowest_patient_weight_kg=_given(self.lowest_patient_weight_kg),
            doses_per_batch=self.doses_per_batch.data,
        )


class EditProductForm(ProductForm):
    version = version_field()
    reason = reason_field()


class StepForm(FlaskForm):
    """What all kinds share; a form of a kind adds its parameters."""

    kind: StepKind
    name = StringField("Step", [InputRequired("Type the step's name."), Length(max=200)])

    def draft(self) -> StepDraft:
        typed = {field.short_name: field.data for field in self if field.type == _DECIMAL}
        return StepDraft(name=self.name.data, kind=self.kind, **typed)


_DECIMAL = PlainDecimalField.__name__


class WashForm(StepForm):
    kind = StepKind.BATCH_WASH
    residual_volume_ml = _number(
        "Volume left before the wash",
        "Worst case: the largest volume left with the cells.",
        required="Type the volume.",
    )
    added_volume_ml = _number("Volume added", "Worst case: the smallest. This or the total volume.")
    total_volume_ml = _number(
        "Total volume", "Left and added together, where the record states that instead."
    )
    efficiency = _number(
        "Efficiency", "Share of the diluted amount that really leaves, 0 to 1. Empty: 1."
    )


class ExchangeForm(StepForm):
    kind = StepKind.MEDIUM_EXCHANGE
    exchanged_fraction = _number(
        "Share of the medium exchanged",
        "From 0 to 1, such as 0.8 for 80 %. Worst case: the smallest share.",
        required="Type the share.",
    )


class DiafiltrationForm(StepForm):
    kind = StepKind.DIAFILTRATION
    diavolumes = _number(
        "Diavolumes", "Volumes exchanged at constant volume.", required="Type the number."
    )
    sieving = _number(
        "Sieving coefficient",
        "From 0 (held back) to 1 (passes the membrane freely).",
        required="Type the coefficient.",
    )


class EditWashForm(WashForm):
    version = version_field()
    reason = reason_field()


class EditExchangeForm(ExchangeForm):
    version = version_field()
    reason = reason_field()


class EditDiafiltrationForm(DiafiltrationForm):
    version = version_field()
    reason = reason_field()


STEP_FORMS: dict[StepKind, type[StepForm]] = {
    StepKind.BATCH_WASH: WashForm,
    StepKind.MEDIUM_EXCHANGE: ExchangeForm,
    StepKind.DIAFILTRATION: DiafiltrationForm,
}
EDIT_STEP_FORMS: dict[StepKind, type[StepForm]] = {
    StepKind.BATCH_WASH: EditWashForm,
    StepKind.MEDIUM_EXCHANGE: EditExchangeForm,
    StepKind.DIAFILTRATION: EditDiafiltrationForm,
}


class ReagentForm(FlaskForm):
    name = StringField("Reagent", [InputRequired("Type the reagent's name."), Length(max=200)])
    reagent_class = choice_field("Kind of reagent", ReagentClass)
    material_id = number_choice_field("Material it comes from")
    start_concentration = _number(
        "Start concentration",
        "Worst case: the highest where the reagent is present.",
        required="Type the concentration.",
    )
    start_unit = StringField(
        "Unit", [InputRequired("Type the unit."), Length(max=40)], description=_UNITS
    )
    from_position = SelectField(
        "Present from", coerce=int, description="Steps before it do not clear the reagent."
    )
    measured = StringField(
        "Measured in the final product",
        [Length(max=60)],
        description="As reported: 0.8, <0.5 or ND. Empty where it was not measured.",
    )
    measured_unit = StringField("Unit of the result", [Length(max=40)])
    measured_method = StringField("Method", [Length(max=200)])
    loq = _number("LOQ", "Limit of quantitation, in the unit of the result.")

    def draft(self) -> ResidualDraft:
        return ResidualDraft(
            name=self.name.data,
            reagent_class=self.reagent_class.data,
            material_id=self.material_id.data,
            start_concentration=_given(self.start_concentration),
            start_unit=self.start_unit.data,
            from_position=self.from_position.data,
            measured=self.measured.data,
            measured_unit=self.measured_unit.data,
            measured_method=self.measured_method.data,
            loq=self.loq.data,
        )


class EditReagentForm(ReagentForm):
    version = version_field()
    reason = reason_field()


class LimitForm(FlaskForm):
    amount = _number("Limit", required="Type the limit.")
    unit = StringField(
        "Unit",
        [InputRequired("Type the unit."), Length(max=40)],
        description="An amount a dose, a day, a kg of the patient or a number of cells: ng/dose, "
        "mg/day, g/kg, beads/3x10^6 cells.",
    )
    basis = choice_field("Basis", LimitBasis)
    source = TextAreaField(
        "Source",
        [InputRequired("Name the source, or why the limit is believed."), Length(max=2_000)],
        description="Document and place in it, or the justification of an own limit.",
        render_kw={"rows": 3},
    )
    mark = SelectField(
        "How well it is verified",
        [InputRequired("Choose one.")],
        choices=[
            SelectChoice("", "Choose …"),
            SelectChoice("V", "V: read in the primary text"),
            SelectChoice("V2", "V2: read in a secondary source"),
            SelectChoice("K", "K: general knowledge, not yet checked"),
            SelectChoice("C", "C: a convention, not a requirement"),
        ],
    )
    valid_from = DateField(
        "In force from",
        [InputRequired("Type the day.")],
        description="The limit before it ends on this day.",
    )
    reason = reason_field()

    def draft(self) -> LimitDraft:
        return LimitDraft(
            amount=_given(self.amount),
            unit=self.unit.data,
            basis=self.basis.data,
            source=self.source.data,
            mark=self.mark.data,
            valid_from=self.valid_from.data,
        )
