"""Retire a vendor, a site or an item, and bring it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.items import get_item
from supplier_qc.queries.vendors import get_site, get_vendor
from supplier_qc.services import retirement as services
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import reason_field, version_field
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("retirement", __name__, url_prefix="/retirement")


class RetirementForm(FlaskForm):
    version = version_field()
    reason = reason_field()


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is retired: its name, where its page is, and the two services."""

    kind: str
    name: str
    version: int
    retired_on: date | None
    address: str
    retire: Callable[..., None]
    reinstate: Callable[..., None]


@blueprint.route("/vendors/<int:vendor_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def vendor(vendor_id: int) -> ResponseReturnValue:
    found = get_vendor(context.reading(), vendor_id)
    if found is None:
        raise NotFound("Vendor", vendor_id)
    address = url_for("vendors.detail", vendor_id=vendor_id)
    return _page(
        vendor_id,
        _Subject(
            "vendor",
            found.name,
            found.version,
            found.retired_on,
            address,
            services.retire_organisation,
            services.reinstate_organisation,
        ),
    )


@blueprint.route("/sites/<int:site_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def site(site_id: int) -> ResponseReturnValue:
    found = get_site(context.reading(), site_id)
    if found is None:
        raise NotFound("Site", site_id)
    address = url_for("vendors.detail", vendor_id=found.organisation_id)
    return _page(
        site_id,
        _Subject(
            "site",
            found.name,
            found.version,
            found.retired_on,
            address,
            services.retire_site,
            services.reinstate_site,
        ),
    )


@blueprint.route("/items/<int:item_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def item(item_id: int) -> ResponseReturnValue:
    found = get_item(context.reading(), item_id)
    if found is None:
        raise NotFound("Item", item_id)
    return _page(
        item_id,
        _Subject(
            "item",
            found.name,
            found.version,
            found.retired_on,
            url_for("items.detail", item_id=item_id),
            services.retire_item,
            services.reinstate_item,
        ),
    )


def _page(number: int, subject: _Subject) -> ResponseReturnValue:
    form, page = RetirementForm(version=subject.version), "retirement/edit.html"
    if not form.validate_on_submit():
        return form_page(page, form, subject=subject)
    act = subject.retire if subject.retired_on is None else subject.reinstate
    try:
        act(
            context.sessions(),
            number,
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, subject=subject)
    done = "retired" if subject.retired_on is None else "in use again"
    flash(f"The {subject.kind} is {done}.", "success")
    return redirect(subject.address)
