"""Scorecards: the list of vendors, one vendor, site or item, and the cases behind a measure."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound
from supplier_qc.domain.scorecard.cases import rolling_year
from supplier_qc.domain.scorecard.policy import Measure
from supplier_qc.domain.statistics.counts_and_shares import CONVENTION
from supplier_qc.queries.scorecards import (
    ScorecardPage,
    ScoreScope,
    get_scorecard,
    get_subject,
    list_scorecards,
)
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.record_links import record_url

blueprint = Blueprint("scorecards", __name__, url_prefix="/scorecards")

ROWS = 100


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    rows = list_scorecards(context.reading(), context.today())
    pages = max(1, -(-len(rows) // ROWS))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "scorecards/index.html",
        rows=rows[(page - 1) * ROWS : page * ROWS],
        total=len(rows),
        page=page,
        pages=pages,
        window=rolling_year(context.today()),
        rated=sum(row.card.score is not None for row in rows),
    )


@blueprint.get("/<scope>/<int:number>")
@requires(Permission.READ_RECORDS)
def detail(scope: str, number: int) -> ResponseReturnValue:
    return render_template(
        "scorecards/detail.html", page=_page(scope, number), convention=CONVENTION
    )


@blueprint.get("/<scope>/<int:number>/<measure>")
@requires(Permission.READ_RECORDS)
def cases(scope: str, number: int, measure: str) -> ResponseReturnValue:
    """Every case that a measure counts, and those that it could not judge."""
    page = _page(scope, number)
    if measure not in set(Measure):
        raise NotFound("Measure", measure)
    found = Measure(measure)
    rating = next(one for one in page.card.ratings if one.measure is found)
    return render_template(
        "scorecards/cases.html",
        page=page,
        rating=rating,
        rows=page.cases_of(found),
        record_url=record_url,
    )


def _page(scope: str, number: int) -> ScorecardPage:
    if scope not in set(ScoreScope):
        raise NotFound("Scorecard of", scope)
    subject = get_subject(context.reading(), ScoreScope(scope), number)
    if subject is None:
        raise NotFound(scope.capitalize(), number)
    return get_scorecard(context.reading(), subject, context.today())
