"""Animal origin: the flag of every item, why it is what it is, and the facts behind it."""

import json

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SearchField, SelectField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.entered_text import compared
from supplier_qc.domain.origin.vocabulary import Authority, Level, words, worst
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries import origin as queries
from supplier_qc.queries.origin import DOSSIER_AUTHORITIES, ItemOrigin, OriginIndexRow
from supplier_qc.queries.origin_recorded import RecordedState
from supplier_qc.queries.reference_lists import reference_lists
from supplier_qc.queries.statement_findings import list_item_statements
from supplier_qc.queries.text_mentions import get_item_text_check
from supplier_qc.services import origin as services
from supplier_qc.services.origin import AssessmentDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires

blueprint = Blueprint("origin", __name__, url_prefix="/origin")

_ROWS_A_PAGE = 100
_AUTHORITY_WORDS = {authority.value: words(authority) for authority in Authority}


class FilterForm(FlaskForm):
    """A form that is sent by GET and changes nothing."""

    class Meta:
        csrf = False

    q = SearchField("Item, material, manufacturer or origin")
    authority = SelectField(
        "Authority",
        choices=[
            SelectChoice("", "Overall (worst)"),
            *(SelectChoice(a.value, words(a)) for a in DOSSIER_AUTHORITIES),
        ],
    )
    level = SelectField(
        "Level",
        choices=[
            SelectChoice("", "Any level"),
            SelectChoice("blocks", "Anything that blocks"),
            *(SelectChoice(level.value, label(level)) for level in reversed(Level)),
        ],
    )
    recorded = SelectField(
        "Signed assessment",
        choices=[
            SelectChoice("", "Any"),
            *(SelectChoice(state.value, label(state)) for state in RecordedState),
        ],
        validate_choice=False,
    )


class AssessmentForm(FlaskForm):
    """`reason` is the conclusion: it stands under the signature."""

    fingerprint = HiddenField()
    reason = TextAreaField(
        "Conclusion in your words", [DataRequired("Write the conclusion."), Length(max=4000)]
    )
    password = PasswordField("Password", [DataRequired("Type your password to sign.")])
    submit = SubmitField("Sign assessment")


# --- reading -------------------------------------------------------------------------------------


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = FilterForm(request.args)
    rows = queries.list_origin(
        context.reading(), reference_lists(context.reading()), context.today()
    )
    found = [row for row in rows if _matches(row, form)]
    pages = max(1, -(-len(found) // _ROWS_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    first = (page - 1) * _ROWS_A_PAGE
    return render_template(
        "origin/index.html",
        rows=found[first : first + _ROWS_A_PAGE],
        total=len(found),
        all_items=len(rows),
        blocking=sum(row.blocks for row in rows),
        outdated=sum(row.recorded is RecordedState.OUTDATED for row in rows),
        authorities=DOSSIER_AUTHORITIES,
        words=words,
        form=form,
        page=page,
        pages=pages,
    )


@blueprint.get("/items/<int:item_id>")
@requires(Permission.READ_RECORDS)
def item(item_id: int) -> ResponseReturnValue:
    found, authority = _item_origin(item_id), _authority()
    form = AssessmentForm(formdata=None, fingerprint=found.fingerprints[authority])
    return _item_page(found, authority, form)


@blueprint.get("/assessments/<int:assessment_id>")
@requires(Permission.READ_RECORDS)
def assessment(assessment_id: int) -> ResponseReturnValue:
    reading, today = context.reading(), context.today()
    lists = reference_lists(reading)
    row = queries.get_recorded_assessment(reading, assessment_id, lists, today)
    item_row = queries.get_origin_item(reading, row.item_id) if row else None
    if row is None or item_row is None:
        raise NotFound("Assessment", assessment_id)
    facts = json.dumps(row.snapshot["facts"], indent=2, ensure_ascii=False)
    return render_template(
        "origin/assessment.html",
        row=row,
        item=item_row,
        facts=facts,
        authority=_AUTHORITY_WORDS[row.authority],
    )


# --- signing -------------------------------------------------------------------------------------


@blueprint.post("/items/<int:item_id>/assessments")
@requires(Permission.EDIT_ORIGIN)
def record_assessment(item_id: int) -> ResponseReturnValue:
    found, authority, form = _item_origin(item_id), _authority(), AssessmentForm()
    if not form.validate_on_submit():
        return _item_page(found, authority, form), 422
    draft = AssessmentDraft(authority, form.reason.data, form.fingerprint.data)
    try:
        services.record_assessment(
            context.sessions(),
            item_id,
            draft,
            password=form.password.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        form.fingerprint.data = found.fingerprints[authority]
        return _item_page(found, authority, form, refusal.reasons), 409
    flash(f"The assessment is signed: {words(authority)}.", "success")
    return redirect(url_for("origin.item", item_id=item_id, authority=authority.value))


def _item_origin(item_id: int) -> ItemOrigin:
    reading, today = context.reading(), context.today()
    found = queries.get_item_origin(reading, item_id, reference_lists(reading), today)
    if found is None:
        raise NotFound("Item", item_id)
    return found


def _authority() -> Authority:
    """The authority of the address; that of the EU where it names none."""
    named = request.args.get("authority", Authority.EU.value)
    if named not in DOSSIER_AUTHORITIES:
        raise NotFound("Authority", named)
    return Authority(named)


def _item_page(
    found: ItemOrigin,
    authority: Authority,
    form: AssessmentForm,
    reasons: tuple[str, ...] = (),
) -> str:
    chosen = found.assessment(authority)
    levels: dict[str, Level] = {}
    for one in chosen.component_levels:
        levels[one.component] = worst([one.level, levels.get(one.component, one.level)])
    return render_template(
        "origin/item.html",
        texts=get_item_text_check(context.reading(), found.item.item_id),
        papers=list_item_statements(
            context.reading(),
            found.item.item_id,
            reference_lists(context.reading()),
            context.today(),
        ),
        found=found,
        chosen=chosen,
        levels=levels,
        form=form,
        reasons=reasons,
        words=words,
        authorities=DOSSIER_AUTHORITIES,
        authority_words=_AUTHORITY_WORDS,
    )


def _matches(row: OriginIndexRow, form: FilterForm) -> bool:
    item = row.item
    text = compared(form.q.data)
    searched = (item.item_name, item.catalogue_number, item.material_code, item.material_name,
                item.manufacturer, row.origin)  # fmt: skip
    is_found = any(text in compared(part) for part in searched)
    has_state = form.recorded.data in {None, "", row.recorded.value}
    return is_found and has_state and _has_level(row, form)


def _has_level(row: OriginIndexRow, form: FilterForm) -> bool:
    wanted, authority = form.level.data, form.authority.data
    if authority not in DOSSIER_AUTHORITIES:
        level, blocks = row.level, row.blocks
    else:
        level = row.levels[Authority(authority)]
        blocks = row.blocking[Authority(authority)]
    return blocks if wanted == "blocks" else (not wanted or level == wanted)
