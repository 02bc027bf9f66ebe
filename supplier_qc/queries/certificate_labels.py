"""Header fields as people call them."""

FIELD_LABELS = {
    "issuer": "Issuer",
    "product_name": "Product",
    "catalog_number": "Catalogue number",
    "lot_number": "Lot number",
    "manufacture_date": "Manufactured on",
    "test_date": "Tested on",
    "release_date": "Released on",
    "expiry_date": "Expires on",
    "retest_date": "Retest on",
    "country_of_origin": "Country of origin",
    "storage": "Storage",
    "purchase_order": "Purchase order",
    "site": "Site",
    "signatory": "Signatory",
}
