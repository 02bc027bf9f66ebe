"""The supplier's limit as it is offered to the reviewer, from one column or from two."""

import pytest

from supplier_qc.services.certificate_proposal import proposed_row_values


@pytest.mark.parametrize(
    ("printed", "limit"),
    [
        ({"specification": "NMT 5.0"}, "NMT 5.0"),
        ({"spec_min": "2500", "spec_max": "3500"}, "2500 to 3500"),
        ({"spec_min": "–", "spec_max": "5.0"}, "max. 5.0"),  # a dash is no bound
        ({"spec_min": "2500", "spec_max": "n/a"}, "min. 2500"),
        ({"spec_min": "-", "spec_max": "-"}, None),
        ({"spec_max": "5.0"}, "max. 5.0"),
        ({}, None),
    ],
)
def test_a_dash_in_a_column_of_bounds_is_no_bound(
    printed: dict[str, str], limit: str | None
) -> None:
    literals = {column: {"literal": text} for column, text in printed.items()}
    assert proposed_row_values(literals, decimal_comma=False).supplier_limit == limit
