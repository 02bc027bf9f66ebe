"""One search over all records, in the header of every page."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from supplier_qc.domain.people import Permission
from supplier_qc.domain.search import sought
from supplier_qc.queries import search as queries
from supplier_qc.queries.search import FoundRow
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.navigation import link_to
from supplier_qc.web.record_links import record_url

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    """All kinds, or one in full; the address is the search and can be sent to somebody."""
    wanted = sought(request.args.get("q"))
    kind = request.args.get("kind")
    found = queries.search(context.reading(), wanted, kind=kind if kind in queries.KINDS else None)
    return render_template(
        "search/index.html",
        wanted=wanted,
        found=found,
        only_kind=queries.KINDS.get(kind or ""),
        address_of=_address_of,
    )


def _address_of(row: FoundRow) -> str | None:
    """The record's page, or that of its vendor where the person may not open it.

    A distributor's number is read on the page of its item.
    """
    if row.kind == "distributor_item":
        return link_to("items.detail", item_id=row.owner_id)
    own = record_url(row.kind, row.id)
    if own is None and row.owner_id is not None:
        return link_to("vendors.detail", vendor_id=row.owner_id)
    return own
