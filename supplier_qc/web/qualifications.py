"""Qualification of an item for a use: the first proposal, and the signed decision."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.due_dates.policies import due_on
from supplier_qc.domain.people import Permission
from supplier_qc.domain.qualification.states import MOVES
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.closed_sources import closing_effects
from supplier_qc.queries.items import ItemRow, get_item
from supplier_qc.queries.qualification_policy import list_policies
from supplier_qc.queries.qualifications import list_qualifications
from supplier_qc.queries.source_page import SourcePage, get_source_page
from supplier_qc.services import qualifications as services
from supplier_qc.services.qualifications import Decision
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.source_forms import (
    DECISION_WORDS,
    DecisionForm,
    DeclineForm,
    ProposalForm,
    condition_lines,
)

blueprint = Blueprint("qualifications", __name__, url_prefix="/qualifications")


@blueprint.route("/new/of-item/<int:item_id>", methods=["GET", "POST"])
@requires(Permission.PROPOSE_QUALIFICATION)
def propose(item_id: int) -> ResponseReturnValue:
    item = _item(item_id)
    form = ProposalForm()
    standing = list_qualifications(context.reading(), [item_id], context.today())
    if not form.validate_on_submit():
        return form_page("qualifications/propose.html", form, item=item, standing=standing)
    try:
        number = services.propose_qualification(
            context.sessions(),
            item_id,
            form.use_scope.data,
            form.justification.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(
            "qualifications/propose.html", form, refusal, item=item, standing=standing
        )
    flash("The proposal waits for a QA approver's decision.", "success")
    return redirect(url_for("sources.detail", qualification_id=number))


@blueprint.route("/<int:qualification_id>/decide", methods=["GET", "POST"])
@requires(Permission.DECIDE_QUALIFICATION)
def decide(qualification_id: int) -> ResponseReturnValue:
    page = source_page(qualification_id)
    proposal = page.proposal
    form = DecisionForm(
        version=page.source.version,
        conditions=condition_lines(proposal.conditions if proposal else ()),
    )
    form.status.choices = decision_choices(page)
    values = {
        "page": page,
        "item": _item(page.source.identity.item_id),
        "next_time": _next_time(page),
        "moves": page.moves_of(context.actor().person_id or 0, context.today()),
        "decision_words": DECISION_WORDS,
        "hit": closing_effects(
            context.reading(), page.source.identity, page.source.facts.use_scope
        ),
    }
    if not form.validate_on_submit():
        return form_page("qualifications/decide.html", form, **values)
    try:
        services.decide_qualification(
            context.sessions(),
            qualification_id,
            _decision(form),
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("qualifications/decide.html", form, refusal, **values)
    flash(f"Signed: {page.source.words} is {label(form.status.data).lower()}.", "success")
    return redirect(url_for("sources.detail", qualification_id=qualification_id))


@blueprint.route("/<int:qualification_id>/decline", methods=["GET", "POST"])
@requires(Permission.DECIDE_QUALIFICATION)
def decline(qualification_id: int) -> ResponseReturnValue:
    page = source_page(qualification_id)
    form = DeclineForm(version=page.source.version)
    if not form.validate_on_submit():
        return form_page("qualifications/decline.html", form, page=page)
    try:
        services.decline_decision(
            context.sessions(),
            qualification_id,
            version=form.version.data,
            reason=form.reason.data,
            password=form.password.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("qualifications/decline.html", form, refusal, page=page)
    flash("Signed: the proposal is declined; the state is what it was.", "success")
    return redirect(url_for("sources.detail", qualification_id=qualification_id))


def source_page(qualification_id: int) -> SourcePage:
    page = get_source_page(context.reading(), qualification_id, context.today())
    if page is None:
        raise NotFound("Qualification", qualification_id)
    return page


def decision_choices(page: SourcePage) -> list[SelectChoice]:
    """Those that the state allows, whether or not something else stands in the way."""
    return [
        SelectChoice(status.value, words)
        for status, words in DECISION_WORDS.items()
        if status in MOVES[page.source.facts.status]
    ]


def _item(item_id: int) -> ItemRow:
    item = get_item(context.reading(), item_id)
    if item is None:
        raise NotFound("Item", item_id)
    return item


def _next_time(page: SourcePage) -> str:
    """What an approval today would set, in a sentence with its policy row."""
    policies = list_policies(context.reading())
    today = context.today()
    return due_on(page.source.facts.risk_class, today, policies, today).reason


def _decision(form: DecisionForm) -> Decision:
    return Decision(
        status=form.status.data,
        version=form.version.data,
        reason=form.reason.data,
        password=form.password.data,
        conditions=form.named_conditions(),
    )
