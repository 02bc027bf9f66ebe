"""Asking a supplier for evidence: what may be asked, what answers it, and the letter that asks.

Nothing is sent by itself; a person copies the letter.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from supplier_qc.domain.catalogue import EvidenceKind, label
from supplier_qc.domain.entered_text import text_problems
from supplier_qc.domain.qualification.evidence_policy import ANSWERED_BY, RequirementKind
from supplier_qc.domain.qualification.requirements import Requirement

LONGEST_TEXT = 2_000
USUAL_DAYS = timedelta(days=30)
"""Offered as the day by which an answer is asked for (C)."""

_K = RequirementKind
_ASKED_AS: dict[RequirementKind, str] = {
    _K.QUESTIONNAIRE: "our supplier questionnaire, filled in and signed",
    _K.AUDIT: "a day for an audit, or a report of one that you agree to share with us",
    _K.QUALITY_AGREEMENT: "the signed quality agreement, or your comments on its draft",
    _K.CHANGE_NOTIFICATION: (
        "a written commitment to tell us of changes beforehand, with the months of notice"
    ),
    _K.CERTIFICATE: (
        "the certificate of your quality system with its scope and its last day of validity"
    ),
    _K.ORIGIN_STATEMENT: (
        "a dated and signed statement on the origin of animal and human materials, indirect "
        "contact included, with species, tissue and countries"
    ),
    _K.LETTER_OF_AUTHORISATION: "a letter of authorisation to your master file, with its region",
    _K.QUALIFICATION_LOTS: "samples and certificates of further lots for our qualification",
}
"""What is asked of a supplier, in words for it; whatever else is ours to do or is due by dates."""

ASKED_OF_SUPPLIERS = frozenset(_ASKED_AS)


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """Without `item_id` and `site_id` the whole vendor is asked.

    `site_of_item` is where the item that is asked about is made.
    """

    kind: RequirementKind
    asked_on: date
    due_on: date
    text: str
    item_id: int | None = None
    site_id: int | None = None
    site_of_item: int | None = None


def request_problems(facts: RequestFacts) -> Iterator[str]:
    """Every reason why a request cannot be recorded."""
    if facts.kind not in ASKED_OF_SUPPLIERS:
        yield f"{label(facts.kind)} is nothing that a supplier can send."
    if facts.due_on < facts.asked_on:
        yield (
            f"The answer is asked for by {facts.due_on.isoformat()}, before the day of the request."
        )
    if facts.item_id is not None and facts.site_id is not None:
        yield "A request is about an item or a site, not both; an item has one site."
    yield from text_problems("The text", facts.text, longest=LONGEST_TEXT, required=True)


def answer_problems(
    request: RequestFacts, kind: EvidenceKind, item_id: int | None, site_id: int | None
) -> Iterator[str]:
    """Why a paper of this kind, covering this item or site (None: all), does not answer it."""
    if kind not in ANSWERED_BY[request.kind]:
        fitting = " or ".join(sorted(label(one).lower() for one in ANSWERED_BY[request.kind]))
        yield f"The request is answered by: {fitting}; this is: {label(kind).lower()}."
    if item_id is not None and item_id != request.item_id:
        yield "The paper covers another item than the one that was asked about."
    if site_id is not None and site_id not in {request.site_id, request.site_of_item}:
        yield "The paper covers another site than the one that was asked about."


def usual_text(kind: RequirementKind, reason: str = "") -> str:
    """A text to begin with: what is asked for, and what we have on file."""
    asked = f"Please send {_ASKED_AS.get(kind, label(kind).lower())}."
    return f"{asked} On file: {reason}" if reason else asked


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is lacking; `about` names the item that lacks it."""

    about: str
    asked_for: str
    on_file: str


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """A request that is open; `about` is the item, the site or the vendor as a whole."""

    about: str
    text: str
    asked_on: date
    due_on: date


def gap_of(about: str, requirement: Requirement) -> Gap | None:
    """What a supplier is asked for; None where it is met, or is nothing a supplier can send."""
    if not requirement.is_lacking or not requirement.is_required:
        return None
    asked_as = _ASKED_AS.get(requirement.kind)
    if asked_as is None:
        return None
    return Gap(about, asked_as, requirement.reason)


def gap_letter(
    vendor: str,
    gaps: Sequence[Gap],
    asked: Sequence[AskedBefore],
    sender: str,
    due_on: date,
) -> str:
    """A letter to the vendor as plain text; `due_on` is the day for what was not asked before.

    The same thing is asked once, whichever of our items and uses lack it.
    """
    lines = [
        f"To: {vendor}, quality unit",
        "Subject: Evidence for the qualification of your products",
        "",
        "Dear colleagues,",
        "",
    ]
    if asked:
        lines += ["we asked you for the following and still wait for it:", ""]
        lines += [*_asked(asked), ""]
    if gaps:
        also = "In our review of suppliers the following is lacking too, or has run out."
        first = "in our review of suppliers the following is lacking or has run out."
        please = f"Please send it by {due_on.isoformat()}, or tell us until when you can."
        lines += [f"{also if asked else first} {please}", "", *_lacking(gaps), ""]
    otherwise = (
        "If something cannot be provided, please tell us the reason; we then have to look for "
        "another way to show the same."
    )
    return "\n".join([*lines, otherwise, "", "Kind regards,", sender, ""])


def _asked(asked: Iterable[AskedBefore]) -> Iterator[str]:
    for one in asked:
        yield f"- {one.text}"
        yield f"  About: {one.about}"
        yield f"  Asked on {one.asked_on.isoformat()}, awaited by {one.due_on.isoformat()}"


def _lacking(gaps: Iterable[Gap]) -> Iterator[str]:
    by_thing: dict[tuple[str, str], list[str]] = {}
    for gap in gaps:
        by_thing.setdefault((gap.asked_for, gap.on_file), []).append(gap.about)
    for (asked_for, on_file), about in by_thing.items():
        yield f"- {asked_for}"
        yield f"  For: {'; '.join(sorted(set(about)))}"
        yield f"  What we have: {on_file}"
