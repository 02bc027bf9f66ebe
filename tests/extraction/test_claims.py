import json

from supplier_qc.extraction.claims import (
    Box,
    Claim,
    DocumentReading,
    HeaderField,
    PageSize,
    RowClaim,
    TextLayer,
)


def test_a_reading_survives_storage_as_json() -> None:
    lot = Claim("007", Box(1, 10.0, 20.0, 30.0, 40.0), 0.9, "beside")
    reading = DocumentReading(
        TextLayer.TEXT,
        pages=(PageSize(595.0, 842.0),),
        fields={HeaderField.LOT_NUMBER: lot},
        rows=(RowClaim(name=Claim("pH", None, 0.8, "ruled table"), result=lot),),
        decimal_comma=True,
        decimal_evidence="7,35 can be read in no other way.",
        notes=("Look at page 2.",),
        lots_seen=("007",),
        producer="A writer",
    )

    assert DocumentReading.from_json(json.loads(json.dumps(reading.to_json()))) == reading


def test_a_literal_keeps_its_leading_zeros_in_storage() -> None:
    claim = Claim("0000227", None, 0.9, "beside")

    assert Claim.from_json(json.loads(json.dumps(claim.to_json()))).literal == "0000227"
