"""Each kind of paper that is no certificate of analysis has a place where it belongs."""

import pytest

from supplier_qc.domain.document_kinds import kind_advice
from supplier_qc.extraction.claims import DocumentKind

RESULTS = {
    DocumentKind.CERTIFICATE_OF_ANALYSIS,
    DocumentKind.LABORATORY_REPORT,
    DocumentKind.UNKNOWN,
}


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_kind_without_results_of_a_lot_is_told_where_it_belongs(kind: DocumentKind) -> None:
    advice = kind_advice(kind.value)
    assert (advice is None) == (kind in RESULTS)
    if advice is not None:
        assert advice.name.startswith(("a ", "an "))
        assert advice.belongs.endswith(".")


def test_what_is_not_known_is_sent_nowhere() -> None:
    assert kind_advice(None) is None
    assert kind_advice("something new") is None


def test_an_invoice_and_a_certificate_of_conformity_are_no_evidence_of_the_vendor() -> None:
    for kind in ("invoice_or_packing_list", "certificate_of_conformity"):
        advice = kind_advice(kind)
        assert advice is not None
        assert advice.evidence_kind is None
