"""The main menu: what the signed-in person may open."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for

from supplier_qc.domain.people import Permission
from supplier_qc.web import access, context


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class NavigationGroup:
    label: str
    entries: tuple[NavigationEntry, ...]


_MENU: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Work",
        (
            ("Home", "home.index"),
            ("Certificates", "certificates.index"),
            ("Awaited certificates", "expected_certificates.index"),
            ("Changes", "changes.index"),
            ("Lots", "lots.index"),
            ("Product batches", "product_batches.index"),
            ("Reminders", "reminders.index"),
            ("Supplier notices", "supplier_notices.index"),
            ("Supplier findings", "supplier_findings.index"),
            ("Requests for evidence", "evidence_requests.index"),
            ("Deliveries", "deliveries.index"),
            ("Questionnaires", "questionnaires.index"),
        ),
    ),
    (
        "Catalogue",
        (
            ("Vendors", "vendors.index"),
            ("Materials", "materials.index"),
            ("Approved suppliers", "supplier_list.index"),
            ("May I buy?", "buying.index"),
            ("Evidence by source", "heat_map.index"),
            ("Supply", "supply.index"),
            ("Evidence policy", "evidence_policy.index"),
            ("Scorecards", "scorecards.index"),
            ("Import", "imports.index"),
        ),
    ),
    (
        "Assessment",
        (
            ("Animal origin", "origin.index"),
            ("Statements of origin", "statements.index"),
            ("Lot statistics", "statistics.index"),
            ("Residuals", "residuals.index"),
            ("Reference data", "reference.index"),
        ),
    ),
    ("Dossier", (("Section 3.2.S.2.3", "dossier.index"),)),
    (
        "Administration",
        (
            ("People", "people.index"),
            ("Tokens of programs", "api_tokens.index"),
            ("Audit trail", "audit_trail.index"),
            ("Outbox", "outbox.index"),
        ),
    ),
)

_STANDS_UNDER = {
    "corrective_actions": "supplier_findings",
    "items": "materials",
    "media_suitability": "materials",
    "retirement": "vendors",
    "vendor_merging": "vendors",
    "vendor_timeline": "vendors",
    "distributor_items": "materials",
    "material_uses": "materials",
    "specifications": "materials",
    "qualifications": "materials",
    "sources": "materials",
    "evidence": "vendors",
    "risk_weights": "evidence_policy",
    "co_material_rules": "evidence_policy",
    "supply_policy": "supply",
    "scorecard_policy": "scorecards",
    "questionnaire_library": "questionnaires",
    "learned_names": "vendors",
    "teaching": "certificates",
    "origin_components": "origin",
    "origin_lots": "origin",
    "origin_tables": "origin",
    "origin_roadmap": "origin",
    "reference_editions": "reference",
    "reference_verification": "reference",
}
"""Pages without an entry of their own, and the entry a person came by."""


def navigation() -> tuple[NavigationGroup, ...]:
    """Groups with the entries this person may open; empty for a stranger."""
    if context.person() is None:
        return ()
    groups = []
    for label, entries in _MENU:
        allowed = tuple(_entry(name, endpoint) for name, endpoint in entries if _may_open(endpoint))
        if allowed:
            groups.append(NavigationGroup(label, allowed))
    return tuple(groups)


def may(permission: str) -> bool:
    """Whether the signed-in person holds a permission; templates leave out what they may not."""
    return context.person() is not None and context.actor().may(Permission(permission))


def link_to(endpoint: str, **values: Any) -> str | None:
    """The address of a page, or None where there is no such page or the person may not open it."""
    return url_for(endpoint, **values) if _may_open(endpoint) else None


def _may_open(endpoint: str) -> bool:
    if endpoint not in current_app.view_functions:
        return False
    if endpoint in access.SIGNED_IN_ENDPOINTS:
        return True
    permission = access.permission_of(endpoint)
    return permission is not None and context.actor().may(permission)


def _entry(label: str, endpoint: str) -> NavigationEntry:
    blueprint = endpoint.partition(".")[0]
    present = _STANDS_UNDER.get(request.blueprint or "", request.blueprint)
    return NavigationEntry(label, url_for(endpoint), is_current=present == blueprint)
