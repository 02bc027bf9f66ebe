"""Teaching from a review: what was decided otherwise than printed, in one form and one save."""

from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.learned_names import FOR_ALL_ITEMS, NameKind, TaughtName
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.name_offers import CertificateNames, NameOffer, get_certificate_names
from supplier_qc.services.learned_names import teach_names
from supplier_qc.services.proposing_again import propose_again
from supplier_qc.web import context
from supplier_qc.web.access import requires

blueprint = Blueprint("teaching", __name__, url_prefix="/certificates")

_VENDOR, _ITEM = "vendor", "item"


class TeachForm(FlaskForm):
    """With one further text field for each header value that was typed by hand."""

    names = SelectMultipleField(
        "Names to teach",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    scope = RadioField(
        "They hold for",
        [InputRequired("Choose one.")],
        choices=[
            SelectChoice(_VENDOR, "All items of this vendor"),
            SelectChoice(_ITEM, "This item alone (header words and letterheads hold for all)"),
        ],
        default=_VENDOR,
    )


class AgainForm(FlaskForm):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


@dataclass(frozen=True, slots=True)
class Teaching:
    """What the review page shows of the names; `form` is None where there is nothing to teach."""

    names: CertificateNames
    form: FlaskForm | None
    label_fields: tuple[str, ...] = ()


def teaching_of(certificate_id: int) -> Teaching:
    """The names of a certificate with the form to teach them, for the person who looks."""
    names = _names(certificate_id)
    if not context.actor().may(Permission.REVIEW_CERTIFICATE) or not _has_something(names):
        return Teaching(names, None)
    return Teaching(names, _form(names), _label_fields(names))


@blueprint.route("/<int:certificate_id>/names", methods=["GET", "POST"])
@requires(Permission.REVIEW_CERTIFICATE)
def names(certificate_id: int) -> ResponseReturnValue:
    found = _names(certificate_id)
    form = _form(found)
    if not form.validate_on_submit():
        if form.errors.get("names"):
            form.names.errors = ["A row was changed meanwhile; look at the names again."]
        return _page(found, form, status=422 if form.errors else 200)
    taught = _chosen(found, form)
    if not taught:
        form.names.errors = ["Tick at least one name, or type the label of a header value."]
        return _page(found, form, status=422)
    try:
        count = teach_names(
            context.sessions(), certificate_id, taught, actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return _page(found, form, refusal.reasons, status=409)
    words = "1 name is" if count == 1 else f"{count} names are"
    flash(f"{words} taught; the next certificate of {found.vendor} is read with them.", "success")
    return redirect(url_for("certificates.detail", certificate_id=certificate_id, _anchor="teach"))


@blueprint.post("/<int:certificate_id>/propose-again")
@requires(Permission.REVIEW_CERTIFICATE)
def again(certificate_id: int) -> ResponseReturnValue:
    form = AgainForm()
    if form.validate_on_submit():
        count = propose_again(
            context.sessions(),
            certificate_id,
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )
        words = "1 row is" if count == 1 else f"{count} rows are"
        flash(f"{words} proposed anew; what was decided is untouched.", "success")
    return redirect(url_for("certificates.detail", certificate_id=certificate_id))


def _names(certificate_id: int) -> CertificateNames:
    found = get_certificate_names(context.reading(), certificate_id)
    if found is None:
        raise NotFound("Certificate", certificate_id)
    return found


def _has_something(names: CertificateNames) -> bool:
    return bool(names.offers or names.labels)


def _label_fields(names: CertificateNames) -> tuple[str, ...]:
    return tuple(f"label_{offer.field}" for offer in names.labels)


def _form(names: CertificateNames) -> TeachForm:
    """All that is new is ticked; a word that means something else by now is not."""
    fields = {
        f"label_{offer.field}": StringField(
            f"Label printed beside {offer.label} {offer.value}", [Length(max=100)]
        )
        for offer in names.labels
    }
    form: TeachForm = type("TeachFormOfCertificate", (TeachForm,), fields)(
        data={"names": [offer.token for offer in names.teachable]}
    )
    form.names.choices = [SelectChoice(offer.token, _words(offer)) for offer in names.offers]
    return form


def _words(offer: NameOffer) -> str:
    words = f"“{offer.name.printed}” is {offer.meaning_words} ({label(offer.name.kind).lower()})"
    return words if offer.standing is None else f"{words}: taught as {offer.standing} so far"


def _chosen(names: CertificateNames, form: TeachForm) -> list[TaughtName]:
    tokens = set(form.names.data or ())
    taught = [offer.name for offer in names.offers if offer.token in tokens]
    for offer in names.labels:
        printed = (form[f"label_{offer.field}"].data or "").strip()
        if printed:
            taught.append(TaughtName(NameKind.HEADER_WORD, printed, offer.field))
    item_id = names.item_id if form.scope.data == _ITEM else None
    return [one if one.kind in FOR_ALL_ITEMS else replace(one, item_id=item_id) for one in taught]


def _page(
    names: CertificateNames, form: TeachForm, reasons: tuple[str, ...] = (), *, status: int
) -> ResponseReturnValue:
    page = render_template(
        "teaching/names.html",
        teaching=Teaching(names, form, _label_fields(names)),
        has_something=_has_something(names),
        reasons=reasons,
    )
    return page, status
