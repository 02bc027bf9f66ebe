"""Steps of a review beside its single decisions: by hand, two readers, the kind of the paper."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.second_person import ReviewStep
from supplier_qc.queries.certificate_review import get_certificate_review
from supplier_qc.services.certificate_by_hand import HandEntry, enter_rows, take_by_hand
from supplier_qc.services.certificate_confirmation import confirm_certificate
from supplier_qc.services.certificate_review import confirm_clear_fields, state_conformity
from supplier_qc.services.second_reading import (
    SecondReading,
    Taken,
    enter_second_reading,
    hand_over_certificate,
    return_certificate,
    settle_difference,
)
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.certificate_forms import (
    ConfirmForm,
    ReturnForm,
    SettleForm,
    VersionedForm,
    results_form,
    typed_results,
)
from supplier_qc.web.certificate_review import Wrong, done, review_of, review_page
from supplier_qc.web.certificates import blueprint


@blueprint.post("/<int:certificate_id>/by-hand")
@requires(Permission.REVIEW_CERTIFICATE)
def by_hand(certificate_id: int) -> ResponseReturnValue:
    """All results typed beside the image, in one go."""
    lines = {one.id: one for one in review_of(certificate_id).unanswered}
    form = results_form(list(lines))()
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong("by-hand", form, status=422))

    def change() -> None:
        enter_rows(
            context.sessions(),
            certificate_id,
            [HandEntry(number, typed, None) for number, typed in typed_results(form).items()],
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )

    return done(certificate_id, "by-hand", form, change)


@blueprint.post("/<int:certificate_id>/instead-of-reading")
@requires(Permission.REVIEW_CERTIFICATE)
def instead_of_reading(certificate_id: int) -> ResponseReturnValue:
    take_by_hand(context.sessions(), certificate_id, actor=context.actor(), now=context.now())
    return redirect(url_for("certificates.detail", certificate_id=certificate_id))


@blueprint.post("/<int:certificate_id>/clear-fields")
@requires(Permission.REVIEW_CERTIFICATE)
def clear_fields(certificate_id: int) -> ResponseReturnValue:
    form, review = VersionedForm(), review_of(certificate_id)
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong("header", form, status=422))

    def change() -> None:
        confirm_clear_fields(
            context.sessions(),
            certificate_id,
            [field.id for field in review.fields if field.may_be_confirmed_together],
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )

    return done(certificate_id, "header", form, change)


@blueprint.post("/<int:certificate_id>/conformity")
@requires(Permission.REVIEW_CERTIFICATE)
def conformity(certificate_id: int) -> ResponseReturnValue:
    """Turn the statement over: it holds no data, or it does after all."""
    form, review = VersionedForm(), review_of(certificate_id)
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong("item", form, status=422))

    def change() -> None:
        state_conformity(
            context.sessions(),
            certificate_id,
            holds_no_data=not review.is_conformity_statement,
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )

    return done(certificate_id, "item", form, change)


@blueprint.post("/<int:certificate_id>/hand-over")
@requires(Permission.REVIEW_CERTIFICATE)
def hand_over(certificate_id: int) -> ResponseReturnValue:
    form = ConfirmForm()
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong("confirm", form, status=422))
    try:
        hand_over_certificate(
            context.sessions(),
            certificate_id,
            version=form.version.data,
            reason=form.reason.data or "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return review_page(certificate_id, Wrong("confirm", form, refusal.reasons, 409))
    flash("Handed over: the results reach the lot when a second person has confirmed.", "success")
    return redirect(url_for("certificates.detail", certificate_id=certificate_id))


@blueprint.post("/<int:certificate_id>/return")
@requires(Permission.REVIEW_CERTIFICATE)
def give_back(certificate_id: int) -> ResponseReturnValue:
    form = ReturnForm()
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong("return", form, status=422))

    def change() -> None:
        return_certificate(
            context.sessions(),
            certificate_id,
            version=form.version.data,
            reason=form.reason.data or "",
            actor=context.actor(),
            now=context.now(),
        )

    return done(certificate_id, "return", form, change)


@blueprint.post("/<int:certificate_id>/second-reading")
@requires(Permission.REVIEW_CERTIFICATE)
def second_reading(certificate_id: int) -> ResponseReturnValue:
    """The results typed blind; where all of them agree the certificate is confirmed at once."""
    rows = review_of(certificate_id).rows_to_type
    form = results_form([row.id for row in rows])()
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong("blind", form, status=422))

    def change() -> None:
        enter_second_reading(
            context.sessions(),
            certificate_id,
            {number: SecondReading(typed, None) for number, typed in typed_results(form).items()},
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )

    answer = done(certificate_id, "blind", form, change)
    with context.installation().reading() as session:  # after the change, unlike the page's own
        review = get_certificate_review(session, certificate_id, context.today())
    if review is None or review.refusals(ReviewStep.CONFIRM, context.actor().person_id):
        return answer
    return _confirm_agreement(certificate_id, review.version) or answer


@blueprint.post("/<int:certificate_id>/differences/<int:entry_id>")
@requires(Permission.REVIEW_CERTIFICATE)
def settle(certificate_id: int, entry_id: int) -> ResponseReturnValue:
    form = SettleForm()
    place = f"settle-{entry_id}"
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong(place, form, status=422))

    def change() -> None:
        settle_difference(
            context.sessions(),
            certificate_id,
            entry_id,
            Taken(form.taken.data),
            version=form.version.data,
            reason=form.reason.data or "",
            actor=context.actor(),
            now=context.now(),
        )

    return done(certificate_id, place, form, change)


def _confirm_agreement(certificate_id: int, version: int) -> ResponseReturnValue | None:
    """The lot's page, or None where the confirmation still asks for a reason."""
    try:
        lot_id = confirm_certificate(
            context.sessions(),
            certificate_id,
            version=version,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused:
        flash("Both readings agree. Confirm the certificate below, with its reason.", "success")
        return None
    flash("Both readings agree; the results stand on the lot.", "success")
    return redirect(url_for("lots.detail", lot_id=lot_id))
