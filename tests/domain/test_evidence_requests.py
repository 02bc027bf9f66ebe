"""Requests for evidence: what may be asked, what answers, and the letter."""

from dataclasses import replace
from datetime import date

import pytest

from supplier_qc.domain.catalogue import EvidenceKind
from supplier_qc.domain.evidence_requests import (
    ASKED_OF_SUPPLIERS,
    AskedBefore,
    Gap,
    RequestFacts,
    answer_problems,
    gap_letter,
    gap_of,
    request_problems,
    usual_text,
)
from supplier_qc.domain.qualification.evidence_policy import ANSWERED_BY, Demand, RequirementKind
from supplier_qc.domain.qualification.requirements import Requirement, RequirementState
from tests.domain.qualification.sources_for_tests import policy

ASKED = date(2026, 11, 24)
REQUEST = RequestFacts(RequirementKind.AUDIT, ASKED, date(2026, 12, 24), "Please send it.")


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (replace(REQUEST, kind=RequirementKind.CONDITIONS_IN_TIME), "nothing that a supplier"),
        (replace(REQUEST, kind=RequirementKind.COA_VERIFICATION), "nothing that a supplier"),
        (replace(REQUEST, due_on=date(2026, 11, 23)), "before the day of the request"),
        (replace(REQUEST, item_id=1, site_id=2), "an item or a site, not both"),
        (replace(REQUEST, text=""), "The text is missing."),
        (replace(REQUEST, text="x" * 2001), "at most 2000"),
    ],
)
def test_a_request_that_cannot_be_is_refused(request_: RequestFacts, words: str) -> None:
    assert list(request_problems(REQUEST)) == []
    assert words in " ".join(request_problems(request_))


def test_whatever_a_supplier_is_asked_for_can_be_answered_by_a_paper() -> None:
    assert all(ANSWERED_BY[kind] for kind in ASKED_OF_SUPPLIERS)


@pytest.mark.parametrize(
    ("request_", "kind", "item_id", "site_id", "answers"),
    [
        (REQUEST, EvidenceKind.AUDIT_REPORT, None, None, True),
        (REQUEST, EvidenceKind.QUESTIONNAIRE, None, None, False),
        (REQUEST, EvidenceKind.AUDIT_REPORT, 7, None, False),  # asked of the whole vendor
        (REQUEST, EvidenceKind.AUDIT_REPORT, None, 3, False),
        (replace(REQUEST, item_id=7), EvidenceKind.AUDIT_REPORT, 7, None, True),
        (replace(REQUEST, item_id=7), EvidenceKind.AUDIT_REPORT, 8, None, False),
        (replace(REQUEST, item_id=7, site_of_item=3), EvidenceKind.AUDIT_REPORT, None, 3, True),
        (replace(REQUEST, item_id=7, site_of_item=3), EvidenceKind.AUDIT_REPORT, None, 4, False),
        (replace(REQUEST, item_id=7), EvidenceKind.AUDIT_REPORT, None, None, True),
        (replace(REQUEST, site_id=3), EvidenceKind.AUDIT_REPORT, None, 3, True),
        (replace(REQUEST, site_id=3), EvidenceKind.AUDIT_REPORT, None, 4, False),
    ],
)
def test_a_request_is_answered_by_a_paper_of_its_kind_that_covers_what_was_asked(
    *,
    request_: RequestFacts,
    kind: EvidenceKind,
    item_id: int | None,
    site_id: int | None,
    answers: bool,
) -> None:
    assert (not list(answer_problems(request_, kind, item_id, site_id))) is answers


@pytest.mark.parametrize(
    ("kind", "state", "demand", "is_asked"),
    [
        (RequirementKind.AUDIT, RequirementState.OPEN, Demand.REQUIRED, True),
        (RequirementKind.AUDIT, RequirementState.EXPIRED, Demand.REQUIRED, True),
        (RequirementKind.AUDIT, RequirementState.EXPIRING, Demand.REQUIRED, False),
        (RequirementKind.AUDIT, RequirementState.OPEN, Demand.OPTIONAL, False),
        (RequirementKind.COA_VERIFICATION, RequirementState.OPEN, Demand.REQUIRED, False),
    ],
)
def test_a_letter_asks_for_what_is_required_lacking_and_the_suppliers_to_send(
    *, kind: RequirementKind, state: RequirementState, demand: Demand, is_asked: bool
) -> None:
    requirement = Requirement(kind, state, "Nothing is on file.", policy(kind, demand=demand))
    assert (gap_of("Serum", requirement) is not None) is is_asked


GAPS = (
    Gap("Serum (EW-1)", "a statement", "“TSE”: ended on 2026-01-01."),
    Gap("Albumin (EW-2)", "a statement", "“TSE”: ended on 2026-01-01."),
    Gap("Serum (EW-1)", "a statement", "“TSE”: ended on 2026-01-01."),
    Gap("Serum (EW-1)", "an audit", "Nothing is on file."),
)
BEFORE = AskedBefore("Serum (EW-1)", "Please send X.", date(2026, 10, 1), date(2026, 11, 1))


def test_a_letter_asks_once_for_each_thing_and_names_what_lacks_it() -> None:
    letter = gap_letter("Emberwattle", GAPS, (), "Ana Marsh", date(2026, 12, 24))
    assert letter.count("- a statement") == 1
    assert "  For: Albumin (EW-2); Serum (EW-1)\n" in letter
    assert "  What we have: “TSE”: ended on 2026-01-01.\n- an audit" in letter
    assert "Please send it by 2026-12-24" in letter
    assert letter.startswith("To: Emberwattle, quality unit\n")
    assert letter.endswith("Kind regards,\nAna Marsh\n")


def test_a_letter_names_what_was_asked_before_with_its_days() -> None:
    letter = gap_letter("Emberwattle", (), (BEFORE,), "Ana Marsh", date(2026, 12, 24))
    assert "- Please send X.\n  About: Serum (EW-1)\n" in letter
    assert "Asked on 2026-10-01, awaited by 2026-11-01" in letter
    assert "2026-12-24" not in letter


def test_the_text_to_begin_with_names_what_is_on_file() -> None:
    text = usual_text(RequirementKind.CERTIFICATE, "“ISO 9001”: ended on 2026-01-01.")
    assert text.startswith("Please send the certificate of your quality system")
    assert text.endswith("On file: “ISO 9001”: ended on 2026-01-01.")
