"""What the product reminds of, whom, and in which words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from supplier_qc.domain.people import Role

SUBJECT_LENGTH = 300


class DueSubject(StrEnum):
    """The kinds of records with a due date; the values name their tables."""

    QUALIFICATION = "qualification"
    EVIDENCE = "evidence"
    LOT = "lot"
    REQUALIFICATION_CAUSE = "requalification_cause"
    EXPECTED_CERTIFICATE = "expected_certificate"
    CONDITION = "qualification_condition"
    CORRECTIVE_ACTION = "corrective_action_step"
    EVIDENCE_REQUEST = "evidence_request"
    QUESTIONNAIRE = "questionnaire_round"

    @property
    def words(self) -> str:
        return _WORDS[self].what

    @property
    def next_step(self) -> str:
        return _WORDS[self].next_step

    @property
    def owners(self) -> frozenset[Role]:
        """The roles that are written to (product policy)."""
        return _WORDS[self].owners


@dataclass(frozen=True, slots=True)
class _Words:
    what: str
    ahead: str
    behind: str
    next_step: str
    owners: frozenset[Role]


_WORDS = {
    DueSubject.QUALIFICATION: _Words(
        "Requalification",
        "is due",
        "was due",
        "Review the source and propose its qualification again, or suspend it.",
        frozenset({Role.PROCUREMENT, Role.QA_REVIEWER}),
    ),
    DueSubject.EVIDENCE: _Words(
        "Evidence",
        "expires",
        "expired",
        "Ask the supplier for the renewed paper and record it with its dates.",
        frozenset({Role.PROCUREMENT, Role.QA_REVIEWER}),
    ),
    DueSubject.LOT: _Words(
        "Lot",
        "expires",
        "expired",
        "Order the next lot in time; put what is left of this one into quarantine when it expires.",
        frozenset({Role.PROCUREMENT, Role.QA_APPROVER}),
    ),
    DueSubject.REQUALIFICATION_CAUSE: _Words(
        "Requalification for cause",
        "is due",
        "was due",
        "Look at the source with what has changed, and decide on its qualification again.",
        frozenset({Role.QA_REVIEWER, Role.QA_APPROVER}),
    ),
    DueSubject.CONDITION: _Words(
        "Condition of an approval",
        "is due",
        "was due",
        "Say on the page of the source how it was fulfilled, or propose another decision.",
        frozenset({Role.PROCUREMENT, Role.QA_REVIEWER}),
    ),
    DueSubject.QUESTIONNAIRE: _Words(
        "Answer to a questionnaire",
        "is expected",
        "was expected",
        "Ask the supplier for it, then type the answers or take in the filled workbook.",
        frozenset({Role.PROCUREMENT, Role.QA_REVIEWER}),
    ),
    DueSubject.EVIDENCE_REQUEST: _Words(
        "Evidence asked of a vendor",
        "is awaited",
        "was awaited",
        "Ask the vendor again; add the paper from the page of the request when it comes.",
        frozenset({Role.PROCUREMENT, Role.QA_REVIEWER}),
    ),
    DueSubject.CORRECTIVE_ACTION: _Words(
        "Step of a corrective action",
        "is due",
        "was due",
        "Ask the supplier for it, and record on the page of the request what was done.",
        frozenset({Role.PROCUREMENT, Role.QA_REVIEWER}),
    ),
    DueSubject.EXPECTED_CERTIFICATE: _Words(
        "Certificate",
        "is expected",
        "was expected",
        "Ask the vendor for it; its page holds a text to send.",
        frozenset({Role.PROCUREMENT, Role.QA_REVIEWER}),
    ),
}


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """`title` names the record; `days_left` is negative once the date has passed; `remark` is a
    sentence about this record alone.
    """

    subject: DueSubject
    title: str
    due_on: date
    days_left: int
    remark: str = ""


def notice_subject(facts: NoticeFacts) -> str:
    """One line: what, when, which."""
    title = " ".join(facts.title.split())
    return f"{_statement(facts)}: {title}"[:SUBJECT_LENGTH]


def notice_body(facts: NoticeFacts, recipient: str, link: str) -> str:
    return (
        f"{recipient},\n\n"
        f"{_statement(facts)}, {_when(facts.days_left)}:\n\n"
        f"    {facts.title}\n\n"
        f"{facts.subject.next_step}{f' {facts.remark}' if facts.remark else ''}\n\n"
        f"Open the reminder, and acknowledge it there when you take it up:\n{link}\n\n"
        "Supplier QC sent this because of your role. Everything that is due stands in the product "
        "under Reminders.\n"
    )


def _statement(facts: NoticeFacts) -> str:
    words = _WORDS[facts.subject]
    verb = words.behind if facts.days_left < 0 else words.ahead
    return f"{words.what} {verb} on {facts.due_on.isoformat()}"


def _when(days_left: int) -> str:
    if days_left == 0:
        return "today"
    days = "1 day" if abs(days_left) == 1 else f"{abs(days_left)} days"
    return f"in {days}" if days_left > 0 else f"{days} ago"
