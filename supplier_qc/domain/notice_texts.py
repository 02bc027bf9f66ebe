"""The words of a notice as they leave by mail; kept as a snapshot in the outbox."""

from dataclasses import dataclass
from datetime import date

SUBJECT_LENGTH = 300


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """`what` is the kind in words, such as "Requalification"; `title` names the record."""

    what: str
    title: str
    due_on: date
    days_left: int
    next_step: str


def when_words(days_left: int) -> str:
    if days_left == 0:
        return "today"
    days = "1 day" if abs(days_left) == 1 else f"{abs(days_left)} days"
    return f"in {days}" if days_left > 0 else f"{days} ago"


def notice_subject(facts: NoticeFacts) -> str:
    """One line; what, when, which."""
    title = " ".join(facts.title.split())
    verb = "was due" if facts.days_left < 0 else "is due"
    return f"{facts.what} {verb} on {facts.due_on.isoformat()}: {title}"[:SUBJECT_LENGTH]


def notice_body(facts: NoticeFacts, recipient: str, link: str) -> str:
    verb = "was due" if facts.days_left < 0 else "is due"
    return (
        f"{recipient},\n\n"
        f"{facts.what} {verb} on {facts.due_on.isoformat()}, {when_words(facts.days_left)}:\n\n"
        f"    {facts.title}\n\n"
        f"{facts.next_step}\n\n"
        f"Open the reminder, and acknowledge it there when it is taken up:\n{link}\n\n"
        "Supplier QC sent this because of your role. The same list stands in the product "
        "under Reminders.\n"
    )
