"""Where the page of a record is, by the record's table and number."""

from supplier_qc.web.navigation import link_to

_PAGES = {
    "certificate": ("certificates.detail", "certificate_id"),
    "delivery": ("deliveries.detail", "delivery_id"),
    "distributor_item": ("distributor_items.edit", "distributor_item_id"),
    "media_suitability": ("media_suitability.edit", "suitability_id"),
    "material_use": ("material_uses.edit", "use_id"),
    "evidence_request": ("evidence_requests.detail", "request_id"),
    "expected_certificate": ("expected_certificates.edit", "expected_id"),
    "evidence": ("evidence.edit", "evidence_id"),
    "learned_name": ("learned_names.withdrawal", "name_id"),
    "lot": ("lots.detail", "lot_id"),
    "manufacturer_item": ("items.detail", "item_id"),
    "material": ("materials.detail", "material_id"),
    "message": ("outbox.detail", "message_id"),
    "notice": ("reminders.detail", "notice_id"),
    "origin_statement": ("statements.detail", "statement_id"),
    "organisation": ("vendors.detail", "vendor_id"),
    "person": ("people.edit", "person_id"),
    "product_batch": ("product_batches.detail", "batch_id"),
    "qualification": ("sources.detail", "qualification_id"),
    "questionnaire_round": ("questionnaires.detail", "round_id"),
    "questionnaire_version": ("questionnaire_library.detail", "version_id"),
    "supplier_finding": ("supplier_findings.detail", "finding_id"),
    "corrective_action_request": ("corrective_actions.detail", "request_id"),
    "site": ("vendors.edit_site", "site_id"),
    "supplier_notice": ("supplier_notices.detail", "notice_id"),
    "specification": ("specifications.detail", "specification_id"),
}


def record_url(table: str, number: int) -> str | None:
    """None where the record has no page, or the person may not open it."""
    if table not in _PAGES:
        return None
    endpoint, argument = _PAGES[table]
    return link_to(endpoint, **{argument: number})
