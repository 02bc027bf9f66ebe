"""The decimal sign of a document is decided by numbers that can be read in one way."""

import pytest

from supplier_qc.domain.measurement.notation import decide_notation


@pytest.mark.parametrize(
    ("texts", "decimal_comma", "words"),
    [
        (["6,8", "1,234"], True, "decimal comma: 6,8"),
        (["1,234", "0.5 EU/mL"], False, "decimal point: 0.5"),
        (["1.234,5"], True, "1.234,5"),
        (["1 234.5"], False, "1 234.5"),
        (["1,234", "1.234", "12"], None, "No printed number"),
        ([], None, "No printed number"),
        (["6,8", "0.5"], None, "Both notations"),
        (["03.04.2025", "v1.2", "2.6.14"], None, "No printed number"),
    ],
)
def test_a_document_decides_its_decimal_sign_only_from_proof(
    texts: list[str], *, decimal_comma: bool | None, words: str
) -> None:
    evidence = decide_notation(texts)
    assert evidence.decimal_comma is decimal_comma
    assert words in evidence.note
