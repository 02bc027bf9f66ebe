"""Release, rejection and return to quarantine: three signed decisions on one page."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import Refused, WrongPassword
from supplier_qc.services.lot_disposition import (
    reject_lot,
    release_lot,
    return_lot_to_quarantine,
)
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.lot_page import DispositionForm, lot_page

blueprint = Blueprint("lot_disposition", __name__, url_prefix="/lots")


@blueprint.post("/<int:lot_id>/release")
@requires(Permission.DISPOSE_LOT)
def release(lot_id: int) -> ResponseReturnValue:
    return _sign(lot_id, "release", release_lot, "The lot is released.")


@blueprint.post("/<int:lot_id>/reject")
@requires(Permission.DISPOSE_LOT)
def reject(lot_id: int) -> ResponseReturnValue:
    return _sign(lot_id, "reject", reject_lot, "The lot is rejected.")


@blueprint.post("/<int:lot_id>/quarantine")
@requires(Permission.DISPOSE_LOT)
def quarantine(lot_id: int) -> ResponseReturnValue:
    return _sign(lot_id, "quarantine", return_lot_to_quarantine, "The lot is in quarantine again.")


def _sign(lot_id: int, place: str, decide: Callable[..., None], done: str) -> ResponseReturnValue:
    form = DispositionForm()
    if not form.validate_on_submit():
        return lot_page(lot_id, place, form, status=422)
    try:
        decide(
            context.sessions(),
            lot_id,
            version=form.version.data,
            reason=form.reason.data,
            password=form.password.data,
            actor=context.actor(),
            now=context.now(),
        )
    except WrongPassword as refusal:
        form.password.errors = list(refusal.reasons)
        return lot_page(lot_id, place, form, status=422)
    except Refused as refusal:
        return lot_page(lot_id, place, form, refusal.reasons, 409)
    flash(done, "success")
    return redirect(url_for("lots.detail", lot_id=lot_id))
