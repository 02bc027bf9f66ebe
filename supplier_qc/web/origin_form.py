"""The form of one component's origin facts: every fact on one page, and JSON in and out."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from supplier_qc.domain.countries import COUNTRIES
from supplier_qc.domain.origin.description import phrase
from supplier_qc.domain.origin.facts import OpenEnded
from supplier_qc.domain.origin.vocabulary import (
    Agent,
    Attestation,
    DerivativeClass,
    DonorAttestation,
    Exposure,
    IndirectOrigin,
    IssuerRole,
    PathogenReductionStage,
    Residue,
    Route,
    SourceClass,
    Species,
    StepKind,
    Stunning,
    TestResult,
    Tissue,
    Use,
    VirusFamily,
    words,
)
from supplier_qc.web.origin_form_data import PLACES, codes, entries, form_data, stated

NOT_STATED = "Not stated"
_LEAST_STEPS = 3
_DONOR_AGENTS = (Agent.HIV, Agent.HBV, Agent.HCV, Agent.HTLV, Agent.SYPHILIS)
_MATERIAL_AGENTS = tuple(agent for agent in Agent if agent not in _DONOR_AGENTS)
_TEXT = [Length(max=300)]


def _options(kind: Iterable[StrEnum], blank: str | None = NOT_STATED) -> list[SelectChoice]:
    first = [] if blank is None else [SelectChoice("", blank)]
    return first + [SelectChoice(member.value, _capital(phrase(member))) for member in kind]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _one_of(label: str, kind: Iterable[StrEnum], blank: str = NOT_STATED) -> SelectField:
    return SelectField(label, choices=_options(kind, blank))


def _some_of(label: str, kind: Iterable[StrEnum]) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        choices=_options(kind, blank=None),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def _country(label: str) -> SelectField:
    by_name = sorted(COUNTRIES.items(), key=lambda pair: pair[1])
    options = [SelectChoice(code, f"{name} ({code})") for code, name in by_name]
    return SelectField(label, choices=[SelectChoice("", NOT_STATED), *options])


def _number(label: str) -> DecimalField:
    return DecimalField(label, [Optional()], places=None, render_kw={"inputmode": "decimal"})


def _answer(label: str) -> SelectField:
    pairs = (("", NOT_STATED), ("yes", "Yes"), ("no", "No"))
    return SelectField(label, choices=[SelectChoice(value, text) for value, text in pairs])


class StepForm(Form):
    """A row without a kind and without anything else is no step."""

    kind = _one_of("Step", StepKind, blank="No step")
    temperature_c = _number("Temperature, °C")
    minutes = _number("Duration, min")
    pressure_bar = _number("Pressure, bar absolute")
    dose_kgy = _number("Dose, kGy")
    ph = _number("pH")
    pore_size_nm = _number("Pore size, nm")
    evidence = StringField("Evidence on file", _TEXT)
    log_reductions = StringField("Claimed reductions, log10", _TEXT)
    is_validated_for_tse = BooleanField("Validated for TSE")

    def validate_kind(self, field: SelectField) -> None:
        if not field.data and self.facts():
            raise ValidationError("Choose the step that these values belong to.")

    def validate_log_reductions(self, field: StringField) -> None:
        for entry in entries(field.data):
            family, _, number = entry.rpartition(" ")
            if family.strip() not in set(VirusFamily) or not number:
                raise ValidationError(
                    f"“{entry}” does not read as a virus family and a number, such as "
                    f"“parvovirus 4.2”. Families: {', '.join(VirusFamily)}."
                )

    def facts(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            name: field.data
            for name, field in self._fields.items()
            if name not in {"is_validated_for_tse", "log_reductions"}
        }
        data["is_validated_for_tse"] = self.is_validated_for_tse.data or None
        data["log_reductions"] = [
            {"family": family.strip(), "log10": number}
            for family, _, number in (e.rpartition(" ") for e in entries(self.log_reductions.data))
        ]
        return stated(data)


class StatementForm(Form):
    issued_on = DateField("Dated", [Optional()])
    issuer_role = _one_of("Issued by", IssuerRole)
    covers_item = _answer("Names our item")
    covers_site = _answer("Names the manufacturing site")
    is_signed = _answer("Signed")
    guideline_edition = StringField("Guideline edition it cites", _TEXT)

    def facts(self) -> dict[str, Any]:
        data = dict(self.data)
        for name in ("covers_item", "covers_site", "is_signed"):
            data[name] = {"yes": True, "no": False}.get(data[name])
        return stated(data)


class ComponentForm(FlaskForm):
    """One component; what is beneath it has a form of its own."""

    version = IntegerField(widget=HiddenInput())
    parent = SelectField("It is a part of, or was used to make")
    name = StringField("Name", [DataRequired("Name the component."), Length(max=200)])
    source = _one_of("Source", [s for s in SourceClass if s is not SourceClass.UNANSWERED],
                     blank="Not answered")  # fmt: skip
    exposure = _one_of("Exposure", Exposure)
    indirect_origin = _one_of(
        "Was anything else of animal or human origin used in the making?",
        [answer for answer in IndirectOrigin if answer is not IndirectOrigin.UNANSWERED],
        blank="Not answered",
    )

    species = _one_of("Species", Species)
    tissue = _one_of("Tissue or fluid", Tissue)
    derivative = _one_of("Material class", DerivativeClass)
    age_months = _number("Age of the animals")
    stunning = _one_of("Stunning", Stunning)
    birth_country = _country("Country of birth")
    birth_zone = StringField("Zone of birth", _TEXT)
    rearing_country = _country("Country of rearing")
    rearing_zone = StringField("Zone of rearing", _TEXT)
    slaughter_country = _country("Country of slaughter or collection")
    slaughter_zone = StringField("Zone of slaughter or collection", _TEXT)
    collected_on = DateField("Slaughtered or collected on", [Optional()])
    attested = _some_of("Shown by evidence on file", Attestation)

    steps = FieldList(FormField(StepForm))
    not_detected = _some_of("Tested, not detected", _MATERIAL_AGENTS)
    detected = _some_of("Tested, detected", _MATERIAL_AGENTS)

    cep_number = StringField("CEP number", _TEXT)
    cep_revision = StringField("Revision", _TEXT)
    cep_valid_from = DateField("Valid from", [Optional()])
    cep_valid_to = DateField("Last day of validity", [Optional()])
    cep_open_ended = BooleanField("The certificate states no end of its validity")
    cep_checked_on = DateField("Status looked up at EDQM on", [Optional()])
    statements = FieldList(FormField(StatementForm))

    use = _one_of("Use", Use)
    route = _one_of("Route of the product", Route)
    residue = _one_of("Left in the product", Residue)

    human_attested = _some_of("Shown by evidence on file (donors)", DonorAttestation)
    human_serology = _some_of("Every donation tested by serology for", _DONOR_AGENTS)
    human_nat = _some_of("Every donation tested by nucleic-acid testing for", _DONOR_AGENTS)
    human_pool_donors = IntegerField("Donors in the pool", [Optional()])
    human_reduction_stage = _one_of("Pathogen reduction", PathogenReductionStage)
    human_reduction_method = StringField("Method of pathogen reduction", _TEXT)
    human_donor_countries = StringField("Countries of the donors", _TEXT)
    human_licence = StringField("Licence, where it is itself a medicine", _TEXT)

    reason = TextAreaField("Reason for the change", [Length(max=2000)])
    submit = SubmitField("Save component")

    is_change = False

    @property
    def parent_choice(self) -> str:
        """The component beneath which a new one goes; empty for the item itself."""
        return (self.parent.data or "") if "parent" in self else ""

    def validate_reason(self, field: TextAreaField) -> None:
        if (self.is_change or self.parent_choice) and not (field.data or "").strip():
            raise ValidationError("Say why: this changes a record that already stands.")

    def validate_birth_zone(self, field: StringField) -> None:
        self._needs_country(field, self.birth_country)

    def validate_rearing_zone(self, field: StringField) -> None:
        self._needs_country(field, self.rearing_country)

    def validate_slaughter_zone(self, field: StringField) -> None:
        self._needs_country(field, self.slaughter_country)

    def _needs_country(self, zone: StringField, country: SelectField) -> None:
        if (zone.data or "").strip() and not country.data:
            raise ValidationError("Choose the country that the zone is a part of.")

    def validate_cep_valid_to(self, field: DateField) -> None:
        if field.data and self.cep_open_ended.data:
            raise ValidationError("Give the last day, or tick that none is stated; not both.")

    def validate_detected(self, field: SelectMultipleField) -> None:
        both = sorted(set(field.data or ()) & set(self.not_detected.data or ()))
        if both:
            names = ", ".join(words(Agent(value)) for value in both)
            raise ValidationError(f"Both detected and not detected: {names}.")

    def validate_human_donor_countries(self, field: StringField) -> None:
        unknown = [code for code in codes(field.data) if code not in COUNTRIES]
        if unknown:
            raise ValidationError(f"Not a country code (ISO 3166-1): {', '.join(unknown)}.")

    def facts(self) -> dict[str, Any]:
        """The JSON of the component, what is not stated left out."""
        same_named = ("source", "exposure", "indirect_origin", "species", "tissue", "derivative",
                      "age_months", "stunning", "collected_on", "attested", "use", "route",
                      "residue")  # fmt: skip
        data = {name: self[name].data for name in same_named}
        data["name"] = " ".join((self.name.data or "").split())
        data |= {place: self._place(place) for place in PLACES}
        data["process"] = [step.facts() for step in self._rows(self.steps) if step.facts()]
        data["statements"] = [s.facts() for s in self._rows(self.statements) if s.facts()]
        data["tests"] = self._tests()
        data["cep"] = self._cep()
        data["human"] = self._human()
        return stated(data)

    def _rows(self, rows: FieldList) -> list[Any]:
        return [entry.form for entry in rows.entries]

    def _place(self, place: str) -> dict[str, Any]:
        country, zone = self[f"{place}_country"].data, self[f"{place}_zone"].data
        return stated({"country": country, "zone": zone})

    def _tests(self) -> list[dict[str, str]]:
        results = (
            (TestResult.NOT_DETECTED, self.not_detected.data),
            (TestResult.DETECTED, self.detected.data),
        )
        return [
            {"agent": agent, "result": result.value}
            for result, agents in results
            for agent in agents or ()
        ]

    def _cep(self) -> dict[str, Any]:
        end = OpenEnded.OPEN_ENDED.value if self.cep_open_ended.data else self.cep_valid_to.data
        return stated(
            {
                "number": self.cep_number.data,
                "revision": self.cep_revision.data,
                "valid_from": self.cep_valid_from.data,
                "valid_to": end,
                "checked_on": self.cep_checked_on.data,
            }
        )

    def _human(self) -> dict[str, Any]:
        reduction = {
            "stage": self.human_reduction_stage.data,
            "method": self.human_reduction_method.data,
        }
        return stated(
            {
                "licence": self.human_licence.data,
                "attested": self.human_attested.data,
                "serology": self.human_serology.data,
                "nat": self.human_nat.data,
                "pool_donors": self.human_pool_donors.data,
                "pathogen_reduction": stated(reduction),
                "donor_countries": codes(self.human_donor_countries.data),
            }
        )


def component_form(
    facts: Mapping[str, Any] | None, *, is_change: bool, version: int | None = None
) -> ComponentForm:
    """The form with the facts that stand, and with empty rows for further steps and statements."""
    data = {**form_data(facts or {}), "version": version}
    form = ComponentForm(data=data)
    form.is_change = is_change
    if is_change:
        del form.parent
    else:
        del form.version
    _offer_what_stands(form, data)
    if not form.is_submitted():
        wanted = max(_LEAST_STEPS, len(form.steps) + 1)
        while len(form.steps) < wanted:
            form.steps.append_entry()
        form.statements.append_entry()
    return form


def _offer_what_stands(form: ComponentForm, data: Mapping[str, Any]) -> None:
    """Agents that a form does not offer by itself stay ticked when they were recorded as JSON."""
    for name in ("not_detected", "detected", "human_serology", "human_nat"):
        field = form[name]
        offered = {choice.value for choice in field.choices}
        missing = [Agent(value) for value in data.get(name) or () if value not in offered]
        field.choices = [*field.choices, *_options(missing, blank=None)]
