"""Pages: one file per subject, a blueprint with its forms."""

from typing import Any

from flask import Flask, request, url_for
from jinja2 import StrictUndefined

from supplier_qc import __version__
from supplier_qc.domain.catalogue import label
from supplier_qc.services.installation import Installation
from supplier_qc.web import (
    access,
    account,
    api,
    api_tokens,
    audit_trail,
    buying,
    certificate_changes,
    certificate_intake,
    certificate_readers,
    certificate_review,
    certificates,
    co_material_rules,
    context,
    corrective_actions,
    deliveries,
    distributor_items,
    dossier,
    evidence,
    evidence_policy,
    evidence_requests,
    expected_certificates,
    filings,
    heat_map,
    home,
    imports,
    items,
    learned_names,
    lot_disposition,
    lots,
    material_uses,
    materials,
    media_suitability,
    navigation,
    operations,
    origin,
    origin_components,
    origin_lots,
    origin_roadmap,
    origin_tables,
    outbox,
    people,
    product_batches,
    qualifications,
    questionnaire_answers,
    questionnaire_library,
    questionnaire_review,
    questionnaire_rounds,
    reading_policy,
    reference,
    reference_editions,
    reference_verification,
    refusals,
    reminders,
    request_bounds,
    residuals,
    retirement,
    risk_weights,
    scorecard_policy,
    scorecards,
    search,
    security_headers,
    sources,
    specifications,
    statements,
    statistics,
    structured_check,
    supplier_findings,
    supplier_list,
    supplier_notices,
    supply,
    supply_policy,
    teaching,
    vendor_merging,
    vendor_timeline,
    vendors,
    watched_folder,
)

_FURTHER_PAGES = (
    certificate_review,
    certificate_readers,
    certificate_intake,
    structured_check,
    watched_folder,
    filings,
    questionnaire_answers,
    questionnaire_review,
)
"""Files that put pages on the blueprint of another one; importing them is what does it."""

_BLUEPRINTS = (
    operations.blueprint,
    account.blueprint,
    home.blueprint,
    people.blueprint,
    api_tokens.blueprint,
    reminders.blueprint,
    outbox.blueprint,
    audit_trail.blueprint,
    statistics.blueprint,
    dossier.blueprint,
    residuals.blueprint,
    product_batches.blueprint,
    origin.blueprint,
    origin_components.blueprint,
    origin_lots.blueprint,
    origin_tables.blueprint,
    statements.blueprint,
    origin_roadmap.blueprint,
    reference.blueprint,
    reference_editions.blueprint,
    reference_verification.blueprint,
    evidence.blueprint,
    items.blueprint,
    distributor_items.blueprint,
    material_uses.blueprint,
    media_suitability.blueprint,
    materials.blueprint,
    qualifications.blueprint,
    sources.blueprint,
    buying.blueprint,
    evidence_policy.blueprint,
    evidence_requests.blueprint,
    deliveries.blueprint,
    scorecards.blueprint,
    scorecard_policy.blueprint,
    heat_map.blueprint,
    risk_weights.blueprint,
    co_material_rules.blueprint,
    supply.blueprint,
    supply_policy.blueprint,
    supplier_list.blueprint,
    specifications.blueprint,
    supplier_findings.blueprint,
    corrective_actions.blueprint,
    supplier_notices.blueprint,
    vendors.blueprint,
    vendor_merging.blueprint,
    vendor_timeline.blueprint,
    imports.blueprint,
    questionnaire_rounds.blueprint,
    questionnaire_library.blueprint,
    retirement.blueprint,
    search.blueprint,
    certificates.blueprint,
    expected_certificates.blueprint,
    reading_policy.blueprint,
    certificate_changes.blueprint,
    teaching.blueprint,
    learned_names.blueprint,
    lots.blueprint,
    lot_disposition.blueprint,
)


def install(app: Flask, installation: Installation) -> None:
    """Put all pages on the application, closed by default."""
    request_bounds.install(app)
    context.install(app, installation)
    access.install(app)
    refusals.install(app)
    security_headers.install(app)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    api.install(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters["label"] = label
    app.jinja_env.filters["figures"] = figures
    app.context_processor(_page_context)


def figures(value: float | None, digits: int = 4) -> str:
    """A computed number to its significant figures; what is not defined says so."""
    return "not defined" if value is None else f"{value:.{digits}g}"


def _page_context() -> dict[str, Any]:
    return {
        "navigation": navigation.navigation(),
        "current_person": context.person(),
        "home_url": url_for("home.index"),
        "sign_out_url": url_for("account.sign_out"),
        "may": navigation.may,
        "link_to": navigation.link_to,
        "search_url": navigation.link_to("search.index") if context.person() else None,
        "search_text": request.args.get("q", "") if request.endpoint == "search.index" else "",
        "product_version": __version__,
        "now_utc": context.now(),
        "today": context.today(),
    }
