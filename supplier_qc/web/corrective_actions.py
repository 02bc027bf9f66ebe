"""Corrective action requests: issued, recorded step by step, closed; and their days."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    IntegerField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from supplier_qc.domain.corrective_actions import (
    MOST_DAYS,
    CorrectiveActionStep,
    StepTerm,
    clock,
    closing_problems,
)
from supplier_qc.domain.evidence_files import EvidenceFile
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.supplier_findings import FindingSeverity
from supplier_qc.queries.corrective_actions import (
    RequestRow,
    get_request,
    list_terms,
    step_document,
)
from supplier_qc.queries.supplier_findings import FindingRow, get_finding
from supplier_qc.services import corrective_actions as services
from supplier_qc.services.corrective_actions import MOST_LOTS, Closing, RequestDraft, StepDone
from supplier_qc.services.evidence import read_document
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import choice_field, reason_field, version_field
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("corrective_actions", __name__, url_prefix="/corrective-actions")


class RequestForm(FlaskForm):
    version = version_field()
    request = TextAreaField(
        "What the supplier is asked to correct",
        [DataRequired("Say what is asked."), Length(max=8000)],
        render_kw={"rows": 5},
    )
    reference = StringField("Supplier's number", [Length(max=120)])
    effectiveness_lots = IntegerField(
        "Good lots for the check of effectiveness",
        [Optional(), NumberRange(1, MOST_LOTS, f"A number from 1 to {MOST_LOTS}.")],
        description="Released lots received after the actions. Blank: the days alone.",
    )


class StepForm(FlaskForm):
    version = version_field()
    done_on = DateField("Done on", [InputRequired("Say when it was done.")])
    done = TextAreaField(
        "What was done",
        [DataRequired("Say what was done."), Length(max=8000)],
        render_kw={"rows": 4},
    )
    file = FileField("Document", description="A PDF, or a PNG or JPEG image.")


class TakeBackForm(FlaskForm):
    version = version_field()
    reason = reason_field()


class CloseForm(FlaskForm):
    version = version_field()
    outcome = SelectField(
        "Were the actions effective?",
        [InputRequired("Choose one.")],
        choices=[
            SelectChoice("", "Choose …"),
            SelectChoice("yes", "Yes: the finding is closed as well"),
            SelectChoice("no", "No: a request follows, and the sources are qualified again"),
        ],
    )
    reason = TextAreaField("Conclusion", [DataRequired("Say what it rests on."), Length(max=8000)])
    password = PasswordField("Password", [InputRequired("Type your password to sign.")])


class TermForm(FlaskForm):
    severity = choice_field("Severity", FindingSeverity)
    step = SelectField(
        "Step",
        [InputRequired("Choose one.")],
        choices=[
            SelectChoice("", "Choose …"),
            *(SelectChoice(one.value, one.words) for one in CorrectiveActionStep),
        ],
    )
    days = IntegerField(
        "Days from the issue",
        [InputRequired("Type the number."), NumberRange(1, MOST_DAYS, "A number from 1 to 730.")],
    )
    valid_from = DateField("In force from", [InputRequired("Choose the first day.")])
    source = StringField(
        "Source",
        [DataRequired("Name the procedure it stands in."), Length(max=300)],
        description="The procedure of yours that says so, as in SOP-QA-17.",
    )
    reason = reason_field()


@blueprint.route("/new/on-finding/<int:finding_id>", methods=["GET", "POST"])
@requires(Permission.RECORD_FINDING)
def new(finding_id: int) -> ResponseReturnValue:
    finding = _finding(finding_id)
    form = RequestForm(version=finding.version, request=finding.details)
    days = clock(list_terms(context.reading()), finding.severity, context.today())
    values = {"finding": finding, "days": days}
    if not form.validate_on_submit():
        return form_page("corrective_actions/new.html", form, **values)
    draft = RequestDraft(
        request=form.request.data or "",
        version=form.version.data or 0,
        reference=form.reference.data,
        effectiveness_lots=form.effectiveness_lots.data,
    )
    try:
        number = services.issue_request(
            context.sessions(), finding_id, draft, actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return refused_page("corrective_actions/new.html", form, refusal, **values)
    flash("The request is issued; its days run from today.", "success")
    return redirect(url_for("corrective_actions.detail", request_id=number))


@blueprint.get("/<int:request_id>")
@requires(Permission.READ_RECORDS)
def detail(request_id: int) -> ResponseReturnValue:
    return _page(_request(request_id))


@blueprint.post("/<int:request_id>/steps/<step>")
@requires(Permission.RECORD_FINDING)
def record_step(request_id: int, step: str) -> ResponseReturnValue:
    if step not in set(CorrectiveActionStep):
        raise NotFound("Step", 0)
    row = _request(request_id)
    form = StepForm()
    if not form.validate_on_submit():
        return _page(row, form, status=422)
    upload = form.file.data
    filename = getattr(upload, "filename", "")
    done = StepDone(
        step=CorrectiveActionStep(step),
        done_on=form.done_on.data or context.today(),
        done=form.done.data or "",
        version=form.version.data or 0,
        file=EvidenceFile(filename, upload.read()) if upload and filename else None,
    )
    try:
        services.record_step(
            context.sessions(),
            context.installation().documents,
            request_id,
            done,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _page(row, form, reasons=refusal.reasons, status=409)
    flash(f"{done.step.words} is recorded.", "success")
    return redirect(url_for("corrective_actions.detail", request_id=request_id))


@blueprint.route("/<int:request_id>/take-back", methods=["GET", "POST"])
@requires(Permission.RECORD_FINDING)
def take_back(request_id: int) -> ResponseReturnValue:
    row = _request(request_id)
    form = TakeBackForm(version=row.version)
    if not form.validate_on_submit():
        return form_page("corrective_actions/take_back.html", form, row=row)
    try:
        services.take_step_back(
            context.sessions(),
            request_id,
            version=form.version.data or 0,
            reason=form.reason.data or "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("corrective_actions/take_back.html", form, refusal, row=row)
    flash("The last step is open again.", "success")
    return redirect(url_for("corrective_actions.detail", request_id=request_id))


@blueprint.route("/<int:request_id>/close", methods=["GET", "POST"])
@requires(Permission.CLOSE_FINDING)
def close(request_id: int) -> ResponseReturnValue:
    row = _request(request_id)
    form = CloseForm(version=row.version)
    values = {"row": row, "finding": _finding(row.finding_id)}
    if not form.validate_on_submit():
        return form_page("corrective_actions/close.html", form, **values)
    closing = Closing(
        is_effective=form.outcome.data == "yes",
        conclusion=form.reason.data or "",
        version=form.version.data or 0,
        password=form.password.data or "",
    )
    try:
        following = services.close_request(
            context.sessions(), request_id, closing, actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return refused_page("corrective_actions/close.html", form, refusal, **values)
    if following is None:
        flash("Signed: the actions were effective, and the finding is closed.", "success")
        return redirect(url_for("supplier_findings.detail", finding_id=row.finding_id))
    flash("Signed: not effective. This request follows; adapt what is asked.", "success")
    return redirect(url_for("corrective_actions.detail", request_id=following))


@blueprint.get("/steps/<int:step_id>/file")
@requires(Permission.READ_RECORDS)
def document(step_id: int) -> ResponseReturnValue:
    """The supplier's document as it was stored, to be saved and never shown in these pages."""
    found = step_document(context.reading(), step_id)
    if found is None:
        raise NotFound("The file of step", step_id)
    return send_file(
        BytesIO(read_document(context.installation().documents, found.sha256)),
        mimetype=found.media_type,
        as_attachment=True,
        download_name=found.filename,
    )


