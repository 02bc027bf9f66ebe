"""Rule W-06: the guidelines that a statement cites, beside the dated rows of their editions."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from supplier_qc.domain.origin.paper_findings import Light, PaperFinding
from supplier_qc.domain.origin.reference import ReferenceLists, RuleBasisRow

CITED = "cited_guideline"
"""The rows of the rule bases that name documents which statements cite, edition by edition."""

_RULE = "W-06"
_REVISION = re.compile(r"rev\D{0,10}?0*(\d+)", re.IGNORECASE)


def guideline_findings(
    cited: Sequence[str], lists: ReferenceLists, on: date
) -> Iterator[PaperFinding]:
    if not cited:
        yield PaperFinding(_RULE, Light.WEAK, "It cites no edition of a guideline.")
    rows = [row for row in lists.bases if row.rule_id == CITED]
    for text in dict.fromkeys(cited):
        finding = _finding(text, rows, on)
        if finding is not None:
            yield finding


def _finding(text: str, rows: Sequence[RuleBasisRow], on: date) -> PaperFinding | None:
    known = [row for row in rows if _plain(row.document) in _plain(text)]
    if not known:
        return PaperFinding(
            _RULE, Light.UNKNOWN, f"“{text}” is not on our list of guidelines: its edition is open."
        )
    in_force = [row for row in known if row.in_force(on)]
    numbered = [row for row in known if revision_of(row.edition)]
    revision = revision_of(text)
    now = "; ".join(row.citation.words() for row in in_force) or "no edition of it"
    if numbered and revision is None:
        sentence = f"“{text}” is cited without its revision; in force is {now}."
        return PaperFinding(_RULE, Light.UNKNOWN, sentence)
    meant = [row for row in numbered if revision_of(row.edition) == revision] or known
    if numbered and revision not in {revision_of(row.edition) for row in numbered}:
        sentence = f"The revision of “{text}” is not on our list; in force is {now}."
        return PaperFinding(_RULE, Light.UNKNOWN, sentence)
    if any(row.in_force(on) for row in meant):
        return None
    return PaperFinding(_RULE, Light.WEAK, f"“{text}” is superseded; in force is {now}.")


def revision_of(text: str) -> str | None:
    """The revision of "EMA/410/01 Rev. 03" is 3; None where no revision is named."""
    found = _REVISION.search(text)
    return found[1] if found else None


def _plain(text: str) -> str:
    """Letters and digits alone; EMEA was the name of the EMA before December 2009."""
    return re.sub(r"[^a-z0-9]", "", text.casefold()).replace("emea", "ema")
