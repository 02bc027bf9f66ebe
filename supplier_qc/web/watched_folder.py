"""The state of the watched folder: what waits, what was refused and why."""

from flask import render_template
from flask.typing import ResponseReturnValue

from supplier_qc.domain.people import Permission
from supplier_qc.queries.job_runs import list_last_runs
from supplier_qc.services.watched_folder import get_folder_state
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.certificates import blueprint

JOB = "watched folder"


@blueprint.get("/folder")
@requires(Permission.READ_RECORDS)
def folder() -> ResponseReturnValue:
    return render_template(
        "certificates/folder.html",
        state=get_folder_state(context.installation()),
        last=list_last_runs(context.reading()).get(JOB),
    )
