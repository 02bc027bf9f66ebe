"""Tests of media: audited, versioned, never deleted, with papers of the maker alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from supplier_qc.domain.media_suitability import (
    CultureProcess,
    SuitabilityResult,
    TissueSource,
)
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import ChangedMeanwhile, Refused
from supplier_qc.queries.media_suitability import suitability_of_item
from supplier_qc.services.installation import Installation
from supplier_qc.services.media_suitability import (
    SuitabilityDraft,
    add_suitability,
    change_suitability,
)
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_evidence, make_item

ANA = actor_of(Role.PROCUREMENT)
DRAFT = SuitabilityDraft(
    TissueSource.ADIPOSE,
    CultureProcess.HOLLOW_FIBRE,
    SuitabilityResult.SUITABLE,
    TODAY,
    "R-1",
)


def test_a_test_is_changed_by_version_and_never_deleted(installation: Installation) -> None:
    sessions = installation.sessions
    item_id = make_item(sessions)
    number = add_suitability(sessions, item_id, DRAFT, actor=ANA, now=NOW)
    worse = replace(DRAFT, result=SuitabilityResult.NOT_SUITABLE)
    why = "Repeated."
    change_suitability(sessions, number, worse, version=1, reason=why, actor=ANA, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        change_suitability(sessions, number, DRAFT, version=1, reason=why, actor=ANA, now=NOW)
    with installation.reading() as session:
        found = suitability_of_item(session, item_id, "Medium")
    results = [cell.result for row in found.cells for cell in row if cell.result is not None]
    assert results == [SuitabilityResult.NOT_SUITABLE]
    with (
        pytest.raises(IntegrityError, match="never deleted"),
        installation.engine.begin() as connection,
    ):
        connection.execute(text("DELETE FROM media_suitability"))


def test_every_reason_of_a_refusal_is_named(installation: Installation) -> None:
    sessions = installation.sessions
    foreign = make_evidence(sessions, installation.documents)
    wrong = replace(DRAFT, report=" ", tested_on=TODAY + timedelta(days=1), evidence_id=foreign)
    with pytest.raises(Refused) as refusal:
        add_suitability(sessions, make_item(sessions), wrong, actor=ANA, now=NOW)
    assert len(refusal.value.reasons) == 3
