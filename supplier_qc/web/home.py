"""Home: what waits for this person, or the first steps of a new installation."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from supplier_qc.domain.people import Actor, Permission
from supplier_qc.queries.certificate_reissues import list_lots_to_look_at
from supplier_qc.queries.home import (
    NAMED,
    BeginningRow,
    NamedRow,
    WaitingRow,
    count_beginning,
    count_waiting,
    list_drafts_to_approve,
    list_qualifications_to_decide,
)
from supplier_qc.web import context
from supplier_qc.web.navigation import link_to

blueprint = Blueprint("home", __name__)


@dataclass(frozen=True, slots=True)
class WaitingCard:
    """`words` stand after the number, `one` when the number is 1; `tone` is that of a badge;
    `named` are records with their own addresses.
    """

    count: int
    one: str
    words: str
    url: str | None
    tone: str
    named: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class FirstStep:
    """`url` is None where another role takes the step, which `who` names."""

    words: str
    is_done: bool
    text: str
    action: str
    url: str | None
    who: str


@blueprint.get("/")
def index() -> ResponseReturnValue:
    actor = context.actor()
    waiting = count_waiting(context.reading(), actor.person_id or 0, context.today())
    beginning = count_beginning(context.reading())
    return render_template(
        "home/index.html",
        cards=[card for card in _cards(actor, waiting) if card.count],
        steps=[] if beginning.is_under_way else _first_steps(beginning),
    )


def _papers_to_review(actor: Actor, waiting: WaitingRow) -> Iterator[WaitingCard]:
    if actor.may(Permission.REVIEW_QUESTIONNAIRE):
        url = link_to("questionnaires.index", state="answered")
        one, words = "questionnaire to review", "questionnaires to review"
        yield WaitingCard(waiting.questionnaires_to_review, one, words, url, "warn")
    if actor.may(Permission.EDIT_ORIGIN):
        url = link_to("statements.index")
        one, words = "statement of origin to review", "statements of origin to review"
        yield WaitingCard(waiting.statements_to_review, one, words, url, "warn")


def _cards(actor: Actor, waiting: WaitingRow) -> Iterator[WaitingCard]:
    """What this person's roles can settle first, then what everybody may see."""
    if actor.may(Permission.REVIEW_CERTIFICATE):
        url = link_to("certificates.index", state="proposed")
        one, words = "certificate to review", "certificates to review"
        yield WaitingCard(waiting.certificates_to_review, one, words, url, "warn")
        url = link_to("certificates.index", state="awaiting_second")
        one = "certificate waits for a second person"
        words = "certificates wait for a second person"
        yield WaitingCard(waiting.certificates_to_second, one, words, url, "warn")
        url = link_to("changes.index")
        one, words = "change of a supplier to assess", "changes of suppliers to assess"
        yield WaitingCard(waiting.changes_to_assess, one, words, url, "bad")
    yield from _papers_to_review(actor, waiting)
    if actor.may(Permission.DISPOSE_LOT):
        url = link_to("lots.index", disposition="quarantine")
        one, words = "lot in quarantine with results", "lots in quarantine with results"
        yield WaitingCard(waiting.lots_with_results, one, words, url, "warn")
    if actor.may(Permission.REVIEW_CERTIFICATE) or actor.may(Permission.DISPOSE_LOT):
        yield _lots_to_look_at()
    if actor.may(Permission.UPLOAD_CERTIFICATE):
        url = link_to("certificates.index")
        one, words = "certificate waiting to be read", "certificates waiting to be read"
        yield WaitingCard(waiting.certificates_unread, one, words, url, "info")
    if actor.may(Permission.HANDLE_REMINDERS):
        url = link_to("reminders.made", show="open")
        one, words = "reminder nobody has taken up", "reminders nobody has taken up"
        yield WaitingCard(waiting.open_notices, one, words, url, "warn")
    yield from _due_cards(waiting)
    if actor.may(Permission.APPROVE_SPECIFICATION) and waiting.drafts_to_approve:
        yield _drafts(actor, waiting)
    if actor.may(Permission.DECIDE_QUALIFICATION) and waiting.qualifications_to_decide:
        yield _qualifications(actor, waiting)
    if actor.may(Permission.APPROVE_REFERENCE_DATA):
        one, words = "edition of a list to sign", "editions of lists to sign"
        url = link_to("reference.index")
        yield WaitingCard(waiting.editions_to_sign, one, words, url, "warn")


