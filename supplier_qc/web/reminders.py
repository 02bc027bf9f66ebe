"""Reminders: what is due, which notices were made of it, and whether the clock runs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from supplier_qc.domain.due_dates.states import DueState
from supplier_qc.domain.job_runs import minutes_overdue
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound
from supplier_qc.domain.reminders import DueSubject
from supplier_qc.jobs.schedule import JOBS, Job
from supplier_qc.queries.due import DueRow, list_due_by_policy
from supplier_qc.queries.job_runs import JobRunRow, list_last_runs
from supplier_qc.queries.notices import get_notice, list_notice_messages, list_notices
from supplier_qc.services.notices import acknowledge_notice
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import FilterForm, filter_field
from supplier_qc.web.record_links import record_url

blueprint = Blueprint("reminders", __name__, url_prefix="/reminders")

ROWS = 100
OPEN_NOTICES_SHOWN = 10


ALL_STATES = "all"

_STATE_WORDS = {
    DueState.NOT_KNOWN: "Without a date",
    DueState.OVERDUE: "Overdue",
    DueState.DUE_TODAY: "Due today",
    DueState.DUE_SOON: "Due soon",
    DueState.LATER: "Later",
}


class DueFilterForm(FilterForm):
    """Without a choice, what is later stays out of the way."""

    state = SelectField(
        "State",
        choices=[
            SelectChoice("", "Overdue or due soon"),
            SelectChoice(ALL_STATES, "All dates"),
            *(SelectChoice(state.value, _STATE_WORDS[state]) for state in DueState),
        ],
        validate_choice=False,
    )
    subject = filter_field("Kind", DueSubject, everything="All kinds")


@dataclass(frozen=True, slots=True)
class ClockRow:
    """`overdue_minutes` is a number while the job has not run when it should have."""

    name: str
    every: str
    last: JobRunRow | None
    next_at: datetime | None
    overdue_minutes: int | None


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = DueFilterForm(formdata=request.args)
    everything = list_due_by_policy(context.reading(), context.today())
    found = [row for row in everything if _fits(row, form)]
    pages = max(1, -(-len(found) // ROWS))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    notices = list_notices(context.reading(), open_only=True, page=1, size=OPEN_NOTICES_SHOWN)
    return render_template(
        "reminders/index.html",
        form=form,
        rows=found[(page - 1) * ROWS : page * ROWS],
        total=len(found),
        page=page,
        pages=pages,
        is_filtered=bool(form.state.data or form.subject.data),
        later=sum(row.state is DueState.LATER for row in everything),
        is_empty=not everything,
        notices=notices,
        clock=_clock(context.now()),
        record_url=record_url,
    )


@blueprint.get("/made")
@requires(Permission.READ_RECORDS)
def made() -> ResponseReturnValue:
    open_only = request.args.get("show") == "open"
    notices = list_notices(
        context.reading(),
        open_only=open_only,
        page=request.args.get("page", 1, type=int),
        size=ROWS,
    )
    return render_template("reminders/made.html", notices=notices, open_only=open_only)


@blueprint.get("/<int:notice_id>")
@requires(Permission.READ_RECORDS)
def detail(notice_id: int) -> ResponseReturnValue:
    notice = get_notice(context.reading(), notice_id)
    if notice is None:
        raise NotFound("Reminder", notice_id)
    standing = [
        row
        for row in list_due_by_policy(context.reading(), context.today())
        if (row.subject, row.subject_id) == (notice.subject, notice.subject_id)
    ]
    return render_template(
        "reminders/detail.html",
        notice=notice,
        standing=standing[0] if standing else None,
        messages=list_notice_messages(context.reading(), notice_id),
        record_url=record_url,
    )


@blueprint.post("/<int:notice_id>/acknowledge")
@requires(Permission.HANDLE_REMINDERS)
def acknowledge(notice_id: int) -> ResponseReturnValue:
    acknowledge_notice(context.sessions(), notice_id, actor=context.actor(), now=context.now())
    flash("The reminder is acknowledged under your name.", "success")
    return redirect(url_for("reminders.detail", notice_id=notice_id))


def _fits(row: DueRow, form: DueFilterForm) -> bool:
    if form.subject.data not in (None, row.subject):
        return False
    if not form.state.data:
        return row.state is not DueState.LATER
    return form.state.data in (ALL_STATES, row.state.value)


def _clock(now: datetime) -> list[ClockRow]:
    last_runs = list_last_runs(context.reading())
    return [_clock_row(job, last_runs.get(job.name), now) for job in JOBS]


def _clock_row(job: Job, last: JobRunRow | None, now: datetime) -> ClockRow:
    return ClockRow(
        name=job.name,
        every=_span(job.every),
        last=last,
        next_at=None if last is None else last.started_at + job.every,
        overdue_minutes=None if last is None else minutes_overdue(last.started_at, job.every, now),
    )


def _span(every: timedelta) -> str:
    seconds = int(every.total_seconds())
    count, unit = (seconds // 60, "minute") if seconds % 60 == 0 else (seconds, "second")
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"
