"""Forms of decisions on a source: the proposal, the signed decision, the conditions."""

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    PasswordField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.evidence_policy import RequirementKind
from supplier_qc.domain.qualification.records import DecisionKind
from supplier_qc.domain.qualification.requirements import Condition
from supplier_qc.web.fields import choice_field, optional_choice_field, version_field

DECISION_WORDS = {
    QualificationStatus.APPROVED: "Approve",
    QualificationStatus.CONDITIONALLY_APPROVED: "Approve with conditions",
    QualificationStatus.ON_PROBATION: "Put on probation",
    QualificationStatus.SUSPENDED: "Suspend",
    QualificationStatus.RETIRED: "Retire: no longer wanted",
    QualificationStatus.DISQUALIFIED: "Disqualify for good",
}
_BLANK_ROWS = 3


class ProposalForm(FlaskForm):
    use_scope = choice_field("Use", UseScope)
    justification = TextAreaField(
        "Justification",
        [DataRequired("Say what makes the item fit for this use."), Length(max=4_000)],
        description="What was seen: questionnaire, audit, lots tested, and what is still open.",
        render_kw={"rows": 5},
    )


class ConditionForm(Form):
    """One line; a line without a text is no condition."""

    text = StringField("Condition", [Length(max=1_000)])
    due_on = DateField("To be fulfilled by", [Optional()])
    covers = optional_choice_field("Stands in for", RequirementKind, blank="No requirement")


class WithConditions(FlaskForm):
    conditions = FieldList(FormField(ConditionForm), min_entries=_BLANK_ROWS, max_entries=20)

    def named_conditions(self) -> tuple[Condition, ...]:
        lines = [entry.data for entry in self.conditions]
        return tuple(
            Condition(line["text"], line["due_on"], line["covers"])
            for line in lines
            if (line["text"] or "").strip() or line["due_on"] or line["covers"]
        )


class DecisionDraftForm(WithConditions):
    version = version_field()
    status = RadioField(
        "Proposed decision", [InputRequired("Choose the decision.")], coerce=QualificationStatus
    )
    kind = choice_field("Occasion", DecisionKind)
    justification = TextAreaField(
        "Justification",
        [DataRequired("Say what the proposal rests on."), Length(max=4_000)],
        render_kw={"rows": 4},
    )


class DecisionForm(WithConditions):
    version = version_field()
    status = RadioField(
        "Decision",
        [InputRequired("Choose the decision.")],
        coerce=QualificationStatus,
    )
    reason = TextAreaField(
        "Reason", [DataRequired("Say what the decision rests on.")], render_kw={"rows": 3}
    )
    password = PasswordField("Password", [InputRequired("Type your password to sign.")])


class DeclineForm(FlaskForm):
    version = version_field()
    reason = TextAreaField(
        "Reason", [DataRequired("Say why the proposal is declined.")], render_kw={"rows": 3}
    )
    password = PasswordField("Password", [InputRequired("Type your password to sign.")])


class FulfilmentForm(FlaskForm):
    version = version_field()
    fulfilment = TextAreaField(
        "How it was fulfilled",
        [DataRequired("Say how, and where that is written."), Length(max=4_000)],
        render_kw={"rows": 3},
    )


def condition_lines(conditions: tuple[Condition, ...]) -> list[dict[str, object]]:
    """To fill the form with, blank lines after them."""
    lines: list[dict[str, object]] = [
        {"text": one.text, "due_on": one.due_on, "covers": one.covers} for one in conditions
    ]
    return lines + [{} for _ in range(_BLANK_ROWS)]