def _lots_to_look_at() -> WaitingCard:
    found = list_lots_to_look_at(context.reading())
    named = tuple((lot.title, link_to("lots.detail", lot_id=lot.id)) for lot in found[:NAMED])
    one = "released lot to look at again: its certificate was replaced"
    words = "released lots to look at again: their certificates were replaced"
    return WaitingCard(len(found), one, words, None, "bad", named)


def _due_cards(waiting: WaitingRow) -> Iterator[WaitingCard]:
    url = link_to("reminders.index", state="overdue")
    yield WaitingCard(waiting.overdue, "date passed", "dates passed", url, "bad")
    url = link_to("reminders.index", state="overdue", subject="evidence")
    one, words = "piece of evidence out of date", "pieces of evidence out of date"
    yield WaitingCard(waiting.expired_evidence, one, words, url, "bad")
    url = link_to("reminders.index", state="all", subject="requalification_cause")
    one, words = "requalification for cause", "requalifications for cause"
    yield WaitingCard(waiting.causes, one, words, url, "bad")
    url = link_to("reminders.index", state="due_soon")
    one, words = "date within 90 days", "dates within 90 days"
    yield WaitingCard(waiting.due_soon, one, words, url, "warn")
    url = link_to("reminders.index", state="not_known")
    one, words = "approved source without a date", "approved sources without a date"
    yield WaitingCard(waiting.without_date, one, words, url, "unknown")


def _drafts(actor: Actor, waiting: WaitingRow) -> WaitingCard:
    found = list_drafts_to_approve(context.reading(), actor.person_id or 0)
    named = _named(found, "specifications.detail", "specification_id")
    one, words = "specification draft to approve", "specification drafts to approve"
    return WaitingCard(waiting.drafts_to_approve, one, words, None, "warn", named)


def _qualifications(actor: Actor, waiting: WaitingRow) -> WaitingCard:
    found = list_qualifications_to_decide(context.reading(), actor.person_id or 0)
    named = _named(found, "qualifications.decide", "qualification_id")
    one, words = "qualification to decide", "qualifications to decide"
    return WaitingCard(waiting.qualifications_to_decide, one, words, None, "warn", named)


def _named(
    found: list[NamedRow], endpoint: str, argument: str
) -> tuple[tuple[str, str | None], ...]:
    return tuple((row.title, link_to(endpoint, **{argument: row.id})) for row in found)


def _first_steps(done: BeginningRow) -> list[FirstStep]:
    catalogue = "Procurement or a QA reviewer"
    return [
        FirstStep(
            "People",
            done.people > 1,
            "Add the colleagues who buy, review and approve. Who writes a specification cannot "
            "approve it, so at least two are needed.",
            "Add a person",
            link_to("people.new"),
            "An administrator",
        ),
        FirstStep(
            "Vendor",
            done.vendors > 0,
            "Add a manufacturer with the site that makes what you buy.",
            "Add a vendor",
            link_to("vendors.new"),
            catalogue,
        ),
        FirstStep(
            "Material",
            done.materials > 0,
            "Add one of your materials: your own number, its risk class and where it is used.",
            "Add a material",
            link_to("materials.new"),
            catalogue,
        ),
        FirstStep(
            "Item",
            done.items > 0,
            "On the material's page, add the manufacturer's catalogue item that supplies it.",
            "Open the materials",
            link_to("materials.index"),
            catalogue,
        ),
        FirstStep(
            "Specification",
            done.specifications > 0,
            "On the item's page, draft your own limits and have another person approve them.",
            "Open the materials",
            link_to("materials.index"),
            catalogue,
        ),
        FirstStep(
            "Certificate",
            done.certificates > 0,
            "Upload the first certificate of analysis; it comes back as a proposal to review.",
            "Upload a certificate",
            link_to("certificates.index"),
            catalogue,
        ),
    ]
