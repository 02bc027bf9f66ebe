"""What a certificate is before its rows are read: a re-issue, one lot of several, another paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from supplier_qc.domain.catalogue import EvidenceKind
from supplier_qc.domain.document_kinds import kind_advice
from supplier_qc.domain.lot_parts import LONGEST_LOT, LotPart
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.lot_parts import LotPartsReview, get_lot_parts
from supplier_qc.services.certificate_reissues import state_reissue
from supplier_qc.services.filing_elsewhere import FilingDraft, file_as_evidence
from supplier_qc.services.lot_splitting import split_by_lot
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.certificate_forms import VersionedForm
from supplier_qc.web.certificate_panels import filing_form
from supplier_qc.web.certificate_review import Wrong, done, review_of, review_page
from supplier_qc.web.certificates import blueprint

_ALL = "all"
_SPARE_LOTS = 1
"""Blank lots offered beyond those that the file names."""


class ReissueForm(VersionedForm):
    replaces = IntegerField("Certificate", [Optional()])


@dataclass(frozen=True, slots=True)
class SplitFields:
    """The fields of the page for splitting: lots in order, rows by their numbers."""

    lots: tuple[str, ...]
    rows: Mapping[int, str]


@blueprint.post("/<int:certificate_id>/reissue")
@requires(Permission.REVIEW_CERTIFICATE)
def reissue(certificate_id: int) -> ResponseReturnValue:
    """State what it takes the place of; without a number the statement is taken back."""
    form = ReissueForm()
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong("reissue", form, status=422))

    def change() -> None:
        state_reissue(
            context.sessions(),
            certificate_id,
            form.replaces.data,
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )

    return done(certificate_id, "reissue", form, change)


@blueprint.get("/<int:certificate_id>/split")
@requires(Permission.REVIEW_CERTIFICATE)
def split(certificate_id: int) -> ResponseReturnValue:
    found = _parts_of(certificate_id)
    form_class, fields = _split_form(found)
    return _split_page(found, form_class(formdata=None, data=_proposal(found)), fields)


@blueprint.post("/<int:certificate_id>/split")
@requires(Permission.REVIEW_CERTIFICATE)
def make_parts(certificate_id: int) -> ResponseReturnValue:
    found = _parts_of(certificate_id)
    form_class, fields = _split_form(found)
    form = form_class()
    if not form.validate_on_submit():
        return _split_page(found, form, fields), 422
    try:
        made = split_by_lot(
            context.sessions(),
            certificate_id,
            _chosen(form, fields),
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _split_page(found, form, fields, refusal.reasons), 409
    numbers = ", ".join(str(number) for number in made)
    flash(f"The file is split; certificates {numbers} are reviewed one by one.", "success")
    return redirect(url_for("certificates.detail", certificate_id=certificate_id))


@blueprint.post("/<int:certificate_id>/file-as-evidence")
@requires(Permission.REVIEW_CERTIFICATE)
def file_elsewhere(certificate_id: int) -> ResponseReturnValue:
    """It is no certificate of analysis: file it with its vendor, and set it aside here."""
    review = review_of(certificate_id)
    form, advice = filing_form(review), kind_advice(review.document_kind)
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong("file", form, status=422))
    kind = (advice.evidence_kind if advice else None) or EvidenceKind.OTHER
    try:
        number = file_as_evidence(
            context.sessions(),
            certificate_id,
            FilingDraft(int(form.vendor.data), kind, form.title.data),
            version=form.version.data,
            reason=f"It is {advice.name if advice else 'no certificate of analysis'}.",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return review_page(certificate_id, Wrong("file", form, refusal.reasons, 409))
    flash("It is filed as evidence; complete its dates and what it covers.", "success")
    return redirect(url_for("evidence.edit", evidence_id=number))


def _parts_of(certificate_id: int) -> LotPartsReview:
    found = get_lot_parts(context.reading(), certificate_id)
    if found is None:
        raise NotFound("Certificate", certificate_id)
    return found


def _split_form(found: LotPartsReview) -> tuple[type[VersionedForm], SplitFields]:
    count = max(len(found.parts), 2) + _SPARE_LOTS
    fields = SplitFields(
        tuple(f"lot_{place}" for place in range(count)),
        {row.id: f"row_{row.id}" for row in found.rows},
    )
    choices = [
        SelectChoice("", "Choose …"),
        *(SelectChoice(str(place), _lot_words(found, place)) for place in range(count)),
        SelectChoice(_ALL, "All of these lots"),
    ]
    members: dict[str, object] = {
        name: StringField(f"Lot {place}", [Length(max=LONGEST_LOT)])
        for place, name in enumerate(fields.lots, start=1)
    }
    members |= {name: SelectField("Lot", choices=choices) for name in fields.rows.values()}
    return type("SplitForm", (VersionedForm,), members), fields


def _lot_words(found: LotPartsReview, place: int) -> str:
    named = f": {found.parts[place].lot}" if place < len(found.parts) else ""
    return f"Lot {place + 1}{named}"


def _proposal(found: LotPartsReview) -> dict[str, object]:
    data: dict[str, object] = {"version": found.version}
    for place, part in enumerate(found.parts):
        data[f"lot_{place}"] = part.lot
        data |= {f"row_{number}": str(place) for number in part.row_ids}
    return data


def _chosen(form: FlaskForm, fields: SplitFields) -> list[LotPart]:
    """The lots that are named or have a row; a row for all lots is in each of them."""
    parts = []
    for place, name in enumerate(fields.lots):
        lot = " ".join((form[name].data or "").split())
        own = {number for number, field in fields.rows.items() if form[field].data == str(place)}
        everywhere = {number for number, field in fields.rows.items() if form[field].data == _ALL}
        if lot or own:
            parts.append(LotPart(lot, frozenset(own | everywhere)))
    return parts


def _split_page(
    found: LotPartsReview, form: FlaskForm, fields: SplitFields, reasons: tuple[str, ...] = ()
) -> str:
    return render_template(
        "certificates/split.html", found=found, form=form, fields=fields, reasons=reasons
    )