@blueprint.get("/policy")
@requires(Permission.READ_RECORDS)
def policy() -> ResponseReturnValue:
    """The days in force and superseded; whoever closes findings supersedes them."""
    may_change = context.actor().may(Permission.CLOSE_FINDING)
    form = TermForm(formdata=None, valid_from=context.today()) if may_change else None
    return _policy_page(form)


@blueprint.post("/policy")
@requires(Permission.CLOSE_FINDING)
def supersede() -> ResponseReturnValue:
    form = TermForm()
    if not form.validate_on_submit():
        return _policy_page(form, status=422)
    term = StepTerm(
        severity=form.severity.data,
        step=CorrectiveActionStep(form.step.data),
        days=form.days.data or 0,
        valid_from=form.valid_from.data or context.today(),
        mark="C",
        source=form.source.data or "",
    )
    try:
        services.supersede_term(
            context.sessions(),
            term,
            reason=form.reason.data or "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _policy_page(form, reasons=refusal.reasons, status=409)
    flash("The row is superseded; requests that run keep their days.", "success")
    return redirect(url_for("corrective_actions.policy"))


def _policy_page(
    form: TermForm | None, *, reasons: tuple[str, ...] = (), status: int = 200
) -> ResponseReturnValue:
    terms = list_terms(context.reading())
    page = render_template(
        "corrective_actions/policy.html", terms=terms, form=form, reasons=reasons
    )
    return page, status


def _page(
    row: RequestRow,
    form: StepForm | None = None,
    *,
    reasons: tuple[str, ...] = (),
    status: int = 200,
) -> ResponseReturnValue:
    actor = context.actor()
    page = render_template(
        "corrective_actions/detail.html",
        row=row,
        finding=_finding(row.finding_id),
        form=form or StepForm(formdata=None, version=row.version, done_on=context.today()),
        reasons=reasons,
        closing_problems=closing_problems(row.facts, actor.person_id),
        may_record=_may_record(row),
    )
    return page, status


def _may_record(row: RequestRow) -> bool:
    """Whether this person records the next step; the check is quality assurance's."""
    if row.closed_on is not None or row.next_step is None:
        return False
    is_check = row.next_step.step is CorrectiveActionStep.EFFECTIVENESS
    needed = Permission.CLOSE_FINDING if is_check else Permission.RECORD_FINDING
    return context.actor().may(needed)


def _finding(finding_id: int) -> FindingRow:
    finding = get_finding(context.reading(), finding_id)
    if finding is None:
        raise NotFound("Finding", finding_id)
    return finding


def _request(request_id: int) -> RequestRow:
    row = get_request(context.reading(), request_id, context.today())
    if row is None:
        raise NotFound("Corrective action request", request_id)
    return row
