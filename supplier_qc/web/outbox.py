"""The outbox: every message as it left, or why it did not."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from supplier_qc.domain.messages import MessageState
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound
from supplier_qc.queries.outbox import count_messages, get_message, list_messages
from supplier_qc.services.outbox import requeue_message
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import FilterForm, filter_field

blueprint = Blueprint("outbox", __name__, url_prefix="/outbox")


class MessageFilterForm(FilterForm):
    state = filter_field("State", MessageState, everything="All states")


@blueprint.get("/")
@requires(Permission.READ_OUTBOX)
def index() -> ResponseReturnValue:
    form = MessageFilterForm(formdata=request.args)
    page = request.args.get("page", 1, type=int)
    return render_template(
        "outbox/index.html",
        form=form,
        found=list_messages(context.reading(), form.state.data, page),
        counts=count_messages(context.reading()),
        has_sender=context.installation().sender is not None,
    )


@blueprint.get("/<int:message_id>")
@requires(Permission.READ_OUTBOX)
def detail(message_id: int) -> ResponseReturnValue:
    message = get_message(context.reading(), message_id)
    if message is None:
        raise NotFound("Message", message_id)
    has_sender = context.installation().sender is not None
    return render_template("outbox/detail.html", message=message, has_sender=has_sender)


@blueprint.post("/<int:message_id>/try-again")
@requires(Permission.HANDLE_REMINDERS)
def try_again(message_id: int) -> ResponseReturnValue:
    requeue_message(context.sessions(), message_id, actor=context.actor(), now=context.now())
    flash("The message waits again; the clock sends it within a minute.", "success")
    return redirect(url_for("outbox.detail", message_id=message_id))
