"""Rows of a small, whole installation at the first version, in the order of their foreign keys."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ON = date(2026, 1, 2)
LATER = date(2028, 1, 2)

ROWS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "person",
        {"id": 1, "username": "ana", "full_name": "Ana", "email": "ana@example.invalid"}
        | {"password_hash": "$argon2id$", "session_stamp": "s", "is_active": True},
    ),
    ("person_role", {"person_id": 1, "role": "procurement"}),
    ("organisation", {"id": 1, "version": 3, "name": "Aspen Reagents", "note": "µ, ≤, –"}),
    ("organisation_role", {"organisation_id": 1, "role": "manufacturer"}),
    ("contact", {"id": 1, "organisation_id": 1, "full_name": "Robin", "function": "quality"}),
    (
        "site",
        {"id": 1, "organisation_id": 1, "name": "Plant", "address": "1 Mill Lane", "country": "DE"},
    ),
    (
        "material",
        {"id": 1, "code": "0042", "name": "Lysate", "category": "ancillary"}
        | {"risk_class": "critical", "function": "Supplement", "stage_of_use": "Expansion"}
        | {"in_final_product": False},
    ),
    (
        "manufacturer_item",
        {"id": 1, "material_id": 1, "site_id": 1, "catalogue_number": "PL-007", "name": "Lysate"}
        | {"grade": "ruo", "shelf_life_months": 24},
    ),
    (
        "document",
        {"id": 1, "sha256": "a" * 64, "filename": "coa.pdf", "media_type": "application/pdf"}
        | {"size_bytes": 9, "uploaded_by_id": 1, "uploaded_at": AT},
    ),
    (
        "specification",
        {"id": 1, "item_id": 1, "number": 1, "status": "effective", "drafted_by_id": 1}
        | {"drafted_at": AT, "effective_on": ON},
    ),
    (
        "specification_line",
        {"id": 1, "specification_id": 1, "position": 1, "attribute": "Endotoxin"}
        | {"operator": "at_most", "high": Decimal("0.50"), "unit": "EU/mL", "allowed_texts": []},
    ),
    (
        "lot",
        {"id": 1, "item_id": 1, "manufacturer_lot": "00417", "disposition": "released"}
        | {"manufactured_on": ON, "expires_on": LATER, "specification_id": 1, "covariates": {}},
    ),
    (
        "certificate",
        {"id": 1, "document_id": 1, "state": "confirmed", "item_id": 1, "lot_id": 1}
        | {"uploaded_at": AT, "uploaded_by_id": 1, "confirmed_by_id": 1, "confirmed_at": AT},
    ),
    (
        "certificate_field",
        {"id": 1, "certificate_id": 1, "field": "lot_number", "literal": "00417"}
        | {"state": "confirmed", "decided_by_id": 1},
    ),
    (
        "certificate_row",
        {"id": 1, "certificate_id": 1, "position": 1, "name": "Endotoxin", "result": "<0.05"}
        | {"literals": {"name": {"literal": "Endotoxin"}}, "state": "confirmed"}
        | {"decided_by_id": 1, "line_id": 1},
    ),
    (
        "lot_result",
        {"id": 1, "lot_id": 1, "source": "certificate", "certificate_row_id": 1}
        | {"attribute": "Endotoxin", "literal": "<0.05", "result": "<0.05", "comparator": "<"}
        | {"value": Decimal("0.05"), "unit": "EU/mL", "recorded_by_id": 1, "recorded_at": AT},
    ),
    (
        "requalification_policy",
        {"id": 900, "risk_class": "critical", "interval_months": 12}
        | {"valid_from": date(2019, 1, 1), "mark": "C", "source": "our own"},
    ),
    (
        "qualification",
        {"id": 1, "item_id": 1, "use_scope": "phase_1_2", "status": "approved"}
        | {"proposed_by_id": 1, "proposed_at": AT, "decided_on": ON}
        | {"requalification_due_on": LATER, "policy_row_id": 900},
    ),
    (
        "evidence",
        {"id": 1, "organisation_id": 1, "kind": "certificate", "title": "ISO 9001"}
        | {"issued_on": ON, "expires_on": LATER},
    ),
    (
        "notice",
        {"id": 1, "key": "evidence:1", "subject_type": "evidence", "subject_id": 1}
        | {"title": "ISO 9001", "due_on": LATER, "threshold_days": 90, "made_at": AT},
    ),
    (
        "message",
        {"id": 1, "key": "evidence:1/1", "notice_id": 1, "recipient_id": 1}
        | {"recipient_email": "ana@example.invalid", "subject": "s", "body": "b"}
        | {"state": "sent", "made_at": AT, "sent_at": AT, "attempts": 1},
    ),
    ("job_run", {"id": 1, "job": "outbox", "started_at": AT, "is_failure": False}),
    (
        "audit_entry",
        {"id": 1, "at": AT, "actor_id": 1, "actor_name": "Ana", "action": "lot:record:added"}
        | {"subject_type": "lot", "subject_id": 1, "subject_label": "00417"}
        | {"changes": [], "previous_hash": "0" * 64, "entry_hash": "b" * 64},
    ),
    (
        "signature",
        {"id": 1, "person_id": 1, "printed_name": "Ana", "meaning": "released"}
        | {"reason": "All pass.", "signed_at": AT, "subject_type": "lot", "subject_id": 1}
        | {"subject_version": 1, "fingerprint": "c" * 64},
    ),
    (
        "control_baseline",
        {"id": 1, "item_id": 1, "attribute": "Endotoxin", "number": 1, "frozen_by_id": 1}
        | {"frozen_at": AT, "reason": "Three years."},
    ),
    (
        "control_baseline_lot",
        {"baseline_id": 1, "lot_id": 1, "position": 1, "value": Decimal("0.05")},
    ),
    (
        "product",
        {"id": 1, "name": "MSC", "dose_volume_ml": Decimal("50.0"), "route": "intravenous"}
        | {"cells_per_dose": Decimal(100_000_000), "lowest_patient_weight_kg": Decimal("3.5")},
    ),
)
