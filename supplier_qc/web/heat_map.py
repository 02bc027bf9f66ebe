"""Every source, or material, against every requirement, with the days left in each cell."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from supplier_qc.domain.catalogue import RiskClass, UseScope
from supplier_qc.domain.people import Permission
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.evidence_policy import RequirementKind
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.queries.requirement_map import list_map
from supplier_qc.queries.source_lists import SourceFilter
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import FilterForm, filter_field

blueprint = Blueprint("heat_map", __name__, url_prefix="/requirements")

_IN_USE, _WAITING = "", "waiting"
_BY_MATERIAL = "material"
_WAITS = frozenset({QualificationStatus.PROPOSED, QualificationStatus.UNDER_EVALUATION})


class MapForm(FilterForm):
    q = StringField("Search", [Length(max=200)], description="Material, item, vendor or site.")
    risk_class = filter_field("Risk class", RiskClass, everything="All")
    use = filter_field("Use", UseScope, everything="All")
    view = SelectField(
        "Rows",
        choices=[SelectChoice("", "Sources"), SelectChoice(_BY_MATERIAL, "Materials")],
        validate_choice=False,
        default="",
    )
    gaps = BooleanField("Gaps only")
    state = SelectField(
        "State",
        choices=[
            SelectChoice(_IN_USE, "In use"),
            SelectChoice(_WAITING, "Proposed or under evaluation"),
        ],
        validate_choice=False,
        default=_IN_USE,
    )


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = MapForm(request.args)
    form.validate()
    wanted = SourceFilter(
        text=(form.q.data or "").strip(),
        risk_class=form.risk_class.data,
        use_scope=form.use.data,
        statuses=_WAITS if form.state.data == _WAITING else APPROVALS,
    )
    found = list_map(
        context.reading(),
        wanted,
        context.today(),
        by_material=form.view.data == _BY_MATERIAL,
        gaps_only=bool(form.gaps.data),
        page=request.args.get("page", 1, type=int),
    )
    return render_template(
        "sources/heat_map.html", form=form, found=found, kinds=tuple(RequirementKind)
    )
