"""The page of a source, and the steps on it that need no signature."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from supplier_qc.domain.evidence_requests import ASKED_OF_SUPPLIERS
from supplier_qc.domain.people import Permission
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.closed_sources import CLOSED
from supplier_qc.domain.qualification.records import DecisionKind
from supplier_qc.domain.qualification.states import MOVES
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.closed_sources import closing_effects
from supplier_qc.queries.deliveries import latest_of_item
from supplier_qc.queries.evidence_requests import list_requests_of_source
from supplier_qc.queries.source_page import SourcePage, get_condition_row, source_of_condition
from supplier_qc.queries.source_risk import get_risk_score
from supplier_qc.queries.supplier_findings import FindingRow, list_findings_on
from supplier_qc.services import source_evaluation as services
from supplier_qc.services.source_records import DecisionDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import version_field
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.qualifications import decision_choices, source_page
from supplier_qc.web.source_forms import (
    DECISION_WORDS,
    DecisionDraftForm,
    FulfilmentForm,
    condition_lines,
)

blueprint = Blueprint("sources", __name__, url_prefix="/qualifications")


class SeenForm(FlaskForm):
    """A step without fields of its own; it names the version of the record it was taken on."""

    version = version_field()


@blueprint.get("/<int:qualification_id>")
@requires(Permission.READ_RECORDS)
def detail(qualification_id: int) -> ResponseReturnValue:
    page = source_page(qualification_id)
    actor = context.actor()
    return render_template(
        "sources/detail.html",
        page=page,
        moves=page.moves_of(actor.person_id or 0, context.today()),
        decision_words=DECISION_WORDS,
        can_begin=QualificationStatus.UNDER_EVALUATION in MOVES[page.source.facts.status],
        askable=ASKED_OF_SUPPLIERS,
        requests=list_requests_of_source(context.reading(), page.source, context.today()),
        findings=_findings_on(page),
        hit=closing_effects(context.reading(), page.source.identity, page.source.facts.use_scope),
        is_closed=page.source.facts.status in CLOSED,
        deliveries=latest_of_item(context.reading(), page.source.identity.item_id, context.today()),
        risk=get_risk_score(context.reading(), page.source, context.today()),
    )


def _findings_on(page: SourcePage) -> list[FindingRow]:
    identity = page.source.identity
    numbers = (identity.item_id, identity.site_id, identity.vendor_id)
    return list_findings_on(context.reading(), item=numbers)


@blueprint.post("/<int:qualification_id>/evaluation")
@requires(Permission.PROPOSE_QUALIFICATION)
def begin(qualification_id: int) -> ResponseReturnValue:
    form = SeenForm()
    if form.validate_on_submit():
        services.begin_evaluation(
            context.sessions(),
            qualification_id,
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )
        flash("The source is under evaluation; the list below says what is asked for.", "success")
    return redirect(url_for("sources.detail", qualification_id=qualification_id))


@blueprint.route("/<int:qualification_id>/proposal", methods=["GET", "POST"])
@requires(Permission.PROPOSE_QUALIFICATION)
def propose(qualification_id: int) -> ResponseReturnValue:
    page = source_page(qualification_id)
    kind = DecisionKind.FOR_CAUSE if page.source.facts.open_causes else DecisionKind.PERIODIC
    form = DecisionDraftForm(version=page.source.version, kind=kind, conditions=condition_lines(()))
    form.status.choices = decision_choices(page)
    if not form.validate_on_submit():
        return form_page("sources/propose.html", form, page=page)
    draft = DecisionDraft(
        status=form.status.data,
        justification=form.justification.data,
        kind=form.kind.data,
        conditions=form.named_conditions(),
    )
    try:
        services.propose_decision(
            context.sessions(),
            qualification_id,
            draft,
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("sources/propose.html", form, refusal, page=page)
    flash("The proposal waits for a QA approver's signature.", "success")
    return redirect(url_for("sources.detail", qualification_id=qualification_id))


@blueprint.route("/conditions/<int:condition_id>/fulfilled", methods=["GET", "POST"])
@requires(Permission.PROPOSE_QUALIFICATION)
def fulfil(condition_id: int) -> ResponseReturnValue:
    number = source_of_condition(context.reading(), condition_id)
    row = get_condition_row(context.reading(), condition_id, context.today())
    if number is None or row is None:
        raise NotFound("Condition", condition_id)
    page = source_page(number)
    form = FulfilmentForm(version=row.version)
    if not form.validate_on_submit():
        return form_page("sources/fulfil.html", form, page=page, row=row)
    try:
        services.fulfil_condition(
            context.sessions(),
            condition_id,
            version=form.version.data,
            fulfilment=form.fulfilment.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("sources/fulfil.html", form, refusal, page=page, row=row)
    flash("The condition is fulfilled.", "success")
    return redirect(url_for("sources.detail", qualification_id=number))
