"""What changed since the last certificate: the list, a comparison with its assessment, history."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from supplier_qc.domain.certificate_changes.assessment import (
    DECISION_WORDS,
    ChangeDecision,
    NoteState,
)
from supplier_qc.domain.certificate_changes.findings import Severity
from supplier_qc.domain.evidence_files import EvidenceFile
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused, WrongPassword
from supplier_qc.queries.certificate_changes import ChangeReview, get_change_review
from supplier_qc.queries.change_notes import NoteFilter, NoteRow, list_note_choices, list_notes
from supplier_qc.queries.items import get_item
from supplier_qc.queries.recorded_findings import list_item_changes
from supplier_qc.queries.supplier_notices import SupplierNoticeRow, list_supplier_notices
from supplier_qc.services.certificate_changes import (
    LONGEST_ASSESSMENT,
    ChangeAssessment,
    assess_changes,
)
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import FilterForm, number_choice_field, number_choices
from supplier_qc.web.request_bounds import record_number

blueprint = Blueprint("changes", __name__)

_STATES = {"open": NoteState.OPEN, "assessed": NoteState.ASSESSED, "all": None}


class NotesFilter(FilterForm):
    state = SelectField(
        "State",
        choices=[
            SelectChoice("open", "To assess"),
            SelectChoice("assessed", "Assessed"),
            SelectChoice("all", "All"),
        ],
        default="open",
    )
    vendor = number_choice_field("Vendor")
    item = number_choice_field("Item")


class AssessmentForm(FlaskForm):
    notes = SelectMultipleField(
        "Changes",
        [InputRequired("Choose at least one change.")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    decision = SelectField(
        "What follows",
        [InputRequired("Choose what follows from the change.")],
        choices=[
            SelectChoice("", "Choose …"),
            *(SelectChoice(one.value, words) for one, words in DECISION_WORDS.items()),
        ],
    )
    text = TextAreaField(
        "Assessment",
        [DataRequired("Say why: it is kept with the change."), Length(max=LONGEST_ASSESSMENT)],
        render_kw={"rows": 4},
    )
    touches_specification = BooleanField("Our specification is touched")
    touches_origin = BooleanField("The origin assessment is touched")
    touches_dossier = BooleanField("The dossier is touched")
    supplier_reference = StringField("Number or title of the supplier's notice", [Length(max=120)])
    supplier_notice_on = DateField("Its date", [Optional()])
    file = FileField("The notice as a file")
    password = PasswordField("Password")


@blueprint.get("/changes/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = NotesFilter(request.args)
    choices = list_note_choices(context.reading())
    form.vendor.choices = number_choices(choices.vendors, blank="All vendors")
    form.item.choices = number_choices(choices.items, blank="All items")
    wanted = NoteFilter(
        state=_STATES.get(form.state.data, NoteState.OPEN),
        vendor_id=form.vendor.data,
        item_id=form.item.data,
        lot_id=request.args.get("lot", type=record_number),
    )
    return render_template(
        "changes/index.html",
        form=form,
        found=list_notes(context.reading(), wanted, page=request.args.get("page", 1, type=int)),
        is_filtered=wanted != NoteFilter(),
    )


@blueprint.get("/certificates/<int:certificate_id>/changes")
@requires(Permission.READ_RECORDS)
def detail(certificate_id: int) -> ResponseReturnValue:
    review = _review(certificate_id)
    return _page(review, _form(review))


@blueprint.post("/certificates/<int:certificate_id>/changes")
@requires(Permission.REVIEW_CERTIFICATE)
def assess(certificate_id: int) -> ResponseReturnValue:
    review = _review(certificate_id)
    form = _form(review)
    if not form.validate_on_submit():
        return _page(review, form, status=422)
    try:
        assess_changes(
            context.sessions(),
            context.installation().documents,
            certificate_id,
            _assessment(form),
            actor=context.actor(),
            now=context.now(),
        )
    except WrongPassword as refusal:
        form.password.errors = list(refusal.reasons)
        return _page(review, form, status=422)
    except Refused as refusal:
        return _page(review, form, refusal.reasons, status=409)
    flash("The assessment is kept with the change.", "success")
    return redirect(url_for("changes.detail", certificate_id=certificate_id))


@blueprint.get("/items/<int:item_id>/changes")
@requires(Permission.READ_RECORDS)
def item_history(item_id: int) -> ResponseReturnValue:
    item = get_item(context.reading(), item_id)
    if item is None:
        raise NotFound("Item", item_id)
    return render_template(
        "changes/item.html", item=item, timeline=list_item_changes(context.reading(), item_id)
    )


def _review(certificate_id: int) -> ChangeReview:
    review = get_change_review(context.reading(), certificate_id, context.today())
    if review is None:
        raise NotFound("Certificate", certificate_id)
    return review


def _form(review: ChangeReview) -> AssessmentForm:
    """Open changes are ticked; one that was assessed can be assessed again."""
    offered = _offered(review)
    opened = [_seen(note) for _, note in offered if note.is_open]
    form = AssessmentForm(data={"notes": opened})
    form.notes.choices = [
        SelectChoice(
            _seen(note), words if note.is_open else f"{words} (now: {note.decision_words})"
        )
        for words, note in offered
    ]
    return form


def _offered(review: ChangeReview) -> list[tuple[str, NoteRow]]:
    """The changes that this person may assess: the critical ones are an approver's."""
    can_sign = context.actor().may(Permission.DISPOSE_LOT)
    return [
        (one.finding.sentence, one.note)
        for one in review.notes
        if one.note is not None and (can_sign or one.note.severity is not Severity.CRITICAL)
    ]


def _seen(note: NoteRow) -> str:
    """A note with the version on the page, so that a later one is not overwritten unseen."""
    return f"{note.id}:{note.version}"


def _assessment(form: AssessmentForm) -> ChangeAssessment:
    seen = [one.partition(":") for one in form.notes.data]
    uploaded = form.file.data
    return ChangeAssessment(
        notes={int(number): int(version) for number, _, version in seen},
        decision=ChangeDecision(form.decision.data),
        text=form.text.data,
        touches_specification=form.touches_specification.data,
        touches_origin=form.touches_origin.data,
        touches_dossier=form.touches_dossier.data,
        supplier_reference=form.supplier_reference.data,
        supplier_notice_on=form.supplier_notice_on.data,
        file=EvidenceFile(uploaded.filename, uploaded.read()) if uploaded else None,
        password=form.password.data or "",
    )


def _notices(review: ChangeReview) -> list[SupplierNoticeRow]:
    """What the vendor has announced, for whoever asks whether a change was."""
    if review.vendor_id is None:
        return []
    return list_supplier_notices(context.reading(), organisation_id=review.vendor_id)


def _page(
    review: ChangeReview,
    form: AssessmentForm,
    reasons: tuple[str, ...] = (),
    status: int = 200,
) -> ResponseReturnValue:
    offered = [note for _, note in _offered(review)]
    page = render_template(
        "changes/detail.html",
        review=review,
        form=form,
        reasons=reasons,
        notices=_notices(review),
        can_assess=bool(offered) and context.actor().may(Permission.REVIEW_CERTIFICATE),
        has_critical=any(note.severity is Severity.CRITICAL for note in offered),
    )
    return page, status
