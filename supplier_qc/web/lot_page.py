"""The page of one lot with its forms, shown again as typed after a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from supplier_qc.domain.lots import (
    Disposition,
    ResultSource,
    quarantine_blockers,
    reject_blockers,
    release_blockers,
)
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound
from supplier_qc.queries.certificate_reissues import list_lot_reissues
from supplier_qc.queries.change_notes import lot_change_blockers
from supplier_qc.queries.closed_sources import lot_source_blockers
from supplier_qc.queries.lot_review import LotReview, get_lot_review
from supplier_qc.queries.origin_lots import get_origin_flag
from supplier_qc.queries.product_batches import batches_of_lots
from supplier_qc.queries.record_history import list_signatures
from supplier_qc.queries.supplier_findings import list_findings_on
from supplier_qc.queries.supplier_notices import lot_notice_blockers
from supplier_qc.queries.text_mentions import get_lot_text_check
from supplier_qc.services.lot_disposition import separation_blockers
from supplier_qc.web import context


class ResultForm(FlaskForm):
    line = SelectField("Test")
    attribute = StringField("Name of an extra test", [Length(max=200)])
    result = StringField("Result", [InputRequired("Type the result."), Length(max=300)])
    unit = StringField("Unit", [Length(max=60)])
    method = StringField("Method", [Length(max=300)])
    tested_on = DateField("Tested on", [Optional()])
    source = SelectField(
        "Where it comes from",
        choices=[
            SelectChoice(ResultSource.OWN_TEST.value, "Tested by us"),
            SelectChoice(ResultSource.BY_HAND.value, "Copied from paper"),
        ],
    )


class WithdrawForm(FlaskForm):
    reason = StringField("Why it is withdrawn", [DataRequired("Say why."), Length(max=500)])


class RejudgeForm(FlaskForm):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    reason = StringField("Reason", [DataRequired("Say why."), Length(max=500)])


class DispositionForm(FlaskForm):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    reason = TextAreaField(
        "Reason", [DataRequired("Say why."), Length(max=2000)], render_kw={"rows": 2}
    )
    password = PasswordField("Password", [InputRequired("Type your password.")])


@dataclass(frozen=True, slots=True)
class DispositionChoice:
    """One possible decision; `blockers` are shown before the click."""

    place: str
    title: str
    button: str
    statement: str
    endpoint: str
    blockers: tuple[str, ...]
    is_danger: bool


def lot_page(
    lot_id: int,
    place: str = "",
    form: FlaskForm | None = None,
    reasons: tuple[str, ...] = (),
    status: int = 200,
) -> ResponseReturnValue:
    """The lot's page; with a form, as it stands after that form was refused."""
    lot = get_lot_review(context.reading(), lot_id)
    if lot is None:
        raise NotFound("Lot", lot_id)
    signatures = list_signatures(context.reading(), "lot", {lot.id: lot.signed_record.fingerprint})[
        lot.id
    ]
    decisions = _decisions(lot)
    page = render_template(
        "lots/detail.html",
        lot=lot,
        reissues=list_lot_reissues(context.reading(), lot_id),
        batches=batches_of_lots(context.reading(), [lot.id]).get(lot.id, ()),
        findings=list_findings_on(context.reading(), lot_id=lot.id),
        signatures=signatures,
        days_left=(lot.expires_on - context.today()).days if lot.expires_on else None,
        decisions=decisions,
        origin=get_origin_flag(context.reading(), lot.id, lot.item_id, context.today()),
        texts=get_lot_text_check(context.reading(), lot.item_id, lot.id),
        blockers=_release_blockers(lot),
        forms_of=_forms(lot, place, form),
        wrong_place=place,
        wrong_reasons=reasons,
        homeless_reasons=() if place in _shown_places(lot, decisions) else reasons,
    )
    return page, status


def result_form(lot: LotReview, form: ResultForm) -> ResultForm:
    form.line.choices = [
        *(SelectChoice(line.attribute, line.attribute) for line in lot.lines),
        SelectChoice("", "Extra test, named below"),
    ]
    return form


def _shown_places(lot: LotReview, decisions: tuple[DispositionChoice, ...]) -> set[str]:
    """The forms on the page. One that was sent twice, or from an old tab, is gone from it."""
    places = {"result", *(decision.place for decision in decisions)}
    places |= {f"withdraw-{one.id}" for one in lot.results if one.withdrawn_at is None}
    in_force = lot.number_in_force
    if lot.disposition is Disposition.QUARANTINE and in_force not in (
        None,
        lot.specification_number,
    ):
        places.add("judge")
    return places


def _forms(lot: LotReview, place: str, form: FlaskForm | None) -> Mapping[str, FlaskForm]:
    version = {"version": lot.version}
    forms: dict[str, FlaskForm] = {
        "result": result_form(lot, ResultForm(formdata=None)),
        "judge": RejudgeForm(formdata=None, data=version),
    }
    forms |= {f"withdraw-{result.id}": WithdrawForm(formdata=None) for result in lot.results}
    forms |= {
        decision: DispositionForm(formdata=None, data=version)
        for decision in ("release", "reject", "quarantine")
    }
    if form is not None:
        forms[place] = form
    return forms


def _release_blockers(lot: LotReview) -> tuple[str, ...]:
    """What stands against a release; for approvers also that they reviewed the lot themselves."""
    blockers = (
        *release_blockers(lot.facts, context.today()),
        *lot_source_blockers(context.reading(), lot.id),
        *lot_notice_blockers(context.reading(), lot.id),
        *lot_change_blockers(context.reading(), lot.id),
    )
    if context.actor().may(Permission.DISPOSE_LOT):
        return (*blockers, *separation_blockers(lot, context.actor()))
    return blockers


def _decisions(lot: LotReview) -> tuple[DispositionChoice, ...]:
    """What the signed-in person may decide now, the likeliest first."""
    if not context.actor().may(Permission.DISPOSE_LOT):
        return ()
    name = lot.manufacturer_lot
    release = DispositionChoice(
        "release",
        f"Release lot {name}",
        f"Sign and release lot {name}",
        f"I release lot {name} of {lot.item_name} for use. I have seen its results, their "
        f"verdicts against version {lot.specification_number} of our specification, and its "
        f"expiry.",
        "lot_disposition.release",
        _release_blockers(lot),
        is_danger=False,
    )
    reject = DispositionChoice(
        "reject",
        f"Reject lot {name}",
        f"Sign and reject lot {name}",
        f"I reject lot {name} of {lot.item_name}. It will not be used and stays rejected.",
        "lot_disposition.reject",
        reject_blockers(lot.facts),
        is_danger=True,
    )
    quarantine = DispositionChoice(
        "quarantine",
        "Put back into quarantine",
        f"Sign and put lot {name} back",
        f"I take the release of lot {name} of {lot.item_name} back. It is not to be used until "
        "it is released again.",
        "lot_disposition.quarantine",
        quarantine_blockers(lot.facts),
        is_danger=True,
    )
    offered = {
        Disposition.QUARANTINE: (release, reject),
        Disposition.RELEASED: (quarantine, reject),
        Disposition.REJECTED: (),
    }
    return offered[lot.disposition]
