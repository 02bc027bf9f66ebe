"""Everything that happened with a vendor, on a page of its own."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound
from supplier_qc.queries.vendor_timeline import vendor_timeline
from supplier_qc.queries.vendors import get_vendor
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.record_links import record_url

blueprint = Blueprint("vendor_timeline", __name__, url_prefix="/vendors")


@blueprint.get("/<int:vendor_id>/timeline")
@requires(Permission.READ_RECORDS)
def index(vendor_id: int) -> ResponseReturnValue:
    vendor = get_vendor(context.reading(), vendor_id)
    if vendor is None:
        raise NotFound("Vendor", vendor_id)
    return render_template(
        "vendors/timeline.html",
        vendor=vendor,
        events=vendor_timeline(context.reading(), vendor_id),
        record_url=record_url,
    )
