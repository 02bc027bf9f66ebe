"""Whether a TSE certificate of suitability counts on the day of the assessment."""

from datetime import date

from supplier_qc.domain.origin.evidence_age import age_problem
from supplier_qc.domain.origin.facts import Cep, OpenEnded
from supplier_qc.domain.origin.reference import ReferenceLists

STATUS_CHECK = "cep_status_check"


def cep_problems(cep: Cep, lists: ReferenceLists, on: date) -> tuple[str, ...]:
    """Every reason why the certificate does not count; empty when it does."""
    problems = [_beginning(cep, on), _end(cep, on)]
    checked = age_problem(STATUS_CHECK, cep.checked_on, lists, on)
    if checked is not None:
        problems.append(f"the check of its status in the EDQM database {checked}")
    return tuple(problem for problem in problems if problem)


def _beginning(cep: Cep, on: date) -> str | None:
    if cep.valid_from is None:
        return "the beginning of its validity is not stated"
    if cep.valid_from > on:
        return f"it is valid only from {cep.valid_from.isoformat()}"
    return None


def _end(cep: Cep, on: date) -> str | None:
    if cep.valid_to is None:
        return "the end of its validity is not stated"
    if cep.valid_to is OpenEnded.OPEN_ENDED or on <= cep.valid_to:
        return None
    return f"it expired on {cep.valid_to.isoformat()}"
