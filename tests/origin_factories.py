"""Origin facts for tests, as JSON; recorded by the real services."""

from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.origin.vocabulary import Authority
from supplier_qc.domain.people import Role
from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.origin_facts import assessment_inputs
from supplier_qc.queries.reference_lists import reference_lists
from supplier_qc.services.origin import AssessmentDraft, add_component, record_assessment
from tests.conftest import NOW, TODAY, actor_of
from tests.people import PASSWORD

STATEMENT = {
    "issued_on": "2026-05-04",
    "issuer_role": "manufacturer",
    "covers_item": True,
    "covers_site": True,
    "guideline_edition": "EMA/410/01 rev. 3",
    "is_signed": True,
}
SALTS = {
    "name": "Salts",
    "exposure": "primary",
    "source": "synthetic_or_mineral",
    "indirect_origin": "none_with_evidence",
    "statements": [STATEMENT],
    "route": "parenteral",
}
"""Nothing of animal origin, every question answered."""

SERUM = {
    "name": "Foetal blood",
    "exposure": "primary",
    "source": "animal",
    "species": "cattle",
    "tissue": "blood",
    "derivative": "serum_foetal",
    "birth": {"country": "AU"},
    "rearing": {"country": "AU"},
    "slaughter": {"country": "AU"},
    "collected_on": "2024-12-03",
    "stunning": "non_penetrative",
    "attested": ["closed_collection", "dedicated_collection_area"],
    "process": [
        {
            "kind": "irradiation",
            "evidence": "T-12",
            "dose_kgy": "30",
            "is_validated_for_tse": False,
        }
    ],
    "statements": [STATEMENT],
    "indirect_origin": "none_with_evidence",
    "use": "reagent_routine",
    "route": "parenteral",
    "residue": "quantified",
}

PLATELETS = {
    "name": "Platelets",
    "exposure": "primary",
    "source": "human",
    "tissue": "blood",
    "indirect_origin": "some",
    "human": {"donor_countries": ["DE", "DK"], "pool_donors": 240},
    "components": [
        {
            "name": "Heparin",
            "exposure": "primary",
            "source": "animal",
            "species": "pig",
            "derivative": "heparin",
            "tissue": "intestine",
        }
    ],
}


def make_component(
    sessions: sessionmaker[Session], item_id: int, facts: dict[str, Any] = SERUM, **changes: Any
) -> int:
    """A component of the item; `changes` are facts by name, None takes one out."""
    changed = {key: value for key, value in {**facts, **changes}.items() if value is not None}
    return add_component(sessions, item_id, changed, actor=actor_of(Role.QA_REVIEWER), now=NOW)


def make_assessment(
    sessions: sessionmaker[Session], item_id: int, authority: Authority = Authority.EU
) -> int:
    with reading(sessions) as session:
        inputs = assessment_inputs(session, item_id, authority, reference_lists(session), TODAY)
    draft = AssessmentDraft(authority, "Acceptable for routine culture.", inputs.fingerprint)
    ben = actor_of(Role.QA_REVIEWER)
    return record_assessment(sessions, item_id, draft, password=PASSWORD, actor=ben, now=NOW)
